/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sync-contents.h"
#include "forlop-sync-limits.h"
#include "forlop-sync-row.h"

G_BEGIN_DECLS

/* What the endpoint asks of a place to keep one municipality's log. There are two of it, an encrypted
 * SQLite file and PostgreSQL, and both pass the same tests. Every call stands inside a transaction
 * that begin() opened; a call that fails has set an error, and then the caller rolls back. A storage
 * belongs to one thread at a time. */

typedef struct _ForlopServerStorage ForlopServerStorage;

/**
 * FORLOP_SERVER_STORAGE_ERROR:
 *
 * A storage's own errors. %FORLOP_SERVER_STORAGE_ERROR_RETRY: somebody else was in the way; rolled
 * back, the same transaction may be tried again. %FORLOP_SERVER_STORAGE_ERROR_UNAVAILABLE: full disk,
 * lost connection; nothing of the transaction is stored.
 */
#define FORLOP_SERVER_STORAGE_ERROR (forlop_server_storage_error_quark ())
typedef enum {
  FORLOP_SERVER_STORAGE_ERROR_RETRY,
  FORLOP_SERVER_STORAGE_ERROR_UNAVAILABLE,
} ForlopServerStorageError;

GQuark forlop_server_storage_error_quark (void);

/**
 * ForlopServerHead:
 * @epoch: 32 hexadecimal digits, new after a restore.
 * @seq: the newest position; 0 for an empty log.
 * @log_hash: the chain's hash there.
 * @safe_seq: the highest position in a verified copy off the host.
 */
typedef struct {
  char epoch[33];
  gint64 seq;
  guint8 log_hash[FORLOP_SYNC_HASH_BYTES];
  gint64 safe_seq;
} ForlopServerHead;

/**
 * ForlopServerDevice:
 * @state: "active", "blocked" or "wiped".
 * @last_access_n: the last row of the device's own access log that is in this one.
 * @seen_at: when it last sent something; read only.
 */
typedef struct {
  char *id;
  char *user_id;
  gint64 last_op_no;
  char *state;
  gint64 last_access_n;
  gint64 seen_at;
} ForlopServerDevice;

/**
 * ForlopServerReceipt:
 *
 * What became of a changeset; kept for ever, and given again to whoever asks again.
 *
 * @status: "applied", "merged", "conflict", "rejected" or "blocked".
 * @result: JSON object: what the device is told, without op_no, op_id, status and seq.
 */
typedef struct {
  char *op_id;
  char *device_id;
  gint64 op_no;
  char *user_id;
  char *hash;
  char *status;
  char *result;
  gint64 seq;
} ForlopServerReceipt;

/**
 * ForlopServerRule:
 *
 * Everybody in @role in @unit_id (an empty text: in any unit) may see @scope.
 *
 * @valid_to: instant, or %FORLOP_INSTANT_NONE.
 */
typedef struct {
  char *scope;
  char *role;
  char *unit_id;
  char *basis;
  gint64 valid_to;
} ForlopServerRule;

/**
 * ForlopServerGrant:
 * @gen: rises each time it is given again after it was taken.
 * @basis: "TREAT", "ETREAT", "COC", "BTG" or "ADM".
 * @valid_to: instant, or %FORLOP_INSTANT_NONE.
 * @seq: the position of its last change.
 */
typedef struct {
  char *user_id;
  char *scope;
  gint64 gen;
  gboolean active;
  char *basis;
  gint64 valid_to;
  gint64 seq;
} ForlopServerGrant;

/**
 * ForlopServerAccess:
 *
 * A row of the access log, without its number and hashes, which the storage gives it.
 */
typedef struct {
  gint64 at;
  gint64 client_at;       /* FORLOP_INSTANT_NONE unless it happened offline */
  const char *user_id;
  const char *role;
  const char *unit_id;
  const char *device_id;
  const char *scope;
  const char *kinds;      /* record types, separated by spaces */
  const char *action;     /* "delivered", "opened", "search", "changed", "break-glass" … */
  const char *reason;
  const char *request_id;
  const char *result;
} ForlopServerAccess;

void forlop_server_device_free  (ForlopServerDevice  *self);
void forlop_server_receipt_free (ForlopServerReceipt *self);
void forlop_server_rule_free    (ForlopServerRule    *self);
void forlop_server_grant_free   (ForlopServerGrant   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopServerDevice, forlop_server_device_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopServerReceipt, forlop_server_receipt_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopServerRule, forlop_server_rule_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopServerGrant, forlop_server_grant_free)

/**
 * ForlopServerStorageFuncs:
 *
 * A function that finds nothing returns %TRUE (or an empty list) and leaves its result %NULL.
 * Lists are #GPtrArray that own their elements. A write may be found wrong as late as at the next
 * read or the commit. After a failed commit the caller rolls back as well.
 */
typedef struct {
  /* For writing, begin() takes the head's lock, so that writers come one after the other and the
   * numbers have no holes; for reading it takes a snapshot. */
  gboolean (*begin)          (ForlopServerStorage        *self,
                              gboolean                    for_writing,
                              GError                    **error);
  /* Durable when it returns TRUE. */
  gboolean (*commit)         (ForlopServerStorage        *self,
                              GError                    **error);
  void     (*rollback)       (ForlopServerStorage        *self);
  /* Nullable. Between the two, transactions that commit become durable together, by one wait for the
   * disk: nobody is told that anything was stored before the end. FALSE when nothing of it was, because
   * the disk failed or one of them was undone half-way; each may then be tried alone. */
  void     (*begin_batch)    (ForlopServerStorage        *self);
  gboolean (*end_batch)      (ForlopServerStorage        *self,
                              GError                    **error);
  void     (*free)           (ForlopServerStorage        *self);

  gboolean (*get_head)       (ForlopServerStorage        *self,
                              ForlopServerHead           *head,
                              GError                    **error);
  /* Moves the head one position on and keeps a mark with its hash. */
  gboolean (*add_mark)       (ForlopServerStorage        *self,
                              gint64                      seq,
                              const guint8                hash[FORLOP_SYNC_HASH_BYTES],
                              gint64                      at,
                              GError                    **error);
  /* @at: (nullable): when it was committed. */
  gboolean (*get_mark)       (ForlopServerStorage        *self,
                              gint64                      seq,
                              guint8                      hash[FORLOP_SYNC_HASH_BYTES],
                              gint64                     *at,
                              gboolean                   *found,
                              GError                    **error);
  gboolean (*set_epoch)      (ForlopServerStorage        *self,
                              const char                 *epoch,
                              GError                    **error);
  gboolean (*set_safe_seq)   (ForlopServerStorage        *self,
                              gint64                      safe_seq,
                              GError                    **error);

  gboolean (*load_row)       (ForlopServerStorage        *self,
                              const ForlopRecordType     *type,
                              const char                 *id,
                              ForlopSyncRow             **row,
                              GError                    **error);
  /* Makes or replaces the one row of the record and keeps the sum of its scope. */
  gboolean (*put_row)        (ForlopServerStorage        *self,
                              const ForlopSyncRow        *row,
                              GError                    **error);
  /* The rows of a scope, tombstones left out, ordered by id; @type NULL for every type but
   * measurements. */
  GPtrArray *(*list_scope)   (ForlopServerStorage        *self,
                              const char                 *scope,
                              const ForlopRecordType     *type,
                              GError                    **error);
  /* The same, of the types named in @kinds alone, with a space between two names. */
  GPtrArray *(*list_kinds)   (ForlopServerStorage        *self,
                              const char                 *scope,
                              const char                 *kinds,
                              GError                    **error);
  /* The scopes of records that begin with @prefix, whose last character is a colon; text in order. */
  GPtrArray *(*list_scopes)  (ForlopServerStorage        *self,
                              const char                 *prefix,
                              GError                    **error);
  GPtrArray *(*list_type)    (ForlopServerStorage        *self,
                              const ForlopRecordType     *type,
                              GError                    **error);
  /* The memberships of one user, whether they are in force or not; every change asks for them. */
  GPtrArray *(*list_functions) (ForlopServerStorage      *self,
                              const char                 *user_id,
                              GError                    **error);
  /* Red alerts that nobody has taken or finished with, put off or not, by id. */
  GPtrArray *(*list_untaken) (ForlopServerStorage        *self,
                              GError                    **error);
  /* Alerts and tasks that are open, and cases that are not closed or withdrawn, by id. */
  GPtrArray *(*list_waiting) (ForlopServerStorage        *self,
                              GError                    **error);
  /* Alerts that were raised at @since or later, in any order; it looks at every alert. */
  GPtrArray *(*list_raised)  (ForlopServerStorage        *self,
                              gint64                      since,
                              GError                    **error);
  /* Ids of citizens, in order, from @from on and at most @limit, who have a case that names @platform as its platform or
   * @unit_id as the unit that follows it up, whatever its status. */
  GPtrArray *(*list_followed) (ForlopServerStorage       *self,
                              const char                 *platform,
                              const char                 *unit_id,
                              const char                 *from,
                              unsigned int                limit,
                              GError                    **error);
  /* The scopes of the rows above position @after, each as often as it has rows; at most @limit of the two tables each. */
  GPtrArray *(*list_changed) (ForlopServerStorage        *self,
                              gint64                      after,
                              unsigned int                limit,
                              GError                    **error);
  /* Adds to @measured, of #ForlopMeasurement, those of a scope that were taken from @from to @to, both included, by
   * time. */
  gboolean (*list_measured)  (ForlopServerStorage        *self,
                              const char                 *scope,
                              gint64                      from,
                              gint64                      to,
                              GArray                     *measured,
                              GError                    **error);
  /* Rows with a position above @after that the user's active grants cover, tombstones included, in
   * the order of the log, whole positions only: it stops at the first position where @max_rows or
   * @max_bytes is passed. @to is the last position looked at: the head when nothing is left. */
  GPtrArray *(*rows_since)   (ForlopServerStorage        *self,
                              const char                 *user_id,
                              gint64                      after,
                              gint64                      now,
                              unsigned int                max_rows,
                              gsize                       max_bytes,
                              gint64                     *to,
                              GError                    **error);
  /* Rows of one scope, tombstones included, in the order (seq, type, id) after the three. */
  GPtrArray *(*rows_of_scope) (ForlopServerStorage       *self,
                              const char                 *scope,
                              gint64                      after_seq,
                              const char                 *after_type,
                              const char                 *after_id,
                              unsigned int                max_rows,
                              GError                    **error);
  /* Ids of citizens whose words, as forlop_people_words() makes them, have each of @needles in them;
   * at most @limit, the words in order. */
  GPtrArray *(*search_people) (ForlopServerStorage       *self,
                              GPtrArray                  *needles,
                              unsigned int                limit,
                              GError                    **error);
  gboolean (*get_sum)        (ForlopServerStorage        *self,
                              const char                 *scope,
                              ForlopScopeSum             *sum,
                              GError                    **error);

  gboolean (*find_claim)     (ForlopServerStorage        *self,
                              const char                 *key,
                              char                      **holder_id,
                              GError                    **error);
  gboolean (*put_claim)      (ForlopServerStorage        *self,
                              const char                 *key,
                              const char                 *type,
                              const char                 *id,
                              GError                    **error);
  gboolean (*drop_claims)    (ForlopServerStorage        *self,
                              const char                 *type,
                              const char                 *id,
                              GError                    **error);

  gboolean (*get_device)     (ForlopServerStorage        *self,
                              const char                 *device_id,
                              ForlopServerDevice        **device,
                              GError                    **error);
  /* Its last number only goes forward. */
  gboolean (*put_device)     (ForlopServerStorage        *self,
                              const ForlopServerDevice   *device,
                              gint64                      at,
                              GError                    **error);
  GPtrArray *(*list_devices) (ForlopServerStorage        *self,
                              GError                    **error);
  gboolean (*get_receipt)    (ForlopServerStorage        *self,
                              const char                 *op_id,
                              ForlopServerReceipt       **receipt,
                              GError                    **error);
  gboolean (*put_receipt)    (ForlopServerStorage        *self,
                              const ForlopServerReceipt  *receipt,
                              GError                    **error);
  /* The history: every accepted changeset whole. */
  gboolean (*put_changeset)  (ForlopServerStorage        *self,
                              gint64                      seq,
                              const char                 *body,
                              GError                    **error);
  gboolean (*get_changeset)  (ForlopServerStorage        *self,
                              const char                 *op_id,
                              char                      **body,
                              GError                    **error);
  /* What a change was found to be so already: @tag stands for @present. */
  gboolean (*put_alias)      (ForlopServerStorage        *self,
                              const char                 *type,
                              const char                 *id,
                              const char                 *field,
                              const char                 *tag,
                              const char                 *present,
                              GError                    **error);
  gboolean (*has_alias)      (ForlopServerStorage        *self,
                              const char                 *type,
                              const char                 *id,
                              const char                 *field,
                              const char                 *tag,
                              const char                 *present,
                              gboolean                   *found,
                              GError                    **error);

  GPtrArray *(*list_rules)   (ForlopServerStorage        *self,
                              const char                 *scope,
                              GError                    **error);
  /* The rules for a function: those of its unit and those of any unit. */
  GPtrArray *(*list_rules_for) (ForlopServerStorage      *self,
                              const char                 *role,
                              const char                 *unit_id,
                              GError                    **error);
  /* Those whose time is over at @now. */
  GPtrArray *(*list_ended_rules) (ForlopServerStorage    *self,
                              gint64                      now,
                              GError                    **error);
  gboolean (*put_rule)       (ForlopServerStorage        *self,
                              const ForlopServerRule     *rule,
                              GError                    **error);
  gboolean (*drop_rule)      (ForlopServerStorage        *self,
                              const ForlopServerRule     *rule,
                              GError                    **error);
  gboolean (*get_grant)      (ForlopServerStorage        *self,
                              const char                 *user_id,
                              const char                 *scope,
                              ForlopServerGrant         **grant,
                              GError                    **error);
  gboolean (*put_grant)      (ForlopServerStorage        *self,
                              const ForlopServerGrant    *grant,
                              GError                    **error);
  /* The user's grants that changed above @after and up to the snapshot's head, active or not. */
  GPtrArray *(*list_grants)  (ForlopServerStorage        *self,
                              const char                 *user_id,
                              gint64                      after,
                              GError                    **error);
  /* Every user's active grants whose time is over at @now. */
  GPtrArray *(*list_ended_grants) (ForlopServerStorage   *self,
                              gint64                      now,
                              GError                    **error);

  gboolean (*add_access)     (ForlopServerStorage        *self,
                              const ForlopServerAccess   *access,
                              GError                    **error);
  /* Unsent work of a scope its author may no longer see: written here, read by the unit's leader. */
  gboolean (*put_tray)       (ForlopServerStorage        *self,
                              gint64                      seq,
                              const char                 *op_id,
                              const char                 *user_id,
                              const char                 *unit_id,
                              const char                 *body,
                              gint64                      at,
                              GError                    **error);

  /* The contents that records name, in parts of %FORLOP_SYNC_PART_BYTES, one after the other; the
   * last is what is left. @length: -1 when none of them are here. */
  gboolean (*get_contents)   (ForlopServerStorage        *self,
                              const ForlopSyncContents   *contents,
                              gint64                     *length,
                              gint64                     *have,
                              GError                    **error);
  gboolean (*add_contents)   (ForlopServerStorage        *self,
                              const ForlopSyncContents   *contents,
                              gint64                      offset,
                              GBytes                     *part,
                              GError                    **error);
  /* The part that begins at @offset. */
  gboolean (*read_contents)  (ForlopServerStorage        *self,
                              const ForlopSyncContents   *contents,
                              gint64                      offset,
                              GBytes                    **part,
                              GError                    **error);
  /* @hash (nullable): everything that the record has named. */
  gboolean (*drop_contents)  (ForlopServerStorage        *self,
                              const char                 *type,
                              const char                 *id,
                              const char                 *hash,
                              GError                    **error);
} ForlopServerStorageFuncs;

struct _ForlopServerStorage
{
  const ForlopServerStorageFuncs *funcs;
};

void forlop_server_storage_free (ForlopServerStorage *self);

/* A request on the storage, in transactions of its own; may be run again. */
typedef void (*ForlopServerJob) (gpointer job);
typedef void (*ForlopServerMore) (GPtrArray *jobs,
                                  gpointer   user_data);

void forlop_server_storage_run_together (ForlopServerStorage *self,
                                         GPtrArray           *jobs,
                                         ForlopServerJob      run,
                                         ForlopServerMore     more,
                                         gpointer             user_data);

void forlop_server_log_hash     (guint8               hash[FORLOP_SYNC_HASH_BYTES],
                                 gint64               seq,
                                 const char          *op_id,
                                 const char          *content_hash,
                                 const char          *status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopServerStorage, forlop_server_storage_free)

G_END_DECLS
