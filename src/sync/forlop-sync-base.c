/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

/* What follows from a function by itself. */

/* What everybody has who has a function: lists and templates, one's own, one's units' work, the
 * stock for those who handle it, and for managers the figures without names. */
static gboolean
grant_base (ForlopSyncSession  *self,
            const char         *user_id,
            gint64              seq,
            GError            **error)
{
  static const char *const stock_roles[] = { "coordinator", "resource_person", "caseworker", NULL };
  ForlopDate today = forlop_instant_to_date (self->now);
  g_autofree char *own = g_strconcat ("u:", user_id, NULL);
  GPtrArray *memberships = forlop_sync_session_memberships (self, error);
  g_autoptr (GHashTable) units = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean is_anybody = FALSE, has_stock = FALSE, has_figures = FALSE;
  GHashTableIter iter;
  gpointer unit_id, wanted;

  if (memberships == NULL)
    return FALSE;
  for (unsigned int i = 0; i < memberships->len; i++)
    {
      ForlopRecord *membership = g_ptr_array_index (memberships, i);
      gboolean is_valid = forlop_sync_membership_is_valid (membership, today);
      gpointer unit = (gpointer) forlop_record_get_text (membership, "unit_id");

      if (!forlop_record_text_is (membership, "user_id", user_id))
        continue;
      is_anybody = is_anybody || is_valid;
      has_stock = has_stock ||
                  (is_valid && g_strv_contains (stock_roles, forlop_record_get_text (membership, "role")));
      has_figures = has_figures || (is_valid && forlop_record_text_is (membership, "role", "manager"));
      if (is_valid || !g_hash_table_contains (units, unit))
        g_hash_table_insert (units, unit, GINT_TO_POINTER (is_valid));
    }

  if (!forlop_sync_update_grant (self, user_id, "cat", is_anybody, seq, error) ||
      !forlop_sync_update_grant (self, user_id, own, is_anybody, seq, error) ||
      !forlop_sync_update_grant (self, user_id, "eq", has_stock, seq, error) ||
      !forlop_sync_update_grant (self, user_id, "fig", has_figures, seq, error))
    return FALSE;
  g_hash_table_iter_init (&iter, units);
  while (g_hash_table_iter_next (&iter, &unit_id, &wanted))
    {
      g_autofree char *scope = g_strconcat ("org:", (const char *) unit_id, NULL);

      if (!forlop_sync_update_grant (self, user_id, scope, GPOINTER_TO_INT (wanted), seq, error))
        return FALSE;
    }

  return TRUE;
}

/* A function was given, changed or ended: every scope that its rules cover is worked out again. */
gboolean
forlop_sync_derive_membership (ForlopSyncSession  *self,
                               ForlopRecord       *membership,
                               gint64              seq,
                               GError            **error)
{
  g_autoptr (GPtrArray) rules = self->storage->funcs->list_rules_for (
    self->storage, forlop_record_get_text (membership, "role"),
    forlop_record_get_text (membership, "unit_id"), error);

  if (rules == NULL)
    return FALSE;
  for (unsigned int i = 0; i < rules->len; i++)
    {
      const ForlopServerRule *rule = g_ptr_array_index (rules, i);
      g_autoptr (GPtrArray) all =
        self->storage->funcs->list_rules (self->storage, rule->scope, error);

      if (all == NULL || !forlop_sync_update_scope (self, rule->scope, all, seq, error))
        return FALSE;
    }

  return grant_base (self, forlop_record_get_text (membership, "user_id"), seq, error);
}
