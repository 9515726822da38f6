# SPDX-License-Identifier: EUPL-1.2
"""Today and the citizens, on a real file with something to do, by keys and the accessibility tree."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from window_driver import App, run, wait_for

PASSPHRASE = "en lang setning for prøving"


def one_key_does_the_first_act_after_the_start(app):
    wait_for("the keyboard on the worst", lambda: [
        name for role, name in app.focus() if name.startswith("Red. Odd Lie")])


def the_worst_stands_first(app):
    rows = wait_for("the worklist", lambda: [node.name for node in app.find_all("list item")
                                             if ", 78" in node.name or ", 83" in node.name])
    assert rows[0].startswith("Red") and "Odd Lie, 78" in rows[0], rows
    assert "Anna Berg, 83" in rows[1], rows


def a_citizen_has_one_row_for_all_that_is_the_matter(app):
    rows = [node.name for node in app.find_all("list item")
            if "Odd Lie" in node.name and not node.name.startswith("Assessment")]
    assert len(rows) == 1, rows
    assert "and 2 more: pulse 112 beats/min, weight missing" in rows[0], rows


def headings_say_when(app):
    app.find("heading", "Now")
    app.find("heading", "Today")


def a_chip_shows_one_sort_alone(app):
    app.press(app.find("toggle button", "1 yellow"))
    wait_for("only the yellow row",
             lambda: not [node for node in app.find_all("list item") if "Odd Lie" in node.name])
    assert [node for node in app.find_all("list item") if "Liv Haug" in node.name]
    app.press(app.find("toggle button", "1 yellow"))
    wait_for("all rows again",
             lambda: [node for node in app.find_all("list item") if "Odd Lie" in node.name])


def enter_opens_the_form_of_the_act(app):
    button = wait_for("a button", lambda: app.find_all("button", "Map")[0])
    app.press(button)
    app.find("dialog")
    app.key("Escape")
    app.gone("dialog")


def citizens_stand_in_order(app):
    app.key("alt+3")
    names = wait_for("the citizens", lambda: [
        node.name.split(",")[0] for node in app.find_all("list item") if ", born " in node.name])
    assert names == ["Anna Berg", "Eva Dahl-Kristoffersen", "Liv Haug", "Odd Lie", "Arne Moen",
                     "Per Vik"], names


def typing_finds(app):
    app.key("ctrl+f")
    app.type("kris")
    wait_for("one citizen", lambda: len(
        [node for node in app.find_all("list item") if ", born " in node.name]) == 1)
    app.key("Escape")
    wait_for("all citizens", lambda: len(
        [node for node in app.find_all("list item") if ", born " in node.name]) == 6)


def the_number_is_hidden_until_pressed(app):
    hidden = app.find("button", "17.05.1943 •••••")
    app.press(hidden)
    app.find_like("No identity number is registered")


def the_palette_finds_citizens_and_acts(app):
    app.key("ctrl+k", *"add", "space", *"task")
    app.find("entry", "Jump to citizen, case, item or act")
    app.find("list item", "Add task, Act")
    app.key("Escape")


with tempfile.TemporaryDirectory() as folder:
    made = subprocess.run([sys.argv[3]], check=True, capture_output=True, text=True,
                          env=os.environ | {"TMPDIR": folder})
    secret = Path(folder) / "passphrase"
    secret.write_text(PASSPHRASE + "\n")
    run(App(sys.argv[1], "--store", made.stdout.strip(), "--passphrase-file", str(secret),
            "--today", "2026-11-22", "--as", "Kari"), [
        one_key_does_the_first_act_after_the_start,
        the_worst_stands_first,
        a_citizen_has_one_row_for_all_that_is_the_matter,
        headings_say_when,
        a_chip_shows_one_sort_alone,
        enter_opens_the_form_of_the_act,
        citizens_stand_in_order,
        typing_finds,
        the_number_is_hidden_until_pressed,
        the_palette_finds_citizens_and_acts,
    ])
