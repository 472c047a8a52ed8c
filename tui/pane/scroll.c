#include "pane/panes.h"

static size_t clamp(long value, size_t count)
{
	if (value < 0 || count == 0)
		return 0;
	return (size_t)value < count ? (size_t)value : count - 1;
}

void scroll_move(struct scroll *scroll, long delta)
{
	size_t height = scroll->height ? scroll->height : 1;

	scroll->cursor = clamp((long)scroll->cursor + delta, scroll->count);
	if (scroll->cursor < scroll->top)
		scroll->top = scroll->cursor;
	else if (scroll->cursor >= scroll->top + height)
		scroll->top = scroll->cursor - height + 1;
	scroll_text(scroll, 0);
}

void scroll_text(struct scroll *scroll, long delta)
{
	size_t room = scroll->count > scroll->height
			      ? scroll->count - scroll->height + 1
			      : 1;

	scroll->top = clamp((long)scroll->top + delta, room);
}
