#include "base/width.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <uniwidth.h>
#include <wchar.h>

#include "base/utf8.h"
#include "base/width_table.h"

static int ambiguous_cells = 1;

void width_set_ambiguous(int cells)
{
	ambiguous_cells = cells == 2 ? 2 : 1;
}

int width_ambiguous(void)
{
	return ambiguous_cells;
}

static bool is_ambiguous(char32_t cp)
{
	size_t low = 0, high = width_table_count;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (cp > width_table[mid].last)
			low = mid + 1;
		else if (cp < width_table[mid].first)
			high = mid;
		else
			return true;
	}
	return false;
}

int width_char(char32_t cp)
{
	if (cp >= 0x20 && cp < 0x7F)
		return 1;
	if ((cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0xAC00 && cp <= 0xD7A3))
		return 2;
	if (cp < 0xA0 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		return -1;

	if (ambiguous_cells == 2 && is_ambiguous(cp))
		return 2;
	return uc_width(cp, "UTF-8");
}

/* ncursesw asks this one instead of the C library's. */
int wcwidth(wchar_t wc)
{
	return wc == L'\0' ? 0 : width_char((char32_t)wc);
}

size_t width_fit(const char *text, int cells, int *used)
{
	const char *end = text + strlen(text), *at = text, *next = text;
	int taken = 0;

	while (next < end) {
		int wide = width_char(utf8_next(&next, end));

		if (wide < 0)
			wide = 0;
		if (wide > cells - taken)
			break;
		taken += wide;
		at = next;
	}
	if (used)
		*used = taken;
	return (size_t)(at - text);
}

int width_text(const char *text)
{
	int cells;

	width_fit(text, INT_MAX, &cells);
	return cells;
}
