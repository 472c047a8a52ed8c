#include <string.h>

#include "base/clean.h"
#include "base/clock.h"
#include "base/width.h"
#include "pane/editing_part.h"
#include "pane/excerpts.h"

enum { INDENT = 10, YEAR = sizeof("2024-") - 1 };

void show_field(const struct editing *editing, enum field_id id,
		const struct proposal *p, struct buf *out)
{
	struct buf canonical = {0};

	field_canonical(&fields[id], p, &canonical);
	field_show(&fields[id], buf_text(&canonical), editing->config,
		   key_session(editing->key), out);
	buf_free(&canonical);
}

void show_trace(const struct trace *trace, struct buf *out)
{
	char when[17];

	clock_format(trace->at, when);
	buf_str(out, trace->name ? trace->name : "他人");
	if (*when)
		buf_printf(out, " %s", when + YEAR);
}

/* In one line, when both are short. */
static bool one_line(const char *before, const char *after, int width,
		     struct buf *out)
{
	struct buf line = {0};
	size_t start = out->len;

	if (strchr(before, '\n') || strchr(after, '\n'))
		return false;
	buf_printf(&line, "%s → %s", *before ? before : "空",
		   *after ? after : "空");
	clean_line(out, buf_text(&line), line.len);
	buf_free(&line);
	if (width_text(out->data + start) <= width)
		return true;
	out->len = start;
	out->data[start] = '\0';
	return false;
}

static void two_blocks(const char *label, const char *const texts[2],
		       const char *behind, int width, struct lines *lines)
{
	static const char *const words[] = {"原：", "新："};
	struct buf parts[2] = {{0}, {0}};

	excerpts(texts, 2, parts);
	for (int i = 0; i < 2; i++) {
		struct buf text = {0};

		buf_printf(&text, "%s%s%s", words[i],
			   parts[i].len ? buf_text(&parts[i]) : "空",
			   i ? behind : "");
		lines_wrap(lines, i ? STYLE_NORMAL : STYLE_DIM, i ? "" : label,
			   INDENT, width, buf_text(&text));
		buf_free(&text);
		buf_free(&parts[i]);
	}
}

void change_lines(const struct editing *editing, enum field_id id,
		  const struct proposal *before, const struct proposal *after,
		  const char *behind, int width, struct lines *lines)
{
	struct buf old = {0}, new = {0}, line = {0};

	show_field(editing, id, before, &old);
	show_field(editing, id, after, &new);
	const char *const texts[2] = {buf_text(&old), buf_text(&new)};
	if (one_line(texts[0], texts[1], width - INDENT, &line)) {
		buf_str(&line, behind);
		lines_wrap(lines, STYLE_NORMAL, fields[id].label, INDENT, width,
			   buf_text(&line));
	} else {
		two_blocks(fields[id].label, texts, behind, width, lines);
	}
	buf_free(&old);
	buf_free(&new);
	buf_free(&line);
}

bool keeps_theirs(const struct editing *editing, enum field_id id)
{
	return !editing_changed(editing, id) &&
	       editing_state(editing, id) != MERGE_UNCHANGED;
}

void theirs_lines(const struct editing *editing, enum field_id id, int width,
		  struct lines *lines)
{
	const struct versions *versions = &editing->versions;
	struct buf who = {0};

	buf_str(&who, "（");
	show_trace(&editing->traces[id], &who);
	buf_str(&who, editing_state(editing, id) == MERGE_ALIKE
			      ? "，与您改的相同）"
			      : "）");
	change_lines(editing, id, &versions->base, &versions->theirs,
		     buf_text(&who), width, lines);
	buf_free(&who);
}

/* Mine over theirs: he who confirms has to see whose work it replaces. */
static void mine_lines(const struct editing *editing, enum field_id id,
		       int width, struct lines *lines)
{
	const struct versions *versions = &editing->versions;
	struct buf who = {0};

	if (editing_state(editing, id) == MERGE_CONFLICT) {
		buf_str(&who, "（替换 ");
		show_trace(&editing->traces[id], &who);
		buf_str(&who, " 改的）");
	}
	change_lines(editing, id, &versions->theirs, &versions->mine,
		     buf_text(&who), width, lines);
	buf_free(&who);
}

void changes_lines(const struct editing *editing, int width,
		   struct lines *lines)
{
	bool titled = false;

	for (size_t i = 0; i < FIELD_END - 1; i++)
		if (editing_changed(editing, field_order[i]))
			mine_lines(editing, field_order[i], width, lines);
	for (size_t i = 0; i < FIELD_END - 1; i++) {
		if (!keeps_theirs(editing, field_order[i]))
			continue;
		if (!titled) {
			lines_add(lines, STYLE_NORMAL, "");
			lines_add(lines, STYLE_BOLD, "他人已改，一并保留：");
			titled = true;
		}
		theirs_lines(editing, field_order[i], width, lines);
	}
}
