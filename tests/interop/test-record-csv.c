/* SPDX-License-Identifier: EUPL-1.2 */

#include <math.h>
#include <string.h>

#include "forlop-csv-reader.h"
#include "forlop-field-value.h"
#include "forlop-id.h"
#include "forlop-record-csv.h"

#define ID "01935d2c-7a10-7000-8000-000000000001"

static GBytes *
write_records (const ForlopRecordType *type,
               GPtrArray              *records)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (ForlopCsvWriter) writer = forlop_csv_writer_new (stream, 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (forlop_record_csv_write (writer, type, records, NULL, &error));
  g_assert_true (forlop_csv_writer_finish (writer, NULL, &error));
  g_assert_true (g_output_stream_close (stream, NULL, &error));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
test_cells_have_norwegian_formats (void)
{
  const ForlopRecordType *type = forlop_record_type_find ("citizen");
  g_autoptr (ForlopRecord) citizen = forlop_record_new (type, ID);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  ForlopDate born;

  g_assert_true (forlop_date_from_ymd (1929, 7, 15, &born));
  forlop_record_set_text (citizen, "given_name", "Anne");
  forlop_record_set_date (citizen, "birth_date", born);
  forlop_record_set_text (citizen, "sex", type->fields[2].choices[0].code);
  forlop_record_set_text (citizen, "phone", "+4512345678");
  forlop_record_set_boolean (citizen, "lives_alone", TRUE);
  g_ptr_array_add (records, citizen);

  g_autoptr (GBytes) bytes = write_records (type, records);
  g_autoptr (ForlopCsvReader) reader = forlop_csv_reader_new_for_bytes (bytes, NULL);
  ForlopCsvColumn columns[] = {
    { "id", NULL, TRUE }, { "given_name", NULL, TRUE }, { "birth_date", NULL, TRUE },
    { "sex", NULL, TRUE }, { "phone", NULL, TRUE }, { "lives_alone", NULL, TRUE },
    { "address", NULL, TRUE },
  };
  const char *expected[] = {
    ID, "Anne", "15.07.1929", type->fields[2].choices[0].code, "+4512345678", "1", "",
  };
  int indices[G_N_ELEMENTS (columns)];

  g_assert_cmpstr (type->fields[2].name, ==, "sex");
  g_assert_true (forlop_csv_reader_map_columns (reader, columns, G_N_ELEMENTS (columns), indices,
                                                NULL, NULL));
  g_assert_cmpint (forlop_csv_reader_next (reader, NULL), ==, FORLOP_CSV_ROW);
  for (unsigned int i = 0; i < G_N_ELEMENTS (columns); i++)
    g_assert_cmpstr (forlop_csv_reader_get_cell (reader, indices[i]), ==, expected[i]);
  g_assert_cmpint (forlop_csv_reader_next (reader, NULL), ==, FORLOP_CSV_END);
}

static void
test_a_type_without_records_has_a_heading (void)
{
  const ForlopRecordType *type = forlop_record_type_find ("unit");
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = write_records (type, records);
  g_autoptr (ForlopCsvReader) reader = forlop_csv_reader_new_for_bytes (bytes, NULL);

  g_assert_cmpuint (forlop_csv_reader_get_n_columns (reader), ==,
                    forlop_record_type_n_fields (type) + 1);
  g_assert_cmpint (forlop_csv_reader_next (reader, NULL), ==, FORLOP_CSV_END);
}

static void
set_random_number (ForlopRecord      *record,
                   const ForlopField *field,
                   GRand             *rand)
{
  gboolean ranged = field->min < field->max;
  double low = ranged ? field->min : -1000;
  double high = ranged ? field->max : 1000;

  if (field->kind == FORLOP_KIND_REAL)
    forlop_record_set_real (record, field->name,
                            round (g_rand_double_range (rand, low, high) * 1000) / 1000);
  else
    forlop_record_set_integer (record, field->name,
                               (gint64) floor (g_rand_double_range (rand, low, high)));
}

static void
set_random_value (ForlopRecord      *record,
                  const ForlopField *field,
                  ForlopIdSource    *ids,
                  GRand             *rand)
{
  static const char *const texts[] = { "Åse", "=1+1", "a;b", "\"", "'+x", "linje\nlinje", "-" };
  unsigned int n_choices = 0;
  g_autofree char *id = NULL;

  switch (field->kind)
    {
    case FORLOP_KIND_DATE:
      forlop_record_set_date (record, field->name, g_rand_int_range (rand, -20000, 40000));
      return;
    case FORLOP_KIND_INSTANT:
      forlop_record_set_instant (record, field->name,
                                 (gint64) g_rand_int_range (rand, 0, G_MAXINT32) * 1000);
      return;
    case FORLOP_KIND_MINUTE:
      forlop_record_set_integer (record, field->name, g_rand_int_range (rand, 0, 24 * 60));
      return;
    case FORLOP_KIND_BOOLEAN:
      forlop_record_set_boolean (record, field->name, g_rand_boolean (rand));
      return;
    case FORLOP_KIND_INTEGER:
    case FORLOP_KIND_REAL:
      set_random_number (record, field, rand);
      return;
    case FORLOP_KIND_CHOICE:
      while (field->choices[n_choices].code != NULL)
        n_choices++;
      forlop_record_set_text (record, field->name,
                              field->choices[g_rand_int_range (rand, 0, (int) n_choices)].code);
      return;
    case FORLOP_KIND_REF:
      id = forlop_id_source_next (ids, 0);
      forlop_record_set_text (record, field->name, id);
      return;
    case FORLOP_KIND_ID_NUMBER:
      forlop_record_set_text (record, field->name, "15872949884");
      return;
    case FORLOP_KIND_PHONE:
      forlop_record_set_text (record, field->name, "+4512345678");
      return;
    case FORLOP_KIND_BLOB:
      return;
    case FORLOP_KIND_NOTE:
      forlop_record_set_text (record, field->name,
                              texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))]);
      return;
    case FORLOP_KIND_TEXT:
    default:
      forlop_record_set_text (record, field->name,
                              texts[g_rand_int_range (rand, 0, 5)]);
      return;
    }
}

static void
check_reads_back (ForlopRecord *record)
{
  const ForlopRecordType *type = forlop_record_get_rtype (record);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (ForlopRecord) again = forlop_record_new (type, forlop_record_get_id (record));

  g_ptr_array_add (records, record);

  g_autoptr (GBytes) bytes = write_records (type, records);
  g_autoptr (ForlopCsvReader) reader = forlop_csv_reader_new_for_bytes (bytes, NULL);

  g_assert_cmpint (forlop_csv_reader_next (reader, NULL), ==, FORLOP_CSV_ROW);
  g_assert_cmpstr (forlop_csv_reader_get_cell (reader, 0), ==, forlop_record_get_id (record));
  for (unsigned int i = 0; i < forlop_record_type_n_fields (type); i++)
    {
      const char *name = type->fields[i].name;
      g_autoptr (GError) error = NULL;

      g_assert_cmpstr (forlop_csv_reader_get_column_name (reader, i + 1), ==, name);
      g_assert_true (forlop_record_set_typed (again, name,
                                              forlop_csv_reader_get_cell (reader, (int) i + 1),
                                              20000, &error));
      g_assert_no_error (error);
      g_assert_true (forlop_record_field_equal (record, again, name));
    }
}

static void
test_every_record_type_reads_back (void)
{
  guint32 seed = g_test_rand_int () & G_MAXINT32;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (ForlopIdSource) ids = forlop_id_source_new_seeded (seed);
  unsigned int n_types;
  const ForlopRecordType *const *types = forlop_record_types (&n_types);

  g_test_message ("seed %u", seed);

  for (unsigned int i = 0; i < n_types; i++)
    for (int round = 0; round < 8; round++)
      {
        g_autofree char *id = forlop_id_source_next (ids, 0);
        g_autoptr (ForlopRecord) record = forlop_record_new (types[i], id);

        for (const ForlopField *field = types[i]->fields; field->name != NULL; field++)
          if (g_rand_int_range (rand, 0, 4) > 0)
            set_random_value (record, field, ids, rand);
        check_reads_back (record);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/record-csv/cells-have-norwegian-formats", test_cells_have_norwegian_formats);
  g_test_add_func ("/record-csv/a-type-without-records-has-a-heading",
                   test_a_type_without_records_has_a_heading);
  g_test_add_func ("/record-csv/every-record-type-reads-back", test_every_record_type_reads_back);

  return g_test_run ();
}
