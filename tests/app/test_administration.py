# SPDX-License-Identifier: EUPL-1.2
"""What Administration lists is added to and changed by its buttons, and stands in the file afterwards."""

import csv
import sys
import tempfile
from pathlib import Path

from window_driver import App, File, Refused, has, pyatspi, run, wait_for


def is_in(app):
    app.find("list item", "Today")
    app.find(name="Everything is saved on this machine")


def subject(app, name):
    row = wait_for(name, lambda: [
        node for node in app.find_all("list item") if node.name == name
        or any(child.name == name for child in node)][0])
    row.parent.querySelection().selectChild(row.getIndexInParent())
    app.find("label", name)


def choose(app, field, steps):
    """Opens the list of the field and takes what is so many steps below; the first leaves a search."""
    app.tab_to("toggle button", field)
    app.key("space")
    wait_for("the list to open", lambda: app.focus() != [("toggle button", field)])
    for _ in range(steps):
        app.key("Down")
    app.key("Return")
    wait_for("the keyboard back", lambda: app.focus() == [("toggle button", field)])


def add(app, subject_name, dialog):
    subject(app, subject_name)
    app.press(wait_for("Add", lambda: [node for node in app.find_all("button", "Add")
                                       if has(node, pyatspi.STATE_SENSITIVE)][0]))
    app.find("dialog", dialog)


def write(app, field, text, role="text"):
    app.tab_to(role, field)
    app.key("ctrl+a")
    app.type(text)


def save(app, dialog):
    app.key("ctrl+Return")
    app.gone("dialog", dialog)


def press_until(app, key, what, condition):
    """Presses the key until the keyboard is where it shall be; forty times is a lost keyboard."""
    for _ in range(40):
        try:
            return wait_for(what, lambda: condition(app.focus()[0]), patience=0.5)
        except Refused:
            app.key(key)
    raise Refused(f"forty times {key} did not come to {what}")


def change(app, subject_name, row, dialog):
    """To the list by Tab, to the row by the arrow, and Enter."""
    subject(app, subject_name)
    app.find_like(row)
    rows = [node.name for node in app.find("list", subject_name) if node.name]
    press_until(app, "Tab", subject_name, lambda focus: focus[1] in rows)
    press_until(app, "Up", "the first row", lambda focus: focus[1] == rows[0])
    press_until(app, "Down", row, lambda focus: focus[1].startswith(row))
    app.key("Return")
    app.find("dialog", dialog)


def a_unit_is_added(app):
    is_in(app)
    app.key("alt+7")
    app.find("grouping", "Administration")
    add(app, "Units", "Add unit")
    write(app, "Name", "Sone Vest")
    choose(app, "Kind", 1)
    save(app, "Add unit")


def the_unit_is_changed(app):
    change(app, "Units", "Sone Vest", "Change unit")
    write(app, "Name", "Sone Sorvest")
    save(app, "Change unit")
    app.find_like("Sone Sorvest")


def a_user_is_added(app):
    add(app, "Users", "Add user")
    write(app, "Name", "Ola Berg")
    write(app, "Short name", "Ola")
    save(app, "Add user")


def the_user_is_changed(app):
    change(app, "Users", "Ola Berg", "Change user")
    write(app, "Name", "Ola Bergset")
    save(app, "Change user")
    app.find_like("Ola Bergset")


def a_function_is_added(app):
    add(app, "Functions of users", "Add function")
    choose(app, "User", 3)
    choose(app, "Role", 1)
    choose(app, "Unit", 2)
    save(app, "Add function")


def a_template_is_added(app):
    add(app, "Templates", "Add template")
    write(app, "Code", "takk")
    choose(app, "Kind", 1)
    write(app, "Title", "Takk for samtalen")
    write(app, "Text", "Takk for at du ringte.")
    write(app, "Language", "nb")
    save(app, "Add template")


def the_template_is_changed(app):
    change(app, "Templates", "takk", "Change template")
    write(app, "Title", "Takk for praten")
    save(app, "Change template")
    app.find_like("takk")


def rows(kind):
    with tempfile.TemporaryDirectory() as folder:
        file.run("--as", "Kari:administrator", "export", "csv", kind, folder)
        text = next(Path(folder).glob(f"{kind}*.csv")).read_text("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def all_of_it_stands_in_the_file(app):
    app.close()
    units = [row["name"] for row in rows("unit")]
    assert "Sone Sorvest" in units and "Sone Vest" not in units, units
    users = {row["short_name"]: row for row in rows("user")}
    assert users["Ola"]["name"] == "Ola Bergset", users
    given = rows("membership")
    assert len(given) == functions + 1
    assert [row["user_id"] for row in given].count(users["Ola"]["id"]) == 1, given
    templates = {row["code"]: row for row in rows("template")}
    assert templates["takk"]["title"] == "Takk for praten", templates
    assert templates["takk"]["body"] == "Takk for at du ringte.", templates


file = File(sys.argv[2])
functions = len(rows("membership"))
run(App(sys.argv[1], *file.arguments(), "--as", "Kari:administrator"), [
    a_unit_is_added,
    the_unit_is_changed,
    a_user_is_added,
    the_user_is_changed,
    a_function_is_added,
    a_template_is_added,
    the_template_is_changed,
    all_of_it_stands_in_the_file,
])
