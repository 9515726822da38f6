/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-work-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The row of a worklist. Wide, everything stands in columns on one line; narrow, the reason and
 * the act move below the name. */

#define FORLOP_TYPE_WORK_ROW (forlop_work_row_get_type ())
G_DECLARE_FINAL_TYPE (ForlopWorkRow, forlop_work_row, FORLOP, WORK_ROW, GtkWidget)

GtkWidget      *forlop_work_row_new      (void) G_GNUC_WARN_UNUSED_RESULT;
ForlopWorkItem *forlop_work_row_get_item (ForlopWorkRow  *self);
void            forlop_work_row_set_item (ForlopWorkRow  *self,
                                          ForlopWorkItem *item);

G_END_DECLS
