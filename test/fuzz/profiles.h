/*
 * profiles.h
 *		What must hold for every profile, wherever its bytes came from.
 */
#ifndef VITK_FUZZ_PROFILES_H
#define VITK_FUZZ_PROFILES_H

#include "fuzz.h"

#include "core/nutrient_profile.h"

static inline bool
same_bytes(const VitkProfile *a, const VitkProfile *b)
{
	size_t		size = vitk_profile_size(a);

	return size == vitk_profile_size(b) &&
		memcmp(&a->version, &b->version, size - offsetof(VitkProfile, version)) == 0;
}

/* Same content: whatever the form, one canonical image. */
static inline bool
same_content(const VitkProfile *a, const VitkProfile *b)
{
	static VitkProfileBuffer x;
	static VitkProfileBuffer y;

	vitk_profile_canonical(&x.profile, a);
	vitk_profile_canonical(&y.profile, b);
	return same_bytes(&x.profile, &y.profile);
}

static inline void
check_profile(const VitkProfile *p)
{
	static VitkProfileBuffer canonical;
	static VitkProfileBuffer again;
	VitkErr		err = {0};
	size_t		room = VITK_PROFILE_TEXT_SIZE(p->n);
	char	   *text = malloc(room);
	int			len;

	CHECK(vitk_profile_valid(p, vitk_profile_size(p), &err));
	CHECK(vitk_profile_canonical(&canonical.profile, p) == vitk_profile_size(&canonical.profile));
	CHECK(vitk_profile_valid(&canonical.profile, vitk_profile_size(&canonical.profile), &err));
	CHECK(vitk_profile_cmp(p, &canonical.profile) == 0);

	CHECK(text != NULL);
	len = vitk_profile_format(p, text);
	CHECK(len > 0 && (size_t) len < room && (size_t) len == strlen(text));
	CHECK(vitk_profile_parse(text, len, &again.profile, &err));
	CHECK(same_bytes(&again.profile, &canonical.profile));
	free(text);

	for (int id = 0; id <= VITK_NUTRIENT_COUNT + 1; id++)
	{
		VitkAmount	amount;
		double		coverage = vitk_profile_coverage(p, id);

		CHECK(coverage >= 0 && coverage <= 1);
		CHECK(vitk_profile_has(p, id) == vitk_profile_amount(p, id, &amount));
		if (vitk_profile_has(p, id))
			CHECK(vitk_amount_valid(&amount, &err));
	}
}

/* a + p * factor, by the rules of the aggregates */
static inline bool
add_profiles(VitkProfileBuffer *sum, const VitkProfile *a, const VitkProfile *p,
			 double factor, double grams)
{
	static VitkProfileBuffer in_place;
	bool		in_place_finite;
	bool		finite;

	vitk_profile_sum_layout(&sum->profile, a, p, grams, false);
	CHECK(vitk_profile_size(&sum->profile) <= VITK_PROFILE_MAX_SIZE);
	finite = vitk_profile_sum(&sum->profile, a, p, factor, grams);
	memcpy(&in_place, a, vitk_profile_size(a));
	if (vitk_profile_add(&in_place.profile, p, factor, grams, &in_place_finite))
	{
		CHECK(in_place_finite == finite);
		CHECK(!finite || same_content(&in_place.profile, &sum->profile));
	}
	else
		CHECK(same_bytes(&in_place.profile, a));
	if (finite)
		check_profile(&sum->profile);
	return finite;
}

static inline void
check_two_profiles(const VitkProfile *a, const VitkProfile *b)
{
	static VitkProfileBuffer ab;
	static VitkProfileBuffer ba;
	int			cmp = sign(vitk_profile_cmp(a, b));

	CHECK(cmp == -sign(vitk_profile_cmp(b, a)));
	CHECK((cmp == 0) == same_content(a, b));
	if (vitk_profile_is_counted(a) || vitk_profile_is_counted(b))
		return;
	if (add_profiles(&ab, a, b, 1, b->grams))
	{
		CHECK(add_profiles(&ba, b, a, 1, a->grams));
		CHECK(same_content(&ab.profile, &ba.profile));
	}
	if (b->grams > 0)			/* as intake() does */
		(void) add_profiles(&ab, a, b, 37.5 / b->grams, 37.5);
	if (vitk_profile_scale(&ab.profile, a, 1, 3, a->grams / 3))
		check_profile(&ab.profile);
}

#endif							/* VITK_FUZZ_PROFILES_H */
