"""Rows as they are measured: printed at once, judged, and kept for the report
in Markdown."""


def number(value):
    """Three digits that count, never an exponent."""
    if value is None:
        return ""
    if value >= 100 or value == int(value):
        return "{:,.0f}".format(value)
    return "%.3g" % value if value >= 0.01 else "%.1g" % value


def figure(value, unit):
    """A value with its unit; a text, such as "over 10 s", stays one."""
    if value is None or isinstance(value, str):
        return value or ""
    if unit == "ms" and value >= 10000:
        value, unit = value / 1000, "s"
    return (number(value) + " " + unit).strip()


class Section:
    """One table: what is measured, ours, the peer of the goal, the others."""

    def __init__(self, title, peer, notes):
        self.title, self.peer, self.notes = title, peer, notes
        self.rows, self.others = [], []

    def markdown(self):
        used = [name for name in self.others
                if any(row["others"].get(name) for row in self.rows)]
        head = ["", "proposals", self.peer, "ratio", "goal", ""] + used
        lines = ["## " + self.title, ""]
        lines += [note + "\n" for note in self.notes]
        lines += ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
        for row in self.rows:
            cells = [row["what"], row["ours"], row["beside"], row["ratio"],
                     row["goal"], row["verdict"]]
            cells += [row["others"].get(name, "") for name in used]
            lines.append("| " + " | ".join(cells) + " |")
        return "\n".join(lines) + "\n"


class Report:
    def __init__(self):
        self.sections = []
        self.reached = self.missed = 0
        self.over = []          # what missed, for the end

    def section(self, title, peer, *notes):
        self.sections.append(Section(title, peer, notes))
        print("\n%-46s %12s %12s %7s %10s" %
              (title, "proposals", peer, "ratio", "goal"))

    def judge(self, what, have, goal):
        """"reached" or "missed", and counted."""
        if goal is None:
            return ""
        good = have is not None and have <= goal
        self.reached += good
        self.missed += not good
        if not good:
            self.over.append((self.sections[-1].title, what, have, goal))
        return "reached" if good else "missed"

    def row(self, what, ours, beside=None, goal=None, unit="ms", times=False,
            others=None):
        """goal: of the ratio to `beside` if times, or else of ours itself.
        ours None: it failed. others: {peer: value or text}."""
        ratio = None
        if ours is not None and isinstance(beside, (int, float)) and beside:
            ratio = ours / beside
        if times and beside is None:
            goal = None         # the peer is not here: nothing to judge
        verdict = self.judge(what, ratio if times else ours, goal)
        section = self.sections[-1]
        section.others += [name for name in others or {}
                           if name not in section.others]
        shown = "" if goal is None else "≤ " + number(goal) + \
            (" ×" if times else " " + unit if unit else "")
        row = {"what": what, "beside": figure(beside, unit),
               "ours": "failed" if ours is None else figure(ours, unit),
               "ratio": number(ratio), "goal": shown, "verdict": verdict,
               "others": {name: figure(value, unit)
                          for name, value in (others or {}).items()}}
        section.rows.append(row)
        print("  %-44s %12s %12s %7s %10s %s  %s" % (
            what, row["ours"], row["beside"], row["ratio"], shown, verdict,
            ", ".join("%s %s" % i for i in row["others"].items() if i[1])),
              flush=True)

    def markdown(self, head):
        lines = [head]
        lines += [section.markdown() for section in self.sections]
        lines += ["## Sum", "", "%d goals reached, %d missed.\n" %
                  (self.reached, self.missed)]
        if self.over:
            lines += ["| missed | | have | goal |", "|---|---|---|---|"]
            lines += ["| %s | %s | %s | %s |" % (
                title, what, "failed" if have is None else number(have),
                number(goal)) for title, what, have, goal in self.over]
        return "\n".join(lines) + "\n"
