# SPDX-License-Identifier: EUPL-1.2
"""Anne's whole course in the real window, by key events and the accessibility tree alone.

Every step of the course is done as a user does it: who I am is chosen at the top of the window, the
act is found with Ctrl+K on the page of Anne or of her case, its form is filled field by field and
saved with Ctrl+Return. The labels come from the program's own description of its acts. At the end
the file must hold the same records as when the same course is told by commands.
"""

import json
import re
import sys
import tempfile
import threading
from collections import Counter

import course
from window_driver import App, Refused, has, pyatspi, wait_for

TODAY = "2023-05-02"
ANNE = "Anne Berg"
FUNCTIONS = {"caseworker": "Caseworker, Allocation office",
             "resource_person": "Resource person, Home care zone 1",
             "coordinator": "Welfare-technology coordinator, Equipment store"}
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


def shown(node):
    """The node and everything below it that is shown."""
    yield node
    for index in range(node.childCount):
        child = node.getChildAtIndex(index)
        if child is not None and has(child, pyatspi.STATE_SHOWING):
            yield from shown(child)


def nearest(node, role, name=None):
    """The shown node of that role and name that lies least deep."""
    level = [node]
    while level:
        below = []
        for one in level:
            if one.getRoleName() == role and name in (None, one.name):
                return one
            below += [child for child in (one.getChildAtIndex(i) for i in range(one.childCount))
                      if child is not None and has(child, pyatspi.STATE_SHOWING)]
        level = below
    return None


def texts(node):
    """What the labels in a node say."""
    return [below.name for below in shown(node) if below.getRoleName() == "label"]


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
        # What the names in the steps are called where one chooses among them.
        self.called = {}
        # There is no case before there is a referral.
        self.referred = False

    def tell(self, steps):
        """Does every step; the answers to the criteria are given in one form."""
        steps = list(steps)
        while steps:
            step = steps.pop(0)
            together = [step]
            while step["act"] == "answer-criterion" and steps[0]["act"] == step["act"]:
                together.append(steps.pop(0))
            self.do(together)

    def do(self, steps):
        step = steps[0]
        try:
            self.become(step["role"])
            self.go_to(step)
            dialog = self.open_act(step["act"])
            for one in steps:
                self.fill(dialog, one)
            self.save(step["act"])
            self.remember(step)
        except Exception as error:
            raise Refused(f"{step['act']}: {error}") from error

    def become(self, role):
        """Chooses who I am at the top of the window."""
        if role == self.role:
            return
        self.role = role
        wanted = f"Kari Nes, {FUNCTIONS[role]}"
        button = self.find_me()
        if button.name == f"I am {wanted}":
            return
        self.app.press(button)
        chooser = wait_for("who one can be", lambda: nearest(button.parent, "list", "Who I am"))
        self.take(chooser, lambda row: row.name == wanted)
        wait_for(f"to be {wanted}", lambda: self.find_me().name == f"I am {wanted}")

    def find_me(self):
        return wait_for("who I am", lambda: next(
            node for node in shown(self.app.window)
            if node.getRoleName() == "toggle button" and node.name.startswith("I am ")))

    def take(self, box, fits):
        """Goes with the arrow keys to the row of an open list that fits, and takes it."""
        def rows():
            return [node for node in shown(box) if node.getRoleName() == "list item"]

        def at(state=pyatspi.STATE_FOCUSED):
            return next((index for index, row in enumerate(rows()) if has(row, state)), None)

        def position():
            return at(), at(pyatspi.STATE_SELECTED)

        goal = wait_for("the row to choose", lambda: next(
            index + 1 for index, row in enumerate(rows()) if fits(row))) - 1
        # The first key may only bring the keyboard into the list, and the next one take its row.
        while at() != goal:
            before = position()
            self.app.key("Down" if before[0] is None or before[0] < goal else "Up")
            wait_for(f"the keyboard to leave row {before[0]} for {goal}",
                     lambda before=before: position() not in (before, (None, None)))
        self.app.key("Return")

    def jump(self, text, beginning):
        """Ctrl+K, a few letters, and the row that begins so."""
        self.app.key("ctrl+k")
        palette = wait_for("the palette", lambda: nearest(self.app.window, "dialog", "Jump to"))
        wait_for("the keyboard in the palette", lambda: any(
            has(node, pyatspi.STATE_FOCUSED) for node in shown(palette)))
        self.app.type(text)

        def selected():
            rows = [node for node in shown(palette) if node.getRoleName() == "list item"]
            return (next(index for index, row in enumerate(rows) if row.name.startswith(beginning)),
                    next(index for index, row in enumerate(rows)
                         if has(row, pyatspi.STATE_SELECTED)))

        goal, present = wait_for(f"{beginning} in the palette", selected)
        if goal > present:
            self.app.key(*(["Down"] * (goal - present)))
        wait_for(f"{beginning} to be selected", lambda: len(set(selected())) == 1)
        self.app.key("Return")
        wait_for("the palette to go", lambda: not nearest(self.app.window, "dialog", "Jump to"))

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
                name.startswith(f"{ANNE}, ") for name in texts(self.app.window)))
        else:
            self.jump(place, f"{place.capitalize()}, ")
            wait_for(f"the section {place}", lambda: nearest(
                self.app.window, "grouping", place.capitalize()))
        self.place = place

    def open_act(self, act):
        label = self.declared.label(act)
        title = "Answer the criteria" if act == "answer-criterion" else label
        self.jump(label, f"{label}, Act")
        dialog = wait_for(f"the form {title}", lambda: nearest(self.app.window, "dialog", title))
        wait_for(f"the fields of {title}", lambda: nearest(dialog, "form"))
        return dialog

    def fill(self, dialog, step):
        arguments = dict(step["arguments"])
        if step["act"] == "answer-criterion":
            field = self.declared.field(step["act"], "criterion")
            answers = self.declared.field(step["act"], "answer")
            self.choose(dialog, field["choices"][arguments["criterion"]],
                        answers["choices"][arguments["answer"]])
            return
        for name, value in arguments.items():
            field = self.declared.field(step["act"], name)
            if name in ABOUT:
                continue
            if isinstance(value, str) and value.startswith("$"):
                # The newest plan, decision and alert are proposed by the form.
                if value in self.called:
                    self.choose(dialog, field["label"], self.called[value])
            else:
                self.write(dialog, field, value)

    def write(self, dialog, field, value):
        kind, label = field["kind"], field["label"]
        if kind == "choice":
            self.choose(dialog, label, field["choices"][value])
        elif kind == "reference":
            self.choose(dialog, label, value)
        elif kind == "yes/no" and field["required"]:
            self.choose(dialog, label, "Yes" if value else "No")
        elif kind == "yes/no":
            self.switch(dialog, label, value)
        elif kind == "instant":
            day, clock = value.split("T")
            self.enter(dialog, label, typed("date", day))
            self.enter(dialog, label, clock.replace(":", "."), after="Time of day")
        else:
            self.enter(dialog, label, typed(kind, value))

    def enter(self, dialog, label, text, after=None):
        """Writes into the field of that label, or into the next one called after."""
        def find():
            nodes = [node for node in shown(dialog) if has(node, pyatspi.STATE_EDITABLE)]
            at = next(index for index, node in enumerate(nodes) if node.name == label)
            return next(node for node in nodes[at:] if node.name == (after or label))

        entry = wait_for(f"the field {label}", find)
        entry.queryEditableText().setTextContents(text)
        wait_for(f"{label} to say {text}", lambda: squeezed(text_of(entry)) == squeezed(text))

    def choose(self, dialog, label, choice):
        """Opens the list of that label and takes the choice by keyboard."""
        box = wait_for(f"the list {label}", lambda: nearest(dialog, "combo box", label))
        if texts(box) == [choice]:
            return
        self.app.press(wait_for("its button", lambda: nearest(box, "toggle button", label)))
        popup = wait_for("the open list", lambda: nearest(box, "list"))
        self.take(popup, lambda row: choice in texts(row))
        wait_for(f"{label} to be {choice}", lambda: texts(box) == [choice])

    def switch(self, dialog, label, value):
        toggle = wait_for(f"the switch {label}", lambda: next(
            node for node in shown(dialog)
            if node.name == label and node.getRoleName() in ("switch", "toggle button", "check box")))
        if has(toggle, pyatspi.STATE_CHECKED) != value:
            self.app.press(toggle)
            wait_for(f"{label} to turn", lambda: has(toggle, pyatspi.STATE_CHECKED) == value)

    def save(self, act):
        title = "Answer the criteria" if act == "answer-criterion" else self.declared.label(act)
        self.app.key("ctrl+Return")
        try:
            wait_for(f"{title} to be saved",
                     lambda: not nearest(self.app.window, "dialog", title))
        except Refused as error:
            dialog = nearest(self.app.window, "dialog", title)
            raise Refused(f"{error}; the form says {texts(dialog)}") from error

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


def tell_by_commands(steps, known, failures):
    with tempfile.TemporaryDirectory(prefix="forlop-anne-") as folder:
        try:
            municipality = course.Municipality(folder, TODAY)
            names = municipality.do(steps)
            for name in ("case", "resumed"):
                known[name] = course.essence(municipality.case(names[name])["records"])
        except course.Refused as error:
            failures.append(error)


def tell_in_the_window(program, steps, told):
    with tempfile.TemporaryDirectory(prefix="forlop-anne-") as folder:
        municipality = course.Municipality(folder, TODAY)
        declared = Declared(municipality.run("dictionary", "--acts", "--markdown"))
        app = App(program, "--store", municipality.store, "--passphrase-file",
                  municipality.passphrase, "--today", TODAY, "--as", "Kari")
        try:
            Teller(app, declared).tell(steps)
        except Refused:
            if app.process.poll() is None:
                for line in app.outline():
                    print(f"# {line}")
            raise
        finally:
            app.close()
        municipality.run("check")
        cases = json.loads(municipality.run("list", "cases", "--json"))["cases"]
        for case in cases:
            shown_case = municipality.case(case["id"])
            name = "resumed" if shown_case["case"].get("resumes_case_id") else "case"
            told[name] = course.essence(shown_case["records"])


def compare(one, other):
    """The records that are in one telling only."""
    return [f"{name}: {kind}: {'by commands' if row in first else 'in the window'} only: {row}"
            for name in sorted(one.keys() | other.keys())
            for kind in sorted(one.get(name, {}).keys() | other.get(name, {}).keys())
            for first, second in [(one.get(name, {}).get(kind, []), other.get(name, {}).get(kind, []))]
            for row in sorted((Counter(first) - Counter(second)) + (Counter(second) - Counter(first)))]


def main():
    steps = course.read("anne")
    by_commands, in_the_window, failures = {}, {}, []
    print("1..2")
    commands = threading.Thread(target=tell_by_commands, args=(steps, by_commands, failures))
    commands.start()
    tell_in_the_window(sys.argv[1], steps, in_the_window)
    print("ok 1 /anne/every-step-is-done-in-the-window")
    commands.join()
    assert not failures, failures
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
