# SPDX-License-Identifier: EUPL-1.2
"""A symptom form by keyboard: its questions are asked, all must be answered, the worst answer counts."""

import sys

from window_driver import App, run, wait_for

ANSWERS = "SELECT count(*) FROM form_answer WHERE deleted = 0"
RED = "SELECT count(*) FROM form_answer WHERE severity = 'red' AND score = 4 AND deleted = 0"
ALERTS = "SELECT count(*) FROM alert WHERE kind = 'form' AND status = 'new' AND deleted = 0"


def counts(app, number, statement):
    wait_for(f"{number} from {statement}", lambda: app.count(statement) == number)


def choose(app, field, choice, steps):
    """Opens the list of the field and takes what is so many steps below where the keyboard is then."""
    app.tab_to("toggle button", field)
    app.key("space")
    wait_for("the list to open", lambda: app.focus() != [("toggle button", field)])
    for _ in range(steps):
        app.key("Down")
    app.key("Return")
    wait_for(f"{choice} to be chosen",
             lambda: app.focus() == [("toggle button", field)] and app.find_all("label", choice))


def the_questions_come_with_the_form(app):
    app.find("dialog", "Answer form")
    assert not app.find_all("combo box", "Hvordan er pusten?")
    # The list of forms can be searched: the keyboard is in the search first.
    choose(app, "Form", "Hjertesvikt", 2)
    app.find("combo box", "Hvordan er pusten?")
    app.find("combo box", "Hovne bein")


def every_question_must_be_answered(app):
    app.key("ctrl+Return")
    wait_for("both to be asked for", lambda: len(app.find_all(name="Choose an answer.")) >= 2)
    counts(app, 0, ANSWERS)


def a_half_answered_form_is_kept(app):
    choose(app, "Hvordan er pusten?", "Mye tyngre", 2)
    app.key("Escape")
    app.gone("dialog", "Answer form")
    app.tell("open answer-form")
    app.find("combo box", "Hvordan er pusten?")
    app.find("label", "Mye tyngre")


def the_worst_answer_is_an_alert(app):
    choose(app, "Hovne bein", "Ja", 2)
    app.key("ctrl+Return")
    app.gone("dialog", "Answer form")
    app.find(name="Form answered")
    counts(app, 1, RED)
    counts(app, 1, ALERTS)
    wait_for("the answer in the worklist", lambda: [
        node for node in app.find_all("label") if "Hvordan er pusten? Mye tyngre" in node.name])


def ctrl_z_takes_it_back(app):
    app.key("ctrl+z")
    app.find(name="Taken back")
    counts(app, 0, ANSWERS)
    counts(app, 0, ALERTS)


run(App(sys.argv[1], *sys.argv[2:]), [
    the_questions_come_with_the_form,
    every_question_must_be_answered,
    a_half_answered_form_is_kept,
    the_worst_answer_is_an_alert,
    ctrl_z_takes_it_back,
])
