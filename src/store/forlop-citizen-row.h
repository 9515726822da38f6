/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-date.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* One citizen as a list shows it. A row exists before its fields are read: `filled` is notified when
 * they are there, and again each time they have changed. */

#define FORLOP_TYPE_CITIZEN_ROW (forlop_citizen_row_get_type ())
G_DECLARE_FINAL_TYPE (ForlopCitizenRow, forlop_citizen_row, FORLOP, CITIZEN_ROW, GObject)

/**
 * ForlopCitizenFields:
 * @id: the citizen's id.
 * @birth_date: %FORLOP_DATE_NONE where it is not known.
 * @unit_name: (nullable): the unit that follows up.
 * @case_id: (nullable): the newest case.
 * @case_status: (nullable): interned code of its status.
 * @step: (nullable): interned code of the step it stands in.
 */
typedef struct {
  gint64 n;
  char *id;
  char *name;
  ForlopDate birth_date;
  char *unit_name;
  char *case_id;
  const char *case_status;
  const char *step;
} ForlopCitizenFields;

ForlopCitizenRow          *forlop_citizen_row_new        (gint64               n) G_GNUC_WARN_UNUSED_RESULT;
gint64                     forlop_citizen_row_get_n      (ForlopCitizenRow    *self);
gboolean                   forlop_citizen_row_is_filled  (ForlopCitizenRow    *self);
/* Borrowed until the row is filled again; NULL before it is filled. */
const ForlopCitizenFields *forlop_citizen_row_get_fields (ForlopCitizenRow    *self);
/* Takes over @fields; notifies only where something differs. */
void                       forlop_citizen_row_take_fields (ForlopCitizenRow    *self,
                                                          ForlopCitizenFields *fields);
void                       forlop_citizen_fields_free    (ForlopCitizenFields *fields);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopCitizenFields, forlop_citizen_fields_free)

G_END_DECLS
