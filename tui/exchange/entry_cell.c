#include <string.h>

#include "domain/field_keep.h"
#include "exchange/entry.h"

struct target {
	const struct entries *entries;
	const struct entry *entry;
	const struct field *field;
	enum unit_role role;
	struct err *err;
};

/* What a column fills; false for the two that name the proposal. */
static bool find_field(int id, struct target *to)
{
	to->role = ROLE_LEAD;
	if (id == ROW_SESSION || id == ROW_NUMBER)
		return false;
	if (id == ROW_UNITS_JOINT)
		to->role = ROLE_JOINT;
	else if (id == ROW_UNITS_SEPARATE)
		to->role = ROLE_SEPARATE;
	to->field = &fields[id < FIELD_END ? id : FIELD_UNITS];
	return true;
}

/* Also when the configuration has lost its codes meanwhile. */
static bool says_nothing_new(const struct target *to, const char *text)
{
	struct buf stored = {0};

	if (!to->entry->base)
		return false;
	field_canonical(to->field, to->entry->base, &stored);
	bool same = strcmp(buf_text(&stored), text) == 0;
	buf_free(&stored);
	return same;
}

static bool set(const struct target *to, const char *text, size_t len)
{
	return field_set(to->field, to->entry->next, text, len,
			 to->entries->arena, to->err);
}

static bool read_typed(const struct target *to, struct proposal *p,
		       const char *text)
{
	return field_read(to->field, p, text, to->role, to->entries->config,
			  to->entries->arena, to->err);
}

static bool find_role(const char *name, size_t len, enum unit_role *out)
{
	for (enum unit_role role = 0; role < ROLE_COUNT; role++)
		if (strlen(role_name(role)) == len &&
		    memcmp(role_name(role), name, len) == 0) {
			*out = role;
			return true;
		}
	return false;
}

/* "lead 经信局 …": the same line with the department's code. */
static bool add_unit(struct target *to, const char *line, size_t len,
		     struct buf *out)
{
	size_t role = strcspn(line, " ");
	const char *word = line + role + 1;
	size_t size = strcspn(word, " \n");
	struct proposal found;

	if (!find_role(line, role, &to->role))
		return err_set(to->err, ERR_USAGE, "units 里有不认识的 role");
	proposal_init(&found, to->entry->key);
	word = arena_str(to->entries->arena, word, size);
	if (!read_typed(to, &found, word))
		return false;
	if (found.units.count != 1)
		return err_set(to->err, ERR_USAGE,
			       "units 的每一项只能写一个 department");
	if (out->len > 0)
		buf_char(out, '\n');
	buf_printf(out, "%s %s", role_name(to->role),
		   found.units.items[0].department);
	buf_add(out, line + role + 1 + size, len - role - 1 - size);
	return true;
}

static bool check_units(const struct target *to)
{
	const struct units *units = &to->entry->next->units;

	for (size_t i = 0; i < units->count; i++)
		for (size_t j = 0; j < i; j++)
			if (units->items[i].role == units->items[j].role &&
			    strcmp(units->items[i].department,
				   units->items[j].department) == 0)
				return err_set(
					to->err, ERR_USAGE,
					"units 里“%s”写了两次",
					config_label(
						to->entries->config,
						CHOICE_DEPARTMENT,
						units->items[i].department));
	return true;
}

static bool set_units(struct target *to, const char *text)
{
	struct buf out = {0};
	bool ok = true;

	while (ok && *text) {
		size_t len = strcspn(text, "\n");

		ok = add_unit(to, text, len, &out);
		text += len + (text[len] == '\n');
	}
	ok = ok && set(to, buf_text(&out), out.len) && check_units(to);
	buf_free(&out);
	return ok;
}

static bool read_cell(struct target *to, const struct row_cell *cell)
{
	if (cell->canonical && to->field->type == FIELD_TYPE_UNITS)
		return set_units(to, cell->text);
	if (cell->canonical && to->field->type == FIELD_TYPE_NAMES)
		return set(to, cell->text, strlen(cell->text));
	return read_typed(to, to->entry->next, cell->text);
}

/* 2024-10-04 as it should be; what is not that may still be a date. */
static bool is_date(const struct target *to, const char *text)
{
	struct err ignored;

	return to->field->type == FIELD_TYPE_DATE && strlen(text) == 10 &&
	       field_set(to->field, to->entry->next, text, 10,
			 to->entries->arena, &ignored);
}

/* Where the cell has a place among those of its column; NULL when what it
 * makes depends on what is there. */
static struct memo *find_memo(const struct target *to,
			      const struct row_cell *cell)
{
	uint32_t hash = 2166136261u;

	if (to->entry->base || (to->field->type != FIELD_TYPE_CODE &&
				(to->field->type != FIELD_TYPE_UNITS ||
				 to->entry->next->units.count)))
		return NULL;
	for (const char *at = cell->text; *at; at++)
		hash = (hash ^ (unsigned char)*at) * 16777619u;
	return &to->entries->memos[cell->field][hash % MEMOS];
}

static bool recall(const struct target *to, const struct row_cell *cell,
		   const struct memo *memo)
{
	struct proposal *p = to->entry->next;

	if (!memo->text || memo->canonical != cell->canonical ||
	    strcmp(memo->text, cell->text) != 0)
		return false;
	if (to->field->type == FIELD_TYPE_UNITS)
		p->units = memo->units;
	else
		*(const char **)((char *)p + to->field->offset) = memo->code;
	return true;
}

static void remember(const struct target *to, const struct row_cell *cell,
		     struct memo *memo)
{
	const struct proposal *p = to->entry->next;

	*memo = (struct memo){.text = cell->text, .canonical = cell->canonical};
	if (to->field->type == FIELD_TYPE_UNITS)
		memo->units = p->units;
	else
		memo->code = *(const char *const *)((const char *)p +
						    to->field->offset);
}

bool entry_cell(const struct entries *entries, const struct entry *entry,
		const struct row_cell *cell, struct err *err)
{
	struct target to = {.entries = entries, .entry = entry, .err = err};

	if (!find_field(cell->field, &to) || says_nothing_new(&to, cell->text))
		return true;
	if (!*cell->text)
		return set(&to, "", 0);
	if (field_keep(to.field, entry->next, cell->text, strlen(cell->text)) ||
	    is_date(&to, cell->text))
		return true;

	struct memo *memo = find_memo(&to, cell);
	if (memo && recall(&to, cell, memo))
		return true;
	if (!read_cell(&to, cell))
		return false;
	if (memo)
		remember(&to, cell, memo);
	return true;
}
