/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-blob-store.h"
#include "forlop-http-transport.h"
#include "forlop-sync-client.h"
#include "http-test-util.h"

G_BEGIN_DECLS

/* One machine of skien: a real encrypted file, its attachments, a session, and the client's turns over real
 * HTTP. Offline is when it takes no turn. */
typedef struct {
  HttpTest *test;
  HttpSession *session;
  ForlopConnection *connection;
  ForlopBlobStore *blobs;
  ForlopSyncMirror *mirror;
  ForlopSyncClient *client;
  ForlopHttpTransport *transport;
  char *folder;
} Machine;

/* @name: of the account; @file: (nullable): names the machine where one user has two. */
Machine     *machine_new        (HttpTest          *test,
                                 const char        *name,
                                 const char        *file) G_GNUC_WARN_UNUSED_RESULT;
void         machine_free       (Machine           *self);
/* The program ends and begins again; what is in memory only is lost. */
void         machine_restart    (Machine           *self);
/* Sends what there is to send until nothing is left, or until a request of @until has been answered.
 * Returns the number of requests. */
unsigned int machine_take_turns (Machine           *self,
                                 int                until);
/* Until it is idle. */
void         machine_catch_up   (Machine           *self);
/* Does an act in the user's file, as the window would; returns what was made or changed first. */
char        *machine_do         (Machine           *self,
                                 const ForlopActor *actor,
                                 const char        *act,
                                 const char        *json,
                                 ...) G_GNUC_PRINTF (4, 5);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Machine, machine_free)

G_END_DECLS
