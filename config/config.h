/*
 * proposals.yaml as one checked struct. What is in here is right: every
 * reference leads somewhere, every code is unique, every number is in bounds.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/session.h"
#include "config/choice.h"
#include "config/list.h"
#include "config/view.h"

struct session_info {
	session id;
	const char *label; /* 十四届三次 */
	int year;          /* the year it is handled in: 2024 */
	day opened;        /* or DAY_NONE */
	bool merged_counts_as_filed;
};

enum date_field {
	DATE_RECEIVED,
	DATE_FILED,
	DATE_ASSIGNED,
	DATE_DUE,
	DATE_REPLIED,
	DATE_CLOSED,
	DATE_COUNT
};
enum time_unit { UNIT_DAY, UNIT_WORKDAY, UNIT_MONTH };

/* A clock: {from, amount, unit, warn}. */
struct deadline_rule {
	enum date_field from;
	int amount;
	enum time_unit unit;
	int extend_max;  /* same unit, at most, by extension */
	const int *warn; /* days before, descending; warn[0] makes it 临期 */
	size_t warn_count;
};

struct names; /* config/names.h */

enum ambiguous { AMBIGUOUS_AUTO, AMBIGUOUS_NARROW, AMBIGUOUS_WIDE };

struct config {
	struct arena arena;
	const char *source; /* the file's path, or "" for the built-in copy */
	struct session_info *sessions;
	size_t session_count;
	session current; /* new work; numbers without a session mean it */
	struct choices choices[CHOICE_KINDS];
	struct names *names[CHOICE_KINDS]; /* config/'s index; may be NULL */
	struct deadline_rule reply;
	const enum list_column *list; /* the columns of the list */
	size_t list_count;
	struct view *views; /* the shared ones, in the order of the file */
	size_t view_count;
	enum ambiguous ambiguous_width;
};

/*
 * Load `path`; NULL searches $PROPOSALS_CONFIG,
 * $XDG_CONFIG_HOME/proposals/proposals.yaml (~/.config without it),
 * /etc/proposals/proposals.yaml, and at last the built-in copy of
 * proposals.yaml.example. A path that is named, in the argument or in
 * $PROPOSALS_CONFIG, must exist. On failure ERR_CONFIG, and `mistakes` holds
 * every mistake as a line `file:line:column: sentence`, in the order of the
 * file, or `file: sentence` when it cannot be read; err has the first. A
 * set-group-id program ignores the environment, and takes only a file that
 * nobody but root can have written.
 */
MUST_USE
bool config_load(struct config **out, const char *path, struct buf *mistakes,
		 struct err *err);

/* The same for text in memory; `name` stands for the file in mistakes. */
MUST_USE
bool config_parse(struct config **out, const char *name, const char *text,
		  size_t len, struct buf *mistakes, struct err *err);

/*
 * A file of views alone, as a person keeps them: everything else in *out is
 * empty. An empty text has none.
 */
MUST_USE
bool config_parse_views(struct config **out, const char *name, const char *text,
			size_t len, struct buf *mistakes, struct err *err);

void config_free(struct config *config);

/* What is in force, every setting named, as YAML that config_parse() reads. */
void config_print(const struct config *config, struct buf *out);

/* Its views alone, as text that config_parse_views() reads. */
void config_print_views(const struct config *config, struct buf *out);
/* By code. NULL if there is none. */
const struct choice *config_choice(const struct config *config,
				   enum choice_kind kind, const char *code);

/*
 * By what a person wrote: code, label, name or alias, blanks around,
 * full-width letters and either case allowed, and 市 or 平湖市 before a
 * department. NULL if nothing fits.
 */
const struct choice *config_match(const struct config *config,
				  enum choice_kind kind, const char *text);

/* What to show for a code; the code itself when the configuration lost it. */
const char *config_label(const struct config *config, enum choice_kind kind,
			 const char *code);

/* NULL if the file does not list that session. */
const struct session_info *config_session(const struct config *config,
					  session id);

#endif
