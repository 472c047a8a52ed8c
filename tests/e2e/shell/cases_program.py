"""help, options, configuration, streams: the program itself."""
import os
import resource
import subprocess

from desk import Failed, ROOT, equal

COMMANDS = ("init", "import", "list", "show", "status", "history", "batches",
            "undo", "count", "report", "check", "help", "user", "doctor",
            "backup", "restore", "compact", "export")


def help_names_every_command_and_status(desk):
    ran = desk.run("help").silent()
    for name in COMMANDS:
        ran.prints("\n  " + name)
    for name in ("--store", "--config", "--session", "--read-only", "--help",
                 "--version", "--print-config"):
        ran.prints(name)
    equal(desk.run("--help").out, ran.out)
    equal([line for line in ran.lines if line != line.rstrip()], [])


def help_of_each_command_names_its_options(desk):
    for name in COMMANDS:
        ran = desk.run("help", name).silent()
        equal(ran.lines[0].startswith(name), True, ran.out)
        equal(desk.run(name, "--help").out, ran.out, name)
    desk.run("help", "status").prints("--note", "--expect", "--dry-run",
                                      "--force")
    desk.run("help", "import").prints("--status", "--strict", "--dry-run")
    desk.run("help", "list").prints("--json", "--sort", "--reverse", "--limit")
    desk.run("help", "改状态").prints("status")
    for words in (["nope"], ["a", "b"], ["list", "show"], [""], ["--", "-x"]):
        desk.run("help", *words, status=2).empty()


def help_and_version_need_neither_store_nor_configuration(desk):
    desk.file("bad.yaml", "x: [")
    env = {"PROPOSALS_CONFIG": desk.path("bad.yaml"), "PROPOSALS_STORE": None,
           "HOME": None}
    for words in (["help"], ["--help"], ["--version"], ["list", "--help"]):
        desk.run(*words, env=env).silent()


def tells_its_version(desk):
    ran = desk.run("--version").silent()
    equal(len(ran.lines), 1)
    equal(ran.out.startswith("proposals "), True)


def words_that_make_no_sense_are_named(desk):
    for words in (["nope"], [""], ["list2"], ["goto", "3"], ["up"],
                  ["LIST"], ["--", "--list"], ["\x1b[31m"], ["x" * 100000]):
        desk.run(*words, status=2).empty().says("命令")
    for words in (["--nope"], ["list", "--nope"], ["-x"], ["list", "-xyz"],
                  ["list", "-中"], ["--" + "x" * 100000], ["--s", "list"],
                  ["list", "--json=1"], ["--\x1b[31m"]):
        desk.run(*words, status=2).empty().says("选项")
    for words in (["--store"], ["list", "--limit"], ["status", "--note"]):
        desk.run(*words, status=2).empty().says("选项", words[-1])


def an_option_of_another_command_is_refused(desk):
    desk.seeded()
    for words in (["list", "--note", "x"], ["show", "4", "--force"],
                  ["check", "--json"], ["undo", "--force"],
                  ["import", "-", "--json"], ["init", "x", "--strict"],
                  ["count", "status", "--limit", "3"],
                  ["history", "4", "--dry-run"], ["help", "--json"]):
        option = [word for word in words if word.startswith("--")][0]
        desk.run(*words, status=2).empty().says(words[0], option)
    desk.run("--json", status=2).empty().says("--json")


def options_may_stand_anywhere(desk):
    desk.seeded()
    out = desk.run("list", "--json", "result=B").out
    equal(desk.run("--json", "list", "result=B").out, out)
    equal(desk.run("list", "result=B", "--json").out, out)
    equal(desk.run("--store=" + desk.store, "--json", "list", "result=B",
                   env={"PROPOSALS_STORE": "/nowhere"}).out, out)


def without_a_terminal_the_interface_does_not_open(desk):
    desk.seeded()
    desk.run(status=2).empty().says("终端")
    desk.run("--read-only", status=2).empty().says("终端")


# -- the configuration

def print_config_parses_back_to_the_same(desk):
    first = desk.run("--print-config").silent()
    path = desk.file("one.yaml", first.out)
    second = desk.run("--config", path, "--print-config").silent()

    def settings(text):
        return [line for line in text.splitlines()
                if not line.startswith("#")]
    equal(settings(second.out), settings(first.out))
    third = desk.run("--print-config", env={"PROPOSALS_CONFIG": path})
    equal(settings(third.out), settings(first.out))
    desk.seeded()
    equal(desk.run("--config", path, "list").out, desk.run("list").out)


def the_example_is_what_is_built_in(desk):
    example = os.path.join(ROOT, "proposals.yaml.example")

    def settings(text):
        return [line for line in text.splitlines()
                if not line.startswith("#")]
    equal(settings(desk.run("--config", example, "--print-config").out),
          settings(desk.run("--print-config").out))


def _only_done(desk):
    """A configuration whose statuses are its own."""
    text = desk.run("--print-config").out
    return text.replace("label: 办理中", "label: 正在办")


def the_configuration_is_looked_for_in_order(desk):
    desk.seeded()
    other = _only_done(desk)
    os.makedirs(desk.path(".config/proposals"))
    desk.file(".config/proposals/proposals.yaml", other)
    desk.run("show", "4").prints("正在办")
    plain = desk.file("plain.yaml", other.replace("正在办", "在办"))
    desk.run("show", "4", env={"PROPOSALS_CONFIG": plain}).prints("：在办")
    last = desk.file("last.yaml", other.replace("正在办", "办着"))
    desk.run("--config", last, "show", "4",
             env={"PROPOSALS_CONFIG": plain}).prints("办着")
    os.makedirs(desk.path("xdg/proposals"))
    desk.file("xdg/proposals/proposals.yaml", other.replace("正在办", "忙"))
    desk.run("show", "4", env={"XDG_CONFIG_HOME": desk.path("xdg")}) \
        .prints("：忙")


def all_mistakes_are_told_in_one_run_with_their_place(desk):
    text = ("sessions:\n"
            "  - {id: 14-3, year: 20}\n"
            "  - {id: 14-3, yeer: 2024}\n"
            "current: 15-9\n"
            "departments:\n"
            "  - {code: jxj, name: 经济和信息化局, active: maybe}\n"
            "  - {code: jxj, name: 商务局}\n"
            "statuses:\n"
            "  - {code: a, label: 甲, phase: intake, next: [zz]}\n"
            "  - {code: b, label: 乙, phase: nope, colour: pink}\n"
            "wat: 1\n")
    desk.file("bad.yaml", text)
    for words in (["list"], ["--print-config"], ["check"], []):
        ran = desk.run("--config", "bad.yaml", *words, status=3).empty()
        ran.says("bad.yaml:2:", "bad.yaml:3:", "year", "bad.yaml:4:",
                 "bad.yaml:6:", "bad.yaml:7:", "zz", "nope", "pink",
                 "bad.yaml:11:1: ", "categories")
        for line in ran.err.splitlines():
            name, row, column, _ = line.split(":", 3)
            equal((name, row.isdigit(), column.isdigit()),
                  ("bad.yaml", True, True), line)


def every_kind_of_slip_has_its_place(desk):
    good = desk.run("--print-config").out
    line = good[:good.index("phase:")].count("\n") + 1
    for content, place, word in (
            (good.replace("phase:", "phase：", 1), ":%d:" % line, "全角"),
            (good.replace("phase:", "phaze:", 1), ":%d:" % line, "phase"),
            (good + "\tx: 1\n", ":", "Tab"),
            (good.encode("gb18030"), ":", "GBK"),
            (good + "y: &a 1\n", ":", "锚点"),
            (good + 'z: "open\n', ":", "引号"),
            (good + good, ":", "重复"),
            ("", ":1:1:", "空"),
            ("# nothing\n", ":", "空"),
            ("x" * 3000000, ":", "超过"),
            ("a: " + "[" * 5000, ":", "太深"),
            (b"\0" * 100, ":", ""),
            (bytes(range(256)), ":", ""),
            (good.replace("label: 办理中", "label: 办\u202e理中"), ":", ""),
            ("- a\n- b\n", ":", ""), ("text\n", ":", ""),
            (good + "...\n---\n", ":", ""),
            ("a: b: c\n", ":", ""), ("? x\n", ":", ""), ("}\n", ":", ""),
            ("!!python/object x\n", ":", ""), ("*x\n", ":", "")):
        path = desk.file("slip.yaml", content)
        desk.run("--config", path, "list", status=3).empty() \
            .says("slip.yaml" + place, word)


def what_is_no_file_is_no_configuration(desk):
    os.mkdir(desk.path("folder"))
    os.symlink("loop", desk.path("loop"))
    for name in ("folder", "missing", "loop", "missing/below", "/dev/null",
                 "/dev/zero", "n" * 300, "p/" * 3000):
        desk.run("--config", name, "list", status=3).empty() \
            .says(name[:100])
        desk.run("list", status=3, env={"PROPOSALS_CONFIG": name}).empty()


def a_configuration_may_come_from_a_pipe(desk):
    desk.seeded()
    text = desk.run("--print-config").out
    desk.run("--config", "/dev/stdin", "show", "4", stdin=text)


# -- the streams

def a_full_disk_is_told_and_is_no_success(desk):
    desk.seeded()
    for words in (["list"], ["list", "--json"], ["show", "4"], ["help"],
                  ["--version"], ["--print-config"], ["history", "4"],
                  ["batches"], ["count", "status"], ["report", "review"],
                  ["check"], ["status", "已答复", "4", "--dry-run"]):
        with open("/dev/full", "wb") as full:
            desk.run(*words, status=4, stdout=full).says("磁盘已满")


def limits_of_the_system_are_told_and_leave_the_store_sound(desk):
    desk.seeded()

    def limit(what, value):
        return lambda: resource.setrlimit(what, (value, value))
    small = limit(resource.RLIMIT_FSIZE, 4096)
    desk.run("status", "已答复", "4", status=4, preexec_fn=small) \
        .empty().says("未保存", "ulimit -f")
    desk.run("init", "new", status=4, preexec_fn=small).says("new")
    desk.run("list", preexec_fn=small)
    if not desk.sanitized():    # its shadow needs more room than this
        desk.run("list", status=4,
                 preexec_fn=limit(resource.RLIMIT_AS, 1 << 30)).empty() \
            .says("ulimit -v")
        once = limit(resource.RLIMIT_AS, 17 << 30)
        desk.run("list", preexec_fn=once)
        desk.run("backup", "b.mdb", status=4, preexec_fn=once).empty() \
            .says("备份和比较要两倍", "ulimit -v")
        desk.run("backup", "b.mdb",
                 preexec_fn=limit(resource.RLIMIT_AS, 33 << 30))
    desk.run("list", status=(0, 4),
             preexec_fn=limit(resource.RLIMIT_NOFILE, 4))
    equal(desk.show(4)["status"], "handling")


def a_closed_output_is_told_and_is_no_success(desk):
    desk.seeded()

    def closed(*words):
        process = subprocess.run(
            ["sh", "-c", 'exec "$0" "$@" >&-', desk.program, *words],
            env=desk.env, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        if process.returncode == 0 or not process.stderr:
            raise Failed("    %s: status %d" % (words, process.returncode))
    closed("list")
    closed("help")
    closed("import", os.path.join(ROOT, "tests/data/import/pinghu.jsonl"),
           "--dry-run")
    desk.run("check")


def with_all_streams_closed_the_store_stays_sound(desk):
    desk.seeded()
    for words in (["list"], ["status", "已答复", "4"], ["undo"], ["check"],
                  ["nope"], ["show", "999"]):
        subprocess.run(["sh", "-c", 'exec "$0" "$@" <&- >&- 2>&-',
                        desk.program, *words], env=desk.env)
    desk.run("check")
    equal(desk.numbers("status=办理中"), desk.numbers())


def head_may_close_the_pipe(desk):
    desk.empty()
    text = "".join('{"number":%d,"title":"题目%d"}\n' % (n, n)
                   for n in range(1, 20001))
    desk.run("import", "-", stdin=text)
    process = desk.start("list")
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read().decode()
    process.stderr.close()
    status = process.wait(60)
    if status != -13 and (status != 4 or not err):
        raise Failed("    status %d: %s" % (status, err))


def data_and_messages_do_not_mix(desk):
    desk.seeded()
    for words, status in ((["list"], 0), (["list", "--json"], 0),
                          (["show", "4"], 0), (["count", "status"], 0),
                          (["history", "4"], 0), (["batches"], 0),
                          (["report", "review"], 0), (["check"], 0)):
        desk.run(*words, status=status).silent()
    for words, status in ((["list", "result=C"], 1), (["show", "999"], 1),
                          (["nope"], 2), (["list", "x=y"], 2),
                          (["status", "已答复", "4"], 0), (["undo"], 0)):
        desk.run(*words, status=status).empty()


def any_locale_gives_the_same_bytes(desk):
    desk.seeded()
    want = desk.run("list").out
    for env in ({"LC_ALL": "C"}, {"LC_ALL": None}, {"LC_ALL": "POSIX"},
                {"LC_ALL": "zh_CN.GB18030"}, {"LC_ALL": "nonsense"},
                {"LC_ALL": None, "LANG": "C"}, {"TERM": None},
                {"TERM": "nonsense"}, {"PATH": None}, {"TZ": None},
                {"TZ": "nonsense"}):
        equal(desk.run("list", env=env).out, want, env)
    ran = desk.run("show", "999", status=1, env={"LC_ALL": "C"})
    ran.says("没有")


def a_megabyte_of_arguments(desk):
    desk.seeded()
    pages = ["173"] * 20 + ["9" * 100000, "1" + "、1" * 30000]
    desk.run("show", *pages, status=2).empty()
    desk.run("show", *["1" + "、1" * 30000] * 8, "--json")
    desk.run("list", *["status=办理中"] * 50000)
    desk.run("status", "已" * 40000, "4", status=2).empty()
    desk.run("count", "状" * 40000, status=2).empty()
    desk.run("report", "r" * 100000, status=2).empty()
    desk.run("undo", "9" * 100000, status=2).empty()
    desk.run("history", "9" * 100000, status=2).empty()
    desk.run("help", "h" * 100000, status=2).empty()
    desk.run("--session", "1" * 100000, "list", status=2).empty()
    desk.run("list", "--sort", "s" * 100000, status=2).empty()
    desk.run("list", "--limit", "9" * 100000, status=2).empty()
    desk.run("--store", "s" * 100000, "list", status=4).empty()
    desk.run("import", "f" * 100000, status=2).empty()
    desk.run("import", "-", "--status", "状" * 40000, status=2).empty()


def broken_bytes_in_every_place(desk):
    desk.seeded()
    bad = b"\xff\xc3\x28\x80\xed\xa0\x80"
    for words in ([bad], ["--store", bad, "list"], ["--config", bad, "list"],
                  ["--session", bad, "list"], ["list", bad],
                  ["list", b"status=" + bad], ["list", "--sort", bad],
                  ["list", "--limit", bad], ["show", bad],
                  ["status", bad, "4"], ["status", "已答复", bad],
                  ["history", bad], ["undo", bad], ["count", bad],
                  ["report", bad], ["import", bad], ["help", bad],
                  ["init", b"/dev/null/" + bad], [b"--" + bad],
                  ["import", "-", "--status", bad]):
        desk.run(*words, status=(1, 2, 3, 4)).empty()
