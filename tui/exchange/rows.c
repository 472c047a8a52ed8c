#include "exchange/rows.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clean.h"
#include "base/mem.h"
#include "exchange/reader.h"
#include "exchange/source.h"

/* Grows by doubling: the room is known from the count alone. */
struct row *rows_add(struct rows *rows, unsigned line)
{
	size_t count = rows->count;

	if ((count & (count - 1)) == 0)
		rows->items =
			mem_resize(rows->items, (count ? 2 * count : 1) *
							sizeof(struct row));
	rows->items[count] = (struct row){.line = line};
	rows->count++;
	return &rows->items[count];
}

bool rows_full(const struct rows *rows, struct err *err)
{
	if (rows->count < ROWS_MAX)
		return false;
	err_set(err, ERR_USAGE, "超过 %u 行，请分成几个文件导入", ROWS_MAX);
	return true;
}

static const char *source_name(const char *path, struct arena *arena)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash && slash[1] ? slash + 1 : path;
	struct buf clean = {0};

	if (strcmp(path, "-") == 0)
		return "标准输入";
	clean_line(&clean, name, strlen(name));
	name = arena_str(arena, buf_text(&clean), clean.len);
	buf_free(&clean);
	return name;
}

static bool read_rows(struct rows *rows, const char *path, struct err *err)
{
	enum source_kind kind;
	int fd;

	if (!source_open(path, rows->progress, &fd, &kind, err))
		return false;
	rows->is_archive = kind == SOURCE_ARCHIVE;
	rows->archive = fd;
	if (rows->is_archive)
		return true;
	bool ok = kind == SOURCE_JSON ? rows_json(rows, fd, err)
				      : rows_sheet(rows, fd, err);
	close(fd);
	return ok;
}

bool rows_read(struct rows *out, const char *path, struct progress *progress,
	       struct err *err)
{
	/* A lack of memory must not pass for a line that is no JSON. */
	json_set_alloc_funcs(mem_new, free);
	*out = (struct rows){.encoding = "UTF-8", .progress = progress};
	out->source = source_name(path, &out->arena);
	if (read_rows(out, path, err))
		return true;
	if (err->code != ERR_REFUSED)
		err_in(err, "%s", out->source);
	rows_free(out);
	return false;
}

void rows_free(struct rows *rows)
{
	if (rows->is_archive)
		close(rows->archive);
	free(rows->items);
	arena_free(&rows->arena);
	*rows = (struct rows){0};
}
