/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* One limit, schedule or trend rule as a sentence, with a way to change it and to take it out, and room below for the
 * form that changes it. Or the line that adds one. */

#define FORLOP_TYPE_PART_ROW (forlop_part_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (ForlopPartRow, forlop_part_row, FORLOP, PART_ROW, AdwPreferencesRow)

struct _ForlopPartRowClass
{
  AdwPreferencesRowClass parent_class;
};

GtkWidget *forlop_part_row_new       (void) G_GNUC_WARN_UNUSED_RESULT;
/* Makes it the line that adds one; otherwise it is one that there is. “edit” is emitted when it is pressed. */
void       forlop_part_row_set_add   (ForlopPartRow *self,
                                      const char    *label);
/* @edit and @remove: what the buttons do, for the tooltip and, with the subject, for the accessible name. */
void       forlop_part_row_set_words (ForlopPartRow *self,
                                      const char    *subject,
                                      const char    *words,
                                      const char    *edit,
                                      const char    *remove);
/* The form below it; NULL closes it, and the keyboard goes back to the line. */
void       forlop_part_row_set_form  (ForlopPartRow *self,
                                      GtkWidget     *form);
/* Gives its first button the keyboard, also before the row is drawn. */
void       forlop_part_row_focus     (ForlopPartRow *self);
gboolean   forlop_part_row_is_open   (ForlopPartRow *self);

G_END_DECLS
