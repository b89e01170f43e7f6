/*
 * binary_profile.c
 *		Fuzz target: bytes as a profile, as nutrient_profile_recv has them.
 *
 * The first byte tells how long the first of two profiles is, in words of 8
 * bytes; each begins at the byte behind the length word.
 */
#include "profiles.h"

static bool
receive(const uint8_t *data, size_t size, VitkProfileBuffer *profile)
{
	size_t		start = offsetof(VitkProfile, version);
	VitkErr		err = {0};

	if (size + start > VITK_PROFILE_MAX_SIZE)
		return false;
	profile->profile.vl_len_ = 0;
	memcpy(profile->bytes + start, data, size);
	if (!vitk_profile_valid(&profile->profile, size + start, &err))
	{
		check_error(&err, NULL, 0);
		CHECK(strstr(err.msg, "nutrient_profile") != NULL);
		return false;
	}
	check_profile(&profile->profile);
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static VitkProfileBuffer a;
	static VitkProfileBuffer b;
	size_t		first;

	if (size == 0)
		return 0;
	first = 4 + 8 * (size_t) *data++;
	size--;
	if (first > size)
		first = size;
	if (receive(data, first, &a) && receive(data + first, size - first, &b))
		check_two_profiles(&a.profile, &b.profile);
	return 0;
}
