/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-record.h"

G_BEGIN_DECLS

/* What is written here, as text that can be pasted into the electronic patient record. */

/* Whether records of @type are carried over: contact_log, note, evaluation and decision. */
gboolean    forlop_epj_text_knows  (const char    *type);
/* The field that says who wrote a record of @type. */
const char *forlop_epj_text_author (const char    *type);
/* @alert: what a contact answered, or NULL. @user: who wrote it, or NULL. */
char       *forlop_epj_text        (ForlopRecord  *record,
                                    ForlopRecord  *alert,
                                    ForlopRecord  *user) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
