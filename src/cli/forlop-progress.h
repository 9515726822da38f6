/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One line on the terminal that says how far long work has come. Where standard error is not a
 * terminal it says nothing. */

typedef struct _ForlopProgress ForlopProgress;

ForlopProgress *forlop_progress_new  (const char      *label) G_GNUC_WARN_UNUSED_RESULT;
void            forlop_progress_set  (ForlopProgress  *self,
                                      gint64           done,
                                      gint64           total);
/* Takes the line away. */
void            forlop_progress_free (ForlopProgress  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopProgress, forlop_progress_free)

G_END_DECLS
