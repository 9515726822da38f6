# SPDX-License-Identifier: EUPL-1.2
"""A real server for tests that drive the window, and a gate with TLS before it."""

import atexit
import contextlib
import http.client
import http.server
import json
import re
import ssl
import subprocess
import threading
import urllib.request
from pathlib import Path

CERTIFICATES = Path(__file__).parent.parent / "net" / "data"


class Server:
    """One municipality on a server of its own, which may be killed and started again."""

    def __init__(self, program, folder, office, unit="Allocation office"):
        self.program = program
        self.folder = folder / "data"
        self.port = "0"
        self.process = None
        self.command("tenant", "create", "testvik")
        self.command("tenant", "import", "testvik", *office.arguments())
        self.kari = self.add_account("kari", "Kari")
        self.siri = self.add_account("siri", "Siri")
        self.system = self.command("system", "add", "Heim", "--tenant", "testvik", "--unit", unit).strip()
        self.start()
        atexit.register(self.kill)

    def command(self, *words):
        return subprocess.run([self.program, *words, "--dir", str(self.folder)], check=True,
                              capture_output=True, text=True).stdout

    def add_account(self, name, user):
        """The one-time password."""
        answer = self.command("account", "add", name, "--tenant", "testvik", "--user", user)
        return re.findall(r"[A-Za-z0-9-]{12,}", answer)[-1]

    def start(self, *words):
        self.process = subprocess.Popen(
            [self.program, "run", "--dir", str(self.folder), "--listen", f"127.0.0.1:{self.port}", *words],
            stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        self.port = self.address.rsplit(":", 1)[1]

    def kill(self):
        self.process.kill()
        self.process.wait()


def serve(handler, certificate=None):
    """The address of a server of our own that answers as the handler does."""
    one = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    one.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(str(CERTIFICATES / certificate) + ".pem", str(CERTIFICATES / certificate) + ".key")
        one.socket = context.wrap_socket(one.socket, server_side=True)
    threading.Thread(target=one.serve_forever, daemon=True).start()
    return f"http{'s' if certificate else ''}://127.0.0.1:{one.server_port}"


class Gate(http.server.BaseHTTPRequestHandler):
    """Passes on what it is asked; once closed it holds back everything after the first page of a fetch."""

    protocol_version = "HTTP/1.1"
    port = None
    is_open = threading.Event()

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/v1/sync/pull" and not json.loads(body).get("first"):
            self.is_open.wait(60)
        server = http.client.HTTPConnection("127.0.0.1", self.port)
        headers = {name: text for name, text in self.headers.items() if name.lower() not in ("host", "connection")}
        server.request(self.command, self.path, body or None, headers)
        answer = server.getresponse()
        self.send_response(answer.status)
        for name in ("Content-Type", "Date", "Retry-After", "X-Request-Id"):
            if answer.getheader(name):
                self.send_header(name, answer.getheader(name))
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        # Either side may go away while it listens for news.
        with contextlib.suppress(OSError, http.client.HTTPException):
            while part := answer.read1():
                self.wfile.write(part)
                self.wfile.flush()

    do_GET = do_POST = pass_on

    def log_message(self, *_):
        pass


def ask(address, path, body=None, token=None):
    """What the server answers, as another program would ask it."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = "Bearer " + token
    request = urllib.request.Request(address + path, headers=headers,
                                     data=json.dumps(body).encode() if body is not None else None)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)
