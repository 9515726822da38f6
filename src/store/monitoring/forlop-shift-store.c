/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-shift-store.h"

#include "forlop-choice-store.h"

static void
note_free (gpointer data)
{
  ForlopShiftNote *self = data;

  g_free (self->case_id);
  g_free (self->name);
  g_free (self->note);
  g_free (self);
}

void
forlop_shift_free (ForlopShift *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->from_user_id);
  g_free (self->from_name);
  g_free (self->to_user_id);
  g_free (self->to_name);
  g_free (self->message);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

static ForlopShift *
read_shift (ForlopStatement *statement)
{
  ForlopShift *self = g_new0 (ForlopShift, 1);

  self->id = forlop_statement_dup_id (statement, 0);
  self->from_user_id = forlop_statement_dup_id (statement, 1);
  self->from_name = forlop_statement_dup_text (statement, 2);
  self->to_user_id = forlop_statement_dup_id (statement, 3);
  self->to_name = forlop_statement_dup_text (statement, 4);
  self->message = forlop_statement_dup_text (statement, 5);
  self->offered_at = forlop_statement_get_instant (statement, 6);
  self->notes = g_ptr_array_new_with_free_func (note_free);

  return self;
}

static gboolean
read_notes (ForlopShift       *self,
            ForlopConnection  *connection,
            GError           **error)
{
  static const char sql[] =
    "SELECT shift_note.case_id, citizen_row.name, shift_note.note FROM shift_note "
    "JOIN citizen_row ON citizen_row.id = shift_note.citizen_id "
    "WHERE shift_note.handover_id = ?1 AND shift_note.deleted = 0 ORDER BY shift_note.id";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, self->id);
  while (forlop_statement_step (statement, &has_row, error))
    {
      ForlopShiftNote *note;

      if (!has_row)
        return TRUE;
      note = g_new0 (ForlopShiftNote, 1);
      note->case_id = forlop_statement_dup_id (statement, 0);
      note->name = forlop_statement_dup_text (statement, 1);
      note->note = forlop_statement_dup_text (statement, 2);
      g_ptr_array_add (self->notes, note);
    }

  return FALSE;
}

GPtrArray *
forlop_shift_store_list (ForlopConnection  *connection,
                         const char        *unit_id,
                         GError           **error)
{
  static const char sql[] =
    "SELECT s.id, s.from_user_id, coalesce (giver.name, giver.short_name), s.to_user_id, "
    "coalesce (receiver.name, receiver.short_name), s.message, s.offered_at FROM shift_handover s "
    "LEFT JOIN \"user\" giver ON giver.id = s.from_user_id LEFT JOIN \"user\" receiver ON receiver.id = s.to_user_id "
    "WHERE s.status = 'offered' AND s.deleted = 0 AND (?1 IS NULL OR s.unit_id = ?1) ORDER BY s.offered_at, s.id";
  g_autoptr (GPtrArray) shifts = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_shift_free);
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, unit_id);
  while (forlop_statement_step (statement, &has_row, error))
    {
      ForlopShift *shift;

      if (!has_row)
        return g_steal_pointer (&shifts);
      shift = read_shift (statement);
      g_ptr_array_add (shifts, shift);
      if (!read_notes (shift, connection, error))
        return NULL;
    }

  return NULL;
}

GPtrArray *
forlop_shift_store_list_colleagues (ForlopConnection  *connection,
                                    const char        *unit_id,
                                    const char        *except,
                                    ForlopDate         today,
                                    GError           **error)
{
  static const char sql[] =
    "SELECT DISTINCT \"user\".id, \"user\".name FROM membership JOIN \"user\" ON \"user\".id = membership.user_id "
    "WHERE membership.unit_id = ?1 AND membership.role = 'resource_person' AND membership.deleted = 0 "
    "AND \"user\".deleted = 0 AND coalesce (\"user\".active, 1) = 1 AND \"user\".id IS NOT ?2 "
    "AND (membership.valid_from IS NULL OR membership.valid_from <= ?3) "
    "AND (membership.valid_to IS NULL OR membership.valid_to >= ?3) ORDER BY \"user\".name";
  g_autoptr (GPtrArray) colleagues = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_named_free);
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, unit_id);
  forlop_statement_bind_id (statement, 2, except);
  forlop_statement_bind_date (statement, 3, today);
  while (forlop_statement_step (statement, &has_row, error))
    {
      ForlopNamed *one;

      if (!has_row)
        return g_steal_pointer (&colleagues);
      one = g_new0 (ForlopNamed, 1);
      one->id = forlop_statement_dup_id (statement, 0);
      one->name = forlop_statement_dup_text (statement, 1);
      g_ptr_array_add (colleagues, one);
    }

  return NULL;
}
