/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An unseen child whose CSS colour a drawing widget paints with, so that drawn things follow the
 * theme, dark style and high contrast like everything else. */

#define FORLOP_TYPE_INK (forlop_ink_get_type ())
G_DECLARE_FINAL_TYPE (ForlopInk, forlop_ink, FORLOP, INK, GtkWidget)

/* Adds an ink with the CSS class @name to @parent, which unparents it when it is disposed. */
GtkWidget *forlop_ink_add (GtkWidget  *parent,
                           const char *name);

G_END_DECLS
