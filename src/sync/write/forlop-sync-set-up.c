/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"

/* A municipality that begins with nothing has nobody who could register anybody: the server writes the first
 * administrator itself. */

static gboolean
has_administrator (ForlopSyncSession  *self,
                   gboolean           *has,
                   GError            **error)
{
  GPtrArray *memberships = forlop_sync_session_memberships (self, error);

  *has = FALSE;
  if (memberships == NULL)
    return FALSE;
  for (unsigned int i = 0; i < memberships->len && !*has; i++)
    *has = forlop_record_text_is (g_ptr_array_index (memberships, i), "role", "administrator");

  return TRUE;
}

static gboolean
set_up (ForlopSyncSession       *self,
        const ForlopSyncSetUp   *words,
        GError                 **error)
{
  g_autoptr (ForlopChangeset) changeset = NULL;
  g_autofree char *unit_id = NULL;
  g_autofree char *user_id = NULL;
  g_autofree char *membership_id = NULL;
  ForlopRecord *record;

  changeset = forlop_sync_author_begin (self, "set-up", error);
  if (changeset == NULL)
    return FALSE;
  unit_id = forlop_id_derive (forlop_changeset_get_id (changeset), "unit");
  user_id = forlop_id_derive (forlop_changeset_get_id (changeset), "user");
  membership_id = forlop_id_derive (forlop_changeset_get_id (changeset), "membership");

  record = forlop_changeset_make (changeset, "unit", unit_id);
  forlop_record_set_text (record, "name", words->unit);
  forlop_record_set_text (record, "kind", "other");
  record = forlop_changeset_make (changeset, "user", user_id);
  forlop_record_set_text (record, "name", words->name);
  forlop_record_set_text (record, "short_name", words->short_name);
  record = forlop_changeset_make (changeset, "membership", membership_id);
  forlop_record_set_text (record, "user_id", user_id);
  forlop_record_set_text (record, "role", "administrator");
  forlop_record_set_text (record, "unit_id", unit_id);

  return forlop_sync_author_finish (self, changeset, error) &&
         self->storage->funcs->commit (self->storage, error);
}

/**
 * forlop_sync_server_set_up:
 *
 * Registers a unit, a user, and that the user is administrator there. Refused with %FORLOP_ERROR_ALREADY where
 * there is or was an administrator.
 */
gboolean
forlop_sync_server_set_up (ForlopServerStorage    *storage,
                           gint64                  now,
                           const ForlopSyncSetUp  *words,
                           GError                **error)
{
  const ForlopSyncCaller nobody = { .trusted = TRUE };
  ForlopSyncSession self = { .storage = storage, .caller = &nobody, .now = now };
  gboolean has = FALSE;
  gboolean is_done;

  g_return_val_if_fail (storage != NULL && words != NULL, FALSE);

  if (!storage->funcs->begin (storage, TRUE, error))
    return FALSE;
  is_done = storage->funcs->get_head (storage, &self.head, error) && has_administrator (&self, &has, error);
  if (is_done && has)
    {
      is_done = FALSE;
      g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_ALREADY,
                           _("The municipality has an administrator already. Nothing was changed. Add an account for "
                             "that user instead."));
    }
  is_done = is_done && set_up (&self, words, error);
  if (!is_done)
    storage->funcs->rollback (storage);
  forlop_sync_session_forget (&self);

  return is_done;
}
