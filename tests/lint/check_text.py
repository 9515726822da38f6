# SPDX-License-Identifier: EUPL-1.2
"""What every file of the repository must and must not say."""

import re

from lint import Check, read, run

LICENCE = "SPDX-License-Identifier: EUPL-1.2"
SOURCE = (".c", ".h", ".py", ".blp", ".css", ".sql", ".sh")
BINARY = (".png", ".svg", ".pdf", ".ico", ".db", ".po", ".pot")
FOLDERS = ("src", "resources", "tests", "bench", "build-aux", "data", ".ci")

# Put together from halves, so that this file does not complain of itself.
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" "DO", "FIX" "ME", "XX" "X", "HA" "CK"]) + r")\b")
HOSTS = re.compile(r"\b(?:deb|ftp|registry|snapshot|archive|security|proxy|mirrors?)\.[a-z0-9-]+\."
                   r"(?:org|com|net|no)\b", re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w.$}])/(?:root|home/[a-z]\w*|Users/\w+)/")


def is_script(path):
    return "." not in path.name and read(path).startswith("#!")


def sources_name_their_licence(tree):
    files = [path for path in tree.files(*FOLDERS) if path.suffix in SOURCE or is_script(path)]
    complaints = [f"{tree.name(path)} does not begin with {LICENCE}"
                  for path in files
                  if not any(LICENCE in line for line in read(path).splitlines()[:2])]
    return len(files), complaints


def say_none_of(tree, files, pattern, words):
    complaints = []
    for path in files:
        for number, line in enumerate(read(path).splitlines(), start=1):
            for match in pattern.finditer(line):
                complaints.append(f"{tree.name(path)}:{number}: {words} {match.group()}")
    return len(files), complaints


def nothing_is_left_unfinished(tree):
    return say_none_of(tree, tree.files(*FOLDERS), UNFINISHED, "unfinished:")


def no_package_host_is_named(tree):
    files = [path for path in tree.files() if path.suffix not in BINARY]
    return say_none_of(tree, files, HOSTS, "names the host")


def no_machine_path_is_named(tree):
    files = [path for path in tree.files() if path.suffix not in BINARY]
    return say_none_of(tree, files, MACHINE, "names the path")


def named_tests_exist(tree):
    """The hazard log shows each measure by a test; a name that no test has shows nothing."""
    log = tree.root / "docs/hazards.md"
    named = re.findall(r"`(/[a-z0-9-]+(?:/[a-z0-9-]+)+)`", read(log)) if log.exists() else []
    tests = "\n".join(read(path) for path in tree.files("tests", endings=[".c", ".py"]))
    return len(named), [f"docs/hazards.md names {name}, which no test is called"
                        for name in named if f'"{name}"' not in tests]


run("text", [
    Check("sources-name-their-licence", sources_name_their_licence, {
        "src/base/forlop-new.c": "#include <glib.h>\n",
    }),
    Check("nothing-is-left-unfinished", nothing_is_left_unfinished, {
        "src/base/forlop-new.c": "/* TO" "DO: later */\n",
    }),
    Check("no-package-host-is-named", no_package_host_is_named, {
        "build-aux/new": "https://deb.exam" "ple.org/\n",
    }),
    Check("no-machine-path-is-named", no_machine_path_is_named, {
        "docs/new.md": "It lies in /ho" "me/anne/forlop.\n",
    }),
    Check("named-tests-exist", named_tests_exist, {
        "docs/hazards.md": "| 1 | a hazard | `/no/such-test` |\n",
    }),
])
