/*
 * Numbers, sessions and dates as people write them: any text is what it says
 * or a sentence, and what was read is read again from how it is written out.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/numeral.h"
#include "claims.h"
#include "domain/number.h"

static const session current = 14 << 5 | 3;

static void claim_key(key k)
{
	char text[16], label[64];
	struct err err = {0};
	key again;

	HOLDS(k != KEY_NONE && key_number(k) >= 1);
	HOLDS(key_number(k) <= NUMBER_MAX && key_session(k));
	key_format(k, text);
	HOLDS(number_one(text, 0, &again, &err) && again == k);
	key_label(k, 0, label);
	HOLDS(number_one(label, 0, &again, &err) && again == k);
	key_label(k, key_session(k), label);
	HOLDS(number_one(label, key_session(k), &again, &err) && again == k);
}

static void write_range(struct number_range range, struct buf *out)
{
	char text[16];

	key_format(range.first, text);
	buf_printf(out, "%s%s", out->len ? "、" : "", text);
	if (range.last != range.first)
		buf_printf(out, "-%u", key_number(range.last));
}

static void claim_list(const struct numbers *numbers, struct arena *arena)
{
	struct buf text = {0};
	struct numbers again;
	struct err err = {0};

	HOLDS(numbers->count > 0);
	for (size_t i = 0; i < numbers->count; i++) {
		struct number_range range = numbers->items[i];

		claim_key(range.first);
		claim_key(range.last);
		HOLDS(range.first <= range.last);
		HOLDS(range.last - range.first < NUMBER_SPAN_MAX);
		HOLDS(key_session(range.first) == key_session(range.last));
		write_range(range, &text);
	}
	HOLDS(number_list(text.data, 0, arena, &again, &err));
	HOLDS(again.count == numbers->count);
	HOLDS(memcmp(again.items, numbers->items,
		     again.count * sizeof(*again.items)) == 0);
	buf_free(&text);
}

static void try_numbers(const char *text)
{
	struct arena arena = {0};
	struct numbers numbers;
	struct err err = {0}, of_one = {0};
	key one = KEY_NONE;
	bool list = number_list(text, current, &arena, &numbers, &err);
	bool single = number_one(text, current, &one, &of_one);

	HOLDS(number_only(text, current) == list);
	if (list)
		claim_list(&numbers, &arena);
	else
		claim_error(&err, ERR_USAGE);
	if (single)
		HOLDS(list && numbers.count == 1 &&
		      numbers.items->first == one &&
		      numbers.items->last == one);
	else
		claim_error(&of_one, ERR_USAGE);
	arena_free(&arena);
}

static void try_session(const char *text)
{
	session s = 0, again;
	char code[8], label[32];

	if (!session_parse(text, &s))
		return;
	HOLDS(s && session_term(s) <= SESSION_TERM_MAX);
	session_format(s, code);
	session_label(s, label);
	HOLDS(session_parse(code, &again) && again == s);
	HOLDS(session_parse(label, &again) && again == s);
}

static void try_day(const char *text)
{
	day d = 1, again, today = day_make(2024, 11, 20);
	struct err err = {0};
	char code[11];

	if (!day_parse(text, today, &d, &err)) {
		HOLDS(d == DAY_NONE);
		claim_error(&err, ERR_USAGE);
		return;
	}
	day_format(d, code);
	HOLDS(day_parse(code, today, &again, &err) && again == d);
}

static void try_numeral(const char *text)
{
	const char *at = text;
	uint32_t value, again;
	char digits[12];

	if (!numeral_next(&at, &value)) {
		HOLDS(at == text);
		return;
	}
	HOLDS(at > text && at <= text + strlen(text) && value <= 99999999);
	snprintf(digits, sizeof(digits), "%u", value);
	at = digits;
	HOLDS(numeral_next(&at, &again) && again == value && !*at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = text_copy(data, size);

	try_numbers(text);
	try_session(text);
	try_day(text);
	try_numeral(text);
	free(text);
	return 0;
}
