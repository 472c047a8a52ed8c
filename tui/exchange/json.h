/*
 * JSON Lines out: one object a line, the same for list and show, with the
 * names of domain.md and configuration codes. Empty is null, lists are lists.
 */
#ifndef EXCHANGE_JSON_H
#define EXCHANGE_JSON_H

#include "base/json.h"
#include "domain/batch.h"
#include "domain/proposal.h"

/* Add one line with its newline. Text is as stored, escaped as JSON asks. */
void json_proposal(const struct proposal *p, struct buf *out);
void json_event(const struct event *event, const struct batch *batch,
		struct buf *out);
void json_batch(const struct batch *batch, struct buf *out);

/* `account`: what the system calls the uid now; NULL: nothing. */
struct user;
void json_user(const struct user *user, const char *account, struct buf *out);

#endif
