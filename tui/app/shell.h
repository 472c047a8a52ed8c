/*
 * The program without a screen: `proposals COMMAND …` over the same table
 * and the same domain calls. Standard output is data, standard error is
 * messages, the exit status says how it went.
 */
#ifndef APP_SHELL_H
#define APP_SHELL_H

#include "app/command.h"
#include "base/buf.h"
#include "query/listing.h"
#include "store/store.h"

/* Every option there is; the commands name theirs. NULL or false: not given. */
struct options {
	const char *store, *config, *session;
	bool read_only, help, version, print_config;
	const char *note, *expect, *status, *sort, *limit, *admin, *rotate,
		*compare, *view, *group, *columns;
	bool json, dry_run, force, strict, reverse, system, repair, explain,
		all;
};

struct shell {
	struct options options;
	const struct command *command; /* NULL: open the interface */
	char **args;                   /* behind the command's name */
	int arg_count;
	bool writes; /* these words write, whatever the command's flags */

	struct config *config;
	char *dir; /* of the store; owned */
	struct store *store;
	struct reading *reading;
	struct catalog catalog;
	struct buf out; /* what goes to standard output */
	bool unread;    /* … and nobody reads it any more */
	int ended_by;   /* the signal that ended the interface, or 0 */
};

/*
 * Read argv: options may stand anywhere. ERR_USAGE names an unknown or
 * superfluous option or command, and the nearest one.
 */
MUST_USE
bool options_parse(struct shell *shell, int argc, char **argv, struct err *err);

/* --name[=ARG] as help shows it; the table of options for the manual. */
struct option_info {
	const char *name;
	const char *arg; /* what it takes; "": a flag */
	const char *help;
	size_t offset; /* of its member in struct options */
	bool global;   /* goes with every command */
};
extern const struct option_info option_infos[];
extern const size_t option_info_count;
/* Where the store is: shell->dir. */
MUST_USE
bool shell_find(struct shell *shell, struct err *err);
/* Open the store, and begin a reading with its catalog. */
MUST_USE
bool shell_open(struct shell *shell, struct err *err);
MUST_USE
bool shell_reading(struct shell *shell, struct err *err);

/*
 * False when something was read that is damaged, whatever was found: an answer
 * made of it is none, and an absence may be the damage.
 */
MUST_USE
bool shell_sound(const struct shell *shell, struct err *err);

/* A sentence on standard error, cleaned. */
void shell_say(const char *fmt, ...) PRINTF(1, 2);
/* One finding of a check; of many only the first. `told` counts from 0. */
void shell_tell(void *told, const char *sentence);
/* Add 提案 10 件…: what a whole check found in a copy. */
struct copy;
void shell_add_copy(const struct copy *copy, struct buf *out);

/* Write out what is in shell->out so far. */
MUST_USE
bool shell_flush(struct shell *shell, struct err *err);
/* The same once there is much of it: a million rows need no memory. */
MUST_USE
bool shell_flush_full(struct shell *shell, struct err *err);

/* A number option: 1 .. 99,999,999. ERR_USAGE names the option. */
MUST_USE
bool shell_number(const char *option, const char *text, uint32_t *out,
		  struct err *err);

/*
 * Conditions from `first` on (query/language.h). After a mistake a line on
 * standard error points at it.
 */
MUST_USE
bool shell_filter(struct shell *shell, int first, struct filter *filter,
		  struct err *err);

/* --explain: what is asked and how many there are, on standard error. */
void shell_explain(const struct shell *shell, const struct filter *filter,
		   uint64_t count);
/* The same as one text; show it, and where it is wrong. */
MUST_USE
bool shell_conditions(struct shell *shell, int first, struct buf *text,
		      struct err *err);
void shell_point_at(const char *text, size_t at);
/* The slots that the arguments from `first` on name, "-" for standard input.
 * ERR_NOT_FOUND names the unknown. */
struct lookup_list;
MUST_USE
bool shell_numbers(struct shell *shell, int first, struct arena *arena,
		   struct lookup_list *list, struct err *err);

/* The whole program: argv to exit status. */
int app_main(int argc, char **argv);

#endif
