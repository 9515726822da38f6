/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-incoming.h"

#include <math.h>

#include "forlop-date.h"
#include "forlop-id.h"

ForlopIncoming *
forlop_incoming_new (void)
{
  ForlopIncoming *self = g_new0 (ForlopIncoming, 1);

  self->measured_at = FORLOP_INSTANT_NONE;
  self->source = "platform";

  return self;
}

void
forlop_incoming_free (ForlopIncoming *self)
{
  if (self == NULL)
    return;

  g_free (self->citizen_id);
  g_free (self->id_number);
  g_free (self->platform_person);
  g_free (self->device);
  g_free (self->reference);
  g_free (self->codings);
  g_free (self->detail);
  g_free (self->unit);
  g_free (self->body);
  g_free (self);
}

void
forlop_incoming_doubt (ForlopIncoming *self,
                       const char     *fault,
                       const char     *detail)
{
  g_return_if_fail (self != NULL && fault != NULL);

  if (self->fault != NULL)
    return;
  self->fault = fault;
  self->detail = g_strdup (detail);
}

const char *
forlop_incoming_code (ForlopIncoming *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_values == 0)
    return NULL;

  return self->n_values == 1 ? forlop_measure_code (self->values[0].measure)
                             : forlop_measure_code (FORLOP_MEASURE_BLOOD_PRESSURE);
}

char *
forlop_incoming_dup_kept_id (ForlopIncoming *self,
                             const char     *unit_id,
                             const char     *origin)
{
  g_autofree char *hash = NULL;
  g_autofree char *rule = NULL;

  g_return_val_if_fail (self != NULL && self->body != NULL, NULL);
  g_return_val_if_fail (unit_id != NULL && origin != NULL, NULL);

  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->body, -1);
  rule = g_strconcat ("unknown/", origin, "/", hash, NULL);

  return forlop_id_derive (unit_id, rule);
}

static const char *
person_of (ForlopIncoming *self)
{
  if (self->id_number != NULL)
    return self->id_number;

  return self->platform_person != NULL ? self->platform_person : self->citizen_id;
}

void
forlop_incoming_tell (ForlopIncoming *self,
                      ForlopRecord   *record)
{
  static const char *const names[FORLOP_INCOMING_VALUES] = { "value", "value2" };

  g_return_if_fail (self != NULL && record != NULL);

  forlop_record_set_text (record, "reason", self->fault != NULL ? self->fault : "unknown_citizen");
  forlop_record_set_text (record, "detail", self->detail);
  forlop_record_set_text (record, "person", person_of (self));
  forlop_record_set_text (record, "code", forlop_incoming_code (self));
  forlop_record_set_text (record, "codings", self->codings);
  for (unsigned int i = 0; i < self->n_values; i++)
    if (!isnan (self->values[i].value))
      forlop_record_set_real (record, names[i], self->values[i].value);
  forlop_record_set_text (record, "unit", self->unit);
  if (self->measured_at != FORLOP_INSTANT_NONE)
    forlop_record_set_instant (record, "measured_at", self->measured_at);
  forlop_record_set_text (record, "body", self->body);
}
