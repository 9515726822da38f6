/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gp-summary-store.h"

#include <math.h>

#include "forlop-measurement-store.h"
#include "forlop-record-pick.h"
#include "forlop-snapshot-store.h"

/* The records of @type that @sql, of a case and two instants, gives the ids of. */
static gboolean
put_records (ForlopConnection  *connection,
             ForlopSnapshot    *snapshot,
             const char        *type,
             const char        *sql,
             gint64             from,
             gint64             to,
             GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  g_autoptr (GPtrArray) records = NULL;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, forlop_record_get_id (forlop_snapshot_get_case (snapshot)));
  forlop_statement_bind_integer (statement, 2, from);
  forlop_statement_bind_integer (statement, 3, to);
  records = forlop_record_pick_listed (connection, type, statement, error);
  for (unsigned int i = 0; records != NULL && i < records->len; i++)
    forlop_snapshot_put (snapshot, g_ptr_array_index (records, i));

  return records != NULL;
}

/* What is kept of the period besides what every rule looks at. */
static gboolean
put_happened (ForlopConnection      *connection,
              ForlopSnapshot        *snapshot,
              const ForlopGpPeriod  *period,
              GError               **error)
{
  static const char alerts[] =
    "SELECT id FROM alert WHERE case_id = ?1 AND deleted = 0 AND raised_at >= ?2 AND raised_at < ?3";
  static const char contacts[] =
    "SELECT id FROM contact_log WHERE case_id = ?1 AND deleted = 0 AND at >= ?2 AND at < ?3";

  return put_records (connection, snapshot, "alert", alerts, period->before, period->to, error) &&
         put_records (connection, snapshot, "contact_log", contacts, period->before, period->to, error);
}

static GArray *
load_readings (ForlopConnection      *connection,
               const char            *citizen_id,
               const ForlopGpPeriod  *period,
               GError               **error)
{
  GArray *readings;
  g_autoptr (GPtrArray) stored =
    forlop_measurement_store_list (connection, citizen_id, NULL, period->before, period->to, error);

  if (stored == NULL)
    return NULL;

  readings = g_array_sized_new (FALSE, FALSE, sizeof (ForlopGpReading), stored->len);
  for (unsigned int i = 0; i < stored->len; i++)
    {
      const ForlopStoredMeasurement *one = g_ptr_array_index (stored, i);
      ForlopGpReading reading = { forlop_measure_find ("forlop", one->code), one->measured_at, one->value,
                                  FORLOP_SEVERITY_NONE };

      if (one->severity != NULL)
        forlop_severity_from_code (one->severity, &reading.severity);
      if (!one->invalid && !isnan (one->value) && reading.severity != FORLOP_SEVERITY_IMPLAUSIBLE)
        g_array_append_val (readings, reading);
    }

  return readings;
}

/**
 * forlop_gp_summary_store_load:
 *
 * Returns: (transfer full): the facts; given to the thread that shows them.
 */
ForlopGpSummary *
forlop_gp_summary_store_load (ForlopConnection  *connection,
                              const char        *case_id,
                              gint64             since,
                              gint64             now,
                              const char        *question,
                              const char        *user_id,
                              GError           **error)
{
  static const char told[] =
    "SELECT id FROM document WHERE case_id = ?1 AND deleted = 0 AND kind = 'gp_summary' "
    "AND covers_until > ?2 AND covers_until < ?3";
  g_autoptr (ForlopSnapshot) snapshot = NULL;
  g_autoptr (ForlopGpSummary) self = NULL;
  g_autoptr (GArray) readings = NULL;
  ForlopGpPeriod period;
  gboolean first, shortened;
  const char *citizen_id;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (case_id != NULL, NULL);

  snapshot = forlop_snapshot_store_load_case (connection, case_id, now, error);
  if (snapshot == NULL ||
      !put_records (connection, snapshot, "document", told, FORLOP_INSTANT_NONE, now, error) ||
      !forlop_gp_period_find (snapshot, since, now, &period, &first, &shortened, error) ||
      !put_happened (connection, snapshot, &period, error))
    return NULL;

  citizen_id = forlop_record_get_id (forlop_snapshot_get_citizen (snapshot));
  readings = load_readings (connection, citizen_id, &period, error);
  if (readings == NULL)
    return NULL;

  self = forlop_gp_summary_new (snapshot, readings, &period, question);
  self->first = first;
  self->shortened = shortened;
  if (!forlop_record_pick_named (connection, "unit",
                                 forlop_record_get_text (forlop_snapshot_get_case (snapshot), "unit_id"),
                                 &self->unit, error) ||
      !forlop_record_pick_named (connection, "user", user_id, &self->user, error))
    return NULL;

  return g_steal_pointer (&self);
}
