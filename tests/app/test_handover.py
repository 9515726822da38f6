# SPDX-License-Identifier: EUPL-1.2
"""A case that one unit offers another in one window and the other accepts in its own, on one real server. Everybody has
been told the same day, so that no clock is wrong."""

import atexit
import csv
import tempfile
from pathlib import Path

from machine_driver import FORLOP, FORLOPCTL, SERVER, Machine, everything_is_sent, other_machine, unlock
from server_driver import Server
from window_driver import App, File, run, wait_for

DAY = ("--today", "2026-11-22")
CENTRE = "Oppfølgingssenteret"
MESSAGE = "Ringer helst etter klokken ti"


class DemoServer(Server):
    """Of the demo municipality, on its day."""

    def command(self, *words):
        return super().command(*words, *DAY)

    def start(self, *words):
        super().start(*DAY, *words)


class DemoMachine(Machine):
    def arguments(self):
        return [*super().arguments(), *DAY]


def records(kind):
    with tempfile.TemporaryDirectory() as out:
        office.run("export", "csv", kind, out)
        with open(Path(out) / f"{kind}.csv", encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines, delimiter=";"))


def choose_citizen():
    """Somebody whom the zone follows up itself, who is past the trial period and has not been offered to anybody."""
    offered = {handover["case_id"] for handover in records("handover")}
    unit = next(unit["id"] for unit in records("unit") if unit["name"] == "Sone Nord")
    case = next(case for case in records("case") if case["status"] == "running" and case["unit_id"] == unit
                and not case["follow_up_unit_id"] and case["trial_reviewed_on"] and case["id"] not in offered)
    citizen = next(citizen for citizen in records("citizen") if citizen["id"] == case["citizen_id"])
    return f"{citizen['given_name']} {citizen['family_name']}"


def jump(app, text, beginning):
    app.key("ctrl+k")
    app.find(name="Jump to citizen, case, item or act")
    app.type(text)
    app.find_like(beginning)
    app.key("Return")


def clock_is_right(app):
    everything_is_sent(app)
    assert not [node for node in app.find_all("label") if "The clock of this machine" in node.name]


def nobody_calls_the_clock_wrong(one):
    clock_is_right(one)
    clock_is_right(two)


def it_is_offered_to_the_centre(one):
    one.take_keyboard()
    jump(one, citizen, citizen)
    one.find("list", "Time line")
    jump(one, "offer hand-over", "Offer hand-over")
    one.find("dialog", "Offer hand-over")
    one.tab_to("toggle button", "To")
    one.key("space")
    one.find("list item", CENTRE)
    for _ in range(12):
        if ("list item", CENTRE) in one.focus():
            break
        before = one.focus()
        one.key("Down")
        wait_for("the keyboard to move", lambda before=before: one.focus() != before)
    one.key("Return")
    one.tab_to("text", "What the receiver must know")
    one.type(MESSAGE)
    one.key("ctrl+Return")
    one.gone("dialog", "Offer hand-over")
    one.find_like("just now. Hand-over offered. Kari Nes")
    everything_is_sent(one)


def can(app, act):
    return [button for button in app.find_all("button") if button.name == act]


def who_offered_it_may_only_take_it_back(one):
    section = one.find("list item", "Hand-overs")
    if not can(one, "Take hand-over back"):
        section.queryComponent().grabFocus()
        one.key("Return")
    one.find("button", "Take hand-over back")
    assert not can(one, "Accept hand-over") and not can(one, "Decline hand-over")


def offer_in(app):
    return [row.name for row in app.find_all("list item") if row.name.startswith("Hand-over. " + citizen)]


def the_next_one_accepts_it_from_the_list_of_the_day(one):
    two.take_keyboard()
    two.key("alt+1")
    name = wait_for("the offer", lambda: offer_in(two), 60)[0]
    for _ in range(40):
        if ("list item", name) in two.focus():
            break
        before = two.focus()
        two.key("j" if before and before[0][0] == "list item" and ". " in before[0][1] else "Tab")
        wait_for("the keyboard to move", lambda before=before: two.focus() != before)
    two.key("Return")
    two.find("dialog", "Accept hand-over")
    two.key("ctrl+Return")
    two.gone("dialog", "Accept hand-over")
    wait_for("the offer to go", lambda: not offer_in(two))
    everything_is_sent(two)


def who_offered_it_sees_who_has_it_now(one):
    wait_for("the button to go", lambda: not can(one, "Take hand-over back"), 60)
    one.find_like("just now. Hand-over accepted. Jon")


folder = tempfile.TemporaryDirectory()
office = File(FORLOPCTL)
office.path = office.path.with_name("office.db")
office.run("demo", "create")
citizen = choose_citizen()
(Path(folder.name) / "passphrase").write_text(office.passphrase.read_text())
(Path(folder.name) / "passphrase").chmod(0o600)
server = DemoServer(SERVER, Path(folder.name), office, CENTRE)
server.kill()
jon = server.add_account("jon", "Jon")
server.start()
first = DemoMachine(Path(folder.name), "one.db", server, server.kari)
second = DemoMachine(Path(folder.name), "two.db", server, jon, "jon")
two = other_machine("--store", str(second.path), *DAY)
atexit.register(two.close)
unlock(two)
run(App(FORLOP, *first.arguments()), [
    nobody_calls_the_clock_wrong,
    it_is_offered_to_the_centre,
    who_offered_it_may_only_take_it_back,
    the_next_one_accepts_it_from_the_list_of_the_day,
    who_offered_it_sees_who_has_it_now,
])
