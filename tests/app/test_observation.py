# SPDX-License-Identifier: EUPL-1.2
"""A plan that observed and has come to its end: nothing was coloured meanwhile, the limits must be decided, what the
readings propose is taken or changed by a person, tried, approved and put in force, and the citizen is told."""

import sys

from window_driver import App, Refused, run, wait_for

ALERTS = "SELECT count(*) FROM alert"
COLOURED = "SELECT count(*) FROM measurement WHERE severity IN ('red', 'yellow', 'green')"
LIMITS = "SELECT count(*) FROM \"limit\" WHERE deleted = 0"
REVIEWED = "SELECT count(*) FROM \"case\" WHERE trial_reviewed_on IS NOT NULL"
IN_FORCE = "SELECT count(*) FROM care_plan WHERE status = 'in_force' AND version = "
TOLD = "SELECT count(*) FROM care_plan WHERE version = 2 AND informed_on = '2026-03-12'"


def counts(app, number, statement):
    wait_for(f"{number} from {statement}", lambda: app.count(statement) == number)


def value(app, name):
    node = app.find("text", name).queryText()
    return node.getText(0, node.characterCount)


def go_to(app, role, name):
    """The fields of the page stand after one another."""
    wait_for("the keyboard to be somewhere", app.focus)
    for _ in range(3):
        try:
            app.tab_to(role, name)
            return
        except Refused:
            pass
    raise Refused(f"no Tab came to {name}")


def use(app, measure):
    """The proposal that stands with the fields of the measure."""
    proposal = app.find_like("29 readings of the last 30 days: median " + measure)
    app.press([node for node in (proposal.parent.getChildAtIndex(index)
                                 for index in range(proposal.parent.childCount))
               if (node.getRoleName(), node.name) == ("button", "Use")][0])


def nothing_was_coloured_meanwhile(app):
    app.find("label", "Liv Haug, 72")
    counts(app, 0, ALERTS)
    counts(app, 0, COLOURED)


def the_case_asks_for_the_limits(app):
    """Below what is most urgent, where it is folded."""
    app.tab_to("list item", "3 more things to do")
    app.key("Return")
    app.find("label", "The observation ends: set the limits")


def limits_that_are_not_there_cannot_be_said_to_fit(app):
    app.tell("page plan")
    app.find("label", "◆ The observation ended 10.03.2026, and the plan has no limits yet. Make a new version and decide "
                      "them.")
    assert not app.find_all("button", "The limits fit")
    app.find("button", "Draft, done")
    app.find("button", "In force, done")
    assert not app.find_all("button", "Approved, done")
    app.tell("open review-trial")
    app.find("dialog", "Review limits after the trial")
    go_to(app, "text", "What was concluded about the limits")
    app.type("Looks well")
    app.key("ctrl+Return")
    app.find_like("The plan has observed and has no limits, so there are none that can fit.")
    counts(app, 0, REVIEWED)
    app.key("Escape")
    app.gone("dialog", "Review limits after the trial")


def what_the_readings_propose_is_shown_and_not_filled_in(app):
    app.press(app.find("button", "Propose new limits"))
    app.find("label", "29 readings of the last 30 days: median 91 %, spread 1,5. Proposal, to be set by a doctor: "
                      "red below 86, yellow below 88.")
    assert value(app, "SpO₂, Red below") == ""
    counts(app, 0, LIMITS)


def one_proposal_is_taken_as_it_is(app):
    use(app, "91 %")
    wait_for("the proposal in the field", lambda: value(app, "SpO₂, Red below") == "86")
    counts(app, 0, LIMITS)
    app.find_like("58 readings in 30 days. Alerts: 0 as it was, ")
    go_to(app, "text", "SpO₂, Red below")
    app.key("Return")
    counts(app, 1, LIMITS + " AND code = 'spo2' AND red_low = 86 AND yellow_low = 88")


def another_is_changed_before_it_is_saved(app):
    use(app, "82,1 kg")
    wait_for("the proposal in the field", lambda: value(app, "Weight, Red above") == "84,6")
    go_to(app, "text", "Weight, Red above")
    app.key("ctrl+a")
    app.type("85,5")
    app.key("Return")
    counts(app, 1, LIMITS + " AND code = 'weight' AND red_high = 85.5 AND yellow_high = 83.8")


def it_is_in_force_when_it_is_approved_and_not_before(app):
    app.press(app.find("button", "Record approval of the plan"))
    app.find("dialog", "Record approval of the plan")
    app.key("ctrl+Return")
    app.find("alert", "“Approved by” is missing. It must be filled in before you can save.")
    counts(app, 0, IN_FORCE + "2")
    app.type("Dr. Berg")
    go_to(app, "toggle button", "How it was approved")
    app.key("space", "Down", "Return")
    app.key("ctrl+Return")
    app.gone("dialog", "Record approval of the plan")
    app.press(app.find("button", "Put plan in force"))
    app.find("dialog", "Put plan in force")
    app.key("ctrl+Return")
    app.gone("dialog", "Put plan in force")
    counts(app, 1, IN_FORCE + "2")


def who_told_the_citizen_is_recorded(app):
    app.press(app.find("button", "Tell the citizen about the plan"))
    app.find("dialog", "Tell the citizen about the plan")
    app.key("ctrl+Return")
    app.gone("dialog", "Tell the citizen about the plan")
    counts(app, 1, TOLD)
    app.find_like("Version 2 · In force from")


run(App(sys.argv[1], *sys.argv[2:]), [
    nothing_was_coloured_meanwhile,
    the_case_asks_for_the_limits,
    limits_that_are_not_there_cannot_be_said_to_fit,
    what_the_readings_propose_is_shown_and_not_filled_in,
    one_proposal_is_taken_as_it_is,
    another_is_changed_before_it_is_saved,
    it_is_in_force_when_it_is_approved_and_not_before,
    who_told_the_citizen_is_recorded,
])
