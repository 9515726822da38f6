/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-mirror-turn.h"

#include "forlop-mirror-store.h"
#include "forlop-outbox-store.h"
#include "forlop-stage-store.h"

/* Up to which position own work must have come before what is staged empties the scope: all of it when
 * it is taken away; what is answered will come again when it is granted anew. FALSE when it is not
 * emptied. */
static gboolean
is_emptied (const ForlopSyncState  *state,
            GPtrArray              *grants,
            const ForlopScopeHave  *have,
            gint64                 *pos)
{
  *pos = state->pos;
  for (unsigned int i = 0; i < grants->len; i++)
    {
      const ForlopStagedGrant *grant = g_ptr_array_index (grants, i);

      if (!g_str_equal (grant->scope, have->scope))
        continue;
      if (!grant->active)
        return TRUE;
      *pos = G_MAXINT64;
      return !grant->from_start && have->shown && have->gen != grant->gen;
    }

  /* A turn that began at 0 has named every grant there is. */
  return state->cursor == 0;
}

/**
 * forlop_mirror_turn_must_wait:
 * @must_wait: (out): work that the server has not seen would be lost, or not be shown until all has
 *   come again, with the scope it is in.
 */
gboolean
forlop_mirror_turn_must_wait (ForlopConnection  *connection,
                              gboolean          *must_wait,
                              GError           **error)
{
  g_auto (ForlopSyncState) state = { 0 };
  g_autoptr (GPtrArray) grants = NULL;
  g_autoptr (GPtrArray) scopes = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (must_wait != NULL, FALSE);

  *must_wait = FALSE;
  if (!forlop_mirror_store_load_state (connection, &state, error))
    return FALSE;
  grants = forlop_stage_store_list_grants (connection, error);
  if (grants == NULL)
    return FALSE;
  scopes = forlop_mirror_store_list_scopes (connection, error);
  if (scopes == NULL)
    return FALSE;

  *must_wait = state.has_held_upload;
  for (unsigned int i = 0; !*must_wait && i < scopes->len; i++)
    {
      const ForlopScopeHave *have = g_ptr_array_index (scopes, i);
      gint64 pos;

      if (is_emptied (&state, grants, have, &pos) &&
          !forlop_outbox_store_has_unsent (connection, have->scope, pos, must_wait, error))
        return FALSE;
    }

  /* A blocked note leaves the citizen's scope, where what was written of it may be. */
  for (unsigned int i = 0; !*must_wait && i < grants->len; i++)
    {
      const ForlopStagedGrant *grant = g_ptr_array_index (grants, i);
      g_autofree char *scope = grant->active ? NULL : forlop_scope_dup_citizen (grant->scope);

      if (scope != NULL &&
          !forlop_outbox_store_has_unsent (connection, scope, state.pos, must_wait, error))
        return FALSE;
    }

  return TRUE;
}
