#include "ui/key_table.h"

#define F(n) (KEYCODE_F1 + (n)-1)

/* clang-format off */
const struct key_sequence key_table[] = {
	/* xterm, tmux, screen; with O in application mode */
	{"[A", KEYCODE_UP},       {"OA", KEYCODE_UP},
	{"[B", KEYCODE_DOWN},     {"OB", KEYCODE_DOWN},
	{"[C", KEYCODE_RIGHT},    {"OC", KEYCODE_RIGHT},
	{"[D", KEYCODE_LEFT},     {"OD", KEYCODE_LEFT},
	{"[H", KEYCODE_HOME},     {"OH", KEYCODE_HOME},
	{"[F", KEYCODE_END},      {"OF", KEYCODE_END},
	{"[Z", KEYCODE_SHIFT_TAB},
	{"[1;2A", KEYCODE_SHIFT_UP},   {"O2A", KEYCODE_SHIFT_UP},
	{"[1;2B", KEYCODE_SHIFT_DOWN}, {"O2B", KEYCODE_SHIFT_DOWN},

	/* rxvt */
	{"[a", KEYCODE_SHIFT_UP}, {"[b", KEYCODE_SHIFT_DOWN},
	{"[7~", KEYCODE_HOME},    {"[8~", KEYCODE_END},

	/* linux, PuTTY, screen, and everything since the VT220 */
	{"[1~", KEYCODE_HOME},    {"[4~", KEYCODE_END},
	{"[2~", KEYCODE_INSERT},  {"[3~", KEYCODE_DELETE},
	{"[5~", KEYCODE_PAGE_UP}, {"[6~", KEYCODE_PAGE_DOWN},

	{"OP", F(1)},     {"OQ", F(2)},     {"OR", F(3)},     {"OS", F(4)},
	{"[[A", F(1)},    {"[[B", F(2)},    {"[[C", F(3)},    {"[[D", F(4)},
	{"[[E", F(5)},
	{"[11~", F(1)},   {"[12~", F(2)},   {"[13~", F(3)},   {"[14~", F(4)},
	{"[15~", F(5)},   {"[17~", F(6)},   {"[18~", F(7)},   {"[19~", F(8)},
	{"[20~", F(9)},   {"[21~", F(10)},  {"[23~", F(11)},  {"[24~", F(12)},

	/* the keypad, where something left it in application mode */
	{"Op", '0'}, {"Oq", '1'}, {"Or", '2'}, {"Os", '3'}, {"Ot", '4'},
	{"Ou", '5'}, {"Ov", '6'}, {"Ow", '7'}, {"Ox", '8'}, {"Oy", '9'},
	{"Oj", '*'}, {"Ok", '+'}, {"Ol", ','}, {"Om", '-'}, {"On", '.'},
	{"Oo", '/'}, {"OX", '='}, {"O ", ' '},
	{"OM", KEYCODE_ENTER},    {"OI", KEYCODE_TAB},

	{"[0n", KEYCODE_ACK},     {"[3n", KEYCODE_ACK},
};
/* clang-format on */

const size_t key_table_count = sizeof(key_table) / sizeof(*key_table);
