# SPDX-License-Identifier: EUPL-1.2
"""A window, a real server and a certified provider of sign-ins: the person signs in in the browser."""

import atexit
import html
import http.cookiejar
import json
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

from window_driver import PASSPHRASE, App, File, has, pyatspi, run, wait_for

FORLOP, FORLOPCTL, SERVER, PROVIDER = sys.argv[1:5]
SUBJECT = "248289761001"


def start(*words):
    """A program that prints its address first and ends with the test."""
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)
    atexit.register(process.wait)
    atexit.register(process.kill)
    return process.stdout.readline().strip()


def server_command(*words):
    return subprocess.run([SERVER, *words], check=True, capture_output=True, text=True).stdout


def start_provider(settings):
    keys = json.loads(server_command("openid", "key", str(settings / "testvik.jwk")))
    issuer = start("node", PROVIDER, json.dumps([{
        "client_id": "forlop-testvik", "jwks": keys, "id_token_signed_response_alg": "ES256",
        "token_endpoint_auth_signing_alg": "ES256"}]))
    (settings / "testvik.json").write_text(json.dumps(
        {"issuer": issuer, "client_id": "forlop-testvik", "key_file": "testvik.jwk"}))
    return issuer


def start_server(issuer, settings, data, office):
    where = ["--dir", str(data)]
    server_command("tenant", "create", "testvik", *where)
    server_command("tenant", "import", "testvik", *office.arguments(), *where)
    server_command("account", "link", "siri", "--tenant", "testvik", "--user", "Siri",
                   "--issuer", issuer, "--subject", SUBJECT, *where)
    return start(SERVER, "run", *where, "--openid", str(settings), "--listen", "127.0.0.1:0")


class Home:
    """Settings of a desktop whose browser writes down where it was sent."""

    def __init__(self, path):
        self.name = str(path)
        self.sent = path / "sent"
        script = path / "browser"
        script.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {self.sent}.part\nmv {self.sent}.part {self.sent}\n')
        script.chmod(0o755)
        (path / "applications").mkdir()
        (path / "applications" / "test-browser.desktop").write_text(
            f"[Desktop Entry]\nType=Application\nName=Test browser\nExec={script} %u\n"
            "MimeType=x-scheme-handler/http;x-scheme-handler/https;\n")
        (path / "mimeapps.list").write_text(
            "[Default Applications]\nx-scheme-handler/http=test-browser.desktop\n")

    def address(self):
        address = wait_for("the browser to be sent somewhere",
                           lambda: self.sent.exists() and self.sent.read_text())
        self.sent.unlink()
        return address


def browse(address, subject):
    """Follows the provider's forms until the browser is back at the window; the page it shows there."""
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    answer = opener.open(address, timeout=20)
    for _ in range(5):
        page = answer.read().decode()
        form = re.search(r"<form.*?</form>", page, re.S)
        if form is None:
            return page
        fields = {"login": subject, "password": "anything"}
        for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form[0]):
            fields[name] = html.unescape(value)
        action = urllib.parse.urljoin(answer.geturl(), re.search(r'action="([^"]*)"', form[0])[1])
        answer = opener.open(action, urllib.parse.urlencode(fields).encode(), timeout=20)
    raise AssertionError("the provider asks for ever")


def tab_to(app, name):
    for _ in range(20):
        if app.focus() and app.focus()[0][1] == name:
            return
        before = app.focus()
        app.key("Tab")
        wait_for("the keyboard to move", lambda: app.focus() != before)
    raise AssertionError(f"no way to {name} by keyboard")


def write_all(app):
    wait_for("the keyboard", lambda: app.focus() and app.focus()[0][1] == "Address of the server")
    app.type(ADDRESS)
    app.key("Tab")
    app.type("testvik")
    tab_to(app, "Sign in by browser")
    app.key("space")
    app.gone(name="User name")
    tab_to(app, "Passphrase")
    app.type(PASSPHRASE)
    tab_to(app, "The same passphrase again")
    app.type(PASSPHRASE)
    app.key("Return")


def the_wait_for_the_browser_can_be_ended(app):
    write_all(app)
    app.find_like("The browser opens: sign in there.")
    home.address()
    app.press(app.find("button", "Cancel"))
    app.gone("button", "Cancel")
    wait_for("the file to go", lambda: not STORE.exists())


def who_is_not_linked_is_told_the_number(app):
    app.press(app.find("button", "Connect"))
    assert "Go back to Forløp" in browse(home.address(), "70")
    sentence = app.find_like("You signed in, but no user of the municipality is linked to that")
    assert sentence.name.endswith(" 70.")
    assert not STORE.exists()


def the_first_start_connects_by_browser(app):
    app.press(app.find("button", "Connect"))
    assert "Go back to Forløp" in browse(home.address(), SUBJECT)
    app.find("list item", "Today")
    wait_for("everything to be sent", lambda: [
        node for node in app.find_all() if node.name.startswith("Everything sent at")])


def server_page(app):
    app.key("alt+7")
    row = wait_for("the page about the server", lambda: [
        node for node in app.find_all("list item") if node.name == "Server"
        or any(child.name == "Server" for child in node)][0])
    row.parent.querySelection().selectChild(row.getIndexInParent())


def an_administrator_unlinks_and_links(app):
    """Siri is the one; she stays signed in until the session ends."""
    server_page(app)
    app.press(app.find("button", "Who signs in…"))
    app.find_like("Siri Vold, siri · Signs in by browser")
    tab_to(app, "Unlink")
    app.key("Return")
    app.find_like("Unlinked. Who is signed in stays so until the session ends.")
    wait_for("the keyboard in the row", lambda: app.focus() == [
        ("list item", "Siri Vold, siri · Neither linked nor with a password that is good")])
    tab_to(app, "Link…")
    app.key("Return")
    app.find_like("Link Siri Vold\n")
    wait_for("the keyboard", lambda: app.focus() and app.focus()[0][1].startswith("The person's number"))
    app.key("Return")
    assert not has(app.find("button", "Link"), pyatspi.STATE_SENSITIVE)
    app.type(SUBJECT)
    app.key("Return")
    app.find_like("Linked. The person signs in by browser from now on.")
    app.find_like("Siri Vold, siri · Signs in by browser")
    app.key("Escape")
    app.gone("dialog", "Who signs in")


def who_signed_out_signs_in_by_browser_again(app):
    app.key("ctrl+y")
    server_page(app)
    app.press(app.find("button", "Sign out"))
    app.find_like("You are signed out of the server.")
    app.key("ctrl+y")
    app.find("dialog", "Sign in")
    app.gone(name="User name")
    app.press(app.find("button", "Sign in"))
    assert "Go back to Forløp" in browse(home.address(), SUBJECT)
    app.gone("dialog", "Sign in")


folder = tempfile.TemporaryDirectory()
base = Path(folder.name)
office = File(FORLOPCTL)
office.run("--as", "Kari:administrator", "act", "save-user", "--json",
           '{"name":"Siri Vold","short_name":"Siri"}')
office.run("--as", "Kari:administrator", "act", "save-membership", "--json",
           '{"user_id":"Siri","role":"administrator","unit_id":"Allocation office"}')
for part in ("settings", "home"):
    (base / part).mkdir()
ADDRESS = start_server(start_provider(base / "settings"), base / "settings", base / "data", office)
STORE = base / "new.db"
home = Home(base / "home")
run(App(FORLOP, "--store", str(STORE), home=home), [
    the_wait_for_the_browser_can_be_ended,
    who_is_not_linked_is_told_the_number,
    the_first_start_connects_by_browser,
    an_administrator_unlinks_and_links,
    who_signed_out_signs_in_by_browser_again,
])
