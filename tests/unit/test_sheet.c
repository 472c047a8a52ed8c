#include "sheet/sheet.h"

#include <fcntl.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "sheet/delimiter.h"
#include "sheet/limits.h"
#include "unit.h"

#define BYTES(text) text, sizeof(text) - 1

/* What comes out, the error's object included. */
static char *convert(const char *bytes, size_t len)
{
	struct err err = {0};
	char *text = NULL;
	size_t size = 0;
	unsigned line;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	if (!sheet_convert(bytes, len, out, &line, &err)) {
		assert_int_equal(err.code, ERR_USAGE);
		sheet_error(out, line, &err);
	}
	fclose(out);
	return text;
}

static void gives(const char *bytes, size_t len, const char *expected)
{
	char *text = convert(bytes, len);

	assert_string_equal(text, expected);
	free(text);
}

#define UTF8_HEAD "{\"encoding\":\"UTF-8\"}\n"

static void splits_cells_as_spreadsheets_write_them(void **state)
{
	static const struct {
		const char *text, *rows;
	} cases[] = {
		{"", ""},
		{"\n\n \n,,\n", ""},
		{"编号,案由\n1,甲\n",
		 "{\"line\":1,\"width\":2,\"cells\":[\"编号\",\"案由\"]}\n"
		 "{\"line\":2,\"width\":2,\"cells\":[\"1\",\"甲\"]}\n"},
		{"a,,b,,\n",
		 "{\"line\":1,\"width\":5,\"cells\":[\"a\",\"\",\"b\"]}\n"},
		{"a;b\n1;2,5\n",
		 "{\"line\":1,\"width\":2,\"cells\":[\"a\",\"b\"]}\n"
		 "{\"line\":2,\"width\":2,\"cells\":[\"1\",\"2,5\"]}\n"},
		{"a\tb\n1\t\"x\ty\"\n",
		 "{\"line\":1,\"width\":2,\"cells\":[\"a\",\"b\"]}\n"
		 "{\"line\":2,\"width\":2,\"cells\":[\"1\",\"x\\ty\"]}\n"},
		{"a，b\n1，\"x，y\"\n",
		 "{\"line\":1,\"width\":2,\"cells\":[\"a\",\"b\"]}\n"
		 "{\"line\":2,\"width\":2,\"cells\":[\"1\",\"x，y\"]}\n"},
		{"a,b，c\n",
		 "{\"line\":1,\"width\":2,\"cells\":[\"a\",\"b，c\"]}\n"},
		{"sep=;\na;b,c\n",
		 "{\"line\":1,\"width\":2,\"cells\":[\"sep=\"]}\n"
		 "{\"line\":2,\"width\":2,\"cells\":[\"a\",\"b,c\"]}\n"},
		{"a,b", "{\"line\":1,\"width\":2,\"cells\":[\"a\",\"b\"]}\n"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf expected = {0};

		buf_printf(&expected, UTF8_HEAD "%s", cases[i].rows);
		gives(cases[i].text, strlen(cases[i].text),
		      buf_text(&expected));
		buf_free(&expected);
	}
}

static void keeps_quotes_and_newlines_inside_cells(void **state)
{
	(void)state;
	gives(BYTES("n,t\r\n1,\"a\r\nb\"\"c\"\"\nd\re\"\r\n2,x\r\n"),
	      UTF8_HEAD "{\"line\":1,\"width\":2,\"cells\":[\"n\",\"t\"]}\n"
			"{\"line\":2,\"width\":2,\"cells\":[\"1\","
			"\"a\\nb\\\"c\\\"\\nd\\ne\"]}\n"
			"{\"line\":6,\"width\":2,\"cells\":[\"2\",\"x\"]}\n");
	gives(BYTES("n,t\n1,关于\"走出去\"的建议\n2,"
		    "\"关于\"走出去\"的建议\"\n"),
	      UTF8_HEAD "{\"line\":1,\"width\":2,\"cells\":[\"n\",\"t\"]}\n"
			"{\"line\":2,\"width\":2,\"cells\":[\"1\","
			"\"关于\\\"走出去\\\"的建议\"]}\n"
			"{\"line\":3,\"width\":2,\"cells\":[\"2\","
			"\"关于\\\"走出去\\\"的建议\"]}\n");
}

static void counts_lines_whatever_ends_them(void **state)
{
	static const char *const ends[] = {"\n", "\r\n", "\r"};
	(void)state;

	for (size_t i = 0; i < 3; i++) {
		struct buf text = {0};

		buf_printf(&text, "a,b%s%s1,2%s3,4", ends[i], ends[i], ends[i]);
		gives(text.data, text.len,
		      UTF8_HEAD
		      "{\"line\":1,\"width\":2,\"cells\":[\"a\",\"b\"]}\n"
		      "{\"line\":3,\"width\":2,\"cells\":[\"1\",\"2\"]}\n"
		      "{\"line\":4,\"width\":2,\"cells\":[\"3\",\"4\"]}\n");
		buf_free(&text);
	}
}

static void names_the_line_where_a_quote_was_left_open(void **state)
{
	(void)state;
	gives(BYTES("a,b\n\"x\ny\",\"z\n1,2\n3,4\n"), UTF8_HEAD
	      "{\"line\":1,\"width\":2,\"cells\":[\"a\",\"b\"]}\n"
	      "{\"error\":\"这一行打开的引号到文件末尾也没有结束，请补上引号\","
	      "\"line\":3}\n");
}

/* In a child, for what cannot be taken back; its status. */
static int apart(int (*run)(void))
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(run());
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* As on a system without its gconv modules: none can be opened. */
static int without_modules(void)
{
	static const char *const files[] = {"a,\xD6\xD0\n", "\x84\x31\x95\x33"
							    "a,b\n"};
	struct rlimit none = {0, 0};
	int told = 0;

	setrlimit(RLIMIT_NOFILE, &none);
	for (size_t i = 0; i < 2; i++) {
		struct err err = {0};
		unsigned line;

		told += !sheet_convert(files[i], strlen(files[i]), stdout,
				       &line, &err) &&
			err.code == ERR_INTERNAL &&
			strstr(err.text, "iconv 不认识 GB18030");
	}
	return told;
}

/* Before any other test has one opened. */
static void says_when_the_system_lacks_an_encoding(void **state)
{
	(void)state;
	assert_int_equal(apart(without_modules), 2);
}

static bool limited_to(__rlimit_resource_t what, rlim_t max)
{
	struct rlimit limit;

	return getrlimit(what, &limit) == 0 && limit.rlim_cur == max &&
	       limit.rlim_max == max;
}

static int limited(void)
{
	struct rlimit lower = {7, 7};
	int ends[2];

	setrlimit(RLIMIT_CPU, &lower);
	close(STDOUT_FILENO);
	limits_set(0);
	bool kept = !limited_to(RLIMIT_FSIZE, 0);
	open("/dev/null", O_WRONLY);
	if (pipe(ends) || dup2(ends[1], STDOUT_FILENO) < 0)
		return 9;
	limits_set(0);
	return kept && limited_to(RLIMIT_CPU, 7) &&
	       limited_to(RLIMIT_CORE, 0) && limited_to(RLIMIT_NPROC, 0) &&
	       limited_to(RLIMIT_FSIZE, 0) &&
	       prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
}

static void limits_itself_and_raises_nothing(void **state)
{
	(void)state;
	assert_int_equal(apart(limited), 1);
}

/* The text in another encoding, behind a byte order mark. */
static struct buf encode(const char *text, const char *encoding,
			 const char *mark, size_t mark_len)
{
	iconv_t to = iconv_open(encoding, "UTF-8");
	char *in = mem_array(strlen(text) + 1, 1), *at = in, out[256];
	size_t left = strlen(text), room = sizeof(out);
	char *end = out;
	struct buf buf = {0};

	assert_true(to != (iconv_t)-1);
	memcpy(in, text, left);
	assert_int_equal(iconv(to, &at, &left, &end, &room), 0);
	buf_add(&buf, mark, mark_len);
	buf_add(&buf, out, sizeof(out) - room);
	iconv_close(to);
	free(in);
	return buf;
}

static void reads_every_encoding_of_the_office(void **state)
{
	static const char text[] =
		"编号,案由\n4,“地瓜经济”——𬭎\n";
	static const struct {
		const char *encoding, *mark;
		size_t mark_len;
		const char *named;
	} cases[] = {
		{"UTF-8", "", 0, "UTF-8"},
		{"UTF-8", "\xEF\xBB\xBF", 3, "UTF-8"},
		{"GB18030", "", 0, "GB18030"},
		{"GB18030", "\x84\x31\x95\x33", 4, "GB18030"},
		{"UTF-16LE", "\xFF\xFE", 2, "UTF-16LE"},
		{"UTF-16BE", "\xFE\xFF", 2, "UTF-16BE"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf in = encode(text, cases[i].encoding, cases[i].mark,
				       cases[i].mark_len);
		struct buf expected = {0};

		buf_printf(&expected,
			   "{\"encoding\":\"%s\"}\n"
			   "{\"line\":1,\"width\":2,\"cells\":[\"编号\","
			   "\"案由\"]}\n"
			   "{\"line\":2,\"width\":2,\"cells\":[\"4\","
			   "\"“地瓜经济”——𬭎\"]}"
			   "\n",
			   cases[i].named);
		gives(in.data, in.len, buf_text(&expected));
		buf_free(&in);
		buf_free(&expected);
	}
}

static void takes_two_byte_letters_for_gb18030(void **state)
{
	(void)state;
	/* C2 A3 is £ in UTF-8 as well; no Chinese table has only such. */
	gives(BYTES("a,\xC2\xA3\n"),
	      "{\"encoding\":\"GB18030\"}\n"
	      "{\"line\":1,\"width\":2,\"cells\":[\"a\",\"拢\"]}\n");
	gives(BYTES("a,\x80\xD6\xD0\n"),
	      "{\"encoding\":\"CP936\"}\n"
	      "{\"line\":1,\"width\":2,\"cells\":[\"a\",\"€中\"]}\n");
}

static void refuses_what_is_no_table(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *word;
	} cases[] = {
		{BYTES("PK\3\4\0\0\0"), "xlsx"},
		{BYTES("\xD0\xCF\x11\xE0\xA1\xB1"), "xls"},
		{BYTES("%PDF-1.4"), "PDF"},
		{BYTES("\x1F\x8B\x08"), "压缩"},
		{BYTES("<html><table>"), "网页"},
		{BYTES("\xEF\xBB\xBF<?xml"), "XML"},
		{BYTES("a,b\n1\0,2\n"), "\"line\":2"},
		{BYTES("a,b\n\xD6\xD0\n\xFF\xFF\n"), "\"line\":3"},
		{BYTES("a,b\n\xD6\xD0\n\xD6"), "\"line\":3"},
		{BYTES("\xEF\xBB\xBF"
		       "a\n\xD6\xD0\n"),
		 "UTF-8，但有不合规的字节"},
		{BYTES("\xFF\xFE"
		       "a\0\n\0\x00\xD8\n\0"),
		 "\"line\":2"},
		{BYTES("\xFF\xFE"
		       "a\0\0\0b\0"),
		 "UTF-16LE，但有"},
		{BYTES("\xFF\xFE"
		       "a"),
		 "UTF-16LE，但有"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *text = convert(cases[i].bytes, cases[i].len);

		assert_memory_equal(text, "{\"error\":", 9);
		if (!strstr(text, cases[i].word))
			fail_msg("%zu: %s", i, text);
		free(text);
	}
}

static void keeps_to_its_limits(void **state)
{
	struct buf cell = {0}, columns = {0};
	char *text;
	(void)state;

	buf_str(&cell, "a,b\n1,\"");
	for (size_t i = 0; i <= SHEET_CELL_MAX; i++)
		buf_char(&cell, 'x');
	buf_str(&cell, "\"\n");
	text = convert(cell.data, cell.len);
	assert_non_null(strstr(text, "一格超过 1 MB"));
	assert_non_null(strstr(text, "\"line\":2"));
	free(text);

	/* A line whose quote was not closed, and all that follows. */
	buf_reset(&cell);
	buf_str(&cell, "a,b\n1,\"x\n");
	while (cell.len < 3 * SHEET_CELL_MAX)
		buf_str(&cell, "2,y\n");
	text = convert(cell.data, cell.len);
	assert_non_null(strstr(text, "这里的引号没有配对"));
	assert_non_null(strstr(text, "\"line\":2"));
	free(text);

	buf_reset(&cell);
	for (int i = 0; i < 5; i++) {
		for (size_t j = 0; j < SHEET_CELL_MAX; j++)
			buf_char(&cell, 'x');
		buf_char(&cell, ',');
	}
	text = convert(cell.data, cell.len);
	assert_non_null(strstr(text, "1024 列或 4 MB"));
	free(text);

	for (size_t i = 0; i < SHEET_COLUMNS_MAX; i++)
		buf_char(&columns, ',');
	buf_str(&columns, "\n");
	gives(columns.data, columns.len, UTF8_HEAD);
	columns.len--;
	buf_str(&columns, "x,x,x\n");
	text = convert(columns.data, columns.len);
	assert_non_null(strstr(text, "1024 列"));
	free(text);
	buf_free(&cell);
	buf_free(&columns);
}

/* What comes after the last cell is no width that somebody has to make room
 * for. */
static void endless_empty_cells_are_no_columns(void **state)
{
	struct buf text = {0};
	(void)state;

	buf_str(&text, "a");
	for (size_t i = 0; i < 4 * SHEET_COLUMNS_MAX; i++)
		buf_char(&text, ',');
	gives(text.data, text.len,
	      UTF8_HEAD "{\"line\":1,\"width\":1024,\"cells\":[\"a\"]}\n");
	buf_free(&text);
}

static void takes_a_million_rows_and_no_more(void **state)
{
	struct buf text = {0};
	FILE *out = fopen("/dev/null", "w");
	struct err err = {0};
	unsigned line;
	(void)state;

	for (unsigned i = 0; i < SHEET_ROWS_MAX; i++)
		buf_str(&text, "x\n");
	assert_true(sheet_convert(text.data, text.len, out, &line, &err));
	buf_str(&text, "x\n");
	assert_false(sheet_convert(text.data, text.len, out, &line, &err));
	assert_non_null(strstr(err.text, "超过 1000000 行"));
	assert_int_equal(line, SHEET_ROWS_MAX + 1);
	fclose(out);
	buf_free(&text);
}

/* Several times what the decoder takes at once. */
static void long_texts_come_through_whole(void **state)
{
	static const struct {
		const char *encoding, *bytes;
	} cases[] = {
		{"UTF-8", "中"},
		{"GB18030", "\xD6\xD0"},
	};
	enum { TIMES = 100000 };
	(void)state;

	for (size_t i = 0; i < 2; i++) {
		struct buf text = {0}, expected = {0};

		buf_printf(&expected,
			   "{\"encoding\":\"%s\"}\n"
			   "{\"line\":1,\"width\":1,\"cells\":[\"",
			   cases[i].encoding);
		for (int n = 0; n < TIMES; n++) {
			buf_str(&text, cases[i].bytes);
			buf_str(&expected, "中");
		}
		buf_str(&expected, "\"]}\n");
		gives(text.data, text.len, expected.data);
		buf_free(&text);
		buf_free(&expected);
	}
}

static void looks_at_the_first_lines_for_the_delimiter(void **state)
{
	struct buf text = {0};
	(void)state;

	for (int i = 0; i < 64; i++)
		buf_str(&text, "a;b\n");
	for (int i = 0; i < 100; i++)
		buf_str(&text, "1,2,3\n");
	assert_int_equal(delimiter_find(text.data, text.len), ';');
	buf_free(&text);
}

static void finds_the_delimiter_from_lines_that_agree(void **state)
{
	static const struct {
		const char *text;
		char delimiter;
	} cases[] = {
		{"", ','},
		{"案由", ','},
		{"标题一，二\na,b\nc,d\n", ','},
		{"a\tb\n1\t一,二,三\n2\t四\n", '\t'},
		{"a;b\n\"1,2,3\";4\n", ';'},
		{"a，b\n", DELIMITER_WIDE},
		{"sep=\t\n", '\t'},
		{"sep=|\na;b", ';'},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(
			delimiter_find(cases[i].text, strlen(cases[i].text)),
			cases[i].delimiter);
}

/* Damage anywhere gives rows or a sentence, never a crash. */
static void survives_damaged_files(void **state)
{
	static const char seed[] =
		"编号,案由\r\n4,\"a\"\"b\nc\"\n173,\xD6\xD0，d\n";
	uint32_t random = 12345;
	(void)state;

	for (int round = 0; round < 20000; round++) {
		char bytes[sizeof(seed)];
		size_t len = sizeof(seed) - 1;

		memcpy(bytes, seed, sizeof(seed));
		for (int i = 0; i < 3; i++) {
			random = random * 1664525u + 1013904223u;
			bytes[(random >> 8) % len] = (char)(random >> 24);
		}
		len = (random >> 16) % 4 ? len : (random >> 4) % len;
		char *text = convert(bytes, len);
		assert_int_equal(text[strlen(text) - 1], '\n');
		free(text);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_when_the_system_lacks_an_encoding),
		cmocka_unit_test(limits_itself_and_raises_nothing),
		cmocka_unit_test(splits_cells_as_spreadsheets_write_them),
		cmocka_unit_test(keeps_quotes_and_newlines_inside_cells),
		cmocka_unit_test(counts_lines_whatever_ends_them),
		cmocka_unit_test(names_the_line_where_a_quote_was_left_open),
		cmocka_unit_test(reads_every_encoding_of_the_office),
		cmocka_unit_test(takes_two_byte_letters_for_gb18030),
		cmocka_unit_test(refuses_what_is_no_table),
		cmocka_unit_test(keeps_to_its_limits),
		cmocka_unit_test(endless_empty_cells_are_no_columns),
		cmocka_unit_test(takes_a_million_rows_and_no_more),
		cmocka_unit_test(long_texts_come_through_whole),
		cmocka_unit_test(looks_at_the_first_lines_for_the_delimiter),
		cmocka_unit_test(finds_the_delimiter_from_lines_that_agree),
		cmocka_unit_test(survives_damaged_files),
	};
	return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}
