/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

/* Who sees what. A rule says that a function sees a scope; it follows from the citizen's unit and
 * cases. A grant is one user's share of it, numbered, so that a mirror knows what to fetch and what to
 * delete. Both are derived here after each changeset, in its transaction. */

gboolean
forlop_sync_may_see (ForlopSyncSession  *self,
                     const char         *scope,
                     gboolean           *may_see,
                     GError            **error)
{
  g_autoptr (ForlopServerGrant) grant = NULL;

  *may_see = self->caller->trusted;
  if (*may_see)
    return TRUE;
  if (!self->storage->funcs->get_grant (self->storage, self->caller->user_id, scope, &grant, error))
    return FALSE;
  *may_see = grant != NULL && grant->active &&
             (grant->valid_to == FORLOP_INSTANT_NONE || grant->valid_to > self->now);

  return TRUE;
}

static gboolean
is_lent (ForlopSyncSession  *self,
         const char         *scope,
         gboolean           *is,
         GError            **error)
{
  g_autoptr (ForlopServerGrant) grant = NULL;

  if (!self->storage->funcs->get_grant (self->storage, self->caller->user_id, scope, &grant, error))
    return FALSE;
  *is = grant != NULL && grant->active && g_str_equal (grant->basis, "BTG");

  return TRUE;
}

gboolean
forlop_sync_is_emergency (ForlopSyncSession  *self,
                          const char         *scope,
                          gboolean           *is_emergency,
                          GError            **error)
{
  g_autofree char *citizen_scope = forlop_scope_dup_citizen (scope);

  return is_lent (self, scope, is_emergency, error) &&
         (*is_emergency || citizen_scope == NULL || is_lent (self, citizen_scope, is_emergency, error));
}

void
forlop_sync_add_rule (GPtrArray  *rules,
                      const char *scope,
                      const char *role,
                      const char *unit_id,
                      const char *basis,
                      gint64      valid_to)
{
  ForlopServerRule *rule;

  if (unit_id == NULL)
    return;
  for (unsigned int i = 0; i < rules->len; i++)
    {
      const ForlopServerRule *other = g_ptr_array_index (rules, i);

      if (g_str_equal (other->scope, scope) && g_str_equal (other->role, role) &&
          g_str_equal (other->unit_id, unit_id))
        return;
    }

  rule = g_new0 (ForlopServerRule, 1);
  rule->scope = g_strdup (scope);
  rule->role = g_strdup (role);
  rule->unit_id = g_strdup (unit_id);
  rule->basis = g_strdup (basis);
  rule->valid_to = valid_to;
  g_ptr_array_add (rules, rule);
}

static void
add_rule (GPtrArray  *rules,
          const char *scope,
          const char *role,
          const char *unit_id)
{
  forlop_sync_add_rule (rules, scope, role, unit_id, "TREAT", FORLOP_INSTANT_NONE);
}

/* The allocation office sees the cases it handles; the citizen's unit and the unit that performs see
 * their citizens; a follow-up centre sees who is handed over to it. */
static void
add_case_rules (GPtrArray    *rules,
                const char   *scope,
                ForlopRecord *the_case)
{
  static const char *const statuses[] = { "closed", "withdrawn", NULL };

  add_rule (rules, scope, "caseworker", forlop_record_get_text (the_case, "office_unit_id"));
  if (g_strv_contains (statuses, forlop_record_get_text (the_case, "status")))
    return;
  add_rule (rules, scope, "resource_person", forlop_record_get_text (the_case, "unit_id"));
  if (forlop_record_text_is (the_case, "status", "running"))
    add_rule (rules, scope, "resource_person", forlop_record_get_text (the_case, "follow_up_unit_id"));
}

/* The unit that is asked to take over sees whom, until it has answered. */
static gboolean
add_offer_rules (ForlopSyncSession  *self,
                 GPtrArray          *rules,
                 const char         *scope,
                 ForlopRecord       *the_case,
                 GError            **error)
{
  g_autoptr (GPtrArray) rows =
    self->storage->funcs->list_scope (self->storage, scope, forlop_record_type_find ("handover"), error);

  if (rows == NULL)
    return FALSE;
  for (unsigned int i = 0; i < rows->len; i++)
    {
      g_autoptr (ForlopRecord) handover = forlop_sync_row_to_record (g_ptr_array_index (rows, i), error);

      if (handover == NULL)
        return FALSE;
      if (forlop_record_text_is (handover, "status", "offered") && forlop_record_text_is (the_case, "status", "running") &&
          forlop_record_text_is (handover, "case_id", forlop_record_get_id (the_case)))
        add_rule (rules, scope, "resource_person", forlop_record_get_text (handover, "to_unit_id"));
    }

  return TRUE;
}

/* Who registered the citizen sees the record until a unit has it. */
static void
add_maker_rule (GPtrArray       *rules,
                const char      *scope,
                ForlopChangeset *changeset,
                const char      *citizen_id)
{
  const ForlopActor *actor = forlop_changeset_get_actor (changeset);
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  if (actor->role == NULL || actor->unit_id == NULL)
    return;
  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (operation->before == NULL && g_str_equal (operation->id, citizen_id) &&
          g_str_equal (operation->type->name, "citizen"))
        add_rule (rules, scope, actor->role, actor->unit_id);
    }
}

/* The user's share of @scope: given when a rule covers one of his functions. Break-glass stands by
 * itself until it ends. */
gboolean
forlop_sync_update_grant (ForlopSyncSession  *self,
                          const char         *user_id,
                          const char         *scope,
                          gboolean            wanted,
                          gint64              seq,
                          GError            **error)
{
  g_autoptr (ForlopServerGrant) grant = NULL;

  if (!self->storage->funcs->get_grant (self->storage, user_id, scope, &grant, error))
    return FALSE;
  if (grant == NULL ? !wanted : grant->active == wanted && g_strcmp0 (grant->basis, "BTG") != 0)
    return TRUE;
  if (grant != NULL && g_strcmp0 (grant->basis, "BTG") == 0 && !wanted)
    return TRUE;

  if (grant == NULL)
    {
      grant = g_new0 (ForlopServerGrant, 1);
      grant->user_id = g_strdup (user_id);
      grant->scope = g_strdup (scope);
    }
  if (wanted && !grant->active)
    grant->gen++;
  grant->active = wanted;
  grant->seq = seq;
  grant->valid_to = FORLOP_INSTANT_NONE;
  g_set_str (&grant->basis, "TREAT");
  self->n_grants_changed++;

  return self->storage->funcs->put_grant (self->storage, grant, error);
}

static gboolean
covers (const ForlopServerRule *rule,
        ForlopRecord           *membership)
{
  return forlop_record_text_is (membership, "role", rule->role) &&
         (rule->unit_id[0] == '\0' || forlop_record_text_is (membership, "unit_id", rule->unit_id));
}

/* Works out every user's share of @scope again, from its rules. */
gboolean
forlop_sync_update_scope (ForlopSyncSession  *self,
                          const char         *scope,
                          GPtrArray          *rules,
                          gint64              seq,
                          GError            **error)
{
  GPtrArray *memberships = forlop_sync_session_memberships (self, error);
  ForlopDate today = forlop_instant_to_date (self->now);
  g_autoptr (GHashTable) users = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) blocks = memberships != NULL ? forlop_sync_list_blocks (self, scope, error) : NULL;
  GHashTableIter iter;
  gpointer user_id, wanted;

  if (blocks == NULL)
    return FALSE;
  for (unsigned int i = 0; i < memberships->len; i++)
    {
      ForlopRecord *membership = g_ptr_array_index (memberships, i);
      gpointer user = (gpointer) forlop_record_get_text (membership, "user_id");
      gboolean is_covered = FALSE;

      if (forlop_sync_membership_is_valid (membership, today) &&
          !forlop_sync_blocks_cover (blocks, user, forlop_record_get_text (membership, "unit_id")))
        for (unsigned int j = 0; j < rules->len && !is_covered; j++)
          is_covered = covers (g_ptr_array_index (rules, j), membership);
      if (is_covered || !g_hash_table_contains (users, user))
        g_hash_table_insert (users, user, GINT_TO_POINTER (is_covered));
    }

  g_hash_table_iter_init (&iter, users);
  while (g_hash_table_iter_next (&iter, &user_id, &wanted))
    if (!forlop_sync_update_grant (self, user_id, scope, GPOINTER_TO_INT (wanted), seq, error))
      return FALSE;

  return TRUE;
}

static const ForlopServerRule *
find_rule (GPtrArray              *rules,
           const ForlopServerRule *rule)
{
  for (unsigned int i = 0; i < rules->len; i++)
    {
      const ForlopServerRule *other = g_ptr_array_index (rules, i);

      if (g_str_equal (other->role, rule->role) && g_str_equal (other->unit_id, rule->unit_id))
        return other;
    }

  return NULL;
}

/* @wanted replaces the rules of @scope; only a difference touches grants. */
gboolean
forlop_sync_replace_rules (ForlopSyncSession  *self,
                           const char         *scope,
                           GPtrArray          *wanted,
                           gint64              seq,
                           GError            **error)
{
  g_autoptr (GPtrArray) present = self->storage->funcs->list_rules (self->storage, scope, error);
  gboolean is_different = FALSE;

  if (present == NULL)
    return FALSE;
  for (unsigned int i = 0; i < present->len; i++)
    if (find_rule (wanted, g_ptr_array_index (present, i)) == NULL)
      {
        is_different = TRUE;
        if (!self->storage->funcs->drop_rule (self->storage, g_ptr_array_index (present, i), error))
          return FALSE;
      }
  for (unsigned int i = 0; i < wanted->len; i++)
    {
      const ForlopServerRule *rule = g_ptr_array_index (wanted, i);
      const ForlopServerRule *before = find_rule (present, rule);

      is_different = is_different || before == NULL;
      if ((before == NULL || !g_str_equal (before->basis, rule->basis) || before->valid_to != rule->valid_to) &&
          !self->storage->funcs->put_rule (self->storage, rule, error))
        return FALSE;
    }

  return !is_different || forlop_sync_update_scope (self, scope, wanted, seq, error);
}

/* The rules that stand for who made the record stay as long as the citizen has no unit and no case;
 * an office that has taken the citizen up keeps it until a case says who sees it. What stands for another
 * record of the person is worked out there. */
static gboolean
keep_rules (ForlopSyncSession  *self,
            const char         *scope,
            GPtrArray          *wanted,
            GError            **error)
{
  g_autoptr (GPtrArray) present = self->storage->funcs->list_rules (self->storage, scope, error);
  gboolean is_alone = wanted->len == 0;

  if (present == NULL)
    return FALSE;
  for (unsigned int i = 0; i < present->len; i++)
    {
      const ForlopServerRule *rule = g_ptr_array_index (present, i);

      if (!g_str_equal (rule->basis, FORLOP_SYNC_SAME_PERSON) &&
          (is_alone || g_str_equal (rule->basis, FORLOP_SYNC_TAKE_UP)))
        forlop_sync_add_rule (wanted, scope, rule->role, rule->unit_id, rule->basis, rule->valid_to);
    }

  return TRUE;
}

/* What has to be delivered: the coordinators, wherever they sit, and those who see the citizen. */
static gboolean
derive_delivery (ForlopSyncSession  *self,
                 const char         *case_id,
                 GPtrArray          *citizen_rules,
                 gint64              seq,
                 GError            **error)
{
  g_autofree char *scope = g_strconcat ("d:", case_id, NULL);
  g_autoptr (GPtrArray) wanted =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_server_rule_free);

  for (unsigned int i = 0; i < citizen_rules->len; i++)
    {
      const ForlopServerRule *rule = g_ptr_array_index (citizen_rules, i);

      add_rule (wanted, scope, rule->role, rule->unit_id);
    }
  add_rule (wanted, scope, "coordinator", "");

  return forlop_sync_replace_rules (self, scope, wanted, seq, error);
}

/* What the record itself says of who sees it. */
static GPtrArray *
list_own_rules (ForlopSyncSession  *self,
                ForlopChangeset    *changeset,
                const char         *citizen_id,
                GError            **error)
{
  g_autofree char *scope = g_strconcat ("c:", citizen_id, NULL);
  g_autoptr (GPtrArray) rules =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_server_rule_free);
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (ForlopRecord) citizen = NULL;
  g_autoptr (GError) problem = NULL;

  citizen = forlop_sync_load (self, "citizen", citizen_id, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  cases = self->storage->funcs->list_scope (self->storage, scope, forlop_record_type_find ("case"), error);
  if (cases == NULL)
    return NULL;

  if (citizen != NULL)
    add_rule (rules, scope, "resource_person", forlop_record_get_text (citizen, "unit_id"));
  for (unsigned int i = 0; i < cases->len; i++)
    {
      g_autoptr (ForlopRecord) the_case =
        forlop_sync_row_to_record (g_ptr_array_index (cases, i), error);

      if (the_case == NULL)
        return NULL;
      add_case_rules (rules, scope, the_case);
      if (!add_offer_rules (self, rules, scope, the_case, error))
        return NULL;
    }
  if (changeset != NULL)
    add_maker_rule (rules, scope, changeset, citizen_id);

  return keep_rules (self, scope, rules, error) ? g_steal_pointer (&rules) : NULL;
}

/* The rules of a citizen's scope are to be @rules, and so those of the delivery side of its cases. */
static gboolean
replace_rules_of_citizen (ForlopSyncSession  *self,
                          const char         *citizen_id,
                          GPtrArray          *rules,
                          gint64              seq,
                          GError            **error)
{
  g_autofree char *scope = g_strconcat ("c:", citizen_id, NULL);
  g_autoptr (GPtrArray) cases =
    self->storage->funcs->list_scope (self->storage, scope, forlop_record_type_find ("case"), error);

  if (cases == NULL || !forlop_sync_replace_rules (self, scope, rules, seq, error))
    return FALSE;
  for (unsigned int i = 0; i < cases->len; i++)
    {
      const ForlopSyncRow *row = g_ptr_array_index (cases, i);

      if (!derive_delivery (self, row->id, rules, seq, error))
        return FALSE;
    }

  return forlop_sync_derive_apart (self, citizen_id, rules, seq, error);
}

gboolean
forlop_sync_derive_person (ForlopSyncSession  *self,
                           ForlopChangeset    *changeset,
                           const char         *citizen_id,
                           gint64              seq,
                           GError            **error)
{
  g_autoptr (GPtrArray) ids = forlop_sync_list_person (self, citizen_id, error);
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  if (ids == NULL)
    return FALSE;
  for (unsigned int i = 0; i < ids->len; i++)
    {
      GPtrArray *rules = list_own_rules (self, changeset, g_ptr_array_index (ids, i), error);

      if (rules == NULL)
        return FALSE;
      g_ptr_array_add (own, rules);
    }

  for (unsigned int i = 0; i < ids->len; i++)
    {
      g_autofree char *scope = g_strconcat ("c:", (const char *) g_ptr_array_index (ids, i), NULL);
      g_autoptr (GPtrArray) rules =
        g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_server_rule_free);

      for (unsigned int j = 0; j < ids->len; j++)
        {
          /* Its own first: of two alike, that one stands. */
          GPtrArray *from = g_ptr_array_index (own, j == 0 ? i : j <= i ? j - 1 : j);

          for (unsigned int k = 0; k < from->len; k++)
            {
              const ForlopServerRule *rule = g_ptr_array_index (from, k);

              if (j == 0)
                forlop_sync_add_rule (rules, scope, rule->role, rule->unit_id, rule->basis, rule->valid_to);
              else
                forlop_sync_add_rule (rules, scope, rule->role, rule->unit_id, FORLOP_SYNC_SAME_PERSON,
                                      FORLOP_INSTANT_NONE);
            }
        }
      if (!replace_rules_of_citizen (self, g_ptr_array_index (ids, i), rules, seq, error))
        return FALSE;
    }

  return TRUE;
}

/* The rules stand; what follows from them is worked out again. */
static gboolean
update_grants_of_citizen (ForlopSyncSession  *self,
                          const char         *citizen_id,
                          gint64              seq,
                          GError            **error)
{
  g_autofree char *scope = g_strconcat ("c:", citizen_id, NULL);
  g_autoptr (GPtrArray) cases =
    self->storage->funcs->list_scope (self->storage, scope, forlop_record_type_find ("case"), error);

  if (cases == NULL)
    return FALSE;
  for (unsigned int i = 0; i <= cases->len; i++)
    {
      g_autofree char *each =
        i == 0 ? g_strdup (scope)
               : g_strconcat ("d:", ((const ForlopSyncRow *) g_ptr_array_index (cases, i - 1))->id, NULL);
      g_autoptr (GPtrArray) rules = self->storage->funcs->list_rules (self->storage, each, error);

      if (rules == NULL || !forlop_sync_update_scope (self, each, rules, seq, error))
        return FALSE;
    }

  return forlop_sync_update_apart (self, citizen_id, seq, error);
}

/* A blocking keeps somebody from every record of the person. */
gboolean
forlop_sync_update_grants (ForlopSyncSession  *self,
                           const char         *citizen_id,
                           gint64              seq,
                           GError            **error)
{
  g_autoptr (GPtrArray) ids = forlop_sync_list_person (self, citizen_id, error);

  if (ids == NULL)
    return FALSE;
  for (unsigned int i = 0; i < ids->len; i++)
    if (!update_grants_of_citizen (self, g_ptr_array_index (ids, i), seq, error))
      return FALSE;

  return TRUE;
}

/* Who is one person has changed: who is kept from the one record is kept from the other. */
static gboolean
derive_citizen (ForlopSyncSession      *self,
                ForlopChangeset        *changeset,
                const ForlopOperation  *operation,
                gint64                  seq,
                GError                **error)
{
  const char *before = operation->before != NULL
                         ? forlop_record_get_text (operation->before, "merged_into_id") : NULL;
  const char *after = operation->after != NULL
                        ? forlop_record_get_text (operation->after, "merged_into_id") : NULL;

  if (!forlop_sync_derive_person (self, changeset, operation->id, seq, error))
    return FALSE;
  if (g_strcmp0 (before, after) == 0)
    return TRUE;

  return forlop_sync_update_grants (self, operation->id, seq, error) &&
         (before == NULL || (forlop_sync_derive_person (self, changeset, before, seq, error) &&
                             forlop_sync_update_grants (self, before, seq, error)));
}

static gboolean
derive_operation (ForlopSyncSession      *self,
                  ForlopChangeset        *changeset,
                  const ForlopOperation  *operation,
                  gint64                  seq,
                  GError                **error)
{
  ForlopRecord *record = operation->after != NULL ? operation->after : operation->before;
  const char *type = operation->type->name;

  if (g_str_equal (type, "membership"))
    return (operation->before == NULL || operation->before == record ||
            forlop_sync_derive_membership (self, operation->before, seq, error)) &&
           forlop_sync_derive_membership (self, record, seq, error);
  if (g_str_equal (type, "citizen"))
    return derive_citizen (self, changeset, operation, seq, error);
  if (g_str_equal (type, "block"))
    return forlop_record_has (record, "apart_id")
             ? forlop_sync_derive_note (self, record, seq, error)
             : forlop_sync_update_grants (self, forlop_record_get_text (record, "citizen_id"), seq, error);
  if (g_str_equal (type, "handover"))
    return forlop_sync_derive_person (self, changeset, forlop_record_get_text (record, "citizen_id"), seq, error);
  if (g_str_equal (type, "case"))
    return forlop_sync_derive_person (self, changeset, forlop_record_get_text (record, "citizen_id"), seq, error) &&
           (operation->before != NULL ||
            forlop_sync_lend_delivery (self, forlop_record_get_text (record, "citizen_id"), operation->id, seq, error));

  return TRUE;
}

gboolean
forlop_sync_grant_after (ForlopSyncSession  *self,
                         ForlopChangeset    *changeset,
                         gint64              seq,
                         GError            **error)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (g_str_equal (operation->type->name, "membership"))
        forlop_sync_session_forget (self);
    }
  for (unsigned int i = 0; i < operations->len; i++)
    if (!derive_operation (self, changeset, g_ptr_array_index (operations, i), seq, error))
      return FALSE;

  return TRUE;
}
