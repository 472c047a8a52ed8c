#include "config/yaml.h"

#include <ctype.h>
#include <string.h>
#include <yaml.h>

#include "config/syntax.h"

/* Sections that are tried again behind a mistake in the syntax. */
enum { RETRIES = 50 };

struct level {
	struct node *node, *last;
	const struct node *key; /* read, and waiting for its value */
};

struct reader {
	yaml_parser_t parser;
	const struct mended *mended;
	const char *start;    /* of the text that is being read */
	uint32_t lines_above; /* it */
	struct arena *arena;
	struct mistakes *mistakes;
	struct level levels[YAML_DEPTH_MAX];
	size_t depth, nodes, documents;
	struct node *root;
	struct node *last_text; /* without quotes, and the line it ends in */
	uint32_t last_text_end;
	bool broken; /* a mistake in the syntax */
	bool hopeless;
};

static struct place place_of(const struct reader *reader, yaml_mark_t mark)
{
	struct place at = {(uint32_t)mark.line + 1 + reader->lines_above,
			   (uint32_t)mark.column + 1};

	return slips_place(reader->mended, at);
}

static void give_up(struct reader *reader, struct place at, const char *why)
{
	mistake_add(reader->mistakes, at, "%s", why);
	reader->broken = reader->hopeless = true;
}

static struct node *new_node(struct reader *reader, enum node_kind kind,
			     yaml_mark_t mark)
{
	struct node *node = arena_alloc(reader->arena, sizeof(*node));

	node->kind = kind;
	node->at = place_of(reader, mark);
	node->text = "";
	if (++reader->nodes > YAML_NODES_MAX)
		give_up(reader, node->at, "内容太多，后面的没有再读");
	return node;
}

static void append(struct level *level, struct node *node)
{
	node->key = level->key;
	level->key = NULL;
	if (level->last)
		level->last->next = node;
	else
		level->node->first = node;
	level->last = node;
	level->node->count++;
}

/* Put a finished or opened node where it belongs. */
static void place_node(struct reader *reader, struct node *node)
{
	if (reader->depth == 0) {
		if (!reader->root || node->kind == NODE_MAP)
			reader->root = node;
		return;
	}

	struct level *level = &reader->levels[reader->depth - 1];

	if (level->node->kind != NODE_MAP || level->key) {
		append(level, node);
		return;
	}
	if (node->kind == NODE_LIST || node->kind == NODE_MAP)
		mistake_add(reader->mistakes, node->at,
			    "冒号前面只能是一个名称，不能是列表");
	level->key = node;
}

/* A section behind a mistake goes on with the map of those before it. */
static struct node *root_again(struct reader *reader, enum node_kind kind)
{
	struct node *root = reader->root;

	return reader->depth == 0 && root && root->kind == kind ? root : NULL;
}

static void open_node(struct reader *reader, enum node_kind kind,
		      yaml_mark_t mark)
{
	struct node *node = root_again(reader, kind);

	if (!node) {
		node = new_node(reader, kind, mark);
		place_node(reader, node);
	}
	if (reader->depth == YAML_DEPTH_MAX) {
		give_up(reader, node->at, "嵌套太深，最多 16 层");
		return;
	}

	struct level *level = &reader->levels[reader->depth++];

	*level = (struct level){.node = node, .last = node->first};
	while (level->last && level->last->next)
		level->last = level->last->next;
}

static void add_text(struct reader *reader, const yaml_event_t *event)
{
	struct node *node = new_node(reader, NODE_TEXT, event->start_mark);
	const char *text = (const char *)event->data.scalar.value;

	node->len = event->data.scalar.length;
	node->text = arena_str(reader->arena, text, node->len);
	node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	if (node->plain) {
		reader->last_text = node;
		reader->last_text_end = place_of(reader, event->end_mark).line;
	}
	place_node(reader, node);
}

/* What is YAML, but not a configuration. */
static void refuse(struct reader *reader, yaml_mark_t mark,
		   const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (anchor)
		mistake_add(reader->mistakes, place_of(reader, mark),
			    "不支持锚点“&%s”；如果“&”是文字，请加引号",
			    mistake_quote(reader->mistakes,
					  (const char *)anchor,
					  strlen((const char *)anchor)));
	if (tag)
		mistake_add(reader->mistakes, place_of(reader, mark),
			    "不支持“!”标签；如果“!”是文字，请加引号");
}

static void add_alias(struct reader *reader, const yaml_event_t *event)
{
	const char *name = (const char *)event->data.alias.anchor;
	struct node *node = new_node(reader, NODE_BROKEN, event->start_mark);

	mistake_add(reader->mistakes, node->at,
		    "不支持别名引用“*%s”；如果“*”是文字，请加引号",
		    mistake_quote(reader->mistakes, name, strlen(name)));
	place_node(reader, node);
}

static void take(struct reader *reader, const yaml_event_t *event)
{
	yaml_mark_t mark = event->start_mark;

	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (reader->documents++ > 0)
			give_up(reader, place_of(reader, mark),
				"一个文件只能有一份配置，这里又开始了一份");
		break;
	case YAML_SCALAR_EVENT:
		refuse(reader, mark, event->data.scalar.anchor,
		       event->data.scalar.tag);
		add_text(reader, event);
		break;
	case YAML_SEQUENCE_START_EVENT:
		refuse(reader, mark, event->data.sequence_start.anchor,
		       event->data.sequence_start.tag);
		open_node(reader, NODE_LIST, mark);
		break;
	case YAML_MAPPING_START_EVENT:
		refuse(reader, mark, event->data.mapping_start.anchor,
		       event->data.mapping_start.tag);
		open_node(reader, NODE_MAP, mark);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		reader->depth--;
		break;
	case YAML_ALIAS_EVENT:
		add_alias(reader, event);
		break;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_END_EVENT:
	default:
		break;
	}
}

static const char *next_line(const char *at, const char *end)
{
	while (at < end && *at != '\n' && *at != '\r')
		at++;
	if (at == end)
		return at;
	return at + (*at == '\r' && at + 1 < end && at[1] == '\n' ? 2 : 1);
}

/* The last line before `line` that begins with a name at its left edge. */
static uint32_t section_before(const struct reader *reader, uint32_t line)
{
	const char *end = reader->mended->text.text + reader->mended->text.len;
	const char *at = reader->start;
	uint32_t number = reader->lines_above + 1, section = number;

	for (; at < end && number < line; number++) {
		if (isalpha((unsigned char)*at))
			section = number;
		at = next_line(at, end);
	}
	return section;
}

static struct syntax_error error_of(const struct reader *reader)
{
	const yaml_parser_t *parser = &reader->parser;
	bool context = parser->context && parser->context_mark.index > 0;
	struct place at = place_of(reader, parser->problem_mark);

	return (struct syntax_error){
		.problem = parser->problem ? parser->problem : "",
		.context = parser->context ? parser->context : "",
		.at = at,
		.from = place_of(reader, context ? parser->context_mark
						 : parser->problem_mark),
		.section = section_before(reader, at.line),
	};
}

/*
 * The last line that belongs to the mistake. What is left open swallows the
 * lines behind it, so there it is the line where it was opened.
 */
static uint32_t last_line(const struct syntax_error *error)
{
	bool opened = strstr(error->context, "flow") ||
		      strstr(error->context, "quoted") ||
		      strstr(error->context, "simple key");

	return opened ? error->from.line : error->at.line;
}

/* A text that ran on into the line of the mistake means nothing. */
static void drop_text(struct reader *reader, uint32_t line)
{
	struct node *text = reader->last_text;

	if (text && text->at.line < line && reader->last_text_end >= line)
		text->kind = NODE_BROKEN;
}

/* Everything that was still open has no end. */
static void cut_short(struct reader *reader)
{
	while (reader->depth > 0)
		reader->levels[--reader->depth].node->cut = true;
	if (reader->root)
		reader->root->cut = true;
	reader->broken = true;
}

/* One run of libyaml; false when it stopped, with the mistake in *error. */
static bool read_section(struct reader *reader, struct syntax_error *error)
{
	const char *end = reader->mended->text.text + reader->mended->text.len;
	bool more = true, ok = true;
	yaml_event_t event;

	if (!yaml_parser_initialize(&reader->parser))
		return false;
	yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reader->parser,
				     (const unsigned char *)reader->start,
				     (size_t)(end - reader->start));
	reader->documents = 0;
	while (more && !reader->hopeless) {
		ok = yaml_parser_parse(&reader->parser, &event);
		if (!ok)
			break;
		take(reader, &event);
		more = event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	if (!ok)
		*error = error_of(reader);
	yaml_parser_delete(&reader->parser);
	return ok;
}

/*
 * Move to the next line behind the mistake's that begins with a letter. A
 * bracket that is not closed swallows what follows, so it counts from there.
 */
static bool next_section(struct reader *reader, uint32_t behind)
{
	const char *end = reader->mended->text.text + reader->mended->text.len;
	const char *at = reader->start;
	uint32_t line = reader->lines_above + 1;

	while (at < end) {
		at = next_line(at, end);
		line++;
		if (at < end && line > behind && isalpha((unsigned char)*at))
			break;
	}
	reader->start = at;
	reader->lines_above = line - 1;
	return at < end;
}

bool yaml_read(const struct mended *mended, struct node **out,
	       struct mistakes *mistakes)
{
	struct reader reader = {.mended = mended,
				.start = mended->text.text,
				.arena = mistakes->arena,
				.mistakes = mistakes};
	struct syntax_error error = {"", "", {1, 1}, {1, 1}, 1};

	for (int i = 0; i < RETRIES; i++) {
		if (read_section(&reader, &error))
			break;
		syntax_tell(&error, mended, mistakes);
		drop_text(&reader, error.at.line);
		cut_short(&reader);
		if (!next_section(&reader, last_line(&error)))
			break;
	}
	if (reader.hopeless)
		cut_short(&reader);
	*out = reader.root;
	return !reader.broken;
}

const struct node *yaml_get(const struct node *map, const char *name)
{
	const struct node *found = NULL, *at;

	if (!map || map->kind != NODE_MAP)
		return NULL;
	for (at = map->first; at; at = at->next)
		if (at->key->kind == NODE_TEXT &&
		    strcmp(at->key->text, name) == 0)
			found = at;
	return found;
}
