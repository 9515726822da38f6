# SPDX-License-Identifier: EUPL-1.2
"""Two municipalities at once: each in its own file and its own window, and each tells about the other."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from window_driver import PASSPHRASE, App, File, has, pyatspi, run, wait_for

HOME = tempfile.TemporaryDirectory()
SETTINGS = Path(HOME.name) / "glib-2.0" / "settings" / "keyfile"
TODAY = "2026-11-22"


def begin(app, *arguments):
    app.close()
    app.__dict__.update(App(sys.argv[1], "--today", TODAY, *arguments, home=HOME).__dict__)


def shown_windows(app):
    return [window for window in app.root if has(window, pyatspi.STATE_SHOWING)]


def use_window(app, title):
    """There is no window manager: the window is given the keyboard by hand."""
    app.window = wait_for(f"the window {title}", lambda: [
        window for window in shown_windows(app) if window.name == title][0])
    subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{title}$", "windowfocus"], check=True,
                   stdout=subprocess.DEVNULL)
    wait_for("the keyboard", lambda: has(app.window, pyatspi.STATE_ACTIVE))


def unlock(app):
    wait_for("the question", lambda: any(role == "text" for role, name in app.focus()))
    app.type(PASSPHRASE)
    app.key("Return")


def row_of(app, name):
    """What the sidebar says of another municipality, and its row."""
    row = app.find_like(f"{name}: ")
    return row.name.removeprefix(f"{name}: "), row


def press(app, row):
    app.tab_to("list item", row.name)
    app.key("Return")


def leave(app):
    """From the main menu, whose items the toolkit tells without their names: the fifth, as long as it is shown."""
    app.key("F10")
    app.press(wait_for("the menu", lambda: app.find_all("menu item"))[4])


def the_sidebar_counts_the_other_municipality(app):
    said = wait_for("the count", lambda: re.match(r"(?:(\d+) red)?(?: · )?(?:(\d+) yellow)?$", row_of(app, "Bamble")[0]))
    red, yellow = (int(number or 0) for number in said.groups())
    assert red > 0
    press(app, row_of(app, "Bamble")[1])
    use_window(app, "Bamble – Forløp")
    app.find("list item", f"Follow-up, {red + yellow} waiting")
    row_of(app, "Skien")


def each_window_has_its_own_citizens(app):
    use_window(app, "Skien – Forløp")
    app.key("ctrl+k")
    app.find(name="Jump to citizen, case, item or act")
    app.type("Solvorn")
    app.find_like("Else Solvorn")
    app.key("Escape")
    app.gone(name="Jump to citizen, case, item or act")
    use_window(app, "Bamble – Forløp")
    app.key("ctrl+k")
    app.find(name="Jump to citizen, case, item or act")
    app.type("Solvorn")
    app.find_like("Nothing found")
    app.key("Escape")
    app.gone(name="Jump to citizen, case, item or act")


def a_window_that_was_closed_comes_back(app):
    app.press([node for node in app.find_all("button", "Close")][-1])
    wait_for("one window", lambda: len(shown_windows(app)) == 1)
    use_window(app, "Skien – Forløp")
    press(app, row_of(app, "Bamble")[1])
    use_window(app, "Bamble – Forløp")


def both_are_there_at_the_next_start_and_asked_for_alone(app):
    begin(app)
    unlock(app)
    use_window(app, "Skien – Forløp")
    said, row = row_of(app, "Bamble")
    assert said == "Not open. Press to open it."
    press(app, row)
    use_window(app, "Bamble – Forløp")
    unlock(app)
    app.find("list item", "Benefits")
    use_window(app, "Skien – Forløp")
    wait_for("the count", lambda: "red" in row_of(app, "Bamble")[0])


def the_lock_closes_both(app):
    app.key("ctrl+l")
    wait_for("one window", lambda: len(shown_windows(app)) == 1)
    assert not app.find_all("list", "Sections")
    app.window = shown_windows(app)[0]
    wait_for("the keyboard", app._focus)
    unlock(app)
    wait_for("both windows", lambda: len(shown_windows(app)) == 2)


def one_that_is_left_is_not_opened_again(app):
    use_window(app, "Bamble – Forløp")
    leave(app)
    wait_for("one window", lambda: len(shown_windows(app)) == 1)
    wait_for("its own name", lambda: shown_windows(app)[0].name == "Forløp")
    assert not app.find_all("list", "Other municipalities")
    assert "bamble" not in SETTINGS.read_text()


file = File(sys.argv[2])
skien = file.path.with_name("skien.db")
bamble = file.path.with_name("bamble.db")
for end in ("", ".key"):
    Path(f"{file.path}{end}").rename(f"{skien}{end}")
file.path = skien
file.run("act", "register-citizen", "--as", "Kari", "--json",
         '{"given_name":"Else","family_name":"Solvorn","birth_date":"1944-04-03"}')
file.path = bamble
file.run("demo", "create", "--municipality", "bamble", "--today", TODAY)
run(App(sys.argv[1], "--today", TODAY, "--store", str(skien), "--store", str(bamble), "--passphrase-file",
        str(file.passphrase), home=HOME), [
    the_sidebar_counts_the_other_municipality,
    each_window_has_its_own_citizens,
    a_window_that_was_closed_comes_back,
    both_are_there_at_the_next_start_and_asked_for_alone,
    the_lock_closes_both,
    one_that_is_left_is_not_opened_again,
])
