/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-incoming.h"

#include "forlop-date.h"

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
