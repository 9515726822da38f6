/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-snapshot-store.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-escalation.h"
#include "forlop-measurement-store.h"
#include "forlop-person-store.h"
#include "forlop-record-pick.h"
#include "forlop-record-store.h"

/**
 * forlop_snapshot_store_concerns:
 *
 * Whether a change of a record of @type can change what the rules say of a case.
 */
gboolean
forlop_snapshot_store_concerns (const char *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  return g_str_equal (type, "alert") || g_str_equal (type, "measurement") ||
         g_str_equal (type, "invalidation") || g_str_equal (type, "form_answer") ||
         !forlop_snapshot_leaves_out (type);
}

static gboolean
put_list (ForlopSnapshot   *snapshot,
          ForlopConnection *connection,
          const char       *type,
          const char       *field,
          const char       *value,
          GError          **error)
{
  g_autoptr (GPtrArray) records = forlop_record_store_list (connection, type, field, value, error);

  if (records == NULL)
    return FALSE;
  for (unsigned int i = 0; i < records->len; i++)
    forlop_snapshot_put (snapshot, g_ptr_array_index (records, i));

  return TRUE;
}

/* Whether records of @type are read by what they name in @field. */
static gboolean
is_owned_by (const ForlopRecordType *type,
             const char             *field)
{
  if (forlop_snapshot_leaves_out (type->name) || forlop_record_type_field (type, field) == NULL)
    return FALSE;

  /* What belongs to a case is read by the case, the rest by the citizen. */
  return !g_str_equal (field, "citizen_id") ||
         (forlop_record_type_field (type, "case_id") == NULL && !g_str_equal (type->name, "case"));
}

/* The numbers of the types that have records of an owner. */
static const char *
make_present_sql (const char *field)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  unsigned int n;
  const ForlopRecordType *const *types = forlop_record_types (&n);

  for (unsigned int i = 0; i < n; i++)
    if (is_owned_by (types[i], field))
      g_string_append_printf (sql, "%sSELECT %u WHERE EXISTS (SELECT 1 FROM \"%s\" WHERE \"%s\" = ?1)",
                              sql->len > 0 ? " UNION ALL " : "", i, types[i]->name, field);

  return g_intern_string (sql->str);
}

static const char *
present_sql (const char *field)
{
  static const char *of_citizen, *of_case;
  const char **sql = g_str_equal (field, "citizen_id") ? &of_citizen : &of_case;

  if (g_once_init_enter_pointer (sql))
    g_once_init_leave_pointer (sql, make_present_sql (field));

  return *sql;
}

/* Every record that names the owner in @field, for the types that declare it. A case has records of a
 * few of the many types, so one question finds out which are there, and only those are read. */
static gboolean
put_owned (ForlopSnapshot    *snapshot,
           ForlopConnection  *connection,
           const char        *field,
           const char        *owner,
           GError           **error)
{
  const ForlopRecordType *const *types = forlop_record_types (NULL);
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, present_sql (field), error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, owner);

  while (TRUE)
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      if (!put_list (snapshot, connection,
                     types[forlop_statement_get_integer (statement, 0)]->name, field, owner, error))
        return FALSE;
    }
}

/* What belongs to the citizen under any record of the person: what is put twice is there once. */
static gboolean
put_of_person (ForlopSnapshot    *snapshot,
               ForlopConnection  *connection,
               GPtrArray         *ids,
               GError           **error)
{
  for (unsigned int i = 0; i < ids->len; i++)
    if (!put_owned (snapshot, connection, "citizen_id", g_ptr_array_index (ids, i), error))
      return FALSE;

  return TRUE;
}

/* The alerts that nobody has finished with, and the newest answers to why a measurement was missing:
 * they say from when it is expected again. */
static gboolean
put_alerts (ForlopSnapshot    *snapshot,
                 ForlopConnection  *connection,
                 const char        *case_id,
                 GError           **error)
{
  static const char sql[] =
    "SELECT id FROM alert WHERE case_id = ?1 AND deleted = 0 "
    "AND status IN ('new', 'taken', 'snoozed') UNION SELECT id FROM (SELECT id FROM alert "
    "WHERE case_id = ?1 AND deleted = 0 AND kind = 'missing' ORDER BY handled_at DESC LIMIT 32)";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  g_autoptr (GPtrArray) alerts = NULL;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, case_id);
  alerts = forlop_record_pick_listed (connection, "alert", statement, error);
  for (unsigned int i = 0; alerts != NULL && i < alerts->len; i++)
    forlop_snapshot_put (snapshot, g_ptr_array_index (alerts, i));

  return alerts != NULL;
}

/* What is not on this machine, because its user may not see it or it has not come yet, is left out; the
 * rules do without it. */
static gboolean
put_if_present (ForlopSnapshot    *snapshot,
                ForlopConnection  *connection,
                const char        *type,
                const char        *id,
                ForlopRecord     **record,
                GError           **error)
{
  if (!forlop_record_pick_named (connection, type, id, record, error))
    return FALSE;
  if (*record != NULL)
    forlop_snapshot_put (snapshot, *record);

  return TRUE;
}

static gboolean
put_items (ForlopSnapshot    *snapshot,
           ForlopConnection  *connection,
           GError           **error)
{
  GPtrArray *loans = forlop_snapshot_list (snapshot, "loan");

  for (unsigned int i = 0; i < loans->len; i++)
    {
      const char *item_id = forlop_record_get_text (g_ptr_array_index (loans, i), "item_id");
      g_autoptr (ForlopRecord) item = NULL;
      g_autoptr (ForlopRecord) product = NULL;

      if (item_id == NULL || forlop_snapshot_get (snapshot, "item", item_id) != NULL)
        continue;
      if (!put_if_present (snapshot, connection, "item", item_id, &item, error) ||
          (item != NULL &&
           !put_if_present (snapshot, connection, "product",
                            forlop_record_get_text (item, "product_id"), &product, error)))
        return FALSE;
    }

  return TRUE;
}

/* The forms that are asked for by a schedule, and when each was last answered. */
static gboolean
put_forms (ForlopSnapshot    *snapshot,
           ForlopConnection  *connection,
           const char        *case_id,
           GError           **error)
{
  static const char sql[] =
    "SELECT max (answered_at) FROM form_answer WHERE case_id = ?1 AND form_id = ?2 AND deleted = 0";
  GPtrArray *schedules = forlop_snapshot_list (snapshot, "schedule");

  for (unsigned int i = 0; i < schedules->len; i++)
    {
      const char *form_id = forlop_record_get_text (g_ptr_array_index (schedules, i), "form_id");
      g_autoptr (ForlopRecord) form = NULL;
      g_autoptr (ForlopStatement) statement = NULL;
      gboolean has_row;

      if (form_id == NULL || forlop_snapshot_get (snapshot, "form", form_id) != NULL)
        continue;
      if (!put_if_present (snapshot, connection, "form", form_id, &form, error))
        return FALSE;
      if (form == NULL)
        continue;
      statement = forlop_connection_prepare (connection, sql, error);
      if (statement == NULL)
        return FALSE;

      forlop_statement_bind_id (statement, 1, case_id);
      forlop_statement_bind_id (statement, 2, form_id);
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row && !forlop_statement_is_null (statement, 0))
        forlop_snapshot_set_last_measured (snapshot, form_id,
                                           forlop_statement_get_instant (statement, 0));
    }

  return TRUE;
}

static gboolean
put_organisation (ForlopSnapshot    *snapshot,
                  ForlopConnection  *connection,
                  GError           **error)
{
  ForlopRecord *the_case = forlop_snapshot_get_case (snapshot);
  const char *profile_id = forlop_record_get_text (the_case, "profile_id");
  g_autoptr (ForlopRecord) profile = NULL;
  g_autoptr (ForlopRecord) unit = NULL;

  if (!put_if_present (snapshot, connection, "profile", profile_id, &profile, error) ||
      !put_if_present (snapshot, connection, "unit", forlop_escalation_unit (the_case), &unit, error))
    return FALSE;

  return profile == NULL ||
         put_list (snapshot, connection, "responsibility", "profile_id", profile_id, error);
}

/* What only the server can settle, and has not: unique claims, decisions and loans. */
static gboolean
put_waiting (ForlopSnapshot    *snapshot,
             ForlopConnection  *connection,
             const char        *citizen_id,
             const char        *case_id,
             GError           **error)
{
  static const char sql[] =
    "SELECT id, max (made) FROM pending_row WHERE id = ?1 AND type = 'citizen' GROUP BY id "
    "UNION ALL SELECT p.id, max (p.made) FROM loan l JOIN pending_row p ON p.id = l.id "
    "AND p.type = 'loan' WHERE l.case_id = ?2 GROUP BY p.id "
    "UNION ALL SELECT p.id, max (p.made) FROM decision d JOIN pending_row p ON p.id = d.id "
    "AND p.type = 'decision' WHERE d.case_id = ?2 GROUP BY p.id";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, citizen_id);
  forlop_statement_bind_id (statement, 2, case_id);

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        {
          g_autofree char *id = forlop_statement_dup_id (statement, 0);

          forlop_snapshot_set_waiting (snapshot, id, forlop_statement_get_boolean (statement, 1));
        }
    }
  while (has_row);

  return TRUE;
}

/* The citizen, by the record that stands, with what belongs to no case. */
static ForlopSnapshot *
load_citizen (ForlopConnection  *connection,
              const char        *citizen_id,
              gint64             now,
              GError           **error)
{
  g_autoptr (ForlopSnapshot) snapshot = forlop_snapshot_new (now);
  g_autoptr (GPtrArray) ids = forlop_person_store_list_ids (connection, citizen_id, error);
  g_autoptr (ForlopRecord) citizen = NULL;

  citizen = ids != NULL ? forlop_record_store_load (connection, "citizen", ids->pdata[0], error) : NULL;
  if (citizen == NULL)
    return NULL;
  forlop_snapshot_put (snapshot, citizen);
  if (!put_of_person (snapshot, connection, ids, error))
    return NULL;

  return g_steal_pointer (&snapshot);
}

/**
 * forlop_snapshot_store_load_citizen:
 *
 * The citizen alone, with what belongs to no case.
 */
ForlopSnapshot *
forlop_snapshot_store_load_citizen (ForlopConnection *connection,
                                    const char       *citizen_id,
                                    gint64            now,
                                    GError          **error)
{
  g_autoptr (ForlopSnapshot) snapshot = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (citizen_id != NULL, NULL);

  snapshot = load_citizen (connection, citizen_id, now, error);
  if (snapshot == NULL || !put_waiting (snapshot, connection, citizen_id, NULL, error))
    return NULL;

  return g_steal_pointer (&snapshot);
}

/**
 * forlop_snapshot_store_load_bare_case:
 *
 * The citizen and one case, and none of their records.
 */
ForlopSnapshot *
forlop_snapshot_store_load_bare_case (ForlopConnection *connection,
                                      const char       *case_id,
                                      gint64            now,
                                      GError          **error)
{
  g_autoptr (ForlopRecord) the_case = NULL;
  g_autoptr (ForlopRecord) citizen = NULL;
  g_autoptr (ForlopSnapshot) snapshot = NULL;
  g_autofree char *stands_id = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (case_id != NULL, NULL);

  the_case = forlop_record_store_load (connection, "case", case_id, error);
  if (the_case == NULL)
    return NULL;
  stands_id =
    forlop_person_store_dup_stand (connection, forlop_record_get_text (the_case, "citizen_id"), error);
  citizen = stands_id != NULL ? forlop_record_store_load (connection, "citizen", stands_id, error) : NULL;
  if (citizen == NULL)
    return NULL;

  snapshot = forlop_snapshot_new (now);
  forlop_snapshot_put (snapshot, citizen);
  forlop_snapshot_put (snapshot, the_case);

  return g_steal_pointer (&snapshot);
}

/**
 * forlop_snapshot_store_load_case:
 *
 * The citizen and one case, as the rules look at them.
 */
ForlopSnapshot *
forlop_snapshot_store_load_case (ForlopConnection *connection,
                                 const char       *case_id,
                                 gint64            now,
                                 GError          **error)
{
  g_autoptr (ForlopRecord) the_case = NULL;
  g_autoptr (ForlopSnapshot) snapshot = NULL;
  const char *citizen_id;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (case_id != NULL, NULL);

  the_case = forlop_record_store_load (connection, "case", case_id, error);
  if (the_case == NULL)
    return NULL;

  citizen_id = forlop_record_get_text (the_case, "citizen_id");
  snapshot = load_citizen (connection, citizen_id, now, error);
  if (snapshot == NULL)
    return NULL;
  forlop_snapshot_put (snapshot, the_case);

  if (!put_owned (snapshot, connection, "case_id", case_id, error) ||
      !put_alerts (snapshot, connection, case_id, error) ||
      !put_items (snapshot, connection, error) ||
      !put_forms (snapshot, connection, case_id, error) ||
      !put_organisation (snapshot, connection, error) ||
      !put_waiting (snapshot, connection, citizen_id, case_id, error) ||
      !forlop_measurement_store_put_last (connection, snapshot, error))
    return NULL;

  return g_steal_pointer (&snapshot);
}

/* The case and the citizen as the delivery side knows them. */
static void
put_known (ForlopSnapshot *snapshot,
           const char     *case_id,
           ForlopRecord   *of_case)
{
  ForlopRecord *delivery = forlop_snapshot_latest (snapshot, "delivery");
  const char *citizen_id = forlop_record_get_text (of_case, "citizen_id");
  g_autoptr (ForlopRecord) the_case = forlop_record_new (forlop_record_type_find ("case"), case_id);
  g_autoptr (ForlopRecord) citizen = forlop_record_new (forlop_record_type_find ("citizen"), citizen_id);

  forlop_record_set_text (the_case, "citizen_id", citizen_id);
  if (delivery != NULL)
    forlop_record_set_text (the_case, "unit_id", forlop_record_get_text (delivery, "unit_id"));
  forlop_snapshot_put (snapshot, citizen);
  forlop_snapshot_put (snapshot, the_case);
  forlop_snapshot_set_delivery (snapshot);
}

ForlopSnapshot *
forlop_snapshot_store_load_delivery (ForlopConnection *connection,
                                     const char       *case_id,
                                     gint64            now,
                                     GError          **error)
{
  g_autoptr (ForlopSnapshot) snapshot = NULL;
  ForlopRecord *of_case;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (case_id != NULL, NULL);

  snapshot = forlop_snapshot_new (now);
  if (!put_list (snapshot, connection, "delivery", "case_id", case_id, error) ||
      !put_list (snapshot, connection, "loan", "case_id", case_id, error) ||
      !put_items (snapshot, connection, error))
    return NULL;
  of_case = forlop_snapshot_latest (snapshot, "delivery");
  if (of_case == NULL)
    of_case = forlop_snapshot_latest (snapshot, "loan");
  if (of_case == NULL)
    {
      g_autoptr (ForlopRecord) the_case = forlop_record_store_load (connection, "case", case_id, error);

      /* A case that is here without its citizen is not known by its delivery side either. */
      if (the_case != NULL)
        g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                             _("The citizen of the case is not on this machine. Nothing was changed."));
      return NULL;
    }
  put_known (snapshot, case_id, of_case);

  return g_steal_pointer (&snapshot);
}

ForlopSnapshot *
forlop_snapshot_store_load_either (ForlopConnection *connection,
                                   const char       *case_id,
                                   gint64            now,
                                   GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  ForlopSnapshot *snapshot = forlop_snapshot_store_load_case (connection, case_id, now, &local_error);

  if (snapshot != NULL)
    return snapshot;
  if (g_error_matches (local_error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
    return forlop_snapshot_store_load_delivery (connection, case_id, now, error);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

char *
forlop_snapshot_store_newest_case (ForlopConnection *connection,
                                   const char       *citizen_id,
                                   GError          **error)
{
  static const char sql[] =
    "SELECT id FROM \"case\" WHERE citizen_id IN " FORLOP_SAME_PERSON ("?1") " AND deleted = 0 "
    "ORDER BY status = 'running' DESC, status = 'open' DESC, id DESC LIMIT 1";
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (citizen_id != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, citizen_id);
  if (!forlop_statement_step (statement, &has_row, error) || !has_row)
    return NULL;

  return forlop_statement_dup_id (statement, 0);
}
