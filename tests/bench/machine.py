"""What the figures were measured on, and the versions of what they are beside;
nothing that would name the machine."""
import datetime
import os
import re
import shutil
import subprocess

# How each is asked for its version, and the package of Debian 12 it is in.
PEERS = {
    "sqlite3": ("sqlite3 --version", "sqlite3"),
    "rg": ("rg --version", "ripgrep"),
    "jq": ("jq --version", "jq"),
    "recsel": ("recsel --version", "recutils"),
    "task": ("task --version", "taskwarrior"),
    "vd": ("vd --version", "visidata"),
    "sed": ("sed --version", "sed"),
    "less": ("less --version", "less"),
    "vim": ("vim --version", "vim"),
    "nnn": ("nnn -V", "nnn"),
    "neomutt": ("neomutt -v", "neomutt"),
    "tig": ("tig --version", "tig"),
    "fzf": ("fzf --version", "fzf"),
}


def here(name):
    return shutil.which(name) is not None


def first_line(command, env):
    out = subprocess.run(command.split(), env=env, text=True,
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT).stdout
    found = re.search(r"\d+(\.\d+)*(?=[^\d.]|$)", out)
    return found.group() if found else "?"


def versions(env):
    return {name: first_line(command, env) if here(name) else
            "not here: apt-get install " + package
            for name, (command, package) in PEERS.items()}


def slurp(path):
    with open(path) as file:
        return file.read()


def describe(folder, program, env):
    cpu = re.search(r"^model name\s*: (.*)", slurp("/proc/cpuinfo"), re.M)
    memory = int(re.search(r"MemTotal:\s+(\d+)",
                           slurp("/proc/meminfo")).group(1))
    system = re.search(r'^PRETTY_NAME="(.*)"',
                       slurp("/etc/os-release"), re.M)
    files = subprocess.run(["findmnt", "-no", "FSTYPE", "-T", folder],
                           stdout=subprocess.PIPE, text=True).stdout.strip()
    ours = subprocess.run([program, "--version"], env=env, text=True,
                          stdout=subprocess.PIPE).stdout.split("\n")[0]
    return [("date", str(datetime.date.today())),
            ("program", ours),
            ("processor", "%s, %d cores" % (
                cpu.group(1) if cpu else os.uname().machine,
                os.cpu_count())),
            ("memory", "%.0f GiB" % (memory / (1 << 20))),
            ("file system", files or "?"),
            ("system", "%s, Linux %s" % (system.group(1) if system else "?",
                                         os.uname().release.split("-")[0]))]
