/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-act-run.h"
#include "forlop-item-list.h"

G_BEGIN_DECLS

/* Whether the act asks for anything besides the item. */
gboolean forlop_item_act_asks (const char             *act);
/* Does @act on @item: at once where nothing is asked for, and else with its form. @done is called
 * when it was done at once, or refused; it may be NULL. */
void     forlop_item_act_do   (GtkWidget              *widget,
                               ForlopSession          *session,
                               const char             *act,
                               const ForlopItemFields *item,
                               ForlopActDoneFunc       done,
                               gpointer                user_data,
                               GDestroyNotify          user_data_free);
/* Whether the person who is chosen may do it. */
gboolean forlop_item_act_allowed (ForlopSession       *session,
                                  const char          *act);

G_END_DECLS
