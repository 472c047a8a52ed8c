/*
 * May somebody with this role make this change to one proposal? One function
 * for the store, which asks it inside the transaction, and for what shows a
 * change before it is made.
 */
#ifndef DOMAIN_PERMIT_H
#define DOMAIN_PERMIT_H

#include "config/config.h"
#include "domain/access.h"

struct deed {
	enum action action; /* _CREATE, _STATUS, _EDIT or _REMOVE */
	const char *from;   /* status before; "" for none */
	const char *to;     /* … and after; NULL: it stays */
	bool back;          /* undo, redo: `next:` need not name the step */
};

/* ERR_DENIED with the reason. */
MUST_USE
bool permit(enum access access, const struct config *config,
	    const struct deed *deed, struct err *err);

#endif
