/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-field-value.h"

/* What only one may have: an identity number, a serial number, an item on loan. */

char *
forlop_sync_claim_key (const ForlopRecordType *type,
                       const ForlopClaim      *claim,
                       ForlopRecord           *record)
{
  g_autoptr (GString) key = g_string_new (claim->name);

  if (claim->when_null != NULL && forlop_record_has (record, claim->when_null))
    return NULL;
  for (unsigned int i = 0; i < G_N_ELEMENTS (claim->fields) && claim->fields[i] != NULL; i++)
    {
      const ForlopField *field = forlop_record_type_field (type, claim->fields[i]);

      if (!forlop_record_has (record, field->name))
        return NULL;
      g_string_append_c (key, '|');
      if (field->kind <= FORLOP_KIND_BLOB)
        g_string_append (key, forlop_record_get_text (record, field->name));
      else
        g_string_append_printf (key, "%" G_GINT64_FORMAT,
                                forlop_record_get_integer (record, field->name));
    }

  return g_string_free (g_steal_pointer (&key), FALSE);
}

/* A claim is free when nobody holds it, or when its holder gives it up in the same changeset. */
static gboolean
claim_is_free (ForlopSyncSession      *self,
               ForlopChangeset        *changeset,
               const ForlopOperation  *operation,
               const ForlopClaim      *claim,
               char                  **holder,
               GError                **error)
{
  g_autofree char *key = forlop_sync_claim_key (operation->type, claim, operation->after);
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  *holder = NULL;
  if (key == NULL)
    return TRUE;
  if (!self->storage->funcs->find_claim (self->storage, key, holder, error))
    return FALSE;
  if (*holder == NULL || g_str_equal (*holder, operation->id))
    {
      g_clear_pointer (holder, g_free);
      return TRUE;
    }

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *other = g_ptr_array_index (operations, i);
      g_autofree char *kept = NULL;

      if (other->type != operation->type || !g_str_equal (other->id, *holder))
        continue;
      kept = other->after != NULL ? forlop_sync_claim_key (other->type, claim, other->after) : NULL;
      if (g_strcmp0 (kept, key) != 0)
        g_clear_pointer (holder, g_free);
      return TRUE;
    }

  return TRUE;
}

/* A number that another citizen had before is that citizen's still. */
static gboolean
find_former (ForlopSyncSession      *self,
             const ForlopOperation  *operation,
             char                  **holder,
             GError                **error)
{
  const char *number = g_str_equal (operation->type->name, "citizen") &&
                       !forlop_record_has (operation->after, "merged_into_id")
                         ? forlop_record_get_text (operation->after, "id_number") : NULL;
  g_autofree char *key = g_strconcat ("citizen_alias_id_number|", number, NULL);
  g_autofree char *alias_id = NULL;
  g_autoptr (ForlopRecord) alias = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GError) problem = NULL;

  *holder = NULL;
  if (number == NULL || (operation->before != NULL && forlop_record_text_is (operation->before, "id_number", number)))
    return TRUE;
  if (!self->storage->funcs->find_claim (self->storage, key, &alias_id, error))
    return FALSE;
  if (alias_id != NULL)
    alias = forlop_sync_load (self, "citizen_alias", alias_id, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (alias == NULL)
    return TRUE;
  ids = forlop_sync_list_person (self, forlop_record_get_text (alias, "citizen_id"), error);
  if (ids == NULL)
    return FALSE;
  if (!g_ptr_array_find_with_equal_func (ids, operation->id, g_str_equal, NULL))
    *holder = g_strdup (ids->pdata[0]);

  return TRUE;
}

gboolean
forlop_sync_check_claims (ForlopSyncSession  *self,
                          ForlopChangeset    *changeset,
                          ForlopSyncVerdict  *verdict,
                          GError            **error)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      g_autofree char *former = NULL;

      if (operation->after == NULL)
        continue;
      if (!find_former (self, operation, &former, error))
        return FALSE;
      if (former != NULL)
        {
          forlop_sync_verdict_set (verdict, "rejected", "taken");
          forlop_sync_verdict_concern (verdict, "citizen", operation->id, "id_number");
          g_set_str (&verdict->holder, former);
          return TRUE;
        }
      for (const ForlopClaim *claim = operation->type->claims; claim != NULL && claim->name != NULL; claim++)
        {
          g_autofree char *holder = NULL;

          if (forlop_sync_can_renumber (claim, operation))
            continue;
          if (!claim_is_free (self, changeset, operation, claim, &holder, error))
            return FALSE;
          if (holder == NULL)
            continue;
          forlop_sync_verdict_set (verdict, "rejected", "taken");
          forlop_sync_verdict_concern (verdict, operation->type->name, operation->id,
                                       claim->fields[0]);
          g_set_str (&verdict->holder, holder);
          return TRUE;
        }
    }

  return TRUE;
}

/* What the task says of a loan: "Sone Nord, 12.03.2026". */
static char *
describe_loan (ForlopSyncSession  *self,
               ForlopRecord       *loan,
               const char         *unit_id,
               GError            **error)
{
  g_autofree char *day = forlop_date_format (forlop_record_get_date (loan, "handed_out_on"));
  g_autoptr (ForlopRecord) unit = NULL;

  if (unit_id != NULL)
    unit = forlop_sync_load (self, "unit", unit_id, NULL, error);

  return g_strjoin (", ", unit != NULL ? forlop_record_get_text (unit, "name") : _("unknown unit"), day,
                    NULL);
}

static ForlopRecord *
find_coordinator (GPtrArray  *memberships,
                  ForlopDate  today)
{
  for (unsigned int i = 0; i < memberships->len; i++)
    {
      ForlopRecord *membership = g_ptr_array_index (memberships, i);

      if (forlop_record_text_is (membership, "role", "coordinator") &&
          forlop_sync_membership_is_valid (membership, today))
        return membership;
    }

  return NULL;
}

/* The loan that was refused, as it was sent. */
static ForlopRecord *
read_refused (const ForlopSyncChangeset *incoming,
              const char                *id)
{
  for (unsigned int i = 0; i < incoming->operations->len; i++)
    {
      const ForlopSyncOperation *operation =
        &g_array_index (incoming->operations, ForlopSyncOperation, i);
      g_autoptr (ForlopRecord) record = NULL;

      if (!g_str_equal (operation->type->name, "loan") || !g_str_equal (operation->id, id) ||
          operation->set == NULL)
        continue;
      record = forlop_record_new (operation->type, id);

      return forlop_record_fill_json (record, operation->set, NULL) ? g_steal_pointer (&record) : NULL;
    }

  return NULL;
}

/* Where both loans are, without names: the coordinator's list is the unit's. */
static gboolean
fill_task (ForlopSyncSession  *self,
           ForlopRecord       *task,
           ForlopRecord       *standing,
           ForlopRecord       *refused,
           const char         *unit_id,
           GError            **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (ForlopRecord) the_case = NULL;
  g_autoptr (ForlopRecord) item = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  item = forlop_sync_load (self, "item", forlop_record_get_text (standing, "item_id"), NULL, &problem);
  if (problem == NULL)
    the_case = forlop_sync_load (self, "case", forlop_record_get_text (standing, "case_id"), NULL, &problem);
  if (problem == NULL)
    first = describe_loan (self, standing,
                           the_case != NULL ? forlop_record_get_text (the_case, "unit_id") : NULL, &problem);
  if (problem == NULL)
    second = describe_loan (self, refused, unit_id, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  /* Translators: the serial number of an item. */
  title = g_strdup_printf (_("Item %s was handed out twice: find out where it stands"),
                           item != NULL ? forlop_record_get_text (item, "serial_number") : "–");
  /* Translators: twice a unit and a date. */
  text = g_strdup_printf (_("On loan: %s. Refused: %s. Ask both units which item stands there. The loan "
                            "that is wrong gets another item, is marked as wrongly registered, or is moved "
                            "to the case that has the item."), first, second);
  forlop_record_set_text (task, "kind", "two_hand_outs");
  forlop_record_set_text (task, "title", title);
  forlop_record_set_text (task, "text", text);
  forlop_record_set_date (task, "due_on", forlop_instant_to_date (self->now) + 1);
  forlop_record_set_text (task, "status", "open");

  return TRUE;
}

/**
 * forlop_sync_tell_coordinator:
 * @verdict: of a changeset that was refused, with the holder in it.
 *
 * When two have handed out one item, a coordinator gets a task: both items stand in homes, and either
 * scan may be wrong. One task for each loan that stands, as long as it is open.
 */
gboolean
forlop_sync_tell_coordinator (ForlopSyncSession          *self,
                              const ForlopSyncChangeset  *incoming,
                              const ForlopSyncVerdict    *verdict,
                              const char                 *holder,
                              GError                    **error)
{
  g_autofree char *task_id = forlop_id_derive (holder, "two-hand-outs");
  g_autoptr (ForlopChangeset) changeset = NULL;
  g_autoptr (ForlopRecord) standing = NULL;
  g_autoptr (ForlopRecord) refused = read_refused (incoming, verdict->id);
  g_autoptr (ForlopSyncRow) earlier = NULL;
  g_autoptr (GError) problem = NULL;
  GPtrArray *memberships = forlop_sync_session_memberships (self, error);
  ForlopRecord *coordinator, *task;

  if (memberships == NULL ||
      !self->storage->funcs->load_row (self->storage, forlop_record_type_find ("task"), task_id, &earlier,
                                       error))
    return FALSE;
  coordinator = find_coordinator (memberships, forlop_instant_to_date (self->now));
  if (coordinator == NULL || earlier != NULL || refused == NULL)
    return TRUE;
  standing = forlop_sync_load (self, "loan", holder, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (standing == NULL)
    return TRUE;

  changeset = forlop_sync_author_begin (self, "two-hand-outs", error);
  if (changeset == NULL)
    return FALSE;
  task = forlop_changeset_make (changeset, "task", task_id);
  forlop_record_set_text (task, "unit_id", forlop_record_get_text (coordinator, "unit_id"));
  forlop_record_set_text (task, "role", "coordinator");

  return fill_task (self, task, standing, refused, incoming->unit_id, error) &&
         forlop_sync_author_finish (self, changeset, error);
}
