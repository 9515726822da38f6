/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-record.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* Ends a conflict: as it is kept on one side, or as it is written anew in a form of its fields. */

/* @values is a JSON object for "edited", else NULL. */
void forlop_conflict_resolve        (GtkWidget         *widget,
                                     ForlopSession     *session,
                                     ForlopRecord      *conflict,
                                     const char        *resolution,
                                     const char        *values);
/* The fields of @names, filled with mine; @theirs stands above them in words. */
void forlop_conflict_dialog_present (GtkWidget         *widget,
                                     ForlopSession     *session,
                                     ForlopRecord      *conflict,
                                     const char *const *names,
                                     const char        *theirs);

G_END_DECLS
