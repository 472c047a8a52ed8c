#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/width.h"
#include "pane/panes.h"

struct menu_item *menu_add(struct menu *menu)
{
	struct menu_item *item;

	/* Grown by whole doublings: the count is a power of two when full. */
	if ((menu->count & (menu->count - 1)) == 0)
		menu->items = mem_resize(menu->items,
					 (menu->count ? menu->count * 2 : 1) *
						 sizeof(*menu->items));
	item = &menu->items[menu->count++];
	menu->scroll.count = menu->count; /* keys may come before it is drawn */
	memset(item, 0, sizeof(*item));
	item->label = "";
	return item;
}

void menu_free(struct menu *menu)
{
	free(menu->items);
	*menu = (struct menu){0};
}

/* The widest label, or the widest key, and two blanks behind it. */
static int column_cells(const struct menu *menu, bool keys)
{
	int most = 0;

	for (size_t i = 0; i < menu->count; i++) {
		int cells = width_text(keys ? menu->items[i].key
					    : menu->items[i].label);

		if (cells > most)
			most = cells;
	}
	return most ? most + 2 : 0;
}

void menu_draw(struct menu *menu, struct canvas *canvas, struct rect area)
{
	struct scroll *scroll = &menu->scroll;
	int keys = column_cells(menu, true), label = column_cells(menu, false);

	scroll->count = menu->count;
	scroll->height = (size_t)area.height;
	scroll_move(scroll, 0);
	for (int i = 0; i < area.height; i++) {
		size_t n = scroll->top + (size_t)i;
		int y = area.y + i, x = area.x + 2;

		if (n >= menu->count)
			break;
		const struct menu_item *item = &menu->items[n];
		canvas_fill(canvas, y, area.x, 1, STYLE_BOLD,
			    n == scroll->cursor ? '>' : ' ');
		canvas_text(canvas, y, x, keys, STYLE_BOLD, item->key);
		x += keys;
		canvas_text(canvas, y, x, label, item->style, item->label);
		x += label;
		canvas_text_cut(canvas, y, x, area.x + area.width - x,
				item->style, item->detail);
	}
	canvas_cursor(canvas, area.y + (int)(scroll->cursor - scroll->top),
		      area.x);
}
