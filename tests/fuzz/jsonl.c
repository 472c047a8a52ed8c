/*
 * JSON Lines: every line is cells or a sentence, and what the program writes
 * of the proposals it reads again to the letter.
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rows rows = {.source = "f", .encoding = "UTF-8"};
	struct err err = {0};

	HOLDS(rows_json(&rows, file_of(data, size), &err));
	for (size_t i = 1; i < rows.count; i++)
		HOLDS(rows.items[i - 1].line < rows.items[i].line);
	claim_rows(&rows);
	claim_import(&rows);
	rows_free(&rows);
	return 0;
}
