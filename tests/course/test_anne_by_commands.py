# SPDX-License-Identifier: EUPL-1.2
"""Anne's whole course on the command line: every step by `forlopctl act`."""

import sys
import tempfile
from collections import Counter

import course

TODAY = "2023-05-02"


def states(rows, key="status"):
    return Counter(row[key] for row in rows)


def check(case, resumed):
    """What must be recorded at the end, by what it means."""
    records = case["records"]
    assert case["case"]["status"] == "closed", case["case"]["status"]
    assert case["case"]["ended_on"] == "2023-04-27"
    assert states(records["alert"]) == {"handled": 41}, states(records["alert"])
    assert states(records["alert"], "severity") == {"yellow": 21, "red": 20}
    assert states(records["contact_log"], "way") == {"phone": 41}
    assert [row["kind"] for row in records["decision"]] == ["grant", "end"]
    assert records["decision"][1]["replaces_id"] == records["decision"][0]["id"]
    assert states(records["consent"], "kind") == {"service": 1, "measure": 1}
    assert states(records["consent"], "given_by") == {"citizen": 2}
    assert all(row.get("returned_on") == "2023-04-28" for row in records["loan"])
    assert len(records["loan"]) == 3
    assert [row.get("final", False) for row in records["evaluation"]] == [False, True]
    assert states(records["baseline"], "period") == {"before": 1, "after": 1}
    assert records["closure"][0]["may_resume"] is True
    assert case["duties"] == [], case["duties"]
    assert states(case["steps"], "state").keys() == {"done"}, case["steps"]
    assert resumed["case"]["resumes_case_id"] == case["case"]["id"]
    assert resumed["case"]["status"] == "open"


def main():
    steps = course.read("anne")
    print("1..2")
    with tempfile.TemporaryDirectory(prefix="forlop-anne-") as folder:
        municipality = course.Municipality(folder, TODAY)
        known = municipality.do(steps)
        check(municipality.case(known["case"]), municipality.case(known["resumed"]))
        print("ok 1 /anne/from-referral-to-closure-and-the-offer-to-resume")
        municipality.run("check")
        print("ok 2 /anne/the-file-is-sound-afterwards")


if __name__ == "__main__":
    try:
        main()
    except (AssertionError, course.Refused) as error:
        print(f"not ok - {error}")
        sys.exit(1)
