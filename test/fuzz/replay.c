/*
 * replay.c
 *		Runs a fuzz target on files, without a fuzzer.
 */
#include "fuzz.h"

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
	{
		static uint8_t data[1 << 16];
		FILE	   *file = fopen(argv[i], "rb");
		size_t		size;
		uint8_t    *exact;

		CHECK(file != NULL);
		size = fread(data, 1, sizeof(data), file);
		fclose(file);
		exact = malloc(size > 0 ? size : 1);
		CHECK(exact != NULL);
		memcpy(exact, data, size);
		fprintf(stderr, "%s\n", argv[i]);
		LLVMFuzzerTestOneInput(exact, size);
		free(exact);
	}
	return 0;
}
