/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act-context-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"

/* Says whose record it is, in the types that declare it. */
static void
set_owner (ForlopActContext *self,
           ForlopRecord     *record)
{
  const ForlopRecordType *type = forlop_record_get_rtype (record);

  if (self->citizen_id != NULL && forlop_record_type_field (type, "citizen_id") != NULL)
    forlop_record_set_text (record, "citizen_id", self->citizen_id);
  if (self->case_id != NULL && forlop_record_type_field (type, "case_id") != NULL)
    forlop_record_set_text (record, "case_id", self->case_id);
}

ForlopRecord *
forlop_act_make_with_id (ForlopActContext *self,
                         const char       *type,
                         const char       *id)
{
  ForlopRecord *record;

  g_assert (self != NULL);

  record = forlop_changeset_make (self->changeset, type, id);
  set_owner (self, record);

  return record;
}

ForlopRecord *
forlop_act_make (ForlopActContext *self,
                 const char       *type)
{
  g_autofree char *id = forlop_id_source_next (self->ids, self->now);

  return forlop_act_make_with_id (self, type, id);
}

ForlopRecord *
forlop_act_change (ForlopActContext *self,
                   ForlopRecord     *record)
{
  g_assert (self != NULL);

  return forlop_changeset_change (self->changeset, record);
}

static void
copy_field (ForlopRecord      *from,
            ForlopRecord      *to,
            const ForlopField *field)
{
  if (field->kind <= FORLOP_KIND_BLOB)
    forlop_record_set_text (to, field->name, forlop_record_get_text (from, field->name));
  else if (field->kind == FORLOP_KIND_REAL)
    forlop_record_set_real (to, field->name, forlop_record_get_real (from, field->name));
  else
    forlop_record_set_integer (to, field->name, forlop_record_get_integer (from, field->name));
}

void
forlop_act_copy_arguments (ForlopActContext *self,
                           ForlopRecord     *record)
{
  const ForlopField *arguments = forlop_record_get_rtype (self->arguments)->fields;
  const ForlopRecordType *type = forlop_record_get_rtype (record);

  for (const ForlopField *argument = arguments; argument->name != NULL; argument++)
    {
      const ForlopField *field = forlop_record_type_field (type, argument->name);

      if (field == NULL || field->kind != argument->kind)
        continue;
      if (forlop_record_has (self->arguments, argument->name))
        copy_field (self->arguments, record, field);
      else if (forlop_record_is_emptied (self->arguments, argument->name))
        forlop_record_clear (record, field->name);
    }
}

/**
 * forlop_act_copy_record:
 *
 * Gives @to every value that @from, of the same type, has.
 */
void
forlop_act_copy_record (ForlopRecord *from,
                        ForlopRecord *to)
{
  const ForlopRecordType *type = forlop_record_get_rtype (from);

  g_assert (type == forlop_record_get_rtype (to));

  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    if (forlop_record_has (from, field->name))
      copy_field (from, to, field);
}

const char *
forlop_act_text (ForlopActContext *self,
                 const char       *argument)
{
  return forlop_record_get_text (self->arguments, argument);
}

ForlopRecord *
forlop_act_load (ForlopActContext  *self,
                 const char        *type,
                 const char        *argument,
                 GError           **error)
{
  const char *id = forlop_act_text (self, argument);
  g_autoptr (ForlopRecord) loaded = NULL;
  ForlopRecord *record = NULL;

  g_assert (id != NULL);

  if (self->snapshot != NULL)
    record = forlop_snapshot_get (self->snapshot, type, id);
  if (record != NULL)
    return record;

  loaded = forlop_record_store_load (self->connection, type, id, error);
  if (loaded == NULL)
    return NULL;

  /* The snapshot keeps it alive; an act on equipment alone gets a snapshot of its own. */
  if (self->snapshot == NULL)
    self->snapshot = forlop_snapshot_new (self->now);
  forlop_snapshot_put (self->snapshot, loaded);

  return forlop_snapshot_get (self->snapshot, type, id);
}

gboolean
forlop_act_refuse (GError     **error,
                   int          code,
                   const char  *format,
                   ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, FORLOP_ERROR, code, message);

  return FALSE;
}

char *
forlop_act_who_and_when (ForlopActContext *self,
                         const char       *user_id,
                         gint64            at)
{
  g_autoptr (ForlopRecord) user = NULL;
  g_autofree char *when = at != FORLOP_INSTANT_NONE ? forlop_instant_format (at) : NULL;
  const char *name = NULL;

  if (user_id != NULL)
    user = forlop_record_store_load (self->connection, "user", user_id, NULL);
  if (user != NULL)
    name = forlop_record_get_text (user, "name");

  return g_strjoin (", ", name != NULL ? name : _("somebody"), when, NULL);
}

/**
 * forlop_act_save:
 *
 * Makes the record the arguments describe, or changes the one with the arguments' id: only the
 * arguments that are given are changed.
 */
gboolean
forlop_act_save (ForlopActContext  *self,
                 GError           **error)
{
  const char *type = self->act->saves;
  const char *id = forlop_record_get_id (self->arguments);
  g_autoptr (ForlopRecord) existing = NULL;
  ForlopRecord *record;

  g_assert (type != NULL);

  if (!forlop_id_is_valid (id))
    {
      record = forlop_act_make (self, type);
      if (forlop_record_type_field (forlop_record_get_rtype (record), "active") != NULL)
        forlop_record_set_boolean (record, "active", TRUE);
      forlop_act_copy_arguments (self, record);
      return TRUE;
    }

  existing = forlop_record_store_load (self->connection, type, id, error);
  if (existing == NULL)
    return FALSE;
  forlop_act_copy_arguments (self, forlop_act_change (self, existing));

  return TRUE;
}
