# SPDX-License-Identifier: EUPL-1.2
"""The buttons that read and write files, and those of Administration, with what is there afterwards."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from file_dialog import choose_file
from window_driver import App, File, run, wait_for

FOLDER = tempfile.TemporaryDirectory()
SCAN = Path(FOLDER.name) / "scan.txt"
SCAN.write_text("A scanned letter\n")


SEEN = Path(FOLDER.name) / "seen.txt"
HOME = tempfile.TemporaryDirectory()


def make_viewer():
    """A program that the desktop has for text: it copies what it is given."""
    home = Path(HOME.name)
    viewer = home / "viewer"
    viewer.write_text(f"#!/bin/sh\ncp \"$1\" '{SEEN}.part' && mv '{SEEN}.part' '{SEEN}'\n")
    viewer.chmod(0o700)
    (home / "applications").mkdir()
    (home / "applications" / "viewer.desktop").write_text(
        f"[Desktop Entry]\nType=Application\nName=Viewer\nExec={viewer} %f\nMimeType=text/plain;\n")
    (home / "mimeapps.list").write_text("[Default Applications]\ntext/plain=viewer.desktop\n")


def runtime_folder():
    return Path(os.environ["XDG_RUNTIME_DIR"])


def left_behind():
    return [path for path in (runtime_folder() / "forlop-shown").glob("*/*") if path.is_file()]


def place(name):
    return Path(FOLDER.name) / name


def choose(app, field, steps):
    """Opens the list of the field and takes what is so many steps below; the first leaves a search."""
    app.tab_to("toggle button", field)
    app.key("space")
    wait_for("the list to open", lambda: app.focus() != [("toggle button", field)])
    for _ in range(steps):
        app.key("Down")
    app.key("Return")
    wait_for("the keyboard back", lambda: app.focus() == [("toggle button", field)])


def is_in(app):
    wait_for("the sections", lambda: [
        node for node in app.find_all("list item") if node.name.split(",")[0] == "Today"])
    app.find(name="Everything is saved on this machine")


def section(app, key, name):
    app.key(key)
    app.find("grouping", name)


def subject(app, name):
    row = wait_for(name, lambda: [
        node for node in app.find_all("list item") if node.name == name
        or any(child.name == name for child in node)][0])
    row.parent.querySelection().selectChild(row.getIndexInParent())


def the_file_is_checked(app):
    is_in(app)
    section(app, "alt+7", "Administration")
    subject(app, "Check and backup")
    app.press(app.find("button", "Check"))
    wait_for("the verdict", lambda: [node for node in app.find_all()
                                     if "Everything is in order." in node.name])


def a_copy_is_made_and_opens(app):
    copy = place("copy.db")
    choose_file(app, "Back up…", copy)
    wait_for("the copy", lambda: copy.exists() and copy.with_name("copy.db.key").exists())
    wait_for("the sentence", lambda: [node for node in app.find_all()
                                      if "The copy is kept in" in node.name])
    result = subprocess.run([sys.argv[2], "--store", str(copy), "--passphrase-file",
                             str(file.passphrase), "check"], check=False, capture_output=True)
    assert result.returncode == 0, result.stderr


def the_log_is_verified(app):
    subject(app, "Access log")
    app.press(app.find("button", "Verify"))
    wait_for("the verdict", lambda: [node for node in app.find_all()
                                     if "The log is whole:" in node.name])


def a_unit_is_added(app):
    subject(app, "Units")
    app.press(app.find("button", "Add"))
    app.tab_to("text", "Name")
    app.type("Sone Vest")
    choose(app, "Kind", 2)
    app.key("ctrl+Return")
    app.gone("dialog", "Add unit")
    wait_for("the unit in the list", lambda: [node for node in app.find_all()
                                              if node.name.startswith("Sone Vest")])


def the_benefits_are_exported(app):
    section(app, "alt+6", "Benefits")
    table = place("benefits.csv")
    choose_file(app, "Export…", table)
    wait_for("the table", lambda: table.exists() and "Part" in table.read_text("utf-8-sig"))


def a_document_is_attached(app):
    """By a caseworker; whoever runs the system reads no records."""
    app.close()
    app.__dict__.update(App(sys.argv[1], *file.arguments(), "--as", "Kari:caseworker", home=HOME).__dict__)
    is_in(app)
    app.key("ctrl+k")
    app.find(name="Jump to citizen, case, item or act")
    app.type("2026-0001")
    wait_for("the case", lambda: [node for node in app.find_all()
                                  if "2026-0001" in node.name and node.getRoleName() != "text"])
    app.key("Return")
    app.press(wait_for("the tab", lambda: [
        node for node in app.find_all() if node.name == "Documents"
        and node.getRoleName() in ("toggle button", "page tab", "radio button", "button")][0]))
    choose_file(app, "Attach document", SCAN, opening=True)
    app.find(name="Title")
    choose(app, "Kind", 2)
    app.tab_to("text", "Title")
    app.type("The letter")
    app.key("ctrl+Return")
    app.find("button", "Save a copy")


def the_document_is_saved_as_it_was(app):
    copy = place("letter.txt")
    choose_file(app, "Save a copy", copy)
    wait_for("the document", lambda: copy.exists() and copy.read_text() == SCAN.read_text())


def the_document_opens_in_the_viewer(app):
    app.press(app.find("button", "Open"))
    wait_for("the viewer", lambda: SEEN.exists() and SEEN.read_text() == SCAN.read_text())
    shown = left_behind()
    assert len(shown) == 1 and shown[0].stat().st_mode & 0o777 == 0o400, shown
    assert shown[0].parent.stat().st_mode & 0o777 == 0o700


def nothing_is_left_of_it(app):
    """Neither when the program ends, nor, after a kill, when it is started again."""
    app.close()
    assert not left_behind(), left_behind()
    lost = runtime_folder() / "forlop-shown" / "999999999"
    lost.mkdir(mode=0o700, parents=True)
    (lost / "lost.txt").write_text("lost")
    again = App(sys.argv[1], *file.arguments(), "--as", "Kari:caseworker")
    is_in(again)
    assert not lost.exists()
    again.close()


def what_left_the_file_is_in_the_log(app):
    log = [(row["action"], row["kinds"])
           for row in json.loads(file.run("list", "access", "--json"))["access"]]
    assert ("backed-up", "all") in log, log
    assert ("exported", "document") in log, log
    assert ("opened", "case") in log, log
    assert ("opened", "document") in log, log
    assert any(action == "exported" and "baseline" in kinds for action, kinds in log), log
    blobs = file.path.with_name("test.db.blobs")
    stored = [path.read_bytes() for path in blobs.rglob("*") if path.is_file()]
    assert stored
    assert not any(b"scanned letter" in contents for contents in stored)


make_viewer()
file = File(sys.argv[2])
file.run("--as", "Kari", "--today", "2026-03-12", "act", "register-referral", "--json", json.dumps({
    "given_name": "Anne", "family_name": "Ås", "birth_date": "1929-07-15",
    "source": "gp", "channel": "phone", "received_on": "2026-03-11", "reason": "hjertesvikt"}))
run(App(sys.argv[1], *file.arguments(), "--as", "Kari:administrator"), [
    the_file_is_checked,
    a_copy_is_made_and_opens,
    the_log_is_verified,
    a_unit_is_added,
    the_benefits_are_exported,
    a_document_is_attached,
    the_document_is_saved_as_it_was,
    the_document_opens_in_the_viewer,
    nothing_is_left_of_it,
    what_left_the_file_is_in_the_log,
])
