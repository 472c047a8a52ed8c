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

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_file_is_no_register),
		cmocka_unit_test(an_endless_line_is_not_kept),
		cmocka_unit_test(the_longest_change_comes_back),
	};
	return cmocka_run_group_tests_name("archive", tests, NULL, NULL);
}
