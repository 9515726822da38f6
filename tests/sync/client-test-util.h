/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-date.h"
#include "forlop-sync-client.h"
#include "forlop-sync-limits.h"

G_BEGIN_DECLS

/* A client with a mirror in memory and a server that the test plays. */

#define EPOCH "0123456789abcdef0123456789abcdef"
#define NOW G_GINT64_CONSTANT (1792000000000)
#define NO_RANDOM 0u
#define MOST_RANDOM G_MAXUINT32
#define HELLO "{\"epoch\":\"" EPOCH "\",\"head\":0,\"lease_hours\":72,\"server_time\":\"%s\"}"
#define PAGE "{\"epoch\":\"" EPOCH "\",\"pos\":4,\"hash\":\"0123456789abcdef\",\"head\":4,\"complete\":true," \
             "\"safe_seq\":0,\"rows\":[],\"grants\":[]}"
#define RESULT "{\"op_no\":1,\"op_id\":\"01900000-0000-7000-8000-000000000001\",\"status\":\"applied\",\"seq\":4}"
#define RESULTS "{\"epoch\":\"" EPOCH "\",\"head\":4,\"results\":[" RESULT "]}"
#define SCOPE "{\"epoch\":\"" EPOCH "\",\"gen\":1,\"head\":4,\"rows\":[]}"

/* A mirror in memory: what it was given is counted, not kept. */
typedef struct {
  ForlopSyncMirror parent;
  ForlopSyncState state;
  gboolean fails;
  unsigned int n_results;
  unsigned int n_pages;
  unsigned int n_scope_pages;
  unsigned int n_forgotten;
  gint64 expected;
  unsigned int n_missing;
  gboolean has_no_files;
  GString *kept;
} FakeMirror;

typedef struct {
  FakeMirror *mirror;
  ForlopSyncClient *client;
  gint64 now;
} Test;

void               setup       (Test                    *test,
                                gconstpointer            data);
void               teardown    (Test                    *test,
                                gconstpointer            data);
/* What the client asks next, which is of that kind. */
ForlopSyncRequest *ask         (Test                    *test,
                                ForlopSyncRequestKind    kind);
void               ask_nothing (Test                    *test);
void               answer      (Test                    *test,
                                const ForlopSyncRequest *request,
                                unsigned int             status,
                                const char              *text,
                                guint32                  random);
void               exchange    (Test                    *test,
                                ForlopSyncRequestKind    kind,
                                unsigned int             status,
                                const char              *text);
void               greet       (Test                    *test);

G_END_DECLS
