/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-case-data.h"

G_BEGIN_DECLS

/* The symptom forms of the case, newest first, each with its colour and its answers; NULL for a case
 * that has none and whose plan asks for none. */
GtkWidget *forlop_case_forms_new (ForlopCaseData *data,
                                  const char     *role,
                                  gint64          now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
