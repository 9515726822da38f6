/* SPDX-License-Identifier: EUPL-1.2 */

#include <string.h>

#include "forlop-act.h"
#include "forlop-error.h"
#include "forlop-field-value.h"
#include "forlop-json.h"
#include "forlop-record.h"

#define ID "01935d2c-7a10-7000-8000-000000000001"

static const ForlopRecordType *
type (const char *name)
{
  const ForlopRecordType *found = forlop_record_type_find (name);

  g_assert_nonnull (found);

  return found;
}

static void
test_declarations_are_sound (void)
{
  unsigned int n;
  const ForlopRecordType *const *types = forlop_record_types (&n);

  g_assert_cmpuint (n, >, 50);

  for (unsigned int i = 0; i < n; i++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

      g_assert_true (forlop_record_type_find (types[i]->name) == types[i]);

      for (const ForlopField *field = types[i]->fields; field->name != NULL; field++)
        {
          g_assert_true (g_hash_table_add (seen, (gpointer) field->name));
          g_assert_cmpstr (field->label, !=, "");
          g_assert_true (field->kind != FORLOP_KIND_CHOICE || field->choices != NULL);
          g_assert_true (field->choices == NULL || field->kind == FORLOP_KIND_CHOICE ||
                         field->kind == FORLOP_KIND_TEXT);
          g_assert_true ((field->kind == FORLOP_KIND_REF) == (field->target != NULL));
          if (field->target != NULL)
            g_assert_nonnull (forlop_record_type_find (field->target));
        }

      for (const ForlopClaim *claim = types[i]->claims; claim && claim->name; claim++)
        {
          for (unsigned int j = 0; j < G_N_ELEMENTS (claim->fields) && claim->fields[j]; j++)
            g_assert_nonnull (forlop_record_type_field (types[i], claim->fields[j]));
          if (claim->when_null != NULL)
            g_assert_nonnull (forlop_record_type_field (types[i], claim->when_null));
        }
    }
}

static void
test_fields_are_properties (void)
{
  g_autoptr (ForlopRecord) citizen = forlop_record_new (type ("citizen"), ID);
  g_autofree char *name = NULL;
  gboolean alone = FALSE;

  g_object_set (citizen, "given_name", " Anne ", "lives_alone", TRUE, NULL);
  g_object_get (citizen, "given-name", &name, "lives_alone", &alone, NULL);

  g_assert_cmpstr (name, ==, "Anne");
  g_assert_true (alone);
  g_assert_false (forlop_record_has (citizen, "family_name"));
}

static void
test_missing_required_field_names_itself (void)
{
  g_autoptr (ForlopRecord) citizen = forlop_record_new (type ("citizen"), ID);
  g_autoptr (GError) error = NULL;

  forlop_record_set_text (citizen, "given_name", "Anne");

  g_assert_false (forlop_record_validate (citizen, &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Family name"));
}

static void
test_json_round_trip_keeps_every_kind (void)
{
  const char *text = "{\"citizen_id\":\"" ID "\",\"case_id\":\"" ID "\",\"status\":\"held\","
                     "\"planned_at\":\"2026-03-29T01:30:00.000Z\",\"held_on\":\"2026-03-29\","
                     "\"teach_back\":true}";
  g_autoptr (GError) error = NULL;
  g_autoptr (yyjson_doc) doc = forlop_json_parse (text, -1, &error);
  g_autoptr (ForlopRecord) training = forlop_record_new (type ("training"), ID);
  g_autoptr (ForlopRecord) again = forlop_record_new (type ("training"), ID);
  g_autoptr (yyjson_mut_doc) out = yyjson_mut_doc_new (NULL);
  g_autoptr (yyjson_doc) back = NULL;
  g_autofree char *written = NULL;

  g_assert_no_error (error);
  g_assert_true (forlop_record_fill_json (training, yyjson_doc_get_root (doc), &error));
  g_assert_no_error (error);

  yyjson_mut_val *object = forlop_record_to_json (training, out);
  yyjson_mut_obj_remove_key (object, "id");
  yyjson_mut_doc_set_root (out, object);
  written = forlop_json_write (out, FALSE);
  back = forlop_json_parse (written, -1, &error);
  g_assert_true (forlop_record_fill_json (again, yyjson_doc_get_root (back), &error));

  for (const ForlopField *field = type ("training")->fields; field->name != NULL; field++)
    g_assert_true (forlop_record_field_equal (training, again, field->name));
}

static void
test_unknown_key_is_refused (void)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse ("{\"colour\":\"red\"}", -1, NULL);
  g_autoptr (ForlopRecord) citizen = forlop_record_new (type ("citizen"), ID);
  g_autoptr (GError) error = NULL;

  g_assert_false (forlop_record_fill_json (citizen, yyjson_doc_get_root (doc), &error));
  g_assert_nonnull (strstr (error->message, "colour"));
}

static void
test_typed_values_follow_norwegian_formats (void)
{
  g_autoptr (ForlopRecord) baseline = forlop_record_new (type ("baseline"), ID);
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *date = NULL;

  g_assert_true (forlop_record_set_typed (baseline, "visit_minutes", "1 821,5", 0, &error));
  g_assert_cmpfloat (forlop_record_get_real (baseline, "visit_minutes"), ==, 1821.5);
  shown = forlop_record_dup_typed (baseline, "visit_minutes");
  g_assert_true (forlop_record_set_typed (baseline, "visit_minutes", shown, 0, &error));
  g_assert_cmpfloat (forlop_record_get_real (baseline, "visit_minutes"), ==, 1821.5);

  g_assert_true (forlop_record_set_typed (baseline, "from_date", "03.07.2026", 0, &error));
  g_assert_cmpstr (forlop_record_get_text (baseline, "from_date"), ==, "2026-07-03");
  date = forlop_record_dup_shown (baseline, "from_date");
  g_assert_cmpstr (date, ==, "03.07.2026");

  g_assert_false (forlop_record_set_typed (baseline, "hospital_admissions", "1,5", 0, &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (forlop_record_set_typed (baseline, "hospital_admissions", "-1", 0, &error));
  g_assert_false (forlop_record_has (baseline, "hospital_admissions"));
}

static void
test_field_tag_falls_back_to_the_maker (void)
{
  g_autoptr (ForlopRecord) citizen = forlop_record_new (type ("citizen"), ID);
  g_autoptr (ForlopRecord) copy = NULL;

  forlop_record_set_vtag (citizen, "b");
  forlop_record_set_field_vtag (citizen, "", "a");
  forlop_record_set_field_vtag (citizen, "phone", "b");
  copy = forlop_record_copy (citizen);
  forlop_record_set_field_vtag (copy, "phone", "c");

  g_assert_cmpstr (forlop_record_get_field_vtag (citizen, "phone"), ==, "b");
  g_assert_cmpstr (forlop_record_get_field_vtag (citizen, "address"), ==, "a");
  g_assert_cmpstr (forlop_record_get_field_vtag (copy, "phone"), ==, "c");
}

static void
test_several_codes_are_shown_as_words (void)
{
  g_autoptr (ForlopRecord) product = forlop_record_new (type ("product"), ID);
  g_autofree char *shown = NULL;

  forlop_record_set_text (product, "measures", "weight, pulse,of another kind");
  shown = forlop_record_dup_shown (product, "measures");
  g_assert_cmpstr (shown, ==, "Weight, Pulse, of another kind");
}

/* A button that opens an empty form saves nothing: only the form's own button says so. */
static void
test_no_act_opens_a_form_by_the_word_save (void)
{
  unsigned int n_acts;
  const ForlopAct *const *acts = forlop_acts (&n_acts);

  for (unsigned int i = 0; i < n_acts; i++)
    {
      g_test_message ("%s", acts[i]->name);
      g_assert_false (g_str_has_prefix (acts[i]->label, "Save"));
      if (g_str_has_prefix (acts[i]->name, "save-") && acts[i]->saves != NULL)
        g_assert_nonnull (acts[i]->change);
      if (acts[i]->change != NULL)
        g_assert_true (g_str_has_prefix (acts[i]->name, "save-"));
    }

  g_assert_cmpstr (forlop_act_title (forlop_act_find ("save-contact"), NULL), ==, "Add contact");
  g_assert_cmpstr (forlop_act_title (forlop_act_find ("save-contact"), "case"), ==, "Add contact");
  g_assert_cmpstr (forlop_act_title (forlop_act_find ("save-contact"), "contact"), ==,
                   "Change contact");
}

/* A record that moved to another scope would stay with those who see the old one. */
static void
test_no_record_changes_its_scope (void)
{
  static const char *const owners[] = {
    [FORLOP_SCOPE_CITIZEN] = "citizen_id", [FORLOP_SCOPE_DELIVERY] = "case_id",
    [FORLOP_SCOPE_USER] = "user_id", [FORLOP_SCOPE_UNIT] = "unit_id",
  };
  unsigned int n;
  const ForlopRecordType *const *types = forlop_record_types (&n);

  for (unsigned int i = 0; i < n; i++)
    {
      const ForlopField *owner;

      if (types[i]->scope > FORLOP_SCOPE_UNIT || g_str_equal (types[i]->name, "citizen"))
        continue;
      g_test_message ("%s", types[i]->name);
      owner = forlop_record_type_field (types[i], owners[types[i]->scope]);
      g_assert_nonnull (owner);
      g_assert_true (types[i]->append_only || (owner->flags & FORLOP_FIELD_IMMUTABLE));
      g_assert_true (owner->flags & FORLOP_FIELD_REQUIRED);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/record/several-codes-are-shown-as-words",
                   test_several_codes_are_shown_as_words);
  g_test_add_func ("/act/no-act-opens-a-form-by-the-word-save",
                   test_no_act_opens_a_form_by_the_word_save);
  g_test_add_func ("/record/declarations-are-sound", test_declarations_are_sound);
  g_test_add_func ("/record/no-record-changes-its-scope", test_no_record_changes_its_scope);
  g_test_add_func ("/record/fields-are-properties", test_fields_are_properties);
  g_test_add_func ("/record/missing-required-field-names-itself",
                   test_missing_required_field_names_itself);
  g_test_add_func ("/record/json-round-trip-keeps-every-kind", test_json_round_trip_keeps_every_kind);
  g_test_add_func ("/record/unknown-key-is-refused", test_unknown_key_is_refused);
  g_test_add_func ("/record/typed-values-follow-norwegian-formats",
                   test_typed_values_follow_norwegian_formats);
  g_test_add_func ("/record/field-tag-falls-back-to-the-maker",
                   test_field_tag_falls_back_to_the_maker);

  return g_test_run ();
}
