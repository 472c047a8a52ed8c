/*
 * Keys: any bytes are keys that exist, as many as there are bytes at most,
 * and the same ones however the line delivers them. A line that is typed with
 * them stays a text.
 */
#include "ui/key.h"
#include "base/utf8.h"
#include "claims.h"
#include "ui/edit.h"

struct keys {
	keycode *items;
	size_t count, room;
};

static void take(struct keys *keys, const struct key_parser *parser,
		 keycode key)
{
	if (key == KEYCODE_NONE)
		return;
	HOLDS(keys->count < keys->room);
	HOLDS(key != KEYCODE_RESIZE && key != KEYCODE_CLOSED);
	HOLDS(key < KEYCODE_NONE && (key < 0xD800 || key > 0xDFFF));
	if (key == KEYCODE_CURSOR)
		HOLDS(parser->row >= 1 && parser->column >= 1);
	if (key == KEYCODE_PASTE) {
		const char *text = buf_text(&parser->paste);

		HOLDS(utf8_valid(text, parser->paste.len));
		HOLDS(strlen(text) == parser->paste.len);
		HOLDS(!strchr(text, '\r'));
	}
	keys->items[keys->count++] = key;
}

/*
 * All keys in `bytes`. With `slowly`, a pause that is too short for anything
 * but what is whole already stands between them: it must change nothing.
 */
static struct keys read_keys(const char *bytes, size_t len, bool slowly,
			     struct key_parser *parser)
{
	enum { SHORT = 1 }; /* ms */
	struct keys keys = {NULL, 0, len + 8};

	keys.items = malloc(keys.room * sizeof(*keys.items));
	HOLDS(keys.items);
	for (size_t i = 0; i < len; i++) {
		take(&keys, parser, key_feed(parser, (unsigned char)bytes[i]));
		if (slowly && key_pending(parser) == SHORT)
			take(&keys, parser, key_timeout(parser));
	}
	HOLDS(keys.count <= len);
	return keys;
}

/* After silence nothing waits, but for a paste whose end has not come. */
static void settle(struct keys *keys, struct key_parser *parser)
{
	for (int i = 0; i < 4 && key_pending(parser); i++)
		take(keys, parser, key_timeout(parser));
	HOLDS(!key_pending(parser));
	HOLDS(parser->pasting || parser->pending_len == 0);
}

/* Whatever came before: a paste can be ended, and then a letter is one. */
static void claim_recovers(struct key_parser *parser)
{
	static const char end[] = "\033[201~";

	for (size_t i = 0; parser->pasting && i < strlen(end); i++)
		key_feed(parser, (unsigned char)end[i]);
	HOLDS(!parser->pasting);
	HOLDS(key_feed(parser, 'q') == 'q');
}

static void claim_name(keycode key)
{
	char name[16];
	keycode read;

	keycode_name(key, name);
	claim_clean_line(name, strlen(name));
	if (*name && strncmp(name, "U+", 2) != 0)
		HOLDS(key_parse(name, strlen(name), &read) && read == key);
	HOLDS(key_narrow(key_narrow(key)) == key_narrow(key));
}

static void claim_line(const struct keys *keys)
{
	struct edit_line line;

	edit_set(&line, "");
	for (size_t i = 0; i < keys->count; i++) {
		edit_key(&line, keys->items[i]);
		HOLDS(line.len <= EDIT_MAX && line.caret <= line.len);
		HOLDS(line.text[line.len] == '\0');
		/* The caret is between characters. */
		claim_plain_line(line.text, line.caret);
		claim_plain_line(line.text + line.caret, line.len - line.caret);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *bytes = bytes_copy(data, size);
	struct key_parser parser = {0}, slow_parser = {0};
	struct keys keys = read_keys(bytes, size, false, &parser);
	struct keys slow = read_keys(bytes, size, true, &slow_parser);

	settle(&keys, &parser);
	settle(&slow, &slow_parser);
	HOLDS(keys.count == slow.count);
	HOLDS(memcmp(keys.items, slow.items,
		     keys.count * sizeof(*keys.items)) == 0);
	for (size_t i = 0; i < keys.count; i++)
		claim_name(keys.items[i]);
	claim_line(&keys);
	claim_recovers(&parser);
	key_parser_free(&parser);
	key_parser_free(&slow_parser);
	free(keys.items);
	free(slow.items);
	free(bytes);
	return 0;
}
