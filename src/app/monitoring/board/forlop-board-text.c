/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-duty.h"
#include "forlop-format.h"
#include "forlop-questionnaire.h"
#include "forlop-reason.h"

char *
forlop_board_text_who (const ForlopBoardRow *row,
                       gint64                now)
{
  g_return_val_if_fail (row != NULL, NULL);

  if (row->birth_date == FORLOP_DATE_NONE)
    return g_strdup (row->name);

  /* Translators: name and age */
  return g_strdup_printf (_("%s, %d"), row->name,
                          forlop_date_age (row->birth_date, forlop_instant_to_date (now)));
}

const char *
forlop_board_need_label (ForlopBoardNeed need)
{
  switch (need)
    {
    case FORLOP_BOARD_RED:
      return _("Red");
    case FORLOP_BOARD_YELLOW:
      return _("Yellow");
    case FORLOP_BOARD_MISSING:
      return _("Missing");
    case FORLOP_BOARD_EQUIPMENT:
      return _("Equipment");
    case FORLOP_BOARD_WATCH:
      return _("To look at");
    case FORLOP_BOARD_SNOOZED:
      return _("Snoozed");
    case FORLOP_BOARD_CALM:
    default:
      return _("Nothing waits");
    }
}

const char *
forlop_board_text_word (const ForlopBoardRow *row)
{
  g_return_val_if_fail (row != NULL, NULL);

  switch (row->need)
    {
    case FORLOP_BOARD_MISSING:
    case FORLOP_BOARD_EQUIPMENT:
      return forlop_board_need_label (row->need);
    case FORLOP_BOARD_RED:
    case FORLOP_BOARD_YELLOW:
    case FORLOP_BOARD_WATCH:
    case FORLOP_BOARD_SNOOZED:
    case FORLOP_BOARD_CALM:
    default:
      return forlop_severity_label (row->severity);
    }
}

static const char *
measure_label (ForlopMeasure measure)
{
  if (measure == FORLOP_MEASURE_SYSTOLIC)
    /* Translators: short for systolic blood pressure */
    return _("Systolic");
  if (measure == FORLOP_MEASURE_DIASTOLIC)
    /* Translators: short for diastolic blood pressure */
    return _("Diastolic");

  return forlop_measure_label (measure);
}

/* "86 %"; after a change rule the change: "+2,4 kg". */
static char *
format_reading (const ForlopBoardRow *row,
                const ForlopReason   *reason)
{
  g_autofree char *amount = NULL;

  if (reason != NULL && reason->code == FORLOP_REASON_CHANGE)
    {
      amount = forlop_measure_format (row->measure, fabs (reason->value - reason->other));
      return g_strconcat (reason->value > reason->other ? "+" : "−", amount, NULL);
    }

  return forlop_measure_format (row->measure, row->value);
}

/* What the value is held against: "under 88 %"; NULL where a limit does not explain it. */
static char *
format_against (const ForlopReason *reason)
{
  g_autofree char *limit = NULL;

  if (reason->code == FORLOP_REASON_CHANGE)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in %d day", "in %d days", reason->days),
                            reason->days);
  if (reason->code == FORLOP_REASON_OWN_MEDIAN)
    return g_strdup (_("away from own median"));
  if (reason->code != FORLOP_REASON_BEYOND_LIMIT)
    return NULL;

  /* The value before it has the unit. */
  limit = forlop_measure_format_number (reason->measure, reason->limit);
  if (reason->limit_kind == FORLOP_LIMIT_RED_LOW || reason->limit_kind == FORLOP_LIMIT_YELLOW_LOW)
    /* Translators: a value under a limit */
    return g_strdup_printf (_("under %s"), limit);

  /* Translators: a value over a limit */
  return g_strdup_printf (_("over %s"), limit);
}

static char *
format_measured (const ForlopBoardRow *row)
{
  ForlopReason reason;
  gboolean has_reason = row->reason != NULL && forlop_reason_from_json (row->reason, &reason, NULL);
  g_autofree char *value = NULL;
  g_autofree char *against = NULL;

  if (row->measure == FORLOP_MEASURE_UNKNOWN)
    {
      value = forlop_form_reason_brief (row->reason);
      return value != NULL ? g_steal_pointer (&value) : g_strdup (_("Nothing measured yet"));
    }
  if (isnan (row->value))
    /* Translators: a measure such as SpO₂ */
    return g_strdup_printf (_("%s without a value"), measure_label (row->measure));

  value = format_reading (row, has_reason ? &reason : NULL);
  against = has_reason ? format_against (&reason) : NULL;
  if (against == NULL)
    return g_strdup_printf ("%s %s", measure_label (row->measure), value);

  return g_strdup_printf ("%s %s · %s", measure_label (row->measure), value, against);
}

static const char *
choice_label (const char *type,
              const char *field,
              const char *code)
{
  const ForlopChoice *choice = forlop_record_type_field (forlop_record_type_find (type), field)->choices;

  while (choice->code != NULL && !g_str_equal (choice->code, code))
    choice++;

  return choice->code != NULL ? _(choice->label) : code;
}

static char *
format_time (gint64 at)
{
  int minute = forlop_instant_to_minute (at);

  return g_strdup_printf ("%02d.%02d", minute / 60, minute % 60);
}

/* "SpO₂, expected 08.00" */
static char *
format_missing (const ForlopBoardRow *row,
                gint64                now)
{
  g_autofree char *when = NULL;

  if (row->measure == FORLOP_MEASURE_UNKNOWN || row->since == FORLOP_INSTANT_NONE)
    return forlop_duty_describe (row->duty_rule, row->duty_arguments, forlop_instant_to_date (now));

  when = forlop_instant_to_date (row->since) == forlop_instant_to_date (now)
    ? format_time (row->since) : forlop_instant_format_relative (row->since, now);

  /* Translators: a measure, and when it should have been measured */
  return g_strdup_printf (_("%s, expected %s"), measure_label (row->measure), when);
}

char *
forlop_board_text_pause (const char *reason,
                         gint64      until,
                         gint64      now)
{
  const char *label;
  g_autofree char *when = NULL;

  g_return_val_if_fail (reason != NULL, NULL);

  label = choice_label ("pause", "reason", reason);
  if (until == FORLOP_INSTANT_NONE)
    /* Translators: why nothing is measured, such as "In hospital" */
    return g_strdup_printf (_("Pause: %s"), label);
  when = forlop_instant_format_relative (until, now);

  /* Translators: why nothing is measured, and until when */
  return g_strdup_printf (_("Pause: %s, until %s"), label, when);
}

char *
forlop_board_text_contact (const ForlopBoardRow *row,
                           gint64                now)
{
  g_autofree char *when = NULL;

  g_return_val_if_fail (row != NULL, NULL);

  if (row->contact_way == NULL)
    return NULL;

  when = forlop_instant_format_relative (row->contact_at, now);

  return g_strdup_printf ("%s %s", choice_label ("contact_log", "way", row->contact_way), when);
}

char *
forlop_board_text_why (const ForlopBoardRow *row,
                       gint64                now)
{
  g_autofree char *measured = NULL;

  g_return_val_if_fail (row != NULL, NULL);

  if ((row->need == FORLOP_BOARD_WATCH || row->need == FORLOP_BOARD_CALM) && row->pause_id != NULL)
    return forlop_board_text_pause (row->pause_reason, row->pause_until, now);
  if (row->need == FORLOP_BOARD_MISSING && row->duty_rule != NULL)
    {
      g_autofree char *missing = format_missing (row, now);

      /* It may be why nothing came. */
      return row->fault != NULL ? g_strdup_printf ("%s · %s", missing, row->fault) : g_steal_pointer (&missing);
    }
  if (row->need == FORLOP_BOARD_EQUIPMENT && row->fault != NULL)
    return g_strdup (row->fault);

  measured = format_measured (row);
  if (row->waits_until != FORLOP_INSTANT_NONE)
    /* Translators: a reading, waiting for a repeat */
    return g_strdup_printf (_("%s · new reading asked for"), measured);
  if (row->need == FORLOP_BOARD_CALM && forlop_severity_is_alert (row->severity))
    /* Translators: a reading whose alert somebody has answered */
    return g_strdup_printf (_("%s · answered"), measured);
  if (row->need == FORLOP_BOARD_RED && row->escalates_at != FORLOP_INSTANT_NONE && row->escalates_at <= now)
    /* Translators: a reading whose alert nobody took in time */
    return g_strdup_printf (_("gone to the leader · %s"), measured);
  if (row->n_alerts > 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s · and %u more", "%s · and %u more",
                                         row->n_alerts - 1),
                            measured, row->n_alerts - 1);

  return g_steal_pointer (&measured);
}

char *
forlop_board_text_deadline (const ForlopBoardRow *row,
                            gint64                now)
{
  g_autofree char *when = NULL;
  gboolean is_today;

  g_return_val_if_fail (row != NULL, NULL);

  if (row->need != FORLOP_BOARD_RED || row->escalates_at == FORLOP_INSTANT_NONE)
    return NULL;
  is_today = forlop_instant_to_date (row->escalates_at) == forlop_instant_to_date (now);
  when = is_today ? format_time (row->escalates_at) : forlop_instant_format (row->escalates_at);
  if (row->escalates_at > now)
    return g_strdup_printf (is_today ? _("Goes to the leader at %s unless somebody takes it")
                                     /* Translators: a date and a time of day */
                                     : _("Goes to the leader on %s unless somebody takes it"), when);

  /* Translators: a time of day, or a date and a time of day */
  return g_strdup_printf (is_today ? _("Went to the leader at %s") : _("Went to the leader on %s"), when);
}

char *
forlop_board_text_waited (const ForlopBoardRow *row,
                          gint64                now)
{
  g_return_val_if_fail (row != NULL, NULL);

  if (row->need == FORLOP_BOARD_SNOOZED)
    {
      gint64 until = MAX (row->snoozed_until, row->waits_until);
      g_autofree char *time = format_time (until);

      if (forlop_instant_to_date (until) != forlop_instant_to_date (now))
        return forlop_instant_format_relative (until, now);
      /* Translators: until a time of day */
      return g_strdup_printf (_("until %s"), time);
    }
  if (row->since == FORLOP_INSTANT_NONE)
    return NULL;
  if (row->need == FORLOP_BOARD_CALM || row->need == FORLOP_BOARD_WATCH)
    return forlop_instant_to_date (row->since) == forlop_instant_to_date (now)
      ? format_time (row->since) : forlop_instant_format_relative (row->since, now);

  if (now - row->since < FORLOP_MINUTE)
    /* Translators: how long something has waited: less than a minute */
    return g_strdup (C_("waited", "now"));

  return forlop_duration_format (now - row->since);
}
