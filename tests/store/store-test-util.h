/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"

G_BEGIN_DECLS

/* A folder of its own for one test, with a key that is always the same. */
typedef struct {
  char *folder;
  char *path;
  ForlopKey *key;
} StoreTest;

/* The key of every test, for a process that works on the file of another. */
void              store_test_fill_key    (guint8                  bytes[FORLOP_KEY_LENGTH]);
StoreTest        *store_test_new         (void);
void              store_test_free        (StoreTest              *test);
char             *store_test_file        (StoreTest              *test,
                                          const char             *name);
/* Aborts the test when the connection does not open. */
ForlopConnection *store_test_connect     (StoreTest              *test,
                                          ForlopConnectionFlags   flags);
/* Makes the file with one table `note (id, text)`. */
void              store_test_make_file   (StoreTest              *test);
void              store_test_insert_note (ForlopConnection       *connection,
                                          gint64                  id,
                                          const char             *text);
gint64            store_test_count_notes (ForlopConnection       *connection);
/* Names in the folder, sorted, with a blank between them. */
char             *store_test_list        (StoreTest              *test);
/* Whether any file below the folder has @needle in its bytes. */
gboolean          store_test_contains    (StoreTest              *test,
                                          const char             *needle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTest, store_test_free)

G_END_DECLS
