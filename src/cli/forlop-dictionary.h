/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act.h"

G_BEGIN_DECLS

/* The data dictionary and the list of acts, written from the declarations alone. The text is in the
 * reader's language; docs/data-dictionary.md and docs/acts.md are the English ones. */

char *forlop_dictionary_records      (void) G_GNUC_WARN_UNUSED_RESULT;
char *forlop_dictionary_acts         (void) G_GNUC_WARN_UNUSED_RESULT;
/* What one act is, and its arguments, for a terminal. */
char *forlop_dictionary_describe_act (const ForlopAct *act) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
