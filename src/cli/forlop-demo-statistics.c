/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-demo.h"
#include "forlop-format.h"
#include "forlop-statistics.h"

typedef struct {
  ForlopStatistics statistics;
  gint64 now;
} Job;

static gpointer
read_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Job *job = user_data;

  forlop_statistics_read (connection, job->now, &job->statistics, error);

  return NULL;
}

static void
add_line (GString    *text,
          const char *what,
          double      value,
          int         decimals,
          const char *published)
{
  g_autofree char *number = isnan (value) ? g_strdup ("–") : forlop_number_format (value, decimals, TRUE);

  g_string_append_printf (text, "%-52s %10s   %s\n", what, number, published);
}

/**
 * forlop_demo_statistics:
 *
 * What the demo holds, beside published figures: one service's 17,293 alerts from 30,184 measurements,
 * the month within which a decision or a provisional answer is due, and the 80 citizens that a
 * full-time nurse follows.
 */
char *
forlop_demo_statistics (ForlopStore  *store,
                        ForlopDate    today,
                        GError      **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) local_error = NULL;
  Job job = { .now = forlop_instant_from_wall (today, 12 * 60) };
  const ForlopStatistics *s = &job.statistics;

  g_return_val_if_fail (FORLOP_IS_STORE (store), NULL);

  forlop_store_read_sync (store, read_on_worker, &job, NULL, NULL, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  g_string_append_printf (text, "%-52s %10s   %s\n", "", _("here"), _("published"));
  add_line (text, _("Citizens"), (double) s->n_citizens, 0, _("1,694 with home services (Sarpsborg)"));
  add_line (text, _("Cases before start"), (double) s->n_cases_open, 0, "");
  add_line (text, _("Cases in service"), (double) s->n_cases_running, 0, _("60 active (Sarpsborg)"));
  add_line (text, _("Cases ended or closed"), (double) (s->n_cases_ended + s->n_cases_closed), 0, "");
  add_line (text, _("Measurements"), (double) s->n_measurements, 0, "30 184");
  add_line (text, _("Alerts"), (double) s->n_alerts, 0, "17 293");
  add_line (text, _("Alerts per 100 measurements"),
            100.0 * (double) s->n_alerts / (double) MAX (s->n_measurements, 1), 1, "57,3");
  add_line (text, _("Red measurements"), (double) s->n_red, 0, "");
  add_line (text, _("Yellow measurements"), (double) s->n_yellow, 0, "");
  add_line (text, _("Missing, per cent of what was agreed (30 days)"),
            100.0 * (double) (s->n_expected - s->n_met) / (double) MAX (s->n_expected, 1), 1, "");
  add_line (text, _("Days from referral to decision, average"), s->days_to_decision, 1,
            _("a month, or a provisional answer"));
  add_line (text, _("Days from referral to start, average"), s->days_to_start, 1, "");
  add_line (text, _("Minutes until an alert is taken, average"), s->minutes_to_taken, 0, "");

  return g_string_free (g_steal_pointer (&text), FALSE);
}
