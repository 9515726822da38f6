# SPDX-License-Identifier: EUPL-1.2
"""The foot of the sidebar and the page about sync, with a server that the test plays."""

import sys

from window_driver import App, run, wait_for

GOAL = 'act nurse add-goal {"case_id":"CASE","goal":"Gå tur hver dag"}'
PHONE = 'act nurse change-citizen {"citizen_id":"CITIZEN","phone":"91000000"}'
MINE = "SELECT count(*) FROM citizen WHERE phone = '%s'"
OPEN = "SELECT count(*) FROM conflict WHERE status = 'open'"
CITED = "SELECT count(*) FROM outbox WHERE resolves IS NOT NULL"
WAITING = "SELECT count(*) FROM outbox WHERE state = 'waiting'"
RECORDS = "SELECT (SELECT count(*) FROM citizen) + (SELECT count(*) FROM \"case\") + (SELECT count(*) FROM measurement)"
REFUSED = "SELECT count(*) FROM outbox WHERE state = 'refused'"
ALIAS = "SELECT count(*) FROM changeset WHERE act = 'merge-citizens'"
LET_GO = "SELECT count(*) FROM outbox WHERE state = 'retained' AND status = 'rejected'"


def foot(app, text):
    return app.find("label", text)


def said(app, sentence):
    """In the foot, which is a button, and on the page, which has it without one."""
    wait_for(f"the foot and the page to say {sentence}", lambda: len([
        label for label in app.find_all("label") if sentence in label.name]) == 2 and [
        button for button in app.find_all("button") if sentence in button.name])


def everything_sent_is_said_with_the_time(app):
    foot(app, "Everything sent at 09.00")


def without_contact_the_work_waits_and_is_counted(app):
    app.tell("mode offline")
    app.tell(GOAL)
    foot(app, "No contact with the server since 09.00; your work is saved here\n"
              "1 change waits for the server")


def a_press_on_the_foot_opens_the_page(app):
    app.press(app.find("button", "No contact with the server since 09.00; your work is saved here\n"
                                 "1 change waits for the server"))
    app.find("heading", "Waits for the server")
    app.find("label", "Add goal")
    app.find_like("https://forlop.testvik.kommune.no · The server last confirmed everything")


def synchronise_now_sends_it(app):
    app.tell("mode online")
    app.press(app.find("button", "Synchronise now"))
    app.gone("heading", "Waits for the server")
    app.find("label", "Nothing waits")
    assert app.count(WAITING) == 0


def each_trouble_has_its_own_sentence(app):
    for mode, sentence in (
            ("offline", "No contact with the server since 09.00; your work is saved here"),
            ("certificate", "The server cannot prove who it is, so nothing is sent."),
            ("busy", "The server cannot answer just now; it is asked again by itself. Your work is saved here"),
            ("out", "You are signed out of the server.")):
        app.tell("mode " + mode)
        app.press(app.find("button", "Synchronise now"))
        app.tell(GOAL)
        said(app, sentence)
        app.tell("mode online")
        app.press(app.find("button", "Synchronise now"))
        app.find_like("Everything sent at ")


def what_is_refused_says_why_and_what_to_do(app):
    app.tell('answer "status":"rejected","code":"taken","type":"loan","field":"item_id"')
    app.tell(GOAL)
    app.find("heading", "Needs you")
    app.find_like("The item is lent to somebody else already,")
    app.find("button", "Open the case")
    app.find("button", "Do it again…")
    app.find_like("1 change needs you")


def doing_it_again_opens_the_form_of_the_act(app):
    app.press(app.find("button", "Do it again…"))
    app.find("dialog", "Add goal")
    app.key("Escape")
    app.gone("dialog", "Add goal")


def putting_it_aside_is_kept_in_the_file(app):
    app.press(app.find("button", "Put aside"))
    app.gone("heading", "Needs you")
    wait_for("the row to be let go", lambda: app.count(LET_GO) == 1)
    foot(app, "Everything sent at 09.00")


def meets_another(app):
    app.tell('conflict {"phone":"92222222"}')
    app.tell(PHONE)
    app.find_like("Somebody changed the same while you were writing.")


def what_was_written_on_a_person_who_was_registered_is_joined(app):
    app.tell('answer "status":"rejected","code":"taken","type":"citizen","field":"id_number",'
             '"holder":"CITIZEN"')
    app.tell('act nurse register-citizen {"given_name":"Liv","family_name":"Haugen","gp":"Dr. Moe"}')
    app.find_like("This person is registered already: Liv Haug.")
    app.find("button", "Look at the record that is there")
    wait_for("the refusal to be settled", lambda: app.count(REFUSED) == 1)
    app.find_like("1 change needs you")
    # The server that the test plays sends no row back, so what it confirms is gone.
    app.tell("mode offline")
    app.press(app.find("button", "Join what I wrote to it"))
    wait_for("the alias", lambda: app.count(ALIAS) == 1)
    app.gone("heading", "Needs you")
    app.tell("mode online")
    app.press(app.find("button", "Synchronise now"))
    foot(app, "Everything sent at 09.00")


def a_conflict_shows_both_sides(app):
    meets_another(app)
    for text in ("Theirs", "922 22 222", "Mine", "910 00 000"):
        wait_for(text, lambda text=text: [node for node in app.find_all("label")
                                          if " ".join(node.name.split()) == text])
    wait_for("mine not to be shown", lambda: app.count(MINE % "91000000") == 0)


def theirs_is_kept(app):
    app.press(app.find("button", "Keep theirs"))
    app.find(name="Conflict resolved")
    app.gone("heading", "Needs you")
    wait_for("the conflict to be closed", lambda: app.count(OPEN) == 0)
    assert app.count(MINE % "91000000") == 0


def mine_is_done_again_and_cites_the_conflict(app):
    meets_another(app)
    app.tell("mode offline")
    app.press(app.find("button", "Use mine"))
    app.gone("heading", "Needs you")
    wait_for("mine to be written", lambda: app.count(MINE % "91000000") == 1)
    assert app.count(CITED) == 2
    app.tell("mode online")
    app.press(app.find("button", "Synchronise now"))
    app.gone("heading", "Waits for the server")


def it_is_written_anew_in_a_form(app):
    app.tell('conflict {"phone":"92222222"}')
    app.tell(PHONE.replace("91000000", "93333333"))
    app.tab_to("button", "Edit…")
    # The page is made anew when something is done; the keyboard stays where it is.
    app.tell("mode offline")
    app.tell(GOAL)
    app.find("heading", "Waits for the server")
    wait_for("the keyboard", lambda: app.focus() == [("button", "Edit…")])
    app.key("Return")
    app.find("dialog", "Write it anew")
    wait_for("the keyboard in the field", lambda: ("text", "Telephone") in app.focus())
    wait_for("theirs beside it", lambda: [node for node in app.find_all("label")
                                          if " ".join(node.name.split()) == "Telephone: 922 22 222"])
    app.key("ctrl+a")
    app.type("94444444")
    app.key("ctrl+Return")
    app.gone("dialog", "Write it anew")
    wait_for("what was written anew", lambda: app.count(MINE % "94444444") == 1)


def a_clock_that_is_days_ahead_locks_only_until_the_server_is_reached(app):
    """Nobody has been without the server for days; the clock says so. It is not believed any longer than that."""
    app.tell("mode offline")
    app.tell("later 240")
    app.tell(GOAL)
    app.find(name="Locked until the server is reached")
    records = app.count(RECORDS)
    assert records > 0
    app.tell("ahead 240")
    app.tell("mode online")
    app.press(app.find("button", "Try again"))
    app.gone(None, "Locked until the server is reached")
    said(app, "The clock of this machine is 10 days fast, and so are the times in what you write.")
    wait_for("what was written to be sent", lambda: app.count(WAITING) == 0)
    assert app.count(RECORDS) == records


def a_clock_that_is_hours_off_says_which_way(app):
    for hours, sentence in ((5, "The clock of this machine is 5 h fast,"), (-5, "The clock of this machine is 5 h slow,")):
        app.tell(f"ahead {hours}")
        app.press(app.find("button", "Synchronise now"))
        said(app, sentence)
    app.tell("ahead 240")
    app.press(app.find("button", "Synchronise now"))
    said(app, "The clock of this machine is 10 days fast,")


def a_clock_that_is_put_right_gives_no_more_time(app):
    """Three days from when the server was really reached, not from what the wrong clock said."""
    app.tell("mode offline")
    app.tell("ahead 0")
    app.tell("later -240")
    app.tell(GOAL)
    app.find_like("No contact with the server since ")
    app.find("list", "Sections")
    app.tell("later 73")
    app.tell(GOAL)
    app.find(name="Locked until the server is reached")
    app.tell("mode online")
    app.press(app.find("button", "Try again"))
    app.gone(None, "Locked until the server is reached")
    app.find("list", "Sections")
    app.find_like("Everything sent at ")
    assert not [node for node in app.find_all() if "The clock of this machine" in node.name]
    app.tell("later -73")
    app.press(app.find("button", "Synchronise now"))
    foot(app, "Everything sent at 09.00")


def without_the_server_for_days_it_locks(app):
    app.tell("mode offline")
    app.tell("later 50")
    app.tell(GOAL)
    app.find_like("No contact with the server since 12.03.2026 09.00")
    app.find("list", "Sections")
    app.tell("later 23")
    app.tell(GOAL)
    app.find(name="Locked until the server is reached")
    app.find("label", "2 changes that were saved here are kept, and are sent then.")
    app.find("button", "Try again")
    assert not app.find_all("list", "Sections")


def a_clock_that_is_put_back_opens_nothing(app):
    app.tell("later -60")
    app.press(app.find("button", "Try again"))
    app.tell(GOAL)
    app.find("label", "3 changes that were saved here are kept, and are sent then.")
    assert not app.find_all("list", "Sections")


def the_server_opens_it_and_nothing_is_lost(app):
    app.tell("mode online")
    app.press(app.find("button", "Try again"))
    app.gone(None, "Locked until the server is reached")
    app.find("list", "Sections")
    assert app.count(WAITING) == 0


def a_full_disk_says_so_and_keeps_what_was_saved(app):
    app.tell("mode online")
    app.press(app.find("button", "Synchronise now"))
    app.find_like("Everything sent at ")
    app.key("ctrl+y")
    app.tell("full")
    app.press(app.find("button", "Synchronise now"))
    said(app, "The disk is full, so nothing more can be received. What was saved is kept.")
    app.gone("label", "Nothing waits")
    app.tell("room")
    app.press(app.find("button", "Synchronise now"))
    app.find_like("Everything sent at ")


def a_version_that_is_too_old_still_sends(app):
    app.tell("mode old")
    app.press(app.find("button", "Synchronise now"))
    said(app, "This version of Forløp is too old to receive. What you write is still sent.")
    app.tell("mode online")
    app.tell(GOAL)
    wait_for("the goal to wait", lambda: app.count(WAITING) == 1)
    app.press(app.find("button", "Synchronise now"))
    wait_for("the goal to be sent", lambda: app.count(WAITING) == 0)
    app.find_like("This version of Forløp is too old to receive.")


run(App(sys.argv[1]), [
    everything_sent_is_said_with_the_time,
    without_contact_the_work_waits_and_is_counted,
    a_press_on_the_foot_opens_the_page,
    synchronise_now_sends_it,
    each_trouble_has_its_own_sentence,
    what_is_refused_says_why_and_what_to_do,
    doing_it_again_opens_the_form_of_the_act,
    putting_it_aside_is_kept_in_the_file,
    what_was_written_on_a_person_who_was_registered_is_joined,
    a_conflict_shows_both_sides,
    theirs_is_kept,
    mine_is_done_again_and_cites_the_conflict,
    it_is_written_anew_in_a_form,
    a_clock_that_is_days_ahead_locks_only_until_the_server_is_reached,
    a_clock_that_is_hours_off_says_which_way,
    a_clock_that_is_put_right_gives_no_more_time,
    without_the_server_for_days_it_locks,
    a_clock_that_is_put_back_opens_nothing,
    the_server_opens_it_and_nothing_is_lost,
    a_full_disk_says_so_and_keeps_what_was_saved,
    a_version_that_is_too_old_still_sends,
])
