#include <string.h>

#include "app/views.h"
#include "base/clean.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/width.h"
#include "config/own.h"

enum { NAME_CELLS = 18 };

/* Views are read against the configuration: they need no register. */
static struct language language_of(struct shell *shell)
{
	catalog_update(&shell->catalog, shell->config, shell->reading);
	return (struct language){
		.catalog = &shell->catalog,
		.reading = shell->reading,
		.today = clock_today(),
	};
}

/* --- views --- */

static void json_view(const struct view *view, bool own, const char *wrong,
		      struct buf *out)
{
	const char letter[2] = {view->key, '\0'};

	buf_str(out, "{\"name\":");
	json_quote(view->name, out);
	buf_str(out, ",\"key\":");
	if (view->key)
		json_quote(letter, out);
	else
		buf_str(out, "null");
	buf_printf(out,
		   ",\"source\":\"%s\",\"filter\":", own ? "own" : "shared");
	json_quote(view->filter, out);
	buf_str(out, ",\"sort\":");
	json_quote(view->sort, out);
	buf_str(out, ",\"group\":");
	json_quote(view->group, out);
	buf_str(out, ",\"columns\":");
	json_quote(view->columns, out);
	buf_printf(out, ",\"session\":\"%s\",\"wrong\":",
		   view->session == VIEW_ALL ? "all" : "current");
	if (*wrong)
		json_quote(wrong, out);
	else
		buf_str(out, "null");
	buf_str(out, "}\n");
}

static void text_view(const struct view *view, bool own, const char *words,
		      struct buf *out)
{
	buf_printf(out, "%c  ", view->key ? view->key : ' ');
	clean_line(out, view->name, strlen(view->name));
	for (int n = width_text(view->name); n < NAME_CELLS; n++)
		buf_char(out, ' ');
	buf_str(out, own ? "自己  " : "共享  ");
	clean_line(out, words, strlen(words));
	buf_char(out, '\n');
}

static void add_view(struct shell *shell, const struct language *language,
		     const struct view *view, bool own)
{
	struct buf words = {0}, lost = {0};
	struct look look;

	view_salvage(view, language, &look, &lost);
	look_explain(&look, language->catalog, &words);
	if (lost.len)
		buf_printf(&words, "（%s）", buf_text(&lost));
	if (shell->options.json)
		json_view(view, own, buf_text(&lost), &shell->out);
	else
		text_view(view, own, buf_text(&words), &shell->out);
	buf_free(&words);
	buf_free(&lost);
}

bool shell_views(struct shell *shell, struct err *err)
{
	const struct language language = language_of(shell);
	struct own_views own = {0};

	own_views_load(&own);
	size_t count = views_count(&own, shell->config);
	for (size_t i = 0; i < count; i++)
		add_view(shell, &language, views_at(&own, shell->config, i),
			 i < own_view_count(&own));
	bool ok = own.why.code == ERR_NONE;
	if (!ok)
		*err = own.why;
	own_views_free(&own);
	return ok;
}

/* --- list --view --- */

static bool read_view(struct shell *shell, const struct view *view,
		      const char *more, struct look *out, struct err *err)
{
	const struct language language = language_of(shell);
	struct view whole = *view;
	struct buf text = {0};
	struct view_fault fault;

	buf_printf(&text, "%s%s%s", view->filter,
		   *view->filter && *more ? " " : "", more);
	whole.filter = buf_text(&text);
	bool ok = view_read(&whole, &language, out, &fault, err);
	if (!ok && fault.text == VIEW_FILTER)
		shell_point_at(whole.filter, fault.at);
	if (!ok)
		err_in(err, "视图“%s”", view->name);
	buf_free(&text);
	return ok;
}

bool shell_look(struct shell *shell, int first, struct look *out,
		struct err *err)
{
	struct own_views own = {0};
	struct buf more = {0};

	look_default(shell->config, out);
	if (!shell->options.view)
		return shell_filter(shell, first, &out->filter, err);
	own_views_load(&own);
	const struct view *view =
		views_find(&own, shell->config, shell->options.view, err);
	if (!view && own.why.code)
		*err = own.why;
	bool ok = view && shell_conditions(shell, first, &more, err) &&
		  read_view(shell, view, buf_text(&more), out, err);
	own_views_free(&own);
	buf_free(&more);
	return ok;
}

/* --- view save, view delete --- */

/* The texts as they will be kept, with codes. */
static bool make_view(struct shell *shell, const char *text,
		      struct arena *arena, struct view *view, struct err *err)
{
	const struct language language = language_of(shell);
	const struct options *options = &shell->options;
	struct view_fault fault;
	struct look look;

	view->filter = text;
	view->sort = options->sort ? options->sort : "";
	view->group = options->group ? options->group : "";
	view->columns = options->columns ? options->columns : "";
	view->session = shell->options.all ? VIEW_ALL : VIEW_CURRENT;
	if (!view_read(view, &language, &look, &fault, err)) {
		if (fault.text == VIEW_FILTER)
			shell_point_at(text, fault.at);
		return false;
	}
	if (shell->options.reverse)
		order_turn(&look.order);
	return view_write(&look, language.catalog, arena, view, err);
}

static bool save(struct shell *shell, struct err *err)
{
	struct own_views own = {0};
	struct view view = {.name = shell->args[1]};
	struct arena arena = {0};
	struct buf text = {0};
	bool ok = views_may_be_called(shell->config, view.name, err) &&
		  shell_conditions(shell, 2, &text, err) &&
		  make_view(shell, buf_text(&text), &arena, &view, err);

	if (ok) {
		own_views_load(&own);
		view.key = views_free_key(&own, shell->config);
		ok = own_view_put(&own, &view, err);
	}
	if (ok)
		shell_say("已保存视图“%s”", view.name);
	own_views_free(&own);
	arena_free(&arena);
	buf_free(&text);
	return ok;
}

static bool delete_one(struct shell *shell, struct err *err)
{
	struct own_views own = {0};
	const char *name = shell->args[1];
	bool ok = own_view_delete(&own, name, err);

	own_views_free(&own);
	if (ok)
		shell_say("已删去视图“%s”", name);
	return ok;
}

bool shell_view(struct shell *shell, struct err *err)
{
	const char *what = shell->arg_count ? shell->args[0] : "";

	if (shell->arg_count >= 2 && strcmp(what, "save") == 0)
		return save(shell, err);
	if (shell->arg_count == 2 && strcmp(what, "delete") == 0)
		return delete_one(shell, err);
	return err_set(err, ERR_USAGE,
		       "要写 view save 名称 条件…，或 view delete 名称");
}
