"""
Power cuts. What crashrec.so records, crashreplay cuts off after every event,
in every way that a disk is allowed to, and judges what is left.
"""
import itertools
import os
import re
import shutil

from place import JOBS, Failed, Place, in_parallel

# What is done, by how many at once, how much of it; see worker.c. In a store
# that is kept, it is backed up, put back and compacted in between.
STORIES = [("iebur", 1, 7), ("eriub", 4, 2), ("kept", 1, 2), ("Iub", 1, 3),
           ("erbue", 1, 7), ("iuber", 4, 2)]


def record(place, words, writers, count, ignore=None):
    """From the making of the store on; the log."""
    os.mkdir(place.path("disk"))
    os.mkdir(place.path("state"))
    open(place.acks, "w").close()
    place.store = place.path("disk/store")
    place.env.update({
        "LD_PRELOAD": place.tool("crashrec.so"),
        "CRASHREC_DIR": place.path("disk"), "CRASHREC_ACK": place.acks,
        "CRASHREC_LOG": place.path("log")})
    if ignore:
        place.env["CRASHREC_IGNORE"] = ignore
    place.env["PROPOSALS_STORE"] = place.store
    place.worker("make")
    place.worker("fill", 12)
    if words == "kept":
        keep(place, count)
    else:
        list(place.workers(writers, words, count))
    del place.env["LD_PRELOAD"]
    place.judge(0)
    return place.path("log")


def keep(place, count):
    """What may take another file for the store: the program itself."""
    for i in range(count):
        copy = place.path("backup-%d" % i)
        place.must([place.program, "backup", copy])
        place.must([place.program, "restore", copy])
        place.worker("eu", 2)
        place.must([place.program, "compact"])
        place.worker("er", 2)


def replay(place, log, *options):
    # which sees to it itself that none of its states hangs
    ran = place.run([place.tool("crashreplay"), "-t", *map(str, options), log,
                     place.path("state"), "store"], limit=3600)
    last = ran.out.splitlines()[-1:]
    if ran.status not in (0, 1) or not last:
        raise Failed("%s" % ran)
    count = {name: int(number) for number, name in
             re.findall(r"(\d+) (\w+)", last[0])}
    return ran, count


def one_round(job):
    """Record a story and replay it all: (what was counted, failure)."""
    build, seed, (words, writers, count) = job
    place = Place(build)
    try:
        log = record(place, words, writers, count)
        ran, count = replay(place, log, "-w", writers, "-s", seed)
        if ran.status:
            kept = place.keep(log, "failed-%d.log" % seed)
            return count, "%s\n    the log: %s" % (ran, kept)
        return count, ""
    except Failed as failure:
        return {}, str(failure)
    finally:
        place.close()


def no_power_cut_loses_what_was_saved_or_leaves_a_half(place):
    total, wanted = {}, place.much(50000, 2000000)
    # more than are needed; the rest are not begun
    jobs = ((place.build, seed, STORIES[seed % len(STORIES)])
            for seed in itertools.count())
    failures = []
    for batch in iter(lambda: list(itertools.islice(jobs, JOBS)), None):
        for count, failure in in_parallel(one_round, batch):
            for name, number in count.items():
                total[name] = total.get(name, 0) + number
            failures += [failure] if failure else []
        if total.get("states", 0) >= wanted or failures:
            break
    place.tried("crash states %s at %s events (init, edit, bulk, import, "
                "undo, role, restore, compact; 1 and 4 writers): %d lost, %d halves, %d unopenable, "
                "%d unsound, %d ghosts", "{:,}".format(total["states"]),
                "{:,}".format(total["events"]), *(total[name] for name in (
                    "lost", "halves", "unopenable", "unsound", "ghosts")))
    if failures:
        raise Failed("\n".join(failures[:3]))


def finds_fault_with(place, ignore):
    log = record(place, "iebu", 1, 4, ignore)
    ran, count = replay(place, log, "-w", 1, "-f")
    if not ran.status:
        raise Failed("    %d states, and no fault found" % count["states"])
    place.tried("crash states without %s: a fault after %d", ignore,
                count["states"])


def a_replay_finds_a_sync_that_does_nothing(place):
    finds_fault_with(place, "sync")


def a_replay_finds_a_durable_write_that_is_not(place):
    finds_fault_with(place, "dsync")


def the_recorder_sees_every_call_that_changes_files(place):
    """A call that the program takes from the C library, and that the shims
    do not wrap, would be a hole in all that is tried here."""
    changing = set("""
        copy_file_range creat fallocate fallocate64 fdatasync fsync ftruncate
        ftruncate64 link linkat mkdir mkdirat mkdtemp mkostemp mkstemp
        mkstemp64 open open64 openat openat64 posix_fallocate
        posix_fallocate64 pwrite pwrite64 pwritev pwritev2 pwritev64 rename
        renameat renameat2 rmdir sendfile sendfile64 splice symlink symlinkat
        sync sync_file_range syncfs syscall truncate truncate64 unlink
        unlinkat write writev""".split())

    def symbols(path, kind):
        out = place.must([shutil.which("nm"), "-D", path])
        return set(re.findall(r" %s (\w+)" % kind, out))
    for shim in ("crashrec.so", "failshim.so"):
        missing = (symbols(place.program, "U") & changing) - \
            symbols(place.tool(shim), "T")
        if missing:
            raise Failed("    %s does not wrap %s" %
                         (shim, ", ".join(sorted(missing))))
