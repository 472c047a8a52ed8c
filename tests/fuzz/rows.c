#include "rows.h"

#include "../unit/desk.h"
#include "base/utf8.h"
#include "claims.h"
#include "exchange/json.h"
#include "exchange/reader.h"

enum { PROPOSALS = 4 };

static struct desk *desk;

static void close_office(void)
{
	desk_close(desk);
}

/* Each led to by the next, but for the first. */
static void fill(void)
{
	const struct proposal *all[PROPOSALS];

	for (uint32_t i = 0; i < PROPOSALS; i++) {
		struct proposal *p =
			desk_new(desk, desk_key(3, i + 1), "handling");

		p->merged_into = i ? all[i - 1]->key : KEY_NONE;
		p->category = "industry";
		all[i] = p;
	}
	desk_put(desk, 1, all, PROPOSALS);
}

void rows_office(void)
{
	desk = desk_open();
	fill();
	atexit(close_office);
}

static void claim_cells(const struct row *row)
{
	bool seen[ROW_FIELD_END] = {false};

	for (size_t i = 0; i < row->count; i++) {
		const struct row_cell *cell = &row->cells[i];

		HOLDS(cell->field > 0 && cell->field < ROW_FIELD_END);
		HOLDS(!seen[cell->field]);
		HOLDS(utf8_valid(cell->text, strlen(cell->text)));
		seen[cell->field] = true;
	}
}

void claim_rows(const struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		const struct row *row = &rows->items[i];

		if (row->broken)
			claim_sentence(row->broken);
		else
			claim_cells(row);
	}
}

/* What the import would write, as JSON Lines. */
static struct import plan(const struct rows *rows, struct buf *lines)
{
	struct import import;
	struct err err = {0};

	HOLDS(import_plan(&import, rows, desk->config, desk_read(desk), NULL,
			  &err));
	desk_done(desk);
	for (size_t i = 0; i < import.plan.count; i++)
		json_proposal(import.plan.items[i].edit.next, lines);
	return import;
}

static void claim_plan(const struct import *import, const struct rows *rows)
{
	HOLDS(import->count == rows->count);
	for (size_t i = 0; i < import->count; i++) {
		const struct import_row *row = &import->rows[i];

		HOLDS(utf8_valid(row->title, strlen(row->title)));
		if (row->verdict == IMPORT_REJECT)
			claim_sentence(row->reason);
		else
			HOLDS(row->key != KEY_NONE);
	}
}

void claim_import(const struct rows *rows)
{
	struct buf lines = {0}, again = {0};
	struct import import = plan(rows, &lines), copy;
	struct rows written = {.source = "", .encoding = ""};
	struct err err = {0};

	claim_plan(&import, rows);
	HOLDS(rows_json(&written, file_of(buf_text(&lines), lines.len), &err));
	copy = plan(&written, &again);
	HOLDS(strcmp(buf_text(&lines), buf_text(&again)) == 0);
	import_free(&import);
	import_free(&copy);
	rows_free(&written);
	buf_free(&lines);
	buf_free(&again);
}
