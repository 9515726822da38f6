/* SPDX-License-Identifier: EUPL-1.2 */

/* The coordinator's day between two machines and a server over HTTP: equipment goes to a citizen and comes back,
 * and the coordinator's machine never has more of the citizen than the delivery side. */

#include "http-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-choice-store.h"
#include "forlop-json.h"
#include "forlop-mirror-store.h"
#include "forlop-server-join.h"
#include "forlop-store-create.h"
#include "forlop-store-mirror.h"
#include "forlop-sync-client.h"
#include "forlop-sync-link.h"
#include "forlop-worklist.h"

/* One machine; @acts is the municipality's, on this machine's file. */
typedef struct {
  ActsTest acts;
  char *address;
  char *path;
} Machine;

static void
exchange (Machine *self)
{
  ForlopClock *clock = forlop_store_get_clock (self->acts.store);
  ForlopHttpSettings settings = { .address = self->address, .proxy = "none", .timeout_seconds = 20 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopServerAccount) account = forlop_server_account_new (self->acts.store, &error);
  g_autoptr (ForlopSyncMirror) mirror = forlop_store_mirror_new (self->acts.store);
  g_autoptr (ForlopSyncClient) client = forlop_sync_client_new (mirror);
  ForlopSyncLink *link = forlop_sync_link_new (account, &settings);
  g_autoptr (ForlopSyncRequest) request = NULL;

  g_assert_no_error (error);
  while ((request = forlop_sync_client_next (client, forlop_clock_now (clock), &error)) != NULL)
    {
      g_autofree char *text = NULL;
      ForlopSyncAnswer answer = { .random = 1 };

      answer.status = forlop_sync_link_send (request, &text, &answer.retry_after, link, NULL, &error);
      g_assert_no_error (error);
      answer.text = text;
      g_assert_true (forlop_sync_client_take (client, request, &answer, forlop_clock_now (clock), &error));
      g_assert_no_error (error);
      g_clear_pointer (&request, forlop_sync_request_free);
    }
  forlop_sync_link_free (link);
  g_assert_cmpint (forlop_sync_client_get_standing (client), ==, FORLOP_SYNC_IDLE);
}

static Machine *
machine_new (HttpTest   *test,
             const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopKey) key = forlop_key_new_random ();
  Machine *self = g_new0 (Machine, 1);
  ForlopServerJoin join = { .tenant = "skien", .name = name, .password = HTTP_TEST_PASSWORD };

  self->acts = *test->acts;
  self->path = g_strdup_printf ("%s/%s.forlop", test->folder, name);
  g_assert_true (forlop_store_create (self->path, key, NULL, &error));
  self->acts.store = forlop_store_open (self->path, key, test->acts->clock, test->acts->ids, FORLOP_STORE_NO_SIGNALS, &error);
  g_assert_no_error (error);
  self->address = g_strdup_printf ("http://127.0.0.1:%u", test->port);
  join.address = self->address;
  forlop_server_join (self->acts.store, &join, NULL, &error);
  g_assert_no_error (error);
  exchange (self);

  return self;
}

static void
machine_free (Machine *self)
{
  forlop_store_close (self->acts.store, NULL);
  g_object_unref (self->acts.store);
  g_free (self->address);
  g_free (self->path);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Machine, machine_free)

/* @self's work is with the server, and nothing of it was refused. */
static void
send (Machine *self)
{
  exchange (self);
  g_assert_cmpint (acts_test_count (&self->acts, "SELECT count(*) FROM outbox WHERE coalesce (status, 'none') "
                                                 "NOT IN ('applied', 'merged')"), ==, 0);
}

static char *
make_ready_item (Machine *coordinator)
{
  ActsTest *acts = &coordinator->acts;
  const ForlopActor *who = acts->coordinator;
  g_autoptr (ForlopActResult) product =
    acts_test_do (acts, who, "save-product", "{\"name\":\"Nonin\",\"kind\":\"oximeter\",\"active\":true}");
  g_autoptr (ForlopActResult) store =
    acts_test_do (acts, who, "save-location", "{\"name\":\"Lager\",\"kind\":\"store\",\"active\":true}");
  g_autoptr (ForlopActResult) zone =
    acts_test_do (acts, who, "save-location", "{\"name\":\"Sone Nord\",\"kind\":\"zone\",\"unit_id\":\"%s\",\"active\":true}",
                  acts->zone);
  g_autoptr (ForlopActResult) item =
    acts_test_do (acts, who, "receive-item", "{\"product_id\":\"%s\",\"serial_number\":\"N1\",\"location_id\":\"%s\"}",
                  product->subject_id, store->subject_id);

  acts_test_must (acts, who, "prepare-item", "{\"item_id\":\"%s\"}", item->subject_id);
  acts_test_must (acts, who, "make-item-ready", "{\"item_id\":\"%s\"}", item->subject_id);

  return g_strdup (item->subject_id);
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
      gint64 n = acts_test_count (&self->acts, counts[i]);

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
  g_autoptr (GPtrArray) records = acts_test_list (&self->acts, type, "case_id", case_id);

  g_assert_cmpuint (records->len, >, 0);

  return g_strdup (forlop_record_get_id (g_ptr_array_index (records, records->len - 1)));
}

static gpointer
read_names_on_worker (ForlopConnection  *connection,
                      gpointer           user_data,
                      GCancellable      *cancellable G_GNUC_UNUSED,
                      GError           **error)
{
  const ForlopWorklistQuery query = { .role = "coordinator", .now = forlop_clock_now (user_data) };
  g_autoptr (ForlopWorklist) worklist = forlop_worklist_load (connection, &query, error);
  g_autoptr (GPtrArray) cases = forlop_choice_store_list (connection, "case", NULL, NULL, error);
  const char *deliver = NULL;

  g_assert_nonnull (worklist);
  for (unsigned int i = 0; i < worklist->rows->len; i++)
    {
      const ForlopWorklistRow *row = g_ptr_array_index (worklist->rows, i);

      if (g_str_equal (row->rule, "prepare-delivery"))
        deliver = row->citizen_name;
    }
  g_assert_nonnull (deliver);
  g_assert_nonnull (strstr (deliver, "Haug"));

  g_assert_nonnull (cases);
  g_assert_cmpuint (cases->len, ==, 1);

  return g_strdup (((ForlopNamed *) g_ptr_array_index (cases, 0))->name);
}

/* The worklist and the form say for whom it is. */
static void
assert_receiver_is_named (Machine *self)
{
  g_autofree char *name =
    forlop_store_read_sync (self->acts.store, read_names_on_worker, self->acts.clock, NULL, NULL, NULL);

  g_assert_nonnull (strstr (name, "Haug"));
}

static void
reserve_and_deliver (Machine    *self,
                     HttpTest   *test,
                     const char *item_id)
{
  const ForlopActor *who = self->acts.coordinator;
  g_autofree char *delivery_id = newest (self, "delivery", test->case_id);

  g_assert_true (acts_test_has_duty (&self->acts, test->case_id, "prepare-delivery"));
  acts_test_must (&self->acts, who, "reserve-item", "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", test->case_id, item_id);
  acts_test_must (&self->acts, who, "release-item", "{\"item_id\":\"%s\"}", item_id);
  acts_test_must (&self->acts, who, "reserve-item", "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", test->case_id, item_id);
  acts_test_must (&self->acts, who, "deliver-equipment", "{\"delivery_id\":\"%s\"}", delivery_id);
  g_assert_false (acts_test_has_duty (&self->acts, test->case_id, "prepare-delivery"));
  send (self);
}

static void
equipment_goes_out_and_comes_back (HttpTest *test)
{
  g_autoptr (Machine) kari = machine_new (test, "kari");
  g_autoptr (Machine) geir = machine_new (test, "geir");
  g_autofree char *item_id = make_ready_item (geir);
  g_autofree char *loan_id = NULL;
  g_autofree char *receiver = NULL;
  g_autoptr (ForlopRecord) again = NULL;
  g_autoptr (ForlopRecord) loan = NULL;

  acts_test_must (&kari->acts, kari->acts.nurse, "request-equipment", "{\"case_id\":\"%s\",\"wanted\":\"oximeter\"}",
                  test->case_id);
  send (kari);
  send (geir);
  assert_delivery_side_alone (geir);
  assert_receiver_is_named (geir);
  reserve_and_deliver (geir, test, item_id);
  assert_delivery_side_alone (geir);

  send (kari);
  g_assert_cmpint (acts_test_count (&kari->acts, "SELECT count(*) FROM event WHERE act IN ('reserve-item', "
                                                 "'release-item', 'deliver-equipment') AND role = 'coordinator'"),
                   ==, 4);
  acts_test_must (&kari->acts, kari->acts.nurse, "hand-out-item", "{\"case_id\":\"%s\",\"item_id\":\"%s\"}",
                  test->case_id, item_id);
  send (kari);

  /* It is swapped: another one is wanted, and this one comes back. */
  send (geir);
  loan_id = newest (geir, "loan", test->case_id);
  acts_test_must (&geir->acts, geir->acts.coordinator, "request-equipment",
                  "{\"case_id\":\"%s\",\"wanted\":\"oximeter\"}", test->case_id);
  acts_test_must (&geir->acts, geir->acts.coordinator, "return-item",
                  "{\"loan_id\":\"%s\",\"parts_complete\":true,\"cleaned\":false,\"factory_reset\":true,"
                  "\"unpaired\":true}", loan_id);
  send (geir);
  assert_delivery_side_alone (geir);

  send (kari);
  loan = acts_test_load (&kari->acts, "loan", loan_id);
  g_assert_true (forlop_record_has (loan, "returned_on"));
  receiver = newest (kari, "delivery", test->case_id);
  again = acts_test_load (&kari->acts, "delivery", receiver);
  g_assert_cmpstr (forlop_record_get_text (again, "status"), ==, "requested");
  g_assert_nonnull (strstr (forlop_record_get_text (again, "name"), "Haug"));
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
