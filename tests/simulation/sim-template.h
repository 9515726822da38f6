/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-key.h"
#include "sim-world.h"

G_BEGIN_DECLS

/**
 * SimTemplate:
 * @zone_membership: the function that is taken from the third user and given back.
 */
struct _SimTemplate
{
  char *folder;
  ForlopKey *key;
  gint64 now;
  ForlopActor *administrator;
  char *zone_membership;
  char *device_ids[SIM_CLIENTS];
  ForlopActor *actors[SIM_CLIENTS];
};

/* Where the template's file of that name is. */
char *sim_template_path (const SimTemplate *self,
                         const char        *name) G_GNUC_WARN_UNUSED_RESULT;
char *sim_client_file   (unsigned int       index) G_GNUC_WARN_UNUSED_RESULT;
/* The one with which it begins the story: in every fifth one device is new, and has nothing yet. */
char *sim_start_file    (unsigned int       index,
                         guint64            seed) G_GNUC_WARN_UNUSED_RESULT;
/* One changeset of the administrator, as the server's own device writes it. */
void  sim_administer    (SimWorld          *world,
                         const SimTemplate *template,
                         const char        *valid_to);

G_END_DECLS
