# SPDX-License-Identifier: EUPL-1.2
"""The citizen's charts by keyboard: a reading with its reason, what happened, the table, period and panning."""

import sys

from window_driver import App, run, wait_for

WINDOW = "13.02.2026 – 12.03.2026"


def shows(app, *parts):
    """Until a text on the screen has every one of the parts."""
    return wait_for(" and ".join(parts), lambda: [
        node for node in app.find_all() if all(part in node.name for part in parts)])


def focused_chart(app):
    return [name for role, name in app.focus() if role == "image"]


def the_newest_reading_stands_in_words(app):
    app.press(app.find("page tab", "Measurements"))
    app.find("label", WINDOW)
    app.find("heading", "SpO₂, %")
    shows(app, "Last: 11.03.2026 08.00")
    # The longest reading keeps the room below the chart; it is not one that anybody shall hear.
    assert len(app.find_all("image", "SpO₂")) == len([node for node in app.find_all("label")
                                                      if node.name.startswith("Last:") and " %" in node.name])


def the_keyboard_reads_a_point_with_its_reason_and_limits(app):
    wait_for("the keyboard in the chart", lambda: app.key("Tab") or focused_chart(app) == ["SpO₂"])
    app.key("End")
    shows(app, "11.03.2026 08.00", "Yellow: SpO₂ 90", "is under 92")
    app.key("Left")
    shows(app, "10.03.2026 08.00", "Red: SpO₂ 86", "is under 88", "Limits: red under 88, yellow under 92")


def home_and_page_keys_take_larger_steps(app):
    app.key("Home")
    shows(app, "13.02.2026 08.00, ")
    app.key("Next")
    shows(app, "23.02.2026 08.00, ")


def control_reads_what_happened(app):
    app.key("ctrl+Left")
    shows(app, "Alert 11.03.2026", "is under 92")
    app.key("ctrl+Left")
    shows(app, "Alert 10.03.2026", "is under 88")


def a_longer_period_and_back_in_time(app):
    app.key("minus")
    app.find("label", "13.12.2025 – 12.03.2026")
    app.key("plus")
    app.find("label", WINDOW)
    app.key("shift+Left")
    app.gone("label", WINDOW)
    app.key("shift+Right")
    app.find("label", WINDOW)
    assert focused_chart(app) == ["SpO₂"], app.focus()


def the_table_has_the_same_readings_newest_first(app):
    app.key("t")
    rows = wait_for("rows", lambda: [node for node in app.find_all("list item")
                                     if "03.2026 08.00" in node.name][:2])
    assert "11.03.2026 08.00" in rows[0].name, rows[0].name
    assert "■ Red" in rows[1].name and "is under 88" in rows[1].name, rows[1].name
    app.key("t")
    wait_for("the chart again", lambda: focused_chart(app) == ["SpO₂"])


run(App(sys.argv[1], *sys.argv[2:]), [
    the_newest_reading_stands_in_words,
    the_keyboard_reads_a_point_with_its_reason_and_limits,
    home_and_page_keys_take_larger_steps,
    control_reads_what_happened,
    a_longer_period_and_back_in_time,
    the_table_has_the_same_readings_newest_first,
])
