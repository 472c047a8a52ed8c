"""export, and import of what it wrote."""
import json
import os
import random
import resource
import stat
import subprocess
import time

from cases_backup import is_in
from desk import Failed, NUMBERS, equal


def _lived(of):
    """A register with everything in it."""
    of.seeded()
    of.run("status", "已答复", "4、17", "--note", "平政协〔2024〕5号")
    of.run("undo")
    of.run("undo", "3")         # redo
    of.lines({"number": 901, "title": "一件\t又 一件", "status": "received",
              "body": "第一行\n第二行\u202e\\\"", "proposers": ["张三", "李四"],
              "units": [{"department": "jxj", "role": "lead"},
                        {"department": "swj", "role": "joint"}],
              "received": "2024-01-02", "related": ["14-3-4"]},
             {"number": 902, "title": "又一件", "status": "received"})
    of.run("undo")
    of.lines({"number": 902, "title": "再来一次", "status": "received"})
    of.lines({"number": 4, "outcome": "落实了", "result": "A"},
             {"session": "14-2", "number": 7, "title": "上一次会议的",
              "status": "closed", "merged_into": "14-3-4"})
    of.run("status", "已立案", "902", "--force", "--note", b"\xff\xfe \xe4")
    return of


def _export(of, name="e.jsonl"):
    of.run("export", name)
    with open(of.path(name), "rb") as file:
        return file.read()


def _import(of, content, status=0, name="other"):
    """Into a new store; what it says."""
    of.run("init", name)
    return of.run("--store", name, "import", of.file("i.jsonl", content),
                  status=status)


def what_is_made_of_an_export_is_equal(desk):
    _lived(desk)
    content = _export(desk)
    ran = _import(desk, content).empty()
    ran.says("已按导出重建", "提案 12 件", "已通读检查")
    desk.run("check", "--compare", "other").prints("完全相同")
    desk.run("--store", "other", "check", "--compare", desk.store)
    for words in (["list", "--json"], ["batches", "--json"],
                  ["history", "902", "--json"], ["history", "901", "--json"]):
        equal(desk.run("--store", "other", *words).out, desk.run(*words).out)
    desk.run("--store", "other", "export", "again.jsonl")
    with open(desk.path("again.jsonl"), "rb") as file:
        equal(file.read() == content, True, "exported again")
    # And it is a store to go on with.
    desk.run("--store", "other", "undo")
    desk.run("--store", "other", "status", "已办结", "4", "--force")
    desk.run("--store", "other", "check")


def an_empty_register_can_be_exported_too(desk):
    desk.empty()
    equal(len(_export(desk).splitlines()), 1)
    _import(desk, _export(desk, "f.jsonl"))
    desk.run("check", "--compare", "other")


def the_lines_are_what_the_manual_says(desk):
    _lived(desk)
    lines = [json.loads(line) for line in _export(desk).splitlines()]
    head, rest = lines[0], lines[1:]
    equal((head["export"], head["version"], head["roles"]),
          ("proposals", 1, False))
    batches = [line for line in rest if "event" not in line]
    events = [line for line in rest if "event" in line]
    equal((head["batches"], head["events"]), (len(batches), len(events)))
    equal([batch["batch"] for batch in batches],
          list(range(1, len(batches) + 1)))
    equal(sum(batch["count"] for batch in batches), len(events))
    now = 0
    for line in rest:
        now = line["batch"] if "event" not in line else now
        equal(line["batch"], now)
    equal(len({batch["operation"] for batch in batches}), len(batches))
    equal([(batch["undoes"], batch["undone_by"]) for batch in batches[:6]],
          [(None, None), (None, 3), (2, 4), (3, None), (None, 6), (5, None)])
    equal(batches[-1]["note"], {"hex": "fffe20e4"})
    equal(batches[1]["note"], "平政协〔2024〕5号")
    born = [event for event in events if event["number"] == 901]
    equal([event["event"] for event in born], ["created", "removed"])
    equal(born[0]["fields"], born[1]["fields"])
    equal(born[0]["fields"]["body"], "第一行\n第二行\u202e\\\"")
    equal(born[0]["fields"]["units"], "lead jxj\njoint swj")
    changed = [event for event in events if event["number"] == 4]
    equal(changed[1]["changes"], [{"field": "status", "before": "handling",
                                   "after": "answered"}])


def to_standard_output_and_from_standard_input(desk):
    _lived(desk)
    ran = desk.run("export", "-").silent()
    equal(ran.out.encode(), _export(desk))
    desk.run("init", "other")
    desk.run("--store", "other", "import", "-", stdin=ran.out)
    desk.run("check", "--compare", "other")
    with open("/dev/full", "wb") as full:
        desk.run("export", "-", status=4, stdout=full).says("磁盘已满")


def an_export_takes_the_place_of_nothing_and_is_private(desk):
    desk.seeded()
    _export(desk)
    mode = os.stat(desk.path("e.jsonl")).st_mode
    equal(stat.S_IMODE(mode), 0o600)
    desk.run("export", "e.jsonl", status=5).says("已经有了")
    desk.run("export", "no/e.jsonl", status=2).says("no/e.jsonl")
    for words in ([], ["a", "b"], [""]):
        desk.run("export", *words, status=2).empty()

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))
    before = sorted(os.listdir(desk.dir))
    desk.run("export", "f.jsonl", status=4, preexec_fn=small).says("f.jsonl")
    equal(sorted(os.listdir(desk.dir)), before)


def a_whole_register_goes_into_an_empty_store_only(desk):
    _lived(desk)
    path = desk.path("e.jsonl")
    _export(desk)
    before = desk.run("list", "--json").out
    desk.run("import", path, status=5).says("已经有提案", "init")
    equal(desk.run("list", "--json").out, before)
    for words in (["--status", "办理中"], ["--dry-run"], ["--strict"],
                  ["--note", "x"]):
        desk.run("import", path, *words, status=2).says(words[0])
    desk.run("--store", "missing", "import", path, status=4).says("init")
    equal(os.path.exists(desk.path("missing")), False)
    desk.run("init", "other")
    desk.run("--store", "other", "--read-only", "import", path, status=5)
    other = desk.start("--store", "other", "show", "-", stdin=subprocess.PIPE)
    while not is_in(other):
        time.sleep(0.01)
    desk.run("--store", "other", "import", path, status=6) \
        .says("进程 %d" % other.pid)
    desk.end(other, ["show", "-"], b"4\n")
    desk.run("--store", "other", "import", path)
    equal(sorted(os.listdir(desk.path("other"))),
          ["data.mdb", "lock.mdb", "session.lock", "write.gate"])


def _refused(of, content, *texts):
    """Whatever is wrong with it, nothing of it goes in."""
    ran = of.run("--store", "other", "import", of.file("i.jsonl", content),
                 status=2).empty()
    ran.says("i.jsonl", *texts)
    of.run("--store", "other", "list", status=1)
    equal(len(os.listdir(of.path("other"))), 4)


def a_line_that_is_missing_doubled_or_moved_is_told(desk):
    _lived(desk)
    desk.run("init", "other")
    lines = _export(desk).splitlines(keepends=True)
    count = len(lines)
    for at in range(1, count):
        _refused(desk, b"".join(lines[:at] + lines[at + 1:]))
        _refused(desk, b"".join(lines[:at + 1] + lines[at:]), "第")
    for at in range(1, count - 1):
        swapped = lines[:at] + [lines[at + 1], lines[at]] + lines[at + 2:]
        _refused(desk, b"".join(swapped), "第")
    for at in range(1, count):
        _refused(desk, b"".join(lines[:at]), "不完整")
        _refused(desk, b"".join(lines[:at]) + lines[at][:-2], "第")
    _refused(desk, lines[0], "不完整")


def what_is_no_export_of_this_version_is_told(desk):
    _lived(desk)
    desk.run("init", "other")
    content = _export(desk)
    rest = content[content.index(b"\n") + 1:]
    head = json.loads(content.splitlines()[0])

    def headed(**changes):
        return (json.dumps({**head, **changes}, separators=(",", ":"),
                           ensure_ascii=False) + "\n").encode() + rest
    _refused(desk, headed(version=2), "第 1 行", "第 2 版")
    for name, value in (("version", None), ("version", "1"), ("roles", 1),
                        ("batches", -1), ("batches", 1.5), ("events", "x"),
                        ("events", None), ("head", None), ("head", "00"),
                        ("head", "Z" * 64)):
        _refused(desk, headed(**{name: value}), "第 1 行", name)
    _refused(desk, headed(batches=99), "不完整")
    _refused(desk, headed(events=10 ** 15), "不完整")
    _refused(desk, headed(head="0" * 64), "校验值")
    _refused(desk, headed() + b"\n", "第")
    _refused(desk, b'{"export":"proposals"\n', "第 1 行")
    _refused(desk, b'{"export":"proposals"' + b" " * (70 << 20), "第 1 行")


def what_does_not_follow_from_the_history_is_told(desk):
    _lived(desk)
    desk.run("init", "other")
    lines = [json.loads(line) for line in _export(desk).splitlines()]

    def with_line(match, **changes):
        """The first such line, with other members."""
        made, done = [], False
        for line in lines:
            if not done and match(line):
                line, done = {**line, **changes}, True
            made.append(json.dumps(line, separators=(",", ":")))
        equal(done, True)
        return ("\n".join(made) + "\n").encode()

    def batch(line):
        return "operation" in line

    def changed(line):
        return line.get("event") == "changed"

    def created(line):
        return line.get("event") == "created"
    for match, changes, word in (
            (batch, {"batch": 2}, "不是下一个"),
            (batch, {"count": 3}, "多于"), (batch, {"count": 11}, "不完整"),
            (batch, {"count": 2 ** 32 - 1}, "太大"),
            (batch, {"count": -1}, "count"), (batch, {"kind": "x"}, "kind"),
            (batch, {"kind": "user"}, "grant"), (batch, {"at_ms": "x"}, "at_ms"),
            (batch, {"at_ms": 5}, "校验值"), (batch, {"uid": 77}, "校验值"),
            (batch, {"by": "eve"}, "校验值"), (batch, {"by": {"hex": "0"}}, "by"),
            (batch, {"by": {"hex": "6100"}}, "by"), (batch, {"by": 3}, "by"),
            (batch, {"operation": "0" * 32}, "校验值"),
            (batch, {"operation": "0" * 31}, "operation"),
            (batch, {"undoes": 1}, "对不上"), (batch, {"undoes": 9}, "对不上"),
            (batch, {"undone_by": 2}, "撤销"),
            (lambda line: line.get("undoes") == 2, {"undoes": None}, "撤销过"),
            (lambda line: line.get("undone_by") == 3, {"undone_by": None},
             "对不上"),
            (created, {"revision": 2}, "修订"), (created, {"batch": 2}, "批次"),
            (created, {"number": 10 ** 6}, "number"),
            (created, {"session": "0-0"}, "session"),
            (created, {"event": "born"}, "event"),
            (created, {"event": "changed"}, "changes"),
            (created, {"event": "removed"}, "不存在"),
            (created, {"fields": {"title": "别的"}}, "校验值"),
            (created, {"fields": {"nope": "x"}}, "nope"),
            (created, {"fields": {"received": "2024-02-30"}}, "收到日期"),
            (created, {"fields": []}, "fields"),
            (created, {"fields": {"title": 3}}, "title"),
            (changed, {"event": "created", "fields": {"title": "x"}}, "已经有了"),
            (changed, {"changes": []}, "什么都没有改"),
            (changed, {"changes": [1]}, "changes"),
            (changed, {"changes": [{}] * 99}, "changes"),
            (changed, {"changes": [{"field": "status", "before": "closed",
                                    "after": "answered"}]}, "原值"),
            (changed, {"changes": [{"field": "status", "before": "handling",
                                    "after": "handling"}]}, "什么都没有改"),
            (changed, {"changes": [{"field": "status", "before": "handling",
                                    "after": "closed"}]}, "对不上")):
        _refused(desk, with_line(match, **changes), word)


def whatever_byte_is_changed_what_comes_of_it_is_equal_or_nothing(desk):
    _lived(desk)
    content = _export(desk)
    chance = random.Random(7)
    taken = 0
    for at in sorted(chance.sample(range(1, len(content)), 120)):
        made = bytearray(content)
        made[at] ^= 1 << chance.randrange(8)
        name = "s%d" % at
        ran = _import(desk, bytes(made), status=(0, 2, 5), name=name)
        if ran.status == 0:
            taken += 1
            desk.run("check", "--compare", name)
        else:
            desk.run("--store", name, "list", status=1)
    if taken > 40:
        raise Failed("    %d of 120 made no difference" % taken)


def other_json_lines_are_rows_as_before(desk):
    desk.empty()
    desk.run("import", "-", stdin='{"export":"x","number":1}\n', status=5) \
        .says("export")
    desk.run("import", "-", stdin=desk.seed(), status=0)
    equal(desk.numbers(), NUMBERS)
