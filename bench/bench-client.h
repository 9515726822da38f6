/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "bench-server.h"
#include "forlop-connection.h"
#include "forlop-http-transport.h"
#include "forlop-sync-client.h"

G_BEGIN_DECLS

/* A client of the server, made of the shipped parts: encrypted file, sync core, HTTP. */

typedef struct {
  BenchServer *server;
  const BenchDevice *device;
  ForlopConnection *connection;
  ForlopSyncMirror *mirror;
  ForlopSyncClient *client;
  ForlopHttpTransport *transport;
} BenchClient;

ForlopHttpTransport *bench_transport_new (BenchServer     *server);

BenchClient  *bench_client_new         (BenchServer       *server,
                                        unsigned int       device);
/* @n_changesets in the outbox, each with @n_records tasks. */
void          bench_client_write_tasks (BenchClient       *self,
                                        unsigned int       n_changesets,
                                        unsigned int       n_records);
/* Until the first of what the server has is shown, and the rest is to come. */
void          bench_client_sync_first  (BenchClient       *self);
/* Until nothing is left to send, or until there is nothing to ask. */
void          bench_client_send        (BenchClient       *self);
void          bench_client_sync        (BenchClient       *self);
gint64        bench_client_count       (BenchClient       *self,
                                        const char        *sql);
void          bench_client_free        (BenchClient       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchClient, bench_client_free)

G_END_DECLS
