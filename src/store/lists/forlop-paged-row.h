/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A row of a paged list. It exists before its fields are read: `filled` is notified when they are
 * there, and again each time they are read anew. */

#define FORLOP_TYPE_PAGED_ROW (forlop_paged_row_get_type ())
G_DECLARE_FINAL_TYPE (ForlopPagedRow, forlop_paged_row, FORLOP, PAGED_ROW, GObject)

ForlopPagedRow *forlop_paged_row_new         (gint64          n) G_GNUC_WARN_UNUSED_RESULT;
gint64          forlop_paged_row_get_n       (ForlopPagedRow *self);
gboolean        forlop_paged_row_is_filled   (ForlopPagedRow *self);
/* What the list it stands in keeps in a row; borrowed until it is filled again, NULL before. */
gconstpointer   forlop_paged_row_get_fields  (ForlopPagedRow *self);
/* Takes over @fields. */
void            forlop_paged_row_take_fields (ForlopPagedRow *self,
                                              gpointer        fields,
                                              GDestroyNotify  fields_free);

G_END_DECLS
