# SPDX-License-Identifier: EUPL-1.2
"""The weekly meeting by keyboard: mark on the board, work through the agenda, decide, make a task, close."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from file_dialog import choose_file
from window_driver import App, has, pyatspi, run, wait_for, walk

FOLDER = tempfile.TemporaryDirectory()

MARKED = "SELECT count(*) FROM meeting_item WHERE deleted = 0 AND decided_at IS NULL"
DECIDED = ("SELECT count(*) FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id "
           "WHERE i.deleted = 0 AND i.decided_at IS NOT NULL")
TASKS = ("SELECT count(*) FROM task WHERE kind = 'meeting' AND status = 'open' AND role = 'coordinator' "
         "AND citizen_id IS NOT NULL AND title = 'Call the GP'")
OPEN = "SELECT count(*) FROM meeting WHERE closed_at IS NULL AND deleted = 0"
CLOSED = "SELECT count(*) FROM meeting WHERE closed_at IS NOT NULL"
NAMED = ("SELECT count(*) FROM task t JOIN meeting_item i ON i.id = t.meeting_item_id JOIN user u ON u.id = t.taken_by "
         "JOIN membership m ON m.user_id = u.id AND m.unit_id = t.unit_id AND m.role = t.role WHERE t.taken_at IS NOT NULL")
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
    wait_for("the keyboard on the first one", lambda: app.focus() == [("list item", "Anne Berg, 96")])
    app.key("Down")
    wait_for("the keyboard on the second one", lambda: app.focus() == [("list item", "Liv Haug, 72")])
    app.tell("look")
    time.sleep(1)
    assert app.focus() == [("list item", "Liv Haug, 72")], app.focus()
    wait_for("Anne to be shown still", lambda: [
        node.name for node in app.find_all("list item") if has(node, pyatspi.STATE_SELECTED)][-1] == "Anne Berg, 96")
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
    app.tab_to("toggle button", "Who does it")
    app.key("space")
    wait_for("the list to open", lambda: app.focus() != [("toggle button", "Who does it")])
    # By function: she works in the store, and the search finds her by a few letters.
    app.type("coord")
    wait_for("only coordinators", lambda: [
        node.name for node in walk(app.root) if node.getRoleName() == "list item" and "oordinator" in node.name
        and has(node, pyatspi.STATE_SHOWING)][:1] == ["Geir, Welfare-technology coordinator, Lageret"])
    app.key("Down")
    app.key("Return")
    wait_for("the keyboard back", lambda: app.focus() == [("toggle button", "Who does it")])
    app.key("ctrl+Return")
    counts(app, 1, DECIDED)
    counts(app, 1, TASKS)
    counts(app, 1, NAMED)
    app.find("label", "Meeting 13.03.2026: 1 left, 1 decided")


def the_next_one_is_shown_and_logged(app):
    before = app.count(LOOKED)
    app.find("label", "Shall she measure twice a week?")
    assert before >= 3
    # Whoever writes on, writes about the next.
    wait_for("the keyboard in its form", lambda: app.focus() == [("text", "What was decided")])
    app.type("Twice a week")
    app.key("ctrl+Return")
    counts(app, 2, DECIDED)
    counts(app, 1, TASKS)
    wait_for("the keyboard where the meeting is closed", lambda: app.focus() == [("button", "Close the meeting")])


def the_meeting_is_closed_and_can_be_read(app):
    app.press(app.find("button", "Close the meeting"))
    counts(app, 1, CLOSED)
    app.find("label", "Decided in the last meeting")
    app.find("label", "0 on the agenda. Last meeting 13.03.2026")


def the_minutes_are_saved_and_logged(app):
    minutes = Path(FOLDER.name) / "minutes.pdf"
    choose_file(app, "Save minutes…", minutes)
    wait_for("the minutes", minutes.exists)
    said = subprocess.run(["pdftotext", "-raw", str(minutes), "-"], check=True, capture_output=True, text=True).stdout
    said = " ".join(said.split())
    for part in ("13.03.2026", "Anne Berg", "New limits from the GP", "Call the GP", "Liv Haug", "Twice a week"):
        assert part in said, (part, said)
    counts(app, 2, "SELECT count(DISTINCT citizen_id) FROM access_log WHERE action = 'exported'")


run(App(sys.argv[1]), [
    m_on_the_board_marks_for_the_meeting,
    the_agenda_is_who_was_marked,
    a_decision_needs_words,
    a_decision_is_kept_and_becomes_a_task,
    the_next_one_is_shown_and_logged,
    the_meeting_is_closed_and_can_be_read,
    the_minutes_are_saved_and_logged,
])
