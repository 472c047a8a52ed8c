/*
 * A line of JSON that the quick reader takes is, to the letter, what jansson
 * and the whole reader make of it; what it does not take it leaves untouched.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "claims.h"
#include "domain/field_keep.h"
#include "exchange/plain.h"

/* What field_keep() takes as it stands, field_read() takes as the same. */
static void claim_kept(int id, const char *text)
{
	struct arena arena = {0};
	struct proposal kept, read;
	struct err err;

	proposal_init(&kept, KEY_NONE);
	proposal_init(&read, KEY_NONE);
	if (field_keep(&fields[id], &kept, text, strlen(text))) {
		HOLDS(field_read(&fields[id], &read, text, ROLE_LEAD, NULL,
				 &arena, &err));
		HOLDS(field_equal(&fields[id], &kept, &read));
	}
	arena_free(&arena);
}

static void claim_cell(const struct row_cell *cell, const char *name,
		       const json_t *value)
{
	struct buf text = {0};
	struct err err;
	bool canonical;

	HOLDS(cell->field == value_field(name));
	HOLDS(value_text(cell->field, value, &text, &canonical, &err));
	HOLDS(canonical == cell->canonical);
	HOLDS(strcmp(buf_text(&text), cell->text) == 0);
	buf_free(&text);
	if (cell->field < FIELD_END)
		claim_kept(cell->field, cell->text);
	claim_kept(FIELD_TITLE, cell->text);
	claim_kept(FIELD_BODY, cell->text);
}

static void claim_row(const struct row *row, json_t *object)
{
	const char *name;
	json_t *value;
	size_t count = 0;

	HOLDS(json_is_object(object));
	json_object_foreach(object, name, value)
	{
		if (value_field(name) == VALUE_IGNORED)
			continue;
		HOLDS(count < row->count);
		claim_cell(&row->cells[count++], name, value);
	}
	HOLDS(count == row->count);
}

/* Twice, since the second time it guesses by the first. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	struct plain plain = {.arena = &arena};
	json_t *object = json_loadb((const char *)data, size,
				    JSON_REJECT_DUPLICATES, NULL);

	for (int i = 0; i < 2; i++) {
		char *line = mem_new(size);
		struct row row = {0};

		if (size)
			memcpy(line, data, size);
		if (plain_read(&plain, line, size, &row))
			claim_row(&row, object);
		else
			HOLDS(!row.count && !memcmp(line, data, size));
		free(line);
	}
	json_decref(object);
	arena_free(&arena);
	return 0;
}
