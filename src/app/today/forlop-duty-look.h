/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-work-item.h"
#include "forlop-worklist.h"

G_BEGIN_DECLS

/* A duty of the worklist as a row says it. */

#define FORLOP_TYPE_DUTY_SUBJECT (forlop_duty_subject_get_type ())
G_DECLARE_FINAL_TYPE (ForlopDutySubject, forlop_duty_subject, FORLOP, DUTY_SUBJECT, GObject)

/* The row of the query, for the view that acts on it; borrowed. */
const ForlopWorklistRow *forlop_duty_subject_get_row (ForlopDutySubject  *self);

/* Takes over @row. Its subject is a ForlopDutySubject. @role is that of the reader: a manager reads
 * whose it is by the unit, and what somebody else must do is opened instead of done. @place: (nullable): the
 * municipality, where the list has rows of several. */
ForlopWorkItem          *forlop_duty_look_new_item   (ForlopWorklistRow  *row,
                                                      gint64              now,
                                                      const char         *role,
                                              const char         *place) G_GNUC_WARN_UNUSED_RESULT;
/* The act of the row if that role may do it, else NULL; interned. */
const char              *forlop_duty_look_get_act    (const ForlopWorklistRow *row,
                                                      const char         *role);
/* How a deadline or a waiting time reads: "14 min", "4 pm", "Thursday", "12.04.2026". */
char                    *forlop_duty_look_dup_when   (const ForlopWorklistRow *row,
                                                      gint64              now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
