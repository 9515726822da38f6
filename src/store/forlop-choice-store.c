/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-choice-store.h"

#include "forlop-error.h"
#include "forlop-record-store.h"
#include "forlop-record-title.h"

void
forlop_named_free (ForlopNamed *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

/* An item is known by its product and its number. */
static char *
name_of_item (ForlopConnection *connection,
              ForlopRecord     *item)
{
  g_autofree char *number = forlop_record_dup_title (item);
  g_autoptr (ForlopRecord) product =
    forlop_record_store_load (connection, "product", forlop_record_get_text (item, "product_id"), NULL);

  if (product == NULL)
    return g_steal_pointer (&number);

  return g_strjoin (" · ", forlop_record_get_text (product, "name"), number, NULL);
}

static char *
name_of (ForlopConnection *connection,
         ForlopRecord     *record)
{
  const char *type = forlop_record_get_rtype (record)->name;

  if (g_str_equal (type, "item"))
    return name_of_item (connection, record);

  if (g_str_equal (type, "loan"))
    {
      g_autoptr (ForlopRecord) item =
        forlop_record_store_load (connection, "item", forlop_record_get_text (record, "item_id"), NULL);

      if (item != NULL)
        return name_of_item (connection, item);
    }

  if (g_str_equal (type, "citizen"))
    return g_strjoin (" ", forlop_record_get_text (record, "given_name"),
                      forlop_record_get_text (record, "family_name"), NULL);

  return forlop_record_dup_title (record);
}

/* Out of use, given back or, where one chooses for a case, not ready to be given to anybody. The only
 * templates one chooses from are those for plans. */
static gboolean
is_passed (ForlopRecord *record,
           const char   *case_id)
{
  const ForlopRecordType *type = forlop_record_get_rtype (record);

  if (forlop_record_type_field (type, "active") != NULL && forlop_record_has (record, "active") &&
      !forlop_record_get_boolean (record, "active"))
    return TRUE;
  if (g_str_equal (type->name, "loan"))
    return forlop_record_has (record, "returned_on");
  if (g_str_equal (type->name, "template"))
    return !forlop_record_text_is (record, "kind", "plan");
  if (g_str_equal (type->name, "item"))
    return case_id != NULL && !forlop_record_text_is (record, "state", "ready") &&
           !(forlop_record_text_is (record, "state", "reserved") &&
             g_strcmp0 (forlop_record_get_text (record, "reserved_case_id"), case_id) == 0);

  return FALSE;
}

/* Who may be the same person as the citizen: of the same birth date or the same name. */
#define NAMESAKES \
  "SELECT o.id FROM citizen c JOIN citizen o ON o.id <> c.id AND o.deleted = 0 " \
  "AND o.merged_into_id IS NULL AND (o.birth_date = c.birth_date " \
  "OR (o.family_name = c.family_name AND o.given_name = c.given_name)) WHERE c.id = ?1"
/* Who measures, or is about to. */
#define MEASURING \
  "SELECT c.id FROM citizen c WHERE c.deleted = 0 AND c.merged_into_id IS NULL AND ?1 IS NULL AND c.id IN " \
  "(SELECT citizen_id FROM \"case\" WHERE status IN ('open', 'running') AND deleted = 0)"

static GPtrArray *
list_citizens (ForlopConnection  *connection,
               const char        *sql,
               const char        *citizen_id,
               GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, citizen_id);

  do
    {
      g_autofree char *id = NULL;
      ForlopRecord *record;

      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      id = forlop_statement_dup_id (statement, 0);
      record = forlop_record_store_load (connection, "citizen", id, error);
      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
  while (has_row);

  return g_steal_pointer (&records);
}

static GPtrArray *
list_records (ForlopConnection  *connection,
              const char        *type,
              const char        *case_id,
              const char        *citizen_id,
              GError           **error)
{
  const ForlopRecordType *declared = forlop_record_type_find (type);

  /* A municipality has too many of these to choose from a list: the form is opened on one, and asks at
   * most for another record of the same person, or on a measurement, and asks whose it is. */
  if (g_str_equal (type, "citizen"))
    return list_citizens (connection, citizen_id != NULL ? NAMESAKES : MEASURING, citizen_id, error);
  if (forlop_record_type_field (declared, "case_id") != NULL && case_id != NULL)
    return forlop_record_store_list (connection, type, "case_id", case_id, error);
  if (forlop_record_type_field (declared, "citizen_id") != NULL)
    return citizen_id != NULL ? forlop_record_store_list (connection, type, "citizen_id", citizen_id, error)
                              : g_ptr_array_new_with_free_func (g_object_unref);

  return forlop_record_store_list (connection, type, NULL, NULL, error);
}

/* The cases that wait for equipment, as the delivery side knows them: a coordinator has no more of them. */
static gboolean
add_awaiting_cases (ForlopConnection  *connection,
                    GPtrArray         *choices,
                    GError           **error)
{
  static const char sql[] = "SELECT DISTINCT case_id, name FROM delivery WHERE deleted = 0 "
                            "AND status IN ('requested', 'ready')";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row = TRUE;

  if (statement == NULL)
    return FALSE;
  while (forlop_statement_step (statement, &has_row, error))
    {
      ForlopNamed *named;

      if (!has_row)
        return TRUE;
      named = g_new0 (ForlopNamed, 1);
      named->id = forlop_statement_dup_id (statement, 0);
      named->name = forlop_statement_dup_text (statement, 1);
      g_ptr_array_add (choices, named);
    }

  return FALSE;
}

/* Two may have the same name. */
static void
add_birth_date (ForlopNamed *named,
                ForlopDate   birth_date)
{
  g_autofree char *name = named->name;
  g_autofree char *date = forlop_date_format (birth_date);

  named->name = g_strdup_printf ("%s, %s", name, date);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const ForlopNamed *one = *(const ForlopNamed *const *) a;
  const ForlopNamed *other = *(const ForlopNamed *const *) b;

  return g_utf8_collate (one->name, other->name);
}

GPtrArray *
forlop_choice_store_list (ForlopConnection  *connection,
                          const char        *type,
                          const char        *case_id,
                          const char        *citizen_id,
                          GError           **error)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) choices = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (type != NULL && forlop_record_type_find (type) != NULL, NULL);

  choices = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_named_free);
  /* Kept in a table of its own, and too many for a list. */
  if (g_str_equal (type, "measurement"))
    return g_steal_pointer (&choices);

  records = list_records (connection, type, case_id, citizen_id, error);
  if (records == NULL)
    return NULL;

  for (unsigned int i = 0; i < records->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (records, i);
      ForlopNamed *named;

      if (is_passed (record, case_id))
        continue;
      named = g_new0 (ForlopNamed, 1);
      named->id = g_strdup (forlop_record_get_id (record));
      named->name = name_of (connection, record);
      if (g_str_equal (type, "citizen") && forlop_record_has (record, "birth_date"))
        add_birth_date (named, forlop_record_get_date (record, "birth_date"));
      g_ptr_array_add (choices, named);
    }
  if (g_str_equal (type, "case") && case_id == NULL && citizen_id == NULL &&
      !add_awaiting_cases (connection, choices, error))
    return NULL;
  g_ptr_array_sort (choices, compare_names);

  return g_steal_pointer (&choices);
}

/**
 * forlop_choice_store_name:
 * @name: (out) (nullable): what it is called; %NULL when there is none with that id.
 */
gboolean
forlop_choice_store_name (ForlopConnection  *connection,
                          const char        *type,
                          const char        *id,
                          char             **name,
                          GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ForlopRecord) record = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (type != NULL && id != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  *name = NULL;
  if (g_str_equal (type, "measurement"))
    return TRUE;

  record = forlop_record_store_load (connection, type, id, &local_error);
  if (record != NULL)
    *name = name_of (connection, record);
  else if (g_str_equal (type, "case"))
    {
      g_autoptr (GPtrArray) deliveries = forlop_record_store_list (connection, "delivery", "case_id", id, error);

      if (deliveries == NULL)
        return FALSE;
      if (deliveries->len > 0)
        *name = g_strdup (forlop_record_get_text (g_ptr_array_index (deliveries, deliveries->len - 1), "name"));
    }
  else if (!g_error_matches (local_error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}
