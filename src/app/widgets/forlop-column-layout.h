/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The children are no wider than the property "maximum", in pixels, and stand in the middle of what there
 * is. A clamp does the same, and adds a style class for its width when it gets its first size: by then
 * everything in it is styled and measured, and is styled once more. */

#define FORLOP_TYPE_COLUMN_LAYOUT (forlop_column_layout_get_type ())
G_DECLARE_FINAL_TYPE (ForlopColumnLayout, forlop_column_layout, FORLOP, COLUMN_LAYOUT, GtkLayoutManager)

G_END_DECLS
