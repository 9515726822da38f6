/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-store-private.h"
#include "store-test-util.h"

G_BEGIN_DECLS

/* A store with one table of notes, which is all the tests of the lower layers need. */

#define STORE_TEST_PASSPHRASE "grønn sykkel i regn"

extern const ForlopMigration store_test_scripts[];

gboolean     store_test_create_store (StoreTest              *test,
                                      GError                **error);
ForlopStore *store_test_open_store   (StoreTest              *test,
                                      const ForlopMigration  *scripts,
                                      GError                **error);
/* Aborts the test when the store does not open. */
ForlopStore *store_test_store        (StoreTest              *test);

/* Store functions. @user_data of the first is the note's text, which it also returns; the second
 * returns all notes with a blank between them. */
gpointer     store_test_insert_func  (ForlopConnection       *connection,
                                      gpointer                user_data,
                                      GCancellable           *cancellable,
                                      GError                **error);
gpointer     store_test_list_func    (ForlopConnection       *connection,
                                      gpointer                user_data,
                                      GCancellable           *cancellable,
                                      GError                **error);
gboolean     store_test_add          (ForlopStore            *store,
                                      const char             *text,
                                      GError                **error);
char        *store_test_notes        (ForlopStore            *store);

G_END_DECLS
