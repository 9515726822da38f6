/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-account-store.h"

G_BEGIN_DECLS

/**
 * ForlopSystem:
 * @name: of the system; a case that is followed there has it as its platform.
 * @unit_id: whose people look at what it sends and nobody can use.
 * @sends: whether it may send measurements.
 * @reads: whether it may read what the municipality has.
 *
 * Another system, which shows a token of its own. Nobody signs in with it.
 */
typedef struct {
  char *name;
  char *unit_id;
  gboolean sends;
  gboolean reads;
  gint64 made_at;
} ForlopSystem;

/* Finding nothing returns TRUE and leaves the result NULL. */
gboolean   forlop_system_store_find   (ForlopAccountStore   *self,
                                       const guint8          hash[FORLOP_TOKEN_HASH_BYTES],
                                       ForlopSystem        **system,
                                       GError              **error);
/* (element-type ForlopSystem): by name. */
GPtrArray *forlop_system_store_list   (ForlopAccountStore   *self,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_system_store_add    (ForlopAccountStore   *self,
                                       const ForlopSystem   *system,
                                       const guint8          hash[FORLOP_TOKEN_HASH_BYTES],
                                       GError              **error);
/* Its token is worth nothing from now on. */
gboolean   forlop_system_store_remove (ForlopAccountStore   *self,
                                       const char           *name,
                                       GError              **error);
void       forlop_system_free         (ForlopSystem         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSystem, forlop_system_free)

G_END_DECLS
