/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-accounts.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-token.h"

/* Other systems: each has one token, which those who run the server make and take away. */

gboolean
forlop_accounts_authenticate_system (ForlopServerCall  *call,
                                     ForlopSyncReply  **reply,
                                     GError           **error)
{
  guint8 hash[FORLOP_TOKEN_HASH_BYTES];

  g_return_val_if_fail (call != NULL && reply != NULL, FALSE);

  *reply = NULL;
  if (call->tenant != NULL && call->token != NULL)
    {
      forlop_token_hash (call->token, hash);
      if (!forlop_system_store_find (call->tenant->accounts, hash, &call->system, error))
        return FALSE;
    }
  if (call->system == NULL)
    *reply = forlop_sync_reply_problem (401, "not_signed_in",
                                        _("The token is not that of a system known here. Nothing was stored."));

  return TRUE;
}

/* The unit by its name or id; an error with a sentence when there is none. */
static char *
find_unit (ForlopTenant  *tenant,
           const char    *name,
           GError       **error)
{
  ForlopServerStorage *storage = tenant->storage;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *found = NULL;

  if (!storage->funcs->begin (storage, FALSE, error))
    return NULL;
  rows = storage->funcs->list_type (storage, forlop_record_type_find ("unit"), error);
  storage->funcs->rollback (storage);
  for (unsigned int i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr (ForlopRecord) unit = forlop_sync_row_to_record (g_ptr_array_index (rows, i), error);

      if (unit == NULL)
        return NULL;
      if (forlop_record_text_is (unit, "name", name) || g_str_equal (forlop_record_get_id (unit), name))
        g_set_str (&found, forlop_record_get_id (unit));
    }
  if (rows != NULL && found == NULL)
    g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                 _("There is no unit called “%s”. Nothing was made; write its name as it is in the municipality."),
                 name);

  return g_steal_pointer (&found);
}

typedef struct {
  ForlopTenant *tenant;
  const char *name;
  const char *unit;
  gboolean reads;
  char *token;
} Making;

static gboolean
is_free (const Making  *self,
         GError       **error)
{
  g_autoptr (GPtrArray) present = forlop_system_store_list (self->tenant->accounts, error);

  for (unsigned int i = 0; present != NULL && i < present->len; i++)
    if (g_str_equal (((ForlopSystem *) g_ptr_array_index (present, i))->name, self->name))
      {
        g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_ALREADY,
                     _("There is a system called “%s” already. Nothing was made; end it first for a new token."),
                     self->name);
        return FALSE;
      }

  return present != NULL;
}

static gpointer
make_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Making *self = user_data;
  g_autofree char *unit_id = is_free (self, error) ? find_unit (self->tenant, self->unit, error) : NULL;
  const ForlopSystem system = {
    .name = (char *) self->name, .unit_id = unit_id, .sends = TRUE, .reads = self->reads,
    .made_at = forlop_clock_now (self->tenant->clock),
  };
  guint8 hash[FORLOP_TOKEN_HASH_BYTES];

  if (unit_id == NULL)
    return NULL;
  self->token = forlop_token_new (self->tenant->name);
  forlop_token_hash (self->token, hash);
  if (forlop_system_store_add (self->tenant->accounts, &system, hash, error))
    return self;
  sodium_memzero (self->token, strlen (self->token));
  g_clear_pointer (&self->token, g_free);

  return NULL;
}

char *
forlop_accounts_add_system (ForlopTenant  *tenant,
                            const char    *name,
                            const char    *unit,
                            gboolean       reads,
                            GError       **error)
{
  Making making = { .tenant = tenant, .name = name, .unit = unit, .reads = reads };

  g_return_val_if_fail (tenant != NULL && name != NULL && unit != NULL, NULL);

  return forlop_worker_run_sync (tenant->worker, make_on_worker, &making, NULL, error) != NULL ? making.token : NULL;
}
