# SPDX-License-Identifier: EUPL-1.2
"""What is begun on the board and not saved: kept for each citizen, marked at the row, there again in a new window, and
not lost when somebody else answers the alert meanwhile."""

import sys

from window_driver import App, has, pyatspi, run, wait_for

RED = "Red, Anne Berg"
YELLOW = "Yellow, Liv Haug"
BEGUN = "begun, not saved"
DRAFTS = "SELECT count(*) FROM draft WHERE key LIKE 'board %'"
WRITTEN = "SELECT count(*) FROM draft WHERE body LIKE '%Feels dizzy%' AND body LIKE '%Call again%'"
CONTACTS = ("SELECT count(*) FROM contact_log WHERE text = 'Feels dizzy' AND way = 'video' AND minutes = 4"
            " AND alert_id IS NULL")
TASKS = ("SELECT count(*) FROM task WHERE title = 'Call again' AND due_on = '2026-03-20'"
         " AND taken_by = (SELECT id FROM \"user\" WHERE name = 'Nina')")


def counts(app, number, statement):
    wait_for(f"{number} from {statement}", lambda: app.count(statement) == number)


def chosen(app, beginning):
    wait_for(f"{beginning} to be chosen",
             lambda: has(app.find_like(beginning), pyatspi.STATE_SELECTED))


def text(app, name="What was done"):
    words = app.find("text", name).queryText()
    return words.getText(0, words.characterCount)


def minutes(app):
    return app.find("spin button", "Minutes").queryValue().currentValue


def checked(app, name):
    wait_for(f"{name} to be chosen", lambda: has(app.find("radio button", name), pyatspi.STATE_CHECKED))


def go_to(app, beginning, heading):
    """With J and K from the row that is chosen."""
    rows = [node for node in app.find_all("list item") if " Berg" in node.name or " Haug" in node.name]
    present = [has(row, pyatspi.STATE_SELECTED) for row in rows].index(True)
    wanted = [row.name.startswith(beginning) for row in rows].index(True)
    app.tab_to("list item", rows[present].name)
    app.key(*["j" if wanted > present else "k"] * abs(wanted - present))
    chosen(app, beginning)
    app.find("heading", heading)


def marked(app, beginning, is_marked):
    wait_for(f"{beginning} to be {'' if is_marked else 'un'}marked",
             lambda: (BEGUN in app.find_like(beginning).name) == is_marked)


def everything_half_written_is_marked_at_the_row(app):
    app.tab_to("list item", app.find_like(RED).name)
    app.key("r")
    wait_for("the keyboard in the text", lambda: ("text", "What was done") in app.focus())
    marked(app, RED, True)
    app.type("Feels dizzy")
    app.press(app.find("radio button", "Video"))
    app.tab_to("text", "Follow-up task")
    app.type("Call again")
    app.press(app.find("radio button", "Other day"))
    app.tab_to("text", "Day the task is to be done")
    app.type("20.03.2026")
    app.tab_to("toggle button", "Who the task is for")
    app.key("space", "Down", "Down", "Return")
    app.find("label", "Begun, not saved")
    counts(app, 1, WRITTEN)


def another_row_has_nothing_of_it(app):
    go_to(app, YELLOW, "Liv Haug, 72")
    wait_for("an empty text", lambda: text(app) == "")
    assert minutes(app) == 5, minutes(app)
    checked(app, "Phone")
    assert text(app, "Follow-up task") == "", text(app, "Follow-up task")
    marked(app, YELLOW, False)
    marked(app, RED, True)


def it_is_all_there_again_and_the_call_goes_on(app):
    app.tell("clock 2026-03-13T09:03:10")
    go_to(app, RED, "Anne Berg, 96")
    wait_for("the text", lambda: text(app) == "Feels dizzy")
    wait_for("the fourth minute", lambda: minutes(app) == 4)
    app.find(name="min, counting")
    app.find("label", "912\u00a034\u00a0567")
    checked(app, "Video")
    checked(app, "Other day")
    assert text(app, "Follow-up task") == "Call again", text(app, "Follow-up task")
    assert text(app, "Day the task is to be done") == "20.03.2026"
    app.find_like("For Nina")


def a_new_window_finds_it_in_the_file(app):
    counts(app, 1, "SELECT count(*) FROM draft WHERE body LIKE '%\"minutes\":4%'")
    app.tell("clock 2026-03-13T09:30:00")
    before = app.window
    app.tell("again")
    app.window = wait_for("the new window",
                          lambda: [window for window in app.root
                                   if window != before and has(window, pyatspi.STATE_SHOWING)][0])
    app.take_keyboard()
    chosen(app, RED)
    marked(app, RED, True)
    wait_for("the text", lambda: text(app) == "Feels dizzy")
    assert minutes(app) == 4, minutes(app)
    checked(app, "Video")
    checked(app, "Other day")
    app.find_like("For Nina")


def a_colleague_on_the_same_machine_does_not_see_it(app):
    app.tell("next")
    wait_for("an empty text", lambda: text(app) == "")
    marked(app, RED, False)
    app.tell("back")
    wait_for("the text", lambda: text(app) == "Feels dizzy")
    marked(app, RED, True)


def an_alert_that_somebody_else_answers_leaves_it(app):
    app.tell("handle")
    app.find_like("Nina answered this alert ")
    assert text(app) == "Feels dizzy", text(app)
    wait_for("the row to say that it is answered", lambda: "answered" in app.find_like(RED).name)
    marked(app, RED, True)
    app.find(name="1 with nothing to do")
    assert not app.find_all(name="What you began to write about Anne Berg is kept.")


def done_saves_it_as_a_contact(app):
    app.tab_to("button", "Done")
    app.key("Return")
    counts(app, 1, CONTACTS)
    counts(app, 1, TASKS)
    counts(app, 0, DRAFTS)


def what_is_thrown_away_can_be_had_back(app):
    chosen(app, YELLOW)
    app.find(name="2 with nothing to do")
    app.tab_to("list item", app.find_like(YELLOW).name)
    app.key("Return")
    wait_for("the keyboard in the text", lambda: ("text", "What was done") in app.focus())
    app.type("Wait")
    marked(app, YELLOW, True)
    app.press(app.find("button", "Throw away what is begun"))
    wait_for("an empty text", lambda: text(app) == "")
    marked(app, YELLOW, False)
    app.press(app.find("button", "Undo"))
    wait_for("the text", lambda: text(app) == "Wait")
    marked(app, YELLOW, True)
    counts(app, 1, DRAFTS)


def one_that_the_filter_leaves_out_is_told_of(app):
    app.tab_to("toggle button", "Filter")
    app.key("space")
    wait_for("the menu", lambda: app.find_all("menu item"))
    app.key("Down", "Down", "Return")
    app.find(name="What you began to write about Liv Haug is kept.")
    app.find("label", "Nobody to show")
    app.gone("heading", "Liv Haug, 72")
    app.press(app.find("button", "Show"))
    app.find(name="Wait")
    app.press(app.find("button", "Throw away"))
    app.gone(name="What you began to write about Liv Haug is kept.")
    counts(app, 0, DRAFTS)


def what_is_on_its_way_to_the_file_takes_no_more_words(app):
    app.press(app.find("button", "Show everybody"))
    app.tab_to("list item", app.find_like(YELLOW).name)
    app.key("Return")
    wait_for("the keyboard in the text", lambda: ("text", "What was done") in app.focus())
    app.type("All is well")
    wait_for("the draft in the file", lambda: app.count(DRAFTS) == 1)
    app.tell("busy")
    app.key("ctrl+Return")
    app.type(" and more")
    wait_for("the keys to be taken", lambda: not has(app.find("button", "Done"), pyatspi.STATE_SENSITIVE))
    assert text(app) == "All is well", text(app)
    app.tell("free")
    counts(app, 1, "SELECT count(*) FROM contact_log WHERE text = 'All is well'")
    counts(app, 0, DRAFTS)


def what_is_written_as_the_program_ends_is_kept(app):
    app.tell("red")
    app.find_like("Red, ")
    app.tab_to("list item", app.find("list item", "2 with nothing to do").name)
    app.key("k")
    chosen(app, "Red, ")
    app.key("Return")
    wait_for("the keyboard in the text", lambda: ("text", "What was done") in app.focus())
    app.type("Last words")
    wait_for(f"the text instead of {text(app)}", lambda: text(app) == "Last words")
    app.tell("quit")
    kept = app.process.stdout.readline()
    assert kept == "1\n", kept


run(App(sys.argv[1]), [
    everything_half_written_is_marked_at_the_row,
    another_row_has_nothing_of_it,
    it_is_all_there_again_and_the_call_goes_on,
    a_new_window_finds_it_in_the_file,
    a_colleague_on_the_same_machine_does_not_see_it,
    an_alert_that_somebody_else_answers_leaves_it,
    done_saves_it_as_a_contact,
    what_is_thrown_away_can_be_had_back,
    one_that_the_filter_leaves_out_is_told_of,
    what_is_on_its_way_to_the_file_takes_no_more_words,
    what_is_written_as_the_program_ends_is_kept,
])
