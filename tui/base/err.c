#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* A path may be longer than the whole text, and what went wrong must fit. */
enum { CONTEXT_MAX = 400 };

/* Into text[size], cut between characters; the length. */
PRINTF(3, 0)
static size_t format(char *text, size_t size, const char *fmt, va_list ap)
{
	int wanted = vsnprintf(text, size, fmt, ap);
	size_t len = wanted < 0 ? 0 : (size_t)wanted;

	if (len >= size)
		len = utf8_cut(text, size - 1);
	text[len] = '\0';
	return len;
}

bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	char text[sizeof(err->text)]; /* the arguments may point into *err */
	va_list ap;

	va_start(ap, fmt);
	size_t len = format(text, sizeof(text), fmt, ap);
	va_end(ap);
	err->code = code;
	memcpy(err->text, text, len + 1);
	return false;
}

bool err_in(struct err *err, const char *fmt, ...)
{
	char context[CONTEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	format(context, sizeof(context), fmt, ap);
	va_end(ap);
	return err_set(err, err->code, "%s：%s", context, err->text);
}

int err_status(enum err_code code)
{
	switch (code) {
	case ERR_NONE:
		return 0;
	case ERR_NOT_FOUND:
		return 1;
	case ERR_USAGE:
		return 2;
	case ERR_CONFIG:
		return 3;
	case ERR_STORE:
		return 4;
	case ERR_REFUSED:
	case ERR_CONFLICT:
	case ERR_DENIED:
		return 5;
	case ERR_BUSY:
		return 6;
	case ERR_INTERNAL:
		break;
	}
	return 70;
}
