/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-citizen-private.h"
#include "forlop-error.h"
#include "forlop-id-number.h"

/* One person, two records: known by a D-number and later by a birth number, or registered by two who
 * did not know of each other. One stays; the other is closed, keeps its history, and is an alias. */

/* Only a record without work in it is closed: a case is not moved from one to the other. */
static gboolean
check_no_open_case (ForlopActContext  *self,
                    ForlopRecord      *other,
                    GError           **error)
{
  g_autoptr (GPtrArray) cases = forlop_record_store_list (self->connection, "case", "citizen_id",
                                                          forlop_record_get_id (other), error);

  if (cases == NULL)
    return FALSE;
  for (unsigned int i = 0; i < cases->len; i++)
    {
      ForlopRecord *the_case = g_ptr_array_index (cases, i);

      if (!forlop_record_has (the_case, "closed_on"))
        return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                                  _("The other record has an open case, number %s. Nothing was changed. "
                                    "Keep that record and merge this one into it, or close the case first."),
                                  forlop_record_get_text (the_case, "number"));
    }

  return TRUE;
}

static gboolean
is_birth_number (const char *number)
{
  ForlopIdNumberInfo info;

  if (number == NULL)
    return FALSE;
  forlop_id_number_examine (number, &info);

  return info.kind == FORLOP_ID_NUMBER_FNR;
}

/* The birth number stands; the record that goes keeps the number it had, so that it can be found by. */
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

/* What the one that stays does not say. */
static void
fill_up (ForlopRecord *citizen,
         ForlopRecord *other)
{
  static const char *const left[] = { "id_number", "unit_id", "merged_into_id", "died_on", "moved_on", NULL };

  for (const ForlopField *field = forlop_record_get_rtype (citizen)->fields; field->name != NULL; field++)
    if (!g_strv_contains (left, field->name) && !forlop_record_has (citizen, field->name) &&
        forlop_record_has (other, field->name))
      forlop_record_copy_field (citizen, other, field->name);
}

/* Whoever helps the citizen is there under the record that stays as well, and whoever is kept from the one
 * is kept from the other. */
static gboolean
copy_people (ForlopActContext  *self,
             ForlopRecord      *other,
             GError           **error)
{
  static const struct {
    const char *type;
    const char *over;
  } kinds[] = {
    { "next_of_kin", "removed_on" }, { "contact", "removed_on" }, { "medical_responsibility", "to_date" },
    { "block", "lifted_on" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GPtrArray) records = forlop_record_store_list (
        self->connection, kinds[i].type, "citizen_id", forlop_record_get_id (other), error);

      if (records == NULL)
        return FALSE;
      for (unsigned int j = 0; j < records->len; j++)
        {
          ForlopRecord *record = g_ptr_array_index (records, j);
          ForlopRecord *copy;

          if (forlop_record_has (record, kinds[i].over) ||
              (forlop_record_type_field (forlop_record_get_rtype (record), "name") != NULL &&
               forlop_record_has (record, "name") &&
               forlop_snapshot_find (self->snapshot, kinds[i].type, "name",
                                     forlop_record_get_text (record, "name")) != NULL))
            continue;
          copy = forlop_act_make (self, kinds[i].type);
          forlop_act_copy_record (record, copy);
          forlop_record_set_text (copy, "citizen_id", self->citizen_id);
          if (forlop_record_type_field (forlop_record_get_rtype (copy), "case_id") != NULL)
            forlop_record_clear (copy, "case_id");
        }
    }

  return TRUE;
}

static gboolean
merge_citizens (ForlopActContext  *self,
                GError           **error)
{
  g_autoptr (ForlopRecord) other =
    forlop_record_store_load (self->connection, "citizen", forlop_act_text (self, "other_id"), error);
  ForlopRecord *citizen, *closed;

  if (other == NULL)
    return FALSE;
  if (g_str_equal (forlop_record_get_id (other), self->citizen_id))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("It is one and the same record. Nothing was changed. Choose the other one."));
  if (forlop_record_has (other, "merged_into_id") || forlop_record_has (self->citizen, "merged_into_id"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("One of the records is merged with another already. Nothing was changed."));
  if (!check_no_open_case (self, other, error))
    return FALSE;

  citizen = forlop_act_change (self, self->citizen);
  closed = forlop_act_change (self, other);
  keep_number (citizen, closed);
  fill_up (citizen, other);
  forlop_record_set_text (closed, "merged_into_id", self->citizen_id);

  return copy_people (self, other, error);
}

const ForlopActFunction forlop_act_functions_merge[] = {
  { "merge-citizens", merge_citizens },
  { NULL, NULL },
};
