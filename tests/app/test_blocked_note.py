# SPDX-License-Identifier: EUPL-1.2
"""A note that one of two is kept from, in both their windows in front of one real server: blocked, opened in an
emergency, told to the leader, closed again, and lifted."""

import atexit
import datetime
import tempfile
from pathlib import Path

from machine_driver import (FORLOP, FORLOPCTL, PASSWORD, SERVER, Machine, everything_is_sent, has_note, open_anne,
                            other_machine, sign_in_with, unlock, write_note)
from server_driver import Server
from window_driver import App, File, run, wait_for

NOTE = "Vil ikke at Siri skal vite det"
REASON = "Slekten skal ikke vite"
URGENT = "Funnet bevisstløs hjemme"
NEXT_DAY = ("--today", str(datetime.date.today() + datetime.timedelta(days=1)))


def shown(app, text):
    return [node for node in app.find_all() if text in node.name]


def choose(app, name):
    """In a list that is open, by keyboard."""
    app.find("list item", name)
    for _ in range(12):
        if ("list item", name) in app.focus():
            break
        before = app.focus()
        app.key("Down")
        wait_for("the keyboard to move", lambda before=before: app.focus() != before)
    app.key("Return")


def choose_function(app, function):
    app.press([button for button in app.find_all("toggle button") if button.name.startswith("I am Kari Nes, ")][0])
    choose(app, "Kari Nes, " + function)
    app.find("toggle button", "I am Kari Nes, " + function)


def who_treats_the_citizen_reads_the_note(one):
    everything_is_sent(one)
    everything_is_sent(two)
    open_anne(one)
    open_anne(two)
    write_note(one, NOTE)
    has_note(one, NOTE)
    has_note(two, NOTE)


def it_is_blocked_from_its_own_section(one):
    one.take_keyboard()
    one.press(one.find("page tab", "Documents"))
    one.press(one.find("button", "Block the note"))
    one.find("dialog", "Block the note")
    one.tab_to("text", "Reason")
    one.type(REASON)
    one.key("ctrl+Return")
    one.find_like("Say who is to be kept from the note: a user or a unit.")
    one.tab_to("toggle button", "Kept from it: user")
    one.key("space")
    choose(one, "Siri Vold")
    one.key("ctrl+Return")
    one.gone("dialog", "Block the note")
    one.find("label", "⊘ Blocked for: Siri Vold")


def who_is_kept_from_it_sees_that_something_is_blocked_and_no_more(one):
    two.find_like("just now. Note blocked.")
    wait_for("the note to go", lambda: not shown(two, NOTE))
    assert not shown(two, REASON)
    assert shown(one, NOTE)


def an_emergency_wants_a_reason(one):
    two.take_keyboard()
    two.press(two.find("page tab", "Documents"))
    two.find("label", "A note is blocked for you")
    assert not one.find_all("button", "Emergency access…")
    two.press(two.find("button", "Emergency access…"))
    two.find("dialog", "Emergency access")
    two.find_like("Anne Berg · 12.03.1954")
    wait_for("the keyboard", lambda: ("text", "Why you need the record") in two.focus())
    two.tab_to("button", "Emergency access")
    two.key("Return")
    two.find_like("Write why, in at least ten characters.")
    wait_for("the keyboard", lambda: ("text", "Why you need the record") in two.focus())
    assert not shown(two, NOTE)


def with_a_reason_it_opens_for_four_hours(one):
    two.type(URGENT)
    two.tab_to("button", "Emergency access")
    two.key("Return")
    two.gone("dialog", "Emergency access")
    two.find_like("Emergency access until ")
    has_note(two, NOTE)
    two.gone("label", "A note is blocked for you")


def the_leader_is_asked_to_look_at_it(one):
    one.take_keyboard()
    choose_function(one, "Manager, Home care zone 1")
    one.key("alt+1")
    one.find_like("Task. Anne Berg, 72. Review emergency access to a blocked note by Siri Vold.")


def sign_in_again(app):
    app.find_like("You are signed out of the server.")
    app.take_keyboard()
    app.key("ctrl+y")
    sign_in_with(app, PASSWORD)
    app.gone("dialog", "Sign in")
    everything_is_sent(app)


def the_next_day_it_is_over(one):
    """The sessions of the day before are over as well."""
    server.kill()
    server.start(*NEXT_DAY)
    two.close()
    two.__dict__.update(other_machine("--store", str(second.path), *NEXT_DAY).__dict__)
    unlock(two)
    sign_in_again(two)
    open_anne(two)
    two.press(two.find("page tab", "Documents"))
    two.find("label", "A note is blocked for you")
    wait_for("the note to go", lambda: not shown(two, NOTE))


def once_it_is_lifted_it_is_there_again(one):
    one.close()
    one.__dict__.update(App(FORLOP, *first.arguments(), *NEXT_DAY).__dict__)
    sign_in_again(one)
    choose_function(one, "Caseworker, Allocation office")
    open_anne(one)
    one.tab_to("list item", "Blockings")
    one.key("Return")
    one.press(one.find("button", "Lift blocking of the note"))
    one.find("dialog", "Lift blocking of the note")
    one.tab_to("text", "Why it was lifted")
    one.type("Ville det")
    one.key("ctrl+Return")
    one.gone("dialog", "Lift blocking of the note")
    two.gone("label", "A note is blocked for you")
    has_note(two, NOTE)


cases = [
    who_treats_the_citizen_reads_the_note,
    it_is_blocked_from_its_own_section,
    who_is_kept_from_it_sees_that_something_is_blocked_and_no_more,
    an_emergency_wants_a_reason,
    with_a_reason_it_opens_for_four_hours,
    the_leader_is_asked_to_look_at_it,
    the_next_day_it_is_over,
    once_it_is_lifted_it_is_there_again,
]

folder = tempfile.TemporaryDirectory()
office = File(FORLOPCTL)
office.run("--as", "Kari:caseworker", "act", "register-referral", "--json",
           '{"given_name":"Anne","family_name":"Berg","id_number":"12835430098","source":"gp","channel":"e_message",'
           '"received_on":"2026-01-12","reason":"Hjertesvikt"}')
office.run("--as", "Kari:resource_person", "act", "change-citizen", "--json",
           '{"citizen_id":"12835430098","unit_id":"Home care zone 1"}')
office.run("--as", "Kari:administrator", "act", "save-user", "--json",
           '{"name":"Siri Vold","short_name":"Siri"}')
office.run("--as", "Kari:administrator", "act", "save-membership", "--json",
           '{"user_id":"Siri","role":"caseworker","unit_id":"Allocation office"}')
(Path(folder.name) / "passphrase").write_text(office.passphrase.read_text())
server = Server(SERVER, Path(folder.name), office)
first = Machine(Path(folder.name), "one.db", server, server.kari)
second = Machine(Path(folder.name), "two.db", server, server.siri, "siri")
two = other_machine("--store", str(second.path))
atexit.register(two.close)
unlock(two)
run(App(FORLOP, *first.arguments()), cases)
