/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-case-data.h"

G_BEGIN_DECLS

/* The newest measurements of a case, of every measure; NULL when there are none. */

GtkWidget *forlop_case_measurements_new (ForlopCaseData *data,
                                         const char     *role,
                                         gint64          now,
                                         gboolean        narrow) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
