/* SPDX-License-Identifier: EUPL-1.2 */

#include "app-test.h"

#include <stdlib.h>

#include "forlop-field-editor.h"
#include "forlop-form.h"
#include "forlop-reference.h"

static const ForlopChoice colours[] = { { "red", "Red" }, { "green", "Green" }, { NULL, NULL } };

static const ForlopField fields[] = {
  { .name = "title", .label = "Title", .kind = FORLOP_KIND_TEXT, .flags = FORLOP_FIELD_REQUIRED },
  { .name = "note", .label = "Note", .kind = FORLOP_KIND_NOTE, .hint = "In your own words." },
  { .name = "colour", .label = "Colour", .kind = FORLOP_KIND_CHOICE, .choices = colours },
  { .name = "colours", .label = "Colours", .kind = FORLOP_KIND_TEXT, .choices = colours },
  { .name = "unit_id", .label = "Unit", .kind = FORLOP_KIND_REF, .target = "unit" },
  { .name = "day", .label = "Day", .kind = FORLOP_KIND_DATE },
  { .name = "id_number", .label = "Identity number", .kind = FORLOP_KIND_ID_NUMBER },
  { .name = "birth_date", .label = "Born", .kind = FORLOP_KIND_DATE },
  { .name = "phone", .label = "Telephone", .kind = FORLOP_KIND_PHONE },
  { .name = "visits", .label = "Visits", .kind = FORLOP_KIND_INTEGER, .min = 0, .max = 100 },
  { .name = "alone", .label = "Alone", .kind = FORLOP_KIND_BOOLEAN },
  { .name = "consents", .label = "Consents", .kind = FORLOP_KIND_BOOLEAN,
    .flags = FORLOP_FIELD_REQUIRED },
  { .name = "at", .label = "When", .kind = FORLOP_KIND_INSTANT },
  { .name = "minute", .label = "Time", .kind = FORLOP_KIND_MINUTE },
  { .name = "weight", .label = "Weight", .kind = FORLOP_KIND_REAL },
  { NULL },
};

static const ForlopField *
field (const char *name)
{
  for (unsigned int i = 0; fields[i].name != NULL; i++)
    if (g_str_equal (fields[i].name, name))
      return &fields[i];

  g_assert_not_reached ();
}

static GtkWidget *
new_row (const char *name)
{
  g_autoptr(ForlopClock) clock = forlop_clock_new_manual (NOON);

  return g_object_ref_sink (forlop_field_row_new (field (name), clock));
}

typedef struct {
  const char *field;
  const char *typed;
  const char *wire;  /* NULL where the text is refused */
} Reading;

static void
test_typed_text_becomes_wire_text (void)
{
  static const Reading readings[] = {
    { "title", "  Fall i trapp ", "Fall i trapp" },
    { "day", "22.11.2026", "2026-11-22" },
    { "day", "221126", "2026-11-22" },
    { "day", "32.11.2026", NULL },
    { "phone", "412 34 567", "41234567" },
    { "phone", "41 23", NULL },
    { "visits", "12", "12" },
    { "visits", "1,5", NULL },
    { "visits", "101", NULL },
    { "visits", "many", NULL },
    { "weight", "80,1", "80.099999999999994" },
    { "weight", "1 821", "1821" },
    { "minute", "14.30", "870" },
    { "minute", "0905", "545" },
    { "minute", "9", "540" },
    { "minute", "24.00", NULL },
    { "id_number", "158729 49884", "15872949884" },
    { "id_number", "15872949885", NULL },
    { "at", "22.11.2026\n14.30", "2026-11-22T13:30:00.000Z" },
    { "at", "22.11.2026\n", NULL },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      GtkWidget *row = new_row (readings[i].field);
      g_autoptr(GError) error = NULL;
      g_autofree char *wire = NULL;

      forlop_field_row_set_typed (FORLOP_FIELD_ROW (row), readings[i].typed);
      wire = forlop_field_row_dup_wire (FORLOP_FIELD_ROW (row), &error);
      g_assert_cmpstr (wire, ==, readings[i].wire);
      if (readings[i].wire == NULL)
        {
          g_assert_nonnull (error);
          g_assert_false (forlop_field_row_validate (FORLOP_FIELD_ROW (row), NULL));
          g_assert_cmpstr (forlop_field_row_get_error (FORLOP_FIELD_ROW (row)), ==, error->message);
        }
      else
        {
          g_assert_no_error (error);
        }
      g_assert_finalize_object (row);
    }
}

static void
test_wire_text_comes_back (void)
{
  static const Reading readings[] = {
    { "title", NULL, "Fall" }, { "note", NULL, "To\nlinjer" }, { "colour", NULL, "green" },
    { "unit_id", NULL, "0190a0a0-0000-7000-8000-000000000001" }, { "day", NULL, "2026-02-28" },
    { "id_number", NULL, "15872949884" }, { "phone", NULL, "41234567" },
    { "visits", NULL, "7" }, { "alone", NULL, "false" }, { "consents", NULL, "true" },
    { "at", NULL, "2026-11-22T13:30:00.000Z" }, { "minute", NULL, "0" },
    { "weight", NULL, "-3.5" }, { "colour", NULL, "a code of an older list" },
    { "colours", NULL, "red,green" }, { "colours", NULL, "green,in other words" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      GtkWidget *row = new_row (readings[i].field);
      g_autofree char *before = forlop_field_row_dup_wire (FORLOP_FIELD_ROW (row), NULL);
      g_autofree char *wire = NULL;
      g_autofree char *emptied = NULL;

      g_assert_null (before);
      forlop_field_row_set_wire (FORLOP_FIELD_ROW (row), readings[i].wire);
      wire = forlop_field_row_dup_wire (FORLOP_FIELD_ROW (row), NULL);
      g_assert_cmpstr (wire, ==, readings[i].wire);
      forlop_field_row_set_wire (FORLOP_FIELD_ROW (row), NULL);
      emptied = forlop_field_row_dup_wire (FORLOP_FIELD_ROW (row), NULL);
      g_assert_null (emptied);
      g_assert_finalize_object (row);
    }
}

static void
test_identity_number_is_hidden (void)
{
  GtkWidget *row = new_row ("id_number");
  GtkWidget *entry = find_by_type (row, GTK_TYPE_ENTRY);
  unsigned int revealed = 0;

  g_signal_connect_swapped (row, "revealed", G_CALLBACK (count_cb), &revealed);
  forlop_field_row_set_wire (FORLOP_FIELD_ROW (row), "15872949884");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "15.07.1929\u00a0•••••");
  g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (entry)));
  g_assert_cmpuint (revealed, ==, 0);
  g_signal_emit_by_name (find_by_type (row, GTK_TYPE_BUTTON), "clicked");
  g_assert_true (gtk_editable_get_editable (GTK_EDITABLE (entry)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "158729\u00a049884");
  g_assert_cmpuint (revealed, ==, 1);
  g_assert_finalize_object (row);
}

static GtkWidget *
new_form (void)
{
  g_autoptr(ForlopClock) clock = forlop_clock_new_manual (NOON);
  GtkWidget *form = g_object_ref_sink (forlop_form_new (clock));

  for (unsigned int i = 0; fields[i].name != NULL; i++)
    forlop_form_add_field (FORLOP_FORM (form), &fields[i]);

  return form;
}

static char *
collect (GtkWidget *form)
{
  g_autoptr(GError) error = NULL;
  yyjson_mut_doc *doc = forlop_form_collect (FORLOP_FORM (form), &error);
  char *raw;
  char *text;

  if (doc == NULL)
    return g_strdup (error->message);

  raw = yyjson_mut_write (doc, 0, NULL);
  text = g_strdup (raw);
  free (raw);
  yyjson_mut_doc_free (doc);

  return text;
}

static void
type_into (GtkWidget  *form,
           const char *name,
           const char *typed)
{
  ForlopFieldRow *row = forlop_form_get_row (FORLOP_FORM (form), name);

  gtk_editable_set_text (GTK_EDITABLE (find_by_type (GTK_WIDGET (row), GTK_TYPE_ENTRY)), typed);
}

static void
test_identity_number_proposes_birth_date (void)
{
  GtkWidget *form = new_form ();
  ForlopFieldRow *born = forlop_form_get_row (FORLOP_FORM (form), "birth_date");
  g_autofree char *proposed = NULL;
  g_autofree char *kept = NULL;

  type_into (form, "id_number", "15872949884");
  proposed = forlop_field_row_dup_wire (born, NULL);
  g_assert_cmpstr (proposed, ==, "1929-07-15");

  /* What somebody wrote stands. */
  forlop_field_row_set_wire (born, "1929-07-16");
  type_into (form, "id_number", "12835430098");
  kept = forlop_field_row_dup_wire (born, NULL);
  g_assert_cmpstr (kept, ==, "1929-07-16");
  g_assert_finalize_object (form);
}

static void
test_form_says_every_mistake_beside_its_field (void)
{
  GtkWidget *form = new_form ();
  g_autofree char *said = NULL;
  g_autofree char *collected = NULL;

  type_into (form, "phone", "41 23");
  said = collect (form);
  g_assert_cmpstr (said, ==, "“Title” is missing. It must be filled in before you can save.");
  g_assert_nonnull (forlop_field_row_get_error (forlop_form_get_row (FORLOP_FORM (form), "phone")));
  g_assert_nonnull (forlop_field_row_get_error (forlop_form_get_row (FORLOP_FORM (form), "consents")));

  type_into (form, "title", "Fall");
  g_assert_null (forlop_field_row_get_error (forlop_form_get_row (FORLOP_FORM (form), "title")));
  type_into (form, "phone", "");
  forlop_field_row_set_wire (forlop_form_get_row (FORLOP_FORM (form), "consents"), "false");
  type_into (form, "visits", "12");
  type_into (form, "weight", "3,5");
  collected = collect (form);
  g_assert_cmpstr (collected, ==,
                   "{\"title\":\"Fall\",\"visits\":12,\"consents\":false,\"weight\":3.5}");
  g_assert_finalize_object (form);
}

static void
test_form_nulls_only_what_had_a_value (void)
{
  static const char text[] = "{\"title\":\"Fall\",\"consents\":true,\"visits\":3}";
  GtkWidget *form = new_form ();
  yyjson_doc *doc = yyjson_read (text, sizeof text - 1, 0);
  g_autofree char *same = NULL;
  g_autofree char *emptied = NULL;

  forlop_form_load_json (FORLOP_FORM (form), yyjson_doc_get_root (doc));
  yyjson_doc_free (doc);
  g_assert_false (forlop_form_get_changed (FORLOP_FORM (form)));
  same = collect (form);
  g_assert_cmpstr (same, ==, "{\"title\":\"Fall\",\"visits\":3,\"consents\":true}");
  type_into (form, "visits", "");
  g_assert_true (forlop_form_get_changed (FORLOP_FORM (form)));
  emptied = collect (form);
  g_assert_cmpstr (emptied, ==, "{\"title\":\"Fall\",\"visits\":null,\"consents\":true}");
  g_assert_finalize_object (form);
}

static void
test_draft_keeps_what_cannot_be_read_yet (void)
{
  GtkWidget *form = new_form ();
  GtkWidget *later = new_form ();
  unsigned int changes = 0;
  g_autofree char *draft = NULL;
  g_autofree char *again = NULL;

  g_signal_connect_swapped (form, "draft-changed", G_CALLBACK (count_cb), &changes);
  type_into (form, "day", "22.1");
  type_into (form, "at", "22.11.2026");
  type_into (form, "id_number", "1587");
  g_assert_cmpuint (changes, ==, 3);

  draft = forlop_form_dup_draft (FORLOP_FORM (form));
  g_assert_true (forlop_form_load_draft (FORLOP_FORM (later), draft));
  again = forlop_form_dup_draft (FORLOP_FORM (later));
  g_assert_cmpstr (again, ==, draft);
  g_assert_nonnull (strstr (draft, "22.1"));
  g_assert_false (forlop_form_load_draft (FORLOP_FORM (later), "not a draft"));
  g_assert_finalize_object (form);
  g_assert_finalize_object (later);
}

static void
test_form_of_every_record_type_can_be_made (void)
{
  unsigned int n_types;
  const ForlopRecordType *const *types = forlop_record_types (&n_types);

  for (unsigned int i = 0; i < n_types; i++)
    {
      GtkWidget *form = g_object_ref_sink (forlop_form_new (NULL));
      g_autoptr(ForlopRecord) record = forlop_record_new (types[i],
                                                          "0190a0a0-0000-7000-8000-000000000001");

      forlop_form_add_all (FORLOP_FORM (form), NULL, types[i], NULL);
      forlop_form_load_record (FORLOP_FORM (form), record);
      g_assert_false (forlop_form_get_changed (FORLOP_FORM (form)));
      g_assert_finalize_object (form);
    }
}

static void
test_reference_waits_for_its_list (void)
{
  GtkWidget *row = new_row ("unit_id");
  g_autoptr(GListStore) units = g_list_store_new (FORLOP_TYPE_REFERENCE);
  g_autoptr(ForlopReference) north = forlop_reference_new ("north", "Zone North");
  GtkDropDown *drop_down = GTK_DROP_DOWN (find_by_type (row, GTK_TYPE_DROP_DOWN));
  g_autofree char *kept = NULL;
  g_autofree char *chosen = NULL;

  forlop_field_row_set_wire (FORLOP_FIELD_ROW (row), "north");
  g_list_store_append (units, north);
  forlop_field_row_set_references (FORLOP_FIELD_ROW (row), G_LIST_MODEL (units));
  kept = forlop_field_row_dup_wire (FORLOP_FIELD_ROW (row), NULL);
  g_assert_cmpstr (kept, ==, "north");
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, 1);
  gtk_drop_down_set_selected (drop_down, 0);
  chosen = forlop_field_row_dup_wire (FORLOP_FIELD_ROW (row), NULL);
  g_assert_null (chosen);
  g_assert_finalize_object (row);
}

/* A screen reader reads name and description of the closed list, not what is drawn in it. */
static void
test_closed_list_says_what_is_chosen (void)
{
  GtkWidget *row = new_row ("colour");
  GtkAccessible *drop_down = GTK_ACCESSIBLE (find_by_type (row, GTK_TYPE_DROP_DOWN));

  gtk_test_accessible_assert_property (drop_down, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Not chosen");
  forlop_field_row_set_wire (FORLOP_FIELD_ROW (row), "green");
  gtk_test_accessible_assert_property (drop_down, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Green");
  forlop_field_row_set_error (FORLOP_FIELD_ROW (row), "Not that one.");
  gtk_test_accessible_assert_property (drop_down, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Green. Not that one.");
  g_assert_finalize_object (row);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/field/typed-text-becomes-wire-text", test_typed_text_becomes_wire_text);
  g_test_add_func ("/field/wire-text-comes-back", test_wire_text_comes_back);
  g_test_add_func ("/field/identity-number-is-hidden", test_identity_number_is_hidden);
  g_test_add_func ("/field/reference-waits-for-its-list", test_reference_waits_for_its_list);
  g_test_add_func ("/field/closed-list-says-what-is-chosen", test_closed_list_says_what_is_chosen);
  g_test_add_func ("/form/identity-number-proposes-birth-date",
                   test_identity_number_proposes_birth_date);
  g_test_add_func ("/form/says-every-mistake-beside-its-field",
                   test_form_says_every_mistake_beside_its_field);
  g_test_add_func ("/form/nulls-only-what-had-a-value", test_form_nulls_only_what_had_a_value);
  g_test_add_func ("/form/draft-keeps-what-cannot-be-read-yet",
                   test_draft_keeps_what_cannot_be_read_yet);
  g_test_add_func ("/form/of-every-record-type-can-be-made",
                   test_form_of_every_record_type_can_be_made);

  return g_test_run ();
}
