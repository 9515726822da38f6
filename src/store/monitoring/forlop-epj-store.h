/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-date.h"

G_BEGIN_DECLS

/* What is written here and must also stand in the electronic patient record. */

/**
 * ForlopEpjEntry:
 * @type: interned: "contact_log", "note", "evaluation" or "decision".
 * @at: when it was written or decided.
 *
 * One entry that is not marked as carried over to the EPJ.
 */
typedef struct {
  const char *type;
  char *id;
  char *citizen_id;
  char *case_id;
  char *name;
  gint64 at;
  char *written_by;
} ForlopEpjEntry;

void       forlop_epj_entry_free  (ForlopEpjEntry    *self);
/* @citizen_id: NULL for everybody; @user_id: NULL for whoever wrote it. Oldest first. */
GPtrArray *forlop_epj_store_list  (ForlopConnection  *connection,
                                   const char        *citizen_id,
                                   const char        *user_id,
                                   unsigned int       limit,
                                   GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gint64     forlop_epj_store_count (ForlopConnection  *connection,
                                   GError           **error);
/* The text of one entry, ready to be pasted into the EPJ. */
char      *forlop_epj_store_text  (ForlopConnection  *connection,
                                   const char        *type,
                                   const char        *id,
                                   GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopEpjEntry, forlop_epj_entry_free)

G_END_DECLS
