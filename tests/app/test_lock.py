# SPDX-License-Identifier: EUPL-1.2
"""The door that closes: by hand, when nobody is there, and what is behind it afterwards."""

import sys
import tempfile
from pathlib import Path

from window_driver import PASSPHRASE, App, File, has, pyatspi, run, wait_for

HOME = tempfile.TemporaryDirectory()
SETTINGS = Path(HOME.name) / "glib-2.0" / "settings" / "keyfile"


def settings(**values):
    """Values as GVariant text, with dashes for underscores."""
    SETTINGS.parent.mkdir(parents=True, exist_ok=True)
    lines = ["[no/forlop/Forlop]"]
    lines += [f"{key.replace('_', '-')}={value}" for key, value in values.items()]
    SETTINGS.write_text("\n".join(lines) + "\n")


def restart(app, *arguments):
    app.close()
    app.__dict__.update(App(sys.argv[1], *arguments, home=HOME).__dict__)


def focus_window(app, name):
    """There is no window manager: the new window is given the keyboard by hand."""
    app.window = wait_for(f"the window {name}", lambda: [
        window for window in app.root if has(window, pyatspi.STATE_SHOWING)][0])
    wait_for("the keyboard", app._focus)


def unlock(app):
    app.find("button", "Unlock")
    focus_window(app, "with the door")
    wait_for("the question", lambda: any(role == "text" for role, name in app.focus()))
    app.type(PASSPHRASE)
    app.key("Return")
    app.find("list item", "Today")
    focus_window(app, "with the work")


def begin_a_note(app):
    app.key("ctrl+k")
    app.find(name="Jump to citizen, case, item or act")
    app.type("register referral")
    app.find(name="Register referral")
    app.key("Return")
    app.find(name="Family name")
    app.tab_to("text", "Family name")
    app.type("Halvskrevet")


def contents(node):
    text = node.queryText()
    return text.getText(0, text.characterCount)


def written(app):
    return [node for node in app.find_all("text", "Family name") if contents(node) == "Halvskrevet"]


def the_file_opens(app):
    unlock(app)


def locking_hides_everything(app):
    begin_a_note(app)
    wait_for("the text", lambda: written(app))
    app.key("ctrl+l")
    app.find("button", "Unlock")
    assert not written(app)
    assert not app.find_all("list", "Sections")
    assert not app.find_all(name="Register referral")


def a_wrong_passphrase_shows_nothing(app):
    focus_window(app, "with the door")
    app.type("something else")
    app.key("Return")
    app.find_like("The passphrase does not open the file.")
    assert not app.find_all("list", "Sections")


def the_form_is_there_as_it_was(app):
    unlock(app)
    wait_for("the text as it was", lambda: written(app))


def another_key_file_does_not_unlock(app):
    """Somebody at the machine puts a side file there whose passphrase they know."""
    other = File(sys.argv[2])
    side = file.path.with_name("test.db.key")
    right = side.read_bytes()
    app.key("ctrl+l")
    app.find("button", "Unlock")
    side.write_bytes(other.path.with_name("test.db.key").read_bytes())
    focus_window(app, "with the door")
    wait_for("the question", lambda: any(role == "text" for role, name in app.focus()))
    app.type(PASSPHRASE)
    app.key("Return")
    app.find_like("The passphrase does not open the file.")
    side.write_bytes(right)
    unlock(app)


def the_last_file_opens_without_being_named(app):
    restart(app)
    app.find("button", "Unlock")
    unlock(app)
    app.find(name="Everything is saved on this machine")


def nobody_there_locks(app):
    app.close()
    settings(last_stores=f"[b'{file.path}']", idle_lock_seconds="uint32 5")
    app.__dict__.update(App(sys.argv[1], home=HOME).__dict__)
    unlock(app)
    app.gone("list", "Sections")
    app.find("button", "Unlock")


def a_last_file_that_is_gone_is_said(app):
    app.close()
    settings(last_stores=f"[b'{file.path}.gone']")
    app.__dict__.update(App(sys.argv[1], home=HOME).__dict__)
    app.find_like("There is no file “test.db.gone”.")
    app.find("button", "Open another file…")
    app.press(app.find("button", "Make a new file"))
    app.find_like("There is no file “forlop.db” yet.")


file = File(sys.argv[2])
run(App(sys.argv[1], "--store", str(file.path), home=HOME), [
    the_file_opens,
    locking_hides_everything,
    a_wrong_passphrase_shows_nothing,
    the_form_is_there_as_it_was,
    another_key_file_does_not_unlock,
    the_last_file_opens_without_being_named,
    nobody_there_locks,
    a_last_file_that_is_gone_is_said,
])
