#include "config/own.h"

#include <string.h>

#include "base/clean.h"
#include "base/nearest.h"
#include "base/personal.h"
#include "base/utf8.h"
#include "config/names.h"

enum { NOT_THERE = -1 };

/* --- Read and write --- */

static bool parse(struct own_views *own, const char *path,
		  const struct buf *text, struct err *err)
{
	struct buf mistakes = {0};
	bool ok = config_parse_views(&own->file, path, buf_text(text),
				     text->len, &mistakes, err);

	buf_free(&mistakes);
	if (!ok)
		err_set(err, ERR_STORE,
			"您自己的视图没有读出来，文件也不会动：%s", err->text);
	return ok;
}

static bool read_own(struct own_views *own, struct buf *path, struct err *err)
{
	struct buf text = {0};

	own_views_free(own);
	bool ok = personal_path(PERSONAL_SETTINGS, "views.yaml", path, err) &&
		  personal_read(buf_text(path), &text, err) &&
		  (!text.len || parse(own, buf_text(path), &text, err));
	if (!ok)
		own->why = *err;
	buf_free(&text);
	return ok;
}

void own_views_load(struct own_views *own)
{
	struct buf path = {0};
	struct err err = {0};

	/* Who has no home has no views, and is told when he saves one. */
	if (!read_own(own, &path, &err) && err.code == ERR_USAGE)
		own->why = (struct err){0};
	buf_free(&path);
}

void own_views_free(struct own_views *own)
{
	config_free(own->file);
	*own = (struct own_views){0};
}

size_t own_view_count(const struct own_views *own)
{
	return own->file ? own->file->view_count : 0;
}

const struct view *own_view(const struct own_views *own, size_t i)
{
	return &own->file->views[i];
}

static int find(const struct own_views *own, const char *name)
{
	for (size_t i = 0; i < own_view_count(own); i++)
		if (names_same(own->file->views[i].name, name))
			return (int)i;
	return NOT_THERE;
}

const struct view *own_view_find(const struct own_views *own, const char *name)
{
	int i = find(own, name);

	return i < 0 ? NULL : &own->file->views[i];
}

/* --- With the shared ones --- */

size_t views_count(const struct own_views *own, const struct config *shared)
{
	return own_view_count(own) + shared->view_count;
}

const struct view *views_at(const struct own_views *own,
			    const struct config *shared, size_t i)
{
	size_t mine = own_view_count(own);

	return i < mine ? &own->file->views[i] : &shared->views[i - mine];
}

const struct view *views_find(const struct own_views *own,
			      const struct config *shared, const char *name,
			      struct err *err)
{
	const char *near = NULL;
	struct nearest nearest;
	struct buf names = {0};
	size_t count = views_count(own, shared), i = 0;

	nearest_begin(&nearest, name);
	for (; i < count; i++) {
		const struct view *view = views_at(own, shared, i);

		if (names_same(view->name, name))
			break;
		if (nearest_try(&nearest, view->name))
			near = view->name;
		buf_printf(&names, "%s%s", i ? "、" : "", view->name);
	}
	if (i == count)
		err_set(err, ERR_USAGE, "没有“%s”这个视图，%s%s%s有：%s", name,
			near ? "是不是“" : "", near ? near : "",
			near ? "”？" : "", count ? buf_text(&names) : "无");
	buf_free(&names);
	return i < count ? views_at(own, shared, i) : NULL;
}

bool views_may_be_called(const struct config *shared, const char *name,
			 struct err *err)
{
	const char *at = name, *end = name + strlen(name);
	size_t length = utf8_count(name);
	bool visible = true;

	while (at < end)
		visible = clean_printable(utf8_next(&at, end)) && visible;
	if (!visible || !length || length > VIEW_NAME_MAX || *name == ' ' ||
	    end[-1] == ' ')
		return err_set(err, ERR_USAGE,
			       "视图的名称是 1 到 %d 个字，前后没有空格",
			       VIEW_NAME_MAX);
	for (size_t i = 0; i < shared->view_count; i++)
		if (names_same(shared->views[i].name, name))
			return err_set(err, ERR_REFUSED,
				       "“%s”是大家共享的视图，写在配置里，"
				       "请换一个名称",
				       shared->views[i].name);
	return true;
}

char views_free_key(const struct own_views *own, const struct config *shared)
{
	size_t count = views_count(own, shared);

	for (char key = '1'; key <= '9'; key++) {
		size_t i = 0;

		while (i < count && views_at(own, shared, i)->key != key)
			i++;
		if (i == count)
			return key;
	}
	return 0;
}

/* --- Change --- */

/* What is done to the views; each uses what it needs. */
struct change {
	bool (*make)(struct own_views *own, const struct change *change,
		     struct err *err);
	const char *name; /* one that is there; NULL for make_put */
	const char *to;
	const struct view *view;
	char key;
	int by;
};

static bool write_own(const struct own_views *own, const char *path,
		      struct err *err)
{
	struct buf text = {0};

	buf_str(&text, "# 自己的视图，由 proposals 保存；写法见 "
		       "proposals.yaml.example 的 views\n");
	config_print_views(own->file, &text);
	bool ok = personal_replace(path, &text, true, err);
	buf_free(&text);
	return ok;
}

/* Under the lock: read, change, write, and read what is there now. */
static bool change_locked(struct own_views *own, const struct change *change,
			  struct buf *path, struct err *err)
{
	struct buf empty = {0};

	buf_reset(path);
	return read_own(own, path, err) &&
	       (own->file || parse(own, buf_text(path), &empty, err)) &&
	       change->make(own, change, err) &&
	       write_own(own, buf_text(path), err);
}

static bool find_again(const struct own_views *own, const char *name, int *i,
		       struct err *err)
{
	*i = find(own, name);
	return *i >= 0 ||
	       err_set(err, ERR_NOT_FOUND, "没有“%s”这个自己的视图", name);
}

/* Nothing is made on the disk for one that is not there. */
static bool is_there(const struct change *change, struct err *err)
{
	struct own_views now = {0};
	struct buf path = {0};
	int i;
	bool ok = !change->name || (read_own(&now, &path, err) &&
				    find_again(&now, change->name, &i, err));

	buf_free(&path);
	own_views_free(&now);
	return ok;
}

static bool change(struct own_views *own, const struct change *change,
		   struct err *err)
{
	struct own_views now = {0};
	struct buf path = {0};
	int lock;
	bool ok = is_there(change, err) &&
		  personal_path(PERSONAL_SETTINGS, "views.yaml", &path, err) &&
		  personal_lock(buf_text(&path), &lock, err);

	if (ok) {
		ok = change_locked(&now, change, &path, err);
		personal_unlock(lock);
	}
	buf_free(&path);
	own_views_free(&now);
	/* Only here: the names that were given may be in it. */
	own_views_load(own);
	return ok || err_in(err, "视图没有保存");
}

static bool key_taken(const struct own_views *own, char key, int except)
{
	for (size_t i = 0; i < own_view_count(own); i++)
		if (own->file->views[i].key == key && (int)i != except)
			return true;
	return false;
}

static bool add_one(struct config *file, const struct view *view,
		    struct err *err)
{
	size_t count = file->view_count;

	if (count == VIEWS_MAX)
		return err_set(err, ERR_REFUSED,
			       "自己的视图最多 %d 个，请先删掉一个", VIEWS_MAX);
	struct view *views =
		arena_alloc(&file->arena, (count + 1) * sizeof(*views));
	if (count)
		memcpy(views, file->views, count * sizeof(*views));
	views[count] = *view;
	file->views = views;
	file->view_count++;
	return true;
}

static bool make_put(struct own_views *own, const struct change *change,
		     struct err *err)
{
	struct view view = *change->view;
	int i = find(own, view.name);

	if (view.key && key_taken(own, view.key, i))
		view.key = 0;
	if (i < 0)
		return add_one(own->file, &view, err);
	if (own->file->views[i].key)
		view.key = own->file->views[i].key;
	own->file->views[i] = view;
	return true;
}

static bool make_delete(struct own_views *own, const struct change *change,
			struct err *err)
{
	struct config *file = own->file;
	int i;

	if (!find_again(own, change->name, &i, err))
		return false;
	file->view_count--;
	memmove(&file->views[i], &file->views[i + 1],
		(file->view_count - (size_t)i) * sizeof(*file->views));
	return true;
}

static bool make_rename(struct own_views *own, const struct change *change,
			struct err *err)
{
	int i, other = find(own, change->to);

	if (!find_again(own, change->name, &i, err))
		return false;
	if (other >= 0 && other != i)
		return err_set(err, ERR_REFUSED, "已经有“%s”这个视图了",
			       change->to);
	own->file->views[i].name = change->to;
	return true;
}

static bool make_key(struct own_views *own, const struct change *change,
		     struct err *err)
{
	int i;

	if (!find_again(own, change->name, &i, err))
		return false;
	for (size_t j = 0; change->key && j < own_view_count(own); j++)
		if (own->file->views[j].key == change->key)
			own->file->views[j].key = 0;
	own->file->views[i].key = change->key;
	return true;
}

static bool make_move(struct own_views *own, const struct change *change,
		      struct err *err)
{
	struct view *views = own->file->views, moved;
	int i;

	if (!find_again(own, change->name, &i, err))
		return false;
	int to = i + change->by;
	if (to < 0 || (size_t)to >= own_view_count(own))
		return true;
	moved = views[i];
	views[i] = views[to];
	views[to] = moved;
	return true;
}

bool own_view_put(struct own_views *own, const struct view *view,
		  struct err *err)
{
	return change(own, &(struct change){.make = make_put, .view = view},
		      err);
}

bool own_view_delete(struct own_views *own, const char *name, struct err *err)
{
	return change(own, &(struct change){.make = make_delete, .name = name},
		      err);
}

bool own_view_rename(struct own_views *own, const char *name, const char *to,
		     struct err *err)
{
	const struct change rename = {
		.make = make_rename, .name = name, .to = to};

	return change(own, &rename, err);
}

bool own_view_key(struct own_views *own, const char *name, char key,
		  struct err *err)
{
	const struct change keyed = {
		.make = make_key, .name = name, .key = key};

	return change(own, &keyed, err);
}

bool own_view_move(struct own_views *own, const char *name, int by,
		   struct err *err)
{
	const struct change moved = {.make = make_move, .name = name, .by = by};

	return change(own, &moved, err);
}
