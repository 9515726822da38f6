# SPDX-License-Identifier: EUPL-1.2
"""Anne's whole course in the real window, by key events and the accessibility tree alone.

Every step of the course is done as a user does it: who I am is chosen at the top of the window, the
act is found with Ctrl+K on the page of Anne or of her case, its form is filled field by field and
saved with Ctrl+Return; the weekly meeting, the summary for the GP and the shift have pages of their own. The labels come from the program's own description of its acts. At the end
the file must hold the same records as when the same course is told by commands.
"""

import json
import re
import sys
import tempfile
from collections import Counter

import course
from window_together import SET_UP, together
from window_driver import App, Refused, has, pyatspi, wait_for

TODAY = "2023-05-02"
ANNE = "Anne Berg"
FUNCTIONS = {"caseworker": "Caseworker, Allocation office",
             "resource_person": "Resource person, Home care zone 1",
             "coordinator": "Welfare-technology coordinator, Equipment store"}
NAMES = {"Kari": "Kari Nes", "Ida": "Ida Lien"}
# What is chosen by the page the act begins on.
ABOUT = ("case_id", "citizen_id")


class Declared:
    """What the program says about its acts: label, and for each argument label, kind and choices."""

    def __init__(self, text):
        self.acts = {}
        fields = None
        for line in text.splitlines():
            heading = re.match(r"## `([a-z-]+)`: (.*)", line)
            row = re.match(r"\| `(\w+)` \| (.*?) \| (.*?) \| (.*?) \| (.*?) \|$", line)
            if heading:
                fields = {}
                self.acts[heading[1]] = (heading[2], fields)
            elif row and fields is not None:
                choices = re.findall(r"`(\w+)` ([^;]+)(?:;|$)", row[5])
                fields[row[1]] = {"label": row[2], "kind": row[3], "required": "required" in row[4],
                                  "choices": {code: label.strip() for code, label in choices}}

    def label(self, act):
        return self.acts[act][0]

    def field(self, act, name):
        return self.acts[act][1][name]


FIELDS = {"check box", "combo box", "entry", "switch", "text", "toggle button"}
DRAWN = FIELDS | {"label"}


def children(node):
    """What is shown in a node."""
    for index in range(node.childCount):
        child = node.getChildAtIndex(index)
        if child is not None and has(child, pyatspi.STATE_SHOWING):
            yield child


def shown(node, closed=DRAWN):
    """The node and what is shown below it, with its role. Inside of a field or a label is only how
    it is drawn."""
    role = node.getRoleName()
    yield role, node
    if role not in closed:
        for child in children(node):
            yield from shown(child, closed)


def nearest(node, role, name=None, depth=30):
    """The shown node of that role and name that lies least deep."""
    level = [node]
    while level and depth > 0:
        below = []
        for one in level:
            if one.getRoleName() == role and name in (None, one.name):
                return one
            below += children(one)
        level = below
        depth -= 1
    return None


def texts(node):
    """What the labels in a node say."""
    return [below.name for role, below in shown(node) if role == "label"]


def named(box, name):
    """The rows of a list when one of them has that name."""
    rows = list(children(box))
    return rows if any(row.name == name for row in rows) else None


def says(button, choice):
    """Whether the button of a closed list says that this is chosen."""
    return button.description == choice or button.description.startswith(f"{choice}. ")


def is_gone(node):
    """Whether a node is shown no more."""
    try:
        return not has(node, pyatspi.STATE_SHOWING)
    except Exception:  # it is not in the tree any more
        return True


def text_of(entry):
    content = entry.queryText()
    return content.getText(0, content.characterCount)


def squeezed(text):
    """The text without spaces: numbers of people are grouped while one writes."""
    return "".join(text.split())


def typed(kind, value):
    """The value as one writes it into a field of that kind."""
    if kind == "date":
        return f"{value[8:10]}.{value[5:7]}.{value[:4]}"
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return str(value)


class Teller:
    """Does the steps of a course in the window."""

    def __init__(self, app, declared):
        self.app = app
        self.declared = declared
        self.role = None
        self.place = None
        self.dialog = None
        self.form = None
        # The fields of the form as they were read last: role, name, node.
        self.fields = []
        # What the names in the steps are called where one chooses among them.
        self.called = {}
        # There is no case before there is a referral.
        self.referred = False
        # The steps that are still to be done.
        self.left = []

    def tell(self, steps):
        """Does every step; the answers to the criteria are given in one form."""
        self.left = list(steps)
        while self.left:
            step = self.left.pop(0)
            at_once = [step]
            while step["act"] == "answer-criterion" and self.left[0]["act"] == step["act"]:
                at_once.append(self.left.pop(0))
            self.do(at_once)

    def next_step(self):
        """The arguments of the step that follows, which is done with the present one."""
        return self.left.pop(0)["arguments"]

    def do(self, steps):
        step = steps[0]
        try:
            self.become(step["role"], step.get("who", "Kari"))
            if together(step):
                together(step)(self, step)
                return
            self.go_to(step)
            self.open_act(step["act"])
            if "refused" in step:
                self.read_refusal(step["refused"])
                return
            for one in steps:
                self.fill(one)
            self.save()
            self.remember(step)
        except Exception as error:
            raise Refused(f"{step['act']}: {error}") from error

    def become(self, role, who):
        """Chooses who I am at the top of the window."""
        if (role, who) == self.role:
            return
        self.role = (role, who)
        wanted = f"{NAMES[who]}, {FUNCTIONS[role]}"
        me = self.find_me()
        if me.name == f"I am {wanted}":
            return
        self.app.press(me)
        chooser = wait_for("who one can be", lambda: nearest(me.parent, "list", "Who I am"))
        self.take(chooser, wanted)
        wait_for(f"to be {wanted}", lambda: self.find_me().name == f"I am {wanted}")

    def find_me(self):
        """Every page has its own button that says who I am."""
        return wait_for("who I am", lambda: next(
            node for role, node in shown(self.app.window, DRAWN | {"list", "scroll pane"})
            if role == "toggle button" and node.name.startswith("I am ")))

    def take(self, box, name):
        """Goes with the arrow keys to the row of that name in an open list, and takes it."""
        rows = wait_for(f"{name} in the list", lambda: named(box, name))
        goal = [row.name for row in rows].index(name)

        def at():
            return next((index for index, row in enumerate(rows)
                         if has(row, pyatspi.STATE_FOCUSED)), None)

        if at() is None:
            self.app.key("Down")
            wait_for("the keyboard in the list", lambda: at() is not None)
        present = at()
        if present != goal:
            self.app.key(*["Down" if goal > present else "Up"] * abs(goal - present))
            wait_for(f"the keyboard on {name}", lambda: has(rows[goal], pyatspi.STATE_FOCUSED))
        self.app.key("Return")

    def jump(self, text, beginning):
        """Ctrl+K, a few letters, and the row that begins so."""
        self.app.key("ctrl+k")
        palette = wait_for("the palette", lambda: self.find_dialog("Jump to"))
        entry = wait_for("its entry", lambda: nearest(palette, "entry"))
        wait_for("the keyboard in the palette", lambda: has(entry, pyatspi.STATE_FOCUSED))
        self.app.type(text)
        results = wait_for("its results", lambda: nearest(palette, "list", "Results"))

        def found():
            rows = list(children(results))
            goal = next(index for index, row in enumerate(rows) if row.name.startswith(beginning))
            present = next(index for index, row in enumerate(rows)
                           if has(row, pyatspi.STATE_SELECTED))
            return rows, goal, present

        rows, goal, present = wait_for(f"{beginning} in the palette", found)
        if goal > present:
            self.app.key(*(["Down"] * (goal - present)))
            wait_for(f"{beginning} to be selected",
                     lambda: has(rows[goal], pyatspi.STATE_SELECTED))
        self.app.key("Return")
        wait_for("the palette to go", lambda: is_gone(palette))

    def find_dialog(self, title):
        """Dialogs lie just inside the window."""
        return nearest(self.app.window, "dialog", title, 4)

    def go_to(self, step):
        """The page on which the act begins."""
        place = "equipment"
        if any(name in step["arguments"] for name in ABOUT) or step["role"] != "coordinator":
            place = "case" if self.referred else "citizen"
        if step["act"] == "register-citizen":
            place = "citizens"
        if place == self.place:
            return
        if place in ("case", "citizen"):
            self.jump(ANNE, f"{ANNE}, ")
            wait_for("the page about her", lambda: any(
                role == "grouping" and node.name.startswith(f"{ANNE}, ")
                for role, node in shown(self.app.window)))
        else:
            self.jump(place, f"{place.capitalize()}, ")
            wait_for(f"the section {place}", lambda: nearest(
                self.app.window, "grouping", place.capitalize()))
        self.place = place

    def open_act(self, act):
        label = self.declared.label(act)
        title = "Answer the criteria" if act == "answer-criterion" else label
        self.jump(label, f"{label}, Act")
        self.dialog = wait_for(f"the form {title}", lambda: self.find_dialog(title))
        self.form = wait_for(f"the fields of {title}", lambda: nearest(self.dialog, "form"))
        self.fields = []

    def read_refusal(self, sentence):
        """The form says what is missing before one fills it in; Escape leaves it."""
        wait_for(f"“{sentence}”", lambda: any(sentence in text for text in texts(self.dialog)))
        self.app.key("Escape")
        wait_for("the form to go", lambda: is_gone(self.dialog))

    def fill(self, step):
        arguments = dict(step["arguments"])
        if step["act"] == "answer-criterion":
            field = self.declared.field(step["act"], "criterion")
            answers = self.declared.field(step["act"], "answer")
            self.choose(field["choices"][arguments["criterion"]],
                        answers["choices"][arguments["answer"]])
            return
        for name, value in arguments.items():
            field = self.declared.field(step["act"], name)
            if name in ABOUT:
                continue
            if isinstance(value, str) and value.startswith("$"):
                # The newest plan, decision and alert are proposed by the form.
                if value in self.called:
                    self.choose(field["label"], self.called[value])
            else:
                self.write(field, value)

    def write(self, field, value):
        kind, label = field["kind"], field["label"]
        if kind == "choice":
            self.choose(label, field["choices"][value])
        elif kind == "text" and field["choices"]:
            for code in value.split(","):
                self.tick(field["choices"][code])
        elif kind == "reference":
            self.choose(label, value)
        elif kind == "yes/no" and field["required"]:
            self.choose(label, "Yes" if value else "No")
        elif kind == "yes/no":
            self.switch(label, value)
        elif kind == "instant":
            day, clock = value.split("T")
            self.enter(label, typed("date", day))
            self.enter(label, clock.replace(":", "."), after="Time of day")
        else:
            self.enter(label, typed(kind, value))

    def field(self, label, roles, after=None):
        """The field of that label, or the next one called after; the form is read again where it
        has changed."""
        def find():
            if not self.fields:
                self.fields = [(role, node.name, node) for role, node in shown(self.form)
                               if role in FIELDS]
            names = [name for role, name, _ in self.fields if role in roles]
            nodes = [node for role, _, node in self.fields if role in roles]
            if label not in names or is_gone(nodes[names.index(label)]):
                self.fields = []
                return None
            at = names.index(label)
            return nodes[names.index(after, at) if after else at]

        return wait_for(f"the field {label}", find)

    def enter(self, label, text, after=None):
        """Writes into a field."""
        entry = self.field(label, ("entry", "text"), after)
        entry.queryEditableText().setTextContents(text)
        wait_for(f"{label} to say {text}", lambda: squeezed(text_of(entry)) == squeezed(text))

    def choose(self, label, choice):
        """Opens the list of that label and takes the choice by keyboard."""
        box = self.field(label, ("combo box",))
        button = next(children(box))
        if says(button, choice):
            return
        self.app.press(button)
        popup = wait_for("the open list", lambda: nearest(box, "list box"))
        rows = wait_for("its rows", lambda: nearest(popup, "list"))
        search = nearest(popup, "entry")
        if search is not None:
            wait_for("the keyboard in its search", lambda: has(search, pyatspi.STATE_FOCUSED))
            letters = re.match(r"[ -~]*", choice)[0]
            self.app.type(letters)
            wait_for(f"only what has {letters}", lambda: all(
                letters.casefold() in row.name.casefold() for row in children(rows)))
        self.take(rows, choice)
        wait_for(f"{label} to be {choice}", lambda: says(button, choice))

    def switch(self, label, value):
        toggle = self.field(label, ("switch", "toggle button", "check box"))
        if has(toggle, pyatspi.STATE_CHECKED) != value:
            self.app.press(toggle)
            wait_for(f"{label} to turn", lambda: has(toggle, pyatspi.STATE_CHECKED) == value)

    def tick(self, label):
        """Ticks a box by keyboard: it has no action of its own."""
        box = self.field(label, ("check box",))
        self.app.tab_to("check box", label)
        if not has(box, pyatspi.STATE_CHECKED):
            self.app.key("space")
            wait_for(f"{label} to be ticked", lambda: has(box, pyatspi.STATE_CHECKED))

    def save(self):
        self.app.key("ctrl+Return")
        try:
            wait_for("the form to be saved", lambda: is_gone(self.dialog))
        except Refused as error:
            raise Refused(f"{error}; the form says {texts(self.dialog)}") from error

    def remember(self, step):
        arguments, name = step["arguments"], "$" + step.get("save", "")
        if step["act"] == "save-product":
            self.called[name] = arguments["name"]
        elif step["act"] == "receive-item":
            self.called[name] = f"{self.called[arguments['product_id']]} · {arguments['serial_number']}"
        elif step["act"] == "hand-out-item":
            self.called[name] = self.called[arguments["item_id"]]
        elif step["act"] == "register-referral":
            self.referred = True


def tell_by_commands(steps):
    with tempfile.TemporaryDirectory(prefix="forlop-anne-") as folder:
        municipality = course.Municipality(folder, TODAY)
        names = municipality.do(steps)
        return {name: course.essence(municipality.case(names[name])["records"])
                for name in ("case", "resumed")}


def tell_in_the_window(program, steps):
    with tempfile.TemporaryDirectory(prefix="forlop-anne-") as folder:
        municipality = course.Municipality(folder, TODAY)
        municipality.do([step for step in steps if step["act"] in SET_UP])
        declared = Declared(municipality.run("dictionary", "--acts", "--markdown"))
        app = App(program, "--store", municipality.store, "--passphrase-file",
                  municipality.passphrase, "--today", TODAY, "--as", "Kari")
        try:
            Teller(app, declared).tell(step for step in steps if step["act"] not in SET_UP)
        except Refused:
            if app.process.poll() is None:
                for line in app.outline():
                    print(f"# {line}")
            raise
        finally:
            app.close()
        municipality.run("check")
        told = {}
        for case in json.loads(municipality.run("list", "cases", "--json"))["cases"]:
            shown_case = municipality.case(case["id"])
            name = "resumed" if shown_case["case"].get("resumes_case_id") else "case"
            told[name] = course.essence(shown_case["records"])
        return told


def compare(one, other):
    """The records that are in one telling only."""
    return [f"{name}: {kind}: {'by commands' if row in first else 'in the window'} only: {row}"
            for name in sorted(one.keys() | other.keys())
            for kind in sorted(one.get(name, {}).keys() | other.get(name, {}).keys())
            for first, second in [(one.get(name, {}).get(kind, []), other.get(name, {}).get(kind, []))]
            for row in sorted((Counter(first) - Counter(second)) + (Counter(second) - Counter(first)))]


def main():
    steps = course.read("anne")
    print("1..2")
    by_commands = tell_by_commands(steps)
    in_the_window = tell_in_the_window(sys.argv[1], steps)
    print("ok 1 /anne/every-step-is-done-in-the-window")
    differences = compare(by_commands, in_the_window)
    for line in differences:
        print(f"# {line}")
    assert sorted(by_commands) == ["case", "resumed"] and not differences, "the records differ"
    print("ok 2 /anne/the-records-are-those-of-the-same-course-by-commands")


if __name__ == "__main__":
    try:
        main()
    except (AssertionError, course.Refused) as error:
        print(f"not ok - {error}")
        sys.exit(1)
