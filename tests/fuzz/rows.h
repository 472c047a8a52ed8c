/*
 * What holds of the rows of any file, and of the proposals that an import
 * would make of them.
 */
#ifndef FUZZ_ROWS_H
#define FUZZ_ROWS_H

#include "exchange/import.h"

/* An office and its register of a few proposals. Once, at the start. */
void rows_office(void);

/* Each row is cells, each field once, or a sentence why not. */
void claim_rows(const struct rows *rows);

/*
 * What the rows would make: a proposal or a sentence each, and what is written
 * of the proposals as JSON Lines makes the same ones again.
 */
void claim_import(const struct rows *rows);

#endif
