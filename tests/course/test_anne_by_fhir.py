# SPDX-License-Identifier: EUPL-1.2
"""Anne's course with the readings of January to April sent to the server by FHIR, as her equipment's platform sends
them, and everything else by `forlopctl act`: before on the municipality's own file, afterwards on a machine of Kari's and
one of Ida's, who gets a task from the weekly meeting and the shift from her."""

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
from itertools import groupby
from pathlib import Path

import course
from test_anne_by_commands import TODAY, check, check_together, states

NEXT_DAY = "2023-05-03"
TENANT = "fjordvik"
PASSWORD = "fire ord og et fjell"
ID_NUMBER = "15872949884"
CODES = {"spo2": ("2708-6", "%"), "systolic": ("8480-6", "mm[Hg]")}


class Server:
    """The municipality on a server of its own."""

    def __init__(self, folder, municipality):
        self.where = ["--dir", str(Path(folder) / "server"), "--today", NEXT_DAY]
        self.words = [os.environ["FORLOP_SERVER"]]
        municipality.leave()
        self.command("tenant", "create", TENANT)
        self.command("tenant", "import", TENANT, "--store", municipality.store,
                     "--passphrase-file", municipality.passphrase)
        self.first_passwords = {user: self.invite(user) for user in ("Kari", "Ida")}
        self.token = self.command("system", "add", "Heim", "--tenant", TENANT,
                                  "--unit", "Home care zone 1").strip()
        self.process = subprocess.Popen([*self.words, "run", *self.where, "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()

    def invite(self, user):
        """The first password of a user."""
        said = self.command("account", "add", user.lower(), "--tenant", TENANT, "--user", user)
        return re.findall(r"[A-Za-z0-9-]{12,}", said)[-1]

    def command(self, *words):
        """Runs forlop-server and returns what it printed."""
        done = subprocess.run([*self.words, *words, *self.where], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def post(self, path, resource):
        """Sends a resource as the platform; status and answer."""
        connection = http.client.HTTPConnection(self.address.rsplit("/", 1)[-1], timeout=60)
        connection.request("POST", path, json.dumps(resource).encode(),
                           {"Authorization": f"Bearer {self.token}", "Content-Type": "application/fhir+json"})
        reply = connection.getresponse()
        answer = json.loads(reply.read())
        connection.close()
        return reply.status, answer

    def stop(self):
        """Ends it in order."""
        self.process.terminate()
        assert self.process.wait(40) == 0


class Machine(course.Municipality):
    """A user's machine: a file of its own that has the server's log."""

    def __init__(self, folder, server, first, user):
        self.words = [os.environ["FORLOPCTL"], "--store", str(Path(folder) / f"{user}.forlop"), "--passphrase-file",
                      first.passphrase, "--today", NEXT_DAY]
        self.env = first.env
        self.acting = None
        files = {}
        for name, text in (("first", server.first_passwords[user]), ("password", PASSWORD)):
            files[name] = Path(folder) / f"{user}-{name}"
            files[name].write_text(text + "\n", encoding="utf-8")
            files[name].chmod(0o600)
        self.run("pair", server.address, "--tenant", TENANT, "--user", user.lower(), "--password-file",
                 str(files["first"]), "--new-password-file", str(files["password"]))


def observation(arguments):
    """The resource that a platform makes of a reading."""
    code, unit = CODES[arguments["code"]]
    return {
        "resourceType": "Observation", "status": "final",
        "identifier": [{"system": "urn:heim", "value": arguments["measured_at"]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "subject": {"identifier": {"system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": ID_NUMBER}},
        "effectiveDateTime": arguments["measured_at"] + ":00",
        "valueQuantity": {"value": arguments["value"], "unit": unit, "code": unit},
    }


def send(server, readings):
    """The first half one by one, the rest as a collection, and then all of it again."""
    half = len(readings) // 2
    for reading in readings[:half]:
        status, answer = server.post("/fhir/Observation", reading)
        assert status == 201, answer
    rest = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in readings[half:]]}
    status, answer = server.post("/fhir", rest)
    assert status == 200, answer
    assert {entry["response"]["status"] for entry in answer["entry"]} == {"201 Created"}, answer
    whole = {"resourceType": "Bundle", "type": "batch", "entry": [{"resource": each} for each in readings]}
    status, answer = server.post("/fhir", whole)
    assert status == 200, answer
    assert {entry["response"]["status"] for entry in answer["entry"]} == {"200 OK"}, answer


def handle(machine, case_id, arguments):
    """Each alert but the last red one is called about, as the course tells it; that one's id."""
    alerts = machine.case(case_id)["records"]["alert"]
    assert states(alerts) == {"new": 41}, states(alerts)
    assert states(alerts, "severity") == {"yellow": 21, "red": 20}, states(alerts, "severity")
    left = [alert["id"] for alert in alerts if alert["severity"] == "red"][-1]
    for alert in alerts:
        if alert["id"] != left:
            machine.act("resource_person", "handle-alert", {**arguments, "alert_id": alert["id"]})
    machine.leave()
    return left


def work_together(machines, steps, known):
    """The meeting, the summary and the shift: each step on the machine of who does it, with the server between."""
    for who, part in groupby(steps, key=lambda step: step.get("who", "Kari")):
        known = machines[who].do(part, known)
        for machine in machines[who], *(other for name, other in machines.items() if name != who):
            machine.run("sync-once")
    return known


def main():
    steps = course.read("anne")
    first = min(i for i, step in enumerate(steps) if step["act"] == "record-measurement")
    last = max(i for i, step in enumerate(steps) if step["act"] == "handle-alert")
    back = max(i for i, step in enumerate(steps) if step["act"] == "return-item")
    readings = [observation(step["arguments"]) for step in steps if step["act"] == "record-measurement"]
    together = [step for step in steps[first:last] if step.get("together") or "who" in step]
    print("1..4")
    with tempfile.TemporaryDirectory(prefix="forlop-anne-") as folder:
        municipality = course.Municipality(folder, TODAY)
        known = municipality.do(steps[:first])
        server = Server(folder, municipality)
        try:
            send(server, readings)
            machine = Machine(folder, server, municipality, "Kari")
            known["alert"] = handle(machine, known["case"], steps[last]["arguments"])
            machine.run("sync-once")
            print("ok 1 /anne-fhir/the-readings-give-21-yellow-and-20-red-once-each")
            ida = Machine(folder, server, municipality, "Ida")
            known = work_together({"Kari": machine, "Ida": ida}, together, known)
            check_together(machine.case(known["case"])["records"], known)
            print("ok 2 /anne-fhir/a-meeting-a-summary-and-a-shift-on-two-machines")
            # What is returned counts when the server has confirmed it.
            for part in steps[last + 1:back + 1], steps[back + 1:]:
                known = machine.do(part, known)
                machine.run("sync-once")
            check(machine.case(known["case"]), machine.case(known["resumed"]))
            print("ok 3 /anne-fhir/each-is-handled-and-the-course-ends-as-by-commands")
            machine.run("check")
            ida.run("check")
            print("ok 4 /anne-fhir/the-files-are-sound-afterwards")
        finally:
            server.stop()


if __name__ == "__main__":
    try:
        main()
    except (AssertionError, course.Refused) as error:
        print(f"not ok - {error}")
        sys.exit(1)
