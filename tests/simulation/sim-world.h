/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-blob-store.h"
#include "forlop-changeset.h"
#include "forlop-connection.h"
#include "forlop-id.h"
#include "forlop-sync-client.h"
#include "forlop-sync-server.h"

G_BEGIN_DECLS

/* A municipality in one process: a server and three devices with the shipped storage and sync code,
 * a clock that is moved, a network that loses, repeats and delays, and disks that fail. Everything
 * that happens follows from one number. */

#define SIM_CLIENTS 3

/* Mistakes that a design like this one has had. Each is made at a border of the shipped code, and a
 * checker must see it. */
typedef enum {
  SIM_SOUND,
  SIM_NO_RECEIPT,
  SIM_SEQUENCE_GAP,
  SIM_LAST_WRITER_WINS,
  SIM_NO_UNIQUE_CLAIM,
  SIM_NO_TOMBSTONE,
  SIM_NO_PURGE,
  SIM_NO_GEN,
  SIM_PAGE_WISE,
  SIM_DROPPED_OVERLAY,
  SIM_NO_RETENTION,
  SIM_VOLATILE_STAGE,
  SIM_REUSED_EPOCH,
  SIM_NO_OP_WITHOUT_SEQ,
  SIM_ANSWER_BEFORE_DISK,
  SIM_VOLATILE_UPLOADS,
  SIM_FIRST_PART_IS_ALL,
  SIM_ASKED_ONCE,
  SIM_FILES_LEFT,
  SIM_ENDED_GRANT,
  SIM_NO_BLOCK,
  SIM_ENDLESS_TAKE_UP,
  SIM_NO_NOTE_BLOCK,
  SIM_MOVED_UNHEARD,
  SIM_N_ERRORS,
} SimError;

const char *sim_error_name (SimError error);

typedef struct _SimWorld SimWorld;
typedef struct _SimTemplate SimTemplate;

typedef struct {
  SimWorld *world;
  unsigned int index;
  char *name;
  char *device_id;
  ForlopActor *actor;
  char *path;
  ForlopConnection *connection;
  ForlopBlobStore *blobs;
  ForlopIdSource *ids;
  ForlopSyncMirror *mirror;
  ForlopSyncClient *client;
  gint64 skew;
  /* A reply on its way that comes after other things have happened. */
  ForlopSyncRequest *late_request;
  ForlopSyncReply *late_reply;
  /* What the mirror showed when it was last looked at: sim_look_again(). */
  gboolean is_written;
  char *looked;
  /* Every act that this device said was saved: SimAct. */
  GPtrArray *saved;
} SimClient;

typedef struct {
  char *op_id;
  char *act;
} SimAct;

/**
 * SimFile:
 *
 * The contents of an attachment that a user was told is saved.
 *
 * @held: by which devices, when it was last looked at.
 * @was_taken: from one that held it.
 */
typedef struct {
  char *hash;
  gboolean held[SIM_CLIENTS];
  gboolean was_taken;
} SimFile;

/* What happened in the stories of one world. */
typedef struct {
  guint64 stories;
  guint64 steps;
  guint64 acts;
  guint64 files;
  guint64 take_ups;
  guint64 exchanges;
  guint64 together;
  guint64 troubles;
  guint64 deaths;
  guint64 restores;
  guint64 confirmed;
  guint64 conflicts;
  guint64 refused;
} SimCounts;

/**
 * SimWorld:
 * @heads: position → the sums of every scope there (scope → ForlopScopeSum).
 * @deleted: "type id" of what the server has deleted.
 * @deleted_up_to: the position up to which @deleted is complete.
 * @answered: ids of changesets that their device has an answer to.
 * @files: of SimFile.
 * @was_restored: in this story.
 * @has_come: a file has, since this was last put to FALSE.
 * @swept_at: when the server last looked for what is over.
 */
struct _SimWorld
{
  guint64 seed;
  guint64 state;
  SimError planted;
  gint64 now;
  char *folder;
  char *server_path;
  char *backup_path;
  ForlopKey *key;
  ForlopServerStorage *storage;
  ForlopConnection *reader;
  ForlopIdSource *server_ids;
  SimClient clients[SIM_CLIENTS];
  GHashTable *heads;
  GHashTable *deleted;
  gint64 deleted_up_to;
  GHashTable *answered;
  GPtrArray *files;
  gint64 swept_at;
  gboolean is_healing;
  gboolean has_come;
  gboolean is_restored;
  gboolean was_restored;
  SimCounts counts;
  GString *story;
  char *failure;
};

/* The municipality before the story begins; made once and copied for every seed. */
SimTemplate *sim_template_new  (const char        *folder);
void         sim_template_free (SimTemplate       *self);

SimWorld    *sim_world_new     (const SimTemplate *template,
                                guint64            seed,
                                SimError           planted);
void         sim_world_begin_again (SimWorld      *self,
                                const SimTemplate *template,
                                guint64            seed);
void         sim_world_free    (SimWorld          *self);
/* Plays @n_steps and heals. FALSE with @failure and @story filled in when something does not hold. */
gboolean     sim_world_play    (SimWorld          *self,
                                const SimTemplate *template,
                                unsigned int       n_steps);
void         sim_world_settle  (SimWorld          *self);
void         sim_world_keep    (SimWorld          *self,
                                const SimTemplate *template);

void         sim_copy          (const char        *from,
                                const char        *to);
void         sim_remove_folder (const char        *path);
/* A number below @n, out of the seed. */
unsigned int sim_draw          (SimWorld          *self,
                                unsigned int       n);
void         sim_tell          (SimWorld          *self,
                                const char        *format,
                                ...) G_GNUC_PRINTF (2, 3);
/* The first thing that does not hold is kept. */
void         sim_fail          (SimWorld          *self,
                                const char        *checker,
                                const char        *format,
                                ...) G_GNUC_PRINTF (3, 4);

void         sim_server_open   (SimWorld          *self);
void         sim_server_close  (SimWorld          *self);
void         sim_copy_server   (SimWorld          *self);
/* From its copy, if there is one. */
void         sim_restore_server (SimWorld         *self);
void         sim_client_open   (SimClient         *self);
void         sim_client_close  (SimClient         *self);
/* What each scope held at the server's head. */
void         sim_note_head     (SimWorld          *self);

/* NULL for a position that was never the head. */
GHashTable  *sim_sums_at       (SimWorld          *self,
                                gint64             seq);
gboolean     sim_is_epoch      (SimWorld          *self,
                                const char        *epoch);
void         sim_forget_heads  (SimWorld          *self);
/* What a server that died had answered in memory only. */
void         sim_forget_heads_after (SimWorld     *self,
                                gint64             seq);
gint64       sim_get_head      (SimWorld          *self);
/* Read from the server's own file: ForlopServerReceipt, in the order of the log. */
ForlopConnection *sim_read_server (SimWorld     *self);
GPtrArray   *sim_list_receipts (SimWorld          *self);
gboolean     sim_is_logged     (SimWorld          *self,
                                const char        *scope,
                                const char        *user_id);
gboolean     sim_is_refused_here (SimClient       *self,
                                const char        *op_id);

/* Whether the device's records, or what stands for them, were written since the last time. */
void         sim_watch         (SimClient         *self);
gboolean     sim_look_again    (SimClient         *self);

/* sim-acts.c: one act of a user, maybe refused. */
void         sim_act           (SimClient         *self);
/* One act; what it made or changed first, or NULL when it was refused or the disk failed. */
char        *sim_do            (SimClient         *self,
                                const char        *name,
                                const char        *json);
gboolean     sim_join          (SimClient         *self);
/* sim-network.c: one request and what becomes of it. FALSE when there was nothing to send. */
gboolean     sim_exchange      (SimClient         *self);
/* Every device that has something to send sends it at once, and the server takes all of it together. */
void         sim_exchange_together (SimWorld      *self);
const char  *sim_exchange_late (SimClient         *self,
                                ForlopSyncRequestKind kind);
void         sim_deliver_late  (SimClient         *self);
/* sim-files.c: attachments. */
gboolean     sim_attach        (SimClient         *self,
                                ForlopRecord      *citizen);
/* By everybody, also by who has nothing to do with it. */
void         sim_ask_for_file  (SimWorld          *self);
void         sim_check_part    (SimClient         *self,
                                const ForlopSyncRequest *request,
                                const ForlopSyncReply *reply);
void         sim_watch_files   (SimClient         *self);
void         sim_check_files   (SimWorld          *self);
/* sim-access.c: what only the server does, and whether what is over is over. */
void         sim_take_up       (SimClient         *self);
void         sim_sweep         (SimWorld          *self);
void         sim_check_access  (SimWorld          *self);
/* sim-errors.c */
void         sim_plant         (ForlopServerStorage *storage,
                                SimError           planted);
void         sim_plant_mirror  (ForlopSyncMirror  *mirror,
                                ForlopConnection  *connection,
                                SimError           planted);
/* sim-checks.c */
/* What the reply tells is the caller's to know: asked in the transaction that made it. */
void         sim_check_granted (SimClient         *self,
                                const ForlopSyncReply *reply);
/* What the reply tells is stored: asked when it leaves. */
void         sim_check_stored  (SimClient         *self,
                                const ForlopSyncReply *reply);
void         sim_note_answers  (SimWorld          *self,
                                const ForlopSyncReply *reply);
void         sim_check_client  (SimClient         *self);
/* sim-history.c */
void         sim_check_history (SimWorld          *self);
void         sim_check_server  (SimWorld          *self);
void         sim_check_end     (SimWorld          *self);

G_END_DECLS
