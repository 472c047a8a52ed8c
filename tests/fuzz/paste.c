/*
 * Pasted text, from the bytes of a bracketed paste to what the program does
 * with it: it fills a line, and a list of numbers becomes marks and a sentence
 * about the rest.
 */
#include "../unit/desk.h"
#include "base/utf8.h"
#include "claims.h"
#include "domain/number.h"
#include "query/lookup.h"
#include "ui/edit.h"
#include "ui/key.h"

enum { PROPOSALS = 40 };

static struct desk *desk;
static session current;

static void close_desk(void)
{
	desk_close(desk);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const struct proposal *all[PROPOSALS];

	(void)argc, (void)argv;
	desk = desk_open();
	for (uint32_t i = 0; i < PROPOSALS; i++) {
		struct proposal *p =
			desk_new(desk, desk_key(2 + i % 2, i + 1), "handling");

		p->merged_into = i % 5 == 4 ? all[i - 1]->key : KEY_NONE;
		all[i] = p;
	}
	desk_put(desk, 1, all, PROPOSALS);
	current = desk->config->current;
	atexit(close_desk);
	return 0;
}

static void feed(struct key_parser *parser, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		HOLDS(key_feed(parser, (unsigned char)bytes[i]) ==
		      KEYCODE_NONE);
}

/* A paste that holds an end mark is over there; the rest is typed. */
static size_t paste(struct key_parser *parser, const char *bytes, size_t len)
{
	static const char begin[] = "\033[200~", end[] = "\033[201~";
	const char *over = memmem(bytes, len, end, strlen(end));

	len = over ? (size_t)(over - bytes) : len;
	feed(parser, begin, strlen(begin));
	feed(parser, bytes, len);
	feed(parser, end, strlen(end) - 1);
	HOLDS(key_feed(parser, '~') == KEYCODE_PASTE);
	HOLDS(!parser->pasting && !parser->paste_cut);
	return len;
}

static size_t count(const char *bytes, size_t len, char what)
{
	size_t found = 0;

	for (size_t i = 0; i < len; i++)
		found += bytes[i] == what;
	return found;
}

/* \r\n is one line end, \r and \n alone are one each. */
static void claim_text(const struct buf *text, const char *bytes, size_t len)
{
	size_t ends = count(bytes, len, '\n') + count(bytes, len, '\r');

	for (size_t i = 1; i < len; i++)
		ends -= bytes[i - 1] == '\r' && bytes[i] == '\n';
	HOLDS(utf8_valid(buf_text(text), text->len));
	HOLDS(strlen(buf_text(text)) == text->len);
	HOLDS(count(buf_text(text), text->len, '\n') == ends);
	HOLDS(count(buf_text(text), text->len, '\r') == 0);
}

static void claim_line(const char *text)
{
	struct edit_line line;

	edit_set(&line, "编号 ");
	edit_key(&line, KEYCODE_LEFT);
	edit_paste(&line, text);
	HOLDS(line.len <= EDIT_MAX && line.caret == line.len - 1);
	claim_plain_line(line.text, line.len);
	HOLDS(strlen(line.text) == line.len);
}

/* One or more, apart, and none twice. */
static void claim_slots(const struct lookup_list *list)
{
	bool seen[PROPOSALS] = {false};

	for (size_t i = 0; i < list->count; i++) {
		HOLDS(list->slots[i] < PROPOSALS);
		HOLDS(!seen[list->slots[i]]);
		seen[list->slots[i]] = true;
	}
	for (size_t i = 1; i < list->unknown_count; i++)
		HOLDS(list->unknown[i - 1] < list->unknown[i]);
	HOLDS(list->merged_count <= list->count);
	HOLDS(list->repeated_count <= list->count);
}

static void claim_list(const char *text)
{
	struct arena arena = {0};
	struct lookup_list list;
	struct buf words = {0};
	struct err err = {0};
	bool only = number_only(text, current);

	if (lookup_list(desk->reading, text, current, &arena, &list, &err)) {
		HOLDS(only);
		claim_slots(&list);
		lookup_words(&list, current, &words);
		claim_sentence(buf_text(&words));
	} else {
		HOLDS(!only || strstr(err.text, "一次最多"));
		claim_error(&err, ERR_USAGE);
	}
	buf_free(&words);
	arena_free(&arena);
}

static void claim_one(const char *text)
{
	struct lookup one;
	uint32_t slot;

	lookup_one(desk->reading, text, current, &one);
	HOLDS(!one.found || reading_find(desk->reading, one.key, &slot));
	HOLDS(!one.found || one.slot < PROPOSALS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *bytes = bytes_copy(data, size);
	struct key_parser parser = {0};

	size = paste(&parser, bytes, size);
	const char *text = buf_text(&parser.paste);
	claim_text(&parser.paste, bytes, size);
	claim_line(text);
	desk_read(desk);
	claim_list(text);
	claim_one(text);
	desk_done(desk);
	key_parser_free(&parser);
	free(bytes);
	return 0;
}
