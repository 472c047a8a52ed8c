"""
No room: a full disk at every write, at the start, and for a lost lock file;
a limit on the size of files.
"""
import os
import shutil

from cases_calls import backed_up, exported, made, prepare
from disk import Disk, apart
from place import Failed
from sweep import Command, Sweep


def full_at_every_write(place, kind):
    """From no page left on, one more each time, until it has enough; how
    often there was too little."""
    prepare(place)
    base = place.path("base")
    os.rename(place.store, base)
    disk = Disk(place, kind, 8)
    many = place.path("many.jsonl")
    with open(many, "w") as file:
        for number in range(200, 240):
            file.write('{"number":%d,"title":"甲","body":"%s"}\n' %
                       (number, "乙" * 400))
    points = 0
    for command in (Command("status", "办理中", "4", "8", "9"),
                    Command("undo"), Command("import", many),
                    Command("init", "$NEW", after=made),
                    Command("backup", "$NEW", after=backed_up),
                    Command("export", "$NEW", after=exported),
                    Command("restore", place.path("backup")),
                    Command("compact")):
        sweep = Sweep(place, base, command, lambda: disk.dig(place.store))
        sweep.new = os.path.join(disk.path, "new")
        shutil.rmtree(sweep.new, ignore_errors=True)
        enough = pages = 0
        while enough < 4:
            disk.fill(pages)
            ran = sweep.run({})
            disk.empty()
            sweep.judge(ran, False)
            sweep.restore()
            points += ran.status != 0
            enough = enough + 1 if ran.status == 0 else 0
            pages += 1
    return points


def every_write_may_find_the_disk_full(place):
    for kind in "tmpfs", "ext4":
        there = place.another()
        points = apart(full_at_every_write, there, kind)
        there.close()
        if not points:
            raise Failed("    the disk was never full")
        place.tried("a full disk (%s) at %d places of 8 commands: 0 signals, "
                    "0 bad, what was said is so", kind, points)


def full_from_the_start(place, kind):
    """(commands that worked, that did not), without room and with lock.mdb
    there or gone."""
    prepare(place)
    base = place.path("base")
    os.rename(place.store, base)
    disk = Disk(place, kind, 8)
    worked = failed = 0
    for lost in (), ("lock.mdb",), ("lock.mdb", "write.gate", "session.lock"):
        for words in (["list"], ["show", "173"], ["check"], ["batches"],
                      ["status", "办理中", "4"], ["undo"],
                      ["import", place.path("rows.jsonl")], ["doctor"]):
            sweep = Sweep(place, base, Command(*words))
            for name in lost:
                os.remove(os.path.join(place.store, name))
            disk.fill()
            ran = sweep.run({})
            reads = sweep.before == sweep.after
            if reads and not lost and ran.status:
                raise Failed("    reading needs no room\n%s" % ran)
            disk.empty()
            sweep.judge(ran, False, tidy=not lost)
            sweep.restore()
            worked += ran.status == 0
            failed += ran.status != 0
    return worked, failed


def a_disk_that_is_full_from_the_start_is_told(place):
    for kind in "tmpfs", "ext4":
        there = place.another()
        worked, failed = apart(full_from_the_start, there, kind)
        there.close()
        place.tried("full from the start (%s), lock files there or lost: %d "
                    "commands worked, %d said why not, 0 signals", kind,
                    worked, failed)


def edits_on_a_full_disk(here, count, reserve):
    """So many, with the space that the store has put by, or without."""
    disk = Disk(here, "ext4", 320)
    data = os.path.join(here.store, "data.mdb")
    here.worker("make")
    here.worker("fill", 24)
    here.worker("e", 1)
    if not reserve:
        os.truncate(data, os.path.getsize(data))
    disk.fill()
    here.worker("e", count)
    here.judge(0)


def a_full_disk_still_takes_a_thousand_edits(place):
    count = place.much(1000, 3000)
    apart(edits_on_a_full_disk, place, count, True)
    place.tried("%d small edits after the disk was full (ext4): all saved",
                count)


def without_the_reserve_a_full_disk_takes_no_thousand(place):
    try:
        apart(edits_on_a_full_disk, place, 1000, False)
    except Failed as failure:
        if "磁盘已满" in str(failure):
            return
        raise
    raise Failed("    they were all saved")


def a_limit_on_the_size_of_files_is_told(place):
    prepare(place)
    base = place.path("base")
    os.rename(place.store, base)
    size = os.path.getsize(os.path.join(base, "data.mdb"))
    points = 0
    for command in (Command("status", "办理中", "4", "8", "9"),
                    Command("import", place.path("rows.jsonl")),
                    Command("init", "$NEW", after=made)):
        sweep = Sweep(place, base, command)
        for limit in range(8, size // 512 + 400, 8):    # of 512 bytes
            ran = sweep.run({}, ["/bin/sh", "-c",
                                 'ulimit -f %d && exec "$@"' % limit, "sh"])
            sweep.judge(ran, False)
            points += ran.status != 0
    if not points:
        raise Failed("    nothing was ever too large")
    place.tried("a limit on the size of files, %d times too low: 0 signals, "
                "0 bad", points)
