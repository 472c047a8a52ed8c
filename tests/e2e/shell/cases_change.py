"""status, undo, history, batches: what is written, and what is not."""

import json
import os

from desk import equal


def writes_one_batch_for_many(desk):
    desk.seeded()
    ran = desk.run("status", "已答复", "4、173、23", "--note", "平政协〔2024〕5号")
    ran.empty().says("批次 2", "3 件")
    have = desk.statuses()
    equal([have[n] for n in (4, 173, 23)], ["answered"] * 3)
    equal(sum(status == "answered" for status in have.values()), 3)
    batch = desk.batches()[0]
    equal((batch["batch"], batch["kind"], batch["count"], batch["note"],
           batch["undoes"], batch["undone_by"]),
          (2, "status", 3, "平政协〔2024〕5号", None, None))


def a_status_goes_by_label_code_and_alias(desk):
    desk.seeded()
    for word, number in (("已答复", 1), ("answered", 4), ("延期办理", 8)):
        desk.run("status", word, str(number))
    have = desk.statuses()
    equal([have[n] for n in (1, 4, 8)], ["answered", "answered", "extended"])


def the_workflow_refuses_with_its_reason(desk):
    desk.seeded()
    ran = desk.run("status", "已办结", "173", status=5).empty()
    ran.says("14-3-173", "“办理中”之后只能是：已答复、延期、撤案")
    equal(len(desk.batches()), 1)
    equal(desk.show(173)["status"], "handling")


def what_is_allowed_is_written_and_the_rest_is_named(desk):
    desk.seeded()
    desk.run("status", "已答复", "4")
    ran = desk.run("status", "已办结", "4", "173", status=5)
    ran.says("批次 3", "1 件", "14-3-173", "只能是")
    have = desk.statuses()
    equal((have[4], have[173]), ("closed", "handling"))


def force_overrules_it_and_the_history_says_so(desk):
    desk.seeded()
    desk.run("status", "已办结", "173", "--force")
    equal(desk.show(173)["status"], "closed")
    desk.run("history", "173").prints("强制")
    equal("强制" in desk.batches()[0]["summary"], True)
    # What the workflow allows is not forced.
    desk.run("status", "已答复", "4", "--force")
    equal("强制" in desk.batches()[0]["summary"], False)


def force_does_not_invent_a_status(desk):
    desk.seeded()
    desk.run("status", "没有的", "4", "--force", status=2).says("没有的")
    equal(len(desk.batches()), 1)


def an_unknown_number_writes_nothing(desk):
    desk.seeded()
    for numbers in (["173", "999"], ["160-173"], ["14-2-173"]):
        desk.run("status", "已答复", *numbers, status=1).empty() \
            .says("没有写入")
    desk.run("status", "已答复", "x", status=2).empty()
    desk.run("status", "已答复", "173", "x", status=2).empty()
    equal(set(desk.statuses().values()), {"handling"})
    equal(len(desk.batches()), 1)


def ranges_and_standard_input(desk):
    desk.seeded()
    desk.run("status", "已答复", "8—9号")
    desk.run("status", "已答复", "-", stdin="17\n第23号\n")
    have = desk.statuses()
    equal({n for n in have if have[n] == "answered"}, {8, 9, 17, 23})
    desk.run("status", "已答复", "-", status=2).empty()
    desk.run("status", "已答复", "-", stdin=b"36\x00", status=2).empty()
    desk.run("status", "已答复", "-", stdin=b"36 \xff", status=2).empty()
    equal(desk.show(36)["status"], "handling")


def expect_writes_nothing_unless_it_is_exactly_that_many(desk):
    desk.seeded()
    desk.run("status", "已答复", "4", "173", "--expect", "3", status=5) \
        .says("2 件", "3")
    desk.run("status", "已答复", "4", "173", "--expect", "1", status=5)
    equal(len(desk.batches()), 1)
    desk.run("status", "已答复", "4", "173", "--expect", "2")
    # Only what would be written counts.
    desk.run("status", "已办结", "4", "8", "--expect", "2", status=5)
    desk.run("status", "已办结", "4", "8", "--expect", "1", status=5)
    equal(desk.show(4)["status"], "closed")
    for text in ("x", "-1", "1.5", "", "99999999999999999999", "2 "):
        desk.run("status", "已答复", "8", "--expect", text, status=2) \
            .says("--expect")
    equal(desk.show(8)["status"], "handling")


def dry_run_shows_each_step_and_writes_nothing(desk):
    desk.seeded()
    ran = desk.run("status", "已答复", "4", "173", "--dry-run").silent()
    equal(ran.lines, ["14-3-4  办理中 → 已答复  可执行",
                      "14-3-173  办理中 → 已答复  可执行"])
    ran = desk.run("status", "已办结", "4", "--dry-run", status=5)
    ran.prints("14-3-4", "不允许", "只能是：已答复")
    ran = desk.run("status", "已办结", "4", "--dry-run", "--force")
    ran.prints("强制")
    desk.run("status", "已答复", "4", "--dry-run", "--expect", "2", status=5)
    equal(len(desk.batches()), 1)


def what_is_so_already_is_no_batch(desk):
    desk.seeded()
    desk.run("status", "办理中", "4", "173").empty().says("什么都不用写")
    equal(len(desk.batches()), 1)
    desk.run("status", "已答复", "4")
    desk.run("status", "已答复", "4", "173").says("1 件")
    equal(desk.show(4)["revision"], 2)


def a_number_said_twice_is_written_once(desk):
    desk.seeded()
    desk.run("status", "已答复", "4", "第4号", "14-3-4").says("1 件", "重复")
    equal(desk.show(4)["revision"], 2)


def wants_a_status_and_numbers(desk):
    desk.seeded()
    for words in ([], ["已答复"], ["", "4"], ["4", "已答复"], ["已答复", ""]):
        desk.run("status", *words, status=2).empty()
    equal(len(desk.batches()), 1)


def notes_of_any_kind_are_kept_and_shown_on_one_line(desk):
    desk.seeded()
    note = "第一行\n第二行\t“引号”\x1b[31m"
    desk.run("status", "已答复", "4", "--note", note, status=(0, 2))
    desk.run("status", "已答复", "8", "--note", "")
    desk.run("status", "已答复", "9", "--note", "长" * 30000, status=(0, 2))
    desk.run("status", "已答复", "17", "--note", b"\xff\xfe", status=(0, 2))
    count = len(desk.batches())
    equal(len(desk.run("batches").lines), count)
    desk.run("history", "4")


def undo_takes_back_ones_own_last_batch(desk):
    desk.seeded()
    desk.run("status", "已答复", "4、173")
    desk.run("status", "已答复", "8")
    desk.run("undo", "--dry-run").prints("14-3-8", "已答复 → 办理中")
    desk.run("undo").empty().says("批次 4", "撤销批次 3")
    have = desk.statuses()
    equal((have[4], have[8], have[173]),
          ("answered", "handling", "answered"))
    desk.run("undo").says("撤销批次 2")
    equal(set(desk.statuses().values()), {"handling"})
    batches = desk.batches()
    equal([(b["batch"], b["undoes"], b["undone_by"]) for b in batches],
          [(5, 2, None), (4, 3, None), (3, None, 4), (2, None, 5),
           (1, None, None)])


def undo_by_number(desk):
    desk.seeded()
    desk.run("status", "已答复", "4")
    desk.run("status", "已答复", "8")
    desk.run("undo", "2").says("撤销批次 2")
    have = desk.statuses()
    equal((have[4], have[8]), ("handling", "answered"))


def a_batch_is_undone_once(desk):
    desk.seeded()
    desk.run("status", "已答复", "4")
    desk.run("undo", "2")
    desk.run("undo", "2", status=5).empty().says("批次 2", "批次 3")
    equal(len(desk.batches()), 3)


def undo_of_an_undo_does_it_again(desk):
    desk.seeded()
    desk.run("status", "已答复", "4")
    desk.run("undo")
    desk.run("undo", "3").says("重做批次 2")
    equal(desk.show(4)["status"], "answered")
    equal(desk.batches()[0]["kind"], "redo")
    desk.run("undo")
    equal(desk.show(4)["status"], "handling")


def what_was_changed_since_is_left_and_named(desk):
    desk.seeded()
    desk.run("status", "已答复", "4、173")
    desk.run("status", "已办结", "4")
    ran = desk.run("undo", "2", "--dry-run", status=5)
    ran.prints("14-3-4", "14-3-173")
    ran = desk.run("undo", "2", status=5)
    ran.says("14-3-4", "1 件", "批次 4")
    have = desk.statuses()
    equal((have[4], have[173]), ("closed", "handling"))
    # Taken back one by one, the whole way is open.
    desk.run("undo", "3")
    equal(desk.show(4)["status"], "answered")


def an_import_is_undone_and_done_again(desk):
    desk.seeded()
    before = desk.rows()
    ran = desk.run("undo", "--dry-run").prints("移除")
    equal(len(ran.lines), 10)
    desk.run("undo").says("10 件")
    equal(desk.rows(), [])
    desk.run("show", "173", status=1).empty()
    desk.run("status", "已答复", "173", status=1)
    desk.run("history", "173").prints("导入", "撤销")
    desk.run("check").prints("已移除 10 件")
    desk.run("undo", "2", "--dry-run").prints("恢复为 办理中")
    desk.run("undo", "2").says("重做批次 1", "10 件")
    kept = ("session", "number", "title", "proposers", "units", "status",
            "outcome", "related", "result", "topic")
    equal([{name: row[name] for name in kept} for row in desk.rows()],
          [{name: row[name] for name in kept} for row in before])


def a_number_that_was_removed_can_come_again(desk):
    desk.seeded()
    desk.run("undo")
    desk.run("import", "-", stdin="编号,案由\n173,另一件\n").says("新增 1 件")
    equal(desk.show(173)["title"], "另一件")
    # The old one cannot come back over it.
    ran = desk.run("undo", "2", status=5)
    ran.says("14-3-173")
    equal(desk.show(173)["title"], "另一件")
    equal(len(desk.rows()), 10)


def nothing_to_undo_is_status_1(desk):
    desk.empty()
    desk.run("undo", status=1).empty().says("没有")
    desk.run("undo", "1", status=1).empty().says("批次 1")
    for text in ("0", "x", "-1", "1.5", "99999999999", "一", "1-2", ""):
        desk.run("undo", "--", text, status=2).empty().says("批次")
    desk.run("undo", "1", "2", status=2).empty()


def undo_does_not_take_what_others_did(desk):
    if os.geteuid() != 0:
        return      # only root can be somebody else
    desk.seeded()
    os.chmod(desk.dir, 0o755)
    for name in ("", "data.mdb", "lock.mdb", "session.lock",
                 "write.gate"):
        os.chmod(os.path.join(desk.store, name), 0o777)
    program = desk.path("proposals")
    with open(desk.program, "rb") as file:
        desk.file("proposals", file.read())
    os.chmod(program, 0o755)
    ours, desk.program = desk.program, program
    desk.env.pop("ASAN_OPTIONS")
    desk.env.pop("UBSAN_OPTIONS")
    ran = desk.run("undo", status=1, user=65534, group=65534)
    ran.says("没有")
    desk.run("status", "已答复", "4", user=65534, group=65534)
    desk.program = ours
    equal(desk.batches()[0]["uid"], 65534)
    desk.run("undo", status=5).says("撤销批次 1", "14-3-4")
    equal([row["number"] for row in desk.rows()], [4])


def history_tells_who_when_and_what(desk):
    desk.seeded()
    env = {"PROPOSALS_NOW": "2024-12-01T08:05:00"}
    desk.run("status", "已答复", "173", "--note", "函复", env=env)
    ran = desk.run("history", "173").silent()
    ran.prints("2024-12-01 08:05", "函复", "办理中 → 已答复",
               "2024-11-20 09:30", "导入", "案由：关于加快推进虹霓")
    equal(ran.out.index("2024-12-01") < ran.out.index("2024-11-20"), True)
    rows = desk.run("history", "173", "--json").rows()
    equal([(row["batch"], row["event"], row["revision"], row["note"])
           for row in rows],
          [(2, "changed", 2, "函复"), (1, "created", 1, None)])
    equal(rows[0]["changes"], [{"field": "status", "before": "handling",
                                "after": "answered"}])


def history_takes_one_number(desk):
    desk.seeded()
    for text in ("第173号", "14-3-173", "１７３", "一百七十三"):
        desk.run("history", text)
    for words in ([], ["4", "173"], ["4-8"], ["x"], [""], ["0"]):
        desk.run("history", *words, status=2).empty()
    desk.run("history", "999", status=1).empty().says("999")
    desk.run("history", "999", "--json", status=1).empty()


def batches_come_newest_first_up_to_a_limit(desk):
    desk.seeded()
    for number in (1, 4, 8):
        desk.run("status", "已答复", str(number))
    equal([row["batch"] for row in desk.batches()], [4, 3, 2, 1])
    ran = desk.run("batches", "--limit", "2").silent()
    equal([line.split()[0] for line in ran.lines], ["4", "3"])
    desk.run("batches", "--limit", "0", status=2).says("--limit")
    desk.run("batches", "extra", status=2).empty().says("extra")
    desk.run("batches", "1", "2", status=2).empty()


def one_batch_prints_every_before_and_after(desk):
    desk.seeded()
    desk.run("status", "已答复", "4", "173", "--note", "公示")
    ran = desk.run("batches", "2").silent()
    equal(ran.lines[1:], ["14-3-4", "    状态：办理中 → 已答复",
                          "14-3-173", "    状态：办理中 → 已答复"])
    equal("公示" in ran.lines[0], True)
    rows = [json.loads(line)
            for line in desk.run("batches", "2", "--json").silent().lines]
    equal([row["number"] for row in rows], [4, 173])
    equal(rows[0]["changes"], [{"field": "status", "before": "handling",
                                "after": "answered"}])
    desk.run("batches", "9", status=1).empty().says("9")


def a_read_only_program_writes_nothing(desk):
    desk.seeded()
    for words in (["status", "已答复", "4"], ["undo"], ["import", "-"],
                  ["init", "new"]):
        desk.run("--read-only", *words, status=5).empty().says("只读")
        desk.run(*words, "--read-only", status=5).empty().says("只读")
    for words in (["list"], ["show", "4"], ["history", "4"], ["batches"],
                  ["check"], ["count", "status"], ["report", "review"]):
        desk.run("--read-only", *words)
    equal(len(desk.batches()), 1)


def years_at_the_edge_of_the_clock(desk):
    desk.seeded()
    for now in ("1950-01-01", "2079-12-31T23:59:59", "nonsense", ""):
        desk.run("list", env={"PROPOSALS_NOW": now})
        desk.run("status", "办理中", "4", env={"PROPOSALS_NOW": now})
