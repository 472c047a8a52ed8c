#include "config/config.h"

#include <string.h>

#include "base/clean.h"
#include "base/utf8.h"
#include "config/schema.h"

struct printer {
	const struct config *config;
	struct buf *out;
};

static const void *pointer_at(const char *base, size_t offset)
{
	const void *pointer;

	memcpy(&pointer, base + offset, sizeof(pointer));
	return pointer;
}

static size_t count_at(const char *base, const struct setting *setting)
{
	size_t count;

	memcpy(&count, base + setting->count, sizeof(count));
	return count;
}

static int int_at(const char *base, const struct setting *setting)
{
	int value;

	memcpy(&value, base + setting->offset, sizeof(value));
	return value;
}

/* Ideographs, digits and letters mean nothing else to YAML. */
static bool is_plain(const char *text)
{
	const char *end = text + strlen(text);

	if (!*text || strcmp(text, "null") == 0)
		return false;
	while (text < end) {
		char32_t cp = utf8_next(&text, end);

		if (!(cp >= '0' && cp <= '9') && !(cp >= 'a' && cp <= 'z') &&
		    !(cp >= 'A' && cp <= 'Z') && cp != '_' &&
		    !(cp >= 0x4E00 && cp <= 0x9FFF))
			return false;
	}
	return true;
}

static void print_text(struct buf *out, const char *text)
{
	if (is_plain(text)) {
		buf_str(out, text);
		return;
	}
	buf_char(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_char(out, '\\');
		buf_char(out, *text);
	}
	buf_char(out, '"');
}

static void print_date(struct buf *out, day d)
{
	char text[11];

	day_format(d, text);
	buf_str(out, *text ? text : "\"\"");
}

static void print_session(struct buf *out, session s)
{
	char text[8];

	session_format(s, text);
	buf_str(out, text);
}

static void print_list(const struct printer *printer,
		       const struct setting *setting, const char *base)
{
	const struct choices *statuses =
		&printer->config->choices[CHOICE_STATUS];
	const void *items = pointer_at(base, setting->offset);
	size_t count = count_at(base, setting);
	struct buf *out = printer->out;

	buf_char(out, '[');
	for (size_t i = 0; i < count; i++) {
		buf_str(out, i ? ", " : "");
		if (setting->type == SETTING_INTS)
			buf_printf(out, "%d", ((const int *)items)[i]);
		else if (setting->type == SETTING_WORDS)
			buf_str(out, word_name(setting->words,
					       ((const int *)items)[i]));
		else if (setting->type == SETTING_TEXTS)
			print_text(out, ((const char *const *)items)[i]);
		else
			print_text(out,
				   statuses->items[((const uint16_t *)items)[i]]
					   .code);
	}
	buf_char(out, ']');
}

static void print_letter(struct buf *out, char letter)
{
	const char text[2] = {letter, '\0'};

	print_text(out, text);
}

static void print_value(const struct printer *printer,
			const struct setting *setting, const char *base)
{
	const char *member = base + setting->offset;
	struct buf *out = printer->out;
	uint16_t number;
	bool yes;

	switch (setting->type) {
	case SETTING_TEXT:
	case SETTING_CODE:
		print_text(out, pointer_at(base, setting->offset));
		break;
	case SETTING_INT:
		buf_printf(out, "%d", int_at(base, setting));
		break;
	case SETTING_BOOL:
		memcpy(&yes, member, sizeof(yes));
		buf_str(out, yes ? "true" : "false");
		break;
	case SETTING_WORD:
		buf_str(out, word_name(setting->words, int_at(base, setting)));
		break;
	case SETTING_LETTER:
	case SETTING_KEY:
		print_letter(out, *member);
		break;
	case SETTING_DATE:
		memcpy(&number, member, sizeof(number));
		print_date(out, number);
		break;
	case SETTING_SESSION:
		memcpy(&number, member, sizeof(number));
		print_session(out, number);
		break;
	case SETTING_TEXTS:
	case SETTING_INTS:
	case SETTING_WORDS:
	case SETTING_STATUSES:
		print_list(printer, setting, base);
		break;
	case SETTING_GROUP:
	case SETTING_LIST:
		break;
	}
}

/* One item on a line: {code: jxj, name: 经济和信息化局} */
static void print_item(const struct printer *printer, enum group group,
		       const char *base)
{
	const struct setting *at, *last;
	const char *before = "  - {";

	for (schema_group(group, &at, &last); at < last; at++) {
		buf_printf(printer->out, "%s%s: ", before, at->name);
		print_value(printer, at, base);
		before = ", ";
	}
	buf_str(printer->out, "}\n");
}

static void print_items(const struct printer *printer,
			const struct setting *setting, const char *base)
{
	const char *items = pointer_at(base, setting->offset);
	size_t count = count_at(base, setting);

	for (size_t i = 0; i < count; i++)
		print_item(printer, setting->members,
			   items + i * setting->size);
}

static void print_group(const struct printer *printer, enum group group,
			const char *base, int indent)
{
	const struct setting *at, *last;

	for (schema_group(group, &at, &last); at < last; at++) {
		buf_printf(printer->out, "%*s%s:", indent, "", at->name);
		if (at->type == SETTING_LIST || at->type == SETTING_GROUP) {
			buf_char(printer->out, '\n');
			if (at->type == SETTING_LIST)
				print_items(printer, at, base);
			else
				print_group(printer, at->members,
					    base + at->offset, indent + 2);
			continue;
		}
		buf_char(printer->out, ' ');
		print_value(printer, at, base);
		buf_char(printer->out, '\n');
	}
}

void config_print(const struct config *config, struct buf *out)
{
	const struct printer printer = {config, out};

	buf_str(out, "# ");
	if (*config->source)
		clean_line(out, config->source, strlen(config->source));
	else
		buf_str(out, "内置配置，没有找到 proposals.yaml");
	buf_char(out, '\n');
	print_group(&printer, GROUP_ROOT, (const char *)config, 0);
}

void config_print_views(const struct config *config, struct buf *out)
{
	const struct printer printer = {config, out};
	const struct setting *views = schema_views();

	buf_printf(out, "%s:\n", views->name);
	print_items(&printer, views, (const char *)config);
}
