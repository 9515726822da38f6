/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act.h"

#include <glib/gi18n-lib.h>

#include "forlop-acts-private.h"

typedef struct {
  const ForlopAct *act;
  ForlopRecordType arguments;
} Entry;

typedef struct {
  GHashTable *by_name; /* name → Entry */
  GPtrArray *acts;
} Registry;

/* Arguments that are fields of a record are written as such; here they get the record's own label,
 * kind, choices and range. */
static const ForlopField *
resolve_arguments (const ForlopField *declared)
{
  g_autoptr (GArray) fields = g_array_new (TRUE, TRUE, sizeof (ForlopField));

  for (const ForlopField *field = declared; field != NULL && field->name != NULL; field++)
    {
      ForlopField resolved = *field;

      if (field->label == NULL)
        {
          const ForlopRecordType *type = forlop_record_type_find (field->target);
          const ForlopField *source = type != NULL ? forlop_record_type_field (type, field->name) : NULL;

          if (source == NULL)
            g_error ("an act takes %s.%s, which no record declares", field->target, field->name);
          resolved = *source;
          resolved.flags = field->flags | (source->flags & FORLOP_FIELD_SENSITIVE);
        }
      g_array_append_val (fields, resolved);
    }

  return (const ForlopField *) g_array_free (g_steal_pointer (&fields), FALSE);
}

static void
add_act (Registry        *self,
         const ForlopAct *act)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->act = act;
  if (act->saves != NULL)
    {
      const ForlopRecordType *type = forlop_record_type_find (act->saves);

      if (type == NULL)
        g_error ("act %s saves %s, which no record declares", act->name, act->saves);
      entry->arguments = *type;
    }
  else
    {
      entry->arguments = (ForlopRecordType) {
        .label = act->label,
        .label_plural = act->label,
        .scope = FORLOP_SCOPE_USER,
        .fields = resolve_arguments (act->arguments),
      };
    }
  entry->arguments.name = g_strconcat ("act-", act->name, NULL);
  entry->arguments.claims = NULL;

  if (!g_hash_table_insert (self->by_name, (gpointer) act->name, entry))
    g_error ("act %s is declared twice", act->name);
  g_ptr_array_add (self->acts, (gpointer) act);
}

static Registry *
registry_new (void)
{
  const ForlopAct *lists[] = {
    forlop_acts_people,       forlop_acts_pathway,   forlop_acts_plan,
    forlop_acts_follow_up,    forlop_acts_equipment, forlop_acts_organisation,
  };
  Registry *self = g_new0 (Registry, 1);

  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->acts = g_ptr_array_new ();

  for (unsigned int i = 0; i < G_N_ELEMENTS (lists); i++)
    for (const ForlopAct *act = lists[i]; act->name != NULL; act++)
      add_act (self, act);

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
 * forlop_act_find:
 *
 * Returns: (nullable): the act of that name, or %NULL.
 */
const ForlopAct *
forlop_act_find (const char *name)
{
  const Entry *entry;

  g_return_val_if_fail (name != NULL, NULL);

  entry = g_hash_table_lookup (registry_get ()->by_name, name);

  return entry != NULL ? entry->act : NULL;
}

/**
 * forlop_act_title:
 * @subject_type: (nullable): what it is done on.
 *
 * What stands on the button that opens the form, and above the form.
 */
const char *
forlop_act_title (const ForlopAct *act,
                  const char      *subject_type)
{
  gboolean changes;

  g_return_val_if_fail (act != NULL, NULL);

  changes = act->change != NULL &&
            g_strcmp0 (act->saves != NULL ? act->saves : act->writes, subject_type) == 0;

  return _(changes ? act->change : act->label);
}

/**
 * forlop_acts:
 *
 * Every act of the product, in the order of the documentation.
 */
const ForlopAct *const *
forlop_acts (unsigned int *n_acts)
{
  Registry *registry = registry_get ();

  if (n_acts != NULL)
    *n_acts = registry->acts->len;

  return (const ForlopAct *const *) registry->acts->pdata;
}

const ForlopRecordType *
forlop_act_get_arguments (const ForlopAct *act)
{
  Entry *entry;

  g_return_val_if_fail (act != NULL, NULL);

  entry = g_hash_table_lookup (registry_get ()->by_name, act->name);
  g_return_val_if_fail (entry != NULL, NULL);

  return &entry->arguments;
}

unsigned int
forlop_role_from_code (const char *role)
{
  g_return_val_if_fail (role != NULL, 0);

  for (unsigned int i = 0; forlop_choices_role[i].code != NULL; i++)
    if (g_str_equal (forlop_choices_role[i].code, role))
      return 1u << i;

  return 0;
}

const char *
forlop_role_label (const char *role)
{
  g_return_val_if_fail (role != NULL, NULL);

  for (unsigned int i = 0; forlop_choices_role[i].code != NULL; i++)
    if (g_str_equal (forlop_choices_role[i].code, role))
      return _(forlop_choices_role[i].label);

  return role;
}

gboolean
forlop_act_allows_role (const ForlopAct *act,
                        const char      *role)
{
  g_return_val_if_fail (act != NULL, FALSE);
  g_return_val_if_fail (role != NULL, FALSE);

  return (act->roles & forlop_role_from_code (role)) != 0;
}
