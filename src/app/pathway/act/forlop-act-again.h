/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "forlop-act-preparation.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* An act that was refused is done again: its form opens with what was entered. That is read from the
 * changeset, which stays in the history of this machine. */

/* @doc is NULL when the changeset was not written on this machine. */
gboolean forlop_act_again_load        (ForlopConnection  *connection,
                                       const char        *op_id,
                                       yyjson_doc       **doc,
                                       GError           **error);
/* An act that saves a record was done on the record which the changeset changed. */
void     forlop_act_again_find_subject (ForlopActRequest *request,
                                       yyjson_doc        *doc);
/* What is hidden stays as it is. */
gboolean forlop_act_again_fill        (ForlopRecord      *arguments,
                                       yyjson_doc        *doc,
                                       const char *const *hidden,
                                       GError           **error);

/* That changeset needs nobody any more. */
void     forlop_act_again_settle      (ForlopSession     *session,
                                       const char        *op_id);

G_END_DECLS
