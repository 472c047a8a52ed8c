#include "exchange/entry.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clean.h"
#include "domain/excerpt.h"
#include "domain/number.h"
#include "domain/permit.h"

void entry_reject(struct entries *entries, struct entry *entry, const char *fmt,
		  ...)
{
	struct buf clean = {0};
	char text[2048];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	clean_line(&clean, text, strlen(text));
	entry->verdict = IMPORT_REJECT;
	entry->reason = arena_str(entries->arena, buf_text(&clean), clean.len);
	buf_free(&clean);
}

bool entry_equal(const struct proposal *a, const struct proposal *b)
{
	for (int i = 1; i < FIELD_END; i++)
		if (!field_equal(&fields[i], a, b))
			return false;
	return true;
}

static const char *cell_text(const struct row *row, int field)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->cells[i].field == field)
			return row->cells[i].text;
	return "";
}

static bool read_session(struct entries *entries, const char *text,
			 session *out, struct err *err)
{
	char word[EXCERPT_SIZE];

	*out = entries->session;
	if (entries->session_text && strcmp(entries->session_text, text) == 0)
		return true;
	*out = entries->config->current;
	if (!*text || session_parse(text, out)) {
		entries->session_text = text;
		entries->session = *out;
		return true;
	}
	excerpt(text, strlen(text), word);
	return err_set(err, ERR_USAGE,
		       "届次“%s”看不懂，请写成 十四届三次 或 14-3", word);
}

/* 173.0, as a spreadsheet writes a number of a column of sizes. */
static const char *whole_number(struct arena *arena, const char *text)
{
	size_t digits = strspn(text, "0123456789");
	size_t zeros = text[digits] == '.' ? strspn(text + digits + 1, "0") : 0;

	if (digits == 0 || zeros == 0 || text[digits + 1 + zeros])
		return text;
	return arena_str(arena, text, digits);
}

/* 173: plain digits, as nearly every file has them. */
static key plain_number(session s, const char *text)
{
	enum { DIGITS = 8 };
	uint32_t number = 0;
	int digits = 0;

	for (; text[digits] >= '0' && text[digits] <= '9'; digits++) {
		if (digits == DIGITS)
			return KEY_NONE;
		number = number * 10 + (uint32_t)(text[digits] - '0');
	}
	return text[digits] ? KEY_NONE : key_make(s, number);
}

static bool read_key(struct entries *entries, const struct row *row, key *out,
		     struct err *err)
{
	const char *named = cell_text(row, ROW_SESSION);
	const char *number =
		whole_number(entries->arena, cell_text(row, ROW_NUMBER));
	char label[32], word[EXCERPT_SIZE];
	session s;
	key k;

	if (!*number)
		return err_set(err, ERR_USAGE, "没有编号");
	if (!read_session(entries, named, &s, err))
		return false;
	*out = plain_number(s, number);
	if (*out != KEY_NONE)
		return true;
	if (!number_one(number, s, &k, err))
		return false;
	if (*named && key_session(k) != s) {
		session_label(s, label);
		excerpt(number, strlen(number), word);
		return err_set(err, ERR_USAGE, "届次是%s，编号却写着“%s”",
			       label, word);
	}
	*out = k;
	return true;
}

/* Start from what is stored; false only when it cannot be read. */
static bool find_base(struct entries *entries, struct entry *entry,
		      struct err *err)
{
	entry->next = arena_alloc(entries->arena, sizeof(*entry->next));
	entry->slot = UINT32_MAX;
	if (!reading_find(entries->reading, entry->key, &entry->slot)) {
		proposal_init(entry->next, entry->key);
		return true;
	}

	struct proposal *base = arena_alloc(entries->arena, sizeof(*base));
	if (!reading_proposal(entries->reading, entry->slot, entries->arena,
			      base, err))
		return false;
	entry->base = base;
	*entry->next = *base;
	return true;
}

static void check_status(struct entries *entries, struct entry *entry)
{
	const char *from = entry->base->status, *to = entry->next->status;
	struct buf reason = {0};

	if (strcmp(from, to) == 0)
		return;
	if (!*to) {
		entry_reject(entries, entry, "状态不能清空");
		return;
	}
	if (workflow_step(entries->config, from, to, false) != VERDICT_REFUSED)
		return;
	workflow_reason(entries->config, from, to, &reason);
	entry_reject(entries, entry, "状态不能改为“%s”：%s",
		     config_label(entries->config, CHOICE_STATUS, to),
		     buf_text(&reason));
	buf_free(&reason);
}

static void check_role(struct entries *entries, struct entry *entry)
{
	const struct deed deed = {
		.action = entry->base ? ACTION_EDIT : ACTION_CREATE,
		.from = entry->base ? entry->base->status : "",
		.to = entry->next->status,
	};
	struct err why;

	if (!permit(reading_access(entries->reading), entries->config, &deed,
		    &why))
		entry_reject(entries, entry, "%s", why.text);
}

/* All cells are in: is it a proposal, and may it follow the stored one? */
static void judge(struct entries *entries, struct entry *entry)
{
	struct proposal *next = entry->next;
	struct err why;

	if (!entry->base && !*next->status)
		next->status = entries->status;
	if (!entry->base)
		entry->verdict = IMPORT_NEW;
	else if (entry_equal(entry->base, next))
		entry->verdict = IMPORT_SAME;
	else
		entry->verdict = IMPORT_CHANGE;

	if (!*next->title)
		entry_reject(entries, entry,
			     entry->base ? "案由不能清空"
					 : "没有案由，新提案要有案由");
	else if (!proposal_fits(next, &why))
		entry_reject(entries, entry, "%s", why.text);
	else if (entry->verdict == IMPORT_CHANGE)
		check_status(entries, entry);
	if (entry->verdict == IMPORT_NEW || entry->verdict == IMPORT_CHANGE)
		check_role(entries, entry);
}

bool entry_read(struct entries *entries, size_t row, struct err *err)
{
	const struct row *from = &entries->rows->items[row];
	struct entry *entry = &entries->items[row];
	struct err why;

	if (from->broken) {
		entry_reject(entries, entry, "%s", from->broken);
		return true;
	}
	if (!read_key(entries, from, &entry->key, &why)) {
		entry_reject(entries, entry, "%s", why.text);
		return true;
	}
	if (!find_base(entries, entry, err))
		return false;
	for (size_t i = 0; i < from->count; i++)
		if (!entry_cell(entries, entry, &from->cells[i], &why)) {
			entry_reject(entries, entry, "%s", why.text);
			return true;
		}
	judge(entries, entry);
	return true;
}
