"""
What a second person with a shell, a compiler and time tries on the register of
the others. The stranger has no role, the viewer has one; neither is in the
program's group. Everything here has to fail, and to leave no trace.
"""
import glob
import os
import re
import resource
import shutil
import signal
import stat

import screen
from installation import SEED, Failed, Skipped, call, equal

TRIED = []


def attack(*what):
    """One thing tried; they are counted."""
    TRIED.append(" ".join(map(str, what)))


def refused(ran, *secrets):
    """A foreign tool that got nothing."""
    attack(*ran.words)
    if ran.status == 0:
        ran.fail("is let in")
    for secret in ("经信局", "data.mdb\n", *secrets):
        if secret in ran.out:
            ran.fail("shows " + secret)


def unchanged(site, before):
    equal(site.content(), before, "the register")
    site.run("root", "check")


def _files(site):
    return [os.path.join(site.store, name)
            for name in sorted(os.listdir(site.store))]


# -- the files themselves

def files_are_shut_to_every_tool(site):
    site.staffed()
    before = site.content()
    for person in ("stranger", "viewer", "admin"):
        refused(site.tool(person, "ls", site.store))
        refused(site.tool(person, "find", site.store, "-type", "f"))
        refused(site.tool(person, "touch", site.store + "/new"))
        refused(site.tool(person, "mv", site.store, site.store + "2"))
        refused(site.tool(person, "rm", "-r", site.store))
        for path in _files(site):
            refused(site.tool(person, "cat", path))
            refused(site.tool(person, "cp", path, site.home(person)))
            refused(site.tool(person, "dd", "if=/dev/zero", "of=" + path,
                              "count=1", "conv=notrunc"))
            refused(site.tool(person, "chmod", "666", path))
            refused(site.tool(person, "truncate", "-s", "0", path))
            refused(site.tool(person, "rm", "-f", path))
    unchanged(site, before)


def links_to_the_files_open_nothing(site):
    site.staffed()
    before = site.content()
    for path in _files(site):
        refused(site.tool("stranger", "ln", path, site.home("stranger", "h")))
        link = site.home("stranger", os.path.basename(path))
        site.tool("stranger", "ln", "-s", path, link)
        refused(site.tool("stranger", "cat", link))
        attack("import of a symbolic link to", path)
        site.run("editor", "import", path, status=2).says("没有权限")
        site.run("editor", "import", link, status=2)
    unchanged(site, before)


# -- the program's own hands

def what_the_program_opens_for_a_person_is_his(site):
    """import of files that only the program's group may read."""
    site.staffed()
    before = site.content()
    secret = site.path("secret.jsonl")
    with open(secret, "w") as file:
        file.write('{"number": 900, "title": "秘密"}\n')
    os.chown(secret, 0, os.stat(site.program).st_gid)
    os.chmod(secret, 0o640)
    os.makedirs(site.path("shut"), exist_ok=True)
    os.chown(site.path("shut"), 0, os.stat(site.program).st_gid)
    os.chmod(site.path("shut"), 0o750)
    shutil.copy(SEED, site.path("shut/seed.csv"))
    os.chmod(site.path("shut/seed.csv"), 0o644)
    others = site.file("viewer", "private.jsonl",
                       '{"number": 901, "title": "私事"}\n')
    link = site.home("editor", "link")
    for path in (secret, site.path("shut/seed.csv"), others, "/etc/shadow",
                 site.path("shut/../secret.jsonl"), "/proc/1/environ",
                 *_files(site)):
        attack("import", path)
        ran = site.run("editor", "import", path, "--dry-run", status=2)
        for word in ("秘密", "私事"):
            equal(word in ran.out + ran.err, False, path)
        os.symlink(path, link)
        attack("import of a link to", path)
        site.run("editor", "import", link, status=2)
        os.remove(link)
    unchanged(site, before)


def its_own_descriptors_are_no_way_in(site):
    site.staffed()
    before = site.content()
    for fd in range(0, 12):
        for path in ("/proc/self/fd/%d" % fd, "/dev/fd/%d" % fd):
            attack("import", path)
            site.run("editor", "import", path, status=2)
    unchanged(site, before)


def the_parser_of_foreign_files_has_no_group(site):
    """What /proc says of it while it runs; it is kept running by a FIFO."""
    site.staffed()
    group = os.stat(site.program).st_gid
    other = site.path("sheet")
    with open(other, "w") as file:      # stands in for the parser
        file.write("#!/bin/sh\ngrep -E '^(Uid|Gid|Groups):' /proc/$$/status "
                   ">%s/ids; id -G >>%s/ids; ls -l /proc/$$/fd >%s/fds; "
                   "env >%s/env\n" % ((site.home("editor"),) * 4))
    os.chmod(other, 0o755)
    os.rename(site.sheet, site.sheet + ".away")
    shutil.copy(other, site.sheet)
    try:
        path = site.file("editor", "a.csv", "编号,案由\n1,甲\n")
        site.run("editor", "import", path, status=None)
    finally:
        os.remove(site.sheet)
        os.rename(site.sheet + ".away", site.sheet)
    with open(site.home("editor", "ids")) as file:
        ids = file.read()
    attack("a parser with the program's group")
    equal([line for line in ids.splitlines() if str(group) in line.split()],
          [], ids)
    uid = str(site.users["editor"].pw_uid)
    equal(ids.splitlines()[0].split()[1:], [uid] * 4)
    with open(site.home("editor", "fds")) as file:
        equal("data.mdb" in file.read(), False)
    with open(site.home("editor", "env")) as file:
        names = {line.split("=")[0] for line in file}
    equal(names - {"LC_ALL", "PWD", "OLDPWD", "_", "SHLVL"}, set())


def another_parser_is_not_run(site):
    """A link to the program may stand beside a program of one's own. The hard
    one is made for him: not every kernel forbids it."""
    site.staffed()
    mine = site.home("editor", "bin")
    site.tool("editor", "mkdir", "-p", mine + "/libexec/proposals")
    site.tool("editor", "ln", "-s", site.program, mine + "/soft")
    os.link(site.program, mine + "/hard")
    for name in ("bin/proposals-sheet", "proposals-sheet",
                 "bin/libexec/proposals/proposals-sheet"):
        site.file("editor", name, "#!/bin/sh\ntouch %s/ran\n" %
                  site.home("editor"), 0o755)
    csv = site.file("editor", "b.csv", "编号,案由\n801,甲\n")
    for program in ("soft", "hard"):
        attack("a parser beside a link", program)
        site.tool("editor", os.path.join(mine, program), "import", csv,
                  "--status", "办理中", cwd=mine,
                  env={"PATH": mine + ":/usr/bin:/bin"})
        equal(os.path.exists(site.home("editor", "ran")), False, program)
    equal(site.status_of(801), "handling")


# -- the environment

def the_environment_says_nothing(site):
    site.staffed()
    before = site.content()
    evil = site.home("stranger", "evil")
    plain = os.path.join(site.build, "proposals")
    site.tool("stranger", "mkdir", "-p", evil + "/proposals")
    shutil.copy(plain, site.path("plain"))
    equal(site.tool("stranger", site.path("plain"), "init",
                    evil + "/proposals").status, 0)
    site.file("stranger", "evil/proposals/proposals.yaml", "x: [")
    for env in ({"PROPOSALS_STORE": evil + "/proposals"},
                {"XDG_DATA_HOME": evil}, {"HOME": evil},
                {"XDG_DATA_HOME": evil, "HOME": evil, "PROPOSALS_STORE": ""},
                {"PROPOSALS_CONFIG": evil + "/proposals/proposals.yaml"},
                {"XDG_CONFIG_HOME": evil}):
        attack(env)
        site.run("stranger", "list", status=5, env=env)
        equal(site.run("viewer", "list", "--json", env=env).out, before[0])
    attack("PROPOSALS_NOW")
    site.run("editor", "status", "已答复", "4",
             env={"PROPOSALS_NOW": "1999-01-01T00:00:00"})
    equal("1999" in site.run("root", "batches").out, False)
    attack("USER, LOGNAME, SUDO_USER, SUDO_UID")
    site.run("stranger", "list", status=5, env={
        "USER": "root", "LOGNAME": "root", "SUDO_USER": "root",
        "SUDO_UID": "0", "SUDO_COMMAND": "x"})


def variables_of_any_size_and_kind_do_no_harm(site):
    site.staffed()
    before, plain = site.content(), site.run("viewer", "list").out
    for name in ("TERM", "LANG", "LC_ALL", "LC_CTYPE", "LC_x", "TZ",
                 "NO_COLOR", "COLORTERM", "SSH_CONNECTION"):
        for value in ("A" * 100000, "", "%n%s%s%s", "../" * 1000, "\xff\xfe",
                      ":" + site.store + "/data.mdb", "\x1b]0;x\x07"):
            attack(name)
            ran = site.run("viewer", "list", env={name: value})
            equal(ran.out, plain, name)
    unchanged(site, before)


def libraries_are_not_loaded(site):
    site.staffed()
    if not shutil.which("gcc"):
        raise Skipped("no compiler")
    source = site.path("evil.c")
    library = site.path("evil.so")
    mark = site.home("stranger", "loaded")
    with open(source, "w") as file:
        file.write('#include <fcntl.h>\n#include <unistd.h>\n'
                   '__attribute__((constructor)) static void in(void)\n'
                   '{ close(open("%s", O_CREAT | O_WRONLY, 0600)); }\n' % mark)
    call("gcc", "-shared", "-fPIC", "-o", library, source)
    os.chmod(library, 0o755)
    ran = site.tool("stranger", "/bin/true", env={"LD_PRELOAD": library})
    equal(os.path.exists(mark), True, "the library itself: " + ran.err)
    os.remove(mark)
    for env in ({"LD_PRELOAD": library}, {"LD_AUDIT": library},
                {"LD_LIBRARY_PATH": site.dir, "LD_PRELOAD": "evil.so"},
                {"LD_PRELOAD": library, "LD_DEBUG": "all",
                 "LD_DEBUG_OUTPUT": site.home("stranger", "debug")},
                {"GCONV_PATH": site.dir, "LOCPATH": site.dir,
                 "NLSPATH": site.dir + "/%N", "LC_ALL": "evil"}):
        attack(env)
        site.run("stranger", "list", status=5, env=env)
        equal(os.path.exists(mark), False, str(env))


def terminal_descriptions_are_the_system_s(site):
    """One that would show itself, if anybody read it."""
    site.staffed()
    folder = site.home("viewer", "terminfo")
    site.tool("viewer", "mkdir", "-p", folder)
    entry = site.file("viewer", "evil.ti", "xterm-256color|evil,\n"
                      "\tam, cols#80, lines#24, clear=EVIL-CLEAR,\n"
                      "\tcup=EVIL%p1%d%p2%d, smcup=EVIL-SMCUP,\n")
    made = site.tool("viewer", "tic", "-o", folder, entry)
    if made.status:
        raise Skipped("no tic: " + made.err)
    for env in ({"TERMINFO": folder}, {"TERMINFO_DIRS": folder},
                {"HOME": os.path.dirname(folder)},
                {"TERMCAP": "xterm-256color:cl=EVIL-CLEAR:cm=EVIL:"},
                {"TERM": "../../../../" + folder + "/x/xterm-256color"}):
        attack(env)
        with screen.Terminal(site, "viewer", env=env) as terminal:
            terminal.until("F1/? 帮助")
            equal(b"EVIL" in terminal.raw, False, str(env))


# -- options and paths

def no_option_leads_elsewhere(site):
    site.staffed()
    before = site.content()
    for words in (["--store", "/"], ["--store", site.home("stranger")],
                  ["--store=" + site.store], ["--store", "."]):
        attack(*words)
        site.run("stranger", *words, "list", status=2).says("--store")
        site.run("root", *words, "list", status=2).says("--store")
    for path in ("/etc/shadow", site.config, site.store + "/data.mdb"):
        attack("--config", path)
        site.run("stranger", "--config", path, "list", status=2) \
            .says("--config")
        ran = site.run("stranger", "--config", path, "--print-config",
                       status=3)
        equal("root:" in ran.out + ran.err, False)
    mine = site.file("stranger", "mine.yaml",
                     site.run("root", "--print-config").out)
    site.run("stranger", "--config", mine, "--print-config")
    unchanged(site, before)


def a_configuration_is_parsed_without_the_group(site):
    """The file could be one that the program's group may read."""
    site.staffed()
    path = site.path("group.yaml")
    with open(path, "w") as file:
        file.write("secret: 机密\n")
    os.chown(path, 0, os.stat(site.program).st_gid)
    os.chmod(path, 0o640)
    attack("--print-config of a file of the group")
    ran = site.run("stranger", "--config", path, "--print-config", status=3)
    equal("机密" in ran.out + ran.err or "secret" in ran.err, False, ran.err)


def nothing_is_written_for_a_person_into_the_register_s_folder(site):
    """Whatever takes the name of a file to write."""
    site.staffed()
    before = site.content()
    names = sorted(os.listdir(site.store))
    help_ = site.run("root", "help").out
    target = site.store + "/out"
    tried = 0
    for words in (["backup", target], ["export", target],
                  ["backup", site.store + "/data.mdb"],
                  ["backup", "--rotate", site.store],
                  ["report", "review", "--out", target]):
        if "\n  %s " % words[0] not in help_:
            continue
        tried += 1
        attack(*words)
        site.run("admin", *words, status=None)
        equal(sorted(os.listdir(site.store)), names, str(words))
        victim = site.file("viewer", "victim", "mine")
        attack(*words[:-1], victim)
        site.run("admin", *words[:-1], victim, status=None)
        with open(victim) as file:
            equal(file.read(), "mine")
    unchanged(site, before)


# -- the process

def a_debugger_gets_no_group(site):
    site.staffed()
    before = site.content()
    for words in (["gdb", "-batch", "-ex", "run list", site.program],
                  ["strace", "-f", site.program, "list"],
                  ["ltrace", site.program, "list"]):
        if not shutil.which(words[0]):
            continue
        ran = site.tool("viewer", *words)
        attack(*words)
        equal("经信局" in ran.out + ran.err, False, words[0])
    unchanged(site, before)


def a_running_one_shows_nothing_of_itself(site):
    """ptrace, its memory, its descriptors, as its own person."""
    site.staffed()
    script = (
        "import ctypes, os, sys\n"
        "pid = int(sys.argv[1])\n"
        "libc = ctypes.CDLL(None)\n"
        "libc.ptrace.argtypes = [ctypes.c_long] * 4\n"
        "def tries():\n"
        "    yield 'attach', libc.ptrace(16, pid, 0, 0) == 0\n"
        "    yield 'seize', libc.ptrace(0x4206, pid, 0, 0) == 0\n"
        "    for name in ('mem', 'maps', 'environ', 'auxv', 'syscall'):\n"
        "        try:\n"
        "            with open('/proc/%d/%s' % (pid, name), 'rb') as f:\n"
        "                yield name, bool(f.read(1))\n"
        "        except OSError:\n"
        "            yield name, False\n"
        "    try:\n"
        "        names = os.listdir('/proc/%d/fd' % pid)\n"
        "        yield 'fd', True\n"
        "    except OSError:\n"
        "        names = map(str, range(20))\n"
        "    for fd in names:\n"
        "        try:\n"
        "            f = os.open('/proc/%d/fd/%s' % (pid, fd), os.O_RDWR)\n"
        "            yield 'fd ' + fd, not os.isatty(f)\n"
        "        except OSError:\n"
        "            yield 'fd ' + fd, False\n"
        "    for link in ('exe', 'cwd', 'root'):\n"
        "        try:\n"
        "            yield link, bool(os.readlink('/proc/%d/%s'\n"
        "                                         % (pid, link)))\n"
        "        except OSError:\n"
        "            yield link, False\n"
        "    try:\n"
        "        local = (ctypes.c_long * 2)(0, 0)\n"
        "        got = libc.process_vm_readv(pid, local, 1, local, 1, 0)\n"
        "        yield 'process_vm_readv', got > 0\n"
        "    except OSError:\n"
        "        pass\n"
        "for what, let in tries():\n"
        "    print(what, 'OPEN' if let else 'shut')\n")
    path = site.file("viewer", "look.py", script, 0o644)
    with screen.Terminal(site, "viewer") as terminal:
        terminal.until("F1/? 帮助")
        ran = site.tool("viewer", "python3", path, terminal.process.pid)
        lines = ran.lines
        for line in lines:
            attack("/proc or ptrace:", line)
        equal([line for line in lines if "OPEN" in line], [])
        equal(len(lines) > 20, True, ran.err)


def a_crash_leaves_no_core(site):
    site.staffed()
    folder = site.home("viewer", "core")
    site.tool("viewer", "mkdir", "-p", folder)

    def unlimited():
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)
    for number in (signal.SIGQUIT, signal.SIGABRT, signal.SIGSEGV,
                   signal.SIGTRAP, signal.SIGSYS):
        with screen.Terminal(site, "viewer", cwd=folder,
                             preexec_fn=unlimited) as terminal:
            terminal.until("F1/? 帮助")
            with open("/proc/%d/limits" % terminal.process.pid) as file:
                core = [line for line in file if "core" in line][0]
            equal(core.split()[4:6], ["0", "0"], core)
            attack("signal", number)
            terminal.process.send_signal(number)
            terminal.whole()
    equal(glob.glob(site.dir + "/**/core*", recursive=True), [folder])
    site.run("root", "check")


def signals_reach_only_one_s_own(site):
    site.staffed()
    before = site.content()
    with screen.Terminal(site, "admin") as terminal:
        terminal.until("F1/? 帮助")
        for number in (signal.SIGSTOP, signal.SIGKILL, 0):
            refused(site.tool("viewer", "kill", "-%d" % number,
                              terminal.process.pid))
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGKILL,
                   signal.SIGXFSZ, signal.SIGPIPE, signal.SIGALRM,
                   signal.SIGUSR1, signal.SIGRTMIN):
        with screen.Terminal(site, "editor") as terminal:
            terminal.until("F1/? 帮助")
            terminal.keys("4", "<Enter>", "<Esc>", "<F6>", "a")
            attack("signal", number, "in the preview")
            site.tool("editor", "kill", "-%d" % number, terminal.process.pid)
    unchanged(site, before)


def _stopped_while_writing(site, path):
    """An import by the editor, stopped by himself inside the gate; None when
    it was through before."""
    process = site.start("editor", site.program, "import", path)
    with open(os.path.join(site.store, "write.gate"), "rb",
              buffering=0) as gate:
        while process.poll() is None:
            gate.seek(0)
            if gate.read(32).split(b" ")[0] == b"%d" % process.pid:
                break
    site.tool("editor", "kill", "-STOP", process.pid)
    rows = {row["check"]: row for row in
            site.tool("root", site.program, "doctor", "--json").rows()}
    if rows["writer"]["result"] == "ok":
        process.send_signal(signal.SIGCONT)
        site.end(process, ["import"])
        return None
    return process


def _stop_inside(site, first):
    """As above, for certain; the numbers of the import begin with `first`."""
    path = site.file("editor", "many.jsonl", "".join(
        '{"number": %d, "title": "关于第%d件事的建议"}\n' % (n, n)
        for n in range(first, first + 20000)))
    for _ in range(20):
        process = _stopped_while_writing(site, path)
        if process:
            attack("SIGSTOP inside the gate")
            return process
        site.run("root", "undo", str(site.run(
            "root", "batches", "--json", "--limit", "1").rows()[0]["batch"]))
    raise Failed("    never stopped inside")


def who_is_stopped_while_writing_is_named_and_loses_nothing(site):
    """SIGSTOP is everybody's right with his own process."""
    site.staffed()
    process = _stop_inside(site, 2000)
    ran = site.run("admin", "status", "已答复", "4", status=6)
    ran.says(site.users["editor"].pw_name, str(process.pid), "暂停")
    equal(site.status_of(4), "handling")
    site.run("viewer", "list")
    process.send_signal(signal.SIGCONT)
    equal(site.end(process, ["import"]).status, 0)
    site.run("admin", "status", "已答复", "4")
    site.run("root", "check")


def who_is_stopped_while_writing_is_ended_as_doctor_says(site):
    """TERM would wait until he goes on."""
    site.staffed()
    before = site.content()
    process = _stop_inside(site, 2000)
    advice = {row["check"]: row["do"] for row in
              site.run("root", "doctor", "--json").rows()}["writer"]
    words = re.search("结束它（(.*?)）", advice)[1].split()
    site.tool("root", *words, process.pid)
    equal(site.end(process, ["import"]).status, -signal.SIGKILL)
    unchanged(site, before)
    site.run("admin", "status", "已答复", "4")


# -- what is handed over at the start

def a_start_without_a_name_is_refused(site):
    site.staffed()
    if not shutil.which("gcc"):
        raise Skipped("no compiler")
    source, program = site.path("bare.c"), site.path("bare")
    with open(source, "w") as file:
        file.write('#include <unistd.h>\nint main(void) { char *none[] = '
                   '{0}; execve("%s", none, none); return 99; }\n'
                   % site.program)
    call("gcc", "-w", "-o", program, source)
    os.chmod(program, 0o755)
    attack("argc 0")
    ran = site.tool("stranger", program)
    equal(ran.status in (2, 5), True, str(ran))


def missing_descriptors_do_no_harm(site):
    site.staffed()
    before = site.content()
    for closed in ("<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- 2>&-",
                   "<&- >&- 2>&-"):
        for words in ("list", "status 已答复 999", "user list", "check"):
            attack("closed", closed, words)
            site.tool("editor", "sh", "-c",
                      "exec %s %s %s" % (site.program, words, closed))
    unchanged(site, before)


def open_descriptors_are_no_trap(site):
    """A thousand of them, and limits on how many more there may be."""
    site.staffed()
    before = site.content()
    for limit in (4, 5, 6, 8, 12, 64):
        attack("RLIMIT_NOFILE", limit)
        site.run("editor", "list", status=(0, 2, 3, 4), preexec_fn=lambda:
                 resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit)))
    attack("a hundred descriptors")
    files = [os.open("/dev/null", os.O_RDONLY) for _ in range(100)]
    site.run("editor", "list", pass_fds=files)
    for fd in files:
        os.close(fd)
    unchanged(site, before)


def a_umask_opens_nothing(site):
    site.staffed()
    lock = os.path.join(site.store, "lock.mdb")
    for mask in (0, 0o777):
        for name in ("lock.mdb", "session.lock", "write.gate"):
            path = os.path.join(site.store, name)
            if os.path.exists(path):
                os.remove(path)
        attack("umask %o" % mask)
        site.run("editor", "status", "已答复" if mask else "延期", "4",
                 umask=mask)
        for path in _files(site):
            mode = stat.S_IMODE(os.stat(path).st_mode)
            equal("%o" % mode, "660", path)
        equal(os.path.exists(lock), True)
        site.run("viewer", "list")


def limits_do_not_break_the_register(site):
    site.staffed()
    before = site.content()
    for what, value in ((resource.RLIMIT_FSIZE, 0),
                        (resource.RLIMIT_FSIZE, 4096),
                        (resource.RLIMIT_FSIZE, 1 << 17),
                        (resource.RLIMIT_AS, 1 << 26),
                        (resource.RLIMIT_AS, 1 << 30),
                        (resource.RLIMIT_DATA, 1 << 16),
                        (resource.RLIMIT_STACK, 1 << 14),
                        (resource.RLIMIT_NPROC, 0),
                        (resource.RLIMIT_MEMLOCK, 0),
                        (resource.RLIMIT_CPU, 1)):
        attack("limit", what, value)
        # It may be too little to begin at all; then the kernel kills it.
        site.tool("editor", "sh", "-c", 'exec "$0" status 已答复 999',
                  site.program, preexec_fn=lambda: resource.setrlimit(
                      what, (value, value)))
    unchanged(site, before)


def variables_that_curses_would_heed_are_gone(site):
    site.staffed()
    for env in ({"LINES": "9", "COLUMNS": "33"}, {"ESCDELAY": "60000"},
                {"NCURSES_NO_PADDING": "1", "NCURSES_TRACE": "8191"}):
        attack(env)
        with screen.Terminal(site, "viewer", env=env,
                             cwd=site.home("viewer")) as terminal:
            terminal.until("F1/? 帮助")
            equal("F1/? 帮助" in terminal.screen.lines()[-1], True, str(env))
            terminal.keys("<F1>", "<Esc>")
            terminal.until("-- 第1号")
    equal(os.path.exists(site.home("viewer", "trace")), False)


def the_current_folder_is_no_way(site):
    site.staffed()
    before = site.content()
    mine = site.home("viewer", "here")
    site.tool("viewer", "mkdir", "-p", mine)
    for name in ("data.mdb", "lock.mdb", "proposals.yaml", "proposals-sheet"):
        site.file("viewer", "here/" + name, "x", 0o755)
    attack("files of one's own in the current folder")
    equal(site.run("viewer", "list", "--json", cwd=mine).out, before[0])
    attack("a current folder that is gone")
    process = site.start("viewer", "sh", "-c",
                         'rm -r "$PWD"; exec "$0" list --json', site.program,
                         cwd=mine)
    equal(site.end(process, ["list"]).out, before[0])


# -- standing for somebody else

def nobody_becomes_another(site):
    site.staffed()
    before = site.content()
    admin = site.users["admin"]
    for env in ({"USER": admin.pw_name}, {"LOGNAME": admin.pw_name},
                {"SSH_CONNECTION": "127.0.0.1 1 127.0.0.1 22"},
                {"PROPOSALS_USER": admin.pw_name},
                {"PROPOSALS_UID": "0"}):
        attack(env)
        site.run("viewer", "status", "已答复", "4", status=5, env=env)
        site.run("stranger", "list", status=5, env=env)
    attack("a user namespace in which one is root")
    for words in (["unshare", "-Ur", site.program, "list"],
                  ["unshare", "-Ur", site.program, "user", "add",
                   site.users["stranger"].pw_name, "admin"]):
        ran = site.tool("stranger", *words)
        equal("经信局" in ran.out, False)
        equal(ran.status == 0, False, str(ran))
    attack("newgrp and sg")
    refused(site.tool("stranger", "sg", site.group, "-c",
                      "cat %s/data.mdb" % site.store))
    unchanged(site, before)


def a_name_that_is_a_command_does_nothing(site):
    """A hostile line, file name or note on the way to a terminal."""
    site.staffed()
    evil = "\x1b]0;x\x07\u202e\u200b$(touch /tmp/x)`id`\n;--force"
    attack("hostile texts")
    site.run("editor", "status", "已答复", "4", "--note", evil,
             env={"SSH_CONNECTION": evil})
    for words in (["batches"], ["batches", "--json"], ["history", "4"]):
        out = site.run("viewer", *words).out
        for char in "\x1b\x07\u202e\u200b":
            equal(char in out, False, repr(char))


def everything_that_was_tried_is_told(site):
    if len(TRIED) < 25:
        raise Skipped("only after the others")
    print("tried: %d attacks by people without the group, %d kinds" %
          (len(TRIED), len({what.split()[0] for what in TRIED})))
