# SPDX-License-Identifier: EUPL-1.2
"""Citizens and measurements from files, by keyboard: what would become of the rows is shown before anything is changed, what
cannot be used is told with its line and reason, and a measurement among it waits under Follow-up."""

import sys
import tempfile
from pathlib import Path

from file_dialog import file_dialog, write_path
from window_driver import App, File, has, pyatspi, run, wait_for

FORLOP, FORLOPCTL = sys.argv[1:3]
FOLDER = tempfile.TemporaryDirectory()
PEOPLE = ("fødselsnummer;fornavn;etternavn;sko;enhet\n12835430098;Liv;Berg;42;\n03916230191;Arne;Vik;;Månen\n"
          "12835430099;Tor;Feil;;\n")
READINGS = ("fødselsnummer;målt;måling;verdi;enhet\n12835430098;01.11.2026 07.30;vekt;80,4;kg\n"
            "12835430098;01.11.2026 07.31;blodtrykk;142/88;mmHg\n12835430098;01.11.2026 07.32;vekt;80,4;lbs\n"
            "15872949884;01.11.2026 07.30;vekt;70,4;kg\n")


def written(name, text):
    path = Path(FOLDER.name) / name
    path.write_text(text, encoding="utf-8")
    return path


def choose_from_menu(app, key, path):
    """The entry of the menu for what is registered, and then the file."""
    wait_for("the sections", lambda: app.find_all("list item"))
    app.key("alt+3")
    app.find("toggle button", "Register")
    app.tab_to("toggle button", "Register")
    app.key("space")
    wait_for("the menu", lambda: app.find_all("menu item"))
    app.key(key)
    wait_for("the file dialog", lambda: file_dialog(app))
    write_path(app, path, opening=True)


def citizens(app):
    return [node.name for node in app.find_all("list item") if node.name.startswith(("Liv Berg", "Arne Vik"))]


def a_file_that_is_no_list_is_refused_in_words(app):
    choose_from_menu(app, "l", written("letter.csv", "Dear all;how are you\n"))
    app.find("grouping", "The file was not imported")
    app.find_like("These columns are missing from the heading: fødselsnummer, fornavn, etternavn.")
    app.key("Escape")
    app.gone("grouping", "The file was not imported")


def citizens_are_tried_before_anything_is_changed(app):
    choose_from_menu(app, "l", written("people.csv", PEOPLE))
    app.find("label", "Nothing is changed yet. Look at what will happen, and import.")
    app.find("label", "Will be added")
    app.find("label", "Cannot be used, and will be left out")
    app.find_like("Line 4, fødselsnummer: “12835430099”")
    app.find("label", "The column “sko” is not known and was left out.")
    app.find_like("Line 3: there is no unit “Månen”")
    assert not citizens(app)


def they_are_imported_with_one_key(app):
    app.key("Return")
    app.find("label", "The file is imported.")
    app.key("Escape")
    app.gone("label", "The file is imported.")
    wait_for("two citizens", lambda: len(citizens(app)) == 2)


def who_may_not_is_told_before_the_file_is_read(app):
    choose_from_menu(app, "m", written("readings.csv", READINGS))
    app.find_like("“Record measurement” is not for the function Caseworker.")
    app.key("Escape")
    app.gone("dialog", "Measurements from a file")


def become_resource_person(app):
    nurse = "Kari Nes, Resource person, Home care zone 1"
    app.press(app.find("toggle button", "I am Kari Nes, Caseworker, Allocation office"))
    app.find("list item", nurse)
    for _ in range(12):
        if has(app.find("list item", nurse), pyatspi.STATE_FOCUSED):
            break
        before = app.focus()
        app.key("Down")
        wait_for("the keyboard to move", lambda before=before: app.focus() != before)
    app.key("Return")
    app.find("toggle button", f"I am {nurse}")


def measurements_that_cannot_be_used_wait(app):
    become_resource_person(app)
    choose_from_menu(app, "m", Path(FOLDER.name) / "readings.csv")
    app.find("label", "Will be added")
    app.find("label", "Cannot be used, and will wait among the unknown measurements")
    app.find_like("Line 4, enhet: “lbs”")
    app.find_like("Line 5, fødselsnummer: “15872949884”")
    app.key("Return")
    app.find("label", "The file is imported.")
    app.find("label", "Wait among the unknown measurements, under Follow-up")
    app.key("Escape")
    app.gone("label", "The file is imported.")
    app.key("alt+2")
    app.press(app.find("radio button", "Unknown 2"))
    app.find_like("Weight 80,4 lbs")
    app.find_like("Weight 70,4")


def the_same_file_again_changes_nothing(app):
    choose_from_menu(app, "m", Path(FOLDER.name) / "readings.csv")
    app.find("label", "Are here already")
    app.key("Return")
    app.find("label", "The file is imported.")
    app.key("Escape")
    app.gone("label", "The file is imported.")
    app.key("alt+2")
    app.find("radio button", "Unknown 2")


FILE = File(FORLOPCTL)
run(App(FORLOP, *FILE.arguments()), [
    a_file_that_is_no_list_is_refused_in_words,
    citizens_are_tried_before_anything_is_changed,
    they_are_imported_with_one_key,
    who_may_not_is_told_before_the_file_is_read,
    measurements_that_cannot_be_used_wait,
    the_same_file_again_changes_nothing,
])
