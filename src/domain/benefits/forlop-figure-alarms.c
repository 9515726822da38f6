/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-figures-private.h"

/* How many alerts there were, what became of them, and how long they waited for somebody. */

static int
compare_waits (gconstpointer a,
               gconstpointer b)
{
  const gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/* From when it was raised until somebody took it, or handled it without; -1 while nobody has. */
static gint64
wait_of (ForlopRecord *alert)
{
  gint64 until = forlop_record_get_instant (alert, "taken_at");

  if (until == FORLOP_INSTANT_NONE)
    until = forlop_record_get_instant (alert, "handled_at");

  return until != FORLOP_INSTANT_NONE ? MAX (until - forlop_record_get_instant (alert, "raised_at"), 0) : -1;
}

static void
count (ForlopFigureAlarms *self,
       ForlopRecord       *alert)
{
  self->n++;
  self->n_red += forlop_record_text_is (alert, "severity", "red");
  if (forlop_record_text_is (alert, "status", "handled"))
    self->n_handled++;
  else if (forlop_record_text_is (alert, "status", "ignored") || forlop_record_text_is (alert, "status", "closed"))
    self->n_aside++;
  else
    self->n_open++;
}

void
forlop_figures_count_alarms (ForlopFigureAlarms *self,
                             GPtrArray          *alerts,
                             GHashTable         *cases,
                             const char         *unit_id,
                             ForlopDate          today)
{
  gint64 since = forlop_instant_from_wall (today - FORLOP_FIGURE_ALARM_DAYS, 0);
  g_autoptr (GHashTable) people = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_if_fail (self != NULL && alerts != NULL && cases != NULL);

  for (unsigned int i = 0; i < alerts->len; i++)
    {
      ForlopRecord *alert = g_ptr_array_index (alerts, i);
      const char *case_id = forlop_record_get_text (alert, "case_id");
      ForlopRecord *the_case = case_id != NULL ? g_hash_table_lookup (cases, case_id) : NULL;
      gint64 wait = wait_of (alert);

      if (the_case == NULL || !forlop_figures_is_of_unit (the_case, unit_id) ||
          forlop_record_get_instant (alert, "raised_at") < since)
        continue;
      count (self, alert);
      g_hash_table_add (people, (gpointer) forlop_record_get_text (the_case, "citizen_id"));
      if (wait >= 0)
        g_array_append_val (waits, wait);
    }
  self->n_people = g_hash_table_size (people);
  self->n_taken = waits->len;
  if (waits->len == 0)
    return;
  g_array_sort (waits, compare_waits);
  self->half = g_array_index (waits, gint64, (waits->len - 1) / 2);
  self->most = g_array_index (waits, gint64, (waits->len - 1) * 9 / 10);
}
