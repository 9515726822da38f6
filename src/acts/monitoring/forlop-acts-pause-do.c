/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-follow-up-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-alert-wish.h"
#include "forlop-device.h"
#include "forlop-error.h"
#include "forlop-item-store.h"
#include "forlop-missing.h"

/* Of the pauses of the case, one that has an instant in common with @from to @to. */
static ForlopRecord *
find_touching (ForlopActContext *self,
               gint64            from,
               gint64            to)
{
  GPtrArray *pauses = forlop_snapshot_list (self->snapshot, "pause");

  for (unsigned int i = 0; i < pauses->len; i++)
    {
      ForlopRecord *pause = g_ptr_array_index (pauses, i);
      gint64 ends = forlop_record_get_instant (pause, "to_time");

      if ((to == FORLOP_INSTANT_NONE || forlop_record_get_instant (pause, "from_time") < to) &&
          (ends == FORLOP_INSTANT_NONE || ends > from))
        return pause;
    }

  return NULL;
}

/**
 * forlop_do_start_pause:
 *
 * No measurement is expected in a pause and none becomes an alert. Alerts that are there already
 * stay: somebody has to look at them.
 */
gboolean
forlop_do_start_pause (ForlopActContext  *self,
                       GError           **error)
{
  gint64 from = forlop_record_has (self->arguments, "from_time")
                  ? forlop_record_get_instant (self->arguments, "from_time") : self->now;
  gint64 to = forlop_record_get_instant (self->arguments, "to_time");
  ForlopRecord *pause;

  if (to != FORLOP_INSTANT_NONE && to <= from)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("To: write a time after the pause begins, or leave it empty."));
  pause = find_touching (self, from, to);
  if (pause != NULL)
    {
      g_autofree char *since = forlop_instant_format (forlop_record_get_instant (pause, "from_time"));

      return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                                _("There is already a pause at that time; it began %s. End it, or "
                                  "write a later time."), since);
    }

  pause = forlop_act_make (self, "pause");
  forlop_act_copy_arguments (self, pause);
  forlop_record_set_instant (pause, "from_time", from);

  return TRUE;
}

gboolean
forlop_do_end_pause (ForlopActContext  *self,
                     GError           **error)
{
  ForlopRecord *pause = forlop_act_load (self, "pause", "pause_id", error);
  gint64 ends = forlop_record_has (self->arguments, "to_time")
                  ? forlop_record_get_instant (self->arguments, "to_time") : self->now;

  if (pause == NULL)
    return FALSE;
  if (forlop_record_has (pause, "to_time") &&
      forlop_record_get_instant (pause, "to_time") <= self->now)
    {
      g_autofree char *when = forlop_instant_format (forlop_record_get_instant (pause, "to_time"));

      return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("The pause ended %s."), when);
    }
  if (ends <= forlop_record_get_instant (pause, "from_time"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("To: write a time after the pause began."));

  pause = forlop_act_change (self, pause);
  forlop_record_set_instant (pause, "to_time", ends);

  return TRUE;
}

/* Why a pause that follows from a missing measurement is there. */
static const char *
pause_reason (const char *outcome)
{
  if (g_str_equal (outcome, "away"))
    return "holiday";
  if (g_str_equal (outcome, "hospital") || g_str_equal (outcome, "ill") ||
      g_str_equal (outcome, "device_fault"))
    return outcome;

  return "other";
}

static gboolean
pause_from (ForlopActContext  *self,
            gint64             from,
            GError           **error)
{
  ForlopRecord *pause;

  if (find_touching (self, from, FORLOP_INSTANT_NONE) != NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("There is already a pause at that time, or a later one. Register it "
                                "without a new pause."));

  pause = forlop_act_make (self, "pause");
  forlop_record_set_text (pause, "reason", pause_reason (forlop_act_text (self, "outcome")));
  forlop_record_set_instant (pause, "from_time", from);

  return TRUE;
}

/* Somebody was asked: that contact is logged with it. */
static gboolean
log_asking (ForlopActContext  *self,
            const char        *alert_id,
            GError           **error)
{
  ForlopRecord *entry;

  if (!forlop_record_has (self->arguments, "way"))
    return TRUE;
  if (!forlop_record_has (self->arguments, "text"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("What was done: write what was said, or leave the contact out."));

  entry = forlop_act_make (self, "contact_log");
  forlop_act_copy_arguments (self, entry);
  forlop_record_set_text (entry, "alert_id", alert_id);
  forlop_record_set_instant (entry, "at", self->now);
  forlop_record_set_text (entry, "user_id", self->actor->user_id);

  return TRUE;
}

/* The coordinator hears of it, where it is known which item it is and nobody has told already. */
static gboolean
report_device (ForlopActContext  *self,
               const char        *code,
               GError           **error)
{
  ForlopRecord *item = forlop_device_find (self->snapshot, code, self->today);
  const char *said = forlop_act_text (self, "text");
  g_autofree char *unsaid = NULL;
  ForlopRecord *fault;
  gboolean open;

  if (item == NULL)
    return TRUE;
  if (!forlop_item_store_has_open_fault (self->connection, forlop_record_get_id (item), &open, error))
    return FALSE;
  if (open)
    return TRUE;

  /* Translators: a measure. */
  unsaid = g_strdup_printf (_("No measurement of %s comes from it."),
                            forlop_measure_noun (forlop_measure_find ("forlop", code)));
  fault = forlop_act_make (self, "fault");
  forlop_record_set_text (fault, "item_id", forlop_record_get_id (item));
  forlop_record_set_text (fault, "description", said != NULL ? said : unsaid);
  forlop_record_set_instant (fault, "reported_at", self->now);
  forlop_record_set_text (fault, "reported_by", self->actor->user_id);
  forlop_record_set_text (fault, "status", "reported");
  forlop_record_set_date (fault, "down_from", self->today);

  return TRUE;
}

/* The measure as it is named in a sentence, or the title of the form. */
static const char *
name_of (ForlopActContext *self,
         const char       *code)
{
  ForlopRecord *form = forlop_snapshot_get (self->snapshot, "form", code);

  return form != NULL ? forlop_record_get_text (form, "title")
                      : forlop_measure_noun (forlop_measure_find ("forlop", code));
}

static void
add_answer (ForlopActContext *self,
            const char       *id,
            const char       *rule,
            const char       *code,
            const ForlopSlot *slot)
{
  g_autofree char *reason = forlop_missing_to_json (self->snapshot, code, slot->at_ms);
  ForlopRecord *alert = forlop_act_make_with_id (self, "alert", id);

  forlop_record_set_text (alert, "kind", "missing");
  forlop_record_set_text (alert, "rule", rule);
  forlop_record_set_text (alert, "severity", "missing");
  forlop_record_set_text (alert, "reason", reason);
  forlop_record_set_instant (alert, "raised_at", slot->deadline_ms);
  forlop_record_set_text (alert, "status", "handled");
  forlop_record_set_text (alert, "handled_by", self->actor->user_id);
  forlop_record_set_instant (alert, "handled_at", self->now);
  forlop_record_set_text (alert, "outcome", forlop_act_text (self, "outcome"));
}

/**
 * forlop_do_register_missing:
 *
 * Answers why a measurement or a form has not come: for the first that is missing and every one after
 * it up to now. It is an alert that was handled when it was made, so that two who ask register one.
 * A fault on the equipment is reported to the coordinator as well.
 */
gboolean
forlop_do_register_missing (ForlopActContext  *self,
                            GError           **error)
{
  const char *measure = forlop_act_text (self, "code");
  const char *form_id = forlop_act_text (self, "form_id");
  const char *code = measure != NULL ? measure : form_id;
  g_autofree char *rule = NULL;
  g_autofree char *id = NULL;
  ForlopSlot slot;

  if ((measure == NULL) == (form_id == NULL))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("It is not said what is missing. Choose a measure or a form."));
  if (!forlop_missing_find (self->snapshot, code, &slot) || slot.deadline_ms >= self->now)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              measure != NULL
                                ? _("No measurement of %s is missing now. Nothing was registered.")
                                : _("No answer to the form %s is missing now. Nothing was registered."),
                              name_of (self, code));

  rule = forlop_missing_rule (code, slot.at_ms);
  id = forlop_alert_id (self->case_id, rule);
  add_answer (self, id, rule, code, &slot);

  return log_asking (self, id, error) &&
         (measure == NULL || !g_str_equal (forlop_act_text (self, "outcome"), "device_fault") ||
          report_device (self, measure, error)) &&
         (!forlop_record_get_boolean (self->arguments, "pause") ||
          pause_from (self, slot.at_ms, error));
}
