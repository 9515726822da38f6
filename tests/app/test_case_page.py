# SPDX-License-Identifier: EUPL-1.2
"""The page about a case: the next step by keyboard, undo, tabs, the hidden number, and the way back."""

import sys

from window_driver import App, has, pyatspi, run, wait_for

BASELINES = "SELECT count(*) FROM baseline WHERE deleted = 0"
OPENED = "SELECT count(*) FROM access_log WHERE action = 'opened'"
SHOWN = "SELECT count(*) FROM access_log WHERE action = 'showed-id-number'"


def counts(app, number, statement):
    wait_for(f"{number} from {statement}", lambda: app.count(statement) == number)


def the_page_says_who_and_where(app):
    app.find("label", "Anna Berg, 72")
    app.find("label", "Before start · Sone Nord · case 2026-0001")
    app.find("label", "Record the baseline before start")


def opening_is_logged_once(app):
    counts(app, 1, OPENED)


def the_next_step_is_done_by_keyboard(app):
    wait_for("the keyboard on the next step", lambda: ("button", "Record") in app.focus())
    app.key("Return")
    app.find(name="Record use of services")
    app.find(name="Why there is no baseline")
    app.tab_to("text", "Why there is no baseline")
    app.type("New in town")
    app.key("ctrl+Return")
    app.find(name="Use of services recorded")
    counts(app, 1, BASELINES)


def the_page_shows_what_comes_next(app):
    app.gone("label", "Record the baseline before start")
    app.find("label", "Make the self-treatment plan")


def undo_brings_the_step_back(app):
    app.key("ctrl+z")
    app.find(name="Taken back")
    counts(app, 0, BASELINES)
    app.find("label", "Record the baseline before start")


def what_was_taken_back_stays_on_the_time_line(app):
    wait_for("who took it back", lambda: [
        node for node in app.find_all() if node.name.startswith("Kari · Taken back by Kari")])


def the_number_is_hidden_until_it_is_asked_for(app):
    button = app.find("button", "12.03.1954 •••••")
    counts(app, 0, SHOWN)
    app.press(button)
    app.find("button", "128354 30098")
    counts(app, 1, SHOWN)


def a_tab_without_content_says_what_to_do(app):
    tab = app.find("page tab", "Measurements")
    app.press(tab)
    app.find(name="No measurements yet")


def escape_goes_back(app):
    app.key("Escape")
    app.gone("label", "Before start · Sone Nord · case 2026-0001")


def what_is_not_here_says_why_and_whom_to_ask(app):
    app.tell("page citizen")
    app.find(name="Not on this machine")
    app.find_like("You do not have this record here, or not any more")


def it_has_the_keyboard_and_escape_leads_back(app):
    here = wait_for("the keyboard on the page", app.focus)
    app.key("Tab")
    wait_for("the keyboard to move on", lambda: app.focus() and app.focus() != here)
    app.key("shift+Tab")
    wait_for("the keyboard on the page", lambda: app.focus() == here)
    app.key("Escape")
    app.gone(name="Not on this machine")


run(App(sys.argv[1], *sys.argv[2:]), [
    the_page_says_who_and_where,
    opening_is_logged_once,
    the_next_step_is_done_by_keyboard,
    the_page_shows_what_comes_next,
    undo_brings_the_step_back,
    what_was_taken_back_stays_on_the_time_line,
    the_number_is_hidden_until_it_is_asked_for,
    a_tab_without_content_says_what_to_do,
    escape_goes_back,
    what_is_not_here_says_why_and_whom_to_ask,
    it_has_the_keyboard_and_escape_leads_back,
])
