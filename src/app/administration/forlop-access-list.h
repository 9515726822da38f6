/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Who has opened which citizen's record, newest first, and whether the chain of the log is whole. */

#define FORLOP_TYPE_ACCESS_LIST (forlop_access_list_get_type ())
G_DECLARE_FINAL_TYPE (ForlopAccessList, forlop_access_list, FORLOP, ACCESS_LIST, AdwBin)

/* Reads anew. */
void forlop_access_list_set_session (ForlopAccessList *self,
                                     ForlopSession    *session);

G_END_DECLS
