/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <libsoup/soup.h>

#include "forlop-jose.h"

G_BEGIN_DECLS

#define FAKE_CLIENT "forlop-skien"
/* 2026-11-22 08:00:00 UTC */
#define FAKE_NOW G_GINT64_CONSTANT (1795334400000)

/* A provider that does as it is told; in a thread of its own. What it is told is set while nobody asks it. */
typedef struct {
  GThread *thread;
  GMainLoop *loop;
  SoupServer *soup;
  char *issuer;
  GTlsCertificate *certificate; /* nullable */
  ForlopJoseKey *published;
  ForlopJoseKey *signing;
  GHashTable *asked; /* path → number */
  GHashTable *pushed;
  GHashTable *exchanged;
  GPtrArray *proofs;

  const char *misbehaves_at; /* a path */
  unsigned int status;
  const char *body;
  const char *location;
  const char *issuer_named;
  const char *token_endpoint;
  const char *level;
  gboolean names_itself;
  unsigned int n_nonces; /* that it asks for one after the other */
} FakeProvider;

/* @is_encrypted: with the certificate server.pem in the folder of the test. */
FakeProvider *fake_provider_new   (gboolean      is_encrypted) G_GNUC_WARN_UNUSED_RESULT;
/* It does not answer any more. */
void          fake_provider_stop  (FakeProvider *self);
void          fake_provider_free  (FakeProvider *self);
/* How often a path was asked for. */
unsigned int  fake_provider_asked (FakeProvider *self,
                                   const char   *path);

G_END_DECLS
