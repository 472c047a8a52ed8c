#include "exchange/rows.h"

#include <fcntl.h>
#include <unistd.h>

#include "exchange/columns.h"
#include "exchange/lines.h"
#include "office.h"

static const char *field_word(int field)
{
	static const char *const words[] = {"session", "number", "joint",
					    "separate"};

	return field < FIELD_END ? fields[field].name
				 : words[field - ROW_SESSION];
}

/* field=text; for each cell, a row a line, to compare as a whole. */
static void add_rows(const struct rows *rows, struct buf *out)
{
	for (size_t i = 0; i < rows->count; i++) {
		const struct row *row = &rows->items[i];

		buf_printf(out, "%u:", row->line);
		if (row->broken)
			buf_printf(out, " !%s", row->broken);
		for (size_t j = 0; j < row->count; j++) {
			const struct row_cell *cell = &row->cells[j];

			buf_printf(out, " %s%s%s", field_word(cell->field),
				   cell->canonical ? "*" : "=", cell->text);
		}
		buf_char(out, '\n');
	}
}

/* Of this process, for two rounds of tests may run side by side. */
static const char *temporary(void)
{
	static char path[64];

	snprintf(path, sizeof(path), "/tmp/rows-%ld.file", (long)getpid());
	return path;
}

static struct rows read_bytes(const char *bytes, size_t len)
{
	struct rows rows;

	OK(rows_read(&rows, file_write(temporary(), bytes, len), NULL, err));
	remove(temporary());
	return rows;
}

static void expect(const char *text, const char *expected)
{
	struct rows rows = read_bytes(text, strlen(text));
	struct buf out = {0};

	add_rows(&rows, &out);
	assert_string_equal(buf_text(&out), expected);
	buf_free(&out);
	rows_free(&rows);
}

static void refused(const char *bytes, size_t len, const char *word)
{
	struct err err = {0};
	struct rows rows;

	assert_false(rows_read(&rows, file_write(temporary(), bytes, len), NULL,
			       &err));
	remove(temporary());
	assert_int_equal(err.code, ERR_USAGE);
	if (!strstr(err.text, word))
		fail_msg("“%s” is not in: %s", word, err.text);
}

static void knows_headers_by_their_synonyms(void **state)
{
	static const struct {
		const char *header;
		int field;
	} cases[] = {
		{"编号", ROW_NUMBER},
		{"案号", ROW_NUMBER},
		{"提案号", ROW_NUMBER},
		{" 编 号 ", ROW_NUMBER},
		{"编号（必填）", ROW_NUMBER},
		{"*编号", ROW_NUMBER},
		{"\uFEFF编\u200B号\u00A0", ROW_NUMBER},
		{"“编号”　", ROW_NUMBER},
		{"Number", ROW_NUMBER},
		{"ＮＵＭＢＥＲ", ROW_NUMBER},
		{"届次", ROW_SESSION},
		{"案由", FIELD_TITLE},
		{"标题", FIELD_TITLE},
		{"题目：", FIELD_TITLE},
		{"主办", FIELD_UNITS},
		{"主办单位", FIELD_UNITS},
		{"主办\n单位", FIELD_UNITS},
		{"承办单位", FIELD_UNITS},
		{"会办单位", ROW_UNITS_JOINT},
		{"分办单位", ROW_UNITS_SEPARATE},
		{"办理结果分类", FIELD_RESULT},
		{"落实情况", FIELD_OUTCOME},
		{"序号", -1},
		{"电话", -1},
		{"", -1},
		{"(必填)", -1},
		{"\xFF", -1},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		if (rows_header(cases[i].header) != cases[i].field)
			fail_msg("%s: %d", cases[i].header,
				 rows_header(cases[i].header));
}

static void reads_the_seed(void **state)
{
	struct rows rows;
	(void)state;

	OK(rows_read(&rows, SEED, NULL, err));
	assert_string_equal(rows.source, "pinghu-2024-key-proposals.csv");
	assert_string_equal(rows.encoding, "UTF-8");
	assert_int_equal(rows.count, 10);
	assert_int_equal(rows.unknown_headers.count, 0);
	assert_int_equal(rows.items[9].line, 11);
	assert_int_equal(rows.items[9].count, 9);
	assert_string_equal(rows.items[1].cells[1].text, "173");
	rows_free(&rows);
}

static void passes_over_titles_totals_and_repeated_headers(void **state)
{
	struct rows rows;
	struct buf out = {0};
	(void)state;

	OK(rows_read(&rows, "tests/data/import/ledger.csv", NULL, err));
	add_rows(&rows, &out);
	assert_string_equal(
		buf_text(&out),
		"5: number=4 title=关于“走出去”的\n建议 proposers=民进 "
		"units=经信局 session=14-3\n"
		"7: number=第173号 title=关于虹霓的建议 proposers=王富国 "
		"units=经信局 joint=商务局 "
		"session=14-3\n"
		"11: number=23 title=合计几件事的建议 proposers=周琴 "
		"units=商务局 session=14-3\n"
		"12: !有 8 格，表头只有 7 格，多半是少了引号或多了分隔符\n"
		"14: title=没有编号的一件 proposers=张越 session=14-3\n");
	assert_int_equal(rows.unknown_headers.count, 2);
	assert_string_equal(rows.unknown_headers.items[0], "序号");
	assert_string_equal(rows.unknown_headers.items[1], "第7列（没有表头）");
	buf_free(&out);
	rows_free(&rows);
}

static void takes_the_row_with_most_headers(void **state)
{
	(void)state;
	expect("标题,2024年提案,,\n编号,案由,主办,会办\n1,甲,经信局,\n",
	       "3: number=1 title=甲 units=经信局\n");
}

static void finds_a_session_in_titles(void **state)
{
	static const struct {
		const char *title;
		unsigned term, meeting;
	} cases[] = {
		{"十四届三次提案汇总表", 14, 3},
		{"市政协2024年十四届三次会议提案", 14, 3},
		{"政协平湖市第十四届委员会第三次会议提案目录", 14, 3},
		{"14届3次.csv", 14, 3},
		{"市政协十四届（2024年）三次会议提案", 14, 3},
		{"2024-10-4.csv", 0, 0},
		{"14-3.csv", 0, 0},
		{"第十四届", 0, 0},
		{"", 0, 0},
		{"届届次次", 0, 0},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_int_equal(title_session(cases[i].title),
				 session_make(cases[i].term, cases[i].meeting));

	struct buf prose = {0};
	for (int i = 0; i < 30; i++)
		buf_str(&prose, "这不是标题而是一段话，");
	buf_str(&prose, "十四届三次");
	assert_int_equal(title_session(prose.data), 0);
	buf_free(&prose);
}

static void reads_the_same_from_every_encoding(void **state)
{
	static const char *const files[] = {
		"tests/data/import/gb18030-crlf.csv",
		"tests/data/import/utf8-bom-crlf.csv",
		"tests/data/import/utf16le-tab.txt",
		"tests/data/import/utf8-semicolon.csv",
	};
	static const char *const encodings[] = {"GB18030", "UTF-8", "UTF-16LE",
						"UTF-8"};
	struct buf first = {0};
	(void)state;

	for (size_t i = 0; i < LENGTH(files); i++) {
		struct rows rows;
		struct buf out = {0};

		OK(rows_read(&rows, files[i], NULL, err));
		assert_string_equal(rows.encoding, encodings[i]);
		add_rows(&rows, &out);
		if (i == 0)
			buf_str(&first, buf_text(&out));
		assert_string_equal(buf_text(&out), buf_text(&first));
		assert_int_equal(rows.count, 2);
		buf_free(&out);
		rows_free(&rows);
	}
	assert_non_null(strstr(buf_text(&first), "“小巨人”企业;\n二手车"));
	buf_free(&first);
}

static void takes_off_what_protects_a_cell_from_excel(void **state)
{
	(void)state;
	expect("编号,案由,备注\n=\"0173\",'=甲,'-1\n174, 　乙　 ,'x\n",
	       "2: number=0173 title==甲 remarks=-1\n3: number=174 title=乙 "
	       "remarks='x\n");
}

static void passes_over_blanks_of_every_kind(void **state)
{
	(void)state;
	expect("编号,案由\n\u3000,\u00A0\n"
	       "1,\uFEFF甲\u2003\n2,\u2028乙\u2029\u200B\n"
	       "3,=\"丙\n",
	       "3: number=1 title=甲\n4: number=2 title=乙\n"
	       "5: number=3 title==\"丙\n");
}

static void a_short_row_has_empty_cells(void **state)
{
	(void)state;
	expect("案由,编号,,备注\n甲\n,,合计\n乙,2,\n",
	       "2: title=甲\n4: title=乙 number=2\n");
}

static void looks_for_headers_in_the_first_rows(void **state)
{
	struct buf text = {0};
	(void)state;

	for (int i = 0; i < 19; i++)
		buf_str(&text, "说明\n");
	buf_str(&text, "编号,案由\n1,甲\n");
	expect(text.data, "21: number=1 title=甲\n");
	buf_reset(&text);
	for (int i = 0; i < 20; i++)
		buf_str(&text, "说明\n");
	buf_str(&text, "编号,案由\n1,甲\n");
	refused(text.data, text.len, "前 20 行里没有找到表头");
	buf_free(&text);
}

static void refuses_tables_that_it_cannot_understand(void **state)
{
	static const struct {
		const char *text, *word;
	} cases[] = {
		{"", "空的"},
		{"\n\n", "空的"},
		{"a,b\n1,2\n", "没有找到表头"},
		{"案由,主办\n甲,乙\n", "没有“编号”这一列"},
		{"编号,提案号,案由\n1,2,甲\n", "“编号”和“提案号”"},
		{"编号,案由,主办单位,承办单位\n", "“主办单位”和“承办单位”"},
		{"编号,案由\n1,\"甲\n", "第2行：这一行打开的引号"},
		{"[{\"number\":1}]", "JSON 数组"},
		{"\t\r\n[ {\"number\":1}]", "JSON 数组"},
		{"[", "没有找到表头"},
		{"[1]", "没有找到表头"},
		{" \t\n", "空的"},
		{"PK\3\4", "另存为“CSV UTF-8”"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		refused(cases[i].text, strlen(cases[i].text), cases[i].word);
	refused("编号\0\n", 8, "空字节");
}

/* What a child might say that a hostile file has taken over. */
static struct err lie(const char *said, struct raw *raw, struct arena *arena)
{
	int fd = open(file_write(temporary(), said, strlen(said)), O_RDONLY);
	struct err err = {0};

	remove(temporary());
	if (raw_lines(raw, fd, arena, NULL, &err))
		assert_int_equal(err.code, ERR_NONE);
	else
		assert_int_not_equal(err.code, ERR_NONE);
	close(fd);
	return err;
}

static void believes_nothing_that_the_child_says(void **state)
{
	static const char *const lies[] = {
		"x",
		"[]",
		"{}",
		"{\"encoding\":1}",
		"{\"error\":1}",
		"{\"line\":1,\"width\":1,\"cells\":[1]}",
		"{\"line\":1,\"width\":1,\"cells\":[\"a\",\"b\"]}",
		"{\"line\":1,\"width\":4294967295,\"cells\":[\"a\"]}",
		"{\"line\":1,\"width\":-1,\"cells\":[\"a\"]}",
	};
	struct arena arena = {0};
	struct raw raw;
	struct err err;
	(void)state;

	for (size_t i = 0; i < LENGTH(lies); i++) {
		err = lie(lies[i], &raw, &arena);
		assert_int_equal(err.code, ERR_INTERNAL);
		assert_non_null(strstr(err.text, "看不懂"));
	}
	err = lie("{\"error\":\"\\u001b[2J\\n\",\"line\":7}", &raw, &arena);
	assert_int_equal(err.code, ERR_USAGE);
	assert_string_equal(err.text, "第7行：^[[2J ");
	err = lie("{\"encoding\":\"\\u001b[2J\"}", &raw, &arena);
	assert_int_equal(err.code, ERR_NONE);
	assert_string_equal(raw.encoding, "^[[2J");
	raw_free(&raw);
	arena_free(&arena);
}

static void refuses_what_is_no_file(void **state)
{
	static const struct {
		const char *path, *word;
	} cases[] = {
		{"/nonexistent/a.csv", "a.csv：打不开"},
		{"/tmp", "目录"},
		{"/dev/zero", "不是普通文件"},
		{"/proc/self/mem", "读不了"},
	};
	struct err err = {0};
	struct rows rows;
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		assert_false(rows_read(&rows, cases[i].path, NULL, &err));
		assert_int_equal(err.code, ERR_USAGE);
		if (!strstr(err.text, cases[i].word))
			fail_msg("%s", err.text);
	}
}

static void reads_json_lines(void **state)
{
	(void)state;
	expect("\xEF\xBB\xBF\n"
	       "{\"session\":\"14-3\",\"number\":173,\"title\":\"甲\","
	       "\"revision\":9,\"changed_at\":null,\"changed_by\":\"x\"}\r\n"
	       "  \n"
	       "{\"number\":\"第4号\",\"title\":null,\"due\":\"2024-10-04\"}\n"
	       "{\"number\":173.0,\"related\":[1,\"14-2-7\",\"第9号\"],"
	       "\"merged_into\":23}\n"
	       "{\"number\":1,\"proposers\":[\"\",\"王\\n芳\",\"\",\"李\"]}\n"
	       "{\"number\":1,\"proposers\":\"王芳、李\",\"units\":\"经信局\"}"
	       "\n"
	       "{\"number\":1,\"units\":[{\"department\":\"jxj\"},"
	       "{\"department\":\"商务局\",\"role\":\"会办\",\"state\":null,"
	       "\"date\":\"2024年4月2日\"}],\"proposers\":[]}",
	       "2: session=14-3 number=173 title=甲\n"
	       "4: number=第4号 title= due=2024-10-04\n"
	       "5: number=173 related*1\n14-2-7\n第9号 merged_into=23\n"
	       "6: number=1 proposers*王 芳\n李\n"
	       "7: number=1 proposers=王芳、李 units=经信局\n"
	       "8: number=1 units*lead jxj\njoint 商务局  2024-04-02 "
	       "proposers*\n");
}

static void says_what_is_wrong_with_a_json_line(void **state)
{
	static const struct {
		const char *line, *word;
	} cases[] = {
		{"{\"number\":1", "不完整"},
		{"{\"number\":1}x", "后面还有别的内容"},
		{"[1]", "不是一个 JSON 对象"},
		{"{number:1}", "不是有效的 JSON"},
		{"{\"number\":1,\"number\":2}", "写了两次"},
		{"{\"number\":1,\"title\":\"\\u0000\"}", "空字符"},
		{"{\"number\":1,\"title\":\"\xD6\xD0\"}", "不是 UTF-8"},
		{"{\"number\":1,\"title\":\"\\ud800\"}", "半个字符"},
		{"{\"number\":1,\"title\":\"\\udc00\"}", "半个字符"},
		{"{\"number\":1,\"title\":\"\\udc00\\ud800\"}", "半个字符"},
		{"{\"number\":1,\"title\":\"\\ud800x\"}", "半个字符"},
		{"{\"number\":99999999999999999999}", "太大的数"},
		{"{\"number\":1,\"titel\":\"\"}",
		 "没有“titel”这个字段，最近的是“title”"},
		{"{\"number\":1,\"案由\":\"\"}", "最近的是“title”"},
		{"{\"number\":1,\"主办单位\":\"\"}", "最近的是“units”"},
		{"{\"number\":1,\"会办单位\":\"\"}", "最近的是“units”"},
		{"{\"number\":1,\"分办单位\":\"\"}", "最近的是“units”"},
		{"{\"number\":1,\"qqqqqqqqq\":\"\"}",
		 "没有“qqqqqqqqq”这个字段"},
		{"{\"number\":true}", "number 应是文字"},
		{"{\"number\":1.5}", "number 应是文字"},
		{"{\"number\":-1.0}", "number 应是文字"},
		{"{\"number\":1,\"a\\u0000\":1}", "空字符"},
		{"{\"number\":1,\"proposers\":true}",
		 "proposers 应是文字的列表"},
		{"{\"number\":1,\"title\":[\"a\"]}", "title 应是文字"},
		{"{\"number\":1,\"title\":{}}", "title 应是文字"},
		{"{\"number\":1,\"proposers\":[[]]}",
		 "proposers 应是文字的列表"},
		{"{\"number\":1,\"units\":{}}", "units 应是列表"},
		{"{\"number\":1,\"units\":[1]}", "units 应是列表"},
		{"{\"number\":1,\"units\":[{}]}", "没有 department"},
		{"{\"number\":1,\"units\":[{\"dept\":\"x\"}]}", "只能有"},
		{"{\"number\":1,\"units\":[{\"department\":1}]}", "应是文字"},
		{"{\"number\":1,\"units\":[{\"role\":1}]}", "role 应是文字"},
		{"{\"number\":1,\"units\":[{\"state\":1}]}", "state 应是文字"},
		{"{\"number\":1,\"units\":[{\"date\":1}]}", "date 应是文字"},
		{"{\"number\":1,\"units\":[{\"department\":\"a b\"}]}",
		 "不能有空格"},
		{"{\"number\":1,\"units\":[{\"department\":\"a\",\"role\":"
		 "\"x\"}]}",
		 "role 应是"},
		{"{\"number\":1,\"units\":[{\"department\":\"a\",\"date\":"
		 "\"x\"}]}",
		 "不是日期"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct buf text = {0};

		buf_printf(&text, "{\"number\":5}\n%s\n", cases[i].line);
		struct rows rows = read_bytes(text.data, text.len);
		assert_int_equal(rows.count, 2);
		assert_null(rows.items[0].broken);
		if (!rows.items[1].broken ||
		    !strstr(rows.items[1].broken, cases[i].word))
			fail_msg("%s: %s", cases[i].line, rows.items[1].broken);
		rows_free(&rows);
		buf_free(&text);
	}
}

static void survives_deep_and_endless_lines(void **state)
{
	struct buf text = {0};
	(void)state;

	buf_str(&text, "{\"number\":1,\"title\":");
	for (int i = 0; i < 200000; i++)
		buf_char(&text, '[');
	buf_str(&text, "\n{\"number\":2,\"title\":\"");
	for (int i = 0; i < 5 << 20; i++)
		buf_char(&text, 'x');
	buf_str(&text, "\"}\n{\"number\":3}");
	struct rows rows = read_bytes(text.data, text.len);
	assert_int_equal(rows.count, 3);
	assert_non_null(strstr(rows.items[0].broken, "括号层数太多"));
	assert_non_null(strstr(rows.items[1].broken, "超过 4 MB"));
	assert_null(rows.items[2].broken);
	assert_int_equal(rows.items[2].line, 3);
	rows_free(&rows);
	buf_free(&text);
}

/* As a shell does with < and |. */
static struct rows read_standard(int fd)
{
	int old = dup(STDIN_FILENO);
	struct rows rows;

	assert_true(old >= 0);
	assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	OK(rows_read(&rows, "-", NULL, err));
	assert_int_equal(dup2(old, STDIN_FILENO), STDIN_FILENO);
	close(old);
	close(fd);
	return rows;
}

static void reads_standard_input_from_files_and_pipes(void **state)
{
	static const char text[] = "编号,案由\n4,甲\n";
	struct rows rows = read_standard(open(SEED, O_RDONLY));
	int ends[2];
	(void)state;

	assert_int_equal(rows.count, 10);
	assert_string_equal(rows.source, "标准输入");
	rows_free(&rows);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], text, sizeof(text) - 1),
			 sizeof(text) - 1);
	close(ends[1]);
	rows = read_standard(ends[0]);
	assert_int_equal(rows.count, 1);
	rows_free(&rows);
}

static void reads_lines_across_its_buffer(void **state)
{
	struct lines lines;
	struct line line;
	struct buf text = {0};
	(void)state;

	for (int i = 0; i < 3; i++) {
		for (int j = 0; j < 50000; j++)
			buf_char(&text, (char)('a' + i));
		buf_str(&text, i < 2 ? "\r\n" : "");
	}
	file_write(temporary(), text.data, text.len);
	for (size_t max = 49999; max <= 50001; max++) {
		int fd = open(temporary(), O_RDONLY);

		lines_begin(&lines, fd, max, NULL);
		for (unsigned i = 1; i <= 3; i++) {
			assert_true(lines_next(&lines, &line));
			assert_int_equal(line.number, i);
			assert_int_equal(line.cut,
					 max < 50000 + (i < 3 ? 1 : 0));
			assert_int_equal(line.len, line.cut ? 0 : 50000);
		}
		assert_false(lines_next(&lines, &line));
		assert_int_equal(lines.failed, 0);
		lines_end(&lines);
		close(fd);
	}
	remove(temporary());
	buf_free(&text);
}

static void survives_damaged_files(void **state)
{
	static const char seed[] =
		"{\"number\":173,\"units\":[{\"department\":\"jxj\"}],"
		"\"proposers\":[\"\\u738b\",\"李\"],\"due\":null}\n"
		"{\"number\":4,\"related\":[1,2]}\n";
	uint32_t random = 4711;
	(void)state;

	for (int round = 0; round < 3000; round++) {
		char bytes[sizeof(seed)];
		struct rows rows;

		memcpy(bytes, seed, sizeof(seed));
		for (int i = 0; i < 3; i++) {
			random = random * 1664525u + 1013904223u;
			bytes[1 + (random >> 8) % (sizeof(seed) - 2)] =
				(char)(random >> 24);
		}
		file_write(temporary(), bytes, sizeof(seed) - 1);
		OK(rows_read(&rows, temporary(), NULL, err));
		assert_true(rows.count >= 1);
		rows_free(&rows);
	}
	remove(temporary());
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_headers_by_their_synonyms),
		cmocka_unit_test(reads_the_seed),
		cmocka_unit_test(
			passes_over_titles_totals_and_repeated_headers),
		cmocka_unit_test(takes_the_row_with_most_headers),
		cmocka_unit_test(finds_a_session_in_titles),
		cmocka_unit_test(reads_the_same_from_every_encoding),
		cmocka_unit_test(takes_off_what_protects_a_cell_from_excel),
		cmocka_unit_test(passes_over_blanks_of_every_kind),
		cmocka_unit_test(a_short_row_has_empty_cells),
		cmocka_unit_test(looks_for_headers_in_the_first_rows),
		cmocka_unit_test(refuses_tables_that_it_cannot_understand),
		cmocka_unit_test(believes_nothing_that_the_child_says),
		cmocka_unit_test(refuses_what_is_no_file),
		cmocka_unit_test(reads_json_lines),
		cmocka_unit_test(says_what_is_wrong_with_a_json_line),
		cmocka_unit_test(survives_deep_and_endless_lines),
		cmocka_unit_test(reads_standard_input_from_files_and_pipes),
		cmocka_unit_test(reads_lines_across_its_buffer),
		cmocka_unit_test(survives_damaged_files),
	};
	return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
