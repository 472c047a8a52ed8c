#include "config/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clean.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/privilege.h"
#include "base/utf8.h"
#include "config/check.h"
#include "config/example.h"
#include "config/feedback.h"
#include "config/read.h"

/* A Tab may have meant this many blanks: the first that makes sense. */
static const unsigned tabs[] = {2, 4, 8};

/*
 * The tree of a text. How wide a Tab was shown to the writer can only be
 * guessed, so a guess that leads to nonsense is taken back.
 */
static const struct node *tree_of(struct span text, struct mistakes *mistakes)
{
	const struct mistakes before = *mistakes;
	struct mended mended;
	struct node *root;

	for (size_t i = 0; i < sizeof(tabs) / sizeof(*tabs); i++) {
		*mistakes = before;
		slips_mend(text, tabs[i], &mended, mistakes);
		if (yaml_read(&mended, &root, mistakes) || !mended.bent_first)
			break;
	}
	return root;
}

static struct config *config_new(const char *source)
{
	struct config *config = mem_new(sizeof(*config));

	config->source = arena_str(&config->arena, source, strlen(source));
	feedback_add(config);
	return config;
}

/* What a text holds: all settings, or views alone. */
enum content { ALL_SETTINGS, ONLY_VIEWS };

static void read_tree(struct config *config, enum content content,
		      const struct node *root, struct mistakes *mistakes)
{
	if (content == ONLY_VIEWS) {
		read_views(config, root, mistakes);
		check_views(config, root, mistakes);
	} else {
		read_config(config, root, mistakes);
		check_config(config, root, mistakes);
	}
}

static bool parse(struct config **out, enum content content, const char *source,
		  const char *name, struct span file, struct buf *told,
		  struct err *err)
{
	struct config *config = config_new(source);
	struct arena scratch = {0};
	struct mistakes mistakes = {.arena = &scratch};
	struct span text;

	if (encoding_decode(file, &text, &mistakes)) {
		const struct node *root = tree_of(text, &mistakes);

		read_tree(config, content, root, &mistakes);
		if (mistakes.count)
			mistakes_clamp(&mistakes, encoding_end(text));
	}

	bool ok = mistakes_tell(&mistakes, name, told, err);

	arena_free(&scratch);
	*out = ok ? config : NULL;
	if (!ok)
		config_free(config);
	return ok;
}

bool config_parse(struct config **out, const char *name, const char *text,
		  size_t len, struct buf *mistakes, struct err *err)
{
	return parse(out, ALL_SETTINGS, name, name, (struct span){text, len},
		     mistakes, err);
}

bool config_parse_views(struct config **out, const char *name, const char *text,
			size_t len, struct buf *mistakes, struct err *err)
{
	return parse(out, ONLY_VIEWS, name, name, (struct span){text, len},
		     mistakes, err);
}

void config_free(struct config *config)
{
	if (!config)
		return;
	arena_free(&config->arena);
	free(config);
}

/* Bytes of a path in a sentence, so that its end is still told. */
enum { PATH_SHOWN = 600 };

/* A file that is not taken has no lines to point at. */
static bool refuse(const char *path, const char *what, const char *why,
		   struct buf *mistakes, struct err *err)
{
	struct buf name = {0};

	clean_line(&name, path, strlen(path));
	size_t len = name.len > PATH_SHOWN
			     ? utf8_cut(buf_text(&name), PATH_SHOWN)
			     : name.len;
	err_set(err, ERR_CONFIG, "%.*s: %s%s", (int)len, buf_text(&name), what,
		why);
	buf_printf(mistakes, "%s\n", err->text);
	buf_free(&name);
	return false;
}

/* The whole of it, and a byte more than is allowed at most. */
static bool read_all(int fd, struct buf *out)
{
	char block[16384];
	ssize_t got;

	while (out->len <= ENCODING_SIZE_MAX) {
		got = read(fd, block, sizeof(block));
		if (got == 0)
			return true;
		if (got < 0)
			return false;
		buf_add(out, block, (size_t)got);
	}
	return true;
}

/* Nobody but root can have written it. */
static bool trusted(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == 0 &&
	       !(st.st_mode & (S_IWGRP | S_IWOTH));
}

static bool load(struct config **out, const char *path, struct buf *mistakes,
		 struct err *err)
{
	struct buf text = {0};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool safe = fd < 0 || !privilege_held() || trusted(fd);
	bool ok = fd >= 0 && safe && read_all(fd, &text);

	if (!safe)
		refuse(path, "配置文件的属主应是 root，其他人不能改写，",
		       "请 chown root、chmod 644", mistakes, err);
	else if (ok)
		ok = parse(out, ALL_SETTINGS, path, path,
			   (struct span){buf_text(&text), text.len}, mistakes,
			   err);
	else
		refuse(path, "读不到配置文件：", err_words(errno), mistakes,
		       err);
	if (fd >= 0)
		close(fd);
	buf_free(&text);
	return ok;
}

static bool load_built_in(struct config **out, struct buf *mistakes,
			  struct err *err)
{
	return parse(out, ALL_SETTINGS, "", "proposals.yaml.example",
		     (struct span){config_example, config_example_size},
		     mistakes, err);
}

/* Something is there, even if it cannot be read: then that is said. */
static bool exists(const char *path)
{
	return faccessat(AT_FDCWD, path, F_OK, AT_EACCESS) == 0 ||
	       (errno != ENOENT && errno != ENOTDIR);
}

/* The user's own file, in `path`; false if there is no such place. */
static bool own_path(struct buf *path)
{
	const char *dir = secure_getenv("XDG_CONFIG_HOME");
	const char *home = secure_getenv("HOME");

	/* The specification has a relative one ignored. */
	if (dir && *dir == '/')
		buf_printf(path, "%s/proposals/proposals.yaml", dir);
	else if (home && *home == '/')
		buf_printf(path, "%s/.config/proposals/proposals.yaml", home);
	return path->len > 0;
}

/* A file that is said; false if there is none. */
static bool named(const char *path, struct buf *out)
{
	const char *variable = secure_getenv("PROPOSALS_CONFIG");

	buf_str(out, path ? path : variable ? variable : "");
	return path || out->len;
}

/* The first that there is; false if there is none. */
static bool found(struct buf *path)
{
	if (own_path(path) && exists(buf_text(path)))
		return true;
	buf_reset(path);
	buf_str(path, paths_config);
	return exists(paths_config);
}

bool config_load(struct config **out, const char *path, struct buf *mistakes,
		 struct err *err)
{
	struct buf file = {0};

	*out = NULL;
	bool ok = named(path, &file) || found(&file)
			  ? load(out, buf_text(&file), mistakes, err)
			  : load_built_in(out, mistakes, err);
	buf_free(&file);
	return ok;
}
