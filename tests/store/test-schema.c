/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-record-type.h"
#include "forlop-store-create.h"
#include "store-test-util.h"

/* What the store keeps of a record besides its fields, and what the measurement table derives. */
static const char *const own_columns[] = {
  "n", "id", "vtag", "field_vtags", "deleted", NULL,
};
static const char *const measurement_columns[] = {
  "id", "vtag", "invalid", "severity", "plan_version", "reason", NULL,
};

static const char *
column_type (const ForlopField *field)
{
  switch (field->kind)
    {
    case FORLOP_KIND_REF: return "BLOB";
    case FORLOP_KIND_REAL: return "REAL";
    case FORLOP_KIND_INTEGER:
    case FORLOP_KIND_BOOLEAN:
    case FORLOP_KIND_INSTANT:
    case FORLOP_KIND_MINUTE: return "INTEGER";
    case FORLOP_KIND_TEXT:
    case FORLOP_KIND_NOTE:
    case FORLOP_KIND_CHOICE:
    case FORLOP_KIND_DATE:
    case FORLOP_KIND_ID_NUMBER:
    case FORLOP_KIND_PHONE:
    case FORLOP_KIND_BLOB:
    default: return "TEXT";
    }
}

static GHashTable *
columns_of (ForlopConnection *connection,
            const char       *table)
{
  GHashTable *columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (
    connection, "SELECT name, type FROM pragma_table_info (?1)", &error);
  gboolean has_row;

  g_assert_no_error (error);
  forlop_statement_bind_text (statement, 1, table);
  while (forlop_statement_step (statement, &has_row, &error) && has_row)
    g_hash_table_insert (columns, forlop_statement_dup_text (statement, 0),
                         forlop_statement_dup_text (statement, 1));
  g_assert_no_error (error);

  return columns;
}

static void
test_schema_matches_the_declarations (void)
{
  g_autoptr (StoreTest) test = store_test_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopConnection) connection = NULL;
  unsigned int n;
  const ForlopRecordType *const *types = forlop_record_types (&n);

  g_assert_true (forlop_store_create (test->path, test->key, NULL, &error));
  connection = store_test_connect (test, FORLOP_CONNECTION_READER);

  for (unsigned int i = 0; i < n; i++)
    {
      g_autoptr (GHashTable) columns = columns_of (connection, types[i]->name);
      const char *const *own =
        g_str_equal (types[i]->name, "measurement") ? measurement_columns : own_columns;

      for (const ForlopField *field = types[i]->fields; field->name != NULL; field++)
        {
          const char *type = g_hash_table_lookup (columns, field->name);

          if (type == NULL)
            g_error ("the schema has no column for %s.%s", types[i]->name, field->name);
          g_assert_cmpstr (type, ==, column_type (field));
          g_hash_table_remove (columns, field->name);
        }
      for (unsigned int j = 0; own[j] != NULL; j++)
        if (!g_hash_table_remove (columns, own[j]))
          g_error ("table %s has no column %s", types[i]->name, own[j]);

      /* What is left is declared nowhere. */
      g_assert_cmpuint (g_hash_table_size (columns), ==, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/schema-matches-the-declarations", test_schema_matches_the_declarations);

  return g_test_run ();
}
