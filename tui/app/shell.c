#include "app/shell.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clean.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/privilege.h"
#include "base/width.h"
#include "domain/excerpt.h"
#include "query/language.h"
#include "query/lookup.h"
#include "store/columns.h"

/* Conditions are shown with their mistake while a line holds them. */
enum { NUMBERS_MAX = 64 << 20, POINTED_BYTES = 240 };

void shell_say(const char *fmt, ...)
{
	struct buf text = {0}, clean = {0};
	va_list ap;
	char *raw = NULL;

	va_start(ap, fmt);
	if (vasprintf(&raw, fmt, ap) < 0)
		mem_die();
	va_end(ap);
	buf_str(&text, raw);
	free(raw);
	clean_line(&clean, buf_text(&text), text.len);
	fprintf(stderr, "%s\n", buf_text(&clean));
	buf_free(&text);
	buf_free(&clean);
}

bool shell_flush(struct shell *shell, struct err *err)
{
	size_t len = shell->out.len;

	if (fwrite(buf_text(&shell->out), 1, len, stdout) == len &&
	    fflush(stdout) == 0) {
		buf_reset(&shell->out);
		return true;
	}
	shell->unread = errno == EPIPE;
	err_set(err, ERR_STORE, "写不出结果：%s", err_words(errno));
	/* `head` has what it wanted. */
	if (shell->unread)
		err->text[0] = '\0';
	return false;
}

bool shell_flush_full(struct shell *shell, struct err *err)
{
	enum { FULL = 1 << 18 };

	return shell->out.len < FULL || shell_flush(shell, err);
}

/*
 * --store, else $PROPOSALS_STORE, else $XDG_DATA_HOME/proposals; the one of
 * the installation with the group held.
 */
bool shell_find(struct shell *shell, struct err *err)
{
	const char *dir = shell->options.store;
	const char *data = secure_getenv("XDG_DATA_HOME");
	const char *home = secure_getenv("HOME");
	struct buf path = {0};

	if (!dir)
		dir = secure_getenv("PROPOSALS_STORE");
	if (privilege_held())
		buf_str(&path, paths_store);
	else if (dir && *dir)
		buf_str(&path, dir);
	else if (!privilege_given(err))
		return false;
	else if (data && *data == '/')
		buf_printf(&path, "%s/proposals", data);
	else if (home && *home)
		buf_printf(&path, "%s/.local/share/proposals", home);
	shell->dir = path.data;
	if (!shell->dir)
		return err_set(err, ERR_USAGE,
			       "不知道提案库在哪里，请用 --store 目录 指明");
	return true;
}

/*
 * To look at the register is what the interface itself asks for. Where many
 * come in there are roles, or nobody does.
 */
static bool check_role(const struct shell *shell, struct err *err)
{
	enum action action =
		shell->command ? shell->command->action : ACTION_READ;
	struct reading *reading;

	if (privilege_held() && !store_has_roles(shell->store))
		return err_set(err, ERR_STORE,
			       "%s 建立时没有启用角色，不能多人共用，请 root "
			       "把它移走，再用 proposals init --system 新建",
			       shell->dir);
	if (!reading_begin(shell->store, &reading, err))
		return false;
	enum access access = reading_access(reading);
	reading_end(reading);
	return access_may(access, action, PHASE_COUNT, err);
}

bool shell_open(struct shell *shell, struct err *err)
{
	bool writes = !shell->command || shell->command->flags & WRITES ||
		      shell->writes;
	enum store_mode mode =
		shell->options.read_only || !writes || shell->options.dry_run
			? STORE_READ_ONLY
			: STORE_READ_WRITE;

	return shell_find(shell, err) &&
	       store_open(&shell->store, shell->dir, mode, err) &&
	       check_role(shell, err);
}

bool shell_reading(struct shell *shell, struct err *err)
{
	if (!shell_open(shell, err) ||
	    !reading_begin(shell->store, &shell->reading, err))
		return false;
	catalog_update(&shell->catalog, shell->config, shell->reading);
	return true;
}

bool shell_sound(const struct shell *shell, struct err *err)
{
	return !shell->reading || reading_sound(shell->reading, err);
}

bool shell_number(const char *option, const char *text, uint32_t *out,
		  struct err *err)
{
	char word[EXCERPT_SIZE];
	char *end;

	errno = 0;
	unsigned long value = strtoul(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || value < 1 ||
	    value > 99999999) {
		excerpt(text, strlen(text), word);
		return err_set(err, ERR_USAGE, "%s 要一个正整数，不能是“%s”",
			       option, word);
	}
	*out = (uint32_t)value;
	return true;
}

/* The text, and under it where it is wrong. */
void shell_point_at(const char *text, size_t at)
{
	struct buf before = {0};

	if (strlen(text) > POINTED_BYTES)
		return;
	buf_str(&before, "条件：");
	clean_line(&before, text, at);
	shell_say("条件：%s", text);
	shell_say("%*s^ 这里", width_text(buf_text(&before)), "");
	buf_free(&before);
}

static bool add_conditions(struct shell *shell, struct filter *filter,
			   const char *text, struct err *err)
{
	const struct language language = {
		.catalog = &shell->catalog,
		.reading = shell->reading,
		.today = clock_today(),
	};
	size_t at = 0;

	if (filter_parse(filter, &language, text, &at, err))
		return true;
	shell_point_at(text, at);
	return false;
}

/* The session of --session, which may be one that the register lacks. */
static bool only_session(struct shell *shell, struct filter *filter,
			 struct err *err)
{
	char word[32] = "session=";

	session_format(shell->config->current, word + strlen(word));
	return add_conditions(shell, filter, word, err);
}

bool shell_conditions(struct shell *shell, int first, struct buf *text,
		      struct err *err)
{
	for (int i = first; i < shell->arg_count; i++) {
		if (!*shell->args[i])
			return err_set(
				err, ERR_USAGE,
				"第 %d 个条件是空的，可以写 status=办理中"
				" 的样子",
				i - first + 1);
		buf_printf(text, "%s%s", i > first ? " " : "", shell->args[i]);
	}
	return true;
}

bool shell_filter(struct shell *shell, int first, struct filter *filter,
		  struct err *err)
{
	struct buf text = {0};
	bool ok = true;

	*filter = (struct filter){0};
	if (shell->options.session)
		ok = only_session(shell, filter, err);
	ok = ok && shell_conditions(shell, first, &text, err) &&
	     add_conditions(shell, filter, buf_text(&text), err);
	buf_free(&text);
	return ok;
}

void shell_explain(const struct shell *shell, const struct filter *filter,
		   uint64_t count)
{
	struct buf said = {0};

	if (!shell->options.explain)
		return;
	filter_explain(filter, &shell->catalog, 0, &said);
	shell_say("%s：%llu 件", said.len ? buf_text(&said) : "全部",
		  (unsigned long long)count);
	buf_free(&said);
}

static bool read_input(struct buf *text, struct err *err)
{
	char block[4096];
	size_t got;

	while ((got = fread(block, 1, sizeof(block), stdin)) > 0) {
		buf_add(text, block, got);
		if (text->len > NUMBERS_MAX)
			return err_set(err, ERR_USAGE,
				       "标准输入的编号超过 64 MB，请分次进行");
	}
	if (ferror(stdin))
		return err_set(err, ERR_USAGE, "读不了标准输入：%s",
			       err_words(errno));
	if (text->len && memchr(text->data, '\0', text->len))
		return err_set(err, ERR_USAGE,
			       "标准输入里有空字节，这不是编号");
	return true;
}

bool shell_numbers(struct shell *shell, int first, struct arena *arena,
		   struct lookup_list *list, struct err *err)
{
	struct buf text = {0}, words = {0};
	bool ok = true;

	if (first >= shell->arg_count)
		return err_set(err, ERR_USAGE,
			       "要给出编号，如 173、14-3-173、161-165；- "
			       "从标准输入读");
	for (int i = first; ok && i < shell->arg_count; i++) {
		if (strcmp(shell->args[i], "-") == 0)
			ok = read_input(&text, err);
		else
			buf_str(&text, shell->args[i]);
		buf_char(&text, '\n');
	}
	ok = ok && lookup_list(shell->reading, buf_text(&text),
			       shell->config->current, arena, list, err);
	if (ok && (list->unknown_count || list->repeated_count)) {
		lookup_words(list, shell->config->current, &words);
		shell_say("%s", buf_text(&words));
	}
	buf_free(&text);
	buf_free(&words);
	return ok;
}
