/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-error.h"
#include "forlop-json.h"
#include "forlop-merge.h"
#include "forlop-sync-limits.h"
#include "forlop-sync-row.h"

#define MAKER "0197a000-0000-7000-8000-000000000001"
#define THEIRS "0197a000-0000-7000-8000-000000000002"
#define MINE "0197a000-0000-7000-8000-000000000003"
#define OTHER "0197a000-0000-7000-8000-000000000004"
#define RECORD "0197a000-0000-7000-8000-00000000000a"
#define UNIT "0197a000-0000-7000-8000-00000000000b"
#define CITIZEN "0197a000-0000-7000-8000-00000000000c"
#define CASE "0197a000-0000-7000-8000-00000000000d"
#define PLAN "0197a000-0000-7000-8000-00000000000e"
#define USER "0197a000-0000-7000-8000-00000000000f"

/* The record as the server has it: made by MAKER, then changed by whoever the tags name. */
static ForlopRecord *
make_record (const char *type,
             const char *body,
             const char *field_vtags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSyncRow) row = forlop_sync_row_new (forlop_record_type_find (type), RECORD, "any");
  ForlopRecord *record;

  row->body = g_strdup (body);
  row->vtag = g_strdup (field_vtags != NULL ? THEIRS : MAKER);
  row->field_vtags = g_strdup (field_vtags != NULL ? field_vtags : "{\"\":\"" MAKER "\"}");
  record = forlop_sync_row_to_record (row, &error);
  g_assert_no_error (error);

  return record;
}

typedef struct {
  ForlopChangeset *changeset;
  ForlopMergeOutcome outcome;
  const ForlopField *field;
  GError *error;
  unsigned int n_equal;
  unsigned int n_beside;
} Merge;

static void
merge_clear (Merge *self)
{
  g_clear_pointer (&self->changeset, forlop_changeset_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Merge, merge_clear)

static void
count_equal (const char *type,
             const char *id,
             const char *field,
             const char *present,
             gboolean    is_equal,
             gpointer    user_data)
{
  Merge *self = user_data;

  g_assert_nonnull (forlop_record_type_field (forlop_record_type_find (type), field));
  g_assert_cmpstr (id, ==, RECORD);
  g_assert_cmpstr (present, ==, THEIRS);
  self->n_equal += is_equal;
  self->n_beside += !is_equal;
}

/* As after /merge/done-by-two-is-done-already: only the status was so. */
static gboolean
status_was_so (const char *type G_GNUC_UNUSED,
               const char *id G_GNUC_UNUSED,
               const char *field,
               const char *base,
               const char *present,
               gboolean    is_set,
               gpointer    user_data G_GNUC_UNUSED)
{
  return g_str_equal (base, MINE) && g_str_equal (present, THEIRS) &&
         (!is_set || g_str_equal (field, "status"));
}

static Merge
merge (ForlopRecord *present,
       gboolean      is_deleted,
       const char   *operation)
{
  g_autofree char *text = g_strdup_printf (
    "{\"op_no\":1,\"op_id\":\"" MINE "\",\"act\":\"x\",\"created_at\":\"2026-11-22T10:00:00Z\","
    "\"by\":{\"user_id\":\"" USER "\",\"role\":\"caseworker\",\"unit_id\":\"" UNIT "\"},"
    "\"ops\":[%s]}", operation);
  g_autoptr (GError) error = NULL;
  g_autoptr (yyjson_doc) doc = forlop_json_parse (text, -1, &error);
  g_autoptr (ForlopSyncChangeset) incoming = NULL;
  g_autoptr (ForlopActor) actor = forlop_actor_new (USER, "caseworker", UNIT);
  Merge self = { 0 };
  ForlopMergeTarget target = { .present = present, .is_deleted = is_deleted, .same = status_was_so,
                               .equal = count_equal, .user_data = &self };

  g_assert_no_error (error);
  incoming = forlop_sync_changeset_read (yyjson_doc_get_root (doc), FORLOP_SYNC_OPERATIONS, &error);
  g_assert_no_error (error);
  self.changeset = forlop_changeset_new (MINE, "x", actor, 0);
  self.outcome = forlop_merge_operation (
    self.changeset, &g_array_index (incoming->operations, ForlopSyncOperation, 0), &target,
    &self.field, &self.error);
  if (self.outcome == FORLOP_MERGE_CLEAN)
    forlop_changeset_finish (self.changeset, &self.error);

  return self;
}

#define TASK_BODY "{\"unit_id\":\"" UNIT "\",\"role\":\"caseworker\",\"kind\":\"general\"," \
                  "\"title\":\"Ring fastlegen\",\"status\":\"open\"}"
#define TASK(rest) "{\"type\":\"task\",\"id\":\"" RECORD "\",\"scope\":\"org:" UNIT "\"," rest "}"

static void
test_make (void)
{
  g_auto (Merge) self = merge (NULL, FALSE, TASK ("\"set\":" TASK_BODY));
  ForlopRecord *task;

  g_assert_cmpint (self.outcome, ==, FORLOP_MERGE_CLEAN);
  g_assert_no_error (self.error);
  task = forlop_changeset_find (self.changeset, "task", RECORD);
  g_assert_cmpstr (forlop_record_get_text (task, "title"), ==, "Ring fastlegen");
  g_assert_cmpstr (forlop_record_get_vtag (task), ==, MINE);
}

static void
test_two_fields (void)
{
  g_autoptr (ForlopRecord) present =
    make_record ("task", TASK_BODY, "{\"\":\"" MAKER "\",\"text\":\"" THEIRS "\"}");
  g_auto (Merge) self = merge (present, FALSE,
                               TASK ("\"set\":{\"title\":\"Ring\"},\"base\":{\"title\":\"" MAKER "\"}"));
  ForlopRecord *task = forlop_changeset_find (self.changeset, "task", RECORD);

  g_assert_cmpint (self.outcome, ==, FORLOP_MERGE_CLEAN);
  g_assert_no_error (self.error);
  g_assert_cmpstr (forlop_record_get_text (task, "title"), ==, "Ring");
  g_assert_cmpstr (forlop_record_get_field_vtag (task, "title"), ==, MINE);
  g_assert_cmpstr (forlop_record_get_field_vtag (task, "text"), ==, THEIRS);
}

static void
test_same_field (void)
{
  g_autoptr (ForlopRecord) present =
    make_record ("task", TASK_BODY, "{\"\":\"" MAKER "\",\"title\":\"" THEIRS "\"}");
  g_auto (Merge) self = merge (present, FALSE,
                               TASK ("\"set\":{\"title\":\"Ring\"},\"base\":{\"title\":\"" MAKER "\"}"));

  g_assert_cmpint (self.outcome, ==, FORLOP_MERGE_CONFLICT);
  g_assert_cmpstr (self.field->name, ==, "title");
  g_assert_cmpuint (forlop_changeset_get_operations (self.changeset)->len, ==, 0);
}

static void
test_equal_value (void)
{
  g_autoptr (ForlopRecord) present =
    make_record ("task", TASK_BODY, "{\"\":\"" MAKER "\",\"title\":\"" THEIRS "\"}");
  g_auto (Merge) self = merge (
    present, FALSE, TASK ("\"set\":{\"title\":\"Ring fastlegen\"},\"base\":{\"title\":\"" MAKER "\"}"));

  g_assert_cmpint (self.outcome, ==, FORLOP_MERGE_NO_OP);
  g_assert_cmpuint (self.n_equal, ==, 1);
}

#define LIMIT_BODY "{\"citizen_id\":\"" CITIZEN "\",\"case_id\":\"" CASE "\",\"care_plan_id\":\"" PLAN \
                   "\",\"code\":\"spo2\",\"red_low\":88.0,\"yellow_low\":90.0}"
#define LIMIT(rest) "{\"type\":\"limit\",\"id\":\"" RECORD "\",\"scope\":\"c:" CITIZEN "\"," rest "}"

static void
test_group_is_one (void)
{
  /* They set the low limit; mine builds on what was before and sets the high one. */
  g_autoptr (ForlopRecord) present =
    make_record ("limit", LIMIT_BODY, "{\"\":\"" MAKER "\",\"red_low\":\"" THEIRS "\"}");
  g_auto (Merge) self = merge (
    present, FALSE,
    LIMIT ("\"set\":{\"yellow_high\":97},\"base\":{\"red_low\":\"" MAKER "\",\"yellow_low\":\"" MAKER
           "\",\"yellow_high\":\"" MAKER "\",\"red_high\":\"" MAKER "\"}"));

  g_assert_cmpint (self.outcome, ==, FORLOP_MERGE_CONFLICT);
}

static void
test_taken_already (void)
{
  g_autoptr (ForlopRecord) present = make_record (
    "task",
    "{\"unit_id\":\"" UNIT "\",\"role\":\"caseworker\",\"kind\":\"general\",\"title\":\"Ring\","
    "\"status\":\"done\",\"done_by\":\"" OTHER "\"}",
    "{\"\":\"" MAKER "\",\"status\":\"" THEIRS "\",\"done_by\":\"" THEIRS "\"}");
  g_auto (Merge) same = merge (
    present, FALSE,
    TASK ("\"set\":{\"status\":\"done\",\"done_by\":\"" USER "\"},"
          "\"base\":{\"status\":\"" MAKER "\",\"done_by\":\"" MAKER "\"}"));
  g_auto (Merge) other = merge (
    present, FALSE, TASK ("\"set\":{\"status\":\"cancelled\"},\"base\":{\"status\":\"" MAKER "\"}"));

  g_assert_cmpint (same.outcome, ==, FORLOP_MERGE_ALREADY);
  g_assert_cmpuint (same.n_equal, ==, 1);
  g_assert_cmpuint (same.n_beside, ==, 1);
  g_assert_cmpint (other.outcome, ==, FORLOP_MERGE_CONFLICT);
}

/* Who was second takes his own act back, not that of the first. */
static void
test_undone_already (void)
{
  g_autoptr (ForlopRecord) present = make_record (
    "task",
    "{\"unit_id\":\"" UNIT "\",\"role\":\"caseworker\",\"kind\":\"general\",\"title\":\"Ring\","
    "\"status\":\"done\",\"done_by\":\"" OTHER "\"}",
    "{\"\":\"" MAKER "\",\"status\":\"" THEIRS "\",\"done_by\":\"" THEIRS "\"}");
  g_auto (Merge) undo = merge (
    present, FALSE,
    TASK ("\"set\":{\"status\":\"open\",\"done_by\":null},"
          "\"base\":{\"status\":\"" MINE "\",\"done_by\":\"" MINE "\"}"));
  g_auto (Merge) on = merge (
    present, FALSE,
    TASK ("\"set\":{\"status\":\"cancelled\"},\"base\":{\"status\":\"" MINE "\",\"done_by\":\"" MINE "\"}"));

  g_assert_cmpint (undo.outcome, ==, FORLOP_MERGE_CONFLICT);
  g_assert_cmpstr (undo.field->name, ==, "status");
  g_assert_cmpint (on.outcome, ==, FORLOP_MERGE_CLEAN);
}

static void
test_deleted (void)
{
  g_autoptr (ForlopRecord) changed =
    make_record ("task", TASK_BODY, "{\"\":\"" MAKER "\",\"title\":\"" THEIRS "\"}");
  g_autoptr (ForlopRecord) untouched = make_record ("task", TASK_BODY, NULL);
  g_auto (Merge) edit = merge (NULL, TRUE,
                               TASK ("\"set\":{\"title\":\"Ring\"},\"base\":{\"title\":\"" MAKER "\"}"));
  g_auto (Merge) again = merge (NULL, TRUE, TASK ("\"delete\":true,\"base\":{\"\":\"" MAKER "\"}"));
  g_auto (Merge) stale = merge (changed, FALSE, TASK ("\"delete\":true,\"base\":{\"\":\"" MAKER "\"}"));
  g_auto (Merge) clean = merge (untouched, FALSE, TASK ("\"delete\":true,\"base\":{\"\":\"" MAKER "\"}"));

  g_assert_cmpint (edit.outcome, ==, FORLOP_MERGE_DELETED);
  g_assert_cmpint (again.outcome, ==, FORLOP_MERGE_NO_OP);
  g_assert_cmpint (stale.outcome, ==, FORLOP_MERGE_DELETED);
  g_assert_cmpint (clean.outcome, ==, FORLOP_MERGE_CLEAN);
  g_assert_null (forlop_changeset_find (clean.changeset, "task", RECORD));
}

static void
test_invalid (void)
{
  g_autoptr (ForlopRecord) present = make_record ("task", TASK_BODY, NULL);
  g_auto (Merge) unknown = merge (NULL, FALSE, TASK ("\"set\":{\"colour\":\"red\"}"));
  g_auto (Merge) missing =
    merge (NULL, FALSE, TASK ("\"set\":{\"title\":\"Ring\"},\"base\":{\"title\":\"" MAKER "\"}"));
  g_auto (Merge) wrong = merge (present, FALSE,
                                TASK ("\"set\":{\"status\":7},\"base\":{\"status\":\"" MAKER "\"}"));

  g_assert_cmpint (unknown.outcome, ==, FORLOP_MERGE_INVALID);
  g_assert_error (unknown.error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  g_assert_cmpint (missing.outcome, ==, FORLOP_MERGE_INVALID);
  g_assert_error (missing.error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND);
  g_assert_cmpint (wrong.outcome, ==, FORLOP_MERGE_INVALID);
}

#define READING(rest) \
  "{\"type\":\"measurement\",\"id\":\"" RECORD "\",\"scope\":\"c:" CITIZEN "\",\"set\":{\"citizen_id\":\"" CITIZEN "\"," \
  "\"code\":\"spo2\",\"value\":86,\"measured_at\":\"2026-11-22T08:00:00.000Z\"," rest "}}"

/* Two have registered what one device measured. */
static void
test_reading_made_twice (void)
{
  g_autoptr (ForlopRecord) present = make_record (
    "measurement", "{\"citizen_id\":\"" CITIZEN "\",\"code\":\"spo2\",\"value\":86.0,\"measured_at\":\"2026-11-22T08:00:00.000Z\","
    "\"received_at\":\"2026-11-22T08:00:02.000Z\",\"source\":\"platform\",\"note\":\"Tung i pusten\"}",
    "{\"\":\"" THEIRS "\"}");
  g_auto (Merge) again = merge (present, FALSE,
                                READING ("\"received_at\":\"2026-11-22T09:00:00.000Z\",\"source\":\"staff\","
                                         "\"entered_by\":\"" USER "\""));
  g_auto (Merge) noted = merge (present, FALSE,
                                READING ("\"received_at\":\"2026-11-22T09:00:00.000Z\",\"source\":\"staff\","
                                         "\"note\":\"Gikk i trappen\""));

  g_assert_cmpint (again.outcome, ==, FORLOP_MERGE_NO_OP);
  g_assert_cmpint (noted.outcome, ==, FORLOP_MERGE_CONFLICT);
  g_assert_cmpstr (noted.field->name, ==, "note");
}

static void
test_bytes (void)
{
  g_autoptr (ForlopRecord) record =
    make_record ("limit", LIMIT_BODY, "{\"\":\"" MAKER "\",\"red_low\":\"" THEIRS "\"}");
  g_autoptr (ForlopSyncRow) row = forlop_sync_row_from_record (record, 7);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *again_text = NULL;
  g_autoptr (yyjson_doc) parsed = NULL;
  g_autoptr (ForlopSyncRow) read = NULL;
  g_autoptr (ForlopRecord) copy = NULL;
  g_autoptr (ForlopSyncRow) again = NULL;
  g_autoptr (GError) error = NULL;

  yyjson_mut_doc_set_root (doc, forlop_sync_row_to_json (row, doc));
  text = forlop_json_write (doc, FALSE);
  parsed = forlop_json_parse (text, -1, &error);
  read = forlop_sync_row_from_json (yyjson_doc_get_root (parsed), &error);
  g_assert_no_error (error);
  copy = forlop_sync_row_to_record (read, &error);
  g_assert_no_error (error);
  again = forlop_sync_row_from_record (copy, 7);
  g_assert_cmpstr (again->body, ==, row->body);
  g_assert_cmpstr (again->body, ==, LIMIT_BODY);
  g_assert_cmpstr (again->field_vtags, ==, row->field_vtags);
  g_assert_cmpstr (again->scope, ==, "c:" CITIZEN);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/merge/a-new-record-is-made", test_make);
  g_test_add_func ("/merge/two-fields-of-one-record-both-stand", test_two_fields);
  g_test_add_func ("/merge/the-same-field-is-a-conflict", test_same_field);
  g_test_add_func ("/merge/an-equal-value-is-nothing-to-do", test_equal_value);
  g_test_add_func ("/merge/a-group-is-never-half", test_group_is_one);
  g_test_add_func ("/merge/done-by-two-is-done-already", test_taken_already);
  g_test_add_func ("/merge/who-was-second-does-not-undo-the-first", test_undone_already);
  g_test_add_func ("/merge/a-reading-that-two-registered-is-one", test_reading_made_twice);
  g_test_add_func ("/merge/deleted-stays-deleted", test_deleted);
  g_test_add_func ("/merge/what-no-declaration-allows-is-refused", test_invalid);
  g_test_add_func ("/row/the-same-content-is-the-same-bytes", test_bytes);

  return g_test_run ();
}
