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
OTHER = "another long passphrase"


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


def unlock(app, passphrase=PASSPHRASE):
    wait_for("the question", lambda: any(role == "text" for role, name in app.focus()))
    app.type(passphrase)
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
    assert int(said[1]) > 0
    press(app, row_of(app, "Bamble")[1])
    use_window(app, "Bamble – Forløp")
    row_of(app, "Skien")


def counts_of(app, name):
    """How many are red and yellow in the other municipality, as its row in the sidebar says."""
    text = row_of(app, name)[0]
    return sum(int(number) for number in re.findall(r"(\d+) (?:red|yellow)", text))


def waiting(app, section):
    name = wait_for("the count", lambda: [node.name for node in app.find_all("list item")
                                          if node.name.startswith(f"{section}, ") and "waiting" in node.name][0])
    return int(re.search(r"(\d+) waiting", name)[1])


def the_numbers_of_the_sidebar_are_of_both(app):
    in_skien = counts_of(app, "Skien")
    use_window(app, "Skien – Forløp")
    in_bamble = counts_of(app, "Bamble")
    assert in_skien > 0 and in_bamble > 0
    for title in ("Skien – Forløp", "Bamble – Forløp"):
        use_window(app, title)
        wait_for("both in one number", lambda: waiting(app, "Follow-up") == in_skien + in_bamble)


def work_rows(app):
    """The rows of Today as they are read aloud: Red. Anna Berg, 83. Bamble · SpO₂ …"""
    return [node.name for node in app.find_all("list item") if re.match(r"[^.]+\. [^.]+\. \w+ · ", node.name)]


def today_shows_what_is_to_be_done_in_both_worst_first(app):
    use_window(app, "Bamble – Forløp")
    app.key("alt+3")
    app.find("entry", "Search for citizens")
    use_window(app, "Skien – Forløp")
    app.key("alt+1")
    wait_for("both in one list", lambda: all(any(f". {name} · " in row for row in work_rows(app))
                                             for name in ("Skien", "Bamble")))
    reds = [row.startswith("Red. ") for row in work_rows(app)]
    assert reds == sorted(reds, reverse=True), work_rows(app)


def what_is_done_today_is_done_in_its_own_file(app):
    before = counts_of(app, "Bamble")
    waits = waiting(app, "Follow-up")
    app.tab_to("list item", work_rows(app)[0])
    while ". Bamble · " not in app.focus()[0][1]:
        row = app.focus()
        app.key("j")
        wait_for("the next row", lambda row=row: app.focus() and app.focus() != row)
    app.key("Return")
    app.find("dialog", "Handle alert")
    app.tab_to("toggle button", "Contact")
    app.key("space", "Down", "Return")
    app.tab_to("text", "What was done")
    app.type("Ringte, ringer igjen i kveld")
    app.key("ctrl+Return")
    app.gone("dialog", "Handle alert")
    wait_for("one fewer there", lambda: counts_of(app, "Bamble") == before - 1)
    wait_for("and in the sum", lambda: waiting(app, "Follow-up") == waits - 1)


def board_rows(app):
    """The board's lines as they are read aloud, those with something to do."""
    return [node.name for node in app.find_all("list item") if re.match(r"(Red|Yellow|Missing), ", node.name)]


def the_board_shows_both_worst_first(app):
    use_window(app, "Skien – Forløp")
    app.key("alt+2")
    wait_for("both on one board", lambda: all(any(f", {name}, " in row for row in board_rows(app))
                                              for name in ("Skien", "Bamble")))
    words = [row.split(",")[0] for row in board_rows(app)]
    assert words == sorted(words, key=["Red", "Yellow", "Missing"].index), words


def a_row_of_the_other_is_handled_in_its_own_file(app):
    app.tab_to("list item", board_rows(app)[0])
    while ", Bamble, " not in app.focus()[0][1]:
        before = app.focus()
        app.key("j")
        wait_for("the next line", lambda before=before: app.focus() and app.focus() != before)
    who = app.focus()[0][1].split(", Bamble")[0]
    app.find_like("Bamble · ")
    app.key("space")
    wait_for("that it is taken", lambda: any(name.startswith(who) and "taken by " in name
                                             for name in board_rows(app)))
    app.press(app.find("button", "Open case"))
    use_window(app, "Bamble – Forløp")
    app.find_like("Back")
    app.key("Escape")
    use_window(app, "Skien – Forløp")
    app.key("alt+1")
    app.find("list", "Worklist")


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


def one_passphrase_opens_both_at_the_next_start(app):
    begin(app)
    unlock(app)
    use_window(app, "Skien – Forløp")
    wait_for("the count", lambda: "yellow" in row_of(app, "Bamble")[0])
    assert len(shown_windows(app)) == 1


def one_with_another_passphrase_is_told_of_and_asked_for(app):
    app.close()
    other = file.path.with_name("other")
    other.write_text(OTHER + "\n")
    other.chmod(0o600)
    file.run("rekey", "--new-passphrase-file", str(other))
    begin(app)
    unlock(app)
    use_window(app, "Skien – Forløp")
    wait_for("the trial", lambda: row_of(app, "Bamble")[0]
             == "Not open: it has another passphrase. Press to write it.")
    app.key("alt+2")
    app.find(name="Bamble is not open. Nobody from there is shown.")
    app.key("alt+1")
    app.find("list", "Worklist")
    app.find(name="Bamble is not open. Nobody from there is shown.")
    press(app, row_of(app, "Bamble")[1])
    use_window(app, "Bamble – Forløp")
    unlock(app, OTHER)
    app.find("list item", "Benefits")
    use_window(app, "Skien – Forløp")
    wait_for("the count", lambda: "yellow" in row_of(app, "Bamble")[0])
    app.key("alt+2")
    wait_for("its rows", lambda: any(", Bamble, " in row for row in board_rows(app)))
    app.gone(name="Bamble is not open. Nobody from there is shown.")


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
file.path = skien
file.run("demo", "create", "--today", TODAY)
file.run("act", "register-citizen", "--as", "Kari", "--json",
         '{"given_name":"Else","family_name":"Solvorn","birth_date":"1944-04-03"}')
file.path = bamble
file.run("demo", "create", "--municipality", "bamble", "--today", TODAY)
run(App(sys.argv[1], "--today", TODAY, "--store", str(skien), "--store", str(bamble), "--passphrase-file",
        str(file.passphrase), "--as", "Kari:resource_person", home=HOME), [
    the_sidebar_counts_the_other_municipality,
    the_numbers_of_the_sidebar_are_of_both,
    today_shows_what_is_to_be_done_in_both_worst_first,
    what_is_done_today_is_done_in_its_own_file,
    the_board_shows_both_worst_first,
    a_row_of_the_other_is_handled_in_its_own_file,
    each_window_has_its_own_citizens,
    a_window_that_was_closed_comes_back,
    one_passphrase_opens_both_at_the_next_start,
    one_with_another_passphrase_is_told_of_and_asked_for,
    the_lock_closes_both,
    one_that_is_left_is_not_opened_again,
])
