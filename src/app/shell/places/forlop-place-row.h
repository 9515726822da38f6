/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-workplace.h"

G_BEGIN_DECLS

/* Another municipality in the sidebar: its name, and how many there are red and yellow. A red that comes
 * is announced. */

#define FORLOP_TYPE_PLACE_ROW (forlop_place_row_get_type ())
G_DECLARE_FINAL_TYPE (ForlopPlaceRow, forlop_place_row, FORLOP, PLACE_ROW, GtkListBoxRow)

GtkWidget       *forlop_place_row_new       (ForlopWorkplace *place) G_GNUC_WARN_UNUSED_RESULT;
ForlopWorkplace *forlop_place_row_get_place (ForlopPlaceRow  *self);

G_END_DECLS
