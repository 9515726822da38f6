/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-sync-turn.h"

G_BEGIN_DECLS

/* How far a mirror has come: the server it belongs to and the scopes it has. Every function here and in
 * the stage stands in the caller's transaction. */

/**
 * ForlopScopeHave:
 * @gen: 0 for one that is not granted yet in this epoch.
 * @shown: whether the working tables have it.
 * @fill: static: "none", "wanted", "filling" or "staged".
 */
typedef struct {
  char *scope;
  gint64 gen;
  gboolean shown;
  const char *fill;
  gint64 repairs;
} ForlopScopeHave;

void       forlop_scope_have_free                 (ForlopScopeHave         *self);

gboolean   forlop_mirror_store_check_pair         (ForlopConnection        *connection,
                                                   GError                 **error);
gboolean   forlop_mirror_store_pair               (ForlopConnection        *connection,
                                                   const char              *server,
                                                   GError                 **error);
gboolean   forlop_mirror_store_set_account        (ForlopConnection        *connection,
                                                   const char              *ca_file,
                                                   const char              *tenant,
                                                   const char              *account,
                                                   GError                 **error);
gboolean   forlop_mirror_store_move               (ForlopConnection        *connection,
                                                   const char              *server,
                                                   GError                 **error);
gboolean   forlop_mirror_store_load_state         (ForlopConnection        *connection,
                                                   ForlopSyncState         *state,
                                                   GError                 **error);
gboolean   forlop_mirror_store_take_hello         (ForlopConnection        *connection,
                                                   const ForlopSyncHello   *hello,
                                                   GError                 **error);
gboolean   forlop_mirror_store_forget             (ForlopConnection        *connection,
                                                   GError                 **error);
gboolean   forlop_mirror_store_begin_show         (ForlopConnection        *connection,
                                                   GError                 **error);
gboolean   forlop_mirror_store_finish_turn        (ForlopConnection        *connection,
                                                   gint64                   now,
                                                   gint64                   skew_ms,
                                                   GError                 **error);
gboolean   forlop_mirror_store_note_seen          (ForlopConnection        *connection,
                                                   gint64                   now,
                                                   GError                 **error);
gboolean   forlop_mirror_store_put_clock_right    (ForlopConnection        *connection,
                                                   gint64                   skew_ms,
                                                   GError                 **error);
gboolean   forlop_mirror_store_count_mismatch     (ForlopConnection        *connection,
                                                   GError                 **error);

gboolean   forlop_mirror_store_next_fill          (ForlopConnection        *connection,
                                                   ForlopSyncFill         **fill,
                                                   GError                 **error);

/* #GPtrArray of ForlopScopeHave. */
GPtrArray *forlop_mirror_store_list_scopes        (ForlopConnection        *connection,
                                                   GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_mirror_store_put_scope          (ForlopConnection        *connection,
                                                   const char              *scope,
                                                   gint64                   gen,
                                                   gboolean                 shown,
                                                   const char              *fill,
                                                   GError                 **error);
gboolean   forlop_mirror_store_drop_scope         (ForlopConnection        *connection,
                                                   const char              *scope,
                                                   GError                 **error);
/* Wants the scope from the start again; a scope that never comes right is given up after three. */
gboolean   forlop_mirror_store_want_repair        (ForlopConnection        *connection,
                                                   const char              *scope,
                                                   GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopScopeHave, forlop_scope_have_free)

G_END_DECLS
