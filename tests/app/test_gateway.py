# SPDX-License-Identifier: EUPL-1.2
"""A red alert that nobody has taken, from a real server to a gateway with TLS and to the leader's window; and the page
about the gateway, for a leader and for an administrator."""

import atexit
import http.server
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from server_driver import CERTIFICATES, serve
from window_driver import App, File, run, wait_for

FORLOP, FORLOPCTL, SERVER = sys.argv[1:4]
PASSWORD = "et eget langt passord 2026"
TODAY = ("--today", "2026-11-22")
TEXT = "Et rødt varsel venter i Forløp."
TELEPHONE = "400\u00a000\u00a0100"


class Gateway(http.server.BaseHTTPRequestHandler):
    """Takes down what it is sent, and answers as it is told to."""

    status = 503
    messages = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.messages.append((self.path, dict(self.headers), json.loads(body)))
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def server(*words):
    return subprocess.run([SERVER, *words, "--dir", str(data)], check=True, capture_output=True, text=True).stdout


class Machine(File):
    """A file of its own for a user of the municipality."""

    def __init__(self, name, user):
        self.forlopctl = FORLOPCTL
        self.path = folder / f"{name}.db"
        self.passphrase = office.passphrase
        self.name = name
        self.first = folder / f"{name}-first"
        self.first.write_text(
            re.findall(r"[A-Za-z0-9-]{12,}", server("account", "add", name, "--tenant", "skien", "--user", user))[-1] + "\n")

    def pair(self):
        self.run(*TODAY, "pair", address, "--tenant", "skien", "--user", self.name, "--password-file", str(self.first),
                 "--new-password-file", str(own))


def open_gateway_page(app):
    app.key("alt+7")
    row = wait_for("the page about the server", lambda: [
        node for node in app.find_all("list item") if node.name == "Server" or any(child.name == "Server" for child in node)][0])
    row.parent.querySelection().selectChild(row.getIndexInParent())
    app.press(app.find("button", "Message gateway…"))
    app.find("dialog", "Message gateway")


def close_gateway_page(app):
    app.key("Escape")
    app.gone("dialog", "Message gateway")


def the_gateway_gets_a_telephone_and_a_text_that_names_nobody(_):
    wait_for("the messages", lambda: Gateway.messages)
    for path, headers, message in Gateway.messages:
        assert path == "/messages"
        assert set(message) == {"id", "to", "text"}, message
        assert message["to"] == "40000100" and message["text"] == TEXT
        assert headers["Idempotency-Key"] == message["id"]
        assert headers["Authorization"] == "Bearer hemmelig"
    assert len({message["id"] for _, _, message in Gateway.messages}) == len(Gateway.messages)


def the_leader_has_a_task_about_it(app):
    app.find_like("Everything sent at ")
    app.key("alt+1")
    wait_for("the task", lambda: [node for node in app.find_all()
                                  if "A red alert has waited since" in node.name])


def the_leader_sees_where_messages_go_and_that_one_is_not_sent(app):
    open_gateway_page(app)
    app.find_like(f"Sent through 127.0.0.1, Every message reads: “{TEXT}”")
    app.find_like("Oppfølgingssenteret, " + TELEPHONE)
    app.find_like("A message is not sent yet. The server tries again by itself")
    app.find_like("Not sent yet, tried again: the gateway answered 503")
    assert not [node for node in app.find_all("button") if node.name.startswith(("Test", "Send a test"))]
    assert not [node for node in app.find_all() if "hemmelig" in node.name or "/messages" in node.name]
    close_gateway_page(app)


def an_administrator_sends_a_test_message(app):
    app.close()
    app.__dict__.update(App(FORLOP, *administrator.arguments(), *TODAY).__dict__)
    app.find_like("Everything sent at ")
    Gateway.status = 202
    before = len(Gateway.messages)
    open_gateway_page(app)
    app.press(wait_for("Test…", lambda: app.find_all("button", "Test…")[0]))
    app.find(name="Send a test message?")
    app.find_like("Send a test message to Sone Nord\n")
    app.press(app.find("button", "Send"))
    app.find_like(f"The gateway has taken the test message. Look that it comes to {TELEPHONE}.")
    app.find_like("Test message, taken by the gateway")
    assert len(Gateway.messages) == before + 1
    assert Gateway.messages[-1][2]["to"] == "40000100" and Gateway.messages[-1][2]["text"] == "Test: " + TEXT


def another_at_once_is_refused_in_words(app):
    before = len(Gateway.messages)
    app.press(app.find_all("button", "Test…")[0])
    app.press(app.find("button", "Send"))
    app.find_like("A test message was sent less than a minute ago.")
    app.find_like("Test message, taken by the gateway")
    assert len(Gateway.messages) == before
    close_gateway_page(app)


def the_command_line_says_the_same(_):
    status = leader.run(*TODAY, "gateway", "status")
    assert "127.0.0.1" in status and TEXT in status and "40000100" in status
    assert "Test message, taken by the gateway" in status
    assert "hemmelig" not in status and "/messages" not in status
    for words, sentence in ((("gateway", "test", "Ingen slik"), "is no unit that gets messages"),
                            (("gateway", "test"), "Say which unit"),
                            (("gateway", "test", "Oppfølgingssenteret"), "only an administrator tries it")):
        try:
            leader.run(*TODAY, *words)
        except AssertionError as refused:
            assert sentence in str(refused), refused
        else:
            raise AssertionError(f"{words} was not refused")


def without_the_server_the_page_says_so(app):
    process.kill()
    process.wait()
    open_gateway_page(app)
    app.find(name="The list did not come")
    app.find("button", "Try again")
    close_gateway_page(app)


home = tempfile.TemporaryDirectory()
folder = Path(home.name)
data = folder / "data"
settings = folder / "gateway"
settings.mkdir()
office = File(FORLOPCTL)
office.path = office.path.with_name("office.db")
office.run("demo", "create", *TODAY)
(settings / "token").write_text("hemmelig\n")
(settings / "token").chmod(0o600)
(settings / "skien.json").write_text(json.dumps({
    "url": serve(Gateway, "server") + "/messages", "ca_file": str(CERTIFICATES / "ca.pem"), "token_file": "token",
    "text": TEXT}))
server("tenant", "create", "skien")
server("tenant", "import", "skien", *office.arguments())
own = folder / "own"
own.write_text(PASSWORD + "\n")
leader, administrator = Machine("anne-lise", "Anne-Lise"), Machine("system", "System")
process = subprocess.Popen([SERVER, "run", "--dir", str(data), "--listen", "127.0.0.1:0", "--gateway", str(settings),
                            *TODAY], stdout=subprocess.PIPE, text=True)
atexit.register(process.kill)
address = process.stdout.readline().strip()
leader.pair()
administrator.pair()
run(App(FORLOP, *leader.arguments(), *TODAY), [
    the_gateway_gets_a_telephone_and_a_text_that_names_nobody,
    the_leader_has_a_task_about_it,
    the_leader_sees_where_messages_go_and_that_one_is_not_sent,
    an_administrator_sends_a_test_message,
    another_at_once_is_refused_in_words,
    the_command_line_says_the_same,
    without_the_server_the_page_says_so,
])
