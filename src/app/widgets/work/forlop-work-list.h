/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-work-item.h"

G_BEGIN_DECLS

/* A worklist: Enter does the act of the row, Space takes it, arrows or J and K move. The selected
 * row is found again by its key when the list has new content. */

#define FORLOP_TYPE_WORK_LIST (forlop_work_list_get_type ())
G_DECLARE_FINAL_TYPE (ForlopWorkList, forlop_work_list, FORLOP, WORK_LIST, AdwBin)

GtkWidget      *forlop_work_list_new          (void) G_GNUC_WARN_UNUSED_RESULT;
/* A list of ForlopWorkItem, at most some hundreds. Where the items have groups, the rows stand
 * under headings. */
void            forlop_work_list_set_model    (ForlopWorkList *self,
                                               GListModel     *model);
ForlopWorkItem *forlop_work_list_get_selected (ForlopWorkList *self);
void            forlop_work_list_select       (ForlopWorkList *self,
                                               unsigned int    position);

G_END_DECLS
