#include "exchange/import.h"

#include "exchange/json.h"
#include "office.h"

/* One try at an import, with what it was made of. */
struct attempt {
	struct rows rows;
	struct import import;
};

static struct attempt attempt_begin(struct office *office, const char *path,
				    const char *status)
{
	struct reading *reading;
	struct attempt a;

	OK(rows_read(&a.rows, path, NULL, err));
	OK(reading_begin(office->store, &reading, err));
	OK(import_plan(&a.import, &a.rows, office->config, reading, status,
		       err));
	reading_end(reading);
	return a;
}

static void attempt_end(struct attempt *a)
{
	import_free(&a->import);
	rows_free(&a->rows);
}

static void commit(struct office *office, struct plan *plan)
{
	static const struct who who = {
		.uid = 1000, .login_uid = 1000, .name = "wangfang", .from = ""};
	struct committed done = {0};

	OK(plan_commit(plan, office->store, &who, "", false, &done, err));
	free(done.conflicts);
}

static void import_file(struct office *office, const char *path)
{
	struct attempt a = attempt_begin(office, path, NULL);

	for (size_t i = 0; i < a.import.count; i++)
		if (a.import.rows[i].verdict == IMPORT_REJECT)
			fail_msg("line %u: %s", a.import.rows[i].line,
				 a.import.rows[i].reason);
	commit(office, &a.import.plan);
	attempt_end(&a);
}

static void import_text(struct office *office, const char *text)
{
	import_file(office, office_file(office, text));
}

/* What a file would do, a line a row. */
static void would(struct office *office, const char *text, const char *expected)
{
	static const char *const words[] = {"new", "change", "same", "reject"};
	struct attempt a =
		attempt_begin(office, office_file(office, text), NULL);
	struct buf out = {0};

	for (size_t i = 0; i < a.import.count; i++) {
		const struct import_row *row = &a.import.rows[i];

		buf_printf(&out, "%u %s %s%s\n", row->line, words[row->verdict],
			   row->reason, row->changes);
	}
	assert_string_equal(buf_text(&out), expected);
	buf_free(&out);
	attempt_end(&a);
}

/* The whole register as JSON Lines. */
static struct buf all(struct office *office)
{
	struct reading *reading;
	struct buf out = {0};
	uint32_t slot;
	key k = 1;

	OK(reading_begin(office->store, &reading, err));
	while (reading_next(reading, k, &slot)) {
		struct arena arena = {0};
		struct proposal p;

		OK(reading_proposal(reading, slot, &arena, &p, err));
		p.changed_at = 0;
		json_proposal(&p, &out);
		k = p.key + 1;
		arena_free(&arena);
	}
	reading_end(reading);
	return out;
}

static void imports_the_seed_as_it_stands(void **state)
{
	struct office *office = office_open();
	struct buf expected = file_read("tests/data/import/pinghu.jsonl");
	struct attempt a = attempt_begin(office, SEED, NULL);
	(void)state;

	assert_int_equal(a.import.verdicts[IMPORT_NEW], 10);
	assert_int_equal(a.import.plan.kind, BATCH_IMPORT);
	assert_int_equal(plan_writes(&a.import.plan), 10);
	assert_string_equal(a.import.plan.summary,
			    "pinghu-2024-key-proposals.csv");
	commit(office, &a.import.plan);
	attempt_end(&a);

	struct buf got = all(office);
	assert_string_equal(buf_text(&got), buf_text(&expected));
	buf_free(&got);
	buf_free(&expected);
	office_close(office);
}

static void the_same_file_again_changes_nothing(void **state)
{
	struct office *office = office_open();
	(void)state;

	import_file(office, SEED);
	for (int i = 0; i < 2; i++) {
		const char *path = SEED;
		struct buf text = all(office);

		if (i == 1)
			path = office_file(office, buf_text(&text));
		struct attempt a = attempt_begin(office, path, NULL);
		assert_int_equal(a.import.verdicts[IMPORT_SAME], 10);
		assert_int_equal(plan_writes(&a.import.plan), 0);
		attempt_end(&a);
		buf_free(&text);
	}
	office_close(office);
}

static void what_json_writes_makes_the_same_register(void **state)
{
	struct office *first = office_open(), *second = office_open();
	(void)state;

	import_file(first, SEED);
	struct buf written = all(first);
	import_text(second, buf_text(&written));
	struct buf again = all(second);
	assert_string_equal(buf_text(&again), buf_text(&written));
	buf_free(&written);
	buf_free(&again);
	office_close(first);
	office_close(second);
}

static void names_what_is_wrong_with_a_row(void **state)
{
	struct office *office = office_open();
	(void)state;

	would(office,
	      "届次,编号,案由,主办,收到日期,办理结果,状态,并案\n"
	      "14-3,1,甲,经信局,,,,\n"
	      "14-3,,乙,,,,,\n"
	      "14-3,abc,乙,,,,,\n"
	      "14-3,3-5,乙,,,,,\n"
	      "14-3,173.05,乙,,,,,\n"
	      "99-99-9,6,乙,,,,,\n"
	      "14-3,14-2-6,乙,,,,,\n"
	      "14-3,7,,,,,,\n"
	      "14-3,8,乙,经信委员会,,,,\n"
	      "14-3,9,乙,,2024-02-30,,,\n"
	      "14-3,10,乙,,,E,,\n"
	      "14-3,11,乙,,,,飞行,\n"
	      "14-3,12,乙,,,,,12\n"
	      "14-3,13,乙,经信局、商务局,2024年10月4日,A,办理中,23\n",
	      "2 new \n"
	      "3 reject 没有编号\n"
	      "4 reject “abc”不是编号，请写成 173、第173号 或 14-3-173\n"
	      "5 reject 这里只能写一个编号，请写成 173、第173号 或 14-3-173\n"
	      "6 reject “173.05”不是编号，请写成 173、第173号 或 14-3-173\n"
	      "7 reject 届次“99-99-9”看不懂，请写成 十四届三次 或 14-3\n"
	      "8 reject 届次是十四届三次，编号却写着“14-2-6”\n"
	      "9 reject 没有案由，新提案要有案由\n"
	      "10 reject 主办“经信委员会”不在配置的部门里，是不是“经信局”？\n"
	      "11 reject 收到日期“2024-02-30”不是日期，请写成 2024-10-04\n"
	      "12 reject 办理结果“E”不在配置的办理结果里，可以是：A、B\n"
	      "13 reject 状态“飞行”不在配置的状态里，可以是："
	      "已收到、已立案、办理中、已答复、并案、不立案\n"
	      "14 reject 并案不能是这件提案自己\n"
	      "15 new \n");
	office_close(office);
}

static void reads_numbers_and_sessions_in_all_forms(void **state)
{
	static const char *const forms[] = {
		"173",   "第173号",       "１７３",   "0173",
		"173.0", "一百七十三",    "14-3-173", "No.173",
		"#173",  "十四届三次173", "173号",
	};
	static const char *const sessions[] = {
		"14-3", "十四届三次", "14届3次", "第十四届第三次会议", "",
	};
	struct office *office = office_open();
	(void)state;

	for (size_t i = 0; i < LENGTH(forms); i++)
		for (size_t j = 0; j < LENGTH(sessions); j++) {
			struct buf text = {0};

			buf_printf(&text, "届次,编号,案由\n%s,%s,甲\n",
				   sessions[j], forms[i]);
			struct attempt a = attempt_begin(
				office, office_file(office, buf_text(&text)),
				NULL);
			assert_int_equal(a.import.verdicts[IMPORT_NEW], 1);
			assert_int_equal(a.import.rows[0].key,
					 key_make(session_make(14, 3), 173));
			attempt_end(&a);
			buf_free(&text);
		}
	office_close(office);
}

static void shows_changes_in_words(void **state)
{
	struct office *office = office_open();
	(void)state;

	import_text(office, "编号,案由,主办,级别\n173,甲,经信局,重点\n");
	would(office,
	      "编号,案由,主办,会办,办理结果,落实情况,状态\n"
	      "173,乙,,商务局,B,"
	      "一二三四五六七八九十一二三四五六七八九十一,已立案\n"
	      "第173号,乙,,商务局,B,"
	      "一二三四五六七八九十一二三四五六七八九十一,已立案\n"
	      "173,丙,,,,,\n",
	      "2 change 案由：甲 → 乙；"
	      "单位：主办 经信局 → 主办 经信局；会办 商务局；"
	      "状态：已收到 → 已立案；办理结果：空 → B；"
	      "落实情况：新填（21字）\n"
	      "3 same \n"
	      "4 reject 第173号在第2行已经有了，内容不同\n");
	office_close(office);
}

static void an_empty_cell_keeps_and_a_null_clears(void **state)
{
	struct office *office = office_open();
	(void)state;

	import_text(office, "编号,案由,提案人,主办,备注,收到日期\n"
			    "1,甲,王芳,经信局,无,2024-1-2\n");
	would(office, "编号,案由,提案人,主办,备注,收到日期\n1,,,,,\n",
	      "2 same \n");
	would(office,
	      "{\"number\":1,\"proposers\":null,\"units\":[],"
	      "\"remarks\":\"\",\"received\":null}\n"
	      "{\"number\":1,\"title\":null}\n"
	      "{\"number\":1,\"status\":null}\n",
	      "1 change 提案人：清空；单位：清空；收到日期：清空；备注：清空\n"
	      "2 reject 案由不能清空\n"
	      "3 reject 状态不能清空\n");
	office_close(office);
}

static void a_status_is_given_only_to_new_ones(void **state)
{
	struct office *office = office_open();
	(void)state;

	import_text(office, "编号,案由\n1,甲\n");

	struct attempt a = attempt_begin(
		office,
		office_file(office,
			    "编号,案由,状态\n1,乙,\n2,丙,\n3,丁,已收到\n"),
		"handling");
	assert_string_equal(a.import.plan.items[0].to, "received");
	assert_string_equal(a.import.plan.items[1].to, "handling");
	assert_string_equal(a.import.plan.items[2].to, "received");
	attempt_end(&a);
	office_close(office);
}

static void refuses_a_status_that_is_not_configured(void **state)
{
	struct office *office = office_open();
	struct reading *reading;
	struct import import;
	struct err why = {0};
	struct rows rows;
	(void)state;

	OK(rows_read(&rows, SEED, NULL, err));
	OK(reading_begin(office->store, &reading, err));
	assert_false(import_plan(&import, &rows, office->config, reading,
				 "flying", &why));
	assert_int_equal(why.code, ERR_USAGE);
	reading_end(reading);
	rows_free(&rows);
	office_close(office);
}

static void a_step_that_the_workflow_forbids_is_rejected(void **state)
{
	struct office *office = office_open();
	(void)state;

	import_text(office, "编号,案由\n1,甲\n");
	would(office, "编号,状态\n1,已答复\n1,已立案\n",
	      "2 reject "
	      "状态不能改为“已答复”：“已收到”之后只能是：已立案、不立案、并案\n"
	      "3 change 状态：已收到 → 已立案\n");
	office_close(office);
}

static void merging_in_a_circle_is_rejected(void **state)
{
	struct office *office = office_open();
	(void)state;

	import_text(office, "编号,案由,并案\n1,甲,\n2,乙,1\n3,丙,2\n");
	/* Through the store, through the file, and through both. */
	would(office, "编号,并案\n1,3\n",
	      "2 reject 并入第3号会绕回这件提案自己，请改并案\n");
	would(office, "编号,案由,并案\n4,丁,5\n5,戊,6\n6,己,4\n7,庚,4\n",
	      "2 reject 并入第5号会绕回这件提案自己，请改并案\n"
	      "3 new \n4 new \n5 new \n");
	would(office, "编号,案由,并案\n8,丁,3\n1,,8\n",
	      "2 reject 并入第3号会绕回这件提案自己，请改并案\n"
	      "3 change 并案：空 → 第8号\n");
	would(office, "编号,案由,并案\n9,丁,999\n", "2 new \n");
	office_close(office);
}

/* Longer than a thousand steps: it was nobody's work. */
static void a_merge_into_an_endless_chain_is_taken(void **state)
{
	struct office *office = office_open();
	struct buf text = {0};
	(void)state;

	for (int i = 1; i <= 1100; i++)
		buf_printf(&text,
			   "{\"number\":%d,\"title\":\"甲\","
			   "\"merged_into\":%d}\n",
			   i, i + 1);
	import_text(office, text.data);
	would(office, "编号,案由,并案\n2000,乙,1\n", "2 new \n");
	would(office, "编号,并案\n1101,1\n",
	      "2 reject 没有案由，新提案要有案由\n");
	buf_free(&text);
	office_close(office);
}

static void a_table_without_rows_does_nothing(void **state)
{
	struct office *office = office_open();
	(void)state;

	would(office, "编号,案由\n", "");
	office_close(office);
}

static void a_unit_is_one_department(void **state)
{
	struct office *office = office_open();
	struct buf text = {0}, state_text = {0};
	(void)state;

	would(office, "编号,案由,分办\n1,甲,经信局、商务局\n", "2 new \n");
	would(office,
	      "{\"number\":1,\"title\":\"甲\",\"units\":["
	      "{\"department\":\"经信局、商务局\"}]}\n",
	      "1 reject units 的每一项只能写一个 department\n");
	for (int i = 0; i < 301; i++)
		buf_char(&state_text, 'x');
	buf_printf(&text,
		   "{\"number\":1,\"title\":\"甲\",\"units\":["
		   "{\"department\":\"jxj\",\"state\":\"%s\"}]}\n",
		   state_text.data);
	would(office, text.data,
	      "1 reject 单位“lead jxj xxxxxxxxxxx…”的写法不对\n");
	buf_free(&text);
	buf_free(&state_text);
	office_close(office);
}

static void a_unit_keeps_its_state_when_named_again(void **state)
{
	struct office *office = office_open();
	(void)state;

	import_text(office,
		    "{\"number\":1,\"title\":\"甲\",\"units\":[{"
		    "\"department\":\"经信委\",\"role\":\"lead\","
		    "\"state\":\"signed\",\"date\":\"2024-04-02\"}]}\n");
	would(office, "编号,主办\n1,经济和信息化局\n", "2 same \n");
	would(office,
	      "{\"number\":1,\"units\":[{\"department\":\"jxj\"},"
	      "{\"department\":\"经信局\"}]}\n"
	      "{\"number\":1,\"units\":[{\"department\":\"飞行局\"}]}\n",
	      "1 reject units 里“经信局”写了两次\n"
	      "2 reject 主办“飞行局”不在配置的部门里，可以是：经信局、商务局、"
	      "农业农村局、教育局、卫生健康局、社会治理中心、人力社保局、综合执"
	      "法局\n");
	office_close(office);
}

static void a_change_is_written_in_its_fields_only(void **state)
{
	struct office *office = office_open();
	(void)state;

	import_text(office, "编号,案由,主办,备注\n1,甲,经信局,一\n2,乙,,二\n");
	import_text(office, "编号,案由,会办\n2,丙,商务局\n3,丁,\n");
	would(office,
	      "编号,案由,主办,会办,备注\n"
	      "1,甲,经信局,,一\n2,丙,,商务局,二\n3,丁,,,\n",
	      "2 same \n3 same \n4 same \n");

	struct buf text = all(office);
	assert_non_null(strstr(buf_text(&text), "\"revision\":2"));
	buf_free(&text);
	office_close(office);
}

/* The same office after somebody renamed a code, which he should not. */
static void rename_code(struct office *office, struct buf *yaml,
			const char *old, const char *new)
{
	struct buf mistakes = {0};
	char *at = strstr(yaml->data, old);

	assert_non_null(at);
	memcpy(at, new, strlen(new));
	config_free(office->config);
	OK(config_parse(&office->config, "office.yaml", yaml->data, yaml->len,
			&mistakes, err));
	buf_free(&mistakes);
}

static void codes_that_the_configuration_lost_may_stay(void **state)
{
	struct office *office = office_open();
	struct buf yaml = file_read("tests/data/import/office.yaml");
	(void)state;

	import_file(office, SEED);
	rename_code(office, &yaml, "code: swj", "code: xyz");
	rename_code(office, &yaml, "code: key", "code: top");

	struct buf text = all(office);
	struct attempt a = attempt_begin(
		office, office_file(office, buf_text(&text)), NULL);
	assert_int_equal(a.import.verdicts[IMPORT_SAME], 10);
	attempt_end(&a);
	would(office, "{\"number\":4,\"level\":\"key\",\"topic\":\"八\"}\n",
	      "1 change 方面：一 → 八\n");
	buf_free(&text);
	buf_free(&yaml);
	office_close(office);
}

static void undo_takes_a_whole_file_back(void **state)
{
	struct office *office = office_open();
	struct reading *reading;
	struct plan undo;
	(void)state;

	import_file(office, SEED);
	OK(reading_begin(office->store, &reading, err));
	OK(plan_undo(&undo, office->config, reading, 1, err));
	reading_end(reading);
	commit(office, &undo);
	plan_free(&undo);
	struct buf none = all(office);
	assert_string_equal(buf_text(&none), "");
	import_file(office, SEED);
	struct buf text = all(office);
	assert_non_null(strstr(buf_text(&text), "\"number\":173"));
	buf_free(&none);
	buf_free(&text);
	office_close(office);
}

/* A character of two bytes that JSON writes with six. */
static const char wide[] = "\u0301";

/* The longest proposal there can be, and one byte more. */
static struct proposal longest(struct arena *arena, bool more)
{
	enum { ITEMS = 2000 };
	struct proposal p;
	struct buf text = {0}, all = {0};

	proposal_init(&p, key_make(session_make(14, 3), 1));
	p.title = more ? "ab" : "a";
	p.status = "received";
	p.units.items = arena_alloc(arena, ITEMS * sizeof(struct unit));
	p.proposers.items = arena_alloc(arena, ITEMS * sizeof(char *));
	/* Units that no configuration knows only come back where they are. */
	p.units.count = more ? 0 : ITEMS;
	p.proposers.count = ITEMS;
	for (int i = 0; i < ITEMS; i++) {
		p.units.items[i] = (struct unit){
			.department = arena_printf(arena, "d%d", i),
			.role = ROLE_LEAD,
			.state = wide};
		p.proposers.items[i] = wide;
	}
	for (int id = 1; id < FIELD_END; id++)
		field_canonical(&fields[id], &p, &all);

	size_t left = PROPOSAL_BYTES_MAX - all.len + more;
	for (size_t i = 0; i < left / 2; i++)
		buf_str(&text, wide);
	if (left % 2)
		buf_str(&text, "x");
	p.body = arena_str(arena, text.data, 1u << 20);
	p.outcome =
		arena_str(arena, text.data + (1u << 20), text.len - (1u << 20));
	buf_free(&text);
	buf_free(&all);
	return p;
}

/* As the store is asked to write it; the sentence, "" if it did. */
static const char *put(struct office *office, const struct proposal *p,
		       struct err *err)
{
	struct edit edit = {.key = p->key, .kind = EDIT_PUT, .next = p};
	struct commit one = {
		.kind = BATCH_EDIT,
		.who = {.name = "wangfang", .from = ""},
		.note = "",
		.summary = "",
		.edits = &edit,
		.count = 1,
	};
	struct committed done = {0};

	*err = (struct err){0};
	if (store_commit(office->store, &one, &done, err))
		err->text[0] = '\0';
	free(done.conflicts);
	return err->text;
}

static void the_longest_proposal_comes_back_from_json(void **state)
{
	struct office *office = office_open();
	struct arena arena = {0};
	struct proposal p = longest(&arena, false);
	struct err err;
	(void)state;

	assert_string_equal(put(office, &p, &err), "");
	struct buf lines = all(office);
	assert_true(lines.len > 3 * PROPOSAL_BYTES_MAX);
	would(office, lines.data, "1 same \n");

	p = longest(&arena, true);
	p.key++;
	assert_non_null(strstr(put(office, &p, &err), "全部内容太长"));
	buf_reset(&lines);
	json_proposal(&p, &lines);
	would(office, lines.data,
	      "1 reject 全部内容太长：有 1310721 字节，"
	      "一件提案最多 1310720 字节\n");
	buf_free(&lines);
	arena_free(&arena);
	office_close(office);
}

static void reasons_are_clean_whatever_the_file_holds(void **state)
{
	struct office *office = office_open();
	(void)state;

	would(office, "编号,案由\n1\x1b[2J,甲\n",
	      "2 reject “1^[”不是编号，请写成 173、第173号 或 14-3-173\n");
	office_close(office);
}

/* Ends what it is told of as soon as the phase of that name has steps. */
static bool not_in(struct progress *progress)
{
	return strcmp(progress->phase, progress->arg) != 0 || !progress->done;
}

static void cancelled(const char *path, struct office *office,
		      const char *phase)
{
	char name[16];
	struct progress progress = {.tell = not_in, .arg = name};
	struct reading *reading;
	struct import import;
	struct rows rows;
	struct err why;

	snprintf(name, sizeof(name), "%s", phase);
	OK(reading_begin(office->store, &reading, err));
	assert_false(rows_read(&rows, path, &progress, &why) &&
		     import_plan(&import, &rows, office->config, reading, NULL,
				 &why));
	assert_string_equal(progress.phase, phase);
	assert_int_equal(why.code, ERR_REFUSED);
	assert_string_equal(why.text, "已取消，未保存");
	rows_free(&rows);
	reading_end(reading);
}

static void whoever_waits_may_cancel_in_every_phase(void **state)
{
	enum { ROWS = 3000 };
	struct office *office = office_open();
	struct buf json = {0}, table = {0};
	(void)state;

	buf_str(&table, "编号,案由\n");
	for (int i = 1; i <= ROWS; i++) {
		buf_printf(&json, "{\"number\":%d,\"title\":\"甲\"%600s}\n", i,
			   "");
		buf_printf(&table, "%d,甲\n", i);
	}
	cancelled(office_file(office, buf_text(&json)), office, "读取");
	cancelled(office_file(office, buf_text(&json)), office, "检查");
	cancelled(office_file(office, buf_text(&table)), office, "读取");
	cancelled(office_file(office, buf_text(&table)), office, "检查");
	buf_free(&json);
	buf_free(&table);
	office_close(office);
}

/* What a cell said before is remembered; in another column, in another form
 * or beside something else the same words are another thing. */
static void the_same_words_again_mean_what_they_mean_here(void **state)
{
	struct office *office = office_open();
	(void)state;

	would(office,
	      "编号,案由,主办,会办,级别,结果\n"
	      "1,甲,经信局,商务局,重点,A\n"
	      "2,乙,经信局,商务局,重点,A\n"
	      "3,丙,商务局,经信局,A,重点\n"
	      "4,丁,,经信局,重点,A\n"
	      "5,戊,经信局,经信局,重点,A\n",
	      "2 new \n3 new \n"
	      "4 reject 级别“A”不在配置的级别里，可以是：一般、重要、重点\n"
	      "5 new \n6 new \n");
	import_text(office,
		    "{\"number\":1,\"title\":\"甲\",\"units\":\"经信局\"}\n"
		    "{\"number\":2,\"title\":\"乙\",\"units\":\"经信局\"}\n"
		    "{\"number\":3,\"title\":\"丙\",\"units\":"
		    "[{\"department\":\"jxj\",\"role\":\"joint\"}]}\n"
		    "{\"number\":4,\"title\":\"丁\",\"units\":"
		    "[{\"department\":\"jxj\",\"role\":\"joint\"}]}\n");
	would(office,
	      "编号,主办,会办\n1,经信局,\n2,经信局,\n3,,经信局\n4,,经信局\n",
	      "2 same \n3 same \n4 same \n5 same \n");
	office_close(office);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(imports_the_seed_as_it_stands),
		cmocka_unit_test(the_same_file_again_changes_nothing),
		cmocka_unit_test(what_json_writes_makes_the_same_register),
		cmocka_unit_test(names_what_is_wrong_with_a_row),
		cmocka_unit_test(reads_numbers_and_sessions_in_all_forms),
		cmocka_unit_test(shows_changes_in_words),
		cmocka_unit_test(an_empty_cell_keeps_and_a_null_clears),
		cmocka_unit_test(a_status_is_given_only_to_new_ones),
		cmocka_unit_test(refuses_a_status_that_is_not_configured),
		cmocka_unit_test(a_step_that_the_workflow_forbids_is_rejected),
		cmocka_unit_test(merging_in_a_circle_is_rejected),
		cmocka_unit_test(a_merge_into_an_endless_chain_is_taken),
		cmocka_unit_test(a_table_without_rows_does_nothing),
		cmocka_unit_test(a_unit_is_one_department),
		cmocka_unit_test(a_unit_keeps_its_state_when_named_again),
		cmocka_unit_test(a_change_is_written_in_its_fields_only),
		cmocka_unit_test(codes_that_the_configuration_lost_may_stay),
		cmocka_unit_test(undo_takes_a_whole_file_back),
		cmocka_unit_test(the_longest_proposal_comes_back_from_json),
		cmocka_unit_test(reasons_are_clean_whatever_the_file_holds),
		cmocka_unit_test(whoever_waits_may_cancel_in_every_phase),
		cmocka_unit_test(the_same_words_again_mean_what_they_mean_here),
	};
	return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
