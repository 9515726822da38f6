# SPDX-License-Identifier: EUPL-1.2
"""The letter of a decision: looked at, left, kept and recorded as sent in one step, and not sent twice."""

import sys

from window_driver import App, run, wait_for

DIALOG = "Decision letter"
KEPT = "SELECT count(*) FROM document WHERE kind = 'decision_letter' AND media_type = 'application/pdf' AND deleted = 0"
SENT = "SELECT count(*) FROM decision WHERE letter_sent_on IS NOT NULL"


def open_dialog(app):
    app.tell("tab letter")
    app.find("dialog", DIALOG)
    wait_for("the pages", lambda: [
        node for node in app.find_all("image") if ", page 2 of 2" in node.name + node.description])


def leaving_writes_nothing(app):
    open_dialog(app)
    app.key("Escape")
    app.gone("dialog", DIALOG)
    assert app.count(KEPT) == 0
    assert app.count(SENT) == 0


def it_is_kept_and_recorded_as_sent(app):
    open_dialog(app)
    app.press(app.find_all("check box", "It is sent today")[-1])
    app.press(app.find("button", "Keep in the case"))
    app.gone("dialog", DIALOG)
    wait_for("the letter in the case", lambda: app.count(KEPT) == 1)
    wait_for("the decision to be sent", lambda: app.count(SENT) == 1)


def a_sent_letter_is_not_sent_again(app):
    open_dialog(app)
    assert not app.find_all(name="It is sent today")
    app.press(app.find("button", "Keep in the case"))
    app.gone("dialog", DIALOG)
    wait_for("the second copy", lambda: app.count(KEPT) == 2)


run(App(sys.argv[1], *sys.argv[2:]), [
    leaving_writes_nothing,
    it_is_kept_and_recorded_as_sent,
    a_sent_letter_is_not_sent_again,
])
