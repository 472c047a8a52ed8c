/*
 * Who changed what when: the conditions that speak of batches. Private to
 * query/.
 */
#ifndef QUERY_CHANGES_H
#define QUERY_CHANGES_H

#include "query/listing.h"
#include "query/slotset.h"

struct changes {
	/* By the number of the batch: enum changed_flags; NULL: not asked. */
	uint8_t *batches; /* owned */
	uint32_t count;
	uint64_t events[2]; /* of batches THEN and BY, THEN and NOT */
	bool by_last;       /* the last change has to be at the right time */
};

enum changed_flags {
	CHANGED_THEN = 1, /* at a time that the filter allows */
	CHANGED_BY = 2,   /* by one of those it wants */
	CHANGED_NOT = 4,  /* by one of those it does not want */
};

void changes_open(struct changes *changes, const struct query *query);
void changes_close(struct changes *changes);

/* Leave in the set what people are asked to have changed, and not. */
void changes_narrow(const struct changes *changes, const struct query *query,
		    struct slotset *set);

#endif
