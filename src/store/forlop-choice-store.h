/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"

G_BEGIN_DECLS

/* What one can choose from where a form asks for another record. */

/**
 * ForlopNamed:
 *
 * The id of a record and what people call it.
 */
typedef struct {
  char *id;
  char *name;
} ForlopNamed;

void       forlop_named_free        (ForlopNamed       *self);

/* GPtrArray of ForlopNamed in the order of their names: those in use, and of what belongs to a case
 * or a citizen only those of @case_id or @citizen_id (both nullable). */
GPtrArray *forlop_choice_store_list (ForlopConnection  *connection,
                                     const char        *type,
                                     const char        *case_id,
                                     const char        *citizen_id,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* What one record is called; @name is NULL when there is none with that id. */
gboolean   forlop_choice_store_name (ForlopConnection  *connection,
                                     const char        *type,
                                     const char        *id,
                                     char             **name,
                                     GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopNamed, forlop_named_free)

G_END_DECLS
