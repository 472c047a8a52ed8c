#include "claims.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/clean.h"
#include "base/utf8.h"
#include "domain/piece.h"

void claim_broken(const char *claim, const char *file, int line)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, claim);
	abort();
}

void claim_clean_line(const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end)
		HOLDS(clean_printable(utf8_next(&text, end)));
}

void claim_plain_line(const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end) {
		char32_t cp = utf8_next(&text, end);

		HOLDS(cp != UTF8_INVALID && piece_char(cp) == cp);
	}
}

static bool is_chinese(const char *text)
{
	const char *end = text + strlen(text);

	while (text < end) {
		char32_t cp = utf8_next(&text, end);

		if (cp >= 0x4E00 && cp < 0xA000)
			return true;
	}
	return false;
}

void claim_sentence(const char *text)
{
	claim_clean_line(text, strlen(text));
	HOLDS(is_chinese(text));
}

void claim_error(const struct err *err, enum err_code code)
{
	HOLDS(err->code == code);
	claim_sentence(err->text);
}

char *bytes_copy(const uint8_t *data, size_t size)
{
	char *bytes = malloc(size ? size : 1);

	HOLDS(bytes);
	if (size)
		memcpy(bytes, data, size);
	return bytes;
}

char *text_copy(const uint8_t *data, size_t size)
{
	size_t len = size ? strnlen((const char *)data, size) : 0;
	char *text = malloc(len + 1);

	HOLDS(text);
	if (len)
		memcpy(text, data, len);
	text[len] = '\0';
	return text;
}

int file_of(const void *data, size_t size)
{
	static int fd = -1;

	if (fd < 0)
		fd = memfd_create("fuzz", MFD_CLOEXEC);
	HOLDS(fd >= 0 && ftruncate(fd, 0) == 0);
	HOLDS(pwrite(fd, data, size, 0) == (ssize_t)size);
	HOLDS(lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}
