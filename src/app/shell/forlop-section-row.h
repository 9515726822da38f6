/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-sections.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* One line of the sidebar: icon, title and how much waits. */

#define FORLOP_TYPE_SECTION_ROW (forlop_section_row_get_type ())
G_DECLARE_FINAL_TYPE (ForlopSectionRow, forlop_section_row, FORLOP, SECTION_ROW, GtkListBoxRow)

GtkWidget  *forlop_section_row_new      (const ForlopSectionInfo *info,
                                         ForlopSession           *session) G_GNUC_WARN_UNUSED_RESULT;
const char *forlop_section_row_get_name (ForlopSectionRow        *self);

G_END_DECLS
