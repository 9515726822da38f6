/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "forlop-id.h"
#include "forlop-server-storage.h"

G_BEGIN_DECLS

/* The server's side of the protocol in docs/protocol.md, without HTTP: a request's text in, a reply's
 * text out, in one transaction of the storage. Rules are asked again here, from the same declarations
 * and predicates as on the client. */

/**
 * ForlopSyncCaller:
 * @device_id: registered with the storage.
 * @request_id: for the access log.
 * @signed_in_at: when the caller showed who he is; what needs a fresh sign-in looks at it.
 * @checkpoint: (nullable): JSON: the newest signed end of the access log, told in hello.
 * @take_up_days: how long a take-up lasts that no case follows; 0 for the standard.
 * @lease_hours: how long a client works without the server; 0 for the standard.
 * @trusted: the server's own device, or a store that its owner brings in: it may write for anybody.
 */
typedef struct {
  const char *user_id;
  const char *device_id;
  const char *request_id;
  gint64 signed_in_at;
  const char *checkpoint;
  unsigned int take_up_days;
  unsigned int lease_hours;
  gboolean trusted;
} ForlopSyncCaller;

/**
 * ForlopSyncReply:
 * @status: HTTP status.
 * @body: JSON; a problem when @status is 400 or more.
 * @location: (nullable): address of what was made.
 * @head: the newest position after a push that stored anything, otherwise 0: who listens is told.
 */
typedef struct {
  unsigned int status;
  char *body;
  char *location;
  gint64 head;
} ForlopSyncReply;

ForlopSyncReply *forlop_sync_reply_new        (unsigned int             status,
                                               char                    *body) G_GNUC_WARN_UNUSED_RESULT;
/* An application/problem+json body. */
ForlopSyncReply *forlop_sync_reply_problem    (unsigned int             status,
                                               const char              *code,
                                               const char              *detail) G_GNUC_WARN_UNUSED_RESULT;
void             forlop_sync_reply_free       (ForlopSyncReply         *self);

/* Reads a request: a JSON object no deeper than allowed, of a schema that is known. NULL with @reply set
 * to what to answer. */
yyjson_doc      *forlop_sync_read_request     (const char              *text,
                                               gsize                    length,
                                               ForlopSyncReply        **reply) G_GNUC_WARN_UNUSED_RESULT;

/* @storage NULL, for who is not signed in: nothing of the log is told. */
ForlopSyncReply *forlop_sync_server_hello     (ForlopServerStorage     *storage,
                                               const ForlopSyncCaller  *caller,
                                               gint64                   now,
                                               GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_sync_server_push      (ForlopServerStorage     *storage,
                                               const ForlopSyncCaller  *caller,
                                               ForlopIdSource          *ids,
                                               gint64                   now,
                                               const char              *text,
                                               gsize                    length,
                                               GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_sync_server_pull      (ForlopServerStorage     *storage,
                                               const ForlopSyncCaller  *caller,
                                               gint64                   now,
                                               const char              *text,
                                               gsize                    length,
                                               GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_sync_server_scope     (ForlopServerStorage     *storage,
                                               const ForlopSyncCaller  *caller,
                                               gint64                   now,
                                               const char              *text,
                                               gsize                    length,
                                               GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_sync_server_ack       (ForlopServerStorage     *storage,
                                               const ForlopSyncCaller  *caller,
                                               gint64                   now,
                                               const char              *text,
                                               gsize                    length,
                                               GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
/* Minimal identity of who matches what was written. */
ForlopSyncReply *forlop_sync_server_search    (ForlopServerStorage     *storage,
                                               const ForlopSyncCaller  *caller,
                                               gint64                   now,
                                               const char              *text,
                                               gsize                    length,
                                               GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
/* A caseworker's office gets a citizen in order to register a referral. */
ForlopSyncReply *forlop_sync_server_take_up   (ForlopServerStorage     *storage,
                                               const ForlopSyncCaller  *caller,
                                               gint64                   now,
                                               const char              *text,
                                               gsize                    length,
                                               GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_sync_server_break_glass (ForlopServerStorage   *storage,
                                               const ForlopSyncCaller  *caller,
                                               gint64                   now,
                                               const char              *text,
                                               gsize                    length,
                                               GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
/* How much of the contents that records name is here; parts of them in, parts of them out. */
ForlopSyncReply *forlop_sync_server_contents_ask (ForlopServerStorage  *storage,
                                               const ForlopSyncCaller  *caller,
                                               gint64                   now,
                                               const char              *text,
                                               gsize                    length,
                                               GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_sync_server_contents_put (ForlopServerStorage  *storage,
                                               const ForlopSyncCaller  *caller,
                                               gint64                   now,
                                               const char              *text,
                                               gsize                    length,
                                               GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopSyncReply *forlop_sync_server_contents_get (ForlopServerStorage  *storage,
                                               const ForlopSyncCaller  *caller,
                                               gint64                   now,
                                               const char              *text,
                                               gsize                    length,
                                               GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
/* Ends the grants whose time is over, at a new position. @head: (out): that position, or 0 when there
 * was none to end. */
gboolean         forlop_sync_server_sweep     (ForlopServerStorage     *storage,
                                               gint64                   now,
                                               gint64                  *head,
                                               GError                 **error);
/* The ids of every record of the person, the one that stands first; inside the caller's transaction. */
GPtrArray       *forlop_sync_server_list_person (ForlopServerStorage   *storage,
                                               const char              *citizen_id,
                                               GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
/* The device that the server writes with. */
gboolean         forlop_sync_is_server_device (const char              *device_id);

/* Leaves the leaders a task about @n_findings in the access log, once a day. @head: (out): as in
 * forlop_sync_server_sweep(). */
gboolean         forlop_sync_server_ask_review (ForlopServerStorage    *storage,
                                               gint64                   now,
                                               unsigned int             n_findings,
                                               gint64                  *head,
                                               GError                 **error);

/* Works out the figures without names again, once a day; it reads a lot, and may do so on a storage of its own. @figures:
 * (out) (nullable) (transfer full): NULL when they are of today already. */
gboolean         forlop_sync_server_work_out_figures (ForlopServerStorage *storage,
                                               gint64                   now,
                                               GPtrArray              **figures,
                                               GError                 **error);
/* Writes them, unless another has been first. @head: (out): as in forlop_sync_server_sweep(). */
gboolean         forlop_sync_server_write_figures (ForlopServerStorage *storage,
                                               gint64                   now,
                                               GPtrArray               *figures,
                                               gint64                  *head,
                                               GError                 **error);

/**
 * ForlopSyncEscalated:
 * @case_id: whose red alert nobody has taken in time.
 * @since: since when it has waited; the first of several.
 * @unit_id: (nullable): the unit that follows the case up; this and what comes after it are not known of one that
 *   is over.
 * @address: (nullable): of the unit's shift phone, or else its telephone.
 *
 * A case that goes to a unit's leader and shift phone. Case and instant together are its key.
 */
typedef struct {
  char *case_id;
  gint64 since;
  char *citizen_id;
  char *unit_id;
  char *address;
} ForlopSyncEscalated;

void             forlop_sync_escalated_free   (ForlopSyncEscalated     *self);
/* Every case that is escalated at @now. Reads alone. */
GPtrArray       *forlop_sync_server_list_escalated (ForlopServerStorage *storage,
                                               gint64                   now,
                                               GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
/* Leaves the leaders a task about each of @begun, and finishes those about @ended. What is done already is left as
 * it is. @head: (out): as in forlop_sync_server_sweep(). */
gboolean         forlop_sync_server_tell_leaders (ForlopServerStorage  *storage,
                                               gint64                   now,
                                               GPtrArray               *begun,
                                               GPtrArray               *ended,
                                               gint64                  *head,
                                               GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncEscalated, forlop_sync_escalated_free)

/**
 * ForlopSyncSetUp:
 * @unit: name of the unit in which the first administrator is.
 */
typedef struct {
  const char *name;
  const char *short_name;
  const char *unit;
} ForlopSyncSetUp;

gboolean         forlop_sync_server_set_up    (ForlopServerStorage     *storage,
                                               gint64                   now,
                                               const ForlopSyncSetUp   *words,
                                               GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncReply, forlop_sync_reply_free)

G_END_DECLS
