"""Views: one's own and the shared ones."""
import os
import stat

from desk import equal

ROWS = [
    {"number": 1, "title": "甲", "status": "handling", "level": "key",
     "assigned": "2024-08-01", "units": [{"department": "jxj",
                                          "role": "lead"}]},
    {"number": 2, "title": "乙", "status": "handling",
     "assigned": "2024-08-25"},
    {"number": 3, "title": "丙", "status": "waiting"},
    {"number": 4, "title": "丁", "status": "answered", "result": "B"},
    {"session": "14-2", "number": 5, "title": "戊", "status": "closed",
     "result": "B"},
    {"session": "14-2", "number": 6, "title": "己", "status": "handling",
     "level": "key"},
]


def _made(desk):
    desk.empty().lines(*ROWS)
    return desk


def _numbers(desk, *words, status=0):
    return [row["number"] for row in
            desk.run("list", *words, "--json", status=status).rows()]


def _views(desk, **more):
    return {view["name"]: view for view in
            desk.run("views", "--json", **more).rows()}


def the_shared_ones_come_from_the_configuration(desk):
    _made(desk)
    equal(list(_views(desk)), ["逾期", "7天内到期", "待签收", "重点", "B类跟踪",
                               "我最近改的"])
    desk.run("views").prints("1  逾期", "共享", "7 天内到期，按期限排列")
    for name, want in (("逾期", [1]), ("7天内到期", [2]), ("待签收", [3]),
                       ("重点", [1]), ("B类跟踪", [5, 4]),
                       ("我最近改的", [6, 5, 4, 3, 2, 1])):
        equal(sorted(_numbers(desk, "--view", name)), sorted(want), name)


def a_view_is_kept_and_its_words_outlive_the_labels(desk):
    _made(desk)
    desk.run("view", "save", "经信在办", "状态=办理中", "主办=经信局",
             "--sort", "更新时间", "--reverse").says("已保存")
    view = _views(desk)["经信在办"]
    equal((view["source"], view["key"], view["filter"], view["sort"],
           view["session"], view["wrong"]),
          ("own", "7", "status=handling unit=jxj", "-changed", "current",
           None))
    equal(_numbers(desk, "--view", "经信在办"), [1])
    path = desk.path(".config/proposals/views.yaml")
    equal(stat.S_IMODE(os.stat(path).st_mode), 0o600)
    desk.run("view", "save", "经信在办", "result=B", "--all")
    equal(sorted(_numbers(desk, "--view", "经信在办")), [4, 5])
    equal(len(_views(desk)), 7)
    desk.run("view", "delete", "经信在办").says("已删去")
    desk.run("view", "delete", "经信在办", status=1).says("经信在办")
    equal(len(_views(desk)), 6)


def more_conditions_narrow_a_view_and_options_win(desk):
    _made(desk)
    desk.run("view", "save", "在办", "status=handling", "--sort", "due")
    equal(_numbers(desk, "--view", "在办"), [1, 2])
    equal(_numbers(desk, "--view", "在办", "--reverse"), [2, 1])
    equal(_numbers(desk, "--view", "在办", "level=key"), [1])
    equal(_numbers(desk, "--view", "在办", "session=14-2"), [6])
    equal(_numbers(desk, "--view", "在办", "--session", "14-2"), [6])
    desk.run("list", "--view", "在办", "level=没有", status=2).says("没有", "^")


def what_cannot_be_a_view_is_refused(desk):
    _made(desk)
    for words, status, says in (
            ([], 2, "view save"), (["save"], 2, "view save"),
            (["keep", "甲"], 2, "view save"),
            (["delete", "甲", "乙"], 2, "view save"),
            (["save", "逾期", "level=key"], 5, "共享"),
            (["save", "", "level=key"], 2, "1 到 16"),
            (["save", "长" * 17], 2, "1 到 16"),
            (["save", "甲", "level=没有"], 2, "没有"),
            (["save", "甲", ""], 2, "空的"),
            (["save", "甲", "marked"], 2, "已选"),
            (["save", "甲", "--sort", "颜色"], 2, "颜色"),
            (["delete", "逾期"], 1, "逾期")):
        desk.run("view", *words, status=status).says(says).empty()
    desk.run("list", "--view", "重店", status=2).says("是不是“重点”")
    equal(os.path.exists(desk.path(".config")), False)
    equal(len(_views(desk)), 6)


def values_that_are_gone_are_told(desk):
    _made(desk)
    os.makedirs(desk.path(".config/proposals"))
    desk.file(".config/proposals/views.yaml",
              'views:\n  - {name: 老的, filter: "status=gone level=key"}\n')
    desk.run("list", "--view", "老的", status=2).says("老的", "gone")
    view = _views(desk)["老的"]
    equal("gone" in view["wrong"], True, view)
    desk.run("views").prints("老的", "重点（", "gone")


def a_broken_file_is_one_sentence_and_nothing_is_written_over_it(desk):
    _made(desk)
    os.makedirs(desk.path(".config/proposals"))
    path = desk.file(".config/proposals/views.yaml", "views:\n  - {name: 甲\n")
    desk.run("views", status=4).says("views.yaml:").prints("逾期")
    desk.run("view", "save", "甲", status=4).says("视图没有保存")
    desk.run("list", "--view", "甲", status=4).says("views.yaml:")
    equal(_numbers(desk, "--view", "重点"), [1])
    with open(path) as file:
        equal(file.read(), "views:\n  - {name: 甲\n")


def without_a_home_the_shared_ones_are_left(desk):
    _made(desk)
    none = {"HOME": None}
    equal(len(_views(desk, env=none)), 6)
    desk.run("view", "save", "甲", env=none, status=2).says("HOME")
    desk.run("list", "--view", "重点", env=none)
    elsewhere = {"HOME": None, "XDG_CONFIG_HOME": desk.path("x")}
    desk.run("view", "save", "甲", env=elsewhere)
    equal(os.path.exists(desk.path("x/proposals/views.yaml")), True)
    equal(len(_views(desk, env=elsewhere)), 7)


def a_home_that_takes_nothing_is_a_sentence(desk):
    _made(desk)
    desk.file(".config", "no folder")
    equal(len(_views(desk)), 6)
    desk.run("view", "save", "甲", status=4).says("视图没有保存", "views.yaml")
    os.remove(desk.path(".config"))
    os.makedirs(desk.path(".config/proposals/views.yaml"))
    desk.run("views", status=4).says("views.yaml").prints("逾期")


def who_only_looks_may_keep_views(desk):
    _made(desk)
    desk.run("--read-only", "view", "save", "甲", "level=key")
    desk.run("--read-only", "views").prints("甲")
    desk.run("--read-only", "view", "delete", "甲")


def a_view_needs_no_register(desk):
    desk.run("view", "save", "甲", "level=key")
    desk.run("views").prints("甲", "重点")


def a_mistake_in_a_shared_view_has_a_place(desk):
    _made(desk)
    config = desk.run("--print-config").out
    path = desk.file("proposals.yaml", config.replace('"level=key"',
                                                      '"level=gone"'))
    line = config[:config.index('"level=key"')].count("\n") + 1
    desk.run("--config", path, "list", status=3).says(
        "proposals.yaml:%d:" % line, "重点", "gone")
    desk.run("--config", path, "--print-config", status=3).says("gone")
