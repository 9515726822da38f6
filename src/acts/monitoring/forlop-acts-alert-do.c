/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-follow-up-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-alerts-private.h"
#include "forlop-duty.h"
#include "forlop-error.h"

/* Nobody sleeps on an alert for longer than this. */
#define SNOOZE_DAYS 7

/* Already done by somebody is no mistake: the message says who and when. */
static gboolean
refuse_finished (ForlopActContext  *self,
                 ForlopRecord      *alert,
                 GError           **error)
{
  g_autofree char *who =
    forlop_act_who_and_when (self, forlop_record_get_text (alert, "handled_by"),
                             forlop_record_get_instant (alert, "handled_at"));

  if (forlop_record_text_is (alert, "status", "ignored"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("The alert is already set aside by %s."),
                              who);
  if (forlop_record_text_is (alert, "status", "closed"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("The alert is closed: the measurement is no longer outside a limit."));

  return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("The alert is already handled by %s."), who);
}

static ForlopRecord *
load_open (ForlopActContext  *self,
           GError           **error)
{
  ForlopRecord *alert = forlop_act_load (self, "alert", "alert_id", error);

  if (alert == NULL)
    return NULL;
  if (!forlop_alert_is_open (alert))
    {
      refuse_finished (self, alert, error);
      return NULL;
    }

  return alert;
}

static void
clear_taken (ForlopRecord *alert)
{
  forlop_record_clear (alert, "taken_by");
  forlop_record_clear (alert, "taken_at");
}

gboolean
forlop_do_take_alert (ForlopActContext  *self,
                      GError           **error)
{
  ForlopRecord *alert = load_open (self, error);

  if (alert == NULL)
    return FALSE;
  if (forlop_record_text_is (alert, "status", "taken"))
    {
      g_autofree char *who =
        forlop_act_who_and_when (self, forlop_record_get_text (alert, "taken_by"),
                                 forlop_record_get_instant (alert, "taken_at"));

      return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("The alert is already taken by %s."), who);
    }

  alert = forlop_act_change (self, alert);
  forlop_record_set_text (alert, "status", "taken");
  forlop_record_set_text (alert, "taken_by", self->actor->user_id);
  forlop_record_set_instant (alert, "taken_at", self->now);
  forlop_record_clear (alert, "snoozed_until");

  return TRUE;
}

/* Anybody in the team may give an alert back to it: the one who took it may have gone home. */
gboolean
forlop_do_release_alert (ForlopActContext  *self,
                         GError           **error)
{
  ForlopRecord *alert = load_open (self, error);

  if (alert == NULL)
    return FALSE;
  if (!forlop_record_text_is (alert, "status", "taken"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("Nobody has taken the alert."));

  alert = forlop_act_change (self, alert);
  forlop_record_set_text (alert, "status", "new");
  clear_taken (alert);

  return TRUE;
}

gboolean
forlop_do_snooze_alert (ForlopActContext  *self,
                        GError           **error)
{
  ForlopRecord *alert = load_open (self, error);
  gint64 until = forlop_record_get_instant (self->arguments, "snoozed_until");

  if (alert == NULL)
    return FALSE;
  if (until <= self->now || until > self->now + SNOOZE_DAYS * FORLOP_DAY)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Snoozed until: write a time that is still to come, at most %d days "
                                "ahead."), SNOOZE_DAYS);

  alert = forlop_act_change (self, alert);
  forlop_record_set_text (alert, "status", "snoozed");
  forlop_record_set_instant (alert, "snoozed_until", until);

  return TRUE;
}

static void
finish (ForlopActContext *self,
        ForlopRecord     *alert,
        const char       *status)
{
  alert = forlop_act_change (self, alert);
  forlop_record_set_text (alert, "status", status);
  forlop_record_set_text (alert, "handled_by", self->actor->user_id);
  forlop_record_set_instant (alert, "handled_at", self->now);
  forlop_record_clear (alert, "snoozed_until");
}

static void
log_contact (ForlopActContext *self,
             const char       *alert_id)
{
  ForlopRecord *entry = forlop_act_make (self, "contact_log");

  forlop_act_copy_arguments (self, entry);
  forlop_record_set_text (entry, "alert_id", alert_id);
  forlop_record_set_text (entry, "user_id", self->actor->user_id);
  if (!forlop_record_has (entry, "at"))
    forlop_record_set_instant (entry, "at", self->now);
}

static gboolean
check_contact_time (ForlopActContext  *self,
                    GError           **error)
{
  if (forlop_record_get_instant (self->arguments, "at") > self->now)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("When: the time is in the future. Write when the contact was."));

  return TRUE;
}

/* One call often answers several alerts: with @others every open alert of the case is handled by
 * the same entry in the log. */
gboolean
forlop_do_handle_alert (ForlopActContext  *self,
                        GError           **error)
{
  ForlopRecord *alert = load_open (self, error);
  GPtrArray *all;

  if (alert == NULL || !check_contact_time (self, error))
    return FALSE;

  finish (self, alert, "handled");
  if (forlop_record_get_boolean (self->arguments, "others"))
    {
      all = forlop_snapshot_list (self->snapshot, "alert");
      for (unsigned int i = 0; i < all->len; i++)
        if (forlop_alert_is_open (g_ptr_array_index (all, i)))
          finish (self, g_ptr_array_index (all, i), "handled");
    }
  log_contact (self, forlop_record_get_id (alert));

  return TRUE;
}

gboolean
forlop_do_ignore_alert (ForlopActContext  *self,
                        GError           **error)
{
  ForlopRecord *alert = load_open (self, error);

  if (alert == NULL)
    return FALSE;
  finish (self, alert, "ignored");
  forlop_act_copy_arguments (self, forlop_act_change (self, alert));

  return TRUE;
}

gboolean
forlop_do_log_contact (ForlopActContext  *self,
                       GError           **error)
{
  if (!check_contact_time (self, error))
    return FALSE;
  log_contact (self, NULL);

  return TRUE;
}
