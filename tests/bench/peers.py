"""What each peer is told to do the same thing: a command that runs as a whole
process, or None where the peer has no such thing.  Own words for the same
work: the count and the first 50 where ours prints both."""
import json
import shlex

FIRST = 50


def shell(text):
    return ["sh", "-c", text]


class Sqlite:
    def __init__(self, base):
        self.base = base

    def ask(self, *sql):
        return ["sqlite3", self.base, "; ".join(sql)]

    def get(self, session, number):
        return self.ask("SELECT * FROM p WHERE session='%s' AND number=%d" %
                        (session, number))

    def filter(self, where, order="due"):
        return self.ask(
            "SELECT count(*) FROM p WHERE " + where,
            "SELECT due, title FROM p WHERE %s ORDER BY %s LIMIT %d" %
            (where, order, FIRST))

    def groups(self, *columns):
        names = ", ".join(columns)
        return self.ask("SELECT %s, count(*) FROM p GROUP BY %s" %
                        (names, names))

    def scan(self, condition):
        return self.ask(
            "PRAGMA mmap_size=8000000000",
            "SELECT count(*) FROM p WHERE " + condition,
            "SELECT title FROM p WHERE %s LIMIT %d" % (condition, FIRST))

    def like(self, column, word):
        return self.scan("%s LIKE '%%%s%%'" % (column, word))

    def instr(self, column, word):
        return self.scan("instr(%s, '%s')" % (column, word))

    def trigrams(self, column, word):
        """The full-text index; it knows no word of one or two characters."""
        match = "f MATCH '%s : \"%s\"'" % (column, word)
        return self.ask(
            "SELECT count(*) FROM f WHERE " + match,
            "SELECT title FROM p WHERE seq IN (SELECT rowid FROM f WHERE %s "
            "LIMIT %d)" % (match, FIRST))

    def update(self, many, step):
        """Toggled, so that every run has something to do."""
        return self.ask(
            "PRAGMA synchronous=FULL",
            "UPDATE p SET status=CASE status WHEN 'extended' THEN 'handling' "
            "ELSE 'extended' END, revision=revision+1 WHERE seq IN (WITH "
            "RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c "
            "WHERE x<%d) SELECT x*%d FROM c)" % (many, step))


def text_keys(column):
    """The data has the text of a proposal as its body or its outcome."""
    return ["title"] if column == "title" else ["body", "outcome"]


class Ripgrep:
    def __init__(self, file):
        self.file = shlex.quote(file)

    def get(self, session, number):
        return shell("rg -N -m1 -F '\"session\":\"%s\",\"number\":%d,' %s" %
                     (session, number, self.file))

    def filter(self):
        return shell(
            "rg -N -o '\"title\":\"([^\"]*)\".*\"department\":\"jxj\","
            "\"role\":\"lead\".*\"status\":\"handling\".*\"assigned\":"
            "\"([^\"]*)\"' -r '$2 $1' %s | LC_ALL=C sort | "
            "awk 'NR <= 50 { print } END { print NR }'" % self.file)

    def groups(self):
        return shell(
            "rg -N -o '\"department\":\"([^\"]*)\",\"role\":\"lead\".*"
            "\"status\":\"([^\"]*)\"' -r '$1 $2' %s | LC_ALL=C sort | uniq -c"
            % self.file)

    def find(self, column, word):
        match = "\"(%s)\":\"[^\"]*%s" % ("|".join(text_keys(column)), word)
        return shell(
            "rg -N -c '%s' %s; rg -N -m50 '%s' %s | "
            "rg -o '\"title\":\"[^\"]*\"'; true" %
            (match, self.file, match, self.file))


class Jq:
    def __init__(self, file):
        self.file = file
        self.quoted = shlex.quote(file)

    def get(self, session, number):
        return ["jq", "-n", "-c", "first(inputs | select(.session == \"%s\" "
                "and .number == %d))" % (session, number), self.file]

    def filter(self):
        return shell(
            "jq -r 'select(.status == \"handling\" and "
            ".units[0].department == \"jxj\") | .assigned + \" \" + .title' "
            "%s | LC_ALL=C sort | awk 'NR <= 50 { print } END { print NR }'"
            % self.quoted)

    def groups(self):
        return shell("jq -r '(.units[0].department // \"\") + \" \" + .status'"
                     " %s | LC_ALL=C sort | uniq -c" % self.quoted)

    def find(self, column, word):
        has = " or ".join("(.%s // \"\" | contains(\"%s\"))" % (key, word)
                          for key in text_keys(column))
        return shell("jq -r 'select(%s) | .title' %s | "
                     "awk 'NR <= 50 { print } END { print NR }'" %
                     (has, self.quoted))

    def update(self, step, out):
        out = shlex.quote(out)
        return shell(
            "jq -c 'if input_line_number %% %d == 0 then .status = "
            "\"extended\" else . end' %s >%s && sync %s" %
            (step, self.quoted, out, out))


class Plain:
    """The file itself, with what every machine has: grep and sed."""

    def __init__(self, file):
        self.file = shlex.quote(file)

    def get(self, session, number):
        return shell("LC_ALL=C grep -m1 -F '\"session\":\"%s\",\"number\":%d,'"
                     " %s" % (session, number, self.file))

    def find(self, column, word):
        match = "\"(%s)\":\"[^\"]*%s" % ("|".join(text_keys(column)), word)
        # cat: grep stops at the first match when nobody reads.
        return shell("export LC_ALL=C; grep -c -E '%s' %s | cat; "
                     "grep -m50 -E '%s' %s | grep -o '\"title\":\"[^\"]*\"'; "
                     "true" % (match, self.file, match, self.file))

    def update(self, step, out):
        out = shlex.quote(out)
        return shell(
            "LC_ALL=C sed -E '0~%ds/\"status\":\"[^\"]*\"/\"status\":"
            "\"extended\"/' %s >%s && sync %s" % (step, self.file, out, out))


class Recutils:
    def __init__(self, file):
        self.file = file
        self.quoted = shlex.quote(file)

    def count_and_list(self, where, what):
        return shell(
            "recsel -t Proposal -c -e \"%s\" %s; "
            "recsel -t Proposal -e \"%s\" %s %s | head -100" %
            (where, self.quoted, where, what, self.quoted))

    def get(self, session, number):
        return ["recsel", "-t", "Proposal", "-e", "session = '%s' && "
                "number = %d" % (session, number), self.file]

    def filter(self):
        return self.count_and_list("status = 'handling' && lead = 'jxj'",
                                   "-S due -p due,title -C")

    def groups(self):
        return ["recsel", "-t", "Proposal", "-G", "lead,status", "-p",
                "lead,status,Count(seq)", self.file]

    def find(self, column, word):
        return self.count_and_list("%s ~ '%s'" % (column, word), "-P title")

    def update(self, step, out):
        return shell(
            "recset -t Proposal -e 'seq %% %d = 0' -f status -S extended %s "
            "&& sync %s" % (step, shlex.quote(out), shlex.quote(out)))


class Taskwarrior:
    def __init__(self, folder):
        self.folder = folder
        self.task = "task rc:%s " % shlex.quote(folder + ".rc")

    def count_and_list(self, where):
        return shell("%s %s count; %s rc.defaultwidth=200 limit:50 %s fifty; "
                     "true" % (self.task, where, self.task, where))

    def get(self, session, number):
        return shell("%s session.is:%s number:%d export" %
                     (self.task, session, number))

    def filter(self):
        return self.count_and_list("state.is:handling lead.is:jxj")

    def groups(self):
        return shell("%s export | jq -r '.[] | (.lead // \"\") + \" \" + "
                     ".state' | LC_ALL=C sort | uniq -c" % self.task)

    def find(self, column, word):
        column = "description" if column == "title" else "body"
        return self.count_and_list("%s.has:%s" % (column, word))

    def update(self, many, out):
        out = shlex.quote(out)
        return shell("%s rc.data.location=%s seq.below:%d modify "
                     "state:extended && sync %s" %
                     (self.task, out, many + 1, out))


class Visidata:
    """Commands are recorded in a file and played without a screen."""

    def __init__(self, file, size, folder):
        self.file, self.sheet, self.folder = file, "p%d" % size, folder

    def play(self, name, *steps):
        path = "%s/%s-%s.vdj" % (self.folder, self.sheet, name)
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"longname": "open-file", "input": self.file,
                       "sheet": None, "col": None, "row": None}, file)
            for command, column, text in steps:
                file.write("\n")
                json.dump({"sheet": self.sheet, "col": column, "row": "",
                           "longname": command, "input": text,
                           "keystrokes": "", "comment": ""}, file)
        return ["vd", "-b", "-p", path, "-o", "%s/vd-out.csv" % self.folder]

    def get(self, session, number):
        return self.play("get", ("select-expr", "", "session=='%s' and "
                                 "int(number)==%d" % (session, number)),
                         ("dup-selected", "", ""))

    def filter(self):
        return self.play("filter", ("sort-asc", "due", ""),
                         ("select-expr", "", "status=='handling' and "
                          "lead=='jxj'"), ("dup-selected", "", ""))

    def groups(self):
        return self.play("groups", ("key-col", "lead", ""),
                         ("key-col", "status", ""), ("freq-keys", "", ""))

    def find(self, column, word):
        return self.play("find", ("select-col-regex", column, word),
                         ("dup-selected", "", ""))
