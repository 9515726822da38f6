/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FORLOP_CAT_ITEMS 8

gboolean forlop_cat_score (const int     answers[FORLOP_CAT_ITEMS],
                           int          *total,
                           GError      **error);

G_END_DECLS
