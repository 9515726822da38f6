/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A message gateway on loopback, in a thread of its own, that remembers what it was sent. */
typedef struct {
  SoupServer *soup;
  GMainLoop *loop;
  GThread *thread;
  char *address;
  GMutex mutex;
  GCond cond;
  GPtrArray *bodies;
  GPtrArray *keys;    /* Idempotency-Key of each */
  GPtrArray *tokens;  /* Authorization of each */
  unsigned int status;
  gboolean is_silent; /* takes what comes and answers nothing */
} FakeGateway;

/* @certificate: (nullable): then it is https. */
FakeGateway *fake_gateway_new    (GTlsCertificate *certificate) G_GNUC_WARN_UNUSED_RESULT;
void         fake_gateway_free   (FakeGateway     *self);
/* What it answers from now on. */
void         fake_gateway_answer (FakeGateway     *self,
                                  unsigned int     status);
void         fake_gateway_silent (FakeGateway     *self,
                                  gboolean         is_silent);
unsigned int fake_gateway_count  (FakeGateway     *self);
/* Waits until so many have come. */
void         fake_gateway_wait   (FakeGateway     *self,
                                  unsigned int     n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeGateway, fake_gateway_free)

G_END_DECLS
