/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-merged-citizen.h"

#include <glib/gi18n-lib.h>

#include "forlop-id.h"

/* How long the office has to choose. */
#define CHOICE_DAYS 1

const ForlopOperation *
forlop_merged_citizen_find_merge (ForlopChangeset *changeset)
{
  GPtrArray *operations;

  g_return_val_if_fail (changeset != NULL, NULL);

  operations = forlop_changeset_get_operations (changeset);
  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (g_str_equal (operation->type->name, "citizen") && operation->after != NULL &&
          forlop_record_has (operation->after, "merged_into_id") &&
          (operation->before == NULL || !forlop_record_has (operation->before, "merged_into_id")))
        return operation;
    }

  return NULL;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return g_strcmp0 (forlop_record_get_id (*(ForlopRecord *const *) a),
                    forlop_record_get_id (*(ForlopRecord *const *) b));
}

gboolean
forlop_two_cases_find (GPtrArray *cases)
{
  g_return_val_if_fail (cases != NULL, FALSE);

  for (unsigned int i = cases->len; i > 0; i--)
    {
      ForlopRecord *the_case = g_ptr_array_index (cases, i - 1);

      if (!forlop_record_text_is (the_case, "status", "open") &&
          !forlop_record_text_is (the_case, "status", "running"))
        g_ptr_array_remove_index (cases, i - 1);
    }
  g_ptr_array_sort (cases, compare_ids);

  return cases->len > 1;
}

char *
forlop_two_cases_dup_task_id (GPtrArray *cases)
{
  g_return_val_if_fail (cases != NULL && cases->len > 1, NULL);

  return forlop_id_derive (forlop_record_get_id (g_ptr_array_index (cases, 0)),
                           forlop_record_get_id (g_ptr_array_index (cases, 1)));
}

void
forlop_two_cases_fill_task (ForlopRecord *task,
                            GPtrArray    *cases,
                            ForlopDate    today)
{
  ForlopRecord *older, *newer;
  g_autofree char *title = NULL;

  g_return_if_fail (FORLOP_IS_RECORD (task));
  g_return_if_fail (cases != NULL && cases->len > 1);

  older = g_ptr_array_index (cases, 0);
  newer = g_ptr_array_index (cases, 1);
  /* Translators: the numbers of two cases. */
  title = g_strdup_printf (_("One person has two open cases, %s and %s: choose which goes on"),
                           forlop_record_get_text (older, "number"), forlop_record_get_text (newer, "number"));
  forlop_record_set_text (task, "unit_id", forlop_record_get_text (older, "office_unit_id"));
  forlop_record_set_text (task, "role", "caseworker");
  forlop_record_set_text (task, "citizen_id", forlop_record_get_text (older, "citizen_id"));
  forlop_record_set_text (task, "case_id", forlop_record_get_id (older));
  forlop_record_set_text (task, "kind", "two_cases");
  forlop_record_set_text (task, "title", title);
  forlop_record_set_text (task, "text", _("The person was registered twice. Nothing is lost: measurements, plans and "
                                          "notes of both cases are shown together. Move what is lent out to the case "
                                          "that goes on, and withdraw or end the other."));
  forlop_record_set_date (task, "due_on", today + CHOICE_DAYS);
  forlop_record_set_text (task, "status", "open");
}
