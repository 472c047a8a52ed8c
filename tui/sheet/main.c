/*
 * proposals-sheet: a table on standard input, JSON Lines on standard output.
 * The only code that reads foreign file formats, and it may do nothing else.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "sheet/limits.h"
#include "sheet/sheet.h"

struct input {
	char *bytes; /* owned */
	size_t len, cap;
};

/* Room at once for a file that says its size: growing costs it twice. */
static size_t first_size(void)
{
	struct stat in;
	size_t size = 1 << 16;

	if (fstat(STDIN_FILENO, &in) == 0 && S_ISREG(in.st_mode) &&
	    in.st_size > 0)
		size = (size_t)in.st_size + 1;
	return size > SHEET_BYTES_MAX ? SHEET_BYTES_MAX + 1 : size;
}

static bool read_more(struct input *input, bool *end, struct err *err)
{
	if (input->len == input->cap) {
		input->cap *= 2;
		if (input->cap > SHEET_BYTES_MAX)
			input->cap = SHEET_BYTES_MAX + 1;
		input->bytes = mem_resize(input->bytes, input->cap);
	}

	ssize_t got = read(STDIN_FILENO, input->bytes + input->len,
			   input->cap - input->len);
	if (got < 0)
		return err_set(err, ERR_USAGE, "读文件出错：%s",
			       err_words(errno));
	*end = got == 0;
	input->len += (size_t)got;
	if (input->len > SHEET_BYTES_MAX)
		return err_set(err, ERR_USAGE,
			       "文件超过 256 MB，请分成几个文件导入");
	return true;
}

static bool read_all(struct input *input, struct err *err)
{
	bool end = false;

	input->cap = first_size();
	input->bytes = mem_resize(NULL, input->cap);
	while (!end)
		if (!read_more(input, &end, err))
			return false;
	return true;
}

int main(void)
{
	struct input input = {0};
	struct err err = {0};
	unsigned line = 0;

	limits_set();

	bool ok = read_all(&input, &err) &&
		  sheet_convert(input.bytes, input.len, stdout, &line, &err);
	if (!ok)
		sheet_error(stdout, line, &err);
	free(input.bytes);
	if (ferror(stdout) || fflush(stdout) != 0)
		return err_status(ERR_INTERNAL);
	return ok ? EXIT_SUCCESS : err_status(err.code);
}
