"""README's chapter for the administrator, command by command."""
import os
import pwd
import re
import shlex

from installation import ROOT, Failed, call, equal

# What belongs to the machine and not to the program, or asks a person.
LEFT_OUT = ("make deps", "sudo editor", "sudo passwd", "sudo systemctl",
            "sudo sshd", "git", "sudo groupadd", "make")


def _commands():
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        chapter = re.search(r"(?ms)^## For the administrator\n(.*?)^## ",
                            file.read())[1]
    return [re.sub(r" +# .*", "", line).strip()
            for line in chapter.splitlines() if line.startswith("    ")]


def _undo(site, name):
    def remove():
        try:
            pwd.getpwnam(name)
        except KeyError:
            return
        call("userdel", "-r", name)
    site.undo.append(remove)


def _here(site, command):
    """With the places and names of this installation."""
    for manual, ours in (
            ("/usr/local", site.prefix), ("/etc/proposals", site.etc),
            ("/etc/ssh/sshd_config.d/", site.path("sshd.d/")),
            ("/var/backups/proposals", site.backups),
            ("/media/usb", site.path("usb")),
            ("proposals-staff", site.staff)):
        command = command.replace(manual, ours)
    words = {"wang": site.users["admin"].pw_name, "li": site.tag + "-li"}
    return re.sub(r"\b(wang|li)\b(?!/)", lambda m: words[m[1]], command)


def the_commands_of_the_manual_are_what_they_say(site):
    site.empty()
    for name in os.listdir(site.store):
        os.remove(os.path.join(site.store, name))
    os.makedirs(site.path("sshd.d"))
    os.makedirs(site.path("usb"))
    _undo(site, site.tag + "-li")
    path = {"PATH": os.path.dirname(site.program) + ":/usr/sbin:/usr/bin:/bin"}
    ran, left = [], []
    for command in _commands():
        if command.startswith("sudo make install-system"):
            site.install()
        elif any(command == word or command.startswith(word + " ")
                 for word in LEFT_OUT):
            left.append(command)
            continue
        else:
            person = "root" if command.startswith("sudo ") else "admin"
            words = _here(site, command.removeprefix("sudo "))
            done = site.tool(person, "sh", "-c", words, env=path)
            equal(done.status, 0, command + "\n" + str(done))
        ran.append(command)
    if not ran or not any("doctor" in command for command in ran):
        raise Failed("    the chapter has no commands")
    print("tried: %d commands of the manual, %d left to the machine: %s" % (
        len(ran), len(left), ", ".join(sorted({
            " ".join(shlex.split(command)[:2]) for command in left}))))
    equal([row["uid"] for row in
           site.run("root", "user", "list", "--json").rows()],
          [site.users["admin"].pw_uid])
    equal(site.modes(os.path.join(site.backups, os.listdir(site.backups)[0])),
          "600 root:root")
    os.remove(site.config)
