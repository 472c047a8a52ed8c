/*
 * What proposals-sheet says, which a foreign file may have taken over: any
 * bytes become rows under headers, or one sentence.
 */
#include "claims.h"
#include "exchange/reader.h"
#include "rows.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	rows_office();
	return 0;
}

static void claim_table(const struct raw *raw, struct arena *arena)
{
	struct rows rows = {.source = "f"};
	struct err err = {0};

	rows.arena = *arena;
	if (rows_table(&rows, raw, &err)) {
		claim_rows(&rows);
		for (size_t i = 0; i < rows.unknown_headers.count; i++)
			HOLDS(*rows.unknown_headers.items[i]);
		claim_import(&rows);
	} else {
		claim_error(&err, ERR_USAGE);
	}
	rows_free(&rows);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	struct raw raw;
	struct err err = {0};

	if (raw_lines(&raw, file_of(data, size), &arena, NULL, &err)) {
		claim_table(&raw, &arena);
		raw_free(&raw);
		return 0;
	}
	HOLDS(err.code == ERR_USAGE || err.code == ERR_INTERNAL);
	claim_clean_line(err.text, strlen(err.text));
	arena_free(&arena);
	return 0;
}
