# SPDX-License-Identifier: EUPL-1.2
"""GTK's own file dialog, which is a window of its own."""

import subprocess

from window_driver import STRICTNESS, Refused, has, pyatspi, wait_for, walk

# Without a window manager it warns of a focus that never left.
STRICTNESS["G_DEBUG"] = "fatal-criticals"


def file_dialog(app):
    return [window for window in app.root
            if window != app.window and has(window, pyatspi.STATE_SHOWING)]


def press_for_dialog(app, button):
    """A page that was just read anew has new buttons, and a press on an old one is nobody's."""
    for attempt in range(3):
        app.press(wait_for(button, lambda: [
            node for node in app.find_all("button", button)
            if has(node, pyatspi.STATE_SENSITIVE)][0]))
        try:
            wait_for("the file dialog", lambda: file_dialog(app))
            return
        except Refused:
            if attempt == 2:
                raise


def choose_file(app, button, path, opening=False):
    """Presses the button and writes a path in the file dialog, which is a window of its own."""
    press_for_dialog(app, button)
    write_path(app, path, opening)


def write_path(app, path, opening=False):
    """In the file dialog that is there."""
    dialog = wait_for("the file dialog", lambda: file_dialog(app)[0])
    give_keyboard(dialog)
    if opening:
        app.key("ctrl+l")
    entry = wait_for("the place for the path", lambda: shown(dialog, "text")[0])
    entry.queryEditableText().setTextContents(str(path))
    wait_for("the path", lambda: contents(entry) == str(path))
    app.press(wait_for("the button", lambda: [
        button for button in shown(dialog, "button")
        if button.name == ("Open" if opening else "Save") and has(button, pyatspi.STATE_SENSITIVE)][0]))
    wait_for("the file dialog to close", lambda: not has(dialog, pyatspi.STATE_SHOWING))
    give_keyboard(app.window)


def shown(node, role):
    return [child for child in walk(node)
            if child.getRoleName() == role and has(child, pyatspi.STATE_SHOWING)]


def contents(node):
    text = node.queryText()
    return text.getText(0, text.characterCount)


def give_keyboard(window):
    """There is no window manager here: the newest window is the last that is listed."""
    def give():
        ids = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", ".*"], check=True,
                             capture_output=True, text=True).stdout.split()
        for number in reversed(ids):
            subprocess.run(["xdotool", "windowfocus", number], check=False,
                           stderr=subprocess.DEVNULL)
            if has(window, pyatspi.STATE_ACTIVE):
                return True
        return False
    wait_for("the keyboard", give)
