/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"

G_BEGIN_DECLS

/* Shifts that are handed over and not accepted, and whom one can hand over to. */

/**
 * ForlopShiftNote:
 * @note: (nullable): what the next should know.
 */
typedef struct {
  char *case_id;
  char *name;
  char *note;
} ForlopShiftNote;

/**
 * ForlopShift:
 * @message: (nullable).
 * @notes: #GPtrArray of #ForlopShiftNote, as far as this file has the citizens.
 */
typedef struct {
  char *id;
  char *from_user_id;
  char *from_name;
  char *to_user_id;
  char *to_name;
  char *message;
  gint64 offered_at;
  GPtrArray *notes;
} ForlopShift;

void       forlop_shift_free                   (ForlopShift       *self);
/* Of the unit, the first that was handed over first; @unit_id NULL for every unit. */
GPtrArray *forlop_shift_store_list             (ForlopConnection  *connection,
                                                const char        *unit_id,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* ForlopNamed: the unit's resource persons on @today but @except, by name. */
GPtrArray *forlop_shift_store_list_colleagues  (ForlopConnection  *connection,
                                                const char        *unit_id,
                                                const char        *except,
                                                ForlopDate         today,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopShift, forlop_shift_free)

G_END_DECLS
