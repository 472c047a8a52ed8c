/*
 * The parts of the review: what it is made of, and how it is printed.
 */
#ifndef EXCHANGE_REVIEW_TEXT_H
#define EXCHANGE_REVIEW_TEXT_H

#include "base/buf.h"
#include "config/config.h"
#include "domain/proposal.h"

/* A key proposal. */
struct review_item {
	struct proposal p;
	uint32_t topic; /* its value when it is a number: 三 is 3; or 0 */
	size_t main;    /* index of the one that is printed in its place */
};

/* What the register holds of the session. */
struct review_counts {
	size_t received, filed, merged, important, key, topics;
	bool merged_filed; /* merged ones are among the filed */
};

/* Everything that was stored comes out cleaned. */
void review_head(const struct config *config, session which,
		 const struct review_counts *counts, struct buf *out);
void review_main(const struct config *config, const struct review_item *item,
		 struct buf *out);
void review_kin(const struct config *config, const struct review_item *item,
		const struct review_item *main, struct buf *out);

#endif
