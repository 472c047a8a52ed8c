/*
 * Every action the program has, in one table. Keys, the hint bar, help, the
 * menu, the ':' palette, the shell's sub-commands and their options, and the
 * refusal when read-only are all read from it.
 */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "domain/access.h"
#include "ui/key.h"

struct app;
struct shell;

enum command_flags {
	IN_LIST = 1 << 0,      /* the list has the keys */
	IN_DETAIL = 1 << 1,    /* the detail, below the list or alone */
	IN_BAND = 1 << 2,      /* the filter band */
	IN_FILTER = 1 << 3,    /* the full filter page */
	IN_PREVIEW = 1 << 4,   /* a batch before it is one */
	IN_TEXT = 1 << 5,      /* history, help, one batch */
	IN_BATCHES = 1 << 6,   /* the list of batches */
	IN_MENU = 1 << 7,      /* a list to choose from */
	IN_EDIT = 1 << 8,      /* the form of one proposal */
	IN_FIELD = 1 << 9,     /* one of its fields, being typed */
	IN_CONFLICT = 1 << 10, /* what others changed as well */
	IN_VIEWS = 1 << 11,    /* the saved views */
	IN_ANY = (1 << 12) - 1,
	ON_MARKED = 1 << 12, /* acts on the marked, else on the cursor's */
	WRITES = 1 << 13,    /* refused with --read-only */
	HINT = 1 << 14,      /* stands in the hint bar */
	HINT_LIST = 1 << 15, /* … only while the list has the keys */
	SILENT = 1 << 16,    /* of no use in menu and palette: a movement */
	TAKES_KEY = 1 << 17, /* the key's character is the argument */
	BARE = 1 << 18,      /* in the shell: runs without a configuration */
};

struct command {
	const char *name;  /* what ':' and the shell call it */
	const char *keys;  /* default keys, by blanks; "" none */
	const char *label; /* a few Chinese characters: 改状态 */
	const char *arg; /* "", "编号…" or "[批次]": for usage and ':' */
	const char *options; /* of the shell: names of options, by blanks */
	const char *help;    /* one line, no full stop */
	unsigned flags;
	enum action action; /* what it asks of a role, whatever it is about */
	/* At the screen; NULL: only in the shell. arg "" when run by a key. */
	bool (*run)(struct app *app, const char *arg, struct err *err);
	/* In the shell; NULL: only at the screen. */
	bool (*shell)(struct shell *shell, struct err *err);
};

/* In the order of the help. */
extern const struct command commands[];
extern const size_t command_count;

/* By name, or by label. NULL. */
const struct command *command_find(const char *name);

/* ERR_USAGE: no such command in the shell, or at the screen; and the nearest. */
bool command_refuse(const char *name, bool in_shell, struct err *err);

/*
 * May it be run? ERR_REFUSED for one that writes when read-only, ERR_DENIED
 * when the role does not allow it.
 */
bool command_may(const struct command *command, bool read_only,
		 enum access access, struct err *err);

/* What a key does where; NULL. `where` is one IN_ flag. */
const struct command *command_of_key(keycode key, unsigned where);

/* The keys for people: "s/F6"; `size` bytes. */
void command_keys(const struct command *command, char *out, size_t size);

#endif
