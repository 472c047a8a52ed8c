#include "ui/key.h"

#include <stdio.h>
#include <string.h>

#include "base/clean.h"
#include "base/utf8.h"

static const struct {
	char name[12];
	keycode key;
} names[] = {
	{"Enter", KEYCODE_ENTER},
	{"Esc", KEYCODE_ESC},
	{"Tab", KEYCODE_TAB},
	{"Shift-Tab", KEYCODE_SHIFT_TAB},
	{"Space", KEYCODE_SPACE},
	{"Backspace", KEYCODE_BACKSPACE},
	{"Insert", KEYCODE_INSERT},
	{"Delete", KEYCODE_DELETE},
	{"Up", KEYCODE_UP},
	{"Down", KEYCODE_DOWN},
	{"Left", KEYCODE_LEFT},
	{"Right", KEYCODE_RIGHT},
	{"Shift-Up", KEYCODE_SHIFT_UP},
	{"Shift-Down", KEYCODE_SHIFT_DOWN},
	{"Home", KEYCODE_HOME},
	{"End", KEYCODE_END},
	{"PgUp", KEYCODE_PAGE_UP},
	{"PgDn", KEYCODE_PAGE_DOWN},
	{"Paste", KEYCODE_PASTE},
};

keycode key_narrow(keycode key)
{
	if (key == U'、')
		return '/';
	return key < KEYCODE_UP ? utf8_narrow(key) : key;
}

static bool parse_named(const char *name, size_t len, keycode *out)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (strlen(names[i].name) != len ||
		    memcmp(names[i].name, name, len) != 0)
			continue;
		*out = names[i].key;
		return true;
	}
	return false;
}

/* F1 to F12 */
static bool parse_function(const char *name, size_t len, keycode *out)
{
	unsigned number = 0;

	if (len < 2 || len > 3 || name[0] != 'F' || name[1] == '0')
		return false;
	for (size_t i = 1; i < len; i++) {
		if (name[i] < '0' || name[i] > '9')
			return false;
		number = number * 10 + (unsigned)(name[i] - '0');
	}
	*out = KEYCODE_F1 + number - 1;
	return number <= 12;
}

/* Ctrl-A, ^A */
static bool parse_control(const char *name, size_t len, keycode *out)
{
	static const char prefix[] = "Ctrl-";
	bool named = len == sizeof(prefix) && !memcmp(name, prefix, len - 1);

	if (!named && (len != 2 || *name != '^'))
		return false;

	char letter = name[len - 1];
	if (letter >= 'a' && letter <= 'z')
		letter = (char)(letter - 'a' + 'A');
	if (letter < 'A' || letter > '_')
		return false;
	*out = (keycode)(letter & 0x1F);
	return true;
}

bool key_parse(const char *name, size_t len, keycode *out)
{
	const char *at = name;

	if (parse_named(name, len, out) || parse_function(name, len, out) ||
	    parse_control(name, len, out))
		return true;
	if (!len)
		return false;
	char32_t cp = utf8_next(&at, name + len);
	*out = cp;
	return at == name + len && cp != ' ' && cp != UTF8_INVALID &&
	       clean_printable(cp);
}

void keycode_name(keycode key, char out[16])
{
	out[0] = '\0';
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i].key == key) {
			snprintf(out, 16, "%s", names[i].name);
			return;
		}
	if (key >= KEYCODE_F1 && key <= KEYCODE_F12)
		snprintf(out, 16, "F%u", (key - KEYCODE_F1 + 1) % 100);
	else if (key > 0 && key < 0x20)
		snprintf(out, 16, "Ctrl-%c", (char)(key | 0x40));
	else if (clean_printable(key))
		out[utf8_put(key, out)] = '\0';
	else if (key && key < KEYCODE_UP)
		snprintf(out, 16, "U+%04X", key & 0x1FFFFF);
}
