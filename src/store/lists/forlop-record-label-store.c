/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-record-label-store.h"

#include "forlop-error.h"
#include "forlop-record-store.h"

const ForlopField *
forlop_record_label_field (const ForlopRecordType *type)
{
  static const char *const names[] = {
    "name", "title", "citation", "number", "serial_number", "text", "code",
  };

  g_return_val_if_fail (type != NULL, NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const ForlopField *field = forlop_record_type_field (type, names[i]);

      if (field != NULL && field->kind == FORLOP_KIND_TEXT)
        return field;
    }

  return NULL;
}

/**
 * forlop_record_label_dup:
 *
 * What the record is called. A citizen is called by given name and family name.
 */
char *
forlop_record_label_dup (ForlopConnection  *connection,
                         const char        *type,
                         const char        *id,
                         GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ForlopRecord) record = NULL;
  const ForlopField *field;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  record = forlop_record_store_load (connection, type, id, &local_error);
  if (record == NULL)
    {
      if (!g_error_matches (local_error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
        g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (g_str_equal (type, "citizen"))
    return g_strdup_printf ("%s %s", forlop_record_get_text (record, "given_name"),
                            forlop_record_get_text (record, "family_name"));

  field = forlop_record_label_field (forlop_record_get_rtype (record));

  return field != NULL ? g_strdup (forlop_record_get_text (record, field->name)) : NULL;
}
