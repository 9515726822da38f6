/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-acts.h"
#include "forlop-record-store.h"

G_BEGIN_DECLS

/* What an act's function works on. It reads the snapshot, writes records through make and change, and
 * leaves gates, validation, history, time line and worklists to the caller. */

typedef struct {
  /* Borrowed references */
  ForlopConnection *connection;
  ForlopIdSource *ids;
  const ForlopActor *actor;
  const ForlopAct *act;
  ForlopRecord *arguments;
  ForlopRecord *citizen;  /* of the snapshot, or NULL */
  ForlopRecord *the_case; /* of the snapshot, or NULL */

  /* Owned references */
  ForlopChangeset *changeset;
  ForlopSnapshot *snapshot; /* as it was before the act; NULL when no citizen is concerned */
  char *citizen_id;         /* set by an act that registers somebody */
  char *case_id;
  char *resolves; /* the conflict that the act resolves, or NULL */

  gint64 now;
  ForlopDate today;
} ForlopActContext;

typedef gboolean (*ForlopActFunc) (ForlopActContext  *self,
                                   GError           **error);

typedef struct {
  const char *name;
  ForlopActFunc func;
} ForlopActFunction;

/* Ended by a function without name. */
extern const ForlopActFunction forlop_act_functions_organisation[];
extern const ForlopActFunction forlop_act_functions_people[];
extern const ForlopActFunction forlop_act_functions_referral[];
extern const ForlopActFunction forlop_act_functions_assessment[];
extern const ForlopActFunction forlop_act_functions_decision[];
extern const ForlopActFunction forlop_act_functions_service[];
extern const ForlopActFunction forlop_act_functions_plan[];
extern const ForlopActFunction forlop_act_functions_follow_up[];
extern const ForlopActFunction forlop_act_functions_equipment[];
extern const ForlopActFunction forlop_act_functions_stock[];
extern const ForlopActFunction forlop_act_functions_conflict[];
extern const ForlopActFunction forlop_act_functions_merge[];
extern const ForlopActFunction forlop_act_functions_count[];
extern const ForlopActFunction forlop_act_functions_loan[];
extern const ForlopActFunction forlop_act_functions_wrong_loan[];
extern const ForlopActFunction forlop_act_functions_service_of_items[];

ForlopRecord *forlop_act_make       (ForlopActContext  *self,
                                     const char        *type);
ForlopRecord *forlop_act_make_with_id (ForlopActContext *self,
                                     const char        *type,
                                     const char        *id);
ForlopRecord *forlop_act_change     (ForlopActContext  *self,
                                     ForlopRecord      *record);
/* Copies every argument that is given and that the record declares by the same name, and takes away
 * the value of each that was emptied on purpose. */
void          forlop_act_copy_arguments (ForlopActContext *self,
                                     ForlopRecord      *record);
void          forlop_act_copy_record (ForlopRecord     *from,
                                     ForlopRecord      *to);
const char   *forlop_act_text       (ForlopActContext  *self,
                                     const char        *argument);
/* The record an argument refers to, from the snapshot or the store. Lives as long as the act. */
ForlopRecord *forlop_act_load       (ForlopActContext  *self,
                                     const char        *type,
                                     const char        *argument,
                                     GError           **error);
gboolean      forlop_act_refuse     (GError           **error,
                                     int                code,
                                     const char        *format,
                                     ...) G_GNUC_PRINTF (3, 4);
/* For acts that save one record as it is given; name is the act's @saves. */
gboolean      forlop_act_save       (ForlopActContext  *self,
                                     GError           **error);
gboolean      forlop_act_undo       (ForlopActContext  *self,
                                     GError           **error);
/* "Kari, 22.11.2026 14.30" for the messages that say who has done it already. */
char         *forlop_act_who_and_when (ForlopActContext *self,
                                     const char        *user_id,
                                     gint64             at) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
