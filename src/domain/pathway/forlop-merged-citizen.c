/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-merged-citizen.h"

/**
 * forlop_merged_citizen_find_added:
 *
 * The same question on a machine and on the server.
 */
const ForlopOperation *
forlop_merged_citizen_find_added (ForlopChangeset *changeset,
                                  const char      *citizen_id)
{
  static const char *const about_the_past[] = { "event", "carry_over", NULL };
  GPtrArray *operations;

  g_return_val_if_fail (changeset != NULL, NULL);
  g_return_val_if_fail (citizen_id != NULL, NULL);

  operations = forlop_changeset_get_operations (changeset);
  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      if (operation->before == NULL && operation->type->scope <= FORLOP_SCOPE_DELIVERY &&
          !g_strv_contains (about_the_past, operation->type->name) &&
          forlop_record_type_field (operation->type, "citizen_id") != NULL &&
          forlop_record_text_is (operation->after, "citizen_id", citizen_id))
        return operation;
    }

  return NULL;
}

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
