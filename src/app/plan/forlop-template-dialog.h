/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* A template for plans on one page: its name, that it is a proposal for a doctor to set, what it says at each colour,
 * limits, trend rules and schedules. Saved whole. */

#define FORLOP_TYPE_TEMPLATE_DIALOG (forlop_template_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ForlopTemplateDialog, forlop_template_dialog, FORLOP, TEMPLATE_DIALOG, AdwDialog)

/* A template of another kind opens in the form of its act. @parent outlives the dialog. */
void forlop_template_dialog_present (GtkWidget     *parent,
                                     ForlopSession *session,
                                     const char    *template_id);

G_END_DECLS
