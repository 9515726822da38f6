/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-citizen-list.h"

G_BEGIN_DECLS

/* A citizen on one line, or on two where it is narrow: name, birth date with the identity number
 * hidden, unit, and where in the pathway. */

#define FORLOP_TYPE_CITIZEN_CELL (forlop_citizen_cell_get_type ())
G_DECLARE_FINAL_TYPE (ForlopCitizenCell, forlop_citizen_cell, FORLOP, CITIZEN_CELL, GtkWidget)

GtkWidget        *forlop_citizen_cell_new       (void) G_GNUC_WARN_UNUSED_RESULT;
ForlopPagedRow   *forlop_citizen_cell_get_row   (ForlopCitizenCell *self);
void              forlop_citizen_cell_set_row   (ForlopCitizenCell *self,
                                                 ForlopPagedRow    *row);
/* Shows the number in place of the dots, until the cell has another row. NULL hides it. */
void              forlop_citizen_cell_show_number (ForlopCitizenCell *self,
                                                 const char        *number);
/* The row as one sentence, for a screen reader. */
char             *forlop_citizen_cell_dup_sentence (ForlopPagedRow *row) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
