/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-case-data.h"

G_BEGIN_DECLS

/* One record as labels and values, in the order of its declaration. */

/* @narrow puts the values below their labels. @heading may be NULL. @left_out: (nullable): fields that the page
 * says elsewhere. */
GtkWidget *forlop_record_card_new      (const ForlopCaseData *data,
                                        ForlopRecord         *record,
                                        const char           *heading,
                                        const char *const    *left_out,
                                        gboolean              narrow) G_GNUC_WARN_UNUSED_RESULT;
/* A label with its value, for what is no field of a record. */
GtkWidget *forlop_record_card_line_new (const char           *label,
                                        const char           *value,
                                        gboolean              narrow) G_GNUC_WARN_UNUSED_RESULT;
/* Limits, schedules and rules of a plan below its texts. */
GtkWidget *forlop_plan_card_new        (const ForlopCaseData *data,
                                        ForlopRecord         *plan,
                                        gboolean              narrow) G_GNUC_WARN_UNUSED_RESULT;

/* Schedules and trend rules of a plan as sentences, at the end of @card. */
void       forlop_plan_card_append_parts (GtkBox             *card,
                                        const ForlopCaseData *data,
                                        ForlopRecord         *plan,
                                        gboolean              narrow);

/* What is said where two have written a value differently that is never merged. */
GtkWidget *forlop_contested_note_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
