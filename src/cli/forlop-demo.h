/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-store.h"

G_BEGIN_DECLS

/* The demo's day where none is given, so that its worklists do not rot. */
#define FORLOP_DEMO_TODAY "2026-11-22"

/* A town with Anne, Liv and Arne, or its smaller neighbour. They share a follow-up centre: Jon Elvestad
 * watches for both. */
typedef enum {
  FORLOP_DEMO_SKIEN,
  FORLOP_DEMO_BAMBLE,
} ForlopDemoMunicipality;

/**
 * ForlopDemoProgress:
 *
 * Called between transactions; @part of @whole is done.
 */
typedef void (*ForlopDemoProgress) (unsigned int part,
                                    unsigned int whole,
                                    gpointer     user_data);

/* FALSE when there is none of this @name, which is in small letters. */
gboolean forlop_demo_municipality_from_name (const char             *name,
                                             ForlopDemoMunicipality *municipality);
/* Fills an empty store with the demo municipality as it is at noon on @today. */
gboolean forlop_demo_create                 (ForlopStore             *store,
                                             ForlopDemoMunicipality   municipality,
                                             ForlopDate               today,
                                             ForlopDemoProgress       progress,
                                             gpointer                 user_data,
                                             GCancellable            *cancellable,
                                             GError                 **error);
/* A few lines of text: what the demo holds, beside the published figures it imitates. */
char    *forlop_demo_statistics             (ForlopStore             *store,
                                             ForlopDate               today,
                                             GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
