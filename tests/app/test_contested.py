# SPDX-License-Identifier: EUPL-1.2
"""Two handed out one item on machines that had not met: the ways out, by keyboard, until nothing needs anybody. Everybody
has been told the same day, so that no clock is wrong."""

import csv
import json
import subprocess
import tempfile
from pathlib import Path

from machine_driver import FORLOP, FORLOPCTL, SERVER, Machine
from server_driver import Server
from window_driver import App, File, run, wait_for

DAY = ("--today", "2026-11-22")
HAND_OUT = "Hand out the item that stands here…"
MOVE = "Move the loan here…"
CORRECT = "Correct the other loan…"
WRONG = "The other loan is wrong…"


class DemoServer(Server):
    """Of the demo municipality, on its day."""

    def command(self, *words):
        return super().command(*words, *DAY)

    def start(self, *words):
        super().start(*DAY, *words)


class DemoMachine(Machine):
    def arguments(self):
        return [*super().arguments(), *DAY]

    def hand_out(self, case, item):
        self.run("--as", "Kari", "act", "hand-out-item", "--json", json.dumps(
            {"case_id": case["id"], "item_id": item["id"], "handed_out_on": "2026-11-22"}))


def records(kind):
    with tempfile.TemporaryDirectory() as out:
        office.run("export", "csv", kind, out)
        with open(Path(out) / f"{kind}.csv", encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines, delimiter=";"))


def choose():
    """Four whom the zone follows up itself, and items of one kind that are ready."""
    unit = next(unit["id"] for unit in records("unit") if unit["name"] == "Sone Nord")
    citizens = {citizen["id"]: f"{citizen['given_name']} {citizen['family_name']}" for citizen in records("citizen")}
    cases = [case | {"who": citizens[case["citizen_id"]]} for case in records("case")
             if case["status"] == "running" and case["unit_id"] == unit and not case["follow_up_unit_id"]]
    ready = [item for item in records("item") if item["state"] == "ready"]
    return cases[:4], [item for item in ready if item["product_id"] == ready[0]["product_id"]]


def is_at(app, name):
    wait_for(f"the keyboard at {name}", lambda: [at for role, at in app.focus() if at == name])


def row_of(case, item):
    """A change names whom and which item it is about."""
    return lambda app: wait_for("the row", lambda: [
        row for row in app.find_all("list item") if row.name.startswith("Hand out item, " + case["who"] + " · ")
        and item["serial_number"] in row.name][0])


def open_form(app, button, dialog):
    app.tab_to("button", button)
    app.key("Return")
    app.find("dialog", dialog)


def what_is_refused_names_the_item(app):
    app.find("button", "2 changes need you")
    app.key("ctrl+y")
    app.find("heading", "Needs you")
    row_of(cases[1], items[0])(app)
    row_of(cases[3], items[1])(app)


def a_form_about_the_other_loan_says_whose_and_which(app):
    for button, dialog in ((CORRECT, "Correct the lent item"), (WRONG, "Mark loan as wrongly registered")):
        open_form(app, button, dialog)
        wait_for("whose loan it is", lambda: [
            label for label in app.find_all("label") if label.name.startswith(cases[0]["who"] + " · ")
            and items[0]["serial_number"] in label.name])
        app.key("Escape")
        app.gone("dialog", dialog)
        is_at(app, button)


def narrow_the_keyboard_is_in_the_first_field_as_well(app):
    window = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(app.process.pid), "--name", ".+"],
                            check=True, capture_output=True, text=True).stdout.split()[0]
    subprocess.run(["xdotool", "windowsize", window, "360", "720"], check=True)
    wait_for("the narrow window", lambda: app.window.queryComponent().getExtents(0).width <= 420)
    open_form(app, CORRECT, "Correct the lent item")
    is_at(app, "The item that stands there")
    app.key("Escape")
    app.gone("dialog", "Correct the lent item")
    subprocess.run(["xdotool", "windowsize", window, "1280", "800"], check=True)
    wait_for("the wide window", lambda: app.window.queryComponent().getExtents(0).width > 1200)


def moving_it_settles_the_change_and_the_keyboard_goes_on(app):
    open_form(app, MOVE, "Move the loan here")
    is_at(app, "Reason")
    app.type("Den star her")
    app.key("ctrl+Return")
    app.gone("dialog", "Move the loan here")
    wait_for("the change to go", lambda: len(app.find_all("button", HAND_OUT)) == 1)
    wait_for("the keyboard in the next", lambda: app.focus() == [("list item", row_of(cases[3], items[1])(app).name)])


def enter_takes_the_item_that_was_searched_for(app):
    open_form(app, CORRECT, "Correct the lent item")
    is_at(app, "The item that stands there")
    app.key("space")
    wait_for("the search", lambda: [role for role, name in app.focus() if role in ("entry", "text")])
    app.type(items[2]["serial_number"])
    wait_for("one", lambda: len([row for row in app.find_all("list item") if "· " + items[2]["serial_number"] in row.name]) == 1)
    app.key("Return")
    is_at(app, "The item that stands there")
    app.tab_to("text", "Reason")
    app.type("Lest feil")
    app.key("ctrl+Return")
    app.gone("dialog", "Correct the lent item")


def what_is_over_is_not_offered_any_more(app):
    wait_for("the sentence", lambda: [
        node for node in app.find_all("label") if "That loan is over now." in node.name and cases[2]["who"] in node.name])
    assert not [button for name in (MOVE, CORRECT, WRONG) for button in app.find_all("button", name)]


def another_item_is_handed_out_and_nothing_needs_anybody(app):
    open_form(app, HAND_OUT, "Hand out item")
    is_at(app, "Item")
    app.key("space")
    wait_for("the search", lambda: [role for role, name in app.focus() if role in ("entry", "text")])
    app.type(items[3]["serial_number"])
    wait_for("one", lambda: len([row for row in app.find_all("list item") if "· " + items[3]["serial_number"] in row.name]) == 1)
    app.key("Return")
    is_at(app, "Item")
    app.key("ctrl+Return")
    app.gone("dialog", "Hand out item")
    app.gone("heading", "Needs you")
    is_at(app, "Synchronise now")
    app.find_like("Everything sent at ")


folder = tempfile.TemporaryDirectory()
office = File(FORLOPCTL)
office.path = office.path.with_name("office.db")
office.run("demo", "create")
cases, items = choose()
(Path(folder.name) / "passphrase").write_text(office.passphrase.read_text())
(Path(folder.name) / "passphrase").chmod(0o600)
server = DemoServer(SERVER, Path(folder.name), office, "Oppfølgingssenteret")
first = DemoMachine(Path(folder.name), "one.db", server, server.kari)
second = DemoMachine(Path(folder.name), "two.db", server)
for n in (0, 1):
    first.hand_out(cases[2 * n], items[n])
    second.hand_out(cases[2 * n + 1], items[n])
first.run("sync-once")
run(App(FORLOP, *second.arguments()), [
    what_is_refused_names_the_item,
    a_form_about_the_other_loan_says_whose_and_which,
    narrow_the_keyboard_is_in_the_first_field_as_well,
    moving_it_settles_the_change_and_the_keyboard_goes_on,
    enter_takes_the_item_that_was_searched_for,
    what_is_over_is_not_offered_any_more,
    another_item_is_handed_out_and_nothing_needs_anybody,
])
