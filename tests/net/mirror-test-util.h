/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-id.h"
#include "forlop-store-mirror.h"
#include "forlop-sync-client.h"
#include "store-test-util.h"

G_BEGIN_DECLS

/* A mirror in a real encrypted file, its client, and a server that says what the test tells it to. */
typedef struct {
  StoreTest *files;
  ForlopConnection *connection;
  ForlopSyncMirror *mirror;
  ForlopSyncClient *client;
  ForlopIdSource *ids;
  gint64 now;
  const char *epoch;
  gint64 safe_seq;
} MirrorTest;

MirrorTest   *mirror_test_new       (void);
void          mirror_test_free      (MirrorTest             *test);
/* As after a crash: nothing is left but the file. */
void          mirror_test_reopen    (MirrorTest             *test);

/* An id that is the same at every call with @n; @kind keeps kinds apart. */
const char   *mirror_test_id        (char                    kind,
                                     unsigned int            n);

/* What the client asks; aborts unless it is of @kind. */
ForlopSyncRequest *mirror_test_ask  (MirrorTest             *test,
                                     ForlopSyncRequestKind   kind) G_GNUC_WARN_UNUSED_RESULT;
void          mirror_test_idle      (MirrorTest             *test);
void          mirror_test_answer    (MirrorTest             *test,
                                     const ForlopSyncRequest *request,
                                     unsigned int            status,
                                     const char             *json);
/* The next request is of @kind and is answered with 200 and a printf'd JSON. */
void          mirror_test_tell      (MirrorTest             *test,
                                     ForlopSyncRequestKind   kind,
                                     const char             *json,
                                     ...) G_GNUC_PRINTF (3, 4);
void          mirror_test_hello     (MirrorTest             *test,
                                     gint64                  last_op_no);
void          mirror_test_push      (MirrorTest             *test,
                                     gint64                  op_no,
                                     const char             *op_id,
                                     const char             *status,
                                     gint64                  seq);
/* A page that does not complete. */
void          mirror_test_part      (MirrorTest             *test,
                                     gint64                  pos,
                                     gint64                  head,
                                     const char             *rows,
                                     const char             *rest);
/* A page from anywhere that completes at @head. @rows and @rest are JSON; @rest such as
 * `,"grants":[…]`. */
void          mirror_test_page      (MirrorTest             *test,
                                     gint64                  head,
                                     const char             *rows,
                                     const char             *rest);
/* The last page of a scope. */
void          mirror_test_scope     (MirrorTest             *test,
                                     gint64                  gen,
                                     gint64                  head,
                                     const char             *rows);
/* `,"grants":[{…}]` for the citizen's record. */
char         *mirror_test_grant     (unsigned int            citizen,
                                     gint64                  gen,
                                     gboolean                active) G_GNUC_WARN_UNUSED_RESULT;
/* `{"type","id","scope","seq","vtag","deleted":true}` for a note. */
char         *mirror_test_no_note   (unsigned int            n,
                                     unsigned int            citizen,
                                     gint64                  seq,
                                     unsigned int            op) G_GNUC_WARN_UNUSED_RESULT;
char         *mirror_test_citizen   (unsigned int            n,
                                     gint64                  seq,
                                     unsigned int            op,
                                     const char             *family_name) G_GNUC_WARN_UNUSED_RESULT;
char         *mirror_test_note      (unsigned int            n,
                                     unsigned int            citizen,
                                     gint64                  seq,
                                     unsigned int            op,
                                     const char             *text) G_GNUC_WARN_UNUSED_RESULT;

/* An act that gives the citizen's family name; returns its op_id. */
char         *mirror_test_rename    (MirrorTest             *test,
                                     unsigned int            n,
                                     const char             *family_name) G_GNUC_WARN_UNUSED_RESULT;
/* An act that writes a note; returns its op_id. */
char         *mirror_test_write     (MirrorTest             *test,
                                     unsigned int            n,
                                     unsigned int            citizen,
                                     const char             *text) G_GNUC_WARN_UNUSED_RESULT;
char         *mirror_test_delete    (MirrorTest             *test,
                                     const char             *type,
                                     const char             *id) G_GNUC_WARN_UNUSED_RESULT;
char         *mirror_test_measure   (MirrorTest             *test,
                                     unsigned int            n,
                                     unsigned int            citizen,
                                     double                  value) G_GNUC_WARN_UNUSED_RESULT;
ForlopRecord *mirror_test_load      (MirrorTest             *test,
                                     const char             *type,
                                     const char             *id) G_GNUC_WARN_UNUSED_RESULT;
void          mirror_test_named     (MirrorTest             *test,
                                     unsigned int            n,
                                     const char             *family_name);
void          mirror_test_noted     (MirrorTest             *test,
                                     unsigned int            n,
                                     const char             *text);
/* Whether the search finds the word. */
gboolean      mirror_test_finds     (MirrorTest             *test,
                                     const char             *word);
gint64        mirror_test_count     (MirrorTest             *test,
                                     const char             *sql);
gboolean      mirror_test_table_contains (MirrorTest        *test,
                                     const char             *table,
                                     const char             *needle);
/* Whether any column of any table, those of the search included, has @needle in it. */
gboolean      mirror_test_contains  (MirrorTest             *test,
                                     const char             *needle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MirrorTest, mirror_test_free)

G_END_DECLS
