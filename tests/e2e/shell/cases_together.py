"""Several people at once."""
from desk import Failed, equal


def _register(desk, count):
    desk.empty()
    desk.lines(*({"number": n, "title": "题%d" % n, "status": "handling"}
                 for n in range(1, count + 1)))


def eight_writers_of_different_proposals_all_get_through(desk):
    _register(desk, 400)
    for round in range(5):
        ran = desk.together(
            ["status", "已答复", "%d-%d" % (50 * i + 10 * round + 1,
                                          50 * i + 10 * round + 10)]
            for i in range(8))
        equal([one.status for one in ran], [0] * 8)
    equal(set(desk.statuses().values()), {"answered"})
    batches = desk.batches()
    equal([batch["batch"] for batch in batches], list(range(41, 0, -1)))
    equal(sum(batch["count"] for batch in batches), 800)
    desk.run("check").prints("历史 800 条")


def of_eight_writers_of_the_same_proposals_one_wins(desk):
    _register(desk, 300)
    ran = desk.together([["status", "已答复", "1-300"]] * 4 +
                        [["status", "延期", "1-300"]] * 4)
    won = [one for one in ran if one.status == 0 and "批次" in one.err]
    have = set(desk.statuses().values())
    equal(len(have), 1, "a mixture")
    for one in ran:
        # The late see a status that is so already, may go on, or may not.
        if one.status == 5:
            one.says("没有写入")
        elif one.status != 0:
            one.fail("status %d" % one.status)
    equal(len(desk.batches()), 1 + len(won))
    if not won:
        raise Failed("    nobody got through")
    desk.run("check").prints("历史 %d 条" % (300 * (1 + len(won))))


def a_batch_is_undone_by_one_of_eight(desk):
    _register(desk, 300)
    desk.run("status", "已答复", "1-300")
    ran = desk.together([["undo", "2"]] * 8)
    equal(sorted(one.status for one in ran), [0] + [5] * 7)
    equal(set(desk.statuses().values()), {"handling"})
    equal(len(desk.batches()), 3)


def eight_imports_of_one_file_make_one_set(desk):
    desk.empty()
    text = "".join('{"number":%d,"title":"题%d"}\n' % (n, n)
                   for n in range(1, 301))
    path = desk.file("same.jsonl", text)
    ran = desk.together([["import", path]] * 8)
    equal(all(one.status in (0, 5) for one in ran), True)
    equal(len(desk.rows()), 300)
    equal(len(desk.batches()), 1)


def eight_inits_make_one_store(desk):
    for name in ("one", "two", "three"):
        ran = desk.together([["init", name]] * 8)
        equal(sorted(one.status for one in ran), [0] + [5] * 7)
        desk.run("--store", name, "check")


def readers_see_whole_batches_while_others_write(desk):
    _register(desk, 200)
    writers = [desk.start("status", status, "1-200", "--force")
               for status in ("已答复", "办理中") * 10]
    for _ in range(15):
        rows = desk.run("list", "--json").rows()
        equal(len(rows), 200)
        equal(len({row["status"] for row in rows}), 1, "half a batch")
    for writer in writers:
        writer.communicate(timeout=60)
    desk.run("check")
