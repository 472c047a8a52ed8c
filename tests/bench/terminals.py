"""The peers at the terminal: what each is given to show, and its keys."""
import os
import re
import shlex
import subprocess

from machine import here


class Peer:
    """A program on the same rows. `largest`: with more it is not to be waited
    for, or has never been meant for it. `search`: typed before a word,
    `enter`: whether the word has to be sent off, `close`: what ends it."""

    def __init__(self, name, largest, command, down="j", search="/",
                 enter=True, close="\x1b", program=None):
        self.name, self.largest, self.command = name, largest, command
        self.down, self.search, self.enter = down, search, enter
        self.close = close
        self.program = program or name

    def here(self):
        return here(self.program)


def files(data, rows):
    """nnn's: a folder with a file named after each row."""
    def make(new):
        os.mkdir(new)
        with open(rows, encoding="utf-8") as lines:
            for i, line in enumerate(lines, 1):
                name = "%06d %s" % (i, line.strip().replace("/", " ")[:60])
                open(os.path.join(new, name), "w").close()
    return data.keep(data.path("files"), make)


def mail(data, rows):
    """neomutt's: a letter with the subject of each row."""
    def make(new):
        with open(rows, encoding="utf-8") as lines, \
                open(new, "w", encoding="utf-8") as out:
            for i, line in enumerate(lines, 1):
                out.write("From a@example.org Wed Nov 20 09:30:00 2024\n"
                          "From: a@example.org\nTo: b@example.org\n"
                          "Message-ID: <%d@example.org>\n"
                          "Content-Type: text/plain; charset=utf-8\n"
                          "Subject: %s\n"
                          "Date: Wed, 20 Nov 2024 09:30:00 +0000\n\n%s\n\n" %
                          (i, re.sub(r"\s+", " ", line.strip()),
                           line.strip()))
    return data.keep(data.path("mail"), make)


def commits(data, rows):
    """tig's: a commit with the subject of each row."""
    def make(new):
        subprocess.run(["git", "init", "-q", "--bare", new], check=True)
        load = subprocess.Popen(["git", "-C", new, "fast-import", "--quiet"],
                                stdin=subprocess.PIPE)
        with open(rows, encoding="utf-8") as lines:
            for i, line in enumerate(lines):
                text = line.strip().encode()
                load.stdin.write(
                    b"commit refs/heads/master\n"
                    b"committer A <a@example.org> %d +0000\ndata %d\n%s\n" %
                    (1700000000 + i, len(text), text))
        load.stdin.close()
        if load.wait():
            raise OSError("git fast-import failed")
        subprocess.run(["git", "-C", new, "symbolic-ref", "HEAD",
                        "refs/heads/master"], check=True)
    return data.keep(data.path("commits"), make)


def peers(data, rows, home):
    """Those that are here and made for the size. less is not among them."""
    rc = os.path.join(home, "muttrc")
    with open(rc, "w") as file:
        file.write("set folder=%s\nset quit=yes\nset move=no\n" % home)
    quoted = shlex.quote(rows)
    every = [
        Peer("vim", 1000000, lambda: ["vim", "-R", "-n", "-u", "NONE", "-N",
                                      "-c", "set nowrap", rows]),
        Peer("nnn", 10000, lambda: ["nnn", files(data, rows)], enter=False),
        Peer("neomutt", 10000, lambda: [
            "neomutt", "-n", "-F", rc, "-R", "-f", mail(data, rows)],
            search="l~s "),
        Peer("tig", 100000, lambda: ["env", "GIT_DIR=" + commits(data, rows),
                                     "tig"]),
        Peer("fzf", 1000000, lambda: [
            "sh", "-c", "exec fzf --layout=reverse --preview 'echo {}' <" +
            quoted], down="<Down>", search="", enter=False, close="\x15"),
        Peer("visidata", 1000000, lambda: ["vd", "-f", "txt", rows],
             program="vd"),
    ]
    return [peer for peer in every
            if peer.here() and data.size <= peer.largest]
