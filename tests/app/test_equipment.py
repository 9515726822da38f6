# SPDX-License-Identifier: EUPL-1.2
"""Scanning an item does what the state one stands in asks for, by keys as a scanner sends them."""

import json
import sys

from window_driver import App, File, Refused, has, pyatspi, run, wait_for

GTIN = "07038010000010"


def act(file, name, arguments):
    """The id of what the act made."""
    answer = file.run("--as", "Kari:coordinator", "act", name, "--json", json.dumps(arguments))
    return json.loads(answer)["subject_id"]


def fill(file):
    """An oximeter of which two are received, and one of them is being prepared."""
    product = act(file, "save-product", {"name": "Nonin 3150", "kind": "oximeter", "gtin": GTIN})
    for serial, tag in (("500123", "T-1"), ("500124", "T-2")):
        act(file, "receive-item", {"product_id": product, "serial_number": serial,
                                   "asset_tag": tag, "ownership": "own"})


def states(app):
    """What the head of each column says: name and number."""
    return [node.name for node in app.find_all("toggle button") if ", " in node.name]


def becomes(app, *expected):
    wait_for(f"the columns to say {expected}", lambda: set(expected) <= set(states(app)))


def stand_in(app, column):
    app.press(app.find("toggle button", column))
    wait_for(f"{column} to be chosen",
             lambda: has(app.find("toggle button", column), pyatspi.STATE_PRESSED) or
             has(app.find("toggle button", column), pyatspi.STATE_CHECKED))


def i_become_coordinator(app):
    coordinator = "Kari Nes, Welfare-technology coordinator, Equipment store"
    app.press(app.find("toggle button", "I am Kari Nes, Caseworker, Allocation office"))
    app.find("list item", coordinator)
    for _ in range(12):
        if has(app.find("list item", coordinator), pyatspi.STATE_FOCUSED):
            break
        before = app.focus()
        app.key("Down")
        wait_for("the keyboard to move", lambda before=before: app.focus() != before)
    app.key("Return")
    app.find("toggle button", f"I am {coordinator}")
    app.key("alt+4")
    app.find(name="Scan an item")


def the_columns_say_how_many_wait(app):
    becomes(app, "Received, 2", "Being prepared, 0", "Ready, 0")
    assert has(app.find("toggle button", "Received, 2"), pyatspi.STATE_CHECKED) or \
        has(app.find("toggle button", "Received, 2"), pyatspi.STATE_PRESSED)


def scanning_an_asset_tag_does_the_next_thing(app):
    app.type("T-1")
    app.key("Return")
    app.find(name="Nonin 3150, 500123: Preparation begun")
    becomes(app, "Received, 1", "Being prepared, 1")


def a_gs1_code_with_its_separator_finds_the_item(app):
    app.type(f"01{GTIN}10L7")
    app.key("ctrl+bracketright")
    app.type("21500124")
    app.key("Return")
    app.find(name="Nonin 3150, 500124: Preparation begun")
    becomes(app, "Received, 0", "Being prepared, 2")


def press_until(app, key, there):
    """A key that comes while the list is laid out anew is lost."""
    for _ in range(5):
        app.key(key)
        try:
            return wait_for(f"the keyboard on {there}", lambda: app.focus()[0] == there, patience=2)
        except Refused:
            pass
    raise Refused(f"{key} did not come to {there}")


def tab_takes_one_step_into_the_list_and_one_out(app):
    stand_in(app, "Being prepared, 2")
    rows = wait_for("the rows", lambda: [("list item", node.name) for node in app.find_all("list item")
                                         if node.name.startswith("Nonin 3150")])
    assert len(rows) == 2
    app.tab_to(*rows[0])
    press_until(app, "Down", rows[1])
    app.key("Tab")
    wait_for("the keyboard to leave the list", lambda: not set(app.focus()) & set(rows))
    app.key("shift+Tab")
    wait_for("the row that was left", lambda: app.focus()[0] == rows[1])
    stand_in(app, "Received, 0")


def what_was_done_can_be_taken_back(app):
    app.key("ctrl+z")
    becomes(app, "Received, 1", "Being prepared, 1")


def an_item_of_the_step_before_is_brought_here(app):
    stand_in(app, "Ready, 0")
    app.type("500123")
    app.key("Return")
    app.find(name="Nonin 3150, 500123: Item made ready")
    becomes(app, "Being prepared, 0", "Ready, 1")


def where_nothing_is_obvious_the_item_is_shown(app):
    stand_in(app, "Cleaning, 0")
    app.type("T-1")
    app.key("Return")
    app.find("heading", "Nonin 3150, T-1")
    app.find("button", "Reserve item")
    app.find(name="Life line")
    wait_for("the obvious act to have the keyboard",
             lambda: ("button", "Reserve item") in app.focus())
    app.key("Escape")
    app.gone("heading", "Nonin 3150, T-1")


def an_unknown_number_can_be_received(app):
    app.find("toggle button", "Ready, 1")
    app.type("nowhere7")
    app.key("Return")
    app.find(name="No item has the number “nowhere7”.")
    app.press(app.find("button", "Receive item"))
    app.find("dialog")


file = File(sys.argv[2])
fill(file)
run(App(sys.argv[1], *file.arguments()), [
    i_become_coordinator,
    the_columns_say_how_many_wait,
    scanning_an_asset_tag_does_the_next_thing,
    a_gs1_code_with_its_separator_finds_the_item,
    tab_takes_one_step_into_the_list_and_one_out,
    what_was_done_can_be_taken_back,
    an_item_of_the_step_before_is_brought_here,
    where_nothing_is_obvious_the_item_is_shown,
    an_unknown_number_can_be_received,
])
