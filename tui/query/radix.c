#include "query/radix.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void radix_open(struct radix *radix, struct listing *listing)
{
	size_t count = listing->count;

	*radix = (struct radix){
		.listing = listing,
		.digits = mem_resize(NULL, count * sizeof(uint16_t)),
		.spare = mem_resize(NULL, listing->cap * sizeof(uint32_t)),
		.starts = mem_array(DIGITS, sizeof(uint32_t)),
	};
}

void radix_close(struct radix *radix)
{
	for (size_t i = 0; i < radix->count; i++)
		free(radix->passes[i].items), free(radix->passes[i].moved);
	free(radix->digits);
	free(radix->spare);
	free(radix->starts);
}

static void span(const struct radix *radix, struct scale *scale)
{
	uint32_t least = DIGITS, most = 0, none = 0;

	for (size_t i = 0; i < radix->listing->count; i++) {
		uint32_t digit = radix->digits[i];
		bool is_none = digit == scale->none;

		none |= is_none;
		least = !is_none && digit < least ? digit : least;
		most = !is_none && digit > most ? digit : most;
	}
	scale->least = least;
	scale->most = most;
	scale->count = (least > most ? 0 : most - least + 1) + none;
}

/* A digit's place on its scale, from 0 on. */
static uint32_t place(const struct scale *scale, uint32_t digit)
{
	if (digit == scale->none)
		return scale->count - 1;
	return scale->reverse ? scale->most - digit : digit - scale->least;
}

/* The digits that were just read weigh more than those of the last pass. */
static void merge(struct radix *radix, const struct scale *scale)
{
	struct digits *pass = &radix->passes[radix->count - 1];
	uint32_t weight = pass->scale.count;

	for (size_t i = 0; i < radix->listing->count; i++)
		pass->items[i] =
			(uint16_t)(place(&pass->scale, pass->items[i]) +
				   weight * place(scale, radix->digits[i]));
	pass->scale = (struct scale){.most = weight * scale->count - 1,
				     .none = DIGITS,
				     .count = weight * scale->count};
}

/* Into the last pass if there is room for them, else into one of their own. */
void radix_take(struct radix *radix, struct scale scale)
{
	struct digits *pass = &radix->passes[radix->count];
	size_t size = radix->listing->count * sizeof(uint16_t);

	span(radix, &scale);
	if (scale.count < 2)
		return;
	if (radix->count && pass[-1].scale.count * scale.count <= DIGITS) {
		merge(radix, &scale);
		return;
	}
	*pass = (struct digits){radix->digits, NULL, scale};
	if (radix->count++)
		pass->moved = mem_resize(NULL, size);
	radix->digits = mem_resize(NULL, size);
}

/* From how many rows there are of each digit to where the first goes. */
static void set_starts(const struct scale *scale, uint32_t *starts)
{
	uint32_t start = 0;

	for (uint32_t i = 0; i < scale->count; i++) {
		uint32_t digit =
			scale->reverse ? scale->most - i : scale->least + i;

		/* What is none comes behind the others. */
		if (digit < scale->least || digit > scale->most)
			digit = scale->none;
		uint32_t count = starts[digit];

		starts[digit] = start;
		start += count;
	}
}

static void come_along(struct digits *digits, size_t from, uint32_t to)
{
	digits->moved[to] = digits->items[from];
}

/* Rows and what comes along go where the digits of this pass send them. */
static void run_pass(struct radix *radix, size_t n)
{
	struct listing *listing = radix->listing;
	uint32_t *rows = listing->slots, *starts = radix->starts;
	const uint16_t *digits = radix->passes[n].items;

	memset(starts, 0, DIGITS * sizeof(*starts));
	for (size_t i = 0; i < listing->count; i++)
		starts[digits[i]]++;
	set_starts(&radix->passes[n].scale, starts);
	for (size_t i = 0; i < listing->count; i++) {
		uint32_t to = starts[digits[i]]++;

		radix->spare[to] = rows[i];
		for (size_t later = n + 1; later < radix->count; later++)
			come_along(&radix->passes[later], i, to);
	}
	listing->slots = radix->spare;
	radix->spare = rows;
	for (size_t later = n + 1; later < radix->count; later++) {
		struct digits *moved = &radix->passes[later];
		uint16_t *items = moved->items;

		moved->items = moved->moved;
		moved->moved = items;
	}
}

void radix_run(struct radix *radix)
{
	for (size_t i = 0; i < radix->count; i++)
		run_pass(radix, i);
}
