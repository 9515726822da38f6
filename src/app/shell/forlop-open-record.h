/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-acts.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* What lists do with the row somebody has chosen, from any widget in the window. */

/* Opens the page about a record; @kind is "case", "citizen", "item". */
void forlop_open_record (GtkWidget       *widget,
                         const char      *kind,
                         const char      *id);
/* Whether the act is done on the page “plan” about the case and not in a form. */
gboolean forlop_open_has_page (const char *act);
/* Whether it is done in a form, which opens over whatever is shown. */
gboolean forlop_open_has_form (const char *act);
/* Asks for what the act needs. All but @act may be NULL; @act NULL opens the case or the citizen. */
void forlop_open_act    (GtkWidget       *widget,
                         ForlopSession   *session,
                         const char      *act,
                         const char      *subject_type,
                         const char      *subject_id,
                         const char      *case_id,
                         const char      *citizen_id);
/* Does an act that needs nothing more, and says so. */
void forlop_open_do     (GtkWidget       *widget,
                         ForlopSession   *session,
                         const ForlopAct *act,
                         ForlopRecord    *arguments);

G_END_DECLS
