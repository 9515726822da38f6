/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <glib/gi18n-lib.h>

/* The daily look at the access log is a task of the leaders. What was found names people and is not in it:
 * everybody in the unit reads its tasks. */

/* The units that have a leader today: managers', or administrators' where there is no manager. */
static GPtrArray *
list_units (ForlopSyncSession  *self,
            const char         *role,
            GError            **error)
{
  ForlopDate today = forlop_instant_to_date (self->now);
  GPtrArray *memberships = forlop_sync_session_memberships (self, error);
  g_autoptr (GPtrArray) units = g_ptr_array_new ();

  if (memberships == NULL)
    return NULL;
  for (unsigned int i = 0; i < memberships->len; i++)
    {
      ForlopRecord *membership = g_ptr_array_index (memberships, i);
      const char *unit_id = forlop_record_get_text (membership, "unit_id");

      if (forlop_record_text_is (membership, "role", role) && forlop_sync_membership_is_valid (membership, today) &&
          !g_ptr_array_find_with_equal_func (units, unit_id, g_str_equal, NULL))
        g_ptr_array_add (units, (gpointer) unit_id);
    }

  return g_steal_pointer (&units);
}

/* The same in every process, on the same day. */
static char *
dup_task_id (ForlopSyncSession *self,
             const char        *unit_id)
{
  g_autofree char *rule = g_strdup_printf ("review %d", (int) forlop_instant_to_date (self->now));

  return forlop_id_derive (unit_id, rule);
}

static void
add_task (ForlopSyncSession *self,
          ForlopChangeset   *changeset,
          const char        *role,
          const char        *unit_id,
          unsigned int       n_findings)
{
  g_autofree char *id = dup_task_id (self, unit_id);
  g_autofree char *title =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The access log: %u thing to look at",
                                  "The access log: %u things to look at", n_findings), n_findings);
  ForlopRecord *task = forlop_changeset_make (changeset, "task", id);

  forlop_record_set_text (task, "unit_id", unit_id);
  forlop_record_set_text (task, "role", role);
  forlop_record_set_text (task, "kind", "review_access");
  forlop_record_set_text (task, "title", title);
  forlop_record_set_text (task, "text", _("What it is about is not written here. The leader reads it in the daily "
                                          "check of the access log, and asks those it names."));
  forlop_record_set_date (task, "due_on", forlop_instant_to_date (self->now));
  forlop_record_set_text (task, "status", "open");
}

static gboolean
ask (ForlopSyncSession  *self,
     unsigned int        n_findings,
     GError            **error)
{
  const char *role = "manager";
  g_autoptr (GPtrArray) units = list_units (self, role, error);
  g_autoptr (ForlopSyncRow) present = NULL;
  g_autoptr (ForlopChangeset) changeset = NULL;
  g_autofree char *first = NULL;

  if (units != NULL && units->len == 0)
    {
      role = "administrator";
      g_ptr_array_unref (units);
      units = list_units (self, role, error);
    }
  if (units == NULL)
    return FALSE;
  if (units->len == 0)
    return TRUE;
  first = dup_task_id (self, g_ptr_array_index (units, 0));
  if (!self->storage->funcs->load_row (self->storage, forlop_record_type_find ("task"), first, &present, error))
    return FALSE;
  if (present != NULL)
    return TRUE;

  changeset = forlop_sync_author_begin (self, "review-access", error);
  if (changeset == NULL)
    return FALSE;
  for (unsigned int i = 0; i < units->len; i++)
    add_task (self, changeset, role, g_ptr_array_index (units, i), n_findings);

  return forlop_sync_author_finish (self, changeset, error);
}

gboolean
forlop_sync_server_ask_review (ForlopServerStorage  *storage,
                               gint64                now,
                               unsigned int          n_findings,
                               gint64               *head,
                               GError              **error)
{
  const ForlopSyncCaller nobody = { .trusted = TRUE };
  ForlopSyncSession self = { .storage = storage, .caller = &nobody, .now = now };
  gboolean is_done;
  gint64 first;

  g_return_val_if_fail (storage != NULL && head != NULL, FALSE);

  if (!storage->funcs->begin (storage, TRUE, error))
    return FALSE;
  is_done = storage->funcs->get_head (storage, &self.head, error);
  first = self.head.seq;
  is_done = is_done && ask (&self, n_findings, error) && storage->funcs->commit (storage, error);
  if (!is_done)
    storage->funcs->rollback (storage);
  else if (self.head.seq > first)
    *head = self.head.seq;
  forlop_sync_session_forget (&self);

  return is_done;
}
