# SPDX-License-Identifier: EUPL-1.2
"""What Kari does not do alone, in the real window: the weekly meeting, the summary for the GP and the shift."""

from window_driver import Refused, has, pyatspi, wait_for, walk

# Made before the window opens: the window chooses among those who are there.
SET_UP = ("save-user", "save-membership")


def together(step):
    """How a step is done in the window, where that is not the form of its act."""
    return HOW.get(step["act"]) if step.get("together") else None


def section(teller, name):
    """The section of that name, from wherever one is."""
    teller.jump(name, f"{name}, ")
    wait_for(f"the section {name}", lambda: [
        node for node in walk(teller.app.window) if (node.getRoleName(), node.name) == ("grouping", name)
        and has(node, pyatspi.STATE_SHOWING)])
    teller.place = name


def hold_meeting(teller, step):
    """Opens the meeting with those who are there; or closes the one that is held."""
    app = teller.app
    if "closed_at" in step["arguments"]:
        app.press(app.find("button", "Close the meeting"))
        app.find("label", "Decided in the last meeting")
        return
    section(teller, "Follow-up")
    app.press(app.find("button", "Weekly meeting"))
    app.press(app.find("button", "Start the meeting"))
    app.tab_to("text", "Participants")
    app.type(step["arguments"]["participants"])
    app.key("Return")
    teller.place = "meeting"


def decide(teller, step):
    """The decision is written and saved together with the task that follows, which is the next step."""
    app = teller.app
    task = teller.next_step()
    app.tab_to("list item", app.find_like("Anne Berg, ").name)
    app.key("Return")
    teller.form = app.window
    teller.fields = []
    # The field of the row that was opened has the keyboard.
    wait_for("the keyboard in the decision", lambda: app.focus() == [("text", "What was decided")])
    teller.enter("What was decided", step["arguments"]["decision"])
    teller.enter("Task that follows", task["title"])
    teller.choose("Who does it", "Ida Lien, Resource person")
    year, month, day = task["due_on"].split("-")
    teller.enter("By when", f"{day}.{month}.{year}")
    app.key("ctrl+Return")
    app.gone("text", "Task that follows")
    teller.called["$task"] = task["title"]


def write_summary(teller, step):
    """From the case's documents."""
    app = teller.app
    teller.go_to({"act": "gp-summary", "role": step["role"], "arguments": {"case_id": "$case"}})
    app.press(app.find("page tab", "Documents"))
    app.press(app.find("button", "Trend summary for the GP…"))
    question = wait_for("the question", lambda: next(
        node for node in app.find_all(name="What you ask of the GP") if has(node, pyatspi.STATE_EDITABLE)))
    question.queryEditableText().setTextContents(step["command"][-1])
    keep = wait_for("the page", lambda: next(
        node for node in app.find_all("button", "Keep in the case") if has(node, pyatspi.STATE_SENSITIVE)))
    app.press(keep)
    app.gone("dialog", "Trend summary for the GP")
    app.press(app.find("page tab", "Overview"))


def hand_over(teller, step):
    """On the board, to the only colleague, with a word about Anne."""
    app = teller.app
    section(teller, "Follow-up")
    app.find_like("Red, Anne Berg")
    app.press(app.find_like("Hand over"))
    app.find("dialog", "Hand over the shift")
    case_id, _, note = step["arguments"]["cases"].partition(" ")
    assert case_id == "$case"
    message = app.find("text", "Message that names no citizen")
    message.queryEditableText().setTextContents(step["arguments"]["message"])
    about = wait_for("the line about Anne", lambda: next(
        node for node in app.find_all("text") if node.name.startswith("Anne Berg")))
    about.queryEditableText().setTextContents(note)
    app.press(app.find("button", "Hand over"))
    app.gone("dialog", "Hand over the shift")


def accept(teller, _step):
    """The one who comes on reads what is handed over above the board."""
    app = teller.app
    if teller.place != "Follow-up":
        section(teller, "Follow-up")
    app.press(app.find("button", "Read"))
    if not wait_for("the note", lambda: app.find_all("label", "Lav metning i dag. Ring før middag.")):
        raise Refused("the note is not shown")
    app.press(app.find("button", "Accept"))
    app.gone("button", "Read")


HOW = {"save-meeting": hold_meeting, "decide-meeting-item": decide, "gp-summary": write_summary,
       "hand-over-shift": hand_over, "accept-shift": accept}
