/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-changeset.h"
#include "forlop-clock.h"
#include "forlop-identity.h"
#include "forlop-store.h"

G_BEGIN_DECLS

/* What every view works with: the time, who I am, what waits in the sections, and the state of the
 * file in words. One per window; given to every view when it is made. */

/**
 * ForlopStatus:
 * @FORLOP_STATUS_SETTLED: Nothing waits.
 * @FORLOP_STATUS_RECEIVING: What the server has is on its way here.
 * @FORLOP_STATUS_WAITING: Something has not been sent yet.
 * @FORLOP_STATUS_OFFLINE: The server has not answered for a while.
 * @FORLOP_STATUS_REFUSED: Something was refused and needs a person.
 * @FORLOP_STATUS_STOPPED: Nothing goes on before a person has done something.
 *
 * The worst last.
 */
typedef enum {
  FORLOP_STATUS_SETTLED,
  FORLOP_STATUS_RECEIVING,
  FORLOP_STATUS_WAITING,
  FORLOP_STATUS_OFFLINE,
  FORLOP_STATUS_REFUSED,
  FORLOP_STATUS_STOPPED,
} ForlopStatus;

typedef struct _ForlopSyncWatch ForlopSyncWatch;

#define FORLOP_TYPE_SESSION (forlop_session_get_type ())
G_DECLARE_FINAL_TYPE (ForlopSession, forlop_session, FORLOP, SESSION, GObject)

ForlopSession *forlop_session_new             (ForlopClock   *clock) G_GNUC_WARN_UNUSED_RESULT;
ForlopClock   *forlop_session_get_clock       (ForlopSession *self);
gint64         forlop_session_now             (ForlopSession *self);
ForlopDate     forlop_session_today           (ForlopSession *self);

/* The encrypted file; NULL until it is open. Property "store". */
ForlopStore   *forlop_session_get_store       (ForlopSession *self);
void           forlop_session_set_store       (ForlopSession *self,
                                               ForlopStore   *store);

/* Who I am, as the window shows it; NULL until somebody has said who they are. */
ForlopIdentity *forlop_session_get_actor      (ForlopSession *self);
void           forlop_session_set_actor       (ForlopSession *self,
                                               ForlopIdentity *actor);
/* Whether I am it in this function: the code of a role. */
gboolean       forlop_session_is_role         (ForlopSession *self,
                                               const char    *role);
/* The same as acts want it; NULL until somebody has said who they are. */
ForlopActor   *forlop_session_dup_actor       (ForlopSession *self) G_GNUC_WARN_UNUSED_RESULT;
/* The functions this person may choose from: a list of ForlopIdentity. */
GListModel    *forlop_session_get_actors      (ForlopSession *self);
void           forlop_session_set_actors      (ForlopSession *self,
                                               GListModel    *actors);

/* How much waits in a section; shown in the sidebar. Of "follow-up" there are also "follow-up/red" and
 * "follow-up/yellow", and "follow-up/counted" is 1 when they are known. */
unsigned int   forlop_session_get_count       (ForlopSession *self,
                                               const char    *section);
void           forlop_session_set_count       (ForlopSession *self,
                                               const char    *section,
                                               unsigned int   count);
/* Emits "red-came". */
void           forlop_session_tell_red        (ForlopSession *self,
                                               unsigned int   n);

/* What keeps an eye on the server; NULL where nothing does. */
ForlopSyncWatch *forlop_session_get_sync      (ForlopSession *self);
void           forlop_session_set_sync        (ForlopSession *self,
                                               ForlopSyncWatch *sync);

/* The municipalities one works for, this one among them: a list of ForlopWorkplace; NULL where nobody
 * knows of others. Whoever made it owns it. */
GListModel    *forlop_session_get_places      (ForlopSession *self);
void           forlop_session_set_places      (ForlopSession *self,
                                               GListModel    *places);

/* In words at the foot of the sidebar; the icon's shape goes with them. */
ForlopStatus   forlop_session_get_status      (ForlopSession *self);
const char    *forlop_session_get_status_text (ForlopSession *self);
void           forlop_session_set_status      (ForlopSession *self,
                                               ForlopStatus   status,
                                               const char    *text);
const char    *forlop_status_get_icon_name    (ForlopStatus   status);

/* Tells every view that what it shows may have changed. */
void           forlop_session_emit_changed    (ForlopSession *self);

G_END_DECLS
