/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-record-type.h"

#include "forlop-records-private.h"

typedef struct {
  GHashTable *by_name;
  GPtrArray *types;
} Registry;

static Registry *
registry_new (void)
{
  const ForlopRecordType *lists[] = {
    forlop_records_organisation, forlop_records_people,    forlop_records_pathway,
    forlop_records_follow_up,    forlop_records_equipment, forlop_records_benefits,
  };
  Registry *self = g_new0 (Registry, 1);

  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->types = g_ptr_array_new ();

  for (unsigned int i = 0; i < G_N_ELEMENTS (lists); i++)
    for (const ForlopRecordType *type = lists[i]; type->name != NULL; type++)
      {
        g_ptr_array_add (self->types, (gpointer) type);
        g_hash_table_insert (self->by_name, (gpointer) type->name, (gpointer) type);
      }

  return self;
}

static Registry *
registry_get (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) registry_new ());

  return (Registry *) once;
}

/**
 * forlop_record_types:
 * @n_types: (out) (optional): how many there are.
 *
 * Every record type of the product, in the order of the data dictionary.
 */
const ForlopRecordType *const *
forlop_record_types (unsigned int *n_types)
{
  Registry *registry = registry_get ();

  if (n_types != NULL)
    *n_types = registry->types->len;

  return (const ForlopRecordType *const *) registry->types->pdata;
}

/**
 * forlop_record_type_find:
 *
 * Returns: (nullable): the type of that name, or %NULL.
 */
const ForlopRecordType *
forlop_record_type_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  return g_hash_table_lookup (registry_get ()->by_name, name);
}

unsigned int
forlop_record_type_n_fields (const ForlopRecordType *type)
{
  unsigned int n = 0;

  g_return_val_if_fail (type != NULL, 0);

  while (type->fields[n].name != NULL)
    n++;

  return n;
}

int
forlop_record_type_index (const ForlopRecordType *type,
                          const char             *field)
{
  g_return_val_if_fail (type != NULL, -1);
  g_return_val_if_fail (field != NULL, -1);

  for (int i = 0; type->fields[i].name != NULL; i++)
    if (type->fields[i].name == field ||
        (type->fields[i].name[0] == field[0] && g_str_equal (type->fields[i].name, field)))
      return i;

  return -1;
}

const ForlopField *
forlop_record_type_field (const ForlopRecordType *type,
                          const char             *field)
{
  int index = forlop_record_type_index (type, field);

  return index < 0 ? NULL : &type->fields[index];
}
