/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-wheel-ring.h"

#include <glib/gi18n-lib.h>

char *
forlop_wheel_month_name (ForlopDate first)
{
  static const char *const names[] = {
    N_("January %d"), N_("February %d"), N_("March %d"), N_("April %d"), N_("May %d"),
    N_("June %d"), N_("July %d"), N_("August %d"), N_("September %d"), N_("October %d"),
    N_("November %d"), N_("December %d"),
  };
  int year, month;

  forlop_date_to_ymd (first, &year, &month, NULL);
  g_return_val_if_fail (month >= 1 && month <= 12, NULL);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_(names[month - 1]), year);
#pragma GCC diagnostic pop
}

char *
forlop_wheel_month_counts (const unsigned int counts[FORLOP_WHEEL_N_STATES])
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const unsigned int overdue = counts[FORLOP_WHEEL_OVERDUE];
  const unsigned int due = counts[FORLOP_WHEEL_DUE];
  const unsigned int done = counts[FORLOP_WHEEL_DONE];

  if (overdue > 0)
    g_ptr_array_add (parts, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u overdue", "%u overdue",
                                                          overdue), overdue));
  if (due > 0)
    g_ptr_array_add (parts, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u due", "%u due", due),
                                             due));
  if (done > 0)
    g_ptr_array_add (parts, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u held", "%u held", done),
                                             done));
  if (parts->len == 0)
    return g_strdup (_("no evaluations"));
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (", ", (char **) parts->pdata);
}
