/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <glib/gi18n-lib.h>

/* Two who do not know of each other: one takes back what the other writes in. Whoever comes second is
 * refused, so that nothing stands in a record that is not there. */

typedef struct {
  ForlopSyncSession *session;
  ForlopChangeset *changeset;
  ForlopSyncVerdict *verdict;
} Check;

/* Whether what @operation makes names a record that was deleted. */
static gboolean
check_made (Check                  *self,
            const ForlopOperation  *operation,
            const char             *type,
            const char             *field,
            GError                **error)
{
  const char *id = forlop_record_type_field (operation->type, field) != NULL
                     ? forlop_record_get_text (operation->after, field) : NULL;
  ForlopServerStorage *storage = self->session->storage;
  g_autoptr (ForlopSyncRow) row = NULL;

  if (id == NULL || forlop_changeset_find (self->changeset, type, id) != NULL)
    return TRUE;
  if (!storage->funcs->load_row (storage, forlop_record_type_find (type), id, &row, error))
    return FALSE;
  if (row != NULL && row->deleted)
    {
      forlop_sync_verdict_set (self->verdict, "rejected", "deleted");
      forlop_sync_verdict_concern (self->verdict, type, id, NULL);
    }

  return TRUE;
}

static gboolean
is_deleted_here (Check               *self,
                 const ForlopSyncRow *row)
{
  GPtrArray *operations = forlop_changeset_get_operations (self->changeset);

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (operation->after == NULL && operation->type == row->type && g_str_equal (operation->id, row->id))
        return TRUE;
    }

  return FALSE;
}

/* Whether something in @scope names the record by @field, and is not deleted with it. The time line may:
 * it says what has been. */
static gboolean
check_scope_of_deleted (Check                  *self,
                        const ForlopOperation  *operation,
                        const char             *scope,
                        const char             *field,
                        GError                **error)
{
  ForlopServerStorage *storage = self->session->storage;
  g_autoptr (GPtrArray) rows = storage->funcs->list_scope (storage, scope, NULL, error);

  if (rows == NULL)
    return FALSE;
  for (unsigned int i = 0; i < rows->len && self->verdict->status == NULL; i++)
    {
      const ForlopSyncRow *row = g_ptr_array_index (rows, i);
      g_autoptr (ForlopRecord) record = NULL;

      if (g_str_equal (row->type->name, "event") || forlop_record_type_field (row->type, field) == NULL ||
          is_deleted_here (self, row))
        continue;
      record = forlop_sync_row_to_record (row, error);
      if (record == NULL)
        return FALSE;
      if (!forlop_record_text_is (record, field, operation->id))
        continue;
      forlop_sync_verdict_set (self->verdict, "rejected", "invalid");
      forlop_sync_verdict_concern (self->verdict, operation->type->name, operation->id, NULL);
      g_set_str (&self->verdict->detail, _("Somebody wrote in it meanwhile, and so it cannot be taken back. It "
                                           "stands as it was."));
    }

  return TRUE;
}

static gboolean
check_deleted (Check                  *self,
               const ForlopOperation  *operation,
               GError                **error)
{
  gboolean is_case = g_str_equal (operation->type->name, "case");
  g_autofree char *scope = NULL;
  g_autofree char *delivery = NULL;

  if (!is_case && !g_str_equal (operation->type->name, "citizen"))
    return TRUE;
  scope = forlop_record_dup_scope (operation->before);
  if (!is_case)
    return check_scope_of_deleted (self, operation, scope, "citizen_id", error);
  delivery = g_strconcat ("d:", operation->id, NULL);

  return check_scope_of_deleted (self, operation, scope, "case_id", error) &&
         (self->verdict->status != NULL ||
          check_scope_of_deleted (self, operation, delivery, "case_id", error));
}

gboolean
forlop_sync_check_deleted (ForlopSyncSession  *self,
                           ForlopChangeset    *changeset,
                           ForlopSyncVerdict  *verdict,
                           GError            **error)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);
  Check check = { self, changeset, verdict };

  for (unsigned int i = 0; i < operations->len && verdict->status == NULL; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);
      gboolean is_checked = TRUE;

      if (operation->after == NULL)
        is_checked = check_deleted (&check, operation, error);
      else if (operation->before == NULL)
        is_checked = check_made (&check, operation, "citizen", "citizen_id", error) &&
                     (verdict->status != NULL || check_made (&check, operation, "case", "case_id", error));
      if (!is_checked)
        return FALSE;
    }

  return TRUE;
}
