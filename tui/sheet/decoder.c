#include "sheet/encoding.h"

#include <string.h>

#include "base/utf8.h"

bool decoder_open(struct decoder *decoder, enum encoding encoding,
		  const char *bytes, size_t len, struct err *err)
{
	decoder->encoding = encoding;
	decoder->at = bytes;
	decoder->left = len;
	decoder->broken = false;
	if (encoding == ENCODING_UTF8)
		return true;
	decoder->converter = iconv_open("UTF-8", encoding_name(encoding));
	if (decoder->converter == (iconv_t)-1)
		return err_set(err, ERR_INTERNAL,
			       "本机的 iconv 不认识 %s，请安装完整的 libc6",
			       encoding_name(encoding));
	return true;
}

/* Valid UTF-8 needs no copy. */
static void next_slice(struct decoder *decoder, const char **piece, size_t *len)
{
	*piece = decoder->at;
	*len = decoder->left;
	if (*len > sizeof(decoder->out))
		*len = utf8_cut(decoder->at, sizeof(decoder->out));
	decoder->at += *len;
	decoder->left -= *len;
}

bool decoder_next(struct decoder *decoder, const char **piece, size_t *len)
{
	if (decoder->left == 0 || decoder->broken)
		return false;
	if (decoder->encoding == ENCODING_UTF8) {
		next_slice(decoder, piece, len);
		return true;
	}

	char *to = decoder->out, *from;
	size_t room = sizeof(decoder->out), left = decoder->left;

	/* iconv() does not write to its input, but its type says it may. */
	memcpy(&from, &decoder->at, sizeof(from));
	iconv(decoder->converter, &from, &left, &to, &room);
	decoder->at = from;
	decoder->left = left;
	*piece = decoder->out;
	*len = sizeof(decoder->out) - room;
	/* With this much room left only bytes that are none stop it. */
	decoder->broken = left > 0 && room > 16;
	return *len > 0;
}

void decoder_close(struct decoder *decoder)
{
	if (decoder->encoding != ENCODING_UTF8)
		iconv_close(decoder->converter);
}
