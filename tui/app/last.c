#include "app/last.h"

#include <string.h>

#include "base/personal.h"
#include "domain/key.h"
#include "store/columns.h"

static const char head[] = "proposals 1";

/* The lines, each a word and what follows it. */
enum line_kind {
	LINE_STORE,
	LINE_VIEW,
	LINE_FILTER,
	LINE_SORT,
	LINE_GROUP,
	LINE_COLUMNS,
	LINE_SESSION,
	LINE_NUMBER,
	LINES
};

static const char *const words[LINES] = {
	"store", "view",    "filter",  "sort",
	"group", "columns", "session", "proposal",
};

/* The texts behind the words; false when it is no such file. */
static bool read_lines(struct last *last, const char *texts[LINES])
{
	const char *at = buf_text(&last->written);
	size_t len = strcspn(at, "\n");

	if (len != strlen(head) || memcmp(at, head, len) != 0)
		return false;
	for (int i = 0; i < LINES; i++) {
		size_t word = strlen(words[i]);

		at += len + (at[len] == '\n');
		len = strcspn(at, "\n");
		if (len <= word || memcmp(at, words[i], word) != 0 ||
		    at[word] != ' ')
			return false;
		texts[i] =
			arena_str(&last->arena, at + word + 1, len - word - 1);
	}
	return true;
}

static bool no_home(const struct err *err)
{
	return err->code == ERR_USAGE;
}

/* Without a home, or with no such file, nothing is known and all is well. */
static bool read_file(struct last *last, struct buf *path, struct err *err)
{
	if (!personal_path(PERSONAL_STATE, "last", path, err))
		return no_home(err);
	return personal_read(buf_text(path), &last->written, err);
}

bool last_load(struct last *last, const char *store, struct err *err)
{
	const char *texts[LINES];
	struct buf path = {0};
	bool ok = read_file(last, &path, err);

	if (ok && last->written.len && !read_lines(last, texts)) {
		ok = err_set(err, ERR_STORE, "%s 不是本程序写的",
			     buf_text(&path));
	} else if (ok && last->written.len) {
		last->known = strcmp(texts[LINE_STORE], store) == 0;
		last->view = (struct view){
			.name = texts[LINE_VIEW],
			.filter = texts[LINE_FILTER],
			.sort = texts[LINE_SORT],
			.group = texts[LINE_GROUP],
			.columns = texts[LINE_COLUMNS],
			.session = strcmp(texts[LINE_SESSION], "all") == 0
					   ? VIEW_ALL
					   : VIEW_CURRENT,
		};
		last->number = texts[LINE_NUMBER];
	}
	buf_free(&path);
	return ok || err_in(err, "上次看到哪里没有读出来，从头开始");
}

static void write_lines(const char *store, const struct model *model,
			struct buf *out)
{
	const struct look look = model_look(model);
	struct arena arena = {0};
	struct view view = {0};
	char number[16] = "";

	if (model->cursor != SLOT_NONE)
		key_format(reading_value(model->reading, COLUMN_KEY,
					 model->cursor),
			   number);
	view_write_all(&look, &model->catalog, &arena, &view);
	buf_printf(out, "%s\n", head);
	const char *const texts[LINES] = {
		store,
		model->view,
		view.filter,
		view.sort,
		view.group,
		view.columns,
		view.session == VIEW_ALL ? "all" : "current",
		number,
	};
	for (int i = 0; i < LINES; i++)
		buf_printf(out, "%s %s\n", words[i], texts[i]);
	arena_free(&arena);
}

bool last_save(struct last *last, const char *store, const struct model *model,
	       struct err *err)
{
	struct buf text = {0}, path = {0};
	bool ok = true;

	write_lines(store, model, &text);
	if (strcmp(buf_text(&text), buf_text(&last->written)) != 0) {
		ok = personal_path(PERSONAL_STATE, "last", &path, err)
			     ? personal_replace(buf_text(&path), &text, false,
						err)
			     : no_home(err);
	}
	buf_free(&text);
	buf_free(&path);
	return ok || err_in(err, "这次看到哪里没有记住");
}

void last_free(struct last *last)
{
	buf_free(&last->written);
	arena_free(&last->arena);
}
