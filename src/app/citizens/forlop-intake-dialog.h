/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-intake.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* A file of citizens or measurements: every row is tried first and what would become of it is shown; then it is
 * imported, or left. */

#define FORLOP_TYPE_INTAKE_DIALOG (forlop_intake_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ForlopIntakeDialog, forlop_intake_dialog, FORLOP, INTAKE_DIALOG, AdwDialog)

/* Asks which file. */
void forlop_intake_dialog_begin   (GtkWidget        *parent,
                                   ForlopSession    *session,
                                   ForlopIntakeKind  kind);
/* Goes on with a file that is chosen. */
void forlop_intake_dialog_present (GtkWidget        *parent,
                                   ForlopSession    *session,
                                   ForlopIntakeKind  kind,
                                   GFile            *file);

G_END_DECLS
