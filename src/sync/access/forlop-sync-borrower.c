/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-ingest-private.h"

/* A gateway may know its devices and not the people who have them. */

/* What somebody has or had on loan, from a day to a day. */
typedef struct {
  char *item_id;
  char *serial_number;
  char *citizen_id;
  ForlopDate from;
  ForlopDate to; /* NONE: it is there still */
} Lent;

static void
lent_free (gpointer data)
{
  Lent *self = data;

  g_free (self->item_id);
  g_free (self->serial_number);
  g_free (self->citizen_id);
  g_free (self);
}

static gboolean
add_loan (ForlopSyncIngest     *self,
          const ForlopSyncRow  *row,
          GError              **error)
{
  g_autoptr (ForlopRecord) loan = forlop_sync_row_to_record (row, error);
  g_autoptr (ForlopRecord) item = NULL;
  g_autoptr (GError) problem = NULL;
  Lent *lent;

  if (loan == NULL)
    return FALSE;
  if (forlop_record_get_boolean (loan, "voided"))
    return TRUE;
  item = forlop_sync_load (&self->session, "item", forlop_record_get_text (loan, "item_id"), NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (item == NULL)
    return TRUE;
  lent = g_new0 (Lent, 1);
  lent->item_id = g_strdup (forlop_record_get_id (item));
  lent->serial_number = g_strdup (forlop_record_get_text (item, "serial_number"));
  lent->citizen_id = g_strdup (forlop_record_get_text (loan, "citizen_id"));
  lent->from = forlop_record_get_date (loan, "handed_out_on");
  lent->to = forlop_record_get_date (loan, "returned_on");
  g_ptr_array_add (self->lent, lent);

  return TRUE;
}

/* Once for a request. */
static gboolean
read_loans (ForlopSyncIngest  *self,
            GError           **error)
{
  ForlopServerStorage *storage = self->session.storage;
  g_autoptr (GPtrArray) rows = NULL;

  if (self->lent != NULL)
    return TRUE;
  rows = storage->funcs->list_type (storage, forlop_record_type_find ("loan"), error);
  if (rows == NULL)
    return FALSE;
  self->lent = g_ptr_array_new_with_free_func (lent_free);
  for (unsigned int i = 0; i < rows->len; i++)
    if (!add_loan (self, g_ptr_array_index (rows, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
covers (const Lent *lent,
        const char *device,
        ForlopDate  on)
{
  return (g_str_equal (lent->item_id, device) || g_strcmp0 (lent->serial_number, device) == 0) && lent->from <= on &&
         (lent->to == FORLOP_DATE_NONE || on <= lent->to);
}

/* Two who had it on the same day, or two devices with one number, are for somebody to look at. */
gboolean
forlop_sync_find_borrower (ForlopSyncIngest      *self,
                           const ForlopIncoming  *incoming,
                           char                 **citizen_id,
                           GError               **error)
{
  ForlopDate on;
  const char *found = NULL;

  if (*citizen_id != NULL || incoming->device == NULL || incoming->id_number != NULL ||
      incoming->platform_person != NULL || incoming->citizen_id != NULL ||
      incoming->measured_at == FORLOP_INSTANT_NONE)
    return TRUE;
  if (!read_loans (self, error))
    return FALSE;
  on = forlop_instant_to_date (incoming->measured_at);
  for (unsigned int i = 0; i < self->lent->len; i++)
    {
      const Lent *lent = g_ptr_array_index (self->lent, i);

      if (!covers (lent, incoming->device, on) || g_strcmp0 (found, lent->citizen_id) == 0)
        continue;
      if (found != NULL)
        return TRUE;
      found = lent->citizen_id;
    }
  *citizen_id = g_strdup (found);

  return TRUE;
}
