/* SPDX-License-Identifier: EUPL-1.2 */

/* The coordinator's day between two machines and a server over HTTP: equipment goes to a citizen and comes back,
 * and the coordinator's machine never has more of the citizen than the delivery side. */

#include "machine-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-choice-store.h"
#include "forlop-json.h"
#include "forlop-worklist.h"

static gint64
count (Machine    *self,
       const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (self->connection, sql, &error);
  gboolean has_row;

  g_assert_no_error (error);
  g_assert_true (forlop_statement_step (statement, &has_row, NULL) && has_row);

  return forlop_statement_get_integer (statement, 0);
}

/* @self's work is with the server, and nothing of it was refused. */
static void
send (Machine *self)
{
  machine_catch_up (self);
  g_assert_cmpint (count (self, "SELECT count(*) FROM outbox WHERE coalesce (status, 'none') "
                                "NOT IN ('applied', 'merged')"), ==, 0);
}

static char *
make_ready_item (Machine *coordinator)
{
  const ForlopActor *who = coordinator->test->acts->coordinator;
  g_autofree char *product =
    machine_do (coordinator, who, "save-product", "{\"name\":\"Nonin\",\"kind\":\"oximeter\",\"active\":true}");
  g_autofree char *store =
    machine_do (coordinator, who, "save-location", "{\"name\":\"Lager\",\"kind\":\"store\",\"active\":true}");
  g_autofree char *zone =
    machine_do (coordinator, who, "save-location",
                "{\"name\":\"Sone Nord\",\"kind\":\"zone\",\"unit_id\":\"%s\",\"active\":true}",
                coordinator->test->acts->zone);
  g_autofree char *item =
    machine_do (coordinator, who, "receive-item",
                "{\"product_id\":\"%s\",\"serial_number\":\"N1\",\"location_id\":\"%s\"}", product, store);

  g_assert_nonnull (zone);
  g_free (machine_do (coordinator, who, "prepare-item", "{\"item_id\":\"%s\"}", item));
  g_free (machine_do (coordinator, who, "make-item-ready", "{\"item_id\":\"%s\"}", item));

  return g_steal_pointer (&item);
}

static void
assert_delivery_side_alone (Machine *self)
{
  static const char *const counts[] = {
    "SELECT count(*) FROM citizen", "SELECT count(*) FROM \"case\"", "SELECT count(*) FROM measurement",
    "SELECT count(*) FROM note", "SELECT count(*) FROM care_plan", "SELECT count(*) FROM event",
    "SELECT count(*) FROM assessment", "SELECT count(*) FROM decision", "SELECT count(*) FROM citizen_row",
    "SELECT count(*) FROM server_row WHERE substr (scope, 1, 2) = 'c:'",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      gint64 n = count (self, counts[i]);

      if (n != 0)
        g_error ("%s: %d", counts[i], (int) n);
    }
}

/* The one loan or delivery of the newest, on this machine. */
static char *
newest (Machine    *self,
        const char *type,
        const char *case_id)
{
  g_autoptr (GPtrArray) records = forlop_record_store_list (self->connection, type, "case_id", case_id, NULL);

  g_assert_cmpuint (records->len, >, 0);

  return g_strdup (forlop_record_get_id (g_ptr_array_index (records, records->len - 1)));
}

/* The worklist and the form say for whom it is. */
static void
assert_receiver_is_named (Machine *self)
{
  const ForlopWorklistQuery query = { .role = "coordinator", .now = forlop_clock_now (self->test->acts->clock) };
  g_autoptr (ForlopWorklist) worklist = forlop_worklist_load (self->connection, &query, NULL);
  g_autoptr (GPtrArray) cases = forlop_choice_store_list (self->connection, "case", NULL, NULL, NULL);
  const char *deliver = NULL;

  for (unsigned int i = 0; i < worklist->rows->len; i++)
    {
      const ForlopWorklistRow *row = g_ptr_array_index (worklist->rows, i);

      if (g_str_equal (row->rule, "prepare-delivery"))
        deliver = row->citizen_name;
    }
  g_assert_nonnull (deliver);
  g_assert_nonnull (strstr (deliver, "Haug"));
  g_assert_cmpuint (cases->len, ==, 1);
  g_assert_nonnull (strstr (((ForlopNamed *) g_ptr_array_index (cases, 0))->name, "Haug"));
}

static void
reserve_and_deliver (Machine    *self,
                     const char *item_id)
{
  static const char *const acts[] = { "reserve-item", "release-item", "reserve-item", NULL };
  const ForlopActor *who = self->test->acts->coordinator;
  g_autofree char *delivery_id = newest (self, "delivery", self->test->case_id);
  g_autofree char *of_case = g_strdup_printf ("{\"case_id\":\"%s\",\"item_id\":\"%s\"}", self->test->case_id, item_id);
  g_autofree char *of_item = g_strdup_printf ("{\"item_id\":\"%s\"}", item_id);

  g_assert_cmpint (count (self, "SELECT count(*) FROM duty WHERE rule = 'prepare-delivery'"), ==, 1);
  for (const char *const *act = acts; *act != NULL; act++)
    g_free (machine_do (self, who, *act, "%s", g_str_equal (*act, "release-item") ? of_item : of_case));
  g_free (machine_do (self, who, "deliver-equipment", "{\"delivery_id\":\"%s\"}", delivery_id));
  g_assert_cmpint (count (self, "SELECT count(*) FROM duty WHERE rule = 'prepare-delivery'"), ==, 0);
  send (self);
}

static void
equipment_goes_out_and_comes_back (HttpTest *test)
{
  g_autoptr (Machine) kari = machine_new (test, "kari", NULL);
  g_autoptr (Machine) geir = machine_new (test, "geir", NULL);
  const ForlopActor *nurse = test->acts->nurse;
  const ForlopActor *coordinator = test->acts->coordinator;
  g_autofree char *wish = g_strdup_printf ("{\"case_id\":\"%s\",\"wanted\":\"oximeter\"}", test->case_id);
  g_autofree char *item_id = NULL;
  g_autofree char *loan_id = NULL;
  g_autofree char *delivery_id = NULL;
  g_autoptr (ForlopRecord) delivery = NULL;
  g_autoptr (ForlopRecord) loan = NULL;

  send (kari);
  send (geir);
  item_id = make_ready_item (geir);
  g_free (machine_do (kari, nurse, "request-equipment", "%s", wish));
  send (kari);
  send (geir);
  assert_delivery_side_alone (geir);
  assert_receiver_is_named (geir);
  reserve_and_deliver (geir, item_id);
  assert_delivery_side_alone (geir);

  send (kari);
  g_assert_cmpint (count (kari, "SELECT count(*) FROM event WHERE act IN ('reserve-item', 'release-item', "
                                "'deliver-equipment') AND role = 'coordinator'"), ==, 4);
  g_free (machine_do (kari, nurse, "hand-out-item", "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", test->case_id, item_id));
  send (kari);

  /* It is swapped: another one is wanted, and this one comes back. */
  send (geir);
  loan_id = newest (geir, "loan", test->case_id);
  g_free (machine_do (geir, coordinator, "request-equipment", "%s", wish));
  g_free (machine_do (geir, coordinator, "return-item",
                      "{\"loan_id\":\"%s\",\"parts_complete\":true,\"cleaned\":false,\"factory_reset\":true,"
                      "\"unpaired\":true}", loan_id));
  send (geir);
  assert_delivery_side_alone (geir);

  send (kari);
  loan = forlop_record_store_load (kari->connection, "loan", loan_id, NULL);
  g_assert_true (forlop_record_has (loan, "returned_on"));
  delivery_id = newest (kari, "delivery", test->case_id);
  delivery = forlop_record_store_load (kari->connection, "delivery", delivery_id, NULL);
  g_assert_cmpstr (forlop_record_get_text (delivery, "status"), ==, "requested");
  g_assert_nonnull (strstr (forlop_record_get_text (delivery, "name"), "Haug"));
}

static char *
operation (const char *type,
           const char *id,
           const char *citizen_id,
           const char *set)
{
  return g_strdup_printf ("{\"type\":\"%s\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":%s}", type, id, citizen_id, set);
}

static char *
event (HttpTest   *test,
       const char *user_id,
       const char *act,
       const char *case_id)
{
  g_autofree char *id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *set =
    g_strdup_printf ("{\"citizen_id\":\"%s\",\"case_id\":\"%s\",\"at\":\"2026-03-20T08:00:00.000Z\",\"act\":\"%s\","
                     "\"subject_type\":\"item\",\"subject_id\":\"%s\",\"user_id\":\"%s\"}",
                     test->citizen_id, case_id, act, id, user_id);

  return operation ("event", id, test->citizen_id, set);
}

/* The code of what became of the changeset; "" when it was taken. */
static char *
push (HttpTest    *test,
      HttpSession *session,
      int          op_no,
      const char  *role,
      const char  *unit_id,
      const char  *act,
      const char  *operations)
{
  g_autofree char *op_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *body = g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":%d,\"op_id\":\"%s\",\"act\":\"%s\","
    "\"created_at\":\"2026-03-20T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"%s\","
    "\"unit_id\":\"%s\"},\"ops\":[%s]}]}", test->epoch, op_no, op_id, act, session->user_id, role, unit_id, operations);
  g_autoptr (HttpResult) result = http_test_expect (test, 200, "POST", "/v1/sync/push", session->access, body);
  g_autoptr (yyjson_doc) doc = forlop_json_parse (result->body, -1, NULL);
  yyjson_val *first = yyjson_arr_get_first (yyjson_obj_get (yyjson_doc_get_root (doc), "results"));
  const char *code = yyjson_get_str (yyjson_obj_get (first, "code"));

  return g_strdup (code != NULL ? code : "");
}

/* The line on the time line is all that a coordinator may write in a record, about the act itself, in the own
 * name, on a case whose delivery side is the coordinator's. */
static void
no_more_than_what_was_done_is_written (HttpTest *test)
{
  static const char *const elsewhere = "019d0a42-2400-7000-8000-00000000000b";
  g_autoptr (HttpSession) geir = http_test_sign_in (test, "skien", "geir");
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");
  g_autofree char *good = event (test, geir->user_id, "mark-item-lost", test->case_id);
  g_autofree char *other_act = event (test, geir->user_id, "record-measurement", test->case_id);
  g_autofree char *other_user = event (test, ola->user_id, "mark-item-lost", test->case_id);
  g_autofree char *other_case = event (test, geir->user_id, "mark-item-lost", elsewhere);
  g_autofree char *of_ola = event (test, ola->user_id, "mark-item-lost", test->case_id);
  g_autofree char *note_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *note_set = g_strdup_printf ("{\"citizen_id\":\"%s\",\"text\":\"Hei\"}", test->citizen_id);
  g_autofree char *note = operation ("note", note_id, test->citizen_id, note_set);
  const char *wrong[] = { other_act, other_user, other_case, note };
  g_autofree char *taken = push (test, geir, 1, "coordinator", test->acts->stock, "mark-item-lost", good);
  g_autofree char *stranger = push (test, ola, 1, "resource_person", test->acts->other_zone, "mark-item-lost", of_ola);
  g_autofree char *rows = NULL;

  g_assert_cmpstr (taken, ==, "");
  g_assert_cmpstr (stranger, ==, "scope_revoked");
  for (unsigned int i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *code = push (test, geir, 2 + (int) i, "coordinator", test->acts->stock, "mark-item-lost", wrong[i]);

      if (*code == '\0')
        g_error ("it was taken: %s", wrong[i]);
    }
  rows = http_test_pull_all (test, geir);
  g_assert_null (strstr (rows, "\"type\":\"event\""));
  g_assert_null (strstr (rows, "\"type\":\"measurement\""));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/delivery/equipment-goes-out-and-comes-back", equipment_goes_out_and_comes_back, NULL);
  http_test_add ("/delivery/no-more-than-what-was-done-is-written", no_more_than_what_was_done_is_written, NULL);

  return g_test_run ();
}
