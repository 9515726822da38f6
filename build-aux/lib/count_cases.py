# SPDX-License-Identifier: EUPL-1.2
"""Count the individual cases of the last `meson test` and print one closing line.

Usage: count_cases.py MESON-LOGS EXIT-CODE-OF-MESON

A program that crashed or timed out without reporting a failed case counts as one failure more.
The exit code is 0 only when something passed, nothing failed, and Meson agrees.
"""

import json
import sys
import xml.etree.ElementTree
from pathlib import Path


def count_reported(report):
    """Return (passed, failed, skipped, names of what failed) from a JUnit report."""
    passed = failed = skipped = 0
    failed_in = set()
    for suite in xml.etree.ElementTree.parse(report).getroot().iter("testsuite"):
        for case in suite.findall("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                failed += 1
                # Programs that speak TAP are suites in the report, others are cases.
                failed_in |= {suite.get("name"), case.get("name")}
            elif case.find("skipped") is not None:
                skipped += 1
            else:
                passed += 1
    return passed, failed, skipped, failed_in


def count_silent_failures(log, failed_in):
    """Programs that Meson holds to have failed although none of their cases did."""
    silent = 0
    for line in log.read_text(encoding="utf-8").splitlines():
        program = json.loads(line)
        if program["result"] in ("OK", "EXPECTEDFAIL", "SKIP"):
            continue
        if not any(reported.endswith(program["name"]) for reported in failed_in):
            silent += 1
    return silent


def main(directory, status):
    logs = Path(directory)
    report = logs / "testlog.junit.xml"
    if not report.exists():
        print("0 passed, 0 failed")
        return 1
    passed, failed, skipped, failed_in = count_reported(report)
    failed += count_silent_failures(logs / "testlog.json", failed_in)
    if status != 0 and failed == 0:
        failed = 1
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0 if passed > 0 and failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
