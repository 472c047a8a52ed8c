#include "exchange/archive_line.h"
#include "exchange/lines.h"

/* Both texts of the largest change: see PROPOSAL_BYTES_MAX. */
#define ARCHIVE_LINE_MAX ((size_t)8 << 20)

/* The file as far as it was read. */
struct reader {
	struct lines lines;
	struct archive_head head;
	json_int_t batches, events;
	struct replay *replay;
};

static bool take_batch(struct reader *reader, struct archive_line *in)
{
	unsigned char operation[OPERATION_SIZE];
	struct batch batch;

	reader->batches++;
	return archive_line_batch(in, &batch, operation) &&
	       replay_batch(reader->replay, &batch, operation, in->err);
}

static bool take_event(struct reader *reader, struct archive_line *in)
{
	struct event event;

	reader->events++;
	return archive_line_event(in, &event) &&
	       replay_event(reader->replay, &event, in->err);
}

static bool take_line(struct reader *reader, const struct line *line,
		      bool (*take)(struct reader *reader,
				   struct archive_line *in),
		      struct err *err)
{
	struct archive_line in = {.err = err};
	json_t *object = NULL;
	json_error_t error;
	bool ok;

	if (!line->cut)
		object = json_loadb(line->text, line->len,
				    JSON_REJECT_DUPLICATES, &error);
	in.object = object;
	if (line->cut)
		ok = err_set(err, ERR_USAGE, "超过 8 MB");
	else if (!json_is_object(in.object))
		ok = err_set(err, ERR_USAGE, "不是一个 JSON 对象");
	else if (take)
		ok = take(reader, &in);
	else if (json_object_get(in.object, "event"))
		ok = take_event(reader, &in);
	else
		ok = take_batch(reader, &in);
	json_decref(object);
	arena_free(&in.arena);
	return ok || err_in(err, "第 %u 行", line->number);
}

static bool take_head(struct reader *reader, struct archive_line *in)
{
	return archive_line_head(in, &reader->head);
}

/* The end of the file may be missing. */
static bool complete(const struct reader *reader, struct err *err)
{
	const struct archive_head *head = &reader->head;

	if (reader->lines.failed)
		return err_set(err, ERR_USAGE, "读不了：%s",
			       err_words(reader->lines.failed));
	if (reader->batches == head->batches && reader->events == head->events)
		return true;
	return err_set(err, ERR_USAGE,
		       "不完整：应有批次 %lld 个、历史 %lld 条，"
		       "只有 %lld 个和 %lld 条",
		       (long long)head->batches, (long long)head->events,
		       (long long)reader->batches, (long long)reader->events);
}

static bool read_all(struct reader *reader, const char *dir, struct err *err)
{
	struct line line;

	if (!lines_next(&reader->lines, &line))
		return complete(reader, err) &&
		       err_set(err, ERR_USAGE, "是空的，没有可导入的内容");
	if (!take_line(reader, &line, take_head, err) ||
	    !replay_begin(&reader->replay, dir, reader->head.roles, err))
		return false;
	while (lines_next(&reader->lines, &line))
		if (!take_line(reader, &line, NULL, err))
			return false;
	return complete(reader, err);
}

bool archive_read(int fd, const char *dir, finding_fn *tell, void *arg,
		  struct swapped *out, struct err *err)
{
	struct reader reader = {0};

	lines_begin(&reader.lines, fd, ARCHIVE_LINE_MAX, NULL);
	bool ok = read_all(&reader, dir, err) &&
		  replay_finish(reader.replay, reader.head.head, tell, arg, out,
				err);
	replay_end(reader.replay);
	lines_end(&reader.lines);
	return ok;
}
