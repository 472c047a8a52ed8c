/*
 * proposals-sheet: a table on standard input, JSON Lines on standard output.
 * The only code that reads foreign file formats, and it may do nothing else.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "sheet/limits.h"
#include "sheet/sheet.h"

struct input {
	char *bytes;
	size_t len, cap;
	size_t mapped; /* from the file's start; 0: bytes are on the heap */
};

static bool too_long(const char *most, struct err *err)
{
	return err_set(err, ERR_USAGE, "文件超过 %s，请分成几个文件导入", most);
}

static bool read_more(struct input *input, bool *end, struct err *err)
{
	if (input->len == input->cap) {
		input->cap = input->cap ? input->cap * 2 : 1 << 16;
		if (input->cap > SHEET_PIPE_MAX)
			input->cap = SHEET_PIPE_MAX + 1;
		input->bytes = mem_resize(input->bytes, input->cap);
	}

	ssize_t got = read(STDIN_FILENO, input->bytes + input->len,
			   input->cap - input->len);
	if (got < 0)
		return err_set(err, ERR_USAGE, "读文件出错：%s",
			       err_words(errno));
	*end = got == 0;
	input->len += (size_t)got;
	return input->len <= SHEET_PIPE_MAX || too_long("256 MB", err);
}

static bool read_all(struct input *input, struct err *err)
{
	bool end = false;

	while (!end)
		if (!read_more(input, &end, err))
			return false;
	return true;
}

/* What is in a file needs no memory, however long it is. */
static size_t file_size(void)
{
	struct stat in;

	return fstat(STDIN_FILENO, &in) == 0 && S_ISREG(in.st_mode)
		       ? (size_t)in.st_size
		       : 0;
}

static bool map_file(struct input *input, size_t size, struct err *err)
{
	off_t at = lseek(STDIN_FILENO, 0, SEEK_CUR);
	size_t from = at > 0 ? (size_t)at : 0;

	if (size > SHEET_BYTES_MAX)
		return too_long("2 GB", err);
	if (from >= size)
		return true;
	input->bytes =
		mmap(NULL, size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
	if (input->bytes == MAP_FAILED) {
		input->bytes = NULL;
		return err_set(err, ERR_USAGE, "读文件出错：%s",
			       err_words(errno));
	}
	input->mapped = size;
	input->bytes += from;
	input->len = size - from;
	return true;
}

int main(void)
{
	struct input input = {0};
	struct err err = {0};
	unsigned line = 0;

	size_t size = file_size();
	limits_set(size > SHEET_BYTES_MAX ? 0 : size);

	bool ok = (size ? map_file(&input, size, &err)
			: read_all(&input, &err)) &&
		  sheet_convert(input.bytes, input.len, stdout, &line, &err);
	if (!ok)
		sheet_error(stdout, line, &err);
	if (!input.mapped)
		free(input.bytes);
	if (ferror(stdout) || fflush(stdout) != 0)
		return err_status(ERR_INTERNAL);
	return ok ? EXIT_SUCCESS : err_status(err.code);
}
