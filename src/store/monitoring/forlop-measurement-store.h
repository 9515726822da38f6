/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"
#include "forlop-measurement.h"
#include "forlop-snapshot.h"

G_BEGIN_DECLS

/* Measurements in their narrow table. */

/**
 * ForlopStoredMeasurement:
 *
 * One row as lists and charts read it. @severity and @reason are what the judgement said;
 * @value is NaN when the device gave none.
 */
typedef struct {
  char *id;
  const char *code;     /* interned */
  double value;
  gint64 measured_at;
  gint64 received_at;
  const char *source;   /* interned */
  const char *quality;  /* interned, may be NULL */
  gboolean invalid;
  const char *severity; /* interned, may be NULL */
  int plan_version;
  char *reason;         /* JSON, may be NULL */
  char *note;
} ForlopStoredMeasurement;

void       forlop_stored_measurement_free      (ForlopStoredMeasurement *self);

gboolean   forlop_measurement_store_write      (ForlopConnection        *connection,
                                                const ForlopOperation   *operation,
                                                GError                 **error);
gboolean   forlop_measurement_store_replace    (ForlopConnection        *connection,
                                                const ForlopOperation   *operation,
                                                GError                 **error);
ForlopRecord *
           forlop_measurement_store_load_record (ForlopConnection       *connection,
                                                const char              *citizen_id,
                                                gint64                   measured_at,
                                                const char              *id,
                                                GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_measurement_store_exists     (ForlopConnection        *connection,
                                                const char              *citizen_id,
                                                gint64                   measured_at,
                                                const char              *id,
                                                gboolean                *exists,
                                                GError                 **error);
gboolean   forlop_measurement_store_set_judgement (ForlopConnection     *connection,
                                                const char              *citizen_id,
                                                gint64                   measured_at,
                                                const char              *id,
                                                const char              *severity,
                                                int                      plan_version,
                                                const char              *reason,
                                                GError                 **error);
gboolean   forlop_measurement_store_set_invalid (ForlopConnection       *connection,
                                                const char              *citizen_id,
                                                const char              *id,
                                                gboolean                 invalid,
                                                GError                 **error);
ForlopStoredMeasurement *
           forlop_measurement_store_find       (ForlopConnection        *connection,
                                                const char              *citizen_id,
                                                const char              *id,
                                                GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
GArray    *forlop_measurement_store_load_history (ForlopConnection      *connection,
                                                const char              *citizen_id,
                                                gint64                   from,
                                                gint64                   to,
                                                GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
/* Those measured in [@from, @to), oldest first; @code NULL for every measure. */
GPtrArray *forlop_measurement_store_list       (ForlopConnection        *connection,
                                                const char              *citizen_id,
                                                const char              *code,
                                                gint64                   from,
                                                gint64                   to,
                                                GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_measurement_store_put_last   (ForlopConnection        *connection,
                                                ForlopSnapshot          *snapshot,
                                                GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopStoredMeasurement, forlop_stored_measurement_free)

G_END_DECLS
