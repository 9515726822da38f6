/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-measure.h"
#include "forlop-record.h"

G_BEGIN_DECLS

#define FORLOP_INCOMING_VALUES 2

/**
 * ForlopIncomingValue:
 * @value: in the measure's canonical unit; NaN when the device gave none.
 */
typedef struct {
  ForlopMeasure measure;
  double value;
} ForlopIncomingValue;

/**
 * ForlopIncoming:
 * @citizen_id: (nullable): as the sender names our record.
 * @id_number: (nullable): the citizen's identity number.
 * @platform_person: (nullable): the citizen's number in the sender's own platform.
 * @device: (nullable): serial number, or our id, of what measured it; names the citizen when nothing else does.
 * @reference: (nullable): the sender's own identifier of the reading.
 * @is_correction: the sender says that it corrects what it sent before.
 * @measured_at: %FORLOP_INSTANT_NONE when it is not said.
 * @values: one, or the two of a blood pressure; none when it was not understood.
 * @is_withdrawn: the sender takes back what it sent: entered in error.
 * @source: code of how it was measured: "device" or "platform".
 * @codings: (nullable): every code that came, as "system|code", with a space between.
 * @fault: (nullable): code of forlop_choices_unknown_reason: why it cannot be used as it is.
 * @detail: (nullable): what was not understood.
 * @unit: (nullable): with @fault: the unit as sent.
 * @body: what came, as text.
 *
 * One reading as a supplier's message tells of it, whatever the form of the message.
 */
typedef struct {
  char *citizen_id;
  char *id_number;
  char *platform_person;
  char *device;
  char *reference;
  gboolean is_correction;
  gint64 measured_at;
  ForlopIncomingValue values[FORLOP_INCOMING_VALUES];
  unsigned int n_values;
  gboolean is_withdrawn;
  const char *source;
  char *codings;
  const char *fault;
  char *detail;
  char *unit;
  char *body;
} ForlopIncoming;

ForlopIncoming *forlop_incoming_new     (void) G_GNUC_WARN_UNUSED_RESULT;
void            forlop_incoming_free    (ForlopIncoming *self);
/* Keeps the first fault that is found. */
void            forlop_incoming_doubt   (ForlopIncoming *self,
                                         const char     *fault,
                                         const char     *detail);
/* The code of what was measured, "blood_pressure" for two values; NULL when it is not known. */
const char     *forlop_incoming_code    (ForlopIncoming *self);
/* The id of the unknown measurement that a unit keeps of what came; the same message is kept once. @origin: name of the
 * system that sent it; "" for a file. */
char           *forlop_incoming_dup_kept_id (ForlopIncoming *self,
                                         const char     *unit_id,
                                         const char     *origin) G_GNUC_WARN_UNUSED_RESULT;
/* Why it is kept apart, and what came, into the fields of an unknown measurement, or into arguments of the same names.
 * What has no fault is of somebody who is not known. */
void            forlop_incoming_tell    (ForlopIncoming *self,
                                         ForlopRecord   *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopIncoming, forlop_incoming_free)

G_END_DECLS
