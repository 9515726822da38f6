/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A share as a flat bar. The number stands beside it in words, so the bar itself is not read out. */

#define FORLOP_TYPE_BAR (forlop_bar_get_type ())
G_DECLARE_FINAL_TYPE (ForlopBar, forlop_bar, FORLOP, BAR, GtkWidget)

/* @share: 0 to 1. */
GtkWidget *forlop_bar_new       (double     share) G_GNUC_WARN_UNUSED_RESULT;
void       forlop_bar_set_share (ForlopBar *self,
                                 double     share);

G_END_DECLS
