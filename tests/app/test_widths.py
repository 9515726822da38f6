# SPDX-License-Identifier: EUPL-1.2
"""The window is made narrower, from a wide screen to a telephone's width, in each section and on the page of a case. What
has no room is a warning, which ends the program. In Bokmål, where the words are longest."""

import os
import subprocess
import sys

from window_driver import App, File, run, wait_for

FORLOP, FORLOPCTL = sys.argv[1:3]
os.environ.update({"LC_ALL": "", "LANG": "nb_NO.UTF-8", "LANGUAGE": "nb"})
SECTIONS = ["I dag", "Oppfølging", "Innbyggere", "Utstyr", "Årshjul", "Gevinster", "Administrasjon"]


def be_wide(app, width):
    """What the window asks for has come when it has drawn itself so wide, but for the shadow around it."""
    subprocess.run(["xdotool", "windowsize", window_of(app), str(width), "760"], check=True)
    wait_for(f"a window of {width}", lambda: abs(app.window.queryComponent().getExtents(0).width - width) <= 40)
    assert app.process.poll() is None


def window_of(app):
    return wait_for("the window", lambda: subprocess.run(
        ["xdotool", "search", "--all", "--onlyvisible", "--pid", str(app.process.pid), "--name", ".+"],
        check=True, capture_output=True, text=True).stdout.split()[0])


def every_section_has_room_at_every_width(app):
    for number, name in enumerate(SECTIONS, 1):
        app.key(f"alt+{number}")
        app.find("grouping", name)
        for width in range(1300, 359, -60):
            be_wide(app, width)
        be_wide(app, 1300)


def so_has_the_page_of_a_case(app):
    app.key("ctrl+k")
    app.find(name="Hopp til innbygger, sak, eksemplar eller handling")
    app.type("Liv Haug")
    wait_for("the one who was written to be first", lambda: [
        row for row in app.find_all("list item") if ", Innbygger" in row.name][0].name.startswith("Liv Haug, "))
    app.key("Return")
    app.find("grouping", "Liv Haug, 72")
    for width in range(1300, 359, -60):
        be_wide(app, width)


file = File(FORLOPCTL)
file.path = file.path.with_name("demo.db")
file.run("demo", "create")
run(App(FORLOP, *file.arguments(), "--today", "2026-11-22", "--as", "Kari:resource_person"), [
    every_section_has_room_at_every_width,
    so_has_the_page_of_a_case,
])
