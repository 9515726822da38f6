# SPDX-License-Identifier: EUPL-1.2
"""Anne's course with the readings of January to April sent to the server by FHIR, as her equipment's platform sends
them, and everything else by `forlopctl act`: before on the municipality's own file, afterwards on a machine of Kari's."""

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import course
from test_anne_by_commands import TODAY, check, states

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
        said = self.command("account", "add", "kari", "--tenant", TENANT, "--user", "Kari")
        self.first_password = re.findall(r"[A-Za-z0-9-]{12,}", said)[-1]
        self.token = self.command("system", "add", "Heim", "--tenant", TENANT,
                                  "--unit", "Home care zone 1").strip()
        self.process = subprocess.Popen([*self.words, "run", *self.where, "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()

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
    """Kari's machine: a file of its own that has the server's log."""

    def __init__(self, folder, server, first):
        self.words = [os.environ["FORLOPCTL"], "--store", str(Path(folder) / "kari.forlop"), "--passphrase-file",
                      first.passphrase, "--today", NEXT_DAY]
        self.env = first.env
        self.acting = None
        files = {}
        for name, text in (("first", server.first_password), ("password", PASSWORD)):
            files[name] = Path(folder) / name
            files[name].write_text(text + "\n", encoding="utf-8")
            files[name].chmod(0o600)
        self.run("pair", server.address, "--tenant", TENANT, "--user", "kari", "--password-file",
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
    """Each alert is called about, as the course tells it."""
    alerts = machine.case(case_id)["records"]["alert"]
    assert states(alerts) == {"new": 41}, states(alerts)
    assert states(alerts, "severity") == {"yellow": 21, "red": 20}, states(alerts, "severity")
    for alert in alerts:
        machine.act("resource_person", "handle-alert", {**arguments, "alert_id": alert["id"]})
    machine.leave()


def go_on(machine, steps, known):
    """The steps after the readings, with the names that were learnt before."""
    again = machine.do([{**step, "arguments": {key: known.get(value[1:], value) if isinstance(value, str) and
                                               value.startswith("$") else value
                                               for key, value in step["arguments"].items()}}
                        for step in steps])
    return {**known, **again}


def main():
    steps = course.read_alone("anne")
    first = min(i for i, step in enumerate(steps) if step["act"] == "record-measurement")
    last = max(i for i, step in enumerate(steps) if step["act"] == "handle-alert")
    back = max(i for i, step in enumerate(steps) if step["act"] == "return-item")
    readings = [observation(step["arguments"]) for step in steps if step["act"] == "record-measurement"]
    print("1..3")
    with tempfile.TemporaryDirectory(prefix="forlop-anne-") as folder:
        municipality = course.Municipality(folder, TODAY)
        known = municipality.do(steps[:first])
        server = Server(folder, municipality)
        try:
            send(server, readings)
            machine = Machine(folder, server, municipality)
            handle(machine, known["case"], steps[last]["arguments"])
            print("ok 1 /anne-fhir/the-readings-give-21-yellow-and-20-red-once-each")
            # What is returned counts when the server has confirmed it.
            for part in steps[last + 1:back + 1], steps[back + 1:]:
                known = go_on(machine, part, known)
                machine.run("sync-once")
            check(machine.case(known["case"]), machine.case(known["resumed"]))
            print("ok 2 /anne-fhir/each-is-handled-and-the-course-ends-as-by-commands")
            machine.run("check")
            print("ok 3 /anne-fhir/the-file-is-sound-afterwards")
        finally:
            server.stop()


if __name__ == "__main__":
    try:
        main()
    except (AssertionError, course.Refused) as error:
        print(f"not ok - {error}")
        sys.exit(1)
