/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-ingest-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-device.h"
#include "forlop-item-service.h"
#include "forlop-measurement.h"
#include "forlop-sync-whose.h"

/* A clock of a device may be ahead of ours by so much. */
#define FUTURE_MS (5 * FORLOP_MINUTE)

static gboolean
find_row (ForlopSyncIngest *self,
          const char       *type,
          const char       *id,
          gboolean         *found,
          GError          **error)
{
  g_autoptr (ForlopSyncRow) row = NULL;

  *found = forlop_changeset_find (self->changeset, type, id) != NULL;
  if (*found)
    return TRUE;
  if (!self->session.storage->funcs->load_row (self->session.storage, forlop_record_type_find (type), id, &row,
                                               error))
    return FALSE;
  *found = row != NULL && !row->deleted;

  return TRUE;
}

/* What cannot be used as it is: the same message twice is kept once. */
static gboolean
keep_apart (ForlopSyncIngest   *self,
            ForlopIncoming     *incoming,
            const char         *citizen_id,
            ForlopSyncReceipt  *receipt,
            GError            **error)
{
  g_autofree char *id = forlop_incoming_dup_kept_id (incoming, self->sender->unit_id, self->sender->name);
  ForlopRecord *record;
  gboolean is_there;

  receipt->received = FORLOP_SYNC_RECEIVED_KEPT;
  receipt->fault = incoming->fault != NULL ? incoming->fault : "unknown_citizen";
  g_strlcpy (receipt->id, id, sizeof receipt->id);
  if (!find_row (self, "unknown_measurement", id, &is_there, error))
    return FALSE;
  if (is_there)
    return TRUE;

  record = forlop_changeset_make (self->changeset, "unknown_measurement", id);
  forlop_incoming_tell (incoming, record);
  forlop_record_set_text (record, "unit_id", self->sender->unit_id);
  forlop_record_set_text (record, "sender", self->sender->name);
  forlop_record_set_text (record, "citizen_id", citizen_id);
  forlop_record_set_instant (record, "received_at", self->session.now);
  forlop_record_set_text (record, "status", "new");

  return TRUE;
}

/* The device on loan that measures it, and whether that was calibrated. */
static void
set_device (ForlopSyncMonitored *monitored,
            ForlopRecord        *record)
{
  ForlopDate on = forlop_instant_to_date (forlop_record_get_instant (record, "measured_at"));
  ForlopRecord *item = monitored->snapshot != NULL
                         ? forlop_device_find (monitored->snapshot, forlop_record_get_text (record, "code"), on)
                         : NULL;

  if (item == NULL)
    return;
  forlop_record_set_text (record, "item_id", forlop_record_get_id (item));
  forlop_record_set_text (record, "quality", forlop_item_quality (item, on));
}

/* A reading that comes again is known again, also when it came under another record of the person. */
static char *
dup_known_id (ForlopSyncIngest          *self,
              ForlopSyncMonitored       *monitored,
              const ForlopIncoming      *incoming,
              const ForlopIncomingValue *value,
              GError                   **error)
{
  for (unsigned int i = 1; i < monitored->ids->len; i++)
    {
      g_autofree char *id = forlop_measurement_dup_id (g_ptr_array_index (monitored->ids, i), value->measure,
                                                       incoming->measured_at, value->value);
      gboolean is_there;

      if (!find_row (self, "measurement", id, &is_there, error))
        return NULL;
      if (is_there)
        return g_steal_pointer (&id);
    }

  return forlop_measurement_dup_id (monitored->ids->pdata[0], value->measure, incoming->measured_at, value->value);
}

/* What the sender takes back: under its identifier, or what is the same. */
static gboolean
withdraw (ForlopSyncIngest   *self,
          const char         *id,
          const char         *earlier_id,
          ForlopSyncReceipt  *receipt,
          GError            **error)
{
  gboolean is_said;

  if (!forlop_sync_say_validity (self, earlier_id != NULL ? earlier_id : id, TRUE,
                                 _("The sender has withdrawn it: entered in error"), &is_said, error))
    return FALSE;
  if (is_said)
    receipt->received = FORLOP_SYNC_RECEIVED_WITHDRAWN;

  return TRUE;
}

static void
make_reading (ForlopSyncIngest          *self,
              const ForlopIncoming      *incoming,
              const ForlopIncomingValue *value,
              ForlopSyncMonitored       *monitored,
              const char                *citizen_id,
              const char                *id)
{
  ForlopRecord *record = forlop_changeset_make (self->changeset, "measurement", id);

  forlop_record_set_text (record, "citizen_id", citizen_id);
  forlop_record_set_text (record, "code", forlop_measure_code (value->measure));
  if (!isnan (value->value))
    forlop_record_set_real (record, "value", value->value);
  forlop_record_set_instant (record, "measured_at", incoming->measured_at);
  forlop_record_set_instant (record, "received_at", self->session.now);
  forlop_record_set_text (record, "source", incoming->source);
  forlop_record_set_text (record, "sender", self->sender->name);
  forlop_record_set_text (record, "codings", incoming->codings);
  set_device (monitored, record);
  forlop_sync_monitored_add (monitored, record);
}

/* The earlier one is invalid, and this one is valid, also when the sender had corrected it before. */
static gboolean
correct (ForlopSyncIngest   *self,
         const char         *id,
         const char         *earlier_id,
         ForlopSyncReceipt  *receipt,
         GError            **error)
{
  gboolean is_said, is_restored;

  if (!forlop_sync_say_validity (self, earlier_id, TRUE, _("The sender has corrected it"), &is_said, error) ||
      !forlop_sync_say_validity (self, id, FALSE, _("The sender has corrected it back"), &is_restored, error))
    return FALSE;
  if (is_said || is_restored)
    receipt->received = FORLOP_SYNC_RECEIVED_CORRECTED;

  return TRUE;
}

static gboolean
add_reading (ForlopSyncIngest      *self,
             const ForlopIncoming  *incoming,
             const char            *citizen_id,
             unsigned int           index,
             ForlopSyncReceipt     *receipt,
             GError               **error)
{
  const ForlopIncomingValue *value = &incoming->values[index];
  ForlopSyncMonitored *monitored = forlop_sync_monitored_get (self->monitored, &self->session, citizen_id, error);
  g_autofree char *id = monitored != NULL ? dup_known_id (self, monitored, incoming, value, error) : NULL;
  g_autofree char *earlier_id = NULL;
  gboolean is_there;

  if (id == NULL || !forlop_sync_find_corrected (self, incoming, value, monitored, id, &earlier_id, error))
    return FALSE;
  if (index == 0)
    g_strlcpy (receipt->id, incoming->is_withdrawn && earlier_id != NULL ? earlier_id : id, sizeof receipt->id);
  if (incoming->is_withdrawn)
    return withdraw (self, id, earlier_id, receipt, error);
  if (!forlop_sync_note_reference (self, incoming, value, id, earlier_id != NULL, error) ||
      !find_row (self, "measurement", id, &is_there, error))
    return FALSE;
  if (!is_there)
    {
      make_reading (self, incoming, value, monitored, citizen_id, id);
      receipt->received = FORLOP_SYNC_RECEIVED_STORED;
    }

  return earlier_id == NULL || correct (self, id, earlier_id, receipt, error);
}

/* Many readings of one request are one person's. */
static gboolean
find_whose (ForlopSyncIngest      *self,
            const ForlopIncoming  *incoming,
            char                 **citizen_id,
            GError               **error)
{
  const char *names[] = { incoming->citizen_id, incoming->id_number, incoming->platform_person };
  g_autoptr (GString) named = g_string_new (NULL);
  gpointer found;

  for (unsigned int i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_append_printf (named, "%s|", names[i] != NULL ? names[i] : "");
  if (g_hash_table_lookup_extended (self->whose, named->str, NULL, &found))
    {
      *citizen_id = g_strdup (found);
      return TRUE;
    }
  if (!forlop_sync_find_whose (&self->session, self->sender->name, incoming, citizen_id, error))
    return FALSE;
  g_hash_table_insert (self->whose, g_strdup (named->str), g_strdup (*citizen_id));

  return TRUE;
}

static gboolean
take (ForlopSyncIngest  *self,
      ForlopIncoming    *incoming,
      ForlopSyncReceipt *receipt,
      GError           **error)
{
  g_autofree char *citizen_id = NULL;

  if (!find_whose (self, incoming, &citizen_id, error) ||
      !forlop_sync_find_borrower (self, incoming, &citizen_id, error))
    return FALSE;
  if (incoming->measured_at == FORLOP_INSTANT_NONE)
    forlop_incoming_doubt (incoming, "no_time", NULL);
  else if (incoming->measured_at > self->session.now + FUTURE_MS)
    forlop_incoming_doubt (incoming, "future_time", NULL);
  if (citizen_id == NULL || incoming->fault != NULL)
    return keep_apart (self, incoming, citizen_id, receipt, error);

  receipt->received = FORLOP_SYNC_RECEIVED_ALREADY;
  for (unsigned int i = 0; i < incoming->n_values; i++)
    if (!add_reading (self, incoming, citizen_id, i, receipt, error))
      return FALSE;

  return TRUE;
}

static gboolean
take_all (ForlopSyncIngest  *self,
          ForlopIncoming   **incoming,
          unsigned int       n_incoming,
          ForlopSyncReceipt *receipts,
          GError           **error)
{
  for (unsigned int i = 0; i < n_incoming; i++)
    if (!take (self, incoming[i], &receipts[i], error))
      return FALSE;
  if (forlop_changeset_get_operations (self->changeset)->len == 0)
    return TRUE;

  return forlop_sync_judge (&self->session, self->changeset, self->monitored, error) &&
         forlop_sync_author_finish (&self->session, self->changeset, error);
}

gboolean
forlop_sync_server_ingest (ForlopServerStorage     *storage,
                           const ForlopSyncSender  *sender,
                           gint64                   now,
                           ForlopIncoming         **incoming,
                           unsigned int             n_incoming,
                           ForlopSyncReceipt       *receipts,
                           gint64                  *head,
                           GError                 **error)
{
  const ForlopSyncCaller caller = { .request_id = sender->request_id, .trusted = TRUE };
  ForlopSyncIngest self = {
    .session = { .storage = storage, .caller = &caller, .now = now }, .sender = sender,
  };
  g_autoptr (ForlopChangeset) changeset = NULL;
  g_autoptr (GHashTable) monitored = forlop_sync_monitored_new ();
  g_autoptr (GHashTable) whose = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean is_done;
  gint64 first;

  g_return_val_if_fail (storage != NULL && sender != NULL && receipts != NULL && head != NULL, FALSE);

  *head = 0;
  if (!storage->funcs->begin (storage, TRUE, error))
    return FALSE;
  is_done = storage->funcs->get_head (storage, &self.session.head, error);
  first = self.session.head.seq;
  if (is_done)
    changeset = self.changeset = forlop_sync_author_begin (&self.session, "receive-measurements", error);
  self.monitored = monitored;
  self.whose = whose;
  is_done = changeset != NULL && take_all (&self, incoming, n_incoming, receipts, error) &&
            storage->funcs->commit (storage, error);
  if (!is_done)
    storage->funcs->rollback (storage);
  else if (self.session.head.seq > first)
    *head = self.session.head.seq;
  forlop_sync_session_forget (&self.session);
  g_clear_pointer (&self.lent, g_ptr_array_unref);

  return is_done;
}
