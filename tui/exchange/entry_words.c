#include "domain/field_words.h"
#include "exchange/entry.h"

const char *entry_words(const struct entries *entries,
			const struct entry *entry)
{
	struct buf out = {0}, before = {0}, after = {0};

	for (int i = 1; i < FIELD_END; i++) {
		const struct field *field = &fields[i];

		if (field_equal(field, entry->base, entry->next))
			continue;
		buf_reset(&before);
		buf_reset(&after);
		field_canonical(field, entry->base, &before);
		field_canonical(field, entry->next, &after);
		field_words(field, buf_text(&before), buf_text(&after),
			    entries->config, key_session(entry->key), &out);
	}

	const char *words = arena_str(entries->arena, buf_text(&out), out.len);
	buf_free(&out);
	buf_free(&before);
	buf_free(&after);
	return words;
}
