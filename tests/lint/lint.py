# SPDX-License-Identifier: EUPL-1.2
"""What every lint check shares: the tree it reads, and the proof that it can see a violation.

A check is a function from a Tree to (number of subjects, list of complaints). Each is run twice:
on the checkout, where it must complain of nothing, and on a small tree with a planted violation,
where it must complain. A check whose subjects do not exist yet says that it read none.
"""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

GENERATED = {".git", ".cache", "__pycache__", "subprojects"}


class Tree:
    """A checkout, and the build directory that belongs to it if there is one."""

    def __init__(self, root, build=None):
        self.root = Path(root)
        self.build = Path(build) if build else None

    def files(self, *folders, endings=None):
        """The files below the folders, or below the root, whose names end as asked, sorted."""
        found = []
        for folder in folders or ["."]:
            for place, below, names in os.walk(self.root / folder):
                below[:] = [name for name in below
                            if name not in GENERATED and not name.startswith("_build")]
                found += [Path(place) / name for name in names
                          if endings is None or name.endswith(tuple(endings))]
        return sorted(found)

    def name(self, path):
        """The path as a person in the checkout would write it."""
        return str(path.relative_to(self.root))


def read(path):
    """The text of a file; nothing when it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@dataclass
class Check:
    """A rule, the function that reads it, and a tree that breaks it, as {path: content}.

    A value that is a function is called with the path it must make.
    """

    rule: str
    function: Callable
    planted: dict


def plant(files, folder):
    """Write the files of a planted violation."""
    for name, content in files.items():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if callable(content):
            content(path)
        else:
            path.write_text(content, encoding="utf-8")


def run(area, checks):
    """Run the checks as TAP; the arguments are the source and the build directory."""
    tree = Tree(*sys.argv[1:3])
    results = []
    for check in checks:
        subjects, complaints = check.function(tree)
        results.append((f"/lint/{area}/{check.rule}", not complaints, complaints))
        print(f"# {check.rule}: {subjects} read")
        with tempfile.TemporaryDirectory() as folder:
            plant(check.planted, folder)
            _, seen = check.function(Tree(folder, folder))
        results.append((f"/lint/{area}/{check.rule}/sees-a-planted-violation", bool(seen), []))

    print(f"1..{len(results)}")
    for number, (name, passed, complaints) in enumerate(results, start=1):
        for complaint in complaints:
            print(f"{name}: {complaint}", file=sys.stderr)
        print(f"{'ok' if passed else 'not ok'} {number} {name}")
    sys.exit(0 if all(passed for _, passed, _ in results) else 1)
