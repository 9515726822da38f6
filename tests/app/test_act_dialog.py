# SPDX-License-Identifier: EUPL-1.2
"""The form of an act by keyboard: filled, refused, kept, saved and taken back."""

import sys

from window_driver import App, has, pyatspi, run, wait_for

SAVED = "SELECT count(*) FROM assessment WHERE deleted = 0"
NEED = "SELECT count(*) FROM assessment WHERE deleted = 0 AND need LIKE 'Measure%'"


def counts(app, number, statement):
    wait_for(f"{number} from {statement}", lambda: app.count(statement) == number)


def field(app, name):
    return wait_for(f"a field called {name}", lambda: next(
        node for node in app.find_all(name=name) if has(node, pyatspi.STATE_EDITABLE)))


def text_of(node):
    return node.queryText().getText(0, -1)


def focused(app, name):
    wait_for(f"the keyboard in {name}", lambda: has(field(app, name), pyatspi.STATE_FOCUSED))


def the_keyboard_is_in_the_first_field(app):
    app.find(name="Fill in assessment")
    focused(app, "What matters to you?")


def leaving_keeps_what_was_written(app):
    app.type("Live at home")
    app.key("Escape")
    app.gone("dialog", "Fill in assessment")
    app.find(name="What you wrote is kept until you open the form again")
    app.tell("open save-assessment")
    focused(app, "What matters to you?")
    wait_for("the text that was left",
             lambda: text_of(field(app, "What matters to you?")) == "Live at home")
    counts(app, 0, SAVED)


def ctrl_enter_saves_and_tells(app):
    app.key("Tab")
    focused(app, "Need")
    app.type("Measure weight")
    app.key("ctrl+Return")
    app.find(name="Assessment saved")
    app.gone("dialog", "Fill in assessment")
    counts(app, 1, SAVED)
    counts(app, 1, NEED)


def a_saved_form_leaves_no_draft(app):
    counts(app, 0, "SELECT count(*) FROM draft")


def ctrl_z_takes_it_back(app):
    app.key("ctrl+z")
    app.find(name="Taken back")
    counts(app, 0, SAVED)


def a_missing_answer_is_said_beside_its_field(app):
    app.tell("open record-consent")
    app.find(name="Record consent")
    app.find(name="Consent to")
    app.key("ctrl+Return")
    app.find(name="“Consent given” is missing. It must be filled in before you can save.")
    counts(app, 0, "SELECT count(*) FROM consent")
    app.key("Escape")
    app.gone("dialog", "Record consent")


def a_closed_gate_is_explained_before_one_writes(app):
    app.tell("open decide")
    app.find(name="This cannot be done yet")
    app.key("Escape")
    app.gone("dialog", "Decide")


def what_is_not_for_me_cannot_be_saved(app):
    app.tell("open hold-training")
    app.find(name="This cannot be done yet")
    save = app.find("button", "Save")
    assert not has(save, pyatspi.STATE_SENSITIVE)
    app.key("Escape")
    app.gone("dialog", "Document training")


run(App(sys.argv[1], *sys.argv[2:]), [
    the_keyboard_is_in_the_first_field,
    leaving_keeps_what_was_written,
    ctrl_enter_saves_and_tells,
    a_saved_form_leaves_no_draft,
    ctrl_z_takes_it_back,
    a_missing_answer_is_said_beside_its_field,
    a_closed_gate_is_explained_before_one_writes,
    what_is_not_for_me_cannot_be_saved,
])
