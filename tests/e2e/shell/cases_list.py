"""list and show: every filter, every order, every way to write a number."""
import json
import os

from desk import NUMBERS, equal

MADE = [
    {"number": 1, "title": "甲 Alpha", "status": "handling",
     "assigned": "2024-08-01", "units": [{"department": "jxj", "role": "lead"}],
     "level": "key", "category": "economy", "proposers": ["张三"]},
    {"number": 2, "title": "乙", "status": "handling",
     "assigned": "2024-08-25", "units": [{"department": "swj", "role": "lead"},
                                         {"department": "jxj",
                                          "role": "joint"}],
     "level": "ordinary", "result": "B"},
    {"number": 3, "title": "丙", "status": "answered",
     "assigned": "2024-08-01", "replied": "2024-10-30", "result": "A",
     "feedback": "satisfied",
     "units": [{"department": "jyj", "role": "separate"},
               {"department": "gaj", "role": "separate"}]},
    {"number": 4, "title": "丁", "status": "received", "due": "2024-12-31"},
    {"session": "14-2", "number": 1, "title": "去年的甲", "status": "closed"},
]


def _made(desk):
    desk.empty().lines(*MADE)
    return desk


def _keys(desk, *words, status=0):
    rows = desk.run("list", *words, "--json", status=status).rows()
    return ["%s/%d" % (row["session"], row["number"]) for row in rows]


def one_filter_of_each_kind(desk):
    _made(desk)
    for word, want in (
            ("status=办理中", [1, 2]), ("status=handling", [1, 2]),
            ("状态=办理中", [1, 2]), ("状态＝办理中", [1, 2]),
            ("status=办理中,已答复", [1, 2, 3]),
            ("status=办理中，已答复", [1, 2, 3]),
            ("unit=经信局", [1]), ("主办=经济和信息化局", [1]),
            ("unit=经信委", [1]), ("unit=jxj,swj", [1, 2]),
            ("unit=教育局", [3]), ("unit=公安局", [3]), ("unit=无", [4]),
            ("category=工业经济", [1]), ("类别=economy", [1]),
            ("level=重点", [1]), ("级别=一般", [2]), ("level=key", [1]),
            ("level=none", [3, 4]),
            ("result=A", [3]), ("result=a", [3]), ("结果=B", [2]),
            ("result=A,B", [2, 3]), ("result=无", [1, 4]),
            ("feedback=满意", [3]), ("反馈=satisfied", [3]),
            ("due=overdue", [1]), ("overdue", [1]), ("逾期", [1]),
            ("期限=逾期", [1]), ("soon", [2]), ("due=soon", [2]),
            ("due=overdue,soon", [1, 2]), ("due=none", [3, 4]),
            ("text=甲", [1]), ("text=alpha", [1]), ("文字=张三", [1]),
            ("text=ＡＬＰＨＡ", [1])):
        have = _keys(desk, "session=14-3", word)
        equal(have, ["14-3/%d" % n for n in want], word)


def dates_numbers_people_and_not(desk):
    _made(desk)
    for words, want in (
            (["assigned>=2024-08-25"], [2]), (["交办＜2024年8月25日"], [1, 3]),
            (["assigned=2024-08"], [1, 2, 3]), (["交办=8月1日"], [1, 3]),
            (["assigned=无"], [4]), (["交办!=无", "!result=A"], [1, 2]),
            (["replied>=-30d"], [3]), (["答复=上月"], [3]),
            (["due<7d"], [2]), (["期限<=5天"], [2]), (["due<5d"], []),
            (["due<-10d"], [1]), (["due<2024-12"], [1, 2, 3]),
            (["due=2024-12-31"], [4]), (["!overdue"], [2, 3, 4]),
            (["number=1-2,4"], [1, 2, 4]), (["编号!=1、2"], [3, 4]),
            (["by=me"], [1, 2, 3, 4]), (["修改人=我", "更新>=今天"],
                                         [1, 2, 3, 4]),
            (["changed<today"], []), (["!by=我"], []),
            (["merged=否"], [1, 2, 3, 4]), (["并案=是"], []),
            (["甲"], [1]), (["!甲"], [2, 3, 4]), (["甲", "alpha"], [1]),
            (["甲 alpha"], [1]), (['"甲 alpha"'], [1]), (['"alpha 甲"'], []),
            (["“甲 alpha”", "状态=办理中"], [1]),
            (["status=办理中,已答复 result!=A"], [1, 2])):
        have = _keys(desk, "session=14-3", *words, status=not want)
        equal(have, ["14-3/%d" % n for n in want], words)


def explain_says_what_it_means_and_how_many(desk):
    _made(desk)
    ran = desk.run("list", "--explain", "status=办理中,已答复", "due<7d")
    equal(ran.err, "办理中或已答复，7 天内到期：1 件\n")
    equal(len(ran.lines), 1)
    equal(desk.run("list", "--explain").err, "全部：5 件\n")
    ran = desk.run("list", "--explain", "没有的字", status=1)
    equal(ran.err.split("\n")[0], "含“没有的字”：0 件")
    ran = desk.run("count", "status", "--explain", "unit=经信局")
    equal(ran.err, "主办经信局：1 件\n")


def a_mistake_is_pointed_at(desk):
    _made(desk)
    ran = desk.run("list", "level=重点", "status=办里中", status=2).empty()
    equal(ran.err.split("\n")[:2], ["条件：level=重点 status=办里中",
                                    " " * 24 + "^ 这里"])
    ran.says("第 17 字：没有“办里中”这个状态，是不是“办理中”？")
    desk.run("list", "marked", status=2).empty().says("只有在界面上")
    desk.run("list", "by=nobody-at-all", status=2).empty().says("这个人")
    desk.run("list", "assigned<2024,2025", status=2).empty().says("一个日期")
    desk.run("list", "结果<A", status=2).empty().says("= 或 !=")


def help_has_the_table_of_conditions(desk):
    for command in ("list", "count"):
        desk.run("help", command).prints("期限<7天", "修改人=我", "本周")


def several_conditions_mean_and(desk):
    _made(desk)
    equal(_keys(desk, "status=办理中", "level=重点"), ["14-3/1"])
    equal(_keys(desk, "status=办理中", "result=A", status=1), [])


def the_session_is_a_condition_and_an_option(desk):
    _made(desk)
    for words in (["session=14-2"], ["--session", "14-2"],
                  ["--session", "十四届二次"], ["届次=十四届二次"]):
        equal(_keys(desk, *words), ["14-2/1"], words)
    equal(len(_keys(desk)), 5)
    for text in ("x", "14", "14-", "0-0", "14-3-1", "一四届", "-", " "):
        desk.run("list", "--session", text, status=2).empty() \
            .says("届次")


def conditions_that_are_none_name_what_there_is(desk):
    desk.seeded()
    for word in ("foo=bar", "", "=", "==", "=办理中", "< 7d"):
        desk.run("list", word, status=2).empty().says("status=")
    desk.run("list", "x" * 100000, status=2).empty().says("太长")
    desk.run("list", "status=没有的", status=2).says("没有的", "办理中")
    desk.run("list", "status=", status=2).says("办理中")
    desk.run("list", "status=,", status=2).empty()
    desk.run("list", "due=bogus", status=2).says("逾期")
    desk.run("list", "result=E", status=2).says("E")
    desk.run("list", "unit=经信", status=2).says("经信")
    desk.run("list", "text=", status=2)
    desk.run("list", "text=" + "字" * 30000, status=2)


def bytes_that_are_no_text_are_no_condition(desk):
    desk.seeded()
    for word in (b"text=\xff", b"status=\xff\xfe", b"\x80", b"text=\x1b[31m"):
        desk.run("list", word, status=(1, 2)).empty()


def nothing_found_is_status_1_and_a_sentence(desk):
    desk.seeded()
    desk.run("list", "result=C", status=1).empty().says("没有")
    desk.run("list", "result=C", "--json", status=1).empty()


def orders_by_each_column_and_back(desk):
    _made(desk)
    for order, want in (("number", ["14-2/1", "14-3/1", "14-3/2", "14-3/3",
                                    "14-3/4"]),
                        ("due", ["14-3/1", "14-3/3", "14-3/2", "14-3/4",
                                 "14-2/1"]),
                        ("unit", ["14-3/1", "14-3/3", "14-3/2", "14-2/1",
                                  "14-3/4"]),
                        ("status", ["14-3/4", "14-3/1", "14-3/2", "14-3/3",
                                    "14-2/1"])):
        equal(_keys(desk, "--sort", order), want, order)
    for english, chinese in (("number", "编号"), ("due", "期限"),
                             ("unit", "主办"), ("status", "状态"),
                             ("changed", "更新时间")):
        equal(_keys(desk, "--sort", chinese), _keys(desk, "--sort", english))
        equal(sorted(_keys(desk, "--sort", chinese, "--reverse")),
              sorted(_keys(desk)))
    equal(_keys(desk, "--reverse"), _keys(desk)[::-1])
    desk.run("list", "--sort", "x", status=2).empty().says("“x”", "编号")


def orders_by_several(desk):
    _made(desk)
    equal(_keys(desk, "--sort", "主办,-期限"),
          _keys(desk, "--sort", "unit,-due"))
    equal(_keys(desk, "--sort", "unit,-due", "--reverse"),
          _keys(desk, "--sort", "-unit,due"))
    equal(_keys(desk, "--sort", "-number"), _keys(desk)[::-1])
    for order, want in (("due,due", "两次"), ("due,-x", "“x”"),
                        ("due,unit,status,level,result", "4")):
        desk.run("list", "--sort", order, status=2).empty().says(want)


def groups_have_heads_with_subtotals_but_not_in_json(desk):
    desk.seeded()
    out = desk.run("list", "--group", "status", "--sort", "-number").out
    heads = [line for line in out.splitlines() if line.startswith("-- ")]
    equal(heads, ["-- 办理中  10 件"])
    out = desk.run("list", "--group", "主办", "--columns", "编号").out
    lines = out.splitlines()
    equal(len([line for line in lines if not line.startswith("-- ")]), 10)
    equal(sum(int(line.split()[-2]) for line in lines
              if line.startswith("-- ")), 10)
    equal(lines[0][:3], "-- ")
    equal(sorted(_keys(desk, "--group", "主办")), sorted(_keys(desk)))
    desk.run("list", "--group", "期限", status=2).empty().says("“期限”")


def the_late_ones_of_a_group_are_counted(desk):
    _made(desk)
    out = desk.run("list", "--group", "status",
                   env={"PROPOSALS_NOW": "2030-01-01T09:30:00"}).out
    desk_late = [line for line in out.splitlines() if "其中逾期" in line]
    equal(len(desk_late) > 0, True, out)


def columns_are_chosen(desk):
    desk.seeded()
    out = desk.run("list", "--columns", "编号,状态",
                   "number=173").out
    equal(out.split(), ["14-3-173", "办理中"])
    out = desk.run("list", "--columns", "title").out
    equal(len(out.splitlines()), 10)
    equal(out.startswith("关于"), True)
    equal("  \n" in out, False)
    desk.run("list", "--columns", "颜色", status=2).empty().says("“颜色”")
    desk.run("list", "--columns", "title,number", status=2).empty() \
        .says("最后一列")


def the_columns_are_those_of_the_configuration(desk):
    desk.seeded()
    config = desk.run("--print-config").out
    assert "columns: [number, unit, status, due, result, title]" in config
    desk.file("own.yaml", config.replace(
        "columns: [number, unit, status, due, result, title]",
        "columns: [title]"))
    out = desk.run("list", "--config", desk.path("own.yaml")).out
    equal(out, desk.run("list", "--columns", "title").out)


def what_was_changed_last_comes_first(desk):
    _made(desk)
    env = {"PROPOSALS_NOW": "2024-11-21T09:30:00"}
    desk.run("status", "已答复", "2", env=env)
    equal(_keys(desk, "--sort", "changed")[0], "14-3/2")


def limit_takes_the_first_and_says_so(desk):
    desk.seeded()
    ran = desk.run("list", "--limit", "3").says("10")
    equal(len(ran.lines), 3)
    equal(len(desk.run("list", "--limit", "10").silent().lines), 10)
    for text in ("0", "-1", "x", "1.5", "99999999999", "", " 3", "３", "3x"):
        desk.run("list", "--limit", text, status=2).empty().says("--limit")


def a_line_has_number_unit_status_and_title(desk):
    desk.seeded()
    line = [line for line in desk.run("list").silent().lines
            if "14-3-173" in line][0]
    for text in ("经信局", "办理中", " B ",
                 "关于加快推进虹霓工业园区转型升级的建议"):
        equal(text in line, True, line)


def deadlines_stand_in_the_line(desk):
    _made(desk)
    ran = desk.run("list", "session=14-3")
    equal(["逾" in ran.lines[0], "剩5天" in ran.lines[1],
           "按期" in ran.lines[2]], [True, True, True], ran.out)


def list_and_show_give_the_same_objects(desk):
    desk.seeded()
    listed = desk.rows()
    shown = desk.run("show", "1-200", "--json", status=1).rows()
    equal(shown, listed)
    for row in listed:
        for name in ("session", "number", "title", "proposers", "units",
                     "level", "topic", "category", "status", "result",
                     "outcome", "feedback", "related", "merged_into",
                     "revision", "body", "received", "filed", "assigned",
                     "due", "replied", "closed", "led_by", "supervised_by",
                     "remarks", "changed_at", "changed_by"):
            equal(name in row, True, name)


def every_way_to_write_a_number(desk):
    desk.seeded()
    for text in ("173", "第173号", "１７３", "0173", "No.173", "no.173", "№173",
                 "#173", "一百七十三", "14-3-173", "十四届三次173",
                 "十四届三次第173号", "第１７３号", " 173 ", "第173号提案",
                 "(173)", "【173】", "173号", "１４－３－１７３"):
        ran = desk.run("show", text, "--json")
        equal([row["number"] for row in ran.rows()], [173], text)


def lists_and_ranges_as_they_stand_in_a_letter(desk):
    desk.seeded()
    ran = desk.run("show", "4、173、23,36，161—165号", "--json", status=1)
    equal([row["number"] for row in ran.rows()], [4, 173, 23, 36, 161])
    ran.says("162", "165", "4 个编号没有找到")
    for text in ("8-9", "8—9", "8～9", "8至9", "8到9", "8－9号", "第8号至第9号"):
        equal([row["number"] for row in
               desk.run("show", text, "--json").rows()], [8, 9], text)
    ran = desk.run("show", "4", "173 23", "8-9", "--json")
    equal([row["number"] for row in ran.rows()], [4, 173, 23, 8, 9])


def repeated_numbers_are_shown_once_and_said(desk):
    desk.seeded()
    ran = desk.run("show", "173", "第173号", "14-3-173", "--json")
    equal(len(ran.rows()), 1)
    ran.says("重复", "173")


def a_dash_reads_numbers_from_standard_input(desk):
    desk.seeded()
    ran = desk.run("show", "-", "--json", stdin="4\n173、23\n")
    equal([row["number"] for row in ran.rows()], [4, 173, 23])
    ran = desk.run("show", "1", "-", "--json", stdin="4")
    equal([row["number"] for row in ran.rows()], [1, 4])
    desk.run("show", "-", status=2).empty()
    desk.run("show", "-", stdin="  \n", status=2).empty()
    desk.run("show", "-", stdin=b"4\x00173", status=2).empty()
    desk.run("show", "-", stdin=b"\xff\xfe", status=2).empty()
    ran = desk.run("show", "-", "--json", stdin="173、" * 200000)
    equal(len(ran.rows()), 1)


def what_is_no_number_is_refused_by_name(desk):
    desk.seeded()
    for text in ("x", "0", "-1", "1.5", "14-3", "165-161", "1000000",
                 "99999999999999999999999", "5件", "2024-01-15", "一百件",
                 "第号", "号", "1-999999", "14-3-", "--", "１．５", "\u202e4",
                 "4\x1b[31m", "x" * 100000):
        desk.run("show", "--", text, status=2).empty()
    desk.run("show", status=2).empty().says("编号")
    desk.run("show", "", status=2).empty()


def unknown_numbers_are_named_and_status_1(desk):
    desk.seeded()
    desk.run("show", "999", status=1).empty().says("999")
    desk.run("show", "14-2-173", status=1).empty().says("十四届二次")
    ran = desk.run("show", "4", "999", status=1).says("999")
    ran.prints("第4号")


def numbers_without_a_session_are_of_the_current_one(desk):
    _made(desk)
    equal(desk.show(1)["title"], "甲 Alpha")
    ran = desk.run("--session", "14-2", "show", "1", "--json")
    equal(ran.rows()[0]["title"], "去年的甲")


def a_merged_number_says_where_it_leads(desk):
    _made(desk)
    desk.lines({"number": 5, "title": "戊", "status": "merged",
                "merged_into": "14-3-1"})
    ran = desk.run("show", "5").says("14-3-5", "14-3-1")
    ran.prints("并案")


def all_fields_are_shown_in_words(desk):
    desk.seeded()
    ran = desk.run("show", "23").silent()
    ran.prints("十四届三次第23号", "案由：关于鼓励企业",
               "提案人：第三界别活动组、沈逍江、周琴、朱超群", "级别：重点",
               "方面：三", "单位：主办 商务局", "状态：办理中", "办理结果：A",
               "相关提案：第1号", "修订：1", "落实情况：")


def json_holds_codes_and_null_for_what_is_empty(desk):
    desk.seeded()
    text = desk.run("show", "4", "--json").silent().out
    row = json.loads(text)
    equal(text.count("\n"), 1)
    equal((row["status"], row["level"], row["category"], row["result"],
           row["received"], row["merged_into"], row["related"]),
          ("handling", "key", None, None, None, None, []))


def a_hundred_thousand_numbers_from_a_pipe(desk):
    desk.seeded()
    numbers = "\n".join(str(n) for n in range(1, 100001))
    ran = desk.run("show", "-", "--json", stdin=numbers, status=1)
    equal([row["number"] for row in ran.rows()], NUMBERS)
    equal(len(ran.err) < 20000, True, "a page of unknown numbers")


def numbers_are_no_files(desk):
    desk.seeded()
    os.mkfifo(desk.path("173"))
    desk.run("show", "173")
