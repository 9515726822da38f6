# SPDX-License-Identifier: EUPL-1.2
"""A follow-up centre for two municipalities, on one real server: what is measured in the one comes to the board of
both, is handled there, and is the one municipality's alone."""

import atexit
import csv
import datetime
import json
import re
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from window_driver import App, File, run, wait_for

FORLOP, FORLOPCTL, SERVER = sys.argv[1:4]
PASSWORD = "et eget langt passord 2026"
CENTRE = "Oppfølgingssenteret"
MUNICIPALITIES = ("skien", "bamble")
# What a supplier sends far outside every limit: the code, the unit, too much and too little.
MEASURES = {"spo2": ("2708-6", "%", None, 71), "weight": ("29463-7", "kg", 180, 35), "pulse": ("8867-4", "/min", 170, 31)}


def serve(*words):
    return subprocess.run([SERVER, *words, "--dir", str(data)], check=True, capture_output=True, text=True).stdout


def records(file, kind):
    """Every record of a kind in a file."""
    with tempfile.TemporaryDirectory() as out:
        file.run("export", "csv", kind, out)
        with open(Path(out) / f"{kind}.csv", encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines, delimiter=";"))


class Machine(File):
    """A file of Jon's, with what he may see of one municipality."""

    def __init__(self, municipality, name=None):
        self.forlopctl = FORLOPCTL
        self.path = folder / f"{name or municipality}.db"
        self.passphrase = office[municipality].passphrase
        (folder / "first").write_text((PASSWORD if name else first[municipality]) + "\n")
        (folder / "own").write_text(PASSWORD + "\n")
        self.run("pair", address, "--tenant", municipality, "--user", "jon", "--password-file", str(folder / "first"),
                 "--new-password-file", str(folder / "own"))


def choose_measured():
    """Somebody whom the centre follows up in Bamble and nothing is the matter with: name, number and measure."""
    file = office["bamble"]
    centre = [unit["id"] for unit in records(file, "unit") if unit["name"] == CENTRE][0]
    cases = {case["id"]: case for case in records(file, "case")
             if case["status"] == "running" and case["follow_up_unit_id"] == centre}
    for alert in records(file, "alert"):
        if alert["status"] not in ("handled", "ignored", "closed"):
            cases.pop(alert["case_id"], None)
    citizens = {citizen["id"]: citizen for citizen in records(file, "citizen")}
    plans = {plan["id"]: cases[plan["case_id"]] for plan in records(file, "care_plan")
             if plan["status"] == "in_force" and plan["case_id"] in cases}
    for limit in records(file, "limit"):
        side = 2 if limit["red_high"] else 3 if limit["red_low"] else None
        if limit["care_plan_id"] in plans and limit["code"] in MEASURES and side and MEASURES[limit["code"]][side]:
            citizen = citizens[plans[limit["care_plan_id"]]["citizen_id"]]
            code, unit, *_ = MEASURES[limit["code"]]
            return f"{citizen['given_name']} {citizen['family_name']}", citizen["id_number"], code, unit, \
                MEASURES[limit["code"]][side]
    raise SystemExit("nobody in Bamble can be measured")


def send(number, code, unit, value):
    """As a supplier's system in Bamble does."""
    body = {"resourceType": "Observation", "status": "final",
            "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
            "subject": {"identifier": {"system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": number}},
            "effectiveDateTime": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "valueQuantity": {"value": value, "unit": unit}}
    request = urllib.request.Request(address + "/fhir/Observation", json.dumps(body).encode(), {
        "Authorization": "Bearer " + system, "Content-Type": "application/fhir+json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.status


def rows(app):
    return [node.name for node in app.find_all("list item") if re.match(r"(Red|Yellow|Missing|Green|Not measured), ", node.name)]


def row_of(app, name):
    """The board's line of somebody in Bamble."""
    return [row for row in rows(app) if name in row and ", Bamble, " in row][0]


def nobody_is_alarmed_for_in_bamble_yet(app):
    """What was expected in the morning may be missing, by the time of day."""
    app.find_like("Everything sent at ")
    app.find_like("Bamble: ")
    app.key("alt+2")
    wait_for("the board", lambda: rows(app))
    assert not any(measured[0] in row for row in rows(app) if not row.startswith("Missing, "))


def what_is_measured_in_bamble_comes_to_the_board_by_itself(app):
    name, *reading = measured
    assert send(*reading) == 201
    wait_for("the red row", lambda: row_of(app, name).startswith("Red, "), 60)


def it_is_taken_on_the_board(app):
    name = measured[0]
    app.tab_to("list item", rows(app)[0])
    for _ in range(40):
        before = app.focus()
        if name in before[0][1] and ", Bamble, " in before[0][1]:
            break
        app.key("j")
        wait_for("the next line", lambda before=before: app.focus() and app.focus() != before)
    app.key("space")
    wait_for("that it is taken", lambda: "taken by Jon" in row_of(app, name))


def taken(municipality, name):
    """Today's alerts that Jon has taken, as another machine of his fetches them from the server."""
    machine = Machine(municipality, name)
    return [alert for alert in records(machine, "alert") if alert["status"] == "taken" and alert["id"] not in known]


def it_is_bambles_and_nobody_elses(app):
    app.find_like("Everything sent at ")
    alerts = wait_for("the answer at the server", lambda: taken("bamble", f"later-{len(list(folder.iterdir()))}"), 60)
    assert len(alerts) == 1, alerts
    elsewhere = Machine("skien", "elsewhere")
    for kind in ("alert", "measurement", "event"):
        ids = {record["id"] for record in records(elsewhere, kind)}
        assert alerts[0]["id"] not in ids and alerts[0]["measurement_id"] not in ids
    assert {alert["id"] for alert in records(elsewhere, "alert")} <= skiens


home = tempfile.TemporaryDirectory()
folder = Path(home.name)
data = folder / "data"
office, first = {}, {}
for place in MUNICIPALITIES:
    office[place] = File(FORLOPCTL)
    office[place].path = office[place].path.with_name("office.db")
    office[place].run("demo", "create", "--municipality", place)
    serve("tenant", "create", place)
    serve("tenant", "import", place, *office[place].arguments())
    first[place] = re.findall(r"[A-Za-z0-9-]{12,}", serve("account", "add", "jon", "--tenant", place, "--user", "Jon"))[-1]
system = serve("system", "add", "Heim", "--tenant", "bamble", "--unit", CENTRE).strip()
measured = choose_measured()
known = {alert["id"] for alert in records(office["bamble"], "alert")}
skiens = {alert["id"] for alert in records(office["skien"], "alert")}
process = subprocess.Popen([SERVER, "run", "--dir", str(data), "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE,
                           text=True)
atexit.register(process.kill)
address = process.stdout.readline().strip()
(folder / "passphrase").write_text(office["skien"].passphrase.read_text())
(folder / "passphrase").chmod(0o600)
machines = [Machine(place) for place in MUNICIPALITIES]
run(App(FORLOP, *(word for machine in machines for word in ("--store", str(machine.path))), "--passphrase-file",
        str(folder / "passphrase")), [
    nobody_is_alarmed_for_in_bamble_yet,
    what_is_measured_in_bamble_comes_to_the_board_by_itself,
    it_is_taken_on_the_board,
    it_is_bambles_and_nobody_elses,
])
