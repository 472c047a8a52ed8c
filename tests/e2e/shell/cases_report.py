"""count, report, check."""
import os

from desk import DATA, equal


def count_lists_every_value_of_one_group(desk):
    desk.seeded()
    rows = desk.run("count", "status", "--json").silent().rows()
    equal({row["status"]: row["count"] for row in rows if row["count"]},
          {"handling": 10})
    equal(len(rows) >= 16, True, "zero counts")
    ran = desk.run("count", "status")
    equal([line for line in ran.lines if not line.endswith("\t0")],
          ["办理中\t10"])


def count_adds_up_by_every_group(desk):
    desk.seeded()
    for group in ("status", "unit", "category", "level", "result", "feedback",
                  "due", "session", "状态", "主办", "类别", "级别", "结果", "反馈",
                  "期限", "届次"):
        rows = desk.run("count", group, "--json").rows()
        equal(sum(row["count"] for row in rows), 10, group)


def units_share_a_proposal_that_is_divided(desk):
    desk.empty().lines(
        {"number": 1, "title": "甲", "units": [
            {"department": "jxj", "role": "separate"},
            {"department": "swj", "role": "separate"}]},
        {"number": 2, "title": "乙", "units": [
            {"department": "jxj", "role": "lead"},
            {"department": "jyj", "role": "joint"}]})
    rows = desk.run("count", "unit", "--json").rows()
    equal({row["unit"]: row["count"] for row in rows if row["count"]},
          {"jxj": 2, "swj": 1})


def two_groups_make_a_table_without_zeros(desk):
    desk.seeded()
    rows = desk.run("count", "unit", "result", "--json").rows()
    equal(sum(row["count"] for row in rows), 10)
    equal(all(row["count"] for row in rows), True)
    equal({(row["unit"], row["result"]): row["count"] for row in rows}[
        ("jxj", "B")], 1)
    equal({(row["unit"], row["result"]) for row in rows} >=
          {("jxj", None), ("swj", "A")}, True)


def count_takes_conditions(desk):
    desk.seeded()
    rows = desk.run("count", "unit", "result=A", "--json").rows()
    equal(sum(row["count"] for row in rows), 6)
    rows = desk.run("count", "status", "unit=经信局", "--json").rows()
    equal(sum(row["count"] for row in rows), 2)


def count_needs_a_group_that_there_is(desk):
    desk.seeded()
    for words in ([], ["x"], [""], ["status=办理中"],
                  ["number"], ["status", "unit", "level"]):
        desk.run("count", *words, status=2).empty()


def the_review_is_as_the_newspaper_prints_it(desk):
    desk.seeded()
    with open(os.path.join(DATA, "pinghu-review.txt"), encoding="utf-8") as f:
        golden = f.read()
    ran = desk.run("report", "review").silent()
    want = golden.replace("立案0件", "立案10件")
    equal(ran.out, want)


def there_is_one_report(desk):
    desk.seeded()
    for words in ([], ["x"], ["review", "x"], [""]):
        desk.run("report", *words, status=2).empty().says("review")


def a_review_of_nothing_says_so(desk):
    desk.empty()
    desk.run("report", "review", status=(0, 1))
    desk.run("--session", "14-2", "report", "review", status=(0, 1))


def check_counts_what_it_read(desk):
    desk.seeded()
    desk.run("status", "已答复", "4、173")
    desk.run("check").silent().prints(
        "提案 10 件", "历史 12 条", "批次 2 个", "没有发现问题")
    desk.run("check", "extra", status=2).empty().says("extra")
