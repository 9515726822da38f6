# SPDX-License-Identifier: EUPL-1.2
"""What came and could not be used as it was: placed by keyboard on the citizen it belongs to and judged then, or set aside
with a reason; and what is missing is said before anything is saved."""

import sys

from window_driver import App, has, pyatspi, run, wait_for, walk

PLACE = "Place unknown measurement"
ASIDE = "Set unknown measurement aside"
STRAY = "SpO₂ 86 %, The citizen is not known here"
RIDDLE = "http://loinc.org|2708-6, What was measured is not known here"
PLACED = "SELECT count(*) FROM unknown_measurement WHERE status = 'placed'"
WAITING = "SELECT count(*) FROM unknown_measurement WHERE status = 'new'"
READINGS = ("SELECT count(*) FROM measurement m JOIN citizen c ON c.id = m.citizen_id"
            " WHERE m.value = 86 AND m.sender = 'Heim' AND m.severity = 'red' AND c.family_name = ")


def counts(app, number, statement):
    wait_for(f"{number} from {statement}", lambda: app.count(statement) == number)


def button_of(app, line, name):
    """Of the line of the list that begins so."""
    return wait_for(f"{name} at {line}", lambda: [
        node for node in walk(app.find_like(line)) if (node.getRoleName(), node.name) == ("button", name)][0])


def choose(app, field, text):
    """From a list that is searched."""
    app.tab_to("toggle button", field)
    app.key("alt+Down")
    wait_for("the search", lambda: ("entry", "") in app.focus())
    app.type(text)
    app.key("Down", "Return")
    wait_for("the list to close", lambda: ("toggle button", field) in app.focus())


def two_wait_beside_the_board(app):
    app.tell("stray")
    app.tell("riddle")
    app.press(app.find("radio button", "Unknown 2"))
    app.find_like(STRAY)
    app.find_like(RIDDLE)


def it_is_placed_on_nobody_by_itself(app):
    app.press(button_of(app, STRAY, "Place…"))
    app.find("dialog", PLACE)
    app.find("label", "Not chosen")
    app.key("ctrl+Return")
    app.find("alert", "“Citizen” is missing. It must be filled in before you can save.")
    wait_for("the keyboard at what is missing", lambda: ("toggle button", "Citizen") in app.focus())
    counts(app, 2, WAITING)


def placed_by_keyboard_it_is_judged_and_on_the_board(app):
    choose(app, "Citizen", "moen")
    app.find("label", "Arne Moen, 03.11.1962")
    app.key("ctrl+Return")
    app.gone("dialog", PLACE)
    counts(app, 1, PLACED)
    counts(app, 1, READINGS + "'Moen'")
    app.find("radio button", "Unknown 1")
    app.press(app.find("radio button", "Board"))
    app.find_like("Red, Arne Moen")


def without_measure_and_time_it_is_not_placed(app):
    app.press(app.find("radio button", "Unknown 1"))
    app.press(button_of(app, RIDDLE, "Place…"))
    app.find("dialog", PLACE)
    choose(app, "Citizen", "haug")
    app.key("ctrl+Return")
    wait_for("what to choose", lambda: [
        node for node in app.find_all() if "choose what was measured" in node.name.lower()])
    counts(app, 1, WAITING)
    app.key("Escape")
    app.gone("dialog", PLACE)


def nobody_sets_it_aside_without_a_reason(app):
    app.press(button_of(app, RIDDLE, "Set aside…"))
    app.find("dialog", ASIDE)
    app.key("ctrl+Return")
    app.find("alert", "“Why it was set aside” is missing. It must be filled in before you can save.")
    counts(app, 1, WAITING)


def set_aside_it_goes_and_can_be_taken_back(app):
    app.type("Tried at the supplier's")
    app.key("ctrl+Return")
    app.gone("dialog", ASIDE)
    counts(app, 0, WAITING)
    tab = app.find("radio button", "Unknown 0")
    assert has(tab, pyatspi.STATE_CHECKED)
    app.find_like("What suppliers' systems send")
    app.press(app.find("button", "Undo"))
    app.find("radio button", "Unknown 1")
    app.find_like(RIDDLE)
    counts(app, 1, WAITING)


run(App(sys.argv[1], *sys.argv[2:]), [
    two_wait_beside_the_board,
    it_is_placed_on_nobody_by_itself,
    placed_by_keyboard_it_is_judged_and_on_the_board,
    without_measure_and_time_it_is_not_placed,
    nobody_sets_it_aside_without_a_reason,
    set_aside_it_goes_and_can_be_taken_back,
])
