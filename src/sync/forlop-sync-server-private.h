/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act.h"
#include "forlop-merge.h"
#include "forlop-sync-server.h"

G_BEGIN_DECLS

/* What became of one changeset. Text is owned unless it is a code. */
typedef struct {
  const char *status;
  const char *code;
  const char *type;
  char *id;
  const char *field;
  const char *gate;
  const char *role;
  char *unit_id;
  char *conflict_id;
  char *holder;
  char *detail;
} ForlopSyncVerdict;

/**
 * ForlopSyncSession:
 *
 * One push: what is read once for all its changesets.
 *
 * @memberships: (element-type ForlopRecord): every function of every user.
 * @functions: (element-type ForlopRecord): those of the caller.
 * @n_grants_changed: how many grants were given or taken.
 */
typedef struct {
  ForlopServerStorage *storage;
  const ForlopSyncCaller *caller;
  ForlopIdSource *ids;
  gint64 now;
  ForlopServerHead head;
  GPtrArray *memberships;
  GPtrArray *functions;
  unsigned int n_grants_changed;
} ForlopSyncSession;

void              forlop_sync_verdict_clear     (ForlopSyncVerdict          *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ForlopSyncVerdict, forlop_sync_verdict_clear)
void              forlop_sync_verdict_set       (ForlopSyncVerdict          *self,
                                                 const char                 *status,
                                                 const char                 *code);

/* What it is about. */
void              forlop_sync_verdict_concern   (ForlopSyncVerdict          *self,
                                                 const char                 *type,
                                                 const char                 *id,
                                                 const char                 *field);

/* What the mirror has is of another log: it begins again. */
ForlopSyncReply  *forlop_sync_reply_resync      (const char                 *reason) G_GNUC_WARN_UNUSED_RESULT;

/* Loads and caches the functions of users; forget them when a changeset has touched one. */
GPtrArray        *forlop_sync_session_memberships (ForlopSyncSession        *self,
                                                 GError                    **error);
void              forlop_sync_session_forget    (ForlopSyncSession          *self);

/* Decides one changeset. TRUE with @verdict filled in and, when it is to be written, @changeset;
 * FALSE with an error when the storage failed. */
gboolean          forlop_sync_decide            (ForlopSyncSession          *self,
                                                 const ForlopSyncChangeset  *incoming,
                                                 ForlopSyncVerdict          *verdict,
                                                 ForlopChangeset           **changeset,
                                                 GError                    **error);
gboolean          forlop_sync_check_actor       (ForlopSyncSession          *self,
                                                 const ForlopSyncChangeset  *incoming,
                                                 const ForlopAct            *act,
                                                 const char                **code,
                                                 GError                    **error);
gboolean          forlop_sync_may_see           (ForlopSyncSession          *self,
                                                 const char                 *scope,
                                                 gboolean                   *may_see,
                                                 GError                    **error);
/* Whether the caller sees the citizen's record, or the blocked note, by emergency access alone. */
gboolean          forlop_sync_is_emergency      (ForlopSyncSession          *self,
                                                 const char                 *scope,
                                                 gboolean                   *is_emergency,
                                                 GError                    **error);
/* Whether the choice may be made; @act becomes the act that met another change, whose rules hold. */
gboolean          forlop_sync_check_resolution  (ForlopSyncSession          *self,
                                                 const ForlopSyncChangeset  *incoming,
                                                 ForlopSyncVerdict          *verdict,
                                                 const ForlopAct           **act,
                                                 GError                    **error);
gboolean          forlop_sync_closes_conflict   (const ForlopSyncChangeset  *incoming,
                                                 const ForlopSyncOperation  *operation);
/* Whether the changeset only closes a conflict, and leaves what is there. */
gboolean          forlop_sync_gives_up          (ForlopChangeset            *changeset);
/* The key of a unique claim; NULL when the record makes none. */
char             *forlop_sync_claim_key         (const ForlopRecordType     *type,
                                                 const ForlopClaim          *claim,
                                                 ForlopRecord               *record) G_GNUC_WARN_UNUSED_RESULT;
gboolean          forlop_sync_check_claims      (ForlopSyncSession          *self,
                                                 ForlopChangeset            *changeset,
                                                 ForlopSyncVerdict          *verdict,
                                                 GError                    **error);
/* Whether what is made with a number that another has may get the next one. */
gboolean          forlop_sync_can_renumber      (const ForlopClaim          *claim,
                                                 const ForlopOperation      *operation);
gboolean          forlop_sync_is_held_by_another (ForlopSyncSession         *self,
                                                 const ForlopClaim          *claim,
                                                 const ForlopOperation      *operation,
                                                 gboolean                   *is_held,
                                                 GError                    **error);
gboolean          forlop_sync_renumber          (ForlopSyncSession          *self,
                                                 ForlopChangeset            *changeset,
                                                 GError                    **error);
/* The ids of every record of the person, the one that stands first. */
GPtrArray        *forlop_sync_list_person       (ForlopSyncSession          *self,
                                                 const char                 *citizen_id,
                                                 GError                    **error) G_GNUC_WARN_UNUSED_RESULT;
/* The cases of the records of the person whose ids are @ids. */
GPtrArray        *forlop_sync_list_cases        (ForlopSyncSession          *self,
                                                 GPtrArray                  *ids,
                                                 GError                    **error) G_GNUC_WARN_UNUSED_RESULT;
/* Works out who sees each record of the person. @changeset: (nullable): what was written. */
gboolean          forlop_sync_derive_person     (ForlopSyncSession          *self,
                                                 ForlopChangeset            *changeset,
                                                 const char                 *citizen_id,
                                                 gint64                      seq,
                                                 GError                    **error);
/* Works out the grants to each record of the person again; the rules stand. */
gboolean          forlop_sync_update_grants     (ForlopSyncSession          *self,
                                                 const char                 *citizen_id,
                                                 gint64                      seq,
                                                 GError                    **error);
/* Whether one record of a person may be merged into another. */
gboolean          forlop_sync_check_merged      (ForlopSyncSession          *self,
                                                 ForlopChangeset            *changeset,
                                                 ForlopSyncVerdict          *verdict,
                                                 GError                    **error);
/* Whether somebody has protected the citizen's address, and somebody else not. */
gboolean          forlop_sync_is_hidden         (ForlopSyncSession          *self,
                                                 ForlopRecord               *citizen,
                                                 gboolean                   *is_hidden,
                                                 GError                    **error);
gboolean          forlop_sync_hide_address      (ForlopSyncSession          *self,
                                                 const ForlopSyncVerdict    *verdict,
                                                 GError                    **error);
gboolean          forlop_sync_tell_office       (ForlopSyncSession          *self,
                                                 ForlopChangeset            *changeset,
                                                 GError                    **error);
/* What is added to, or taken back from under, somebody else's work. */
gboolean          forlop_sync_check_deleted     (ForlopSyncSession          *self,
                                                 ForlopChangeset            *changeset,
                                                 ForlopSyncVerdict          *verdict,
                                                 GError                    **error);
gboolean          forlop_sync_tell_coordinator  (ForlopSyncSession          *self,
                                                 const ForlopSyncChangeset  *incoming,
                                                 const ForlopSyncVerdict    *verdict,
                                                 const char                 *holder,
                                                 GError                    **error);
/* What the gates look at, from the server's rows; NULL without an error when the changeset concerns
 * nobody who is there. */
gboolean          forlop_sync_snapshot          (ForlopSyncSession          *self,
                                                 ForlopChangeset            *changeset,
                                                 ForlopSnapshot            **snapshot,
                                                 GError                    **error);
/* Writes rows and claims at @seq, then who may see what follows from them. */
gboolean          forlop_sync_write             (ForlopSyncSession          *self,
                                                 ForlopChangeset            *changeset,
                                                 gint64                      seq,
                                                 GError                    **error);
gboolean          forlop_sync_grant_after       (ForlopSyncSession          *self,
                                                 ForlopChangeset            *changeset,
                                                 gint64                      seq,
                                                 GError                    **error);
gboolean          forlop_sync_keep_conflict     (ForlopSyncSession          *self,
                                                 const ForlopSyncChangeset  *incoming,
                                                 ForlopSyncVerdict          *verdict,
                                                 gint64                      seq,
                                                 GError                    **error);
ForlopRecord     *forlop_sync_load              (ForlopSyncSession          *self,
                                                 const char                 *type,
                                                 const char                 *id,
                                                 gboolean                   *is_deleted,
                                                 GError                    **error);
/* A changeset and what became of it, at the next position. */
gboolean          forlop_sync_store             (ForlopSyncSession          *self,
                                                 const ForlopSyncChangeset  *incoming,
                                                 ForlopSyncVerdict          *verdict,
                                                 ForlopChangeset            *changeset,
                                                 GError                    **error);
/* The server is an author too: what it writes is a changeset of its own device. */
ForlopChangeset  *forlop_sync_author_begin      (ForlopSyncSession          *self,
                                                 const char                 *act,
                                                 GError                    **error);
gboolean          forlop_sync_author_finish     (ForlopSyncSession          *self,
                                                 ForlopChangeset            *changeset,
                                                 GError                    **error);
/* Inside a write transaction: see forlop_sync_server_sweep(). */
gboolean          forlop_sync_sweep             (ForlopSyncSession          *self,
                                                 GError                    **error);
/* Whole records of those for whom somebody must do something; see forlop_sync_first_rows(). */
GPtrArray        *forlop_sync_first_rows        (ForlopServerStorage        *storage,
                                                 GPtrArray                  *grants,
                                                 gint64                      now,
                                                 GError                    **error);
/* Begins reading, after what is over was ended. @head: as in forlop_sync_server_sweep(). */
gboolean          forlop_sync_begin_swept       (ForlopServerStorage        *storage,
                                                 gint64                      now,
                                                 gint64                     *head,
                                                 GError                    **error);
gboolean          forlop_sync_membership_is_valid (ForlopRecord             *membership,
                                                 ForlopDate                  day);
/* Somebody who has the role today, in @unit_id unless it is NULL; borrowed from @memberships. */
ForlopRecord     *forlop_sync_find_holder       (GPtrArray                  *memberships,
                                                 ForlopDate                  today,
                                                 const char                 *role,
                                                 const char                 *unit_id);
/* The caller's first function in one of @roles today; NULL without an error when there is none. */
gboolean          forlop_sync_find_function     (ForlopSyncSession          *self,
                                                 const char *const          *roles,
                                                 ForlopRecord              **membership,
                                                 GError                    **error);
/* The user's share of @scope: given when @wanted. Break-glass stands by itself until it ends. */
gboolean          forlop_sync_update_grant      (ForlopSyncSession          *self,
                                                 const char                 *user_id,
                                                 const char                 *scope,
                                                 gboolean                    wanted,
                                                 gint64                      seq,
                                                 GError                    **error);
/* Works out every user's share of @scope again, from its rules. */
gboolean          forlop_sync_update_scope      (ForlopSyncSession          *self,
                                                 const char                 *scope,
                                                 GPtrArray                  *rules,
                                                 gint64                      seq,
                                                 GError                    **error);
/* @wanted replaces the rules of @scope; only a difference touches grants. */
gboolean          forlop_sync_replace_rules     (ForlopSyncSession          *self,
                                                 const char                 *scope,
                                                 GPtrArray                  *wanted,
                                                 gint64                      seq,
                                                 GError                    **error);
/* The scopes of the citizen's notes that are, or were, blocked by themselves. */
GPtrArray        *forlop_sync_list_apart        (ForlopServerStorage        *storage,
                                                 const char                 *citizen_id,
                                                 GError                    **error) G_GNUC_WARN_UNUSED_RESULT;
/* Who sees them, from the rules of the citizen's scope; and the grants to them alone. */
gboolean          forlop_sync_derive_apart      (ForlopSyncSession          *self,
                                                 const char                 *citizen_id,
                                                 GPtrArray                  *rules,
                                                 gint64                      seq,
                                                 GError                    **error);
gboolean          forlop_sync_update_apart      (ForlopSyncSession          *self,
                                                 const char                 *citizen_id,
                                                 gint64                      seq,
                                                 GError                    **error);
/* A note was blocked, or let free. */
gboolean          forlop_sync_derive_note       (ForlopSyncSession          *self,
                                                 ForlopRecord               *block,
                                                 gint64                      seq,
                                                 GError                    **error);
/* Moves what belongs to a blocked note into its scope, or back, after @changeset was written. */
gboolean          forlop_sync_keep_apart        (ForlopSyncSession          *self,
                                                 ForlopChangeset            *changeset,
                                                 GError                    **error);
/* What may be on the machine of somebody who may not see @scope, although he sees the citizen: an array; NULL without
 * an error when there is nothing. */
gboolean          forlop_sync_list_gone         (ForlopServerStorage        *storage,
                                                 const char                 *user_id,
                                                 const char                 *scope,
                                                 yyjson_mut_doc             *doc,
                                                 yyjson_mut_val            **gone,
                                                 GError                    **error);
/* A record that is kept apart is made by a blocking alone, of a note that the caller sees. */
gboolean          forlop_sync_check_apart       (ForlopSyncSession          *self,
                                                 const ForlopOperation      *operation,
                                                 ForlopSyncVerdict          *verdict,
                                                 GError                    **error);
/* A change must name records in their own scopes, which its author sees; and nothing is told of what it meets to
 * whoever may not see that. */
gboolean          forlop_sync_check_named_scopes (ForlopSyncSession         *self,
                                                 const ForlopSyncChangeset  *incoming,
                                                 ForlopSyncVerdict          *verdict,
                                                 GError                    **error);
gboolean          forlop_sync_check_scopes      (ForlopSyncSession          *self,
                                                 const ForlopSyncChangeset  *incoming,
                                                 ForlopChangeset            *changeset,
                                                 ForlopSyncVerdict          *verdict,
                                                 GError                    **error);
gboolean          forlop_sync_check_may_know    (ForlopSyncSession          *self,
                                                 const ForlopRecordType     *type,
                                                 const char                 *id,
                                                 ForlopSyncVerdict          *verdict,
                                                 GError                    **error);
/* Whether two scopes are of one citizen: what a change names may have been kept apart meanwhile. */
gboolean          forlop_sync_is_same_citizen   (const char                 *scope,
                                                 const char                 *other);
/* Works out again what follows from a function that was given, changed or ended. */
gboolean          forlop_sync_derive_membership (ForlopSyncSession          *self,
                                                 ForlopRecord               *membership,
                                                 gint64                      seq,
                                                 GError                    **error);
/* Adds the blockings in force of the note itself. */
gboolean          forlop_sync_list_of_note      (ForlopSyncSession          *self,
                                                 const char                 *citizen_id,
                                                 const char                 *note_id,
                                                 GPtrArray                 **blocks,
                                                 GError                    **error);
/* The blockings in force that concern the scope of a citizen, a case or a blocked note; other scopes have none. */
GPtrArray        *forlop_sync_list_blocks       (ForlopSyncSession          *self,
                                                 const char                 *scope,
                                                 GError                    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean          forlop_sync_blocks_cover      (GPtrArray                  *blocks,
                                                 const char                 *user_id,
                                                 const char                 *unit_id);
/* Whether the caller is blocked in every function he has. */
gboolean          forlop_sync_is_blocked        (ForlopSyncSession          *self,
                                                 const char                 *scope,
                                                 gboolean                   *is_blocked,
                                                 GError                    **error);

/* The basis of a rule that an office has asked for. What follows from it is a grant like others. */
#define FORLOP_SYNC_TAKE_UP "TAKE-UP"
/* The basis of a rule that stands for another record of the same person. */
#define FORLOP_SYNC_SAME_PERSON "SAME"

/* @unit_id: (nullable): then there is no rule. A rule that is there already stays. */
void              forlop_sync_add_rule          (GPtrArray                  *rules,
                                                 const char                 *scope,
                                                 const char                 *role,
                                                 const char                 *unit_id,
                                                 const char                 *basis,
                                                 gint64                      valid_to);
/* Who makes a case in emergency access sees its delivery side as long as the rest. */
gboolean          forlop_sync_lend_delivery     (ForlopSyncSession          *self,
                                                 const char                 *citizen_id,
                                                 const char                 *case_id,
                                                 gint64                      seq,
                                                 GError                    **error);
/* Ends take-ups whose time is over. */
gboolean          forlop_sync_sweep_take_ups    (ForlopSyncSession          *self,
                                                 GError                    **error);

/**
 * ForlopSyncPlea:
 *
 * What break-glass and take-up are asked with.
 */
typedef struct {
  const char *citizen_id;
  const char *reason;
} ForlopSyncPlea;

/* Writes and commits what is asked for and answers 200, or answers why not and leaves the transaction to
 * be rolled back; NULL on @error. */
typedef ForlopSyncReply *(*ForlopSyncPleaFunc) (ForlopSyncSession     *self,
                                                const ForlopSyncPlea  *plea,
                                                GError               **error);

/* Reads the plea and lets @func answer it inside one writing transaction. */
ForlopSyncReply  *forlop_sync_answer_plea       (ForlopServerStorage        *storage,
                                                 const ForlopSyncCaller     *caller,
                                                 gint64                      now,
                                                 const char                 *text,
                                                 gsize                       length,
                                                 ForlopSyncPleaFunc          func,
                                                 GError                    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
