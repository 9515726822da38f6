/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-measurement-store.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-error.h"
#include "forlop-id.h"
#include "forlop-person-store.h"

void
forlop_stored_measurement_free (ForlopStoredMeasurement *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->reason);
  g_free (self->note);
  g_free (self);
}

static void
bind_measurement (ForlopStatement *statement,
                  ForlopRecord    *record)
{
  forlop_statement_bind_id (statement, 1, forlop_record_get_text (record, "citizen_id"));
  forlop_statement_bind_instant (statement, 2, forlop_record_get_instant (record, "measured_at"));
  forlop_statement_bind_id (statement, 3, forlop_record_get_id (record));
  forlop_statement_bind_text (statement, 4, forlop_record_get_text (record, "code"));
  if (forlop_record_has (record, "value"))
    forlop_statement_bind_real (statement, 5, forlop_record_get_real (record, "value"));
  forlop_statement_bind_instant (statement, 6, forlop_record_get_instant (record, "received_at"));
  forlop_statement_bind_text (statement, 7, forlop_record_get_text (record, "source"));
  forlop_statement_bind_text (statement, 8, forlop_record_get_text (record, "quality"));
  forlop_statement_bind_id (statement, 9, forlop_record_get_text (record, "item_id"));
  forlop_statement_bind_id (statement, 10, forlop_record_get_text (record, "entered_by"));
  forlop_statement_bind_text (statement, 11, forlop_record_get_text (record, "note"));
  forlop_statement_bind_id (statement, 12, forlop_record_get_vtag (record));
  forlop_statement_bind_text (statement, 13, forlop_record_get_text (record, "sender"));
  forlop_statement_bind_text (statement, 14, forlop_record_get_text (record, "codings"));
}

static gboolean
delete_measurement (ForlopConnection  *connection,
                    ForlopRecord      *record,
                    GError           **error)
{
  static const char sql[] =
    "DELETE FROM measurement WHERE citizen_id = ?1 AND measured_at = ?2 AND id = ?3";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, forlop_record_get_text (record, "citizen_id"));
  forlop_statement_bind_instant (statement, 2, forlop_record_get_instant (record, "measured_at"));
  forlop_statement_bind_id (statement, 3, forlop_record_get_id (record));

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_measurement_store_write:
 *
 * Adds a measurement. The same id at the same time is the same measurement and is left as it is.
 */
gboolean
forlop_measurement_store_write (ForlopConnection       *connection,
                                const ForlopOperation  *operation,
                                GError                **error)
{
  static const char sql[] =
    "INSERT INTO measurement (citizen_id, measured_at, id, code, value, received_at, source, "
    "quality, item_id, entered_by, note, vtag, sender, codings) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT DO NOTHING";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (operation != NULL, FALSE);

  forlop_connection_touch (connection, "measurement");
  if (operation->after == NULL)
    return delete_measurement (connection, operation->before, error);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  bind_measurement (statement, operation->after);

  return forlop_statement_execute (statement, error);
}

/**
 * forlop_measurement_store_replace:
 *
 * Writes a measurement as the server has it. Whether it is taken out of use stays as it is.
 */
gboolean
forlop_measurement_store_replace (ForlopConnection       *connection,
                                  const ForlopOperation  *operation,
                                  GError                **error)
{
  static const char sql[] =
    "INSERT INTO measurement (citizen_id, measured_at, id, code, value, received_at, source, "
    "quality, item_id, entered_by, note, vtag, sender, codings) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) "
    "ON CONFLICT (citizen_id, measured_at, id) DO UPDATE SET code = ?4, value = ?5, received_at = ?6, "
    "source = ?7, quality = ?8, item_id = ?9, entered_by = ?10, note = ?11, vtag = ?12, "
    "sender = ?13, codings = ?14";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (operation != NULL && operation->after != NULL, FALSE);

  forlop_connection_touch (connection, "measurement");
  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  bind_measurement (statement, operation->after);

  return forlop_statement_execute (statement, error);
}

/* The same columns as bind_measurement(). */
static ForlopRecord *
read_record (ForlopStatement *statement)
{
  g_autofree char *citizen_id = forlop_statement_dup_id (statement, 0);
  g_autofree char *id = forlop_statement_dup_id (statement, 2);
  g_autofree char *item_id = forlop_statement_dup_id (statement, 8);
  g_autofree char *entered_by = forlop_statement_dup_id (statement, 9);
  g_autofree char *vtag = forlop_statement_dup_id (statement, 11);
  ForlopRecord *record = forlop_record_new (forlop_record_type_find ("measurement"), id);

  forlop_record_set_vtag (record, vtag);
  forlop_record_set_text (record, "citizen_id", citizen_id);
  forlop_record_set_instant (record, "measured_at", forlop_statement_get_instant (statement, 1));
  forlop_record_set_text (record, "code", forlop_statement_get_text (statement, 3));
  if (!forlop_statement_is_null (statement, 4))
    forlop_record_set_real (record, "value", forlop_statement_get_real (statement, 4));
  forlop_record_set_instant (record, "received_at", forlop_statement_get_instant (statement, 5));
  forlop_record_set_text (record, "source", forlop_statement_get_text (statement, 6));
  if (!forlop_statement_is_null (statement, 7))
    forlop_record_set_text (record, "quality", forlop_statement_get_text (statement, 7));
  if (item_id != NULL)
    forlop_record_set_text (record, "item_id", item_id);
  if (entered_by != NULL)
    forlop_record_set_text (record, "entered_by", entered_by);
  if (!forlop_statement_is_null (statement, 10))
    forlop_record_set_text (record, "note", forlop_statement_get_text (statement, 10));
  if (!forlop_statement_is_null (statement, 12))
    forlop_record_set_text (record, "sender", forlop_statement_get_text (statement, 12));
  if (!forlop_statement_is_null (statement, 13))
    forlop_record_set_text (record, "codings", forlop_statement_get_text (statement, 13));

  return record;
}

/**
 * forlop_measurement_store_load_record:
 * @citizen_id: (nullable): without it every citizen's are looked through.
 * @measured_at: %FORLOP_INSTANT_NONE when it is not known.
 *
 * Returns: (transfer full) (nullable): %NULL without an error when there is none.
 */
ForlopRecord *
forlop_measurement_store_load_record (ForlopConnection  *connection,
                                      const char        *citizen_id,
                                      gint64             measured_at,
                                      const char        *id,
                                      GError           **error)
{
#define COLUMNS "citizen_id, measured_at, id, code, value, received_at, source, quality, item_id, " \
                "entered_by, note, vtag, sender, codings FROM measurement "
  static const char exact_sql[] =
    "SELECT " COLUMNS "WHERE id = ?1 AND citizen_id = ?2 AND measured_at = ?3";
  static const char citizen_sql[] = "SELECT " COLUMNS "WHERE id = ?1 AND citizen_id = ?2";
  static const char any_sql[] = "SELECT " COLUMNS "WHERE id = ?1";
#undef COLUMNS
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  statement = forlop_connection_prepare (connection,
                                         citizen_id == NULL ? any_sql
                                         : measured_at == FORLOP_INSTANT_NONE ? citizen_sql
                                                                              : exact_sql,
                                         error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, id);
  if (citizen_id != NULL)
    forlop_statement_bind_id (statement, 2, citizen_id);
  if (citizen_id != NULL && measured_at != FORLOP_INSTANT_NONE)
    forlop_statement_bind_instant (statement, 3, measured_at);
  if (!forlop_statement_step (statement, &has_row, error) || !has_row)
    return NULL;

  return read_record (statement);
}

gboolean
forlop_measurement_store_exists (ForlopConnection  *connection,
                                 const char        *citizen_id,
                                 gint64             measured_at,
                                 const char        *id,
                                 gboolean          *exists,
                                 GError           **error)
{
  static const char sql[] =
    "SELECT 1 FROM measurement WHERE citizen_id = ?1 AND measured_at = ?2 AND id = ?3";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (exists != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_instant (statement, 2, measured_at);
  forlop_statement_bind_id (statement, 3, id);

  return forlop_statement_step (statement, exists, error);
}

/**
 * forlop_measurement_store_set_judgement:
 * @severity: a code of forlop_choices_severity.
 * @plan_version: 0 when no plan was in force.
 * @reason: (nullable): the reason as JSON, for what is not green.
 *
 * Keeps what the judgement said, with the plan version it used. Derived: judging again replaces it.
 */
gboolean
forlop_measurement_store_set_judgement (ForlopConnection  *connection,
                                        const char        *citizen_id,
                                        gint64             measured_at,
                                        const char        *id,
                                        const char        *severity,
                                        int                plan_version,
                                        const char        *reason,
                                        GError           **error)
{
  static const char sql[] =
    "UPDATE measurement SET severity = ?4, plan_version = nullif (?5, 0), reason = ?6 "
    "WHERE citizen_id = ?1 AND measured_at = ?2 AND id = ?3 AND (severity IS NOT ?4 "
    "OR plan_version IS NOT nullif (?5, 0) OR reason IS NOT ?6)";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_instant (statement, 2, measured_at);
  forlop_statement_bind_id (statement, 3, id);
  forlop_statement_bind_text (statement, 4, severity);
  forlop_statement_bind_integer (statement, 5, plan_version);
  forlop_statement_bind_text (statement, 6, reason);
  forlop_connection_touch (connection, "measurement");

  return forlop_statement_execute (statement, error);
}

static void
set_not_here (GError **error)
{
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
               _("The measurement is not on this machine. Nothing was changed."));
}

gboolean
forlop_measurement_store_set_invalid (ForlopConnection  *connection,
                                      const char        *citizen_id,
                                      const char        *id,
                                      gboolean           invalid,
                                      GError           **error)
{
  static const char sql[] = "UPDATE measurement SET invalid = ?3 WHERE citizen_id IN " FORLOP_SAME_PERSON ("?1") " AND id = ?2";
  g_autoptr (ForlopStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_id (statement, 2, id);
  forlop_statement_bind_boolean (statement, 3, invalid);
  forlop_connection_touch (connection, "measurement");
  if (!forlop_statement_execute (statement, error))
    return FALSE;
  if (forlop_connection_get_changes (connection) == 0)
    {
      set_not_here (error);
      return FALSE;
    }

  return TRUE;
}

static void
read_plain (ForlopStatement   *statement,
            ForlopMeasurement *row)
{
  g_autofree char *id = forlop_statement_dup_id (statement, 0);

  forlop_id_to_bytes (id, row->id);
  row->value = forlop_statement_is_null (statement, 2) ? NAN : forlop_statement_get_real (statement, 2);
  row->invalidated = forlop_statement_get_boolean (statement, 4);
  row->measured_at = forlop_statement_get_instant (statement, 5);
  row->received_at = forlop_statement_get_instant (statement, 6);
  forlop_measurement_set_codes (row, forlop_statement_get_text (statement, 1),
                                forlop_statement_get_text (statement, 3), forlop_statement_get_text (statement, 7));
}

static gboolean
read_history (ForlopConnection  *connection,
              const char        *citizen_id,
              gint64             from,
              gint64             to,
              GArray            *rows,
              GError           **error)
{
  static const char sql[] =
    "SELECT id, code, value, quality, invalid, measured_at, received_at, source FROM measurement "
    "WHERE citizen_id = ?1 AND measured_at BETWEEN ?2 AND ?3 ORDER BY measured_at, id";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_integer (statement, 2, from);
  forlop_statement_bind_integer (statement, 3, to);

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        {
          g_array_set_size (rows, rows->len + 1);
          read_plain (statement, &g_array_index (rows, ForlopMeasurement, rows->len - 1));
        }
    }
  while (has_row);

  return TRUE;
}

/**
 * forlop_measurement_store_load_history:
 *
 * The citizen's readings of all measures as the judgement takes them, those measured from @from to
 * @to, both included, under whichever record of the person.
 *
 * Returns: (transfer full): a #GArray of #ForlopMeasurement, sorted as
 *   forlop_measurements_sort() does.
 */
GArray *
forlop_measurement_store_load_history (ForlopConnection  *connection,
                                       const char        *citizen_id,
                                       gint64             from,
                                       gint64             to,
                                       GError           **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (ForlopMeasurement));
  g_autoptr (GPtrArray) ids = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (citizen_id != NULL, NULL);

  ids = forlop_person_store_list_ids (connection, citizen_id, error);
  if (ids == NULL)
    return NULL;
  for (unsigned int i = 0; i < ids->len; i++)
    if (!read_history (connection, g_ptr_array_index (ids, i), from, to, rows, error))
      return NULL;
  if (ids->len > 1)
    forlop_measurements_sort ((ForlopMeasurement *) (void *) rows->data, rows->len);

  return g_steal_pointer (&rows);
}

static ForlopStoredMeasurement *
read_measurement (ForlopStatement *statement)
{
  ForlopStoredMeasurement *row = g_new0 (ForlopStoredMeasurement, 1);

  row->id = forlop_statement_dup_id (statement, 0);
  row->code = g_intern_string (forlop_statement_get_text (statement, 1));
  row->value = forlop_statement_is_null (statement, 2) ? NAN : forlop_statement_get_real (statement, 2);
  row->measured_at = forlop_statement_get_instant (statement, 3);
  row->received_at = forlop_statement_get_instant (statement, 4);
  row->source = g_intern_string (forlop_statement_get_text (statement, 5));
  row->quality = g_intern_string (forlop_statement_get_text (statement, 6));
  row->invalid = forlop_statement_get_boolean (statement, 7);
  row->severity = g_intern_string (forlop_statement_get_text (statement, 8));
  row->plan_version = (int) forlop_statement_get_integer (statement, 9);
  row->reason = forlop_statement_dup_text (statement, 10);
  row->note = forlop_statement_dup_text (statement, 11);

  return row;
}

/**
 * forlop_measurement_store_find:
 *
 * One of the citizen's measurements, as lists read it.
 */
ForlopStoredMeasurement *
forlop_measurement_store_find (ForlopConnection  *connection,
                               const char        *citizen_id,
                               const char        *id,
                               GError           **error)
{
  static const char sql[] =
    "SELECT id, code, value, measured_at, received_at, source, quality, invalid, severity, "
    "plan_version, reason, note FROM measurement WHERE citizen_id IN " FORLOP_SAME_PERSON ("?1") " AND id = ?2";
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (citizen_id != NULL && id != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_id (statement, 2, id);
  if (!forlop_statement_step (statement, &has_row, error))
    return NULL;
  if (!has_row)
    {
      set_not_here (error);
      return NULL;
    }

  return read_measurement (statement);
}

static gboolean
list_of_record (ForlopConnection  *connection,
                const char        *citizen_id,
                const char        *code,
                gint64             from,
                gint64             to,
                GPtrArray         *rows,
                GError           **error)
{
  static const char sql[] =
    "SELECT id, code, value, measured_at, received_at, source, quality, invalid, severity, "
    "plan_version, reason, note FROM measurement "
    "WHERE citizen_id = ?1 AND measured_at >= ?2 AND measured_at < ?3 AND (?4 IS NULL OR code = ?4) "
    "ORDER BY measured_at, id";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_integer (statement, 2, from);
  forlop_statement_bind_integer (statement, 3, to);
  forlop_statement_bind_text (statement, 4, code);

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        g_ptr_array_add (rows, read_measurement (statement));
    }
  while (has_row);

  return TRUE;
}

static int
compare_stored (gconstpointer a,
                gconstpointer b)
{
  const ForlopStoredMeasurement *one = *(const ForlopStoredMeasurement *const *) a;
  const ForlopStoredMeasurement *other = *(const ForlopStoredMeasurement *const *) b;

  if (one->measured_at != other->measured_at)
    return one->measured_at < other->measured_at ? -1 : 1;

  return g_strcmp0 (one->id, other->id);
}

GPtrArray *
forlop_measurement_store_list (ForlopConnection  *connection,
                               const char        *citizen_id,
                               const char        *code,
                               gint64             from,
                               gint64             to,
                               GError           **error)
{
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_stored_measurement_free);
  g_autoptr (GPtrArray) ids = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (citizen_id != NULL, NULL);

  ids = forlop_person_store_list_ids (connection, citizen_id, error);
  if (ids == NULL)
    return NULL;
  for (unsigned int i = 0; i < ids->len; i++)
    if (!list_of_record (connection, g_ptr_array_index (ids, i), code, from, to, rows, error))
      return NULL;
  if (ids->len > 1)
    g_ptr_array_sort (rows, compare_stored);

  return g_steal_pointer (&rows);
}

static gboolean
put_last (ForlopConnection  *connection,
          ForlopSnapshot    *snapshot,
          const char        *citizen_id,
          const char        *code,
          GError           **error)
{
  static const char sql[] =
    "SELECT measured_at FROM measurement WHERE citizen_id = ?1 AND code = ?2 AND invalid = 0 "
    "AND value IS NOT NULL AND severity IS NOT 'implausible' ORDER BY measured_at DESC LIMIT 1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gint64 before = forlop_snapshot_get_last_measured (snapshot, code);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_text (statement, 2, code);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row && (before == FORLOP_INSTANT_NONE || forlop_statement_get_instant (statement, 0) > before))
    forlop_snapshot_set_last_measured (snapshot, code, forlop_statement_get_instant (statement, 0));

  return TRUE;
}

/**
 * forlop_measurement_store_put_last:
 *
 * Tells the snapshot when each measure in its schedules was last measured. Looks from the newest
 * backwards and stops when every measure is found.
 */
gboolean
forlop_measurement_store_put_last (ForlopConnection  *connection,
                                   ForlopSnapshot    *snapshot,
                                   GError           **error)
{
  g_autoptr (GPtrArray) ids = NULL;
  GPtrArray *schedules;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (snapshot != NULL, FALSE);

  schedules = forlop_snapshot_list (snapshot, "schedule");
  ids = forlop_person_store_list_ids (
    connection, forlop_record_get_id (forlop_snapshot_get_citizen (snapshot)), error);
  if (ids == NULL)
    return FALSE;
  for (unsigned int i = 0; i < schedules->len; i++)
    {
      const char *code = forlop_record_get_text (g_ptr_array_index (schedules, i), "code");

      if (code == NULL || forlop_snapshot_get_last_measured (snapshot, code) != FORLOP_INSTANT_NONE)
        continue;
      for (unsigned int j = 0; j < ids->len; j++)
        if (!put_last (connection, snapshot, g_ptr_array_index (ids, j), code, error))
          return FALSE;
    }

  return TRUE;
}
