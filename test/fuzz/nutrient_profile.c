/*
 * profile.c
 *		Fuzz target: the parser of profiles, and sums of two ("10 g: K1 1 ug|D3 5 ug").
 */
#include "profiles.h"

static bool
read_profile(const uint8_t *data, size_t size, VitkProfileBuffer *profile)
{
	char	   *s = literal(data, size);
	VitkErr		err = {0};
	bool		ok;

	if (s == NULL)
		return false;
	ok = vitk_profile_parse(s, size, &profile->profile, &err);
	free(s);
	if (ok)
		check_profile(&profile->profile);
	else
		check_error(&err, data, size);
	return ok;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static VitkProfileBuffer a;
	static VitkProfileBuffer b;
	size_t		cut = first_part(data, size);

	if (read_profile(data, cut, &a) &&
		cut < size && read_profile(data + cut + 1, size - cut - 1, &b))
		check_two_profiles(&a.profile, &b.profile);
	return 0;
}
