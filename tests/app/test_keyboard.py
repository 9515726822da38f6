# SPDX-License-Identifier: EUPL-1.2
"""A round by keyboard alone in the demo municipality, as each of those who work there: where the keyboard is when a view
opens, and where it is again afterwards."""

import subprocess
import sys
import time

from window_driver import App, File, has, pyatspi, run, wait_for

FORLOP, FORLOPCTL = sys.argv[1:3]


def is_at(app, role, beginning):
    wait_for(f"the keyboard at {role} {beginning}", lambda: [
        name for at, name in app.focus() if at == role and name.startswith(beginning)])
    return app.focus()[0][1]


def become(app, who):
    app.close()
    app.__dict__.update(open_as(who).__dict__)


def open_as(who):
    return App(FORLOP, *file.arguments(), "--today", "2026-11-22", "--as", who)


def the_caseworker_begins_on_the_first_row_and_comes_back_to_it(app):
    row = is_at(app, "list item", "Closure. ")
    app.key("Return")
    app.find("dialog", "Close case")
    wait_for("the keyboard in the form", lambda: app.focus() and app.focus()[0][0] != "list item")
    app.key("Escape")
    app.gone("dialog", "Close case")
    is_at(app, "list item", row)


def the_page_about_sync_gives_the_row_back(app):
    row = is_at(app, "list item", "Closure. ")
    app.key("ctrl+y")
    app.find("label", "This file belongs to no server")
    app.key("Escape")
    app.gone("label", "This file belongs to no server")
    is_at(app, "list item", row)


def a_decision_is_written_and_what_is_wrong_is_said_beside_its_field(app):
    while not app.focus()[0][1].startswith("Decision. "):
        before = app.focus()
        app.key("Down")
        wait_for("the keyboard to move", lambda before=before: app.focus() != before)
    app.key("Return")
    app.find("dialog", "Decide")
    is_at(app, "toggle button", "Decision")
    app.key("space")
    is_at(app, "list item", "Not chosen")
    app.key("Down", "Return")
    is_at(app, "toggle button", "Decision")
    for name, text in (("From", "01.12.2026"), ("To", "01.11.2026"), ("What is decided", "Digital oppfølging"),
                       ("Reasons", "Det er behov for det")):
        app.tab_to("text", name)
        app.type(text)
    app.key("ctrl+Return")
    is_at(app, "text", "To")
    app.find(name="To: the decision would end before it begins. Write a later day.")
    app.key("ctrl+a")
    app.type("01.12.2027")
    app.key("ctrl+Return")
    app.gone("dialog", "Decide")
    app.find("label", "Decision made")
    is_at(app, "list item", "")


def enter_on_a_page_shows_no_identity_number(app):
    """Where there is no next step of one's own either."""
    for name, place in (("Ruth Engen", ("button", "Register referral")), ("Sigurd Strand", ("page tab", "Overview"))):
        app.key("ctrl+k")
        app.find(name="Jump to citizen, case, item or act")
        app.type(name)
        wait_for("the one who was written to be first", lambda name=name: [
            row for row in app.find_all("list item") if ", Citizen" in row.name][0].name.startswith(name + ", "))
        app.key("Return")
        is_at(app, *place)
    app.key("alt+1")


def the_board_begins_on_the_worst_row(app):
    become(app, "Kari:resource_person")
    # Keys lead nowhere before the file is open.
    is_at(app, "list item", "Red. ")
    app.key("alt+2")
    is_at(app, "list item", "Red, ")


def it_is_taken_and_the_keyboard_goes_on_to_the_answer(app):
    is_at(app, "list item", "Red, ")
    app.key("space")
    wait_for("that it is taken", lambda: "taken by Kari" in is_at(app, "list item", "Red, "))
    app.key("Return")
    is_at(app, "text", "What was done")


def a_key_that_is_held_presses_once(app):
    """Long enough for the key to repeat many times."""
    app.key("alt+5")
    app.tab_to("toggle button", "Table")
    button = app.find("toggle button", "Table")
    subprocess.run(["xdotool", "keydown", "Return"], check=True)
    wait_for("the table", lambda: has(button, pyatspi.STATE_PRESSED))
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        assert has(button, pyatspi.STATE_PRESSED)
    subprocess.run(["xdotool", "keyup", "Return"], check=True)
    app.key("Return")
    wait_for("the ring again", lambda: not has(button, pyatspi.STATE_PRESSED))


def the_coordinator_begins_in_the_scan_field(app):
    become(app, "Geir:coordinator")
    is_at(app, "list item", "Equipment. ")
    app.key("alt+4")
    is_at(app, "text", "Scan an item")


def from_the_sidebar_the_key_of_a_section_leads_to_its_work(app):
    app.tab_to("list item", app.find_like("Equipment, ").name)
    app.key("alt+4")
    is_at(app, "text", "Scan an item")


def the_administrator_has_the_keyboard_where_nothing_waits(app):
    become(app, "System:administrator")
    is_at(app, "button", "Go to administration")
    app.key("alt+7")
    is_at(app, "list item", "Units")


file = File(FORLOPCTL)
file.path = file.path.with_name("demo.db")
file.run("demo", "create")
run(open_as("Siri:caseworker"), [
    the_caseworker_begins_on_the_first_row_and_comes_back_to_it,
    the_page_about_sync_gives_the_row_back,
    a_decision_is_written_and_what_is_wrong_is_said_beside_its_field,
    enter_on_a_page_shows_no_identity_number,
    the_board_begins_on_the_worst_row,
    it_is_taken_and_the_keyboard_goes_on_to_the_answer,
    a_key_that_is_held_presses_once,
    the_coordinator_begins_in_the_scan_field,
    from_the_sidebar_the_key_of_a_section_leads_to_its_work,
    the_administrator_has_the_keyboard_where_nothing_waits,
])
