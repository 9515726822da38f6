# SPDX-License-Identifier: EUPL-1.2
"""The sidebar, the palette and the pages of help, by keyboard and by the accessibility tree."""

import sys

from window_driver import App, File, has, pyatspi, run, wait_for

SECTIONS = ["Today", "Follow-up", "Citizens", "Equipment", "Annual wheel", "Benefits",
            "Administration"]


def chosen(app, name):
    wait_for(f"{name} to be chosen",
             lambda: has(app.find("list item", name), pyatspi.STATE_SELECTED))


def every_section_is_a_named_row(app):
    assert [app.find("list item", name).name for name in SECTIONS] == SECTIONS
    assert app.find("list", "Sections")


def arrows_walk_the_sidebar(app):
    app.tab_to("list item", "Today")
    for name in SECTIONS[1:]:
        app.key("Down")
        chosen(app, name)


def alt_and_a_digit_go_to_a_section(app):
    for number, name in enumerate(SECTIONS, 1):
        app.key(f"alt+{number}")
        chosen(app, name)


def a_button_of_an_empty_view_does_the_next_thing(app):
    app.key("alt+1")
    app.press(app.find("button", "Register referral"))
    app.find("dialog", "Register referral")
    app.key("Escape")
    app.gone("dialog", "Register referral")


def the_palette_goes_where_one_types(app):
    app.key("ctrl+k")
    app.find(name="Jump to citizen, case, item or act")
    app.type("equip")
    app.find("list item", "Equipment, Section")
    app.gone("list item", "Today, Section")
    app.key("Return")
    chosen(app, "Equipment")
    app.gone(name="Jump to citizen, case, item or act")


def the_palette_says_when_nothing_is_found(app):
    app.key("ctrl+k")
    app.find(name="Jump to citizen, case, item or act")
    app.type("zzzz")
    app.find(name="Nothing found")
    app.key("Escape")
    app.gone(name="Nothing found")


def help_opens_on_the_page_one_looks_at(app):
    app.key("alt+4")
    app.key("F1")
    app.find("heading", "Equipment")
    app.key("Escape")
    app.gone(name="Help page")


def the_shortcuts_page_lists_the_keys(app):
    app.key("ctrl+question")
    app.find("list item", "Take back the last act, Ctrl+Z")
    app.key("Escape")
    app.gone("list item", "Take back the last act, Ctrl+Z")


def the_header_says_who_i_am_and_changes_it(app):
    app.key("alt+1")
    app.press(app.find("toggle button", "I am Kari Nes, Caseworker, Allocation office"))
    app.find("list item", "Kari Nes, Welfare-technology coordinator, Equipment store")
    app.key("Down", "Return")
    wait_for("another function",
             lambda: [node for node in app.find_all("toggle button")
                      if node.name.startswith("I am Kari Nes") and "Caseworker" not in node.name])


def the_foot_says_where_everything_is(app):
    app.find(name="Everything is saved on this machine")


file = File(sys.argv[2])
run(App(sys.argv[1], *file.arguments()), [
    every_section_is_a_named_row,
    arrows_walk_the_sidebar,
    alt_and_a_digit_go_to_a_section,
    a_button_of_an_empty_view_does_the_next_thing,
    the_palette_goes_where_one_types,
    the_palette_says_when_nothing_is_found,
    help_opens_on_the_page_one_looks_at,
    the_shortcuts_page_lists_the_keys,
    the_header_says_who_i_am_and_changes_it,
    the_foot_says_where_everything_is,
])
