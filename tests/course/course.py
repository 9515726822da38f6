# SPDX-License-Identifier: EUPL-1.2
"""A course told as acts: read from a file, done on the command line, and its records compared."""

import json
import os
import re
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
PASSPHRASE = "en lang setning bare for prøven"


class Refused(Exception):
    """An act or command was refused; the message is what the user would read."""


def read(name):
    """The steps of a course: dicts with role, act, arguments, and perhaps save or refused; "who" does it
    where that is not Kari, and a step that needs others than her is "together"."""
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def read_alone(name):
    """The same course as Kari goes through it alone."""
    return [{key: value for key, value in step.items() if key != "who"}
            for step in read(name) if not step.get("together")]


class Municipality:
    """A new file with one user who has every role, on a fixed day."""

    def __init__(self, folder, today):
        self.store = str(Path(folder) / "course.forlop")
        self.passphrase = str(Path(folder) / "passphrase")
        self.words = [os.environ["FORLOPCTL"], "--store", self.store, "--passphrase-file",
                      self.passphrase, "--today", today]
        self.env = {**os.environ, "LC_ALL": "C.UTF-8"}
        self.acting = None
        Path(self.passphrase).write_text(PASSPHRASE + "\n", encoding="utf-8")
        self.run("init", "--user-name", "Kari Nes", "--short-name", "Kari",
                 "--municipality", "Fjordvik")

    def run(self, *words):
        """Runs forlopctl and returns what it printed."""
        self.leave()
        done = subprocess.run([*self.words, *words], capture_output=True, text=True, check=False,
                              env=self.env)
        if done.returncode != 0:
            raise Refused(done.stderr.strip())
        return done.stdout

    def act(self, role, act, arguments, who="Kari"):
        """Does one act and returns its result; the file stays open for the next."""
        if self.acting is None:
            self.acting = subprocess.Popen([*self.words, "act", "--from", "-"], text=True,
                                           stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                           stderr=subprocess.PIPE, env=self.env)
        line = {"act": act, "as": f"{who}:{role}", "arguments": arguments}
        self.acting.stdin.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.acting.stdin.flush()
        answer = self.acting.stdout.readline()
        return json.loads(answer) if answer else self.leave()

    def leave(self):
        """Ends what does the acts, and with it the hold on the file."""
        if self.acting is None:
            return
        acting, self.acting = self.acting, None
        _, sentence = acting.communicate()
        if acting.returncode != 0:
            raise Refused(sentence.strip())

    def case(self, case_id):
        """Everything recorded about a case."""
        return json.loads(self.run("case", "show", case_id, "--json"))

    def do(self, steps, known=None):
        """Does every step, and returns what the names in them came to stand for; @known does so already."""
        known = dict(known or {})
        for step in steps:
            arguments = {key: spoken_of(value, known) for key, value in step["arguments"].items()}
            if "refused" in step:
                self._refused(step, arguments)
                continue
            if "command" in step:
                self.run("--as", f"{step.get('who', 'Kari')}:{step['role']}", *(spoken_of(word, known) for word in step["command"]))
                continue
            result = self.act(step["role"], step["act"], arguments, step.get("who", "Kari"))
            if "save" in step:
                known[step["save"]] = made(step, result)
        self.leave()
        return known

    def _refused(self, step, arguments):
        try:
            self.act(step["role"], step["act"], arguments)
        except Refused as error:
            assert step["refused"] in str(error), error
            return
        raise AssertionError(f"{step['act']} was not refused")


def spoken_of(value, known):
    """The value with what the names in it came to stand for."""
    if not isinstance(value, str):
        return value
    return re.sub(r"\$([\w-]+)", lambda name: known[name[1]], value)


def made(step, result):
    """What the next steps speak of: a referral makes a case, and a reading outside the limits an
    alert."""
    if step["act"] in ("register-referral", "resume-service"):
        return result["case_id"]
    if step["save"] == "alert":
        return next(record["id"] for record in result["made"] if record["type"] == "alert")
    return result["subject_id"]


# Ids, tags and the moments at which the machine wrote something differ from one telling of a
# course to the next; so does who is who.
TELLING = {"id", "written_at", "handled_at", "taken_at", "received_at", "raised_at", "offered_at",
           "answered_at", "at", "number", "opened_on", "office_done_on", "completed_on",
           "started_on", "superseded_at", "decided_at", "done_at", "content", "covers_until",
           "added_at"}


def essence(records):
    """What is recorded, without what differs between two tellings: type to sorted contents."""
    found = {}
    for kind, rows in records.items():
        found[kind] = sorted(
            json.dumps({key: value for key, value in row.items()
                        if key not in TELLING and not is_reference(key, value)},
                       ensure_ascii=False, sort_keys=True)
            for row in rows)
    return found


def is_reference(key, value):
    """Whether the value is the id of a record."""
    return (key.endswith("_id") or key.endswith("_by")) and isinstance(value, str) and \
        len(value) == 36
