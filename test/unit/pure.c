/*
 * pure.c
 *		Unit test of the pure files: their limits, where an overflow would be.
 *
 * test/t/070_pure.pl builds it with AddressSanitizer and
 * UndefinedBehaviorSanitizer; what it prints is TAP.
 */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/diet.h"
#include "core/number.h"
#include "core/nutrient.h"
#include "core/nutrient_profile.h"
#include "core/find_food.h"

static int	tests;
static int	failed;

static void
ok(bool passed, const char *name)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++tests, name);
	failed += !passed;
}

static bool
reads(const char *s, double *v, VitkErr *err)
{
	const char *p = s;

	return vitk_number_parse(&p, s + strlen(s), v, err) && *p == '\0';
}

static void
test_numbers(void)
{
	static const double exact[] = {0, 0.1, 1.0 / 3, 100, 1e21, 1e22, 1e23, 123456789.125,
		9007199254740993.0, DBL_MAX, DBL_MIN, -DBL_MIN, -DBL_MAX, -0.5};
	static const char *const refused[] = {"1e309", "-1e309", "1e-400", "5e-324", "-2.2250738585072009e-308", "inf", "nan", "0x10", "1e", ".", ""};
	char		longest[352];
	VitkErr		err;
	char		text[VITK_NUMBER_LEN];
	double		v;
	bool		all = true;

	for (size_t i = 0; i < sizeof(exact) / sizeof(exact[0]); i++)
	{
		int			len = vitk_number_format(exact[i], text);

		all &= len < VITK_NUMBER_LEN && reads(text, &v, &err) && v == exact[i];
	}
	ok(all, "numbers read back as what was written, to the ends of their range");
	ok(reads("-0.0", &v, &err) && v == 0 && !signbit(v), "a zero has no sign");
	all = true;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		all &= !reads(refused[i], &v, &err);
	/* so long are the numbers that jsonb makes of ours, and no longer */
	memset(longest, '0', sizeof(longest));
	longest[350] = '\0';
	all &= reads(longest, &v, &err);
	longest[350] = '0';
	longest[351] = '\0';
	all &= !reads(longest, &v, &err);
	ok(all, "what is no finite decimal number, or too long, is refused");
}

/* Every unit there is, without and with the largest factor */
static void
test_units(void)
{
	VitkUnit	u = {0};
	VitkUnit	again;
	VitkErr		err;
	char		text[VITK_UNIT_LEN + 1];
	int			units = 0;
	int			wrong = 0;
	int			longest = 0;

	/* parts that are no such part are skipped by vitk_unit_valid, below */
	for (int num = 0; num < 64; num++)
		for (int mass = 0; mass < 64; mass++)
			for (int volume = 0; volume < 64; volume++)
			{
				u = (VitkUnit) {.num = num, .per_mass = mass, .per_volume = volume};
				if (!vitk_unit_valid(&u))
					continue;
				for (int energy = 0; energy < 64; energy++)
					for (int time = 0; time < 64; time++)
					{
						u.per_energy = energy;
						u.per_time = time;
						u.mult = (mass | volume | energy | time) ? 65535 : 0;
						if (!vitk_unit_valid(&u))
							continue;
						units++;
						int			len = vitk_unit_format(&u, text);

						longest = len > longest ? len : longest;
						wrong += !vitk_unit_parse(text, len, &again, &err) ||
							!vitk_unit_same(&u, &again);
					}
			}
	ok(units > 100000 && wrong == 0, "every unit reads back as what was written");
	ok(longest < VITK_UNIT_LEN, "the longest unit fits its buffer");
}

static VitkAmount
amount(const char *s)
{
	VitkAmount	a;
	VitkErr		err;

	if (!vitk_amount_parse(s, strlen(s), &a, &err))
		ok(false, err.msg);
	return a;
}

static bool
same_amount(const char *s, const char *t)
{
	VitkAmount	a = amount(s);
	VitkAmount	b = amount(t);
	VitkAmountKey x;
	VitkAmountKey y;

	vitk_amount_key(&a, &x);
	vitk_amount_key(&b, &y);
	return vitk_amount_cmp(&a, &b) == 0 && vitk_amount_cmp(&b, &a) == 0 &&
		memcmp(&x, &y, sizeof(x)) == 0;
}

static void
test_amounts(void)
{
	/* one amount in units 1000 apart: the point moves, the value does not */
	static const char *const unit[] = {"ng", "ug", "mg", "g", "kg"};
	bool		all = true;
	VitkAmount	a;
	VitkAmount	b;
	VitkErr		err;
	char		s[64];
	char		t[64];

	for (int digits = 1; digits < 10000; digits++)
		for (int i = 0; i + 1 < 5; i++)
		{
			snprintf(s, sizeof(s), "%d %s", digits, unit[i]);
			snprintf(t, sizeof(t), "%d.%03d %s", digits / 1000, digits % 1000, unit[i + 1]);
			all &= same_amount(s, t);
		}
	ok(all, "0.001 to 9.999 of a unit equal 1 to 9999 of the next, and hash alike");
	ok(same_amount("1 wk-1.mg", "1 mg/(7.d)") && same_amount("999999999999999.4 ug", "999999999.9999994 g"),
	   "so do units of one size, and values of 15 digits");
	ok(!same_amount("100 ug", "100.000000000001 ug") && !same_amount("1 ug", "1 ug/d"),
	   "the 15th digit and the dimension tell amounts apart");

	a = amount("1.7976931348623157e308 kg");
	ok(!vitk_amount_add(&a, &a, &b, &err) && err.code == VITK_E_RANGE, "a sum that overflows is refused");
	b = amount("1 ug");
	ok(!vitk_amount_convert(&a, &b.unit, 0, &b, &err) && err.code == VITK_E_RANGE,
	   "a conversion that overflows is refused");
	b = amount("1 ug");
	ok(vitk_amount_cmp(&a, &b) > 0 && vitk_amount_cmp(&b, &a) < 0, "and it still compares");
}

/* All nutrients, with numbers as long as they get */
static void
test_profiles(void)
{
	static VitkProfileBuffer p;
	static VitkProfileBuffer q;
	static VitkProfileBuffer sum;
	static VitkProfileDraft draft;
	static char text[VITK_PROFILE_TEXT_SIZE(VITK_NUTRIENT_COUNT)];
	VitkAmount	a = {1.2345678901234567e-300, 1.7976931348623157e308, {0}};
	VitkErr		err;
	int			n = 0;
	int			len;

	vitk_profile_draft_init(&draft);
	draft.grams = VITK_MAX_GRAMS;
	for (int id = 1; id <= VITK_NUTRIENT_COUNT; id++)
	{
		if (vitk_nutrient_by_id(id) == NULL)
			continue;
		a.unit = *vitk_profile_unit(id);
		if (vitk_profile_draft_add(&draft, id, &a, 1.2345678901234567e-300, &err))
			n++;
	}
	ok(n > 20 && vitk_profile_draft_finish(&draft, &p.profile, &err) && p.profile.n == n,
	   "a profile takes every nutrient of the registry");
	len = vitk_profile_format(&p.profile, text);
	ok((size_t) len < VITK_PROFILE_TEXT_SIZE(n), "its text fits the room for it");
	ok(vitk_profile_parse(text, len, &q.profile, &err) && vitk_profile_cmp(&p.profile, &q.profile) == 0,
	   "and reads back");

	vitk_profile_sum_layout(&sum.profile, &p.profile, &q.profile, q.profile.grams, false);
	ok(!vitk_profile_sum(&sum.profile, &p.profile, &q.profile, 1, q.profile.grams), "a sum that overflows says so");
	ok(!vitk_profile_scale(&sum.profile, &p.profile, 3, 2, 1), "so does a multiple");

	/* a third of 0.1 thrice: known for all stays known for all, and in order */
	ok(vitk_profile_parse("0.3 g: K1 0.1..0.3 ug", 21, &p.profile, &err) &&
	   vitk_profile_scale(&q.profile, &p.profile, 0.1, 0.3, 0.1) &&
	   vitk_profile_valid(&q.profile, vitk_profile_size(&q.profile), &err) &&
	   vitk_profile_coverage(&q.profile, 1) == 1, "portions of what is known are known");
}

/* Buffers just as large as they must be, so that AddressSanitizer sees a byte too many. */
static bool
folds(VitkLetters letters, const char *s, size_t len, const char *expected)
{
	char	   *in = malloc(len);
	char	   *out = malloc(2 * len);
	size_t		n;
	bool		same;

	memcpy(in, s, len);
	n = vitk_plain_letters(in, len, letters, out);
	same = n == strlen(expected) && memcmp(out, expected, n) == 0;
	free(in);
	free(out);
	return same;
}

static bool
finds(const char *typed, const char *text, int most, const char *expected)
{
	const char *word = "";
	size_t		len = 0;

	vitk_near_word(typed, strlen(typed), text, strlen(text), most, &word, &len);
	return len == strlen(expected) && memcmp(word, expected, len) == 0;
}

static void
test_words(void)
{
	char		longest[VITK_MAX_WORD + 2];

	ok(folds(VITK_LETTERS_UTF8, "P\303\242t\303\251 \305\223", 9, "pate oe"), "accents go in UTF-8");
	ok(folds(VITK_LETTERS_UTF8, "\303\206\303\237", 4, "aess"), "two letters for one");
	ok(folds(VITK_LETTERS_UTF8, "pa\314\202te\315\257 \315\260", 11, "pate \315\260"), "and those that stand by themselves");
	ok(folds(VITK_LETTERS_UTF8, "a\303", 2, "a\303"), "half a character stays half");
	ok(folds(VITK_LETTERS_LATIN1, "\306\337\351", 3, "aesse"), "twice as many letters as bytes in Latin 1");
	ok(folds(VITK_LETTERS_OTHER, "A\351\\-", 4, "a\351  "), "other letters stay, backslash and hyphen go");

	ok(finds("chiken", "leg, chicken", 1, "chicken"), "a letter too few");
	ok(finds("butter", "bitter butter", 2, "butter"), "the nearest of two words");
	ok(finds("", "a", 2, "") && finds("a", "", 2, ""), "no word is near none");
	memset(longest, 'a', sizeof(longest));
	longest[VITK_MAX_WORD] = '\0';
	ok(finds(longest, longest, 0, longest), "the longest word");
	longest[VITK_MAX_WORD] = 'a';
	longest[VITK_MAX_WORD + 1] = '\0';
	ok(finds(longest, longest, 2, ""), "a longer one is not looked for");
}

/* In steps of a prime through all of them, and each of the first and the last */
static void
test_hundredths(void)
{
	uint64_t	bad = 0;

	for (uint64_t h = 0; h <= UINT32_MAX; h += h < 1 << 20 || h > UINT32_MAX - (1 << 20) ? 1 : 1009)
		bad += vitk_hundredths((uint32_t) h) != (double) h / 100.0;
	ok(bad == 0, "hundredths are what a division gives, to the last bit");
}

int
main(void)
{
	test_words();
	test_numbers();
	test_hundredths();
	test_units();
	test_amounts();
	test_profiles();
	printf("1..%d\n", tests);
	return failed > 0;
}
