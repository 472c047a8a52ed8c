"""proposals-sheet, the child that reads foreign tables, by itself."""
import json
import os
import shutil
import subprocess

from desk import LIMIT, SEED, Failed, equal


def sheet(desk, stdin, status=0, stdout=subprocess.PIPE, **more):
    """Its rows, and what it ended with."""
    program = os.path.join(os.path.dirname(desk.program), "proposals-sheet")
    ran = subprocess.run([program], stdin=stdin, stdout=stdout, env=desk.env,
                         cwd=desk.dir, timeout=LIMIT, **more)
    equal(ran.returncode, status, "status")
    return [json.loads(line) for line in (ran.stdout or b"").splitlines()]


def told(rows, text):
    if text not in rows[-1].get("error", ""):
        raise Failed("    does not say %s: %r" % (text, rows[-1]))


def a_file_a_pipe_and_into_a_file_give_the_same(desk):
    with open(SEED, "rb") as file:
        rows = sheet(desk, file)
    equal(len(rows), 1 + 1 + 10)
    long = desk.seed() + b"".join(b"%d,x\n" % n for n in range(30000))
    with open(desk.file("long.csv", long), "rb") as file, \
            open(desk.path("out"), "wb") as out:
        sheet(desk, file, stdout=out)
    with open(desk.path("out"), "rb") as file:
        rows = [json.loads(line) for line in file]
    with subprocess.Popen(["cat", desk.path("long.csv")],
                          stdout=subprocess.PIPE) as cat:
        equal(sheet(desk, cat.stdout), rows)


def an_empty_file_has_no_rows(desk):
    with open(desk.file("empty.csv", ""), "rb") as file:
        equal(sheet(desk, file), [{"encoding": "UTF-8"}])


def what_cannot_be_read_is_told(desk):
    told(sheet(desk, None, 2, preexec_fn=lambda: os.close(0)), "读文件出错")
    folder = os.open(desk.dir, os.O_RDONLY)
    told(sheet(desk, folder, 2), "读文件出错")
    os.close(folder)


def what_is_too_long_is_refused_whatever_it_comes_from(desk):
    with open(desk.path("sparse"), "wb") as file:
        file.truncate((2 << 30) + 1)
    for path, most in ((desk.path("sparse"), "2 GB"), ("/dev/zero", "256 MB")):
        with open(path, "rb") as file:
            told(sheet(desk, file, 2), "超过 " + most)


def a_file_may_be_longer_than_the_memory_there_is(desk):
    row = b"1," + b"x" * 1000000 + b"\n"
    with open(desk.path("long.csv"), "wb") as file:
        for _ in range(600):
            file.write(row)
    with open(desk.path("long.csv"), "rb") as file, \
            open("/dev/null", "wb") as nothing:
        sheet(desk, file, stdout=nothing)


def a_file_is_read_from_where_it_stands(desk):
    with open(desk.file("two.csv", "a,b\n1,2\n3,4\n"), "rb") as file:
        os.lseek(file.fileno(), 4, os.SEEK_SET)
        equal([row["cells"] for row in sheet(desk, file)[1:]],
              [["1", "2"], ["3", "4"]])


def a_full_disk_is_no_success(desk):
    long = desk.file("long.csv", b"a,b\n" + b"1,2\n" * 100000)
    for path in (SEED, long):
        with open(path, "rb") as file, open("/dev/full", "wb") as full:
            sheet(desk, file, 70, stdout=full)


def import_with(desk, child, status):
    """An import whose child is this script."""
    bin = desk.path("bin")
    os.makedirs(bin, exist_ok=True)
    shutil.copy(desk.program, bin)
    path = os.path.join(bin, "proposals-sheet")
    with open(path, "w") as file:
        file.write(child)
    os.chmod(path, 0o755)
    there = desk.program
    desk.program = os.path.join(bin, os.path.basename(there))
    try:
        return desk.run("import", SEED, status=status)
    finally:
        desk.program = there


def a_child_that_goes_astray_is_told_and_nothing_is_written(desk):
    desk.empty()
    for script in ("echo garbage", "echo '{}'", "echo '{\"error\":1}'",
                   "echo '{\"line\":1,\"cells\":[1]}'",
                   "echo '{\"line\":1,\"cells\":'",
                   "head -c 35000000 /dev/zero | tr '\\0' ' '"):
        import_with(desk, "#!/bin/sh\n%s\n" % script, 70).says(
            "读表格的程序给出的内容看不懂")
    import_with(desk, "#!/bin/sh\nexit 3\n", 70).says("状态 3")
    import_with(desk, "#!/bin/sh\nkill -9 $$\n", 70).says("信号 9")
    import_with(desk, "#!/nonexistent\n", 70).says("启动不了")
    # What it said of the file is better than how it ended.
    import_with(desk, "#!/bin/sh\n"
                "echo '{\"error\":\"坏了\",\"line\":2}'\nexit 3\n",
                2).says("第2行：坏了")
    # A line that cannot be is none.
    import_with(desk, "#!/bin/sh\necho '{\"encoding\":\"UTF-8\"}'\n"
                "echo '{\"line\":1,\"width\":2,\"cells\":"
                "[\"编号\",\"案由\"]}'\n"
                "echo '{\"line\":99999999999,\"width\":1,"
                "\"cells\":[\"x\"]}'\n", 5).says("第 0 行")
    equal(desk.batches(), [])
