/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-identities.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "forlop-act.h"
#include "forlop-record-store.h"
#include "forlop-worker.h"

static GHashTable *
load_by_id (ForlopConnection  *connection,
            const char        *type,
            GError           **error)
{
  g_autoptr(GPtrArray) records = forlop_record_store_list (connection, type, NULL, NULL, error);
  GHashTable *by_id;

  if (records == NULL)
    return NULL;

  by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  for (unsigned int i = 0; i < records->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (records, i);

      g_hash_table_insert (by_id, (gpointer) forlop_record_get_id (record), g_object_ref (record));
    }

  return by_id;
}

static gboolean
is_in_use (ForlopRecord *record)
{
  return !forlop_record_has (record, "active") || forlop_record_get_boolean (record, "active");
}

static gboolean
holds_on (ForlopRecord *membership,
          ForlopDate    today)
{
  ForlopDate from = forlop_record_get_date (membership, "valid_from");
  ForlopDate to = forlop_record_get_date (membership, "valid_to");

  return (from == FORLOP_DATE_NONE || from <= today) && (to == FORLOP_DATE_NONE || today <= to);
}

static ForlopIdentity *
new_identity (ForlopRecord *membership,
              GHashTable   *users,
              GHashTable   *units)
{
  const char *role = forlop_record_get_text (membership, "role");
  ForlopRecord *user = g_hash_table_lookup (users, forlop_record_get_text (membership, "user_id"));
  ForlopRecord *unit = g_hash_table_lookup (units, forlop_record_get_text (membership, "unit_id"));

  if (user == NULL || unit == NULL || !is_in_use (user) || !is_in_use (unit))
    return NULL;

  return forlop_identity_new (forlop_record_get_id (user), forlop_record_get_text (user, "name"),
                              role, forlop_role_label (role),
                              forlop_record_get_id (unit), forlop_record_get_text (unit, "name"));
}

static int
compare_identities (const void *a,
                    const void *b)
{
  ForlopIdentity *left = *(ForlopIdentity *const *) a;
  ForlopIdentity *right = *(ForlopIdentity *const *) b;
  int order = g_utf8_collate (forlop_identity_get_user_name (left),
                              forlop_identity_get_user_name (right));

  /* The roles in the order in which a case meets them. */
  if (order == 0)
    order = (int) forlop_role_from_code (forlop_identity_get_role (left)) -
            (int) forlop_role_from_code (forlop_identity_get_role (right));
  if (order == 0)
    order = g_utf8_collate (forlop_identity_get_unit_name (left),
                            forlop_identity_get_unit_name (right));

  return order;
}

/* In a file that belongs to a server only its own user acts: nobody else's acts are taken there. "" where
 * everybody may. */
static char *
dup_only_user (ForlopConnection  *connection,
               GError           **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, "SELECT user_id FROM sync_state", error);
  gboolean has_row;

  if (statement == NULL || !forlop_statement_step (statement, &has_row, error))
    return NULL;

  return has_row && !forlop_statement_is_null (statement, 0) ? forlop_statement_dup_id (statement, 0)
                                                             : g_strdup ("");
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  ForlopDate today = GPOINTER_TO_INT (user_data);
  g_autoptr(GHashTable) users = load_by_id (connection, "user", error);
  g_autoptr(GHashTable) units = users != NULL ? load_by_id (connection, "unit", error) : NULL;
  g_autoptr(GPtrArray) memberships = NULL;
  g_autofree char *only = NULL;
  g_autoptr(GPtrArray) identities = g_ptr_array_new_with_free_func (g_object_unref);

  if (units == NULL)
    return NULL;
  memberships = forlop_record_store_list (connection, "membership", NULL, NULL, error);
  only = memberships != NULL ? dup_only_user (connection, error) : NULL;
  if (only == NULL)
    return NULL;

  for (unsigned int i = 0; i < memberships->len; i++)
    {
      ForlopRecord *membership = g_ptr_array_index (memberships, i);
      ForlopIdentity *identity = NULL;

      if (holds_on (membership, today) &&
          (*only == '\0' || g_strcmp0 (forlop_record_get_text (membership, "user_id"), only) == 0))
        identity = new_identity (membership, users, units);
      if (identity != NULL)
        g_ptr_array_add (identities, identity);
    }
  g_ptr_array_sort (identities, compare_identities);

  return g_steal_pointer (&identities);
}

static GListModel *
new_list (GPtrArray *identities)
{
  GListStore *list = g_list_store_new (FORLOP_TYPE_IDENTITY);

  g_list_store_splice (list, 0, 0, identities->pdata, identities->len);

  return G_LIST_MODEL (list);
}

static DexFuture *
fill_list_cb (DexFuture *completed,
              gpointer   user_data G_GNUC_UNUSED)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) identities = forlop_worker_steal (completed, &error);

  if (identities == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_object (new_list (identities));
}

DexFuture *
forlop_identities_load (ForlopStore *store,
                        ForlopDate   today)
{
  g_return_val_if_fail (FORLOP_IS_STORE (store), NULL);

  return dex_future_then (forlop_store_read (store, load_on_worker, GINT_TO_POINTER (today), NULL,
                                             (GDestroyNotify) g_ptr_array_unref),
                          fill_list_cb, NULL, NULL);
}

GListModel *
forlop_identities_load_sync (ForlopStore *store,
                             ForlopDate   today,
                             GError     **error)
{
  g_autoptr(GPtrArray) identities = NULL;

  g_return_val_if_fail (FORLOP_IS_STORE (store), NULL);

  identities = forlop_store_read_sync (store, load_on_worker, GINT_TO_POINTER (today),
                                       (GDestroyNotify) g_ptr_array_unref, NULL, error);

  return identities != NULL ? new_list (identities) : NULL;
}

static gboolean
is_wanted (ForlopIdentity *identity,
           const char     *user,
           const char     *role)
{
  const char *name = forlop_identity_get_user_name (identity);
  g_autofree char *first = g_strndup (name, strcspn (name, " "));

  if (role != NULL && g_strcmp0 (forlop_identity_get_role (identity), role) != 0)
    return FALSE;

  return g_strcmp0 (forlop_identity_get_user_id (identity), user) == 0 ||
         g_ascii_strcasecmp (name, user) == 0 || g_ascii_strcasecmp (first, user) == 0;
}

ForlopIdentity *
forlop_identities_find (GListModel *identities,
                        const char *wanted)
{
  g_auto (GStrv) parts = NULL;
  unsigned int n;

  g_return_val_if_fail (G_IS_LIST_MODEL (identities), NULL);
  g_return_val_if_fail (wanted != NULL, NULL);

  parts = g_strsplit (wanted, ":", 2);
  n = g_list_model_get_n_items (identities);
  for (unsigned int i = 0; i < n; i++)
    {
      g_autoptr (ForlopIdentity) identity = g_list_model_get_item (identities, i);

      if (parts[0] != NULL && is_wanted (identity, parts[0], parts[1]))
        return g_steal_pointer (&identity);
    }

  return NULL;
}

ForlopIdentity *
forlop_identities_find_function (GListModel *actors,
                                 const char *user,
                                 const char *role,
                                 const char *unit)
{
  for (unsigned int i = 0; i < g_list_model_get_n_items (actors); i++)
    {
      g_autoptr (ForlopIdentity) actor = g_list_model_get_item (actors, i);

      if (forlop_identity_is (actor, user, role, unit))
        return g_steal_pointer (&actor);
    }

  return NULL;
}
