#include "app/doctor_sshd.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"

/* As deep as sshd itself follows Include. */
enum { DEPTH_MAX = 16, ALIVE_COUNT = 3, STARTUPS = 10 };

enum keyword {
	KEY_FORCE_COMMAND,
	KEY_FORWARDING,
	KEY_USER_RC,
	KEY_ENVIRONMENT,
	KEY_ALIVE_INTERVAL,
	KEY_ALIVE_COUNT,
	KEY_STARTUPS,
	KEYWORDS
};

static const char *const keywords[KEYWORDS] = {
	[KEY_FORCE_COMMAND] = "ForceCommand",
	[KEY_FORWARDING] = "DisableForwarding",
	[KEY_USER_RC] = "PermitUserRC",
	[KEY_ENVIRONMENT] = "PermitUserEnvironment",
	[KEY_ALIVE_INTERVAL] = "ClientAliveInterval",
	[KEY_ALIVE_COUNT] = "ClientAliveCountMax",
	[KEY_STARTUPS] = "MaxStartups",
};

/*
 * What holds for everybody, or behind one Match. Of each the first counts, of
 * MaxStartups the last (OpenSSH 9.2).
 */
struct block {
	const char *values[KEYWORDS]; /* NULL: not said */
	const char *group;            /* Match Group NAME, and no more; NULL */
};

struct parse {
	const char *path; /* of the first file: Include starts at its folder */
	struct arena arena;
	struct block *blocks; /* owned; [0] is everybody's */
	size_t count;
	size_t now; /* the block that lines go to */
	bool found;
};

static void add_block(struct parse *parse)
{
	parse->blocks = mem_resize(parse->blocks,
				   (parse->count + 1) * sizeof(struct block));
	parse->blocks[parse->count] = (struct block){0};
	parse->now = parse->count++;
}

/* The word at *at, out of its quotes, and *at behind it; NULL at the end. */
static char *next_word(char **at)
{
	char *word = *at + strspn(*at, " \t=");
	char quote = *word == '"' ? '"' : '\0';

	if (!*word || *word == '#')
		return NULL;
	word += quote != '\0';
	size_t len = quote ? strcspn(word, "\"") : strcspn(word, " \t=");
	*at = word + len + (word[len] != '\0');
	word[len] = '\0';
	return word;
}

static void match(struct parse *parse, char *rest)
{
	const char *what = next_word(&rest), *name = next_word(&rest);

	add_block(parse);
	if (what && name && !strcasecmp(what, "Group") && !next_word(&rest) &&
	    !strpbrk(name, ",*?!"))
		parse->blocks[parse->now].group =
			arena_str(&parse->arena, name, strlen(name));
}

static void read_file(struct parse *parse, const char *path, int depth);

/* What Match there is before stands again behind it. */
static void include(struct parse *parse, char *rest, int depth)
{
	const char *slash = strrchr(parse->path, '/');
	size_t now = parse->now;
	const char *word;

	while ((word = next_word(&rest))) {
		struct buf pattern = {0};
		glob_t files;

		if (*word != '/' && slash)
			buf_add(&pattern, parse->path,
				(size_t)(slash - parse->path) + 1);
		buf_str(&pattern, word);
		if (glob(buf_text(&pattern), 0, NULL, &files) == 0) {
			for (size_t i = 0; i < files.gl_pathc; i++) {
				read_file(parse, files.gl_pathv[i], depth + 1);
				parse->now = now;
			}
			globfree(&files);
		}
		buf_free(&pattern);
	}
}

/* The command is the rest of its line, everything else is one word. */
static void keep(struct parse *parse, const char *name, char *rest)
{
	struct block *block = &parse->blocks[parse->now];

	for (int i = 0; i < KEYWORDS; i++) {
		if (strcasecmp(name, keywords[i]) != 0 ||
		    (block->values[i] && i != KEY_STARTUPS))
			continue;
		const char *value = i == KEY_FORCE_COMMAND
					    ? rest + strspn(rest, " \t=")
					    : next_word(&rest);
		if (value)
			block->values[i] =
				arena_str(&parse->arena, value, strlen(value));
	}
}

static void read_line(struct parse *parse, char *line, int depth)
{
	char *rest = line;

	line[strcspn(line, "\r\n")] = '\0';
	const char *name = next_word(&rest);
	if (!name)
		return;
	if (strcasecmp(name, "Match") == 0)
		match(parse, rest);
	else if (strcasecmp(name, "Include") == 0)
		include(parse, rest, depth);
	else
		keep(parse, name, rest);
}

static void read_file(struct parse *parse, const char *path, int depth)
{
	FILE *file = depth < DEPTH_MAX ? fopen(path, "re") : NULL;
	char *line = NULL;
	size_t size = 0;

	if (!file)
		return;
	parse->found = true;
	while (getline(&line, &size, file) >= 0)
		read_line(parse, line, depth);
	free(line);
	fclose(file);
}

/* "/usr/local/bin/proposals --read-only", quoted or not. */
static bool runs(const char *command, const char *program)
{
	size_t len;

	if (!command)
		return false;
	command += *command == '"';
	len = strcspn(command, " \t\"");
	size_t at = len;
	while (at > 0 && command[at - 1] != '/')
		at--;
	return len - at == strlen(program) &&
	       strncmp(command + at, program, len - at) == 0;
}

static const struct block *find_forced(const struct parse *parse,
				       const char *program)
{
	for (size_t i = 0; i < parse->count; i++) {
		const struct block *block = &parse->blocks[i];

		if (runs(block->values[KEY_FORCE_COMMAND], program))
			return block;
	}
	return NULL;
}

/* What the block says, else what holds for everybody, else "". */
static const char *value(const struct parse *parse, const struct block *block,
			 enum keyword keyword)
{
	const char *said = block ? block->values[keyword] : NULL;

	if (!said)
		said = parse->blocks[0].values[keyword];
	return said ? said : "";
}

static int number(const char *text, int otherwise)
{
	char *end;
	long n = strtol(text, &end, 10);

	return end == text || n < 0 || n > 1000000 ? otherwise : (int)n;
}

static void conclude(const struct parse *parse, const char *program,
		     struct sshd *out)
{
	const struct block *block = find_forced(parse, program);
	const char *environment = value(parse, block, KEY_ENVIRONMENT);

	*out = (struct sshd){
		.found = parse->found,
		.forced = block != NULL,
		.no_forwarding =
			!strcasecmp(value(parse, block, KEY_FORWARDING), "yes"),
		.no_user_rc =
			!strcasecmp(value(parse, block, KEY_USER_RC), "no"),
		.no_environment =
			!*environment || !strcasecmp(environment, "no"),
		.alive_interval =
			number(value(parse, block, KEY_ALIVE_INTERVAL), 0),
		.alive_count = number(value(parse, block, KEY_ALIVE_COUNT),
				      ALIVE_COUNT),
		.startups = number(value(parse, NULL, KEY_STARTUPS), STARTUPS),
	};
	if (block && block->group)
		snprintf(out->group, sizeof(out->group), "%s", block->group);
}

void sshd_read(const char *path, const char *program, struct sshd *out)
{
	struct parse parse = {.path = path};

	add_block(&parse);
	read_file(&parse, path, 0);
	conclude(&parse, program, out);
	arena_free(&parse.arena);
	free(parse.blocks);
}
