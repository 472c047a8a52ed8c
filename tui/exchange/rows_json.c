#include <jansson.h>
#include <string.h>
#include <sys/stat.h>

#include "domain/excerpt.h"
#include "exchange/lines.h"
#include "exchange/plain.h"
#include "exchange/reader.h"
#include "exchange/value.h"

/* Any proposal fits: see PROPOSAL_BYTES_MAX. */
#define JSON_LINE_MAX ((size_t)4 << 20)

enum { PROGRESS_LINES = 1024 };

struct reading_line {
	struct plain plain;
	struct rows *rows;
	struct row *row;
	struct buf text; /* of one value */
	uint64_t bytes;  /* of the lines so far */
};

static void refuse(struct reading_line *in, const char *reason)
{
	in->row->broken = arena_str(&in->rows->arena, reason, strlen(reason));
	in->row->count = 0;
}

static void refuse_name(struct reading_line *in, const char *name)
{
	char word[EXCERPT_SIZE];
	struct buf near = {0}, reason = {0};

	excerpt(name, strlen(name), word);
	value_nearest(name, &near);
	buf_printf(&reason, "没有“%s”这个字段%s%s", word,
		   near.len ? "，最近的是" : "", buf_text(&near));
	refuse(in, buf_text(&reason));
	buf_free(&near);
	buf_free(&reason);
}

static const char *syntax(const json_error_t *error)
{
	/* It has no code of its own. */
	if (strncmp(error->text, "invalid Unicode", 15) == 0)
		return "有不成对的 \\ud800 一类的半个字符";
	/* Every other code is a slip of the pen at that place. */
	switch ((int)json_error_code(error)) {
	case json_error_invalid_utf8:
		return "有不是 UTF-8 的字节";
	case json_error_premature_end_of_input:
		return "不完整，一个对象要写在一行里";
	case json_error_duplicate_key:
		return "同一个字段写了两次";
	case json_error_end_of_input_expected:
		return "对象后面还有别的内容，一行只能写一个对象";
	case json_error_null_character:
	case json_error_null_byte_in_key:
		return "有空字符 \\u0000";
	case json_error_numeric_overflow:
		return "有太大的数";
	case json_error_stack_overflow:
		return "括号层数太多";
	default:
		return "不是有效的 JSON";
	}
}

static bool add_cell(struct reading_line *in, const char *name,
		     const json_t *value)
{
	int field = value_field(name);
	bool canonical;
	struct err err;

	if (field == VALUE_IGNORED)
		return true;
	if (field < 0) {
		refuse_name(in, name);
		return false;
	}
	buf_reset(&in->text);
	if (!value_text(field, value, &in->text, &canonical, &err)) {
		refuse(in, err.text);
		return false;
	}
	in->row->cells[in->row->count++] = (struct row_cell){
		.field = field,
		.text = arena_str(&in->rows->arena, buf_text(&in->text),
				  in->text.len),
		.canonical = canonical,
	};
	return true;
}

static void add_cells(struct reading_line *in, json_t *object)
{
	const char *name;
	json_t *value;

	in->row->cells =
		arena_alloc(&in->rows->arena,
			    json_object_size(object) * sizeof(*in->row->cells));
	json_object_foreach(object, name,
			    value) if (!add_cell(in, name, value)) return;
}

static void read_line(struct reading_line *in, const struct line *line)
{
	json_error_t error;
	json_t *value;

	if (line->cut) {
		refuse(in, "这一行超过 4 MB");
		return;
	}
	if (plain_read(&in->plain, line->text, line->len, in->row))
		return;
	value = json_loadb(line->text, line->len, JSON_REJECT_DUPLICATES,
			   &error);
	if (json_is_object(value))
		add_cells(in, value);
	else
		refuse(in, value ? "不是一个 JSON 对象" : syntax(&error));
	json_decref(value);
}

static bool is_blank(const struct line *line)
{
	for (size_t i = 0; i < line->len; i++)
		if (!strchr(" \t\r", line->text[i]) || !line->text[i])
			return false;
	return !line->cut;
}

/* The mark stands before the first line only. */
static void pass_mark(struct line *line)
{
	static const char mark[] = "\xEF\xBB\xBF";

	if (line->number == 1 && line->len >= 3 &&
	    memcmp(line->text, mark, 3) == 0) {
		line->text += 3;
		line->len -= 3;
	}
}

static bool read_lines(struct reading_line *in, struct lines *lines,
		       struct err *err)
{
	struct progress *progress = in->rows->progress;
	struct line line;

	while (lines_next(lines, &line)) {
		in->bytes += line.len + 1;
		if (line.number % PROGRESS_LINES == 0 &&
		    !progress_at(progress, in->bytes >> 20))
			return progress_cancelled(err);
		pass_mark(&line);
		if (is_blank(&line))
			continue;
		if (rows_full(in->rows, err))
			return false;
		in->row = rows_add(in->rows, line.number);
		read_line(in, &line);
	}
	if (lines->failed)
		return err_set(err, ERR_USAGE, "读不了：%s",
			       err_words(lines->failed));
	return true;
}

static uint64_t megabytes(int fd)
{
	struct stat st;

	return fstat(fd, &st) ? 0 : (uint64_t)st.st_size >> 20;
}

bool rows_json(struct rows *rows, int fd, struct err *err)
{
	struct reading_line in = {.plain = {.arena = &rows->arena},
				  .rows = rows};
	struct lines lines;

	progress_phase(rows->progress, "读取", "MB", megabytes(fd));
	lines_begin(&lines, fd, JSON_LINE_MAX, &rows->arena);
	bool ok = read_lines(&in, &lines, err);
	lines_end(&lines);
	buf_free(&in.text);
	return ok;
}
