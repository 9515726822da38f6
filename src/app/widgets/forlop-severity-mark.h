/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-severity.h"

G_BEGIN_DECLS

/* A severity as shape, word and colour. Where there is no room for the word it is the tooltip and
 * the name for a screen reader. */

#define FORLOP_TYPE_SEVERITY_MARK (forlop_severity_mark_get_type ())
G_DECLARE_FINAL_TYPE (ForlopSeverityMark, forlop_severity_mark, FORLOP, SEVERITY_MARK, AdwBin)

GtkWidget      *forlop_severity_mark_new           (ForlopSeverity      severity) G_GNUC_WARN_UNUSED_RESULT;
ForlopSeverity  forlop_severity_mark_get_severity  (ForlopSeverityMark *self);
void            forlop_severity_mark_set_severity  (ForlopSeverityMark *self,
                                                    ForlopSeverity      severity);
gboolean        forlop_severity_mark_get_show_word (ForlopSeverityMark *self);
void            forlop_severity_mark_set_show_word (ForlopSeverityMark *self,
                                                    gboolean            show_word);
/* Whether the reading may be wrong: the device was overdue for calibration. Shown as "~". */
gboolean        forlop_severity_mark_get_uncertain (ForlopSeverityMark *self);
void            forlop_severity_mark_set_uncertain (ForlopSeverityMark *self,
                                                    gboolean            uncertain);

G_END_DECLS
