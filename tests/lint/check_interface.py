# SPDX-License-Identifier: EUPL-1.2
"""Blueprint format, and the files by which the desktop knows the application."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from lint import Check, run


def complaints_of(tree, path, command):
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode == 0:
        return []
    said = (result.stdout + result.stderr).strip().replace("\n", " / ")
    return [f"{tree.name(path)}: {said[:400]}"]


def blueprints_are_formatted(tree):
    """All of them by one program, which is slow to start."""
    files = tree.files("resources", endings=[".blp"])
    result = subprocess.run(["blueprint-compiler", "format", "--no-diff", *map(str, files)],
                            capture_output=True, text=True, check=False)
    if result.returncode == 0:
        return len(files), []
    said = (result.stdout + result.stderr).splitlines()
    named = [f"{tree.name(path)}: is not formatted" for path in files if any(str(path) in line for line in said)]
    return len(files), named or [" / ".join(said)[:400]]


def validate(tree, endings, command):
    """The validators insist on the installed file name, so a template is copied under it."""
    files = tree.files("data", endings=[*endings, *(ending + ".in" for ending in endings)])
    complaints = []
    for path in files:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / path.name.removesuffix(".in")
            shutil.copy(path, copy)
            complaints += complaints_of(tree, path, [*command, str(copy)])
    return len(files), complaints


def desktop_file_is_valid(tree):
    return validate(tree, [".desktop"], ["desktop-file-validate"])


def metainfo_is_valid(tree):
    return validate(tree, [".metainfo.xml"], ["appstreamcli", "validate", "--no-net"])


run("interface", [
    Check("blueprints-are-formatted", blueprints_are_formatted, {
        "resources/new.blp": "using Gtk 4.0;\nGtk.Box {   spacing : 6 ; }\n",
    }),
    Check("desktop-file-is-valid", desktop_file_is_valid, {
        "data/no.forlop.Forlop.desktop.in": "[Desktop Entry]\nName=Forløp\n",
    }),
    Check("metainfo-is-valid", metainfo_is_valid, {
        "data/no.forlop.Forlop.metainfo.xml.in": "<component><id>forlop</id></component>\n",
    }),
])
