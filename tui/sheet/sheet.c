#include "sheet/sheet.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/mem.h"
#include "sheet/delimiter.h"
#include "sheet/encoding.h"
#include "sheet/table.h"

/* The decoder is checked, so it ends only with the text. */
static bool convert(struct decoder *decoder, FILE *out, unsigned *line,
		    struct err *err)
{
	struct table table;
	const char *piece = "";
	size_t len = 0;
	bool more = decoder_next(decoder, &piece, &len);

	table_begin(&table, delimiter_find(piece, len), out, err);
	while (more && table_add(&table, piece, len))
		more = decoder_next(decoder, &piece, &len);

	bool ok = !more && table_end(&table);
	*line = table.line;
	table_free(&table);
	return ok;
}

bool sheet_convert(const char *bytes, size_t len, FILE *out, unsigned *line,
		   struct err *err)
{
	enum encoding encoding;
	size_t mark;

	*line = 0;
	if (!encoding_find(bytes, len, &encoding, &mark, line, err))
		return false;
	fprintf(out, "{\"encoding\":\"%s\"}\n", encoding_name(encoding));

	struct decoder *decoder = mem_new(sizeof(*decoder));
	bool ok =
		decoder_open(decoder, encoding, bytes + mark, len - mark, err);
	if (ok) {
		ok = convert(decoder, out, line, err);
		decoder_close(decoder);
	}
	free(decoder);
	return ok;
}

void sheet_error(FILE *out, unsigned line, const struct err *err)
{
	struct buf text = {0};

	json_quote(err->text, &text);
	fprintf(out, "{\"error\":%s,\"line\":%u}\n", buf_text(&text), line);
	buf_free(&text);
}
