"""
Many writers at once: killed at any moment, in each other's way, and one that
does not go on.
"""
import os
import random
import shutil
import signal
import time

from cases_screen import bytes_of, on_a_terminal
from place import LIMIT, Failed

WRITERS = 16


class Writers:
    """So many, each started again when it has ended."""

    def __init__(self, place, count, words):
        self.place, self.words = place, words
        self.pids = [0] * count
        self.starts = 0

    def start(self, i):
        tool = self.place.tool("worker")
        self.pids[i] = self.place.spawn(
            [tool, self.words, self.place.store, self.place.acks, "1000000"],
            {"WRITER": str(self.starts)}, err=self.place.path("err-%d" % i))
        self.starts += 1

    def start_all(self):
        for i in range(len(self.pids)):
            self.start(i)

    def kill(self, i):
        os.kill(self.pids[i], signal.SIGKILL)
        self.ended(i, os.waitpid(self.pids[i], 0)[1])

    def ended(self, i, code):
        if not os.WIFSIGNALED(code) or os.WTERMSIG(code) != signal.SIGKILL:
            with open(self.place.path("err-%d" % i)) as file:
                raise Failed("    a writer ended by itself (%d): %s" %
                             (code, file.read()))

    def kill_all(self):
        for i in range(len(self.pids)):
            self.kill(i)

    def go_on(self):
        """One more batch is saved, whoever was killed."""
        size = os.path.getsize(self.place.acks)
        end = time.monotonic() + LIMIT
        while os.path.getsize(self.place.acks) == size:
            if time.monotonic() > end:
                raise Failed("    stuck: nothing is saved any more")
            time.sleep(0.001)


def make(here, fill=24):
    here.worker("make")
    here.worker("fill", fill)


def kill_some(here, writers, count, kills, rng):
    """Kill `kills` of them at random moments; then judge all."""
    for _ in range(kills):
        time.sleep(rng.uniform(0.0002, 0.003))
        i = rng.randrange(count)
        writers.kill(i)
        writers.start(i)
    writers.go_on()
    writers.kill_all()


def saved(here):
    """Batches acknowledged."""
    with open(here.acks) as file:
        return sum(line.startswith("saved") for line in file)


def no_kill_loses_anything_or_stops_the_others(place):
    kills = place.much(5000, 1000000)
    count = place.much(WRITERS, 64)
    rng = random.Random(1)
    done = batches = checks = 0
    while done < kills:
        here = place.another()      # a new store, or the check gets long
        make(here)
        writers = Writers(here, count, "eeibeur")
        here_done = 0
        while here_done < 500 and done < kills:
            writers.start_all()
            kill_some(here, writers, count, 500, rng)
            here_done += 500
            done += 500
            checks += 1
            # what was killed between its commit and its word
            here.judge(here_done + checks + count * checks)
        batches += saved(here)
        here.close()
    place.tried("kill -9 of %d writers %s times, %s batches acknowledged, "
                "%d checks: 0 lost, 0 halves, 0 stuck", count,
                "{:,}".format(done), "{:,}".format(batches), checks)


def sums(here, name="worker"):
    names = ["proposals", "revisions", "counters", "events", "batches"]
    return dict(zip(names, map(int, here.worker("sums").split())))


def updates(here, writers, each, name="worker"):
    """Of 10 proposals, all counting in them; (acknowledged, what is there)"""
    make(here, 10)
    before = saved(here)
    list(here.workers(writers, "c", each, 10, name=name))
    return saved(here) - before, sums(here)


def no_update_is_lost_among_many_writers(place):
    """In several registers one after the other: who reads a proposal has its
    whole history proved, and with thousands of changes each that takes."""
    writers, each = place.much(64, 200), place.much(1000, 10000)
    step = place.much(250, 100)
    total = 0
    for _ in range(each // step):
        here = place.another()
        done, there = updates(here, writers, step)
        made = 10       # the making of each of the ten
        wanted = {"proposals": 10, "revisions": done + made, "counters": done,
                  "events": done + made, "batches": done + 1}
        if done != writers * step or there != wanted:
            raise Failed("    %d of %d acknowledged\n    wanted %s\n"
                         "    there  %s" % (done, writers * step, wanted,
                                            there))
        here.judge(0)
        here.close()
        total += done
    place.tried("%d processes x %s updates of 10 proposals: %s acknowledged, "
                "in the records and in the history, 0 lost", writers,
                "{:,}".format(each), "{:,}".format(total))


def updates_are_lost_without_comparing_revisions(place):
    done, there = updates(place, 16, 100, "worker-blind")
    if there["counters"] >= done:
        raise Failed("    %d acknowledged, and all there" % done)
    place.tried("the same without comparing revisions: %d of %d lost",
                done - there["counters"], done)


def everybody_gets_to_write(place):
    count = 64
    make(place)
    took = sorted(int(line) for out in
                  place.workers(count, "wait", place.much(100, 1000))
                  for line in out.split())
    place.judge(0)
    place.tried("wait to write of %d busy writers: p50 %.1f ms, p99 %.1f ms, "
                "longest %.1f ms of %s", count, took[len(took) // 2] / 1000,
                took[len(took) * 99 // 100] / 1000, took[-1] / 1000,
                "{:,}".format(len(took)))


def backups(here, writers, count, name):
    """Each is checked as it is made, and once more by itself."""
    folder = here.path("restored")
    for i in range(count):
        copy = here.path("%s-%d" % (name, i))
        here.must([here.program, "backup", copy])
        os.mkdir(folder)
        os.rename(copy, os.path.join(folder, "data.mdb"))
        here.must([here.program, "check"], {"PROPOSALS_STORE": folder})
        shutil.rmtree(folder)
        writers.go_on()


def every_backup_under_full_load_passes_the_check(place):
    count, done, written = place.much(50, 1000), 0, 0
    while done < count:
        here = place.another()      # the register would get large
        make(here)
        writers = Writers(here, 8, "eeibeur")
        writers.start_all()
        backups(here, writers, 10, "backup")
        writers.kill_all()
        here.judge(8)
        done += 10
        written += saved(here)
        here.close()
    place.tried("backups while 8 writers saved %s batches: %d of %d pass the "
                "check", "{:,}".format(written), done, count)


def timed(here, *words):
    """A machine that is busy with other things may be slow: once of three."""
    for _ in range(3):
        began = time.monotonic()
        ran = here.proposals(*words)
        took = time.monotonic() - began
        if took <= 5:
            break
    return ran, took


def wait_until_stopped(pid):
    if not os.WIFSTOPPED(os.waitpid(pid, os.WUNTRACED)[1]):
        raise Failed("    the holder did not stop")


def a_stopped_writer_is_named_to_the_others(place):
    """By name, number and since when, with exit status 6, within 5 s; reading
    goes on, and so does everything once it is gone."""
    make(place)
    pid = place.spawn([place.tool("worker"), "hold", place.store, place.acks])
    try:
        wait_until_stopped(pid)
        ran, took = timed(place, "status", "已答复", "4")
        for word in ("未保存", str(pid), place.user()):
            if word not in ran.err:
                raise Failed("    does not say %s\n%s" % (word, ran))
        if ran.status != 6 or took > 5:
            raise Failed("    status 6 within 5 s, not %.1f s\n%s" %
                         (took, ran))
        place.must([place.program, "show", "4"])
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    place.must([place.program, "status", "已答复", "4"])
    place.judge(1)
    place.tried("a writer stopped inside its batch: named after %.1f s: %s",
                took, ran.err.strip())


def press(probe, *keys):
    for key in keys:
        probe.feed()
        probe._send(bytes_of(key, probe.scr.modes.get(1)))


def until(probe, *texts):
    """All of them are on the screen."""
    end = time.monotonic() + LIMIT
    while not all(text in probe.scr.text() for text in texts):
        if probe.eof or time.monotonic() > end:
            raise Failed("    not on the screen: %s\n%s" % (
                " ".join(texts), "\n".join(probe.scr.lines())))
        probe.pump_once(20)
        probe.feed()


def who_waits_at_the_screen_is_told_for_whom(place):
    """At once, and for how long already; Esc gives up, and what was prepared
    can be confirmed again."""
    make(place)
    pid = place.spawn([place.tool("worker"), "hold", place.store, place.acks])
    probe = None
    try:
        wait_until_stopped(pid)
        probe = on_a_terminal(place, {})
        press(probe, "F6")
        until(probe, "的状态改为")
        press(probe, "Enter")
        until(probe, "可执行 1")
        press(probe, "y")
        until(probe, place.user(), "进程 %d" % pid, "已被暂停", "已等 1 秒")
        press(probe, "Esc")
        until(probe, "未保存：已取消", "可执行 1")
        press(probe, "y")
        until(probe, "已等 3 秒")
        until(probe, "未保存：" + place.user(), "可执行 1")
        os.kill(pid, signal.SIGKILL)
        press(probe, "y")
        until(probe, "已保存")
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        if probe:
            probe.end(LIMIT)
    place.judge(1)
    place.tried("a stopped writer, at the screen: named while one waits, Esc "
                "gives up, the wait is over after 4 s")
