/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-store-changes-private.h"
#include "forlop-store-private.h"
#include "forlop-worker.h"

G_BEGIN_DECLS

/* What a store has, for the two files that it is made of: opened and closed in forlop-store.c, asked in
 * forlop-store-jobs.c. */

#define N_READERS 2

/* A thread and what it owns. The connection of a reader is opened at its first question, so that
 * starting the program does not wait for it. */
typedef struct {
  ForlopWorker *worker;
  ForlopConnection *connection;
  gboolean closed;
  int n_waiting; /* atomic: jobs that are queued or running */
} Lane;

struct _ForlopStore
{
  GObject parent_instance;

  char *path;
  ForlopKey *key;
  ForlopClock *clock;
  ForlopIdSource *ids;
  ForlopStoreFlags flags;
  const ForlopMigration *scripts;
  ForlopBlobStore *blobs;

  /* Touched by the writer's thread alone. */
  int lock_fd;

  Lane writer;
  Lane readers[N_READERS];
  Lane keeper; /* a reader for backup and check, which take minutes */

  ForlopStoreChanges *changes;
};

G_END_DECLS
