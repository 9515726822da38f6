/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-cli-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-access-store.h"
#include "forlop-changeset-store.h"
#include "forlop-cli-key.h"
#include "forlop-store-create.h"
#include "forlop-error.h"
#include "forlop-id-number.h"
#include "forlop-person-store.h"
#include "forlop-store-error.h"

static gpointer
newest_on_worker (ForlopConnection  *connection,
                  gpointer           user_data G_GNUC_UNUSED,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  gint64 newest;

  if (!forlop_changeset_store_newest (connection, &newest, error))
    return NULL;

  return g_memdup2 (&newest, sizeof newest);
}

static gboolean
continue_clock (ForlopCli    *self,
                ForlopStore  *store,
                GError      **error)
{
  g_autofree gint64 *newest = NULL;

  if (self->today == FORLOP_DATE_NONE)
    return TRUE;

  newest = forlop_store_read_sync (store, newest_on_worker, NULL, g_free, self->cancellable, error);
  if (newest == NULL)
    return FALSE;
  if (*newest != FORLOP_INSTANT_NONE && forlop_instant_to_date (*newest) == self->today &&
      *newest >= forlop_clock_now (self->clock))
    forlop_clock_set (self->clock, *newest + 1);

  return TRUE;
}

ForlopStore *
forlop_cli_open_store (ForlopCli  *self,
                       GError    **error)
{
  g_autoptr (ForlopKey) key = NULL;
  g_autoptr (ForlopIdSource) ids = NULL;
  g_autoptr (ForlopStore) store = NULL;

  g_return_val_if_fail (self != NULL && self->clock != NULL, NULL);

  if (self->store_path == NULL)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("Say which file to work on: --store FILE. “forlopctl --store FILE init” makes one."));
      return NULL;
    }
  if (!g_file_test (self->store_path, G_FILE_TEST_EXISTS))
    {
      forlop_store_error_set (error, FORLOP_STORE_ERROR_MISSING, self->store_path, NULL);
      return NULL;
    }

  key = forlop_cli_unlock (self, error);
  if (key == NULL)
    return NULL;
  ids = forlop_id_source_new_system ();
  store = forlop_store_open (self->store_path, key, self->clock, ids, FORLOP_STORE_NO_SIGNALS, error);
  if (store == NULL || !continue_clock (self, store, error))
    return NULL;

  return g_steal_pointer (&store);
}

gboolean
forlop_cli_log_on_worker (ForlopConnection  *connection,
                          ForlopCli         *self,
                          const char        *citizen_id,
                          const char        *case_id,
                          const char        *action,
                          const char        *kinds,
                          GError           **error)
{
  gint64 now;
  g_autoptr (ForlopActor) actor = NULL;

  g_return_val_if_fail (connection != NULL && self != NULL, FALSE);
  g_return_val_if_fail (action != NULL && kinds != NULL, FALSE);

  now = forlop_clock_now (self->clock);
  if (self->as != NULL)
    {
      actor = forlop_cli_find_actor (connection, self->as, NULL, case_id, forlop_instant_to_date (now),
                                     error);
      if (actor == NULL)
        return FALSE;
    }

  return forlop_access_store_append (connection, actor, citizen_id, action, kinds, NULL, now, error);
}

typedef struct {
  ForlopCli *cli;
  const char *action;
  const char *kinds;
} LogJob;

static gpointer
log_on_worker (ForlopConnection  *connection,
               gpointer           user_data,
               GCancellable      *cancellable G_GNUC_UNUSED,
               GError           **error)
{
  LogJob *job = user_data;

  return forlop_cli_log_on_worker (connection, job->cli, NULL, NULL, job->action, job->kinds, error) ? job
                                                                                                     : NULL;
}

gboolean
forlop_cli_log (ForlopCli    *self,
                ForlopStore  *store,
                const char   *action,
                const char   *kinds,
                GError      **error)
{
  LogJob job = { self, action, kinds };

  g_return_val_if_fail (self != NULL && FORLOP_IS_STORE (store), FALSE);

  return forlop_store_write_sync (store, log_on_worker, &job, NULL, self->cancellable, error) != NULL;
}

/* By which field people name the records of a type. */
static const struct {
  const char *type;
  const char *field;
} names[] = {
  { "case", "number" },
  { "citizen", "id_number" },
  { "unit", "name" },
  { "user", "short_name" },
};

static const char *
naming_field (const char *type)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].type, type))
      return names[i].field;

  return NULL;
}

gboolean
forlop_cli_can_resolve (const char *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  return naming_field (type) != NULL;
}

static gboolean
same_name (const char *one,
           const char *other)
{
  g_autofree char *one_folded = one != NULL ? g_utf8_casefold (one, -1) : NULL;
  g_autofree char *other_folded = g_utf8_casefold (other, -1);

  return g_strcmp0 (one_folded, other_folded) == 0;
}

/* Units and users are few and are found whether written in capitals or not. */
static char *
find_by_name (ForlopConnection  *connection,
              const char        *type,
              const char        *field,
              const char        *value,
              GError           **error)
{
  gboolean few = g_str_equal (type, "unit") || g_str_equal (type, "user");
  g_autoptr (GPtrArray) records = NULL;

  if (g_str_equal (type, "citizen"))
    return forlop_person_store_find (connection, value, error);
  records = forlop_record_store_list (connection, type, few ? NULL : field, value, error);
  for (unsigned int i = 0; records != NULL && i < records->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (records, i);

      if (!few || same_name (forlop_record_get_text (record, field), value))
        return g_strdup (forlop_record_get_id (record));
    }

  return records != NULL ? g_strdup ("") : NULL;
}

char *
forlop_cli_resolve (ForlopConnection  *connection,
                    const char        *type,
                    const char        *name,
                    GError           **error)
{
  const char *field;
  g_autofree char *value = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (type != NULL && name != NULL, NULL);

  field = naming_field (type);
  if (field == NULL || forlop_id_is_valid (name))
    return g_strdup (name);

  value = g_str_equal (field, "id_number") ? forlop_id_number_normalize (name) : g_strdup (name);
  id = find_by_name (connection, type, field, value, error);
  if (id == NULL)
    return NULL;
  if (*id == '\0')
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                   /* Translators: a kind of record, such as Case; then what was written. */
                   _("%s: “%s” is not in this file. Nothing was changed."),
                   _(forlop_record_type_find (type)->label), name);
      return NULL;
    }

  return g_steal_pointer (&id);
}

gboolean
forlop_cli_make_store (ForlopCli  *self,
                       GError    **error)
{
  g_autoptr (ForlopKey) key = forlop_key_new_random ();
  g_autoptr (ForlopKeyring) keyring = NULL;

  g_return_val_if_fail (self != NULL && self->store_path != NULL, FALSE);

  keyring = forlop_cli_wrap_key (self, key, NULL, error);

  return keyring != NULL && forlop_store_create (self->store_path, key, keyring, error);
}
