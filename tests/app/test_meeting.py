# SPDX-License-Identifier: EUPL-1.2
"""The weekly meeting by keyboard: mark on the board, work through the agenda, decide, make a task, close."""

import sys

from window_driver import App, has, pyatspi, run, wait_for

MARKED = "SELECT count(*) FROM meeting_item WHERE deleted = 0 AND decided_at IS NULL"
DECIDED = ("SELECT count(*) FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id "
           "WHERE i.deleted = 0 AND i.decided_at IS NOT NULL")
TASKS = ("SELECT count(*) FROM task WHERE kind = 'meeting' AND status = 'open' AND role = 'resource_person' "
         "AND citizen_id IS NOT NULL AND title = 'Call the GP'")
OPEN = "SELECT count(*) FROM meeting WHERE closed_at IS NULL AND deleted = 0"
CLOSED = "SELECT count(*) FROM meeting WHERE closed_at IS NOT NULL"
LOOKED = "SELECT count(*) FROM access_log WHERE action = 'opened'"


def counts(app, number, statement):
    wait_for(f"{number} from {statement}", lambda: app.count(statement) == number)


def mark(app, beginning, question):
    wait_for(f"{beginning} to be chosen", lambda: has(app.find_like(beginning), pyatspi.STATE_SELECTED))
    app.key("m")
    app.find("label", "Take up in a meeting")
    app.tab_to("text", "Question")
    app.type(question)
    app.key("ctrl+Return")
    app.gone("label", "Question")


def m_on_the_board_marks_for_the_meeting(app):
    app.tab_to("list item", app.find_like("Red, Anne Berg").name)
    mark(app, "Red, Anne Berg", "Are the limits right?")
    counts(app, 1, MARKED)
    app.tab_to("list item", app.find_like("Red, Anne Berg").name)
    app.key("j")
    mark(app, "Yellow, Liv Haug", "Shall she measure twice a week?")
    counts(app, 2, MARKED)


def the_agenda_is_who_was_marked(app):
    app.press(app.find("button", "Weekly meeting"))
    app.find("label", "2 on the agenda")
    app.find("label", "Are the limits right?")
    app.find("label", "Start the meeting to write what is decided.")


def a_decision_needs_words(app):
    app.press(app.find("button", "Start the meeting"))
    counts(app, 1, OPEN)
    app.find("label", "Meeting 13.03.2026: 2 left, 0 decided")
    before = app.count(LOOKED)
    app.tab_to("list item", "Anne Berg, 96")
    app.key("Return")
    assert app.count(LOOKED) == before
    app.tab_to("text", "What was decided")
    app.key("ctrl+Return")
    counts(app, 0, DECIDED)


def a_decision_is_kept_and_becomes_a_task(app):
    app.tab_to("text", "What was decided")
    app.type("New limits from the GP")
    app.tab_to("text", "Task that follows")
    app.type("Call the GP")
    app.key("ctrl+Return")
    counts(app, 1, DECIDED)
    counts(app, 1, TASKS)
    app.find("label", "Meeting 13.03.2026: 1 left, 1 decided")


def the_next_one_is_shown_and_logged(app):
    before = app.count(LOOKED)
    app.find("label", "Shall she measure twice a week?")
    assert before >= 3
    app.tab_to("text", "What was decided")
    app.type("Twice a week")
    app.key("ctrl+Return")
    counts(app, 2, DECIDED)
    counts(app, 1, TASKS)


def the_meeting_is_closed_and_can_be_read(app):
    app.press(app.find("button", "Close the meeting"))
    counts(app, 1, CLOSED)
    app.find("label", "Decided in the last meeting")
    app.find("label", "0 on the agenda. Last meeting 13.03.2026")


run(App(sys.argv[1]), [
    m_on_the_board_marks_for_the_meeting,
    the_agenda_is_who_was_marked,
    a_decision_needs_words,
    a_decision_is_kept_and_becomes_a_task,
    the_next_one_is_shown_and_logged,
    the_meeting_is_closed_and_can_be_read,
])
