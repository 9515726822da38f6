/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-case-view.h"

#include "forlop-cli-store.h"
#include "forlop-snapshot-store.h"

void
forlop_case_view_free (ForlopCaseView *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->snapshot, forlop_snapshot_unref);
  g_clear_pointer (&self->duties, g_ptr_array_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_free (self);
}

const char *
forlop_case_view_get_name (ForlopCaseView *self,
                           const char     *id)
{
  const char *name;

  g_return_val_if_fail (self != NULL, "");

  if (id == NULL)
    return "";
  name = g_hash_table_lookup (self->names, id);

  return name != NULL ? name : id;
}

/* Eleven digits are a citizen, whose newest case is meant. */
static char *
find_case (ForlopConnection  *connection,
           const char        *name,
           GError           **error)
{
  g_autofree char *case_id = NULL;
  g_autofree char *citizen_id = NULL;
  g_autoptr (GError) local_error = NULL;

  case_id = forlop_cli_resolve (connection, "case", name, &local_error);
  if (case_id != NULL)
    return g_steal_pointer (&case_id);

  citizen_id = forlop_cli_resolve (connection, "citizen", name, NULL);
  if (citizen_id != NULL)
    case_id = forlop_snapshot_store_newest_case (connection, citizen_id, NULL);
  if (case_id == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return g_steal_pointer (&case_id);
}

static gboolean
load_names (ForlopCaseView    *self,
            ForlopConnection  *connection,
            GError           **error)
{
  static const char *const types[] = { "unit", "user" };

  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (unsigned int t = 0; t < G_N_ELEMENTS (types); t++)
    {
      g_autoptr (GPtrArray) records = forlop_record_store_list (connection, types[t], NULL, NULL, error);

      if (records == NULL)
        return FALSE;
      for (unsigned int i = 0; i < records->len; i++)
        {
          ForlopRecord *record = g_ptr_array_index (records, i);

          g_hash_table_insert (self->names, g_strdup (forlop_record_get_id (record)),
                               g_strdup (forlop_record_get_text (record, "name")));
        }
    }

  return TRUE;
}

/* Every record that belongs to the case; measurements are too many, and events are the time line. */
static gboolean
load_records (ForlopCaseView    *self,
              ForlopConnection  *connection,
              const char        *case_id,
              GError           **error)
{
  unsigned int n;
  const ForlopRecordType *const *types = forlop_record_types (&n);

  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (unsigned int i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) records = NULL;

      if (forlop_record_type_field (types[i], "case_id") == NULL ||
          g_str_equal (types[i]->name, "measurement") || g_str_equal (types[i]->name, "event"))
        continue;
      records = forlop_record_store_list (connection, types[i]->name, "case_id", case_id, error);
      if (records == NULL)
        return FALSE;
      if (records->len > 0)
        g_ptr_array_add (self->records, g_steal_pointer (&records));
    }

  return TRUE;
}

/* What happened in this case, and to the citizen outside every case. */
static gboolean
load_events (ForlopCaseView    *self,
             ForlopConnection  *connection,
             const char        *citizen_id,
             const char        *case_id,
             GError           **error)
{
  g_autoptr (GPtrArray) all =
    forlop_record_store_list (connection, "event", "citizen_id", citizen_id, error);

  if (all == NULL)
    return FALSE;

  self->events = g_ptr_array_new_with_free_func (g_object_unref);
  for (unsigned int i = 0; i < all->len; i++)
    {
      ForlopRecord *event = g_ptr_array_index (all, i);

      if (!forlop_record_has (event, "case_id") || forlop_record_text_is (event, "case_id", case_id))
        g_ptr_array_add (self->events, g_object_ref (event));
    }

  return TRUE;
}

ForlopCaseView *
forlop_case_view_load (ForlopConnection  *connection,
                       const char        *name,
                       gint64             now,
                       GError           **error)
{
  g_autofree char *case_id = NULL;
  g_autoptr (ForlopCaseView) self = g_new0 (ForlopCaseView, 1);
  const char *citizen_id;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  case_id = find_case (connection, name, error);
  if (case_id == NULL)
    return NULL;
  self->snapshot = forlop_snapshot_store_load_case (connection, case_id, now, error);
  if (self->snapshot == NULL)
    return NULL;

  self->duties = forlop_duties_of_case (self->snapshot);
  forlop_pathway_evaluate (self->snapshot, &self->pathway);
  citizen_id = forlop_record_get_id (forlop_snapshot_get_citizen (self->snapshot));
  if (!load_names (self, connection, error) || !load_records (self, connection, case_id, error) ||
      !load_events (self, connection, citizen_id, case_id, error))
    return NULL;

  return g_steal_pointer (&self);
}
