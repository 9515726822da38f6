/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-list-store.h"

#include "forlop-person-store.h"
#include "forlop-record-store.h"

/**
 * forlop_sort_key:
 *
 * A key that sorts names as a Norwegian reader expects, byte by byte: case and accents do not count,
 * and æ, ø, å (also written aa) come after z in that order. It does not depend on the machine's
 * locale, because every machine must show the same list.
 */
char *
forlop_sort_key (const char *text)
{
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree char *lower = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  lower = g_utf8_strdown (text, -1);
  for (const char *c = lower; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);
      gunichar parts[4];

      if (letter == 0xe6 || letter == 0xe4) /* æ ä */
        g_string_append_c (key, '{');
      else if (letter == 0xf8 || letter == 0xf6) /* ø ö */
        g_string_append_c (key, '|');
      else if (letter == 0xe5) /* å */
        g_string_append_c (key, '}');
      else if (letter == 'a' && c[1] == 'a')
        {
          g_string_append_c (key, '}');
          c++;
        }
      else if (letter == '-' || letter == '\'')
        continue;
      else
        {
          gsize n = g_unichar_fully_decompose (letter, FALSE, parts, G_N_ELEMENTS (parts));

          g_string_append_unichar (key, n > 0 ? parts[0] : letter);
        }
    }

  return g_string_free (g_steal_pointer (&key), FALSE);
}

/* The words a record can be found by, or NULL when its type has none. */
static char *
dup_searchable (ForlopRecord *record)
{
  const ForlopRecordType *type = forlop_record_get_rtype (record);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean any = FALSE;

  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    {
      if ((field->flags & FORLOP_FIELD_SEARCHABLE) == 0)
        continue;
      any = TRUE;
      if (forlop_record_has (record, field->name))
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                                forlop_record_get_text (record, field->name));
    }

  return any ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static const char *
citizen_of (ForlopRecord *record)
{
  if (forlop_record_is (record, "citizen"))
    return forlop_record_get_id (record);
  if (forlop_record_type_field (forlop_record_get_rtype (record), "citizen_id") != NULL)
    return forlop_record_get_text (record, "citizen_id");

  return NULL;
}

static gboolean
remove_search (ForlopConnection  *connection,
               const char        *type,
               const char        *id,
               GError           **error)
{
  static const char index_sql[] =
    "DELETE FROM search WHERE rowid = (SELECT n FROM search_entry WHERE id = ?1 AND type = ?2)";
  static const char entry_sql[] = "DELETE FROM search_entry WHERE id = ?1 AND type = ?2";
  const char *const statements[] = { index_sql, entry_sql };

  for (unsigned int i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (ForlopStatement) statement =
        forlop_connection_prepare (connection, statements[i], error);

      if (statement == NULL)
        return FALSE;
      forlop_statement_bind_id (statement, 1, id);
      forlop_statement_bind_text (statement, 2, type);
      if (!forlop_statement_execute (statement, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_search (ForlopConnection  *connection,
            ForlopRecord      *record,
            const char        *text,
            GError           **error)
{
  static const char entry_sql[] = "INSERT INTO search_entry (type, id, citizen_id) VALUES (?1, ?2, ?3)";
  static const char index_sql[] = "INSERT INTO search (rowid, text) VALUES (last_insert_rowid (), ?1)";
  g_autoptr (ForlopStatement) entry = forlop_connection_prepare (connection, entry_sql, error);
  g_autoptr (ForlopStatement) index = NULL;

  if (entry == NULL)
    return FALSE;
  forlop_statement_bind_text (entry, 1, forlop_record_get_rtype (record)->name);
  forlop_statement_bind_id (entry, 2, forlop_record_get_id (record));
  forlop_statement_bind_id (entry, 3, citizen_of (record));
  if (!forlop_statement_execute (entry, error))
    return FALSE;

  index = forlop_connection_prepare (connection, index_sql, error);
  if (index == NULL)
    return FALSE;
  forlop_statement_bind_text (index, 1, text);

  return forlop_statement_execute (index, error);
}

static gboolean
update_search (ForlopConnection       *connection,
               const ForlopOperation  *operation,
               GError                **error)
{
  g_autofree char *old = operation->before != NULL ? dup_searchable (operation->before) : NULL;
  g_autofree char *new = operation->after != NULL ? dup_searchable (operation->after) : NULL;

  if (g_strcmp0 (old, new) == 0)
    return TRUE;
  if (!remove_search (connection, operation->type->name, operation->id, error))
    return FALSE;

  return new == NULL || add_search (connection, operation->after, new, error);
}

/* Of a record that was merged into another, the row only says whose it is.
 * @forget_case: which case is the newest is found again by the refresh of the person's cases. */
static gboolean
update_citizen_row (ForlopConnection  *connection,
                    const char        *id,
                    ForlopRecord      *citizen,
                    gboolean           forget_case,
                    GError           **error)
{
  static const char update_sql[] =
    "UPDATE citizen_row SET sort_name = ?2, name = ?3, birth_date = ?4, unit_id = ?5, "
    "case_id = iif (?6, NULL, case_id), case_status = iif (?6, NULL, case_status), "
    "step = iif (?6, NULL, step) WHERE id = ?1";
  static const char insert_sql[] =
    "INSERT INTO citizen_row (id, sort_name, name, birth_date, unit_id) VALUES (?1, ?2, ?3, ?4, ?5)";
  const char *given = forlop_record_get_text (citizen, "given_name");
  const char *family = forlop_record_get_text (citizen, "family_name");
  g_autofree char *name = g_strdup_printf ("%s %s", given, family);
  g_autofree char *reversed = g_strdup_printf ("%s, %s", family, given);
  g_autofree char *sort_name = forlop_sort_key (reversed);
  gboolean stands = g_str_equal (id, forlop_record_get_id (citizen));
  const char *const statements[] = { update_sql, insert_sql };

  for (unsigned int i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (ForlopStatement) statement =
        forlop_connection_prepare (connection, statements[i], error);

      if (statement == NULL)
        return FALSE;
      forlop_statement_bind_id (statement, 1, id);
      forlop_statement_bind_text (statement, 2, stands ? sort_name : "");
      forlop_statement_bind_text (statement, 3, name);
      forlop_statement_bind_text (statement, 4, forlop_record_get_text (citizen, "birth_date"));
      if (stands)
        forlop_statement_bind_id (statement, 5, forlop_record_get_text (citizen, "unit_id"));
      if (i == 0)
        forlop_statement_bind_boolean (statement, 6, forget_case);
      if (!forlop_statement_execute (statement, error))
        return FALSE;
      if (forlop_connection_get_changes (connection) > 0)
        break;
    }

  forlop_connection_touch (connection, "citizen_row");

  return TRUE;
}

static gboolean
remove_citizen_row (ForlopConnection  *connection,
                    const char        *id,
                    GError           **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, "DELETE FROM citizen_row WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  forlop_connection_touch (connection, "citizen_row");

  return forlop_statement_execute (statement, error);
}

static gboolean
update_row_of (ForlopConnection  *connection,
               const char        *id,
               gboolean           forget_case,
               GError           **error)
{
  const ForlopRecordType *type = forlop_record_type_find ("citizen");
  g_autofree char *stands_id = forlop_person_store_dup_stand (connection, id, error);
  g_autoptr (ForlopRecord) present = NULL;
  g_autoptr (ForlopRecord) stands = NULL;
  g_autoptr (GError) problem = NULL;

  if (stands_id == NULL)
    return FALSE;
  present = forlop_record_store_peek (connection, type, id, &problem);
  if (problem == NULL && present != NULL)
    stands = forlop_record_store_peek (connection, type, stands_id, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  return stands != NULL ? update_citizen_row (connection, id, stands, forget_case, error)
                        : remove_citizen_row (connection, id, error);
}

/* The rows of every record of the person, also of those that are another's since this change. */
static gboolean
update_rows (ForlopConnection       *connection,
             const ForlopOperation  *operation,
             GError                **error)
{
  g_autoptr (GPtrArray) before = forlop_person_store_list_ids (connection, operation->id, error);
  g_autoptr (GPtrArray) after = NULL;
  gboolean has_changed;

  if (before == NULL || !forlop_person_store_update (connection, operation, &has_changed, error))
    return FALSE;
  after = forlop_person_store_list_ids (connection, operation->id, error);
  if (after == NULL)
    return FALSE;

  for (unsigned int i = 0; i < after->len; i++)
    if (!update_row_of (connection, g_ptr_array_index (after, i), has_changed, error))
      return FALSE;
  for (unsigned int i = 0; i < before->len; i++)
    if (!g_ptr_array_find_with_equal_func (after, g_ptr_array_index (before, i), g_str_equal, NULL) &&
        !update_row_of (connection, g_ptr_array_index (before, i), has_changed, error))
      return FALSE;

  return TRUE;
}

/**
 * forlop_list_store_update:
 *
 * Brings the search and the list of citizens up to date with one operation.
 */
gboolean
forlop_list_store_update (ForlopConnection       *connection,
                          const ForlopOperation  *operation,
                          GError                **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (operation != NULL, FALSE);

  if (!update_search (connection, operation, error))
    return FALSE;
  if (!g_str_equal (operation->type->name, "citizen"))
    return TRUE;

  return update_rows (connection, operation, error);
}

/**
 * forlop_list_store_update_case:
 * @case_id: (nullable): one of the citizen's cases; %NULL when there is none.
 * @step: (nullable): code of the step it stands in.
 *
 * The list shows the newest case; of somebody who was registered twice, the one that is followed up daily before
 * one that is not yet, and that before one that is closed.
 */
gboolean
forlop_list_store_update_case (ForlopConnection  *connection,
                               const char        *citizen_id,
                               const char        *case_id,
                               const char        *status,
                               const char        *step,
                               GError           **error)
{
  static const char sql[] =
    "UPDATE citizen_row SET case_id = ?2, case_status = ?3, step = ?4 WHERE id = ?1 "
    "AND (case_id IS NULL OR ?2 IS NULL OR case_id = ?2 OR (case_status = 'running', case_status = 'open', case_id) "
    "<= (?3 = 'running', ?3 = 'open', ?2))";
  g_autofree char *stands_id = forlop_person_store_dup_stand (connection, citizen_id, error);
  g_autoptr (ForlopStatement) statement =
    stands_id != NULL ? forlop_connection_prepare (connection, sql, error) : NULL;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, stands_id);
  forlop_statement_bind_id (statement, 2, case_id);
  forlop_statement_bind_text (statement, 3, status);
  forlop_statement_bind_text (statement, 4, step);
  forlop_connection_touch (connection, "citizen_row");

  return forlop_statement_execute (statement, error);
}
