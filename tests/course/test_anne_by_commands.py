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


def check_together(records, known):
    """What Kari did not do alone: the weekly meeting, the summary that was asked for, and the shift."""
    assert [row["decision"] for row in records["meeting_item"]] == ["Ida spør fastlegen om medisinene. Grensene står."]
    assert records["meeting_item"][0]["meeting_id"] == known["meeting"]
    task = next(row for row in records["task"] if row["id"] == known["task"])
    assert (task["status"], task["done_by"]) == ("done", known["ida"]), task
    assert task["meeting_item_id"] == known["item"], task
    summaries = [row for row in records["document"] if row["kind"] == "gp_summary"]
    assert len(summaries) == 1 and summaries[0]["content"], summaries
    assert [row["note"] for row in records["shift_note"]] == ["Lav metning i dag. Ring før middag."]
    called = [row for row in records["contact_log"] if row["user_id"] == known["ida"]]
    answered = [row for row in records["alert"] if row["id"] in {row["alert_id"] for row in called}]
    assert [row["severity"] for row in answered] == ["red"], answered
    assert answered[0]["taken_by"] == known["ida"], answered


def main():
    steps = course.read("anne")
    print("1..3")
    with tempfile.TemporaryDirectory(prefix="forlop-anne-") as folder:
        municipality = course.Municipality(folder, TODAY)
        known = municipality.do(steps)
        check(municipality.case(known["case"]), municipality.case(known["resumed"]))
        print("ok 1 /anne/from-referral-to-closure-and-the-offer-to-resume")
        check_together(municipality.case(known["case"])["records"], known)
        print("ok 2 /anne/a-meeting-a-summary-and-a-shift-handed-over-by-name")
        municipality.run("check")
        print("ok 3 /anne/the-file-is-sound-afterwards")


if __name__ == "__main__":
    try:
        main()
    except (AssertionError, course.Refused) as error:
        print(f"not ok - {error}")
        sys.exit(1)
