#include "exchange/json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "domain/field.h"
#include "unit.h"

static void is_written(const char *text, const char *expected)
{
	struct buf out = {0};

	json_quote(text, &out);
	assert_string_equal(buf_text(&out), expected);
	buf_free(&out);
}

static void escapes_what_json_and_terminals_would_execute(void **state)
{
	static const struct {
		const char *text, *json;
	} cases[] = {
		{"", "\"\""},
		{"一“地瓜经济”——A1", "\"一“地瓜经济”——A1\""},
		{"a\"b\\c", "\"a\\\"b\\\\c\""},
		{"\n\t\r\b\f", "\"\\n\\t\\r\\b\\f\""},
		{"\x1b[31m\x7f", "\"\\u001b[31m\\u007f\""},
		{"a\u202Eb\u200B", "\"a\\u202eb\\u200b\""},
		{"\xC2\x85\uE000", "\"\\u0085\\ue000\""},
		{"\U000E0041", "\"\\udb40\\udc41\""},
		{"\U00020000\U0001F600", "\"\U00020000\U0001F600\""},
		{"\xD6\xD0"
		 "中\xE4\xB8",
		 "\"��中��\""},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		is_written(cases[i].text, cases[i].json);
}

static void every_character_comes_back_as_it_was(void **state)
{
	(void)state;
	for (char32_t cp = 1; cp <= 0x10FFFF; cp++) {
		struct buf out = {0};
		char text[5] = "";

		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		text[utf8_put(cp, text)] = '\0';
		json_quote(text, &out);
		json_t *back = json_loads(out.data, JSON_DECODE_ANY, NULL);
		assert_non_null(back);
		assert_string_equal(json_string_value(back), text);
		json_decref(back);
		buf_free(&out);
	}
}

static void writes_every_field_in_its_order(void **state)
{
	const char *names[] = {"王富国", "第三界别活动组"};
	struct unit units[] = {
		{"jxj", ROLE_LEAD, "", DAY_NONE},
		{"swj", ROLE_JOINT, "signed", 0},
	};
	key related[] = {key_make(session_make(14, 3), 1),
			 key_make(session_make(14, 2), 7)};
	struct proposal p;
	struct buf out = {0};
	(void)state;

	setenv("TZ", "Asia/Shanghai", 1);
	tzset();
	proposal_init(&p, key_make(session_make(14, 3), 173));
	p.title = "关于“走出去”的建议";
	p.proposers = (struct strings){names, 2};
	units[1].date = day_make(2024, 4, 2);
	p.units = (struct units){units, 2};
	p.level = "key";
	p.dates[DATE_DUE] = day_make(2024, 10, 4);
	p.merged_into = key_make(session_make(14, 3), 23);
	p.related = (struct keys){related, 2};
	p.revision = 3;
	p.changed_at = 1732066200999;
	p.changed_by = "wangfang";
	json_proposal(&p, &out);
	assert_string_equal(
		out.data,
		"{\"session\":\"14-3\",\"number\":173,"
		"\"title\":\"关于“走出去”的建议\",\"body\":null,"
		"\"proposers\":[\"王富国\",\"第三界别活动组\"],"
		"\"category\":null,\"level\":\"key\",\"topic\":null,"
		"\"units\":[{\"department\":\"jxj\",\"role\":\"lead\","
		"\"state\":null,\"date\":null},{\"department\":\"swj\","
		"\"role\":\"joint\",\"state\":\"signed\","
		"\"date\":\"2024-04-02\"}],\"status\":null,"
		"\"received\":null,\"filed\":null,\"assigned\":null,"
		"\"due\":\"2024-10-04\",\"replied\":null,\"closed\":null,"
		"\"result\":null,\"outcome\":null,\"feedback\":null,"
		"\"led_by\":null,\"supervised_by\":null,"
		"\"merged_into\":\"14-3-23\","
		"\"related\":[\"14-3-1\",\"14-2-7\"],\"remarks\":null,"
		"\"revision\":3,\"changed_at\":\"2024-11-20T09:30:00+08:00\","
		"\"changed_by\":\"wangfang\"}\n");
	buf_free(&out);
}

static void says_null_and_empty_lists_for_what_is_not_there(void **state)
{
	struct proposal p;
	struct buf out = {0};
	size_t nulls = 0, lists = 0;
	const char *name;
	json_t *value;
	(void)state;

	proposal_init(&p, key_make(session_make(14, 3), 1));
	json_proposal(&p, &out);
	json_t *object = json_loads(out.data, JSON_REJECT_DUPLICATES, NULL);
	json_object_foreach(object, name, value)
	{
		nulls += json_is_null(value);
		lists += json_is_array(value) && json_array_size(value) == 0;
	}
	/* All fields but three lists, and who changed it when. */
	assert_int_equal(nulls, FIELD_END - 1 - 3 + 2);
	assert_int_equal(lists, 3);
	json_decref(object);
	buf_free(&out);
}

static void writes_times_with_their_offset(void **state)
{
	static const struct {
		const char *zone, *time;
	} cases[] = {
		{"UTC", "2024-11-20T01:30:00+00:00"},
		{"Asia/Shanghai", "2024-11-20T09:30:00+08:00"},
		{"XXX3:30", "2024-11-19T22:00:00-03:30"},
	};
	const struct batch batch = {
		.number = 7,
		.kind = BATCH_STATUS,
		.at = 1732066200000,
		.who = {1000, UINT32_MAX, "王芳", ""},
		.note = "平政办〔2024〕1号",
		.summary = "办理中 → 已答复",
		.count = 12,
		.undone_by = 8,
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf out = {0}, expected = {0};

		setenv("TZ", cases[i].zone, 1);
		tzset();
		json_batch(&batch, &out);
		buf_printf(&expected,
			   "{\"batch\":7,\"kind\":\"status\",\"at\":\"%s\","
			   "\"by\":\"王芳\",\"uid\":1000,\"login_uid\":null,"
			   "\"from\":null,\"summary\":\"办理中 → 已答复\","
			   "\"note\":\"平政办〔2024〕1号\",\"count\":12,"
			   "\"undoes\":null,\"undone_by\":8}\n",
			   cases[i].time);
		assert_string_equal(out.data, expected.data);
		buf_free(&out);
		buf_free(&expected);
	}
}

static void a_time_outside_the_calendar_is_null(void **state)
{
	static const int64_t times[] = {INT64_MIN, INT64_MAX, 253402300800000,
					-62200000000000, 0};
	(void)state;

	setenv("TZ", "UTC", 1);
	tzset();
	for (size_t i = 0; i < LENGTH(times); i++) {
		struct proposal p;
		struct buf out = {0};

		proposal_init(&p, key_make(session_make(14, 3), 1));
		p.changed_at = times[i];
		json_proposal(&p, &out);
		assert_non_null(strstr(out.data, "\"changed_at\":null"));
		buf_free(&out);
	}
}

static void an_event_is_called_what_happened(void **state)
{
	static const struct {
		enum event_kind kind;
		const char *name;
	} cases[] = {
		{EVENT_CREATED, "\"event\":\"created\""},
		{EVENT_CHANGED, "\"event\":\"changed\""},
		{EVENT_REMOVED, "\"event\":\"removed\""},
	};
	const struct batch batch = {.number = 1,
				    .kind = BATCH_EDIT,
				    .who = {1000, 1000, "w", ""},
				    .note = "",
				    .summary = ""};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		const struct event event = {
			.key = key_make(session_make(14, 3), 1),
			.kind = cases[i].kind};
		struct buf out = {0};

		json_event(&event, &batch, &out);
		assert_non_null(strstr(out.data, cases[i].name));
		buf_free(&out);
	}
}

static void writes_a_change_field_by_field(void **state)
{
	const struct event_field changes[] = {
		{FIELD_RESULT, "", "B"},
		{FIELD_OUTCOME, "甲\n乙", ""},
	};
	const struct event event = {
		.key = key_make(session_make(14, 3), 173),
		.batch = 7,
		.revision = 2,
		.kind = EVENT_CHANGED,
		.fields = changes,
		.field_count = 2,
	};
	const struct batch batch = {
		.number = 7,
		.kind = BATCH_EDIT,
		.at = 1732066200000,
		.who = {1000, 1000, "w", ""},
		.note = "",
		.summary = "",
	};
	struct buf out = {0};
	(void)state;

	setenv("TZ", "UTC", 1);
	tzset();
	json_event(&event, &batch, &out);
	assert_string_equal(
		out.data,
		"{\"session\":\"14-3\",\"number\":173,\"revision\":2,"
		"\"event\":\"changed\",\"batch\":7,\"kind\":\"edit\","
		"\"at\":\"2024-11-20T01:30:00+00:00\",\"by\":\"w\","
		"\"note\":null,\"changes\":[{\"field\":\"result\","
		"\"before\":null,\"after\":\"B\"},{\"field\":\"outcome\","
		"\"before\":\"甲\\n乙\",\"after\":null}]}\n");
	buf_free(&out);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(escapes_what_json_and_terminals_would_execute),
		cmocka_unit_test(every_character_comes_back_as_it_was),
		cmocka_unit_test(writes_every_field_in_its_order),
		cmocka_unit_test(
			says_null_and_empty_lists_for_what_is_not_there),
		cmocka_unit_test(writes_times_with_their_offset),
		cmocka_unit_test(a_time_outside_the_calendar_is_null),
		cmocka_unit_test(an_event_is_called_what_happened),
		cmocka_unit_test(writes_a_change_field_by_field),
	};
	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
