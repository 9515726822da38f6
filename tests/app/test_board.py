# SPDX-License-Identifier: EUPL-1.2
"""The follow-up board by keyboard: worst first, take, answer, go on to the next."""

import sys

from window_driver import App, has, pyatspi, run, wait_for

RED = "Red, Anne Berg"
YELLOW = "Yellow, Liv Haug"
DEADLINE = "Goes to the leader at 11.00 unless somebody takes it"
TAKEN = "SELECT count(*) FROM alert WHERE status = 'taken' AND taken_by IS NOT NULL"
HANDLED = "SELECT count(*) FROM alert WHERE status = 'handled'"
LOGGED = "SELECT count(*) FROM contact_log WHERE way = 'phone' AND text LIKE 'Called, %'"
TASKS = ("SELECT count(*) FROM task WHERE title = 'Call again' AND status = 'open' AND kind = 'follow_up'"
         " AND due_on = '2026-03-20' AND taken_by = (SELECT id FROM \"user\" WHERE name = 'Nina')")
CARRIED = "SELECT count(*) FROM carry_over WHERE target = 'epj' AND deleted = 0"
LOOKED = "SELECT count(*) FROM access_log WHERE action = 'opened'"
OFFERED = "SELECT count(*) FROM shift_handover WHERE status = 'offered' AND deleted = 0"
ACCEPTED = "SELECT count(*) FROM shift_handover WHERE status = 'accepted'"
PAUSES = "SELECT count(*) FROM pause WHERE deleted = 0 AND to_time IS NULL"
TICKED = "SELECT count(*) FROM round_tick WHERE deleted = 0"


def counts(app, number, statement):
    wait_for(f"{number} from {statement}", lambda: app.count(statement) == number)


def chosen(app, beginning):
    wait_for(f"{beginning} to be chosen",
             lambda: has(app.find_like(beginning), pyatspi.STATE_SELECTED))


def keyboard_on(app, beginning):
    wait_for(f"the keyboard on {beginning}",
             lambda: has(app.find_like(beginning), pyatspi.STATE_FOCUSED))


def the_worst_is_first_and_chosen(app):
    rows = [node.name for node in app.find_all("list item") if " Haug" in node.name
            or " Berg" in node.name or "nothing to do" in node.name]
    assert [name.split(",")[0] for name in rows] == ["Red", "Yellow", "1 with nothing to do"], rows
    chosen(app, RED)
    app.find("heading", "Anne Berg, 96")
    app.find("heading", "What was done?")
    app.find(name=DEADLINE)
    counts(app, 1, LOOKED)


def minutes(app):
    return app.find("spin button", "Minutes").queryValue().currentValue


def r_takes_it_shows_the_number_and_counts(app):
    app.tab_to("list item", app.find_like(RED).name)
    app.key("r")
    app.find("label", "912\u00a034\u00a0567")
    app.find("button", "Copy the number")
    counts(app, 1, TAKEN)
    wait_for("the keyboard in the text", lambda: ("text", "What was done") in app.focus())
    assert minutes(app) == 1, minutes(app)
    app.find(name="min, counting")
    app.tell("clock 2026-03-13T09:02:10")
    wait_for("the third minute", lambda: minutes(app) == 3)
    app.tell("clock 2026-03-13T12:00:00")
    wait_for("no more than an hour", lambda: minutes(app) == 60)
    app.tell("clock 2026-03-13T09:02:10")
    app.key("Escape")
    keyboard_on(app, RED)
    app.key("space")
    counts(app, 0, TAKEN)


def space_takes_and_gives_back(app):
    app.tab_to("list item", app.find_like(RED).name)
    app.key("space")
    counts(app, 1, TAKEN)
    app.find(name="Alert taken")
    keyboard_on(app, RED)
    app.gone(name=DEADLINE)
    app.key("space")
    counts(app, 0, TAKEN)
    wait_for("the row to be nobody's", lambda: "taken by" not in app.find_like(RED).name)
    app.find(name=DEADLINE)
    app.key("space")
    counts(app, 1, TAKEN)
    wait_for("the row to say whose", lambda: "taken by" in app.find_like(RED).name)


def j_and_k_move(app):
    app.key("j")
    chosen(app, YELLOW)
    app.find("heading", "Liv Haug, 72")
    app.key("k")
    chosen(app, RED)
    counts(app, 2, LOOKED)


def done_needs_words(app):
    app.key("Return")
    wait_for("the keyboard in the text", lambda: ("text", "What was done") in app.focus())
    app.key("ctrl+Return")
    app.find(name="Write what was done, or choose a phrase.")
    counts(app, 0, HANDLED)


def done_handles_and_goes_to_the_next(app):
    app.type("Called, feels well")
    app.tab_to("text", "Follow-up task")
    app.type("Call again")
    app.press(app.find("radio button", "Other day"))
    app.press(app.find("button", "Done"))
    app.find(name="Choose the day the task is to be done: today or later.")
    wait_for("the keyboard at the day", lambda: ("text", "Day the task is to be done") in app.focus())
    app.type("20.03.2026")
    app.tab_to("toggle button", "Who the task is for")
    app.key("space", "Down", "Down", "Return")
    app.tab_to("button", "Done")
    app.key("Return")
    counts(app, 1, HANDLED)
    counts(app, 1, TASKS)
    counts(app, 1, LOGGED)
    chosen(app, YELLOW)
    keyboard_on(app, YELLOW)


def the_toast_offers_the_text_for_the_epj(app):
    app.find("button", "Copy for the EPJ")
    # Alt+C calls whoever is chosen now.
    app.key("alt+e")
    counts(app, 1, CARRIED)
    app.find("label", "Copied and marked as carried over: Anne Berg (1)")


def a_round_ticks_all_that_are_calm(app):
    app.press(app.find("button", "Start morning round"))
    app.press(app.find("button", "Tick all 2"))
    counts(app, 2, TICKED)
    app.find(name="Morning round: 2 of 3 seen")


def tab_goes_through_all_of_it(app):
    app.tab_to("list item", app.find_like(YELLOW).name)
    app.tab_to("button", "Open case")
    app.tab_to("button", "Done")


def a_snoozed_one_waits_below(app):
    app.tab_to("list item", app.find_like(YELLOW).name)
    app.key("s")
    wait_for("the menu", lambda: app.find_all("menu item"))
    app.key("Return")
    counts(app, 1, "SELECT count(*) FROM alert WHERE status = 'snoozed'")
    wait_for("the row to say until when", lambda: "until 09.32" in app.find_like(YELLOW).name)


def p_starts_a_pause_and_ends_it(app):
    app.tab_to("list item", app.find_like(YELLOW).name)
    app.key("p")
    app.find("dialog", "Start pause")
    app.tab_to("toggle button", "Reason")
    app.key("space", "Down", "Return")
    app.key("ctrl+Return")
    counts(app, 1, PAUSES)
    app.find("button", "End the pause (P)")
    app.tell("clock 2026-03-13T09:05:00")
    app.tab_to("list item", app.find_like(YELLOW).name)
    app.key("p")
    counts(app, 0, PAUSES)


def the_alarm_load_leads_to_the_plan_and_back(app):
    app.press(app.find("radio button", "Alarm load"))
    row = app.find_like("Anne Berg · SpO₂")
    app.tab_to("list item", row.name)
    app.key("Return")
    app.find_like("Version 1 · In force from")
    app.find_like("SpO₂ · red")
    app.key("alt+Left")
    app.find_like("Anne Berg · SpO₂")


def a_new_red_comes_by_itself_at_the_top_and_moves_nobody(app):
    app.press(app.find("radio button", "Board"))
    app.tab_to("list item", app.find_like(YELLOW).name)
    app.tell("red")
    app.find_like("Red, Arne Moen, 63, SpO₂ 84 %")
    keyboard_on(app, YELLOW)
    rows = [node.name for node in app.find_all("list item") if ", SpO₂" in node.name]
    assert rows[0].startswith("Red, Arne Moen"), rows


def the_shift_is_handed_over_and_accepted(app):
    app.press(app.find("button", "Hand over…"))
    app.find("dialog", "Hand over the shift")
    app.press(app.find("button", "Hand over"))
    counts(app, 1, OFFERED)
    app.tell("next")
    app.find_like("Kari hands over the shift to you")
    app.press(app.find("button", "Read"))
    app.find("dialog", "Shift from Kari to Nina")
    app.press(app.find("button", "Accept"))
    counts(app, 1, ACCEPTED)


def a_new_red_is_told_of_on_another_page(app):
    app.key("alt+1")
    wait_for("the reds to be counted",
             lambda: [node for node in app.find_all("list item")
                      if node.name.startswith("Follow-up, ") and node.name.endswith(" red")])
    before = app.find_like("Follow-up, ").name
    app.tell("worse")
    app.find(name="1 new red alert in Follow-up")
    app.find_like("Today")
    wait_for("one more in the sidebar", lambda: app.find_like("Follow-up, ").name != before)
    app.press(app.find("button", "Show"))
    app.find_like("Red, Liv Haug")


run(App(sys.argv[1]), [
    the_worst_is_first_and_chosen,
    r_takes_it_shows_the_number_and_counts,
    space_takes_and_gives_back,
    j_and_k_move,
    done_needs_words,
    done_handles_and_goes_to_the_next,
    the_toast_offers_the_text_for_the_epj,
    a_round_ticks_all_that_are_calm,
    tab_goes_through_all_of_it,
    a_snoozed_one_waits_below,
    p_starts_a_pause_and_ends_it,
    the_alarm_load_leads_to_the_plan_and_back,
    a_new_red_comes_by_itself_at_the_top_and_moves_nobody,
    the_shift_is_handed_over_and_accepted,
    a_new_red_is_told_of_on_another_page,
])
