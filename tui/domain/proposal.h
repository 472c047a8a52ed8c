/*
 * 提案: one row of the register. Plain data; all text is borrowed, as a rule
 * from the arena it was decoded into, and never NULL ("" is empty).
 */
#ifndef DOMAIN_PROPOSAL_H
#define DOMAIN_PROPOSAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "base/strings.h"
#include "config/config.h"
#include "domain/key.h"

enum unit_role {
	ROLE_LEAD,     /* lead 主办 */
	ROLE_JOINT,    /* joint 会办 */
	ROLE_SEPARATE, /* separate 分办 */
	ROLE_COUNT
};

/* A department's part in one proposal. */
struct unit {
	const char *department; /* code */
	enum unit_role role;
	const char *state; /* "", or a word of a later release; kept as it is */
	day date;          /* of that state */
};

struct units {
	struct unit *items;
	size_t count;
};

struct keys {
	key *items;
	size_t count;
};

struct proposal {
	key key;
	const char *title, *body;
	struct strings proposers; /* in the order of the signatures */
	const char *category, *level, *topic; /* codes; topic is text: 一 */
	struct units units;
	const char *status; /* code */
	day dates[DATE_COUNT];
	const char *result; /* code */
	const char *outcome;
	const char *feedback; /* code */
	const char *led_by, *supervised_by;
	key merged_into;
	struct keys related;
	const char *remarks;

	/* Kept by the store. */
	uint32_t revision;  /* 1 when created, +1 with every change */
	uint32_t batch;     /* the last one that changed it */
	int64_t changed_at; /* ms since 1970 */
	const char *changed_by;
};

const char *role_name(enum unit_role role);  /* lead */
const char *role_label(enum unit_role role); /* 主办 */

/* All text "", all lists empty. */
void proposal_init(struct proposal *p, key k);

/*
 * Bytes of all canonical texts of a proposal together (domain/field.h); some
 * 400,000 characters. As JSON, where a character may take three times its
 * bytes, that is a line of less than the 4 MiB that an import reads.
 */
#define PROPOSAL_BYTES_MAX (5u << 18)

/* ERR_USAGE: they are more. */
MUST_USE
bool proposal_fits(const struct proposal *p, struct err *err);
MUST_USE
bool proposal_size_fits(size_t bytes, struct err *err);

/* Departments with a part as `role`, labels joined by 、. */
struct buf;
void proposal_units(const struct proposal *p, const struct config *config,
		    enum unit_role role, struct buf *out);

/* Those that answer: 主办, where there is none 分办. */
void proposal_answering(const struct proposal *p, const struct config *config,
			struct buf *out);

#endif
