# SPDX-License-Identifier: EUPL-1.2
"""Two windows, each on a file of its own, and one real server between them."""

import atexit
import datetime
import http.server
import json
import tempfile
import urllib.request
from pathlib import Path

from machine_driver import (FORLOP, FORLOPCTL, PASSWORD, SERVER, Machine, everything_is_sent, has_note, open_anne,
                            other_machine, press_row, sign_in_with, unlock, write_in_search, write_note)
from server_driver import Server, ask, serve
from window_driver import PASSPHRASE, App, File, run, wait_for


def both_open_and_everything_is_sent(one):
    everything_is_sent(one)
    everything_is_sent(two)


def what_is_written_in_one_window_comes_to_the_other_by_itself(one):
    open_anne(one)
    open_anne(two)
    write_note(one, "Ringte datteren")
    has_note(one, "Ringte datteren")
    has_note(two, "Ringte datteren")
    everything_is_sent(one)


def without_the_server_work_goes_on_and_says_so(one):
    server.kill()
    write_note(two, "Skrevet uten tjener")
    two.take_keyboard()
    two.key("ctrl+l")
    wait_for("the lock", lambda: not two.find_all("list", "Sections"))
    write_note(one, "Kommer i morgen")
    has_note(one, "Kommer i morgen")
    one.find_like("No contact with the server since ")


def when_it_is_back_everything_is_sent_by_itself(one):
    server.start()
    wait_for("everything to be sent", lambda: [
        node for node in one.find_all("label") if node.name.startswith("Everything sent at ")], 60)


def what_waits_is_sent_behind_the_lock(one):
    """The other window has been locked since before the server was back."""
    has_note(one, "Skrevet uten tjener", 60)
    assert not two.find_all("list", "Sections")
    unlock(two)
    has_note(two, "Kommer i morgen", 60)


def who_signs_out_is_told_and_works_on(one):
    one.take_keyboard()
    one.key("ctrl+y")
    one.find("button", "Synchronise now")
    one.key("alt+7")
    row = wait_for("the page about the server", lambda: [
        node for node in one.find_all("list item") if node.name == "Server"
        or any(child.name == "Server" for child in node)][0])
    row.parent.querySelection().selectChild(row.getIndexInParent())
    one.press(one.find("button", "Sign out"))
    one.find_like("You are signed out of the server.")


def a_lost_machine_is_blocked_and_let_in_again(one):
    everything_is_sent(one)
    one.key("alt+7")
    row = wait_for("the page about the server", lambda: [
        node for node in one.find_all("list item") if node.name == "Server"
        or any(child.name == "Server" for child in node)][0])
    row.parent.querySelection().selectChild(row.getIndexInParent())
    one.press(one.find("button", "Machines…"))
    one.find("dialog", "Machines")
    one.find_like("This machine · Kari Nes")
    one.press(one.find("button", "Block…"))
    one.press(one.find("button", "Block"))
    one.find_like("The machine is blocked.")
    one.press(one.find("button", "Let in"))
    one.find_like("The machine may sync again.")
    one.key("Escape")
    one.gone("dialog", "Machines")


def a_press_on_the_foot_asks_for_the_password(one):
    one.key("ctrl+y")
    sign_in_with(one, "feil passord")
    one.find_like("The municipality, the user name or the password is wrong.")
    one.key("ctrl+a")
    sign_in_with(one, PASSWORD)
    one.gone("dialog", "Sign in")
    everything_is_sent(one)


def fill(app, *texts):
    """Types the texts into the rows that follow each other."""
    for text in texts:
        app.type(text)
        app.key("Tab")


def write_all(app, address, password):
    wait_for("the keyboard", lambda: app.focus() and app.focus()[0][1] == "Address of the server")
    fill(app, address, "testvik", "kari", password)
    app.key("Tab")
    app.key("Tab")
    fill(app, PASSPHRASE)
    app.key("Tab")
    app.type(PASSPHRASE)
    app.key("Return")


def the_first_start_says_what_is_wrong(one):
    one.close()
    one.__dict__.update(App(FORLOP, "--store", str(Path(folder.name) / "third.db")).__dict__)
    write_all(one, "http://127.0.0.1:1", "feil passord")
    one.find_like("The server cannot be reached.")
    assert not (Path(folder.name) / "third.db").exists()


class Impostor(http.server.BaseHTTPRequestHandler):
    """Answers every greeting as it is told to."""

    greeting = {}

    def do_GET(self):
        body = json.dumps(self.greeting).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def impostor(greeting, certificate=None):
    """The address of something that is not the municipality's server."""
    return serve(type("Greeter", (Impostor,), {"greeting": greeting}), certificate)


def now(hours=0):
    at = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=hours)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def each_server_that_is_not_ours_has_its_own_sentence(one):
    for address, sentence in (
            (impostor({"server_time": now(), "schema": {"oldest": 99, "newest": 99}}),
             "This version of Forløp is too old for the server."),
            (impostor({"server_time": now(-5)}), "The clock of this machine is 5 h fast."),
            (impostor({"server_time": now(3)}), "The clock of this machine is 3 h slow."),
            (impostor({"server_time": now(-240)}), "The clock of this machine is 10 days fast."),
            (impostor({"hello": "world"}), "What answers there is not a server for Forløp."),
            (impostor({}, "server"), "Whoever answers cannot show that it is the municipality's server")):
        one.tab_to("text", "Address of the server")
        one.key("ctrl+a")
        one.type(address)
        one.key("Return")
        one.find_like(sentence)
    one.tab_to("text", "Address of the server")


def the_first_start_connects_and_changes_a_first_password(one):
    one.key("ctrl+a")
    one.type(server.address)
    one.tab_to("text", "The municipality's name on the server")
    fill(one, "testvik", "siri")
    one.key("ctrl+a")
    one.type(server.siri)
    one.key("Return")
    one.find_like("The password was for one time.")
    wait_for("the keyboard", lambda: one.focus() and one.focus()[0][1] == "New password")
    fill(one, PASSWORD)
    one.key("Tab")
    one.type(PASSWORD)
    one.key("Return")
    one.find_like("Today")
    everything_is_sent(one)
    one.find_like("I am Siri Vold, ")


def who_is_not_here_is_found_on_the_server_and_taken_up(one):
    one.key("alt+3")
    one.tab_to("entry", "Search for citizens")
    one.type("Fjell")
    one.press(one.find("button", "Look on the server"))
    press_row(one, "Fjell, Odd")
    one.press(one.find("button", "Take the citizen up"))
    one.find_like("Write why, in at least ten characters.")
    one.type("Henvist fra sykehuset")
    one.press(one.find("button", "Take the citizen up"))
    one.gone("dialog", "Somebody who is not here")
    one.find("list", "Time line")
    one.find_like("Odd Fjell")


def who_is_not_here_is_opened_in_an_emergency(one):
    write_in_search(one, "Haug")
    one.press(one.find("button", "Look on the server"))
    press_row(one, "Haug, Per")
    one.find("button", "Take the citizen up")
    one.type("Funnet uten bevissthet")
    one.press(one.find("button", "Emergency access"))
    one.gone("dialog", "Somebody who is not here")
    one.find("list", "Time line")
    one.find_like("Per Haug")


def who_loses_an_open_record_is_told_and_has_the_keyboard(one):
    """The citizen wants the office kept from the record while it is open there."""
    write_in_search(one, "Fjell")
    press_row(one, "Odd Fjell, born")
    one.find("list", "Time line")
    first.run("--as", "Kari:resource_person", "act", "block-record", "--json",
              '{"citizen_id":"12835430098","unit_id":"Allocation office","reason":"Innbyggeren ønsker det"}')
    first.run("sync-once")
    one.find(name="Not on this machine")
    assert not [node for node in one.find_all() if "Fjell" in node.name]
    wait_for("the keyboard", lambda: ("button", "Look on the server") in one.focus())
    one.key("Return")
    one.find("dialog", "Somebody who is not here")


def who_has_blocked_me_is_not_found_by_name(one):
    wait_for("the keyboard", lambda: ("text", "Name, date of birth or identity number") in one.focus())
    one.type("Fjell")
    one.key("Return")
    one.find_like("The server found nobody.")
    one.key("Escape")
    one.gone("dialog", "Somebody who is not here")


def the_whole_number_finds_who_has_blocked_me_for_an_emergency(one):
    one.key("ctrl+k")
    one.find(name="Jump to citizen, case, item or act")
    one.type("128354 30098")
    one.find_like("Look on the server, Nobody here has this identity number")
    one.key("Return")
    one.find("label", "12.03.1954 · Blocked for you")
    press_row(one, "Fjell, Odd")
    one.find_like("The citizen has asked that you do not see this record.")
    assert not one.find_all("button", "Take the citizen up")
    one.type("Funnet uten bevissthet")
    one.tab_to("button", "Emergency access")
    one.key("Return")
    one.gone("dialog", "Somebody who is not here")
    one.find("list", "Time line")
    one.find_like("Odd Fjell")


def send(observation):
    """As a supplier's system does."""
    request = urllib.request.Request(server.address + "/fhir/Observation", json.dumps(observation).encode(), {
        "Authorization": "Bearer " + server.system, "Content-Type": "application/fhir+json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.status


def what_a_system_sends_and_nobody_knows_comes_to_the_window_and_is_placed(one):
    one.key("alt+2")
    assert send({
        "resourceType": "Observation", "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "2708-6"}]},
        "subject": {"identifier": {"system": "urn:heim", "value": "4711"}},
        "effectiveDateTime": now(),
        "valueQuantity": {"value": 97, "unit": "%"}}) == 202
    one.press(one.find("radio button", "Unknown 1"))
    one.find_like("SpO₂ 97 %, The citizen is not known here · ")
    one.press(one.find("button", "Place…"))
    one.find("dialog", "Place unknown measurement")
    one.key("ctrl+Return")
    one.gone("dialog", "Place unknown measurement")
    one.gone("radio button", "Unknown 1")


def what_was_lost_is_emptied(one):
    """Kari has lost the second machine and says so on another one."""
    token = ask(server.address, "/v1/auth/sign-in", {
        "tenant": "testvik", "name": "kari", "password": PASSWORD,
        "device": {"id": "019d0a42-2400-7000-8000-00000000000d", "name": "Kontor"}})["access_token"]
    devices = [device for device in ask(server.address, "/v1/devices", token=token)["devices"] if "registered_at" in device]
    lost = sorted(devices, key=lambda device: device["registered_at"])[1]["id"]
    ask(server.address, "/v1/devices/state", {"id": lost, "state": "wiped"}, token)
    # It listens again after a while; somebody who is there need not wait.
    two.press([button for button in two.find_all("button") if " sent at " in button.name or "No contact" in button.name][0])
    two.press(two.find("button", "Synchronise now"))
    two.find(name="This machine was emptied")
    assert not two.find_all("list", "Sections")
    for suffix in ("", ".key", "-wal", ".blobs"):
        path = second.path.with_name(second.path.name + suffix)
        wait_for(f"{path.name} to go", lambda: not path.exists())
    one.find("list", "Sections")


folder = tempfile.TemporaryDirectory()
office = File(FORLOPCTL)
office.run("--as", "Kari:caseworker", "act", "register-referral", "--json",
           '{"given_name":"Anne","family_name":"Berg","source":"gp","channel":"e_message",'
           '"received_on":"2026-01-12","reason":"Hjertesvikt"}')
office.run("--as", "Kari:administrator", "act", "save-user", "--json",
           '{"name":"Siri Vold","short_name":"Siri"}')
office.run("--as", "Kari:administrator", "act", "save-membership", "--json",
           '{"user_id":"Siri","role":"caseworker","unit_id":"Allocation office"}')
office.run("--as", "Kari:resource_person", "act", "register-citizen", "--json",
           '{"given_name":"Odd","family_name":"Fjell","id_number":"12835430098","unit_id":"Home care zone 1"}')
office.run("--as", "Kari:resource_person", "act", "register-citizen", "--json",
           '{"given_name":"Per","family_name":"Haug","unit_id":"Home care zone 1"}')
(Path(folder.name) / "passphrase").write_text(office.passphrase.read_text())
server = Server(SERVER, Path(folder.name), office)
first = Machine(Path(folder.name), "one.db", server, server.kari)
second = Machine(Path(folder.name), "two.db", server)
two = other_machine("--store", str(second.path))
atexit.register(two.close)
unlock(two)
run(App(FORLOP, *first.arguments()), [
    both_open_and_everything_is_sent,
    what_is_written_in_one_window_comes_to_the_other_by_itself,
    without_the_server_work_goes_on_and_says_so,
    when_it_is_back_everything_is_sent_by_itself,
    what_waits_is_sent_behind_the_lock,
    who_signs_out_is_told_and_works_on,
    a_press_on_the_foot_asks_for_the_password,
    a_lost_machine_is_blocked_and_let_in_again,
    the_first_start_says_what_is_wrong,
    each_server_that_is_not_ours_has_its_own_sentence,
    the_first_start_connects_and_changes_a_first_password,
    who_is_not_here_is_found_on_the_server_and_taken_up,
    who_is_not_here_is_opened_in_an_emergency,
    who_loses_an_open_record_is_told_and_has_the_keyboard,
    who_has_blocked_me_is_not_found_by_name,
    the_whole_number_finds_who_has_blocked_me_for_an_emergency,
    what_a_system_sends_and_nobody_knows_comes_to_the_window_and_is_placed,
    what_was_lost_is_emptied,
])
