# SPDX-License-Identifier: EUPL-1.2
"""The plan: a new version, limits that are drawn and refused as they are typed, tried, kept, saved; what
differs; a template."""

import sys

from window_driver import App, Refused, has, pyatspi, run, wait_for, walk

DRAFTS = "SELECT count(*) FROM care_plan WHERE status = 'draft' AND deleted = 0"
LIMITS = ("SELECT count(*) FROM \"limit\" l JOIN care_plan p ON p.id = l.care_plan_id AND p.status = 'draft' "
          "WHERE l.deleted = 0 AND l.code = 'spo2' AND l.red_low = ")
TYPED = "SELECT count(*) FROM \"limit\" WHERE deleted = 0 AND code = '{}' AND {}"
KEPT = "SELECT count(*) FROM draft"
OPENED = "SELECT count(*) FROM access_log WHERE action = 'opened'"
RED = ("text", "SpO₂, Red below")
YELLOW = ("text", "SpO₂, Yellow below")


def counts(app, number, statement):
    wait_for(f"{number} from {statement}", lambda: app.count(statement) == number)


def go_to(app, field):
    """The fields of the page stand after one another."""
    wait_for("the keyboard to be somewhere", app.focus)
    for _ in range(2):
        try:
            app.tab_to(*field)
            return
        except Refused:
            pass
    raise Refused(f"no Tab came to {field}")


def write(app, field, text):
    go_to(app, field)
    app.key("ctrl+a")
    app.type(text)
    wait_for(f"{text} in {field}", lambda: value(app, field) == text)


def value(app, field):
    node = app.find(*field).queryText()
    return node.getText(0, node.characterCount)


def tried(app):
    """How many alerts there would have been."""
    sentence = [node.name for node in app.find_all("label") if " readings in 30 days. " in node.name][0]
    return int(sentence.split(", ")[1].split(" ")[0])


def opening_the_plan_is_logged(app):
    app.find("label", "Liv Haug, 72")
    counts(app, 1, OPENED)
    app.tell("page plan")
    app.find("label", "Version 1 · In force from 10.02.2026 00.00")
    counts(app, 2, OPENED)
    counts(app, 1, OPENED + " AND kinds = 'care_plan'")


def a_new_version_begins_as_a_copy(app):
    app.press(app.find("button", "Make a new version"))
    counts(app, 1, DRAFTS)
    app.find("label", "Would have fired")
    assert value(app, RED) == "88"
    assert value(app, YELLOW) == "92"


def crossed_limits_are_refused_as_they_are_typed(app):
    write(app, RED, "95")
    app.find_like("The limits for SpO₂ were not saved")
    app.find_like("The limits for SpO₂ cannot be tried")
    app.key("Return")
    counts(app, 1, LIMITS + "88")


def other_limits_are_tried_before_they_are_saved(app):
    write(app, RED, "88")
    before = wait_for("some alerts", lambda: tried(app))
    write(app, YELLOW, "89")
    wait_for("fewer alerts", lambda: tried(app) < before)
    counts(app, 1, LIMITS + "88 AND l.yellow_low = 92")


def a_number_of_another_unit_is_refused_in_words(app):
    write(app, ("text", "Weight, Red above"), "80000")
    app.find_like("The limits for weight were not saved: the red high limit of")
    write(app, ("text", "Weight, Red above"), "85,5")
    wait_for("the mistake to go", lambda: not [
        node for node in app.find_all() if node.name.startswith("The limits for weight were not saved")])


def what_is_typed_is_kept(app):
    wait_for("it to be kept", lambda: app.count(KEPT) >= 2)
    app.key("alt+Left")
    app.find("label", "Liv Haug, 72")
    app.tell("page plan")
    app.find("label", "What you typed was kept")
    assert value(app, YELLOW) == "89"
    counts(app, 1, LIMITS + "88 AND l.yellow_low = 92")


def enter_saves_the_measure(app):
    go_to(app, YELLOW)
    app.key("Return")
    counts(app, 1, LIMITS + "88 AND l.yellow_low = 89")
    app.find(name="Limits set")


def another_measure_is_chosen_by_keys(app):
    go_to(app, ("toggle button", "Set limits for another measure"))
    app.key("space")
    app.find("list item", "Systolic blood pressure")
    app.key("Down")
    wait_for("the next line", lambda: app.focus() and app.focus()[0] == ("list item", "Systolic blood pressure"))
    app.key("Return")
    wait_for("the keyboard in its first field", lambda: app.focus() == [("text", "Systolic blood pressure, Red below")])


def what_is_only_typed_holds_the_draft_back(app):
    app.type("85")
    app.press(app.find("button", "Send plan to the GP"))
    app.find("label", "Something in the draft is not saved yet. Save it first.")
    assert not app.find_all("dialog")
    # The keyboard is where the first of it can be saved: the weight from before.
    wait_for("the keyboard there", lambda: app.focus() == [("button", "Save")])
    app.key("Return")
    counts(app, 1, TYPED.format("weight", "red_high = 85.5"))
    go_to(app, ("text", "Systolic blood pressure, Red below"))
    app.key("Return")
    counts(app, 1, TYPED.format("systolic", "red_low = 85"))
    wait_for("it to be saved", lambda: not app.find_all("button", "Save"))
    app.press(app.find("button", "Send plan to the GP"))
    app.find("dialog", "Send plan to the GP")
    app.key("Escape")
    app.gone("dialog", "Send plan to the GP")


SCHEDULES = ("SELECT count(*) FROM schedule s JOIN care_plan p ON p.id = s.care_plan_id AND p.status = 'draft' "
             "WHERE s.deleted = 0")
RULES = ("SELECT count(*) FROM plan_rule r JOIN care_plan p ON p.id = r.care_plan_id AND p.status = 'draft' "
         "WHERE r.deleted = 0")


def a_schedule_is_changed_where_it_stands(app):
    before = app.count(SCHEDULES)
    app.press(app.find("button", "Change schedule: Weight"))
    write(app, ("text", "Times of day"), "25.00")
    app.key("ctrl+Return")
    app.find_like("“25.00” is not a time of day")
    counts(app, 0, SCHEDULES + " AND s.times LIKE '25%'")
    write(app, ("text", "Times of day"), "08.30")
    app.key("ctrl+Return")
    counts(app, 1, SCHEDULES + " AND s.times = '08:30'")
    app.find("label", "Every day at 08.30, missing after 120 minutes")
    wait_for("the form to close", lambda: not app.find_all("text", "Times of day"))
    counts(app, before, SCHEDULES)


def what_is_changed_is_taken_back(app):
    app.press(app.find("button", "Undo"))
    counts(app, 0, SCHEDULES + " AND s.times = '08:30'")


def a_trend_rule_is_given_up_added_and_taken_out(app):
    before = app.count(RULES)
    app.press(app.find("button", "Add trend rule"))
    wait_for("the form", lambda: app.find_all("text", "Days"))
    app.key("Escape")
    wait_for("the form to close", lambda: not app.find_all("text", "Days"))
    counts(app, before, RULES)


def the_difference_is_told_in_words(app):
    app.tell("tab life")
    # The choices are short enough for the narrow window.
    app.find("label", "Version 2")
    app.find("label", "SpO₂: Yellow below")
    app.find("label", "Was: 92 %\nIs: 89 %")


def a_proposal_is_filled_in_and_not_saved(app):
    app.tell("tab begun")
    app.press(app.find_all("button", "Use")[0])
    wait_for("the proposal in the field", lambda: value(app, YELLOW) != "89")
    counts(app, 1, LIMITS + "88 AND l.yellow_low = 89")


def a_template_is_marked_as_a_proposal(app):
    app.press(app.find("button", "Discard plan"))
    dialog = app.find("dialog", "Discard plan")
    save = wait_for("the form", lambda: [
        node for node in walk(dialog) if (node.getRoleName(), node.name) == ("button", "Save")
        and has(node, pyatspi.STATE_SENSITIVE)])
    app.press(save[0])
    counts(app, 0, DRAFTS)
    app.find("label", "Template · proposal, to be set by a doctor")


TEMPLATE = "SELECT count(*) FROM template WHERE deleted = 0 AND code = 'kols' AND proposal = 1 AND "


def a_template_is_renamed_and_changed_where_it_is_chosen(app):
    app.press(app.find("button", "Change template: KOLS"))
    app.find("button", "Change schedule: Pulse")
    write(app, ("text", "Title"), "KOLS i Fjordvik")
    app.press(app.find("button", "Change schedule: Pulse"))
    write(app, ("text", "Times of day"), "25.00")
    app.key("ctrl+Return")
    app.find_like("“25.00” is not a time of day")
    write(app, ("text", "Times of day"), "07.15")
    app.key("ctrl+Return")
    app.find_like("On weekdays chosen · 07.15")
    app.press(app.find("button", "Remove schedule: Temperature"))
    app.gone("button", "Remove schedule: Temperature")
    wait_for("the keyboard on the line after it", lambda: app.focus()[0][1].startswith("Change schedule: "))
    app.key("Escape")
    app.gone("dialog", "Template for plans")
    counts(app, 0, TEMPLATE + "title = 'KOLS i Fjordvik'")
    app.press(app.find("button", "Change template: KOLS"))
    app.find("label", "What you typed was kept")
    assert value(app, ("text", "Title")) == "KOLS i Fjordvik"
    assert not app.find_all("button", "Remove schedule: Temperature")
    app.press(app.find("button", "Save"))
    counts(app, 1, TEMPLATE + "title = 'KOLS i Fjordvik' AND body LIKE '%07.15%'")
    app.find("label", "KOLS i Fjordvik")


run(App(sys.argv[1], *sys.argv[2:]), [
    opening_the_plan_is_logged,
    a_new_version_begins_as_a_copy,
    crossed_limits_are_refused_as_they_are_typed,
    other_limits_are_tried_before_they_are_saved,
    a_number_of_another_unit_is_refused_in_words,
    what_is_typed_is_kept,
    enter_saves_the_measure,
    another_measure_is_chosen_by_keys,
    what_is_only_typed_holds_the_draft_back,
    a_schedule_is_changed_where_it_stands,
    what_is_changed_is_taken_back,
    a_trend_rule_is_given_up_added_and_taken_out,
    the_difference_is_told_in_words,
    a_proposal_is_filled_in_and_not_saved,
    a_template_is_marked_as_a_proposal,
    a_template_is_renamed_and_changed_where_it_is_chosen,
])
