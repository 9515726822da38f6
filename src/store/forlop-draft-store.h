/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"

G_BEGIN_DECLS

/* Forms that were left before they were saved. A draft is one user's own, stays on this machine and
 * is thrown away when the form is saved. */

/**
 * ForlopDraft:
 * @saved_at: When it was left.
 * @body: What was typed, as the form gave it.
 */
typedef struct {
  gint64 saved_at;
  char *body;
} ForlopDraft;

void         forlop_draft_free         (ForlopDraft       *self);

gboolean     forlop_draft_store_put    (ForlopConnection  *connection,
                                        const char        *key,
                                        const char        *user_id,
                                        gint64             now,
                                        const char        *body,
                                        GError           **error);
/* FALSE with an error; TRUE with @draft NULL when there is none. */
gboolean     forlop_draft_store_find   (ForlopConnection  *connection,
                                        const char        *key,
                                        const char        *user_id,
                                        ForlopDraft      **draft,
                                        GError           **error);
/* One that is not there is no error. */
gboolean     forlop_draft_store_remove (ForlopConnection  *connection,
                                        const char        *key,
                                        const char        *user_id,
                                        GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopDraft, forlop_draft_free)

G_END_DECLS
