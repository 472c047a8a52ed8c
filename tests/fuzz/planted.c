/*
 * The test of the test: a harness whose parser has a bug, planted by -D, that
 * the runner has to find and to tell. What finds nothing here tells nothing
 * about the others.
 */
#include "claims.h"

#if defined(PLANTED_crash)
/* One byte behind the end. */
static void bug(const char *bytes, size_t size)
{
	HOLDS(((volatile const char *)bytes)[size] != 'x' || size);
}
#elif defined(PLANTED_undefined)
static void bug(const char *bytes, size_t size)
{
	volatile int sum = INT32_MAX - 1;

	for (size_t i = 0; i < size; i++)
		sum += bytes[i] == 'b';
	HOLDS(sum);
}
#elif defined(PLANTED_leak)
static void bug(const char *bytes, size_t size)
{
	char *volatile lost = bytes_copy((const uint8_t *)bytes, size);

	lost = NULL;
	HOLDS(!lost);
}
#elif defined(PLANTED_slow)
/* Longer than a second on any machine, and still it ends. */
static void bug(const char *bytes, size_t size)
{
	volatile unsigned turns = 0;

	while (++turns < 4000000000u)
		HOLDS(bytes && size);
}
#elif defined(PLANTED_claim)
static void bug(const char *bytes, size_t size)
{
	HOLDS(!memchr(bytes, 'b', size));
}
#else
static void bug(const char *bytes, size_t size)
{
	HOLDS(bytes && size);
}
#endif

/* Some way in, so that it is found by looking and not by luck. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *bytes = bytes_copy(data, size);

	if (size > 3 && bytes[0] == 'a' && bytes[1] == 'b' && bytes[2] == 'b')
		bug(bytes, size);
	free(bytes);
	return 0;
}
