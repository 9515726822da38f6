/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-ingest-private.h"

#include <string.h>

#include "forlop-measurement.h"

/* A sender that takes back or corrects what it sent. The reading stays as it was; a word is said of it. */

/* Holds an identifier that was used for several readings: it corrects none of them. */
#define SEVERAL "00000000-0000-0000-0000-000000000000"

static char *
dup_key (ForlopSyncIngest          *self,
         const ForlopIncoming      *incoming,
         const ForlopIncomingValue *value)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, incoming->reference, -1);

  return g_strdup_printf ("sent|%s|%s|%s", self->sender->name, forlop_measure_code (value->measure), hash);
}

static ForlopRecord *
load_measurement (ForlopSyncIngest  *self,
                  const char        *id,
                  GError           **error)
{
  ForlopRecord *made = forlop_changeset_find (self->changeset, "measurement", id);

  return made != NULL ? g_object_ref (made) : forlop_sync_load (&self->session, "measurement", id, NULL, error);
}

/* What was said last of the measurement (nullable, borrowed), and how many words there are. */
static ForlopRecord *
find_word (const ForlopSyncMonitored *monitored,
           const char                *measurement_id,
           unsigned int              *n_words)
{
  ForlopRecord *word = NULL;

  *n_words = 0;
  for (unsigned int i = 0; i < monitored->invalidations->len; i++)
    {
      ForlopRecord *each = g_ptr_array_index (monitored->invalidations, i);

      if (!forlop_record_text_is (each, "measurement_id", measurement_id))
        continue;
      word = each;
      (*n_words)++;
    }

  return word;
}

gboolean
forlop_sync_say_validity (ForlopSyncIngest  *self,
                          const char        *measurement_id,
                          gboolean           is_invalid,
                          const char        *reason,
                          gboolean          *is_said,
                          GError           **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (ForlopRecord) measurement = load_measurement (self, measurement_id, &problem);
  ForlopSyncMonitored *monitored;
  g_autofree char *rule = NULL;
  g_autofree char *id = NULL;
  ForlopRecord *last, *word;
  gint64 at = self->session.now;
  unsigned int n_words;

  *is_said = FALSE;
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (measurement == NULL)
    return TRUE;
  monitored = forlop_sync_monitored_get (self->monitored, &self->session,
                                         forlop_record_get_text (measurement, "citizen_id"), error);
  if (monitored == NULL)
    return FALSE;
  last = find_word (monitored, measurement_id, &n_words);
  if ((last != NULL && forlop_record_get_boolean (last, "invalid")) == is_invalid ||
      (last != NULL && !is_invalid && forlop_record_has (last, "user_id")))
    return TRUE;
  if (last != NULL)
    at = MAX (at, forlop_record_get_instant (last, "at") + 1);

  rule = g_strdup_printf ("said/%u", n_words);
  id = forlop_id_derive (measurement_id, rule);
  word = forlop_changeset_make (self->changeset, "invalidation", id);
  forlop_record_set_text (word, "citizen_id", forlop_record_get_text (measurement, "citizen_id"));
  forlop_record_set_text (word, "measurement_id", measurement_id);
  forlop_record_set_boolean (word, "invalid", is_invalid);
  forlop_record_set_text (word, "reason", reason);
  forlop_record_set_instant (word, "at", at);
  g_ptr_array_add (monitored->invalidations, g_object_ref (word));
  forlop_sync_monitored_touch (monitored, forlop_record_get_instant (measurement, "measured_at"));
  *is_said = TRUE;

  return TRUE;
}

/* Whether it is the sender's reading of @measure, another than @id, and not invalid. */
static gboolean
is_earlier (ForlopSyncIngest           *self,
            const ForlopSyncMonitored  *monitored,
            const ForlopMeasurement    *each,
            ForlopMeasure               measure,
            const char                 *id,
            gboolean                   *is_earlier,
            GError                    **error)
{
  g_autofree char *its_id = forlop_id_from_bytes (each->id);
  g_autoptr (ForlopRecord) record = NULL;
  g_autoptr (GError) problem = NULL;
  ForlopRecord *word;
  unsigned int n_words;

  *is_earlier = FALSE;
  if (each->measure != measure || g_str_equal (its_id, id))
    return TRUE;
  record = load_measurement (self, its_id, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  word = find_word (monitored, its_id, &n_words);
  *is_earlier = record != NULL && forlop_record_text_is (record, "sender", self->sender->name) &&
                (word == NULL || !forlop_record_get_boolean (word, "invalid"));

  return TRUE;
}

/* The sender's reading of @measure at that time that is stored, under any record of the person, and not invalid. */
static gboolean
find_beside (ForlopSyncIngest           *self,
             const ForlopSyncMonitored  *monitored,
             ForlopMeasure               measure,
             gint64                      at,
             const char                 *id,
             char                      **earlier_id,
             GError                    **error)
{
  ForlopServerStorage *storage = self->session.storage;
  g_autoptr (GArray) measured = g_array_new (FALSE, FALSE, sizeof (ForlopMeasurement));

  for (unsigned int i = 0; i < monitored->ids->len; i++)
    {
      g_autofree char *scope = g_strconcat ("c:", (const char *) g_ptr_array_index (monitored->ids, i), NULL);

      if (!storage->funcs->list_measured (storage, scope, at, at, measured, error))
        return FALSE;
    }
  for (unsigned int i = 0; i < measured->len && *earlier_id == NULL; i++)
    {
      const ForlopMeasurement *each = &g_array_index (measured, ForlopMeasurement, i);
      gboolean is_it;

      if (!is_earlier (self, monitored, each, measure, id, &is_it, error))
        return FALSE;
      if (is_it)
        *earlier_id = forlop_id_from_bytes (each->id);
    }

  return TRUE;
}

/* An identifier stands for one reading: at the same time, or when the sender says that it corrects. */
gboolean
forlop_sync_find_corrected (ForlopSyncIngest           *self,
                            const ForlopIncoming       *incoming,
                            const ForlopIncomingValue  *value,
                            const ForlopSyncMonitored  *monitored,
                            const char                 *id,
                            char                      **earlier_id,
                            GError                    **error)
{
  g_autofree char *key = incoming->reference != NULL ? dup_key (self, incoming, value) : NULL;
  g_autofree char *found = NULL;
  g_autoptr (ForlopRecord) record = NULL;
  g_autoptr (GError) problem = NULL;

  *earlier_id = NULL;
  if (key != NULL && !self->session.storage->funcs->find_claim (self->session.storage, key, &found, error))
    return FALSE;
  if (found != NULL && !g_str_equal (found, id))
    record = load_measurement (self, found, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (record != NULL && (incoming->is_correction || incoming->is_withdrawn ||
                         forlop_record_get_instant (record, "measured_at") == incoming->measured_at))
    *earlier_id = g_strdup (found);
  if (*earlier_id != NULL || !incoming->is_correction || g_strcmp0 (found, id) == 0)
    return TRUE;

  return find_beside (self, monitored, value->measure, incoming->measured_at, id, earlier_id, error);
}

gboolean
forlop_sync_note_reference (ForlopSyncIngest           *self,
                            const ForlopIncoming       *incoming,
                            const ForlopIncomingValue  *value,
                            const char                 *id,
                            gboolean                    is_corrected,
                            GError                    **error)
{
  const ForlopServerStorageFuncs *funcs = self->session.storage->funcs;
  g_autofree char *key = NULL;
  g_autofree char *present = NULL;

  if (incoming->reference == NULL)
    return TRUE;
  key = dup_key (self, incoming, value);
  if (!funcs->find_claim (self->session.storage, key, &present, error))
    return FALSE;
  if (present == NULL)
    return funcs->put_claim (self->session.storage, key, "measurement", id, error);
  if (g_str_equal (present, id) || g_str_equal (present, SEVERAL))
    return TRUE;

  return funcs->drop_claims (self->session.storage, "measurement", present, error) &&
         funcs->put_claim (self->session.storage, key, is_corrected ? "measurement" : "several",
                           is_corrected ? id : SEVERAL, error);
}
