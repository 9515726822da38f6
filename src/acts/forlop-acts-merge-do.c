/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-citizen-private.h"
#include "forlop-error.h"
#include "forlop-merged-citizen.h"

/* One person, two records: known by a D-number and later by a birth number, or registered by two who
 * did not know of each other. One stands; the other keeps what was written in it, and who asks for the
 * citizen gets what both say. */

static gboolean
is_birth_number (const char *number)
{
  ForlopIdNumberInfo info;

  if (number == NULL)
    return FALSE;
  forlop_id_number_examine (number, &info);

  return info.kind == FORLOP_ID_NUMBER_FNR;
}

/* The birth number stands; the other record keeps the number it had, so that it can be found by. */
static void
keep_number (ForlopRecord *citizen,
             ForlopRecord *other)
{
  g_autofree char *own = g_strdup (forlop_record_get_text (citizen, "id_number"));
  g_autofree char *theirs = g_strdup (forlop_record_get_text (other, "id_number"));

  if (theirs == NULL || (own != NULL && (is_birth_number (own) || !is_birth_number (theirs))))
    return;
  forlop_record_set_text (citizen, "id_number", theirs);
  if (own != NULL)
    forlop_record_set_text (other, "id_number", own);
}

static gboolean
is_protected (ForlopRecord *citizen)
{
  return forlop_record_has (citizen, "address_protection") &&
         !forlop_record_text_is (citizen, "address_protection", "none");
}

/* What the one that stands does not say. An address that either protects is protected. */
static void
fill_up (ForlopRecord *citizen,
         ForlopRecord *other)
{
  static const char *const left[] = { "id_number", "unit_id", "merged_into_id", "died_on", "moved_on", NULL };

  for (const ForlopField *field = forlop_record_get_rtype (citizen)->fields; field->name != NULL; field++)
    if (!g_strv_contains (left, field->name) && !forlop_record_has (citizen, field->name) &&
        forlop_record_has (other, field->name))
      forlop_record_copy_field (citizen, other, field->name);
  if (is_protected (other) && !is_protected (citizen))
    forlop_record_copy_field (citizen, other, "address_protection");
}

/* Two cases go on: somebody has to choose. The server finds the same when one of them comes late. */
static gboolean
ask_which_case (ForlopActContext  *self,
                ForlopRecord      *other,
                GError           **error)
{
  const char *const ids[] = { self->citizen_id, forlop_record_get_id (other) };
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ForlopRecord) present = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *id = NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GPtrArray) cases =
        forlop_record_store_list (self->connection, "case", "citizen_id", ids[i], error);

      if (cases == NULL)
        return FALSE;
      for (unsigned int j = 0; j < cases->len; j++)
        g_ptr_array_add (open, g_object_ref (g_ptr_array_index (cases, j)));
    }
  if (!forlop_two_cases_find (open) || !forlop_record_has (g_ptr_array_index (open, 0), "office_unit_id"))
    return TRUE;
  id = forlop_two_cases_dup_task_id (open);
  present = forlop_record_store_peek (self->connection, forlop_record_type_find ("task"), id, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (present == NULL)
    forlop_two_cases_fill_task (forlop_changeset_make (self->changeset, "task", id), open, self->today);

  return TRUE;
}

static gboolean
merge_citizens (ForlopActContext  *self,
                GError           **error)
{
  g_autoptr (ForlopRecord) other =
    forlop_record_store_load (self->connection, "citizen", forlop_act_text (self, "other_id"), error);
  ForlopRecord *citizen, *closed, *alias;

  if (other == NULL)
    return FALSE;
  if (g_str_equal (forlop_record_get_id (other), self->citizen_id))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("It is one and the same record. Nothing was changed. Choose the other one."));
  if (forlop_record_has (other, "merged_into_id") || forlop_record_has (self->citizen, "merged_into_id"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("One of the records is merged with another already. Nothing was changed."));

  citizen = forlop_act_change (self, self->citizen);
  closed = forlop_act_change (self, other);
  keep_number (citizen, closed);
  fill_up (citizen, other);
  forlop_record_set_text (closed, "merged_into_id", self->citizen_id);

  alias = forlop_act_make (self, "citizen_alias");
  forlop_record_set_text (alias, "record_id", forlop_record_get_id (closed));
  if (!forlop_record_text_is (citizen, "id_number", forlop_record_get_text (closed, "id_number")))
    forlop_record_set_text (alias, "id_number", forlop_record_get_text (closed, "id_number"));

  return forlop_act_change_deliveries (self, citizen, self->citizen_id, error) &&
         forlop_act_change_deliveries (self, citizen, forlop_record_get_id (closed), error) &&
         ask_which_case (self, other, error);
}

const ForlopActFunction forlop_act_functions_merge[] = {
  { "merge-citizens", merge_citizens },
  { NULL, NULL },
};
