#include "query/views.h"

#include <string.h>

#include "base/clean.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "query/lex.h"
#include "query/sieve.h"

void look_default(const struct config *config, struct look *out)
{
	*out = (struct look){.columns.count = config->list_count};
	for (size_t i = 0; i < config->list_count; i++)
		out->columns.items[i] = config->list[i];
}

/* The order and the columns, as texts. */
static void write_texts(const struct look *look, struct buf texts[VIEW_TEXTS])
{
	order_write(&look->order, &texts[VIEW_SORT]);
	if (look->order.grouped)
		buf_str(&texts[VIEW_GROUP], facet_name(look->order.group));
	list_columns_write(&look->columns, &texts[VIEW_COLUMNS]);
}

bool look_same(const struct look *a, const struct look *b)
{
	struct buf first[VIEW_TEXTS] = {0}, second[VIEW_TEXTS] = {0};
	bool same = memcmp(&a->filter, &b->filter, sizeof(a->filter)) == 0;

	write_texts(a, first);
	write_texts(b, second);
	for (int t = 0; t < VIEW_TEXTS; t++) {
		same = same &&
		       strcmp(buf_text(&first[t]), buf_text(&second[t])) == 0;
		buf_free(&first[t]);
		buf_free(&second[t]);
	}
	return same;
}

/* The value of the current session, -1 if there is no such proposal. */
static int current_session(const struct catalog *catalog)
{
	char code[8];

	session_format(catalog->config->current, code);
	return catalog_match(catalog, FACET_SESSION, code);
}

/* Where the condition names no session. */
static void choose_session(const struct view *view,
			   const struct catalog *catalog, struct filter *filter)
{
	int current = current_session(catalog);

	if (view->session == VIEW_CURRENT && current >= 0 &&
	    !filter_narrows(filter, FACET_SESSION))
		filter_only(filter, FACET_SESSION, (size_t)current);
}

/* One text but the filter, into *out. */
static bool read_text(const struct view *view, enum view_text text,
		      struct look *out, struct err *err)
{
	if (text == VIEW_SORT)
		return order_parse(&out->order, view->sort, err);
	if (text == VIEW_GROUP)
		return !*view->group ||
		       order_group(&out->order, view->group, err);
	return !*view->columns ||
	       list_columns_parse(view->columns, &out->columns, err);
}

bool view_read(const struct view *view, const struct language *language,
	       struct look *out, struct view_fault *fault, struct err *err)
{
	struct view_fault found = {VIEW_FILTER, 0};

	look_default(language->catalog->config, out);
	bool ok = filter_parse(&out->filter, language, view->filter, &found.at,
			       err);
	for (enum view_text t = VIEW_SORT; ok && t < VIEW_TEXTS; t++) {
		found = (struct view_fault){t, 0};
		ok = read_text(view, t, out, err);
	}
	if (!ok && fault)
		*fault = found;
	choose_session(view, language->catalog, &out->filter);
	return ok;
}

/* --- What is left of one whose values are gone --- */

static void tell(struct buf *lost, const char *sentence)
{
	buf_printf(lost, "%s%s", lost->len ? "；" : "", sentence);
}

/* The end of the condition at `at`: a blank that is not quoted. */
static const char *condition_end(const char *at)
{
	struct buf unused = {0};

	while (*at && !lex_blank(at)) {
		if (lex_quote(at))
			lex_text(&at, &unused);
		else
			at++;
	}
	buf_free(&unused);
	return at;
}

/* Where the condition begins that holds the byte `wrong`. */
static const char *condition_at(const char *text, const char *wrong)
{
	for (;;) {
		while (lex_blank(text))
			text += lex_blank(text);

		const char *end = condition_end(text);

		if (wrong < end || !*end)
			return text;
		text = end;
	}
}

/*
 * One value of several, with a comma; NULL when nothing would be left of the
 * condition.
 */
static const char *value_cut(const char *begin, const char **wrong)
{
	const char *end = *wrong;
	struct buf unused = {0};

	lex_value(&end, &unused);
	buf_free(&unused);
	if (end == *wrong)
		return NULL;
	if (lex_comma(end))
		return end + lex_comma(end);
	if (*wrong == begin || (*wrong)[-1] != ',')
		return NULL;
	(*wrong)--;
	return end;
}

/* Cut out of the text what stands at `at` and makes no sense. */
static void cut(struct buf *text, size_t at)
{
	const char *all = buf_text(text), *wrong = all + at;
	const char *begin = condition_at(all, wrong);
	const char *end = value_cut(begin, &wrong);
	struct buf rest = {0};

	if (!end) {
		wrong = begin;
		end = condition_end(begin);
	}
	buf_add(&rest, all, (size_t)(wrong - all));
	buf_str(&rest, end);
	buf_free(text);
	*text = rest;
}

/* Each turn takes something away. */
static void salvage_filter(const char *filter, const struct language *language,
			   struct filter *out, struct buf *lost)
{
	struct buf text = {0};
	struct err err;
	size_t at, len;

	buf_str(&text, filter);
	do {
		if (filter_parse(out, language, buf_text(&text), &at, &err))
			break;
		tell(lost, err.text);
		len = text.len;
		cut(&text, at);
	} while (text.len < len);
	buf_free(&text);
}

void view_salvage(const struct view *view, const struct language *language,
		  struct look *out, struct buf *lost)
{
	struct err err;

	look_default(language->catalog->config, out);
	for (enum view_text t = VIEW_SORT; t < VIEW_TEXTS; t++)
		if (!read_text(view, t, out, &err))
			tell(lost, err.text);
	salvage_filter(view->filter, language, &out->filter, lost);
	choose_session(view, language->catalog, &out->filter);
}

/* --- As texts --- */

/* The current session alone needs no words: next year it is another. */
static enum view_session take_session(struct filter *filter,
				      const struct catalog *catalog)
{
	int current = current_session(catalog);

	if (!filter_narrows(filter, FACET_SESSION))
		return VIEW_ALL;
	if (current >= 0 && filter->chosen[FACET_SESSION] == 1 &&
	    !filter->excluded[FACET_SESSION] &&
	    filter_has(filter, FACET_SESSION, (size_t)current))
		filter_any(filter, FACET_SESSION);
	return VIEW_CURRENT;
}

static const char *keep(struct arena *arena, struct buf *text)
{
	const char *copy = arena_str(arena, buf_text(text), text->len);

	buf_free(text);
	return copy;
}

/* Columns as the configuration has them are not said. */
static bool usual_columns(const struct look *look,
			  const struct catalog *catalog)
{
	struct look usual;

	look_default(catalog->config, &usual);
	usual.filter = look->filter;
	usual.order = look->order;
	return look_same(&usual, look);
}

void view_write_all(const struct look *look, const struct catalog *catalog,
		    struct arena *arena, struct view *out)
{
	struct filter filter = look->filter;
	struct buf texts[VIEW_TEXTS] = {0};

	filter.marked = FLAG_ANY;
	out->session = take_session(&filter, catalog);
	filter_format(&filter, catalog, SPELL_CODES, &texts[VIEW_FILTER]);
	write_texts(look, texts);
	if (usual_columns(look, catalog))
		buf_free(&texts[VIEW_COLUMNS]);
	out->filter = keep(arena, &texts[VIEW_FILTER]);
	out->sort = keep(arena, &texts[VIEW_SORT]);
	out->group = keep(arena, &texts[VIEW_GROUP]);
	out->columns = keep(arena, &texts[VIEW_COLUMNS]);
}

bool view_write(const struct look *look, const struct catalog *catalog,
		struct arena *arena, struct view *out, struct err *err)
{
	if (look->filter.marked != FLAG_ANY)
		return err_set(err, ERR_REFUSED,
			       "“已选”只在这一次有意义，不能存进视图，"
			       "请先去掉这个条件");
	view_write_all(look, catalog, arena, out);
	return utf8_count(out->filter) <= VIEW_FILTER_MAX ||
	       err_set(err, ERR_REFUSED, "条件太长，存不成视图，最多 %d 个字",
		       VIEW_FILTER_MAX);
}

static void comma(struct buf *out, size_t from)
{
	if (out->len > from)
		buf_str(out, "，");
}

void look_explain(const struct look *look, const struct catalog *catalog,
		  struct buf *out)
{
	struct filter filter = look->filter;
	struct buf words = {0}, order = {0};
	size_t from = out->len;

	if (take_session(&filter, catalog) == VIEW_ALL)
		buf_str(out, "各届");
	filter_explain(&filter, catalog, 0, &words);
	if (words.len) {
		comma(out, from);
		buf_str(out, buf_text(&words));
	}
	order_explain(&look->order, &order);
	if (order.len) {
		comma(out, from);
		buf_printf(out, "按%s排列", buf_text(&order));
	}
	if (look->order.grouped) {
		comma(out, from);
		buf_printf(out, "按%s分组", facet_label(look->order.group));
	}
	if (out->len == from)
		buf_str(out, "全部");
	buf_free(&words);
	buf_free(&order);
}

/* Rows side by side: the sum of a chunk fits. */
static size_t passed(const uint8_t *fails)
{
	uint16_t count = 0;

	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		count = (uint16_t)(count + (fails[i] == 0));
	return count;
}

size_t look_count(const struct look *look, const struct reading *reading,
		  const struct catalog *catalog, day today)
{
	const struct query query = {
		.reading = reading,
		.catalog = catalog,
		.filter = &look->filter,
		.today = today,
	};
	struct sieve *sieve = sieve_new(&query, false, false);
	size_t count = 0;

	for (size_t chunk = 0; chunk < sieve->chunks; chunk++) {
		sieve_chunk(sieve, chunk);
		count += sieve->barren ? 0 : passed(sieve->fails);
	}
	sieve_free(sieve);
	return count;
}

/* --- Those of the configuration --- */

static void tell_mistake(const struct config *config, const struct view *view,
			 struct view_fault fault, const struct err *why,
			 struct buf *mistakes, struct err *err)
{
	const char *from = view->filter, *end = from + fault.at;
	struct view_place place = view->at[fault.text];
	struct buf name = {0};

	for (; fault.text == VIEW_FILTER && from < end; place.column++)
		utf8_next(&from, end);
	clean_line(&name, config->source, strlen(config->source));
	err_set(err, ERR_CONFIG, "%s:%u:%u: 视图“%s”的“%s”，%s",
		*config->source ? buf_text(&name) : "proposals.yaml.example",
		place.line, place.column, view->name,
		view_text_name(fault.text), why->text);
	buf_printf(mistakes, "%s\n", err->text);
	buf_free(&name);
}

static bool check_views_of(const struct config *config, struct buf *mistakes,
			   struct err *err)
{
	struct catalog catalog = {0};
	struct err first = {0}, why, told;
	struct view_fault fault;
	struct look look;

	if (!config->view_count)
		return true;
	catalog_update(&catalog, config, NULL);
	const struct language language = {.catalog = &catalog,
					  .today = clock_today()};
	for (size_t i = 0; i < config->view_count; i++) {
		const struct view *view = &config->views[i];

		if (view_read(view, &language, &look, &fault, &why))
			continue;
		tell_mistake(config, view, fault, &why, mistakes, &told);
		if (!first.code)
			first = told;
	}
	catalog_free(&catalog);
	if (first.code)
		*err = first;
	return !first.code;
}

bool views_load_config(struct config **out, const char *path,
		       struct buf *mistakes, struct err *err)
{
	if (!config_load(out, path, mistakes, err))
		return false;
	if (check_views_of(*out, mistakes, err))
		return true;
	config_free(*out);
	*out = NULL;
	return false;
}
