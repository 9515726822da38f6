/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sqlite-storage.h"

G_BEGIN_DECLS

/* One municipality's storage for a test, and a second municipality that must not be touched by what
 * happens in the first. The kind is FORLOP_TEST_STORAGE: "sqlite" or "postgres". */
typedef struct {
  char *folder;
  ForlopKey *key;
  ForlopIdSource *ids;
  char *tenant[2];
  gboolean is_made[2];
} StorageTest;

StorageTest         *storage_test_new         (void);
void                 storage_test_free        (StorageTest          *self);
gboolean             storage_test_is_sqlite   (void);
/* How PostgreSQL is reached. */
const char          *storage_test_conninfo    (gboolean              owner);
/* Aborts the test when it does not open. @which: 0 or 1. */
/* In PostgreSQL. */
gboolean             storage_test_add_tenant (StorageTest *self,
                                              unsigned int which,
                                              const char  *name,
                                              GError     **error);
ForlopServerStorage *storage_test_open        (StorageTest          *self,
                                               unsigned int          which) G_GNUC_WARN_UNUSED_RESULT;
ForlopServerStorage *storage_test_open_reader (StorageTest          *self,
                                               unsigned int          which) G_GNUC_WARN_UNUSED_RESULT;
/* Runs SQL behind the back of the first municipality's storage, which must be closed. */
void                 storage_test_tamper      (StorageTest          *self,
                                               const char           *sql);

/* A new id, for the rest of the program's life. */
const char          *storage_test_id          (StorageTest          *self);
void                 storage_test_begin       (ForlopServerStorage  *storage,
                                               gboolean              for_writing);
void                 storage_test_commit      (ForlopServerStorage  *storage);
/* The transaction cannot be committed, whether that was told at once (@accepted is FALSE then) or not. */
void                 storage_test_refuse      (ForlopServerStorage  *storage,
                                               gboolean              accepted);
/* The position after the head, with a changeset of its own, its receipt and the mark. */
gint64               storage_test_move        (ForlopServerStorage  *storage);
/* Puts a row with a body of its own kind; @body NULL for a tombstone. */
void                 storage_test_put         (StorageTest          *self,
                                               ForlopServerStorage  *storage,
                                               const char           *type,
                                               const char           *id,
                                               const char           *scope,
                                               gint64                seq,
                                               const char           *body);
/* A measurement of a citizen as it comes from a client. */
ForlopSyncRow       *storage_test_measurement (StorageTest          *self,
                                               const char           *citizen_id,
                                               gint64                seq) G_GNUC_WARN_UNUSED_RESULT;
void                 storage_test_grant       (ForlopServerStorage  *storage,
                                               const char           *user_id,
                                               const char           *scope,
                                               gboolean              active,
                                               gint64                valid_to,
                                               gint64                seq);

/* Inside a transaction. */
ForlopServerHead     storage_test_head        (ForlopServerStorage  *storage);
/* NULL when there is none. */
ForlopSyncRow       *storage_test_row         (ForlopServerStorage  *storage,
                                               const char           *type,
                                               const char           *id) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StorageTest, storage_test_free)

G_END_DECLS
