/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act-preparation.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* What was written in the form of an act and not saved is kept until the form is opened again. */

/* @body (transfer full): what to keep, or NULL to throw away what was kept. */
void forlop_draft_keep     (ForlopSession          *session,
                            const char             *key,
                            char                   *body);
/* The same for somebody who wrote it and may have left since. */
void forlop_draft_keep_of  (ForlopSession          *session,
                            const char             *user_id,
                            const char             *key,
                            char                   *body);
/* The same under the key of the request. */
void forlop_act_draft_keep (ForlopSession          *session,
                            const ForlopActRequest *request,
                            char                   *body);

G_END_DECLS
