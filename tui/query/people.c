#include "query/people.h"

#include <string.h>
#include <strings.h>

#include "store/users.h"

static bool is_known(const struct people *people, const char *name)
{
	for (size_t i = 0; i < people->count; i++)
		if (strcmp(people->names[i], name) == 0)
			return true;
	return false;
}

/* The list doubles whenever its count is a power of two. */
static void add(struct people *people, const char *name)
{
	size_t n = people->count;

	if (!*name || is_known(people, name))
		return;
	if ((n & (n - 1)) == 0) {
		const char **names = arena_alloc(
			&people->arena, (n ? 2 * n : 1) * sizeof(*names));

		if (n)
			memcpy(names, people->names, n * sizeof(*names));
		people->names = names;
	}
	people->names[people->count++] =
		arena_str(&people->arena, name, strlen(name));
}

void people_load(const struct reading *reading, struct people *out)
{
	struct arena scratch = {0};
	struct user *users;
	struct err unused;
	size_t count = 0;

	*out = (struct people){0};
	if (reading_users(reading, &scratch, &users, &count, &unused))
		for (size_t i = 0; i < count; i++)
			add(out, users[i].name);
	arena_free(&scratch);
	for (uint32_t n = reading_last_batch(reading); n; n--) {
		struct batch batch;

		if (reading_batch(reading, n, &scratch, &batch, &unused))
			add(out, batch.who.name);
		arena_free(&scratch);
	}
}

void people_free(struct people *people)
{
	arena_free(&people->arena);
	*people = (struct people){0};
}

static bool all_digits(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text);
}

const char *people_find(const struct people *people, const char *text)
{
	if (strcasecmp(text, PERSON_ME) == 0 || strcmp(text, "我") == 0)
		return PERSON_ME;
	return is_known(people, text) || all_digits(text) ? text : NULL;
}
