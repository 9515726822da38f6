# SPDX-License-Identifier: EUPL-1.2
"""A day on the board by keyboard: what nobody took, phrases, the text for the EPJ, equipment that does not work, the
evening round, and a file that cannot be read."""

import sys

from window_driver import App, has, pyatspi, run, wait_for

RED = "Red, Anne Berg"
YELLOW = "Yellow, Liv Haug"
EQUIPMENT = "Equipment, Arne Moen"
MISSING = "Missing, Arne Moen"
TAKEN = "SELECT count(*) FROM alert WHERE status = 'taken'"
HANDLED = "SELECT count(*) FROM alert WHERE status = 'handled'"
PHRASED = ("SELECT count(*) FROM contact_log WHERE text = 'Feels well, measures again. Also slept.'"
           " AND alert_id IS NOT NULL")
LOGGED = "SELECT count(*) FROM contact_log WHERE text = 'Brings a new one' AND alert_id IS NULL"
CARRIED = "SELECT count(*) FROM carry_over WHERE target = 'epj' AND deleted = 0"
TICKED = "SELECT count(*) FROM round_tick WHERE deleted = 0"
FINISHED = "SELECT count(*) FROM round WHERE finished_at IS NOT NULL"


def counts(app, number, statement):
    wait_for(f"{number} from {statement}", lambda: app.count(statement) == number)


def text(app):
    words = app.find("text", "What was done").queryText()
    return words.getText(0, words.characterCount)


def rows(app):
    return [node for node in app.find_all("list item")
            if any(name in node.name for name in (" Berg", " Haug", " Moen"))]


def go_to(app, beginning):
    """With J and K from the row that is chosen, and waits for the pane."""
    lines = rows(app)
    present = [has(row, pyatspi.STATE_SELECTED) for row in lines].index(True)
    wanted = [row.name.startswith(beginning) for row in lines].index(True)
    app.tab_to("list item", lines[present].name)
    if wanted != present:
        app.key(*["j" if wanted > present else "k"] * abs(wanted - present))
    wait_for(f"{beginning} to be chosen", lambda: has(app.find_like(beginning), pyatspi.STATE_SELECTED))


def equipment_that_does_not_work_stands_below_the_alerts(app):
    app.find(name="Goes to the leader at 11.00 unless somebody takes it")
    app.tell("fault")
    app.find_like(EQUIPMENT)
    assert [row.name.split(",")[0] for row in rows(app)] == ["Red", "Yellow", "Equipment"], [r.name for r in rows(app)]
    assert "Does not start" in app.find_like(EQUIPMENT).name, app.find_like(EQUIPMENT).name


def it_is_taken_and_given_back_as_an_alert_is(app):
    go_to(app, EQUIPMENT)
    app.find("button", "Take")
    app.key("space")
    wait_for("the row to say so", lambda: "taken by " in app.find_like(EQUIPMENT).name)
    app.find("button", "Give back")
    app.key("space")
    wait_for("the row to say so", lambda: "taken by " not in app.find_like(EQUIPMENT).name)
    counts(app, 0, TAKEN)


def what_was_done_about_it_is_a_contact(app):
    app.key("Return")
    wait_for("the keyboard in the text", lambda: ("text", "What was done") in app.focus())
    app.type("Brings a new one")
    app.key("ctrl+Return")
    counts(app, 1, LOGGED)
    wait_for("the row to say so", lambda: "last contact" in app.find_like(EQUIPMENT).name)


def e_copies_it_for_the_epj_and_marks_it(app):
    go_to(app, EQUIPMENT)
    app.key("e")
    counts(app, 1, CARRIED)
    app.key("Return")
    wait_for("the keyboard in the text", lambda: ("text", "What was done") in app.focus())
    app.key("ctrl+v")
    wait_for("the text", lambda: "Brings a new one" in text(app))
    app.press(app.find("button", "Throw away what is begun"))
    wait_for("an empty text", lambda: text(app) == "")
    app.key("Escape")
    go_to(app, EQUIPMENT)
    app.key("e")
    app.find(name="Everything you wrote about this citizen is already carried over to the EPJ")
    counts(app, 1, CARRIED)


def what_is_missing_names_the_fault_too(app):
    app.tell("clock 2026-03-13T11:05:00")
    app.tell("look")
    wait_for("the row to say both",
             lambda: "Weight, expected 08.00 · Oximeter: Does not start" in app.find_like(MISSING).name)
    app.tell("mended")
    wait_for("the row to say one", lambda: "Oximeter" not in app.find_like(MISSING).name)


def a_red_that_nobody_took_says_where_it_went(app):
    wait_for("the row to say it", lambda: "gone to the leader" in app.find_like(RED).name)
    go_to(app, RED)
    app.find(name="Went to the leader at 11.00")
    app.key("space")
    counts(app, 1, TAKEN)
    wait_for("the row to be somebody's", lambda: "taken by Kari" in app.find_like(RED).name)
    app.gone(name="Went to the leader at 11.00")


def a_phrase_is_put_where_the_keyboard_goes_on(app):
    go_to(app, RED)
    app.tab_to("toggle button", "Insert a phrase")
    app.key("space", "Down", "Return")
    wait_for("the phrase", lambda: text(app) == "Feels well, measures again.")
    wait_for("the keyboard in the text", lambda: ("text", "What was done") in app.focus())
    app.type(" Also slept.")
    app.key("ctrl+Return")
    counts(app, 1, HANDLED)
    counts(app, 1, PHRASED)


def the_evening_round_ticks_all_that_are_calm(app):
    app.tell("weigh")
    app.tell("clock 2026-03-13T18:00:00")
    app.tell("look")
    app.press(app.find("button", "Start evening round"))
    app.find(name="Evening round: 0 of 3 seen")
    app.press(app.find("button", "Tick all 2"))
    counts(app, 2, TICKED)
    app.find(name="Evening round: 2 of 3 seen")
    go_to(app, YELLOW)
    app.key("x")
    counts(app, 3, TICKED)
    app.find(name="Evening round: 3 of 3 seen")
    wait_for("the row to say so", lambda: "seen in this round" in app.find_like(YELLOW).name)
    app.press(app.find("button", "Finish round"))
    counts(app, 1, FINISHED)
    app.find("button", "Start evening round")


def a_board_that_cannot_be_read_anew_says_from_when_it_is(app):
    app.tell("hide")
    app.tell("look")
    app.find_like("This is the board of 13.03.2026 18.00")
    app.find_like(YELLOW)
    app.tell("unhide")
    app.press(app.find("button", "Try again"))
    wait_for("the notice to go",
             lambda: not [node for node in app.find_all("label") if node.name.startswith("This is the board of")])


def one_that_was_never_read_says_why_and_tries_again(app):
    app.tell("hide")
    before = app.window
    app.tell("again")
    app.window = wait_for("the new window",
                          lambda: [window for window in app.root
                                   if window != before and has(window, pyatspi.STATE_SHOWING)][0])
    app.take_keyboard()
    app.find(name="The board could not be read")
    assert not rows(app)
    app.tell("unhide")
    app.press(app.find("button", "Try again"))
    app.find_like(YELLOW)


run(App(sys.argv[1]), [
    equipment_that_does_not_work_stands_below_the_alerts,
    it_is_taken_and_given_back_as_an_alert_is,
    what_was_done_about_it_is_a_contact,
    e_copies_it_for_the_epj_and_marks_it,
    what_is_missing_names_the_fault_too,
    a_red_that_nobody_took_says_where_it_went,
    a_phrase_is_put_where_the_keyboard_goes_on,
    the_evening_round_ticks_all_that_are_calm,
    a_board_that_cannot_be_read_anew_says_from_when_it_is,
    one_that_was_never_read_says_why_and_tries_again,
])
