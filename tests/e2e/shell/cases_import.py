"""import: every form of file, and every way it can be wrong."""
import json
import os
import pty
import signal
import subprocess

from desk import DATA, NUMBERS, SEED, Failed, equal

HEAD = "届次,编号,案由,主办单位\n"


def read(name):
    with open(os.path.join(DATA, name), "rb") as file:
        return file.read()


def takes_the_real_ten(desk):
    ran = desk.empty().run("import", SEED, "--status", "办理中")
    ran.empty().says("新增 10 件", "批次 1")
    equal(desk.numbers(), NUMBERS)
    row = desk.show(173)
    equal((row["session"], row["title"], row["proposers"], row["level"],
           row["topic"], row["status"], row["result"], row["revision"]),
          ("14-3", "关于加快推进虹霓工业园区转型升级的建议", ["王富国"], "key",
           "二", "handling", "B", 1))
    equal(row["units"], [{"department": "jxj", "role": "lead", "state": None,
                          "date": None}])
    equal(desk.show(23)["related"], ["14-3-1"])


def twice_changes_nothing_whatever_the_form(desk):
    desk.seeded()
    text = desk.seed().decode("utf-8-sig")
    before = desk.rows()
    for content in (desk.seed(), text.encode(), text.encode("gb18030"),
                    text.replace("\n", "\r\n").encode(),
                    text.encode("utf-16"),
                    text.replace(",", "\t").encode()):
        ran = desk.run("import", desk.file("again.csv", content))
        ran.says("新增 0 件，修改 0 件，相同 10 件，拒绝 0 行")
    equal(desk.rows(), before)
    equal(len(desk.batches()), 1)


def a_list_in_json_goes_in_again_as_it_came_out(desk):
    desk.seeded()
    text = desk.run("list", "--json").out
    desk.run("import", "-", stdin=text).says("相同 10 件")
    desk.run("import", "-", stdin=b"\xef\xbb\xbf" + text.encode()) \
        .says("相同 10 件")
    desk.run("init", "copy")
    env = {"PROPOSALS_STORE": desk.path("copy")}
    desk.run("import", "-", stdin=text, env=env).says("新增 10 件")

    def contents(env=None):
        rows = desk.run("list", "--json", env=env).rows()
        return [{name: row[name] for name in row if name not in
                 ("changed_at", "changed_by", "batch")} for row in rows]
    equal(contents(env), contents())
    desk.run("check", env=env)


def from_standard_input_and_through_links(desk):
    desk.empty()
    os.symlink(SEED, desk.path("link"))
    desk.run("import", "link").says("新增 10 件")
    desk.run("import", "-", stdin=desk.seed()).says("相同 10 件")
    desk.run("import", "/dev/stdin", stdin=desk.seed()).says("相同 10 件")


def dry_run_shows_and_writes_nothing(desk):
    desk.empty()
    ran = desk.run("import", SEED, "--dry-run").says("新增 10 件")
    equal(len(ran.lines), 10)
    ran.prints("14-3-173", "新增")
    equal(desk.rows(), [])
    equal(desk.batches(), [])


def a_changed_cell_is_a_change_of_that_field_and_shown_first(desk):
    desk.seeded()
    desk.run("status", "已答复", "173")
    changed = desk.seed().replace("王富国".encode(), "王富国、李四".encode())
    name = desk.file("changed.csv", changed)
    ran = desk.run("import", name, "--dry-run").says("修改 1 件", "相同 9 件")
    ran.prints("14-3-173", "提案人：王富国 → 王富国、李四")
    equal(desk.show(173)["proposers"], ["王富国"])
    desk.run("import", name).says("修改 1 件", "批次 3")
    row = desk.show(173)
    equal((row["proposers"], row["status"], row["revision"]),
          (["王富国", "李四"], "answered", 3))
    ran = desk.run("history", "173")
    ran.prints("提案人：王富国 → 王富国、李四", "changed.csv")
    desk.run("undo", "--dry-run").prints("14-3-173", "提案人")
    desk.run("undo")
    equal(desk.show(173)["proposers"], ["王富国"])


def an_empty_cell_leaves_a_field_as_it_is(desk):
    desk.seeded()
    ran = desk.run("import", "-", stdin=HEAD + "14-3,173,,\n")
    ran.says("相同 1 件")
    equal(desk.show(173)["units"][0]["department"], "jxj")


def rejected_rows_are_named_by_line_and_the_others_go_in(desk):
    desk.empty()
    text = HEAD + ("14-3,1,好的,经信局\n"
                   "14-3,甲乙,坏号,经信局\n"
                   "14-3,3,坏单位,某某局\n"
                   "九届,4,坏届次,经信局\n"
                   "14-3,5,,经信局\n"
                   "14-3,0,零号,经信局\n"
                   "14-3,1000000,大号,经信局\n"
                   "14-3,8,又一件,商务局\n")
    ran = desk.run("import", "-", stdin=text, status=5).empty()
    for line in range(3, 9):
        ran.says("第 %d 行：" % line)
    ran.says("新增 2 件", "拒绝 6 行")
    equal(desk.numbers(), [1, 8])
    equal(len(desk.batches()), 1)


def strict_takes_all_or_none(desk):
    desk.empty()
    text = HEAD + "14-3,1,好的,经信局\n14-3,3,坏单位,某某局\n"
    ran = desk.run("import", "-", "--strict", stdin=text, status=5)
    ran.says("第 3 行：", "--strict")
    equal(desk.rows(), [])
    desk.run("import", SEED, "--strict").says("新增 10 件")


def a_status_is_the_rows_own_else_the_options_else_the_first(desk):
    desk.empty()
    text = "编号,案由,状态\n1,甲,已立案\n2,乙,\n"
    desk.run("import", "-", "--status", "待签收", stdin=text)
    equal(desk.statuses(), {1: "filed", 2: "waiting"})
    desk.run("import", "-", stdin="编号,案由\n3,丙\n")
    equal(desk.show(3)["status"], "received")
    # One that is there keeps its own.
    desk.run("import", "-", "--status", "办理中", stdin=text).says("相同 2 件")
    desk.run("import", "-", "--status", "没有的", stdin=text, status=2) \
        .says("没有的")
    desk.run("import", "-", "--status=", stdin=text, status=2)


def titles_blank_rows_and_sums_of_a_table_are_passed_over(desk):
    desk.empty()
    text = ("平湖市政协十四届三次会议提案一览表,,,\n"
            ",,,2024年3月\n"
            "\n"
            "编号,案由,主办单位,提案人\n"
            "1,甲,经信局,张三\n"
            ",,,\n"
            "2,乙,商务局,李四\n"
            "合计,2件,,\n")
    desk.run("import", "-", stdin=text).says("新增 2 件", "拒绝 0 行")
    equal(desk.numbers(), [1, 2])


def headers_and_departments_go_by_their_usual_names(desk):
    desk.empty()
    text = ("案号,题目,承办单位,会办单位,提案者,结果分类,届次\n"
            "第１号,甲,市经济和信息化局,教育局、市卫健委,张三，李四,A类,十四届三次\n"
            "0002,乙,经信委,,王五,b,14-3\n")
    desk.run("import", "-", stdin=text).says("新增 2 件")
    row = desk.show(1)
    equal([(unit["department"], unit["role"]) for unit in row["units"]],
          [("jxj", "lead"), ("jyj", "joint"), ("wjj", "joint")])
    equal((row["proposers"], row["result"]), (["张三", "李四"], "A"))
    equal(desk.show(2)["result"], "B")


def dates_go_by_their_usual_forms(desk):
    desk.empty()
    forms = ["2024-03-01", "2024/3/1", "2024.3.1", "2024年3月1日", "20240301",
             "２０２４－０３－０１"]
    text = "编号,案由,交办日期\n" + "".join(
        "%d,题%d,%s\n" % (n, n, form) for n, form in enumerate(forms, 1))
    desk.run("import", "-", stdin=text).says("新增 6 件")
    equal({row["assigned"] for row in desk.rows()}, {"2024-03-01"})
    for form in ("2024-02-30", "昨天", "2024-13-01", "0000-00-00"):
        desk.run("import", "-", stdin="编号,案由,交办日期\n9,题,%s\n" % form,
                 status=5).says("第 2 行", form)


def quotes_and_newlines_in_cells(desk):
    desk.empty()
    text = '编号,案由,落实情况\r\n1,"甲 ""乙"", 丙","一行\r\n两行"\r\n'
    desk.run("import", "-", stdin=text)
    row = desk.show(1)
    equal((row["title"], row["outcome"]), ('甲 "乙", 丙', "一行\n两行"))


def an_unknown_column_is_said_and_left_out(desk):
    desk.empty()
    ran = desk.run("import", "-", stdin="编号,案由,天气\n1,甲,晴\n")
    ran.says("天气", "新增 1 件")


def a_file_without_the_columns_it_needs_is_named(desk):
    desk.empty()
    for text in ("甲,乙\n1,2\n", "天气\n晴\n", "x\n"):
        desk.run("import", desk.file("strange.csv", text), status=2) \
            .empty().says("strange.csv")
    equal(desk.batches(), [])


def the_same_number_twice_in_a_file_is_told(desk):
    desk.empty()
    ran = desk.run("import", "-", stdin="编号,案由\n1,甲\n1,乙\n",
                   status=(0, 5))
    equal(ran.status, 5)
    ran.says("第 3 行")
    equal([row["title"] for row in desk.rows()], ["甲"])


def json_lines_that_are_wrong_are_told_by_line(desk):
    desk.empty()
    lines = ['{"number":1,"title":"甲"}', "{bad", "[1]", "3", '"x"', "null",
             '{"number":2}', '{"number":3,"title":"丙","status":"nope"}',
             '{"number":4,"title":"丁","nope":1}', '{"title":"无号"}',
             '{"number":-1,"title":"负"}', '{"number":1.5,"title":"半"}',
             '{"number":1e300,"title":"大"}', "{" * 3000,
             '{"number":5,"title":"\\ud800"}',
             '{"number":6,"title":{"a":1}}',
             '{"number":7,"title":"己","units":[{"department":"nope"}]}',
             '{"number":8,"title":"庚","received":"2024-02-30"}',
             '{"number":9,"title":"壬"}']
    ran = desk.run("import", "-", stdin="\n".join(lines), status=5)
    for line in range(2, len(lines)):
        ran.says("第 %d 行：" % line)
    equal(desk.numbers(), [1, 9])


def a_json_array_is_told_how_to_write_it(desk):
    desk.empty()
    desk.run("import", "-", stdin='[{"number":1,"title":"甲"}]', status=2) \
        .says("JSON Lines")


def files_that_are_none_are_named(desk):
    desk.empty()
    os.mkdir(desk.path("folder"))
    desk.file("empty", "")
    desk.file("zeros", b"\0" * 10000)
    desk.file("noise", bytes(range(256)) * 100)
    desk.file("blank", "\n\n \n")
    desk.file("bom", b"\xef\xbb\xbf")
    desk.file("utf16", b"\xff\xfe\x00")
    os.symlink("loop", desk.path("loop"))
    for name in ("folder", "missing", "empty", "zeros", "noise", "blank",
                 "bom", "utf16", "loop", "missing/below", "empty/below",
                 "folder/", "n" * 300):
        ran = desk.run("import", name, status=2).empty()
        ran.says(os.path.basename(name.rstrip("/"))[:50])
    for name in ("/dev/null", "/dev/zero", "/proc/self/mem", "/"):
        desk.run("import", name, status=2).empty()
    desk.run("import", "-", status=2).says("标准输入")
    desk.run("import", "-", stdin="", status=2).says("标准输入")
    equal(desk.batches(), [])


def wants_exactly_one_file(desk):
    desk.empty()
    for words in ([], ["a", "b"], [""]):
        desk.run("import", *words, status=2).empty()


def a_file_that_begins_with_a_dash_goes_behind_two(desk):
    desk.empty()
    desk.file("-x.csv", desk.seed())
    desk.run("import", "--", "-x.csv").says("新增 10 件")


def a_cell_without_end_is_refused_and_not_eaten(desk):
    desk.empty()
    text = '编号,案由\n1,"' + "甲" * 2000000
    desk.run("import", "-", stdin=text, status=2).says("标准输入")
    desk.run("import", "-", stdin="甲" * 2000000, status=2)
    desk.run("import", "-", stdin="," * 3000000, status=2)


def a_title_that_is_too_long_is_a_rejected_row(desk):
    desk.empty()
    for text in ("编号,案由\n1," + "长" * 5000 + "\n2,好的\n",
                 json.dumps({"number": 1, "title": "长" * 5000}) +
                 '\n{"number":2,"title":"好的"}\n'):
        ran = desk.run("import", "-", stdin=text, status=5)
        ran.says("案由")
    equal(desk.numbers(), [2])


def what_a_terminal_would_execute_never_reaches_it(desk):
    desk.empty()
    title = "甲\x1b[31m红\x07\u202e反\u200b乙\u009b2J"
    ran = desk.run("import", "-", stdin=json.dumps(
        {"number": 1, "title": title, "remarks": title}) + "\n",
        status=(0, 5))
    if ran.status == 0:
        for words in (["list"], ["show", "1"], ["history", "1"],
                      ["list", "--json"], ["show", "1", "--json"]):
            out = desk.run(*words).out
            for bad in "\x1b\x07\u202e\u009b":
                equal(bad in out, False, "%r in %s" % (bad, words))
    else:
        ran.says("第 1 行")


def a_note_goes_with_the_batch(desk):
    desk.empty()
    desk.run("import", SEED, "--note", "平政协〔2024〕5号")
    equal(desk.batches()[0]["note"], "平政协〔2024〕5号")
    desk.run("batches").prints("平政协〔2024〕5号")


def an_interrupt_cancels_and_nothing_has_changed(desk):
    """Where a script waits for it nothing is said of how far it is."""
    desk.empty()
    words = ["import", "-"]
    process = desk.start(*words, stdin=subprocess.PIPE)
    process.stdin.write(b'{"number":1,"title":"\xe7\x94\xb2"}\n')
    process.stdin.flush()
    while not catches(process.pid, signal.SIGINT):
        pass
    process.send_signal(signal.SIGINT)
    ran = desk.judge(desk.end(process, words), 5)
    equal(ran.err, "已取消，未保存\n")
    equal(desk.rows(), [])


def catches(pid, number):
    with open("/proc/%d/status" % pid) as file:
        line = next(line for line in file if line.startswith("SigCgt"))
    return int(line.split()[1], 16) >> number - 1 & 1


def on_a_terminal_one_line_says_how_far_it_is(desk):
    desk.empty()
    ours, theirs = pty.openpty()
    words = ["import", "-"]
    process = desk.start(*words, stdin=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    said = b""
    process.stdin.write('{"number":1,"title":"甲"}\n'.encode())
    os.set_blocking(ours, False)
    # Half a second goes by before it is worth a word.
    while "等待输入".encode() not in said:
        process.stdin.write(b"\n" * 4096)
        process.stdin.flush()
        try:
            said += os.read(ours, 4096)
        except BlockingIOError:
            pass
    os.set_blocking(ours, True)
    process.stdin.close()
    try:
        while block := os.read(ours, 4096):
            said += block
    except OSError:     # the terminal of nobody
        pass
    os.close(ours)
    equal(process.wait(), 0)
    process.stdout.close()
    lines = said.decode().split("\r\n")
    equal(lines[-3:], [lines[-3], "已保存：批次 1，1 件，标准输入", ""])
    # It is rewritten where it stands, and gone before anything else is said.
    head, shown, gone, last = lines[0].rsplit("\r", 3)
    equal((gone.strip(), last), ("", "新增 1 件，修改 0 件，相同 0 件，拒绝 0 行"))
    if "Ctrl-C" not in shown:
        raise Failed("    does not say how to stop: %r" % shown)


def many_rows_are_one_batch_and_one_undo(desk):
    desk.empty()
    text = "".join('{"number":%d,"title":"题%d"}\n' % (n, n)
                   for n in range(1, 20001))
    desk.run("import", "-", stdin=text).says("新增 20000 件", "批次 1")
    equal(len(desk.run("list").lines), 20000)
    equal(len(desk.run("list", "--json").rows()), 20000)
    desk.run("undo")
    equal(desk.rows(), [])
