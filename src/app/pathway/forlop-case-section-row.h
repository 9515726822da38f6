/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-case-sections.h"

G_BEGIN_DECLS

/* A line that says what is recorded of one kind, opens to show all of it, and has the acts that can
 * be done now. What it shows inside is made when it is opened. The acts are "case.act" actions with
 * the act's name, the kind of record and its id. */

/* A ForlopFoldRow; NULL when there is nothing recorded and nothing to do. @role and @unit_id, in which one works, may be
 * NULL. */
GtkWidget *forlop_case_section_row_new (const ForlopCaseSection *section,
                                        ForlopCaseData          *data,
                                        const char              *role,
                                        const char              *unit_id,
                                        gboolean                 narrow) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
