# SPDX-License-Identifier: EUPL-1.2
"""A server with a certificate of the municipality's own authority, work before everything has come, and the list
of who has opened a record."""

import sys
import tempfile
from pathlib import Path

from file_dialog import choose_file
from server_driver import CERTIFICATES, Gate, Server, ask, serve
from window_driver import PASSPHRASE, App, File, has, pyatspi, run, wait_for

FORLOP, FORLOPCTL, SERVER = sys.argv[1:4]
PASSWORD = "et eget langt passord 2026"
AUTHORITY = "The municipality's own certificate authority"
STRANGER = "Whoever answers cannot show that it is the municipality's server"


def write(app, name, text):
    app.tab_to("text", name)
    app.key("ctrl+a")
    app.type(text)


def without_the_authority_nobody_is_believed(app):
    write(app, "Address of the server", ADDRESS)
    write(app, "The municipality's name on the server", "testvik")
    write(app, "User name", "siri")
    write(app, "Password", PASSWORD)
    write(app, "Passphrase", PASSPHRASE)
    write(app, "The same passphrase again", PASSPHRASE)
    app.key("Return")
    app.find_like(STRANGER)


def what_is_no_certificate_is_said_so(app):
    choose_file(app, AUTHORITY, CERTIFICATES / "server.key", opening=True)
    wait_for("why", lambda: [
        node for node in app.find_all() if node.name.startswith("There is no certificate in the file.")])


def the_wrong_authority_has_the_same_answer(app):
    choose_file(app, AUTHORITY, CERTIFICATES / "other.pem", opening=True)
    wait_for("whose it is", lambda: [
        node for node in app.find_all() if "Forlop test other" in node.name and "SHA-256: " in node.name])
    app.press(app.find("button", "Connect"))
    wait_for("the answer", lambda: has(app.find("button", "Connect"), pyatspi.STATE_SENSITIVE))
    app.find_like(STRANGER)
    assert not STORE.exists()


def with_the_right_one_work_begins_before_everything_has_come(app):
    choose_file(app, AUTHORITY, CERTIFICATES / "ca.pem", opening=True)
    wait_for("whose it is", lambda: [
        node for node in app.find_all() if "Forlop test ca" in node.name and "SHA-256: " in node.name])
    app.press(app.find("button", "Connect"))
    app.find("list item", "Citizens")
    for section in ("alt+1", "alt+3"):
        app.key(section)
        app.find_like("Not everything has come yet. What is missing shows by itself.")
    app.find_like("Anne Berg, ")


def work_as(app, function):
    app.press([button for button in app.find_all("toggle button") if button.name.startswith("I am Siri Vold, ")][0])
    row = app.find("list item", "Siri Vold, " + function)
    for _ in range(12):
        if ("list item", row.name) in app.focus():
            break
        before = app.focus()
        app.key("Down")
        wait_for("the keyboard to move", lambda before=before: app.focus() != before)
    app.key("Return")
    app.find("toggle button", "I am Siri Vold, " + function)


def a_list_that_has_not_come_does_not_say_that_nothing_waits(app):
    app.key("alt+1")
    work_as(app, "Welfare-technology coordinator, Equipment store")
    app.find("label", "Your list is still being fetched")
    assert not app.find_all("label", "Nothing is waiting for you")


def when_it_has_come_nothing_is_said_of_it(app):
    Gate.is_open.set()
    app.find_like("Everything sent at ")
    wait_for("the banner to go", lambda: not [
        node for node in app.find_all() if node.name.startswith("Not everything has come yet.")])
    app.find("label", "Nothing is waiting for you")
    work_as(app, "Caseworker, Allocation office")


def who_has_opened_the_record_is_saved_for_the_citizen(app):
    app.key("ctrl+k")
    app.find(name="Jump to citizen, case, item or act")
    app.type("Anne Berg")
    app.find_like("Anne Berg")
    app.key("Return")
    app.press(app.find("page tab", "Documents"))
    for name, beginning in (("list.txt", "Who has opened"), ("list.csv", "When;Who;Function;Unit;What")):
        path = Path(folder.name) / name
        choose_file(app, "Who has opened the record…", path)
        app.find_like("Saved. That the list was taken out is in the access log.")
        text = wait_for(name, lambda path=path: path.exists() and path.read_text("utf-8-sig"))
        assert text.startswith(beginning), text
        assert "Siri Vold" in text and "took out this list" in text, text


folder = tempfile.TemporaryDirectory()
STORE = Path(folder.name) / "own.db"
office = File(FORLOPCTL)
office.run("--as", "Kari:caseworker", "act", "register-referral", "--json",
           '{"given_name":"Anne","family_name":"Berg","source":"gp","channel":"e_message",'
           '"received_on":"2026-01-12","reason":"Hjertesvikt"}')
office.run("--as", "Kari:administrator", "act", "save-user", "--json",
           '{"name":"Siri Vold","short_name":"Siri"}')
office.run("--as", "Kari:administrator", "act", "save-membership", "--json",
           '{"user_id":"Siri","role":"caseworker","unit_id":"Allocation office"}')
office.run("--as", "Kari:administrator", "act", "save-membership", "--json",
           '{"user_id":"Siri","role":"coordinator","unit_id":"Equipment store"}')
server = Server(SERVER, Path(folder.name), office)
token = ask(server.address, "/v1/auth/sign-in", {
    "tenant": "testvik", "name": "siri", "password": server.siri,
    "device": {"id": "019d0a42-2400-7000-8000-00000000000d", "name": "Kontor"}})["access_token"]
ask(server.address, "/v1/auth/password", {"old": server.siri, "new": PASSWORD}, token)
Gate.port = int(server.port)
ADDRESS = serve(Gate, "server")
run(App(FORLOP, "--store", str(STORE)), [
    without_the_authority_nobody_is_believed,
    what_is_no_certificate_is_said_so,
    the_wrong_authority_has_the_same_answer,
    with_the_right_one_work_begins_before_everything_has_come,
    a_list_that_has_not_come_does_not_say_that_nothing_waits,
    when_it_has_come_nothing_is_said_of_it,
    who_has_opened_the_record_is_saved_for_the_citizen,
])
