/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sync-list.h"
#include "sim-template.h"

G_BEGIN_DECLS

/* A municipality for tests in which two meet. Siri is caseworker, Kari and Ola nurses of one zone. */

typedef struct {
  char *folder;
  SimTemplate *template;
  SimWorld *world;
  SimClient *siri;
  SimClient *kari;
  SimClient *ola;
} Fixture;

#define ANNE "15872949884"

void             set_up      (Fixture       *self,
                              gconstpointer  user_data);
void             tear_down   (Fixture       *self,
                              gconstpointer  user_data);

GPtrArray       *list        (SimClient     *client,
                              const char    *type,
                              const char    *field,
                              const char    *value);
/* Of the @n-th record of the type. */
char            *dup_id      (SimClient     *client,
                              const char    *type,
                              unsigned int   n);
/* What the act made; it is not refused. */
char            *must        (SimClient     *client,
                              const char    *act,
                              const char    *format,
                              ...) G_GNUC_PRINTF (3, 4);
/* Sends and fetches everything of one. */
void             synchronise (SimClient     *client);
/* Until everybody has come to rest. */
void             settle      (Fixture       *self);
/* The same, and everything that must hold does. */
void             holds       (Fixture       *self);
/* The first change of the client that was refused. */
ForlopSyncEntry *refused     (SimClient     *client);

G_END_DECLS
