#include "exchange/archive.h"

#include <fcntl.h>
#include <unistd.h>

#include "desk.h"

static bool into(void *arg, const struct buf *text, struct err *err)
{
	(void)err;
	buf_add(arg, buf_text(text), text->len);
	return true;
}

static struct buf written(struct desk *desk)
{
	struct check_sums sums;
	struct buf out = {0};

	OK(archive_write(desk_read(desk), false, into, &out, &sums, err));
	desk_done(desk);
	return out;
}

static void tell(void *arg, const char *sentence)
{
	(void)arg;
	fail_msg("%s", sentence);
}

/* Make the store of a desk anew of it. */
static bool read_into(struct desk *desk, const struct buf *text,
		      struct err *why)
{
	struct swapped swapped;
	char path[80];

	snprintf(path, sizeof(path), "%s.jsonl", desk->dir);
	int fd = open(file_write(path, buf_text(text), text->len), O_RDONLY);
	remove(path);
	store_close(desk->store);
	bool ok = archive_read(fd, desk->dir, tell, NULL, &swapped, why);
	close(fd);
	OK(store_open(&desk->store, desk->dir, STORE_READ_WRITE, err));
	return ok;
}

static void an_empty_file_is_no_register(void **state)
{
	struct desk *desk = desk_open();
	struct buf nothing = {0};
	struct err err = {0};
	(void)state;

	assert_false(read_into(desk, &nothing, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_string_equal(err.text, "是空的，没有可导入的内容");
	desk_close(desk);
}

static void an_endless_line_is_not_kept(void **state)
{
	struct desk *desk = desk_open();
	struct buf text = {0};
	struct err err = {0};
	(void)state;

	while (text.len <= 8u << 20)
		buf_str(&text, "{\"export\":\"proposals\"} ");
	assert_false(read_into(desk, &text, &err));
	assert_string_equal(err.text, "第 1 行：超过 8 MB");
	buf_free(&text);
	desk_close(desk);
}

/* As long as a proposal may be, of what JSON writes with three times the
 * bytes. */
static struct proposal *longest(struct desk *desk, const char *wide)
{
	struct proposal *p = desk_new(desk, desk_key(3, 1), "handling");
	size_t used = strlen(p->title) + strlen(p->status), mib = 1u << 20;
	struct buf text = {0};

	while (text.len + 2 <= PROPOSAL_BYTES_MAX - used)
		buf_str(&text, wide);
	p->body = arena_str(&desk->arena, text.data, mib);
	p->outcome = arena_str(&desk->arena, text.data + mib, text.len - mib);
	buf_free(&text);
	return p;
}

static void the_longest_change_comes_back(void **state)
{
	struct desk *desk = desk_open(), *other = desk_open();
	const struct proposal *before = longest(desk, "\u0301");
	const struct proposal *after = longest(desk, "\u0302");
	(void)state;

	desk_put(desk, 1, &before, 1);
	desk_put(desk, 1, &after, 1);
	struct buf text = written(desk);
	assert_true(text.len > 9 * (PROPOSAL_BYTES_MAX - 100));
	OK(read_into(other, &text, err));
	struct buf again = written(other);
	assert_int_equal(again.len, text.len);
	assert_memory_equal(again.data, text.data, text.len);
	buf_free(&text);
	buf_free(&again);
	desk_close(desk);
	desk_close(other);
}

/* A file that is right in all but its head: each field is asked for. */
#define WHO \
	"\"at_ms\":1,\"uid\":0,\"login_uid\":null,\"by\":\"root\"," \
	"\"from\":null,\"operation\":\"0123456789abcdef0123456789abcdef\"," \
	"\"note\":null,\"summary\":\"s\",\"undoes\":null," \
	"\"undone_by\":null,"

static const char *const lines[] = {
	"{\"export\":\"proposals\",\"version\":1,\"roles\":true,"
	"\"batches\":3,\"events\":2,\"head\":\""
	"0000000000000000000000000000000000000000000000000000000000000000\"}",
	"{\"batch\":1,\"kind\":\"user\"," WHO "\"count\":0,\"grant\":"
	"{\"uid\":1001,\"name\":\"x\",\"before\":\"none\","
	"\"after\":\"editor\"}}",
	"{\"batch\":2,\"kind\":\"import\"," WHO "\"count\":1}",
	"{\"batch\":2,\"session\":\"14-3\",\"number\":1,\"revision\":1,"
	"\"event\":\"created\",\"fields\":{\"title\":\"甲\","
	"\"status\":\"received\"}}",
	"{\"batch\":3,\"kind\":\"edit\"," WHO "\"count\":1}",
	"{\"batch\":3,\"session\":\"14-3\",\"number\":1,\"revision\":2,"
	"\"event\":\"changed\",\"changes\":[{\"field\":\"title\","
	"\"before\":\"甲\",\"after\":\"乙\"}]}",
};

/* Read with other words in one line; what is said about it. */
static struct err said_of(size_t line, const char *from, const char *to)
{
	struct desk *desk = desk_open();
	struct buf text = {0};
	struct err err = {0};

	for (size_t i = 0; i < LENGTH(lines); i++) {
		const char *at = i == line ? strstr(lines[i], from) : NULL;

		if (i == line && !at)
			fail_msg("%s is not in %s", from, lines[i]);
		if (at)
			buf_printf(&text, "%.*s%s%s\n", (int)(at - lines[i]),
				   lines[i], to, at + strlen(from));
		else
			buf_printf(&text, "%s\n", lines[i]);
	}
	assert_false(read_into(desk, &text, &err));
	assert_int_equal(err.code, ERR_USAGE);
	buf_free(&text);
	desk_close(desk);
	return err;
}

static void every_field_has_to_be_what_it_should(void **state)
{
	static const struct {
		size_t line;
		const char *from, *to, *words;
	} cases[] = {
		{0, "\"roles\":true", "\"roles\":1", "“roles”"},
		{0, "\"batches\":3", "\"batches\":-3", "“batches”"},
		{0, "\"batches\":3", "\"batches\":5000000000", "“batches”"},
		{0, "\"events\":2", "\"events\":\"2\"", "“events”"},
		{0, "00\"}", "0g\"}", "“head”"},
		{0, "00\"}", "0\"}", "“head”"},
		{0, "\"head\"", "\"tail\"", "“head”"},
		{1, "\"batch\":1", "\"batch\":null", "“batch”"},
		{1, "\"kind\":\"user\"", "\"kind\":\"x\"", "“kind”"},
		{1, "\"kind\":\"user\"", "\"kind\":7", "“kind”"},
		{1, "\"at_ms\":1", "\"at_ms\":1.5", "“at_ms”"},
		{1, "\"uid\":0", "\"uid\":\"0\"", "“uid”"},
		{1, "\"login_uid\":null", "\"login_uid\":-1", "“login_uid”"},
		{1, "\"by\":\"root\"", "\"by\":0", "“by”"},
		{1, "\"by\":\"root\"", "\"by\":{\"hex\":0}", "“hex”"},
		{1, "\"by\":\"root\"", "\"by\":{\"hex\":\"00\"}", "“by”"},
		{1, "\"by\":\"root\"", "\"by\":{\"hex\":\"abc\"}", "“by”"},
		{1, "\"from\":null", "\"from\":[]", "“from”"},
		{1, "\"operation\"", "\"deed\"", "“operation”"},
		{1, "\"note\":null", "\"note\":false", "“note”"},
		{1, "\"summary\":\"s\"", "\"summary\":1", "“summary”"},
		{1, "\"count\":0", "\"count\":0.5", "“count”"},
		{1, "\"undoes\":null", "\"undoes\":true", "“undoes”"},
		{1, "\"undone_by\":null", "\"undone_by\":-1", "“undone_by”"},
		{1, "\"grant\":", "\"gift\":", "“grant”"},
		{1, "\"uid\":1001", "\"uid\":-1001", "“uid”"},
		{1, "\"name\":\"x\"", "\"name\":1", "“name”"},
		{1, "\"before\":\"none\"", "\"before\":0", "“before”"},
		{1, "\"after\":\"editor\"", "\"after\":\"x\"", "“after”"},
		{3, "\"batch\":2", "\"batch\":2.5", "“batch”"},
		{3, "\"session\":\"14-3\"", "\"session\":3", "“session”"},
		{3, "\"session\":\"14-3\"", "\"session\":\"x\"", "“session”"},
		{3, "\"number\":1", "\"number\":null", "“number”"},
		{3, "\"number\":1", "\"number\":9999999", "“number”"},
		{3, "\"revision\":1", "\"revision\":null", "“revision”"},
		{3, "\"event\":\"created\"", "\"event\":0", "“event”"},
		{3, "\"event\":\"created\"", "\"event\":\"x\"", "“event”"},
		{3, "\"fields\":{", "\"field\":{", "“fields”"},
		{3, "\"title\":", "\"titel\":", "没有“titel”这个字段"},
		{3, "\"title\":\"甲\"", "\"title\":1", "“title”"},
		{5, "\"changes\":[", "\"changes\":[1,", "“changes”"},
		{5, "\"changes\":", "\"change\":", "“changes”"},
		{5, "\"field\":\"title\"", "\"field\":1", "“field”"},
		{5, "\"field\":\"title\"", "\"field\":\"x\"",
		 "没有“x”这个字段"},
		{5, "\"before\":\"甲\"", "\"before\":1", "“before”"},
		{5, "\"after\":\"乙\"", "\"after\":1", "“after”"},
	};
	struct err err = said_of(0, "", "");
	(void)state;

	assert_string_equal(err.text,
			    "历史校验值对不上：内容被改动过，或不完整");
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char line[32];

		err = said_of(cases[i].line, cases[i].from, cases[i].to);
		snprintf(line, sizeof(line), "第 %zu 行", cases[i].line + 1);
		if (!strstr(err.text, line) ||
		    !strstr(err.text, cases[i].words))
			fail_msg("%s for %s: %s", cases[i].to, cases[i].from,
				 err.text);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_file_is_no_register),
		cmocka_unit_test(an_endless_line_is_not_kept),
		cmocka_unit_test(the_longest_change_comes_back),
		cmocka_unit_test(every_field_has_to_be_what_it_should),
	};
	return cmocka_run_group_tests_name("archive", tests, NULL, NULL);
}
