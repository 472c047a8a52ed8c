/*
 * A change of one field in a few words, as previews and summaries tell it:
 * 办理结果：空 → B, 备注：清空, 落实情况：已改（312字）.
 */
#ifndef DOMAIN_FIELD_WORDS_H
#define DOMAIN_FIELD_WORDS_H

#include "domain/field.h"

/* Add the change between two canonical texts, behind ； if there is some. */
void field_words(const struct field *field, const char *before,
		 const char *after, const struct config *config,
		 session current, struct buf *out);

#endif
