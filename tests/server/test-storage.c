/* SPDX-License-Identifier: EUPL-1.2 */

/* What both storages promise of transactions, the log, claims and access; run once for each kind. */

#include "storage-test-util.h"

#include <string.h>

#include "forlop-error.h"

#define NOW 1795000000000

static void
a_new_log_is_empty (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint8 zeros[FORLOP_SYNC_HASH_BYTES] = { 0 };
  ForlopServerHead head;
  gint64 to = -1;

  storage_test_begin (storage, FALSE);
  head = storage_test_head (storage);
  g_assert_cmpint (strlen (head.epoch), ==, 32);
  g_assert_cmpint (head.seq, ==, 0);
  g_assert_cmpint (head.safe_seq, ==, 0);
  g_assert_cmpmem (head.log_hash, sizeof zeros, zeros, sizeof zeros);
  rows = storage->funcs->rows_since (storage, storage_test_id (test), 0, NOW, 10, 1000, &to, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rows->len, ==, 0);
  g_assert_cmpint (to, ==, 0);
  storage_test_commit (storage);
}

static void
a_position_follows_the_head_without_a_hole (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  guint8 hash[FORLOP_SYNC_HASH_BYTES] = { 1 };
  guint8 found_hash[FORLOP_SYNC_HASH_BYTES];
  gboolean found = FALSE;
  gint64 at = 0;

  storage_test_begin (storage, TRUE);
  g_assert_cmpint (storage_test_move (storage), ==, 1);
  g_assert_cmpint (storage_test_move (storage), ==, 2);
  g_assert_false (storage->funcs->add_mark (storage, 4, hash, NOW, &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (storage->funcs->add_mark (storage, 2, hash, NOW, &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  g_clear_error (&error);
  storage_test_commit (storage);

  storage_test_begin (storage, TRUE);
  g_assert_true (storage->funcs->add_mark (storage, 3, hash, NOW, &error));
  storage_test_commit (storage);

  storage_test_begin (storage, FALSE);
  g_assert_cmpint (storage_test_head (storage).seq, ==, 3);
  g_assert_cmpmem (storage_test_head (storage).log_hash, sizeof hash, hash, sizeof hash);
  g_assert_true (storage->funcs->get_mark (storage, 3, found_hash, &at, &found, &error));
  g_assert_true (found);
  g_assert_cmpint (at, ==, NOW);
  g_assert_cmpmem (found_hash, sizeof hash, hash, sizeof hash);
  g_assert_true (storage->funcs->get_mark (storage, 4, found_hash, NULL, &found, &error));
  g_assert_false (found);
  storage_test_commit (storage);
}

static void
what_is_committed_is_there_after_opening_again (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (GError) error = NULL;
  const char *id = storage_test_id (test);
  char epoch[33];

  {
    g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);

    storage_test_begin (storage, TRUE);
    g_strlcpy (epoch, storage_test_head (storage).epoch, sizeof epoch);
    storage_test_put (test, storage, "unit", id, "cat", storage_test_move (storage), "{\"name\":\"Øst\"}");
    g_assert_true (storage->funcs->set_safe_seq (storage, 1, &error));
    storage_test_commit (storage);
  }

  {
    g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
    g_autoptr (ForlopSyncRow) row = NULL;

    storage_test_begin (storage, TRUE);
    row = storage_test_row (storage, "unit", id);
    g_assert_cmpstr (row->body, ==, "{\"name\":\"Øst\"}");
    g_assert_cmpint (storage_test_head (storage).seq, ==, 1);
    g_assert_cmpint (storage_test_head (storage).safe_seq, ==, 1);
    g_assert_cmpstr (storage_test_head (storage).epoch, ==, epoch);
    g_assert_true (storage->funcs->set_epoch (storage, "00112233445566778899aabbccddeeff", &error));
    storage_test_commit (storage);
    storage_test_begin (storage, FALSE);
    g_assert_cmpstr (storage_test_head (storage).epoch, ==, "00112233445566778899aabbccddeeff");
    storage_test_commit (storage);
  }
}

static void
rollback_leaves_nothing (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSyncRow) row = NULL;
  g_autofree char *holder = NULL;
  g_autoptr (GPtrArray) accesses = NULL;
  ForlopServerAccess access = { .at = NOW, .client_at = FORLOP_INSTANT_NONE, .action = "opened" };
  const char *id = storage_test_id (test);
  ForlopScopeSum sum;

  storage_test_begin (storage, TRUE);
  storage_test_put (test, storage, "unit", id, "cat", storage_test_move (storage), "{}");
  g_assert_true (storage->funcs->put_claim (storage, "k", "unit", id, &error));
  g_assert_true (storage->funcs->add_access (storage, &access, &error));
  storage->funcs->rollback (storage);

  storage_test_begin (storage, FALSE);
  g_assert_cmpint (storage_test_head (storage).seq, ==, 0);
  row = storage_test_row (storage, "unit", id);
  g_assert_null (row);
  g_assert_true (storage->funcs->find_claim (storage, "k", &holder, &error));
  g_assert_null (holder);
  g_assert_true (storage->funcs->get_sum (storage, "cat", &sum, &error));
  g_assert_cmpint (sum.count, ==, 0);
  accesses = forlop_tenant_storage_list_access (storage, NULL, 0, 10, &error);
  g_assert_cmpint (accesses->len, ==, 0);
  storage_test_commit (storage);

  storage_test_begin (storage, TRUE);
  g_assert_cmpint (storage_test_move (storage), ==, 1);
  storage_test_commit (storage);
}

static void
a_reader_keeps_the_moment_it_began_at (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) writer = storage_test_open (test, 0);
  g_autoptr (ForlopServerStorage) reader = NULL;
  g_autoptr (ForlopSyncRow) before = NULL;
  g_autoptr (ForlopSyncRow) during = NULL;
  g_autoptr (ForlopSyncRow) after = NULL;
  const char *id = storage_test_id (test);

  storage_test_begin (writer, TRUE);
  storage_test_put (test, writer, "unit", id, "cat", storage_test_move (writer), "{\"name\":\"a\"}");
  storage_test_commit (writer);

  reader = storage_test_open_reader (test, 0);
  storage_test_begin (reader, FALSE);
  storage_test_begin (writer, TRUE);
  storage_test_put (test, writer, "unit", id, "cat", storage_test_move (writer), "{\"name\":\"b\"}");
  before = storage_test_row (reader, "unit", id);
  g_assert_cmpstr (before->body, ==, "{\"name\":\"a\"}");
  storage_test_commit (writer);
  during = storage_test_row (reader, "unit", id);
  g_assert_cmpstr (during->body, ==, "{\"name\":\"a\"}");
  g_assert_cmpint (storage_test_head (reader).seq, ==, 1);
  storage_test_commit (reader);

  storage_test_begin (reader, FALSE);
  after = storage_test_row (reader, "unit", id);
  g_assert_cmpstr (after->body, ==, "{\"name\":\"b\"}");
  g_assert_cmpint (storage_test_head (reader).seq, ==, 2);
  storage_test_commit (reader);
}

static void
a_claim_has_one_holder (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  const char *first = storage_test_id (test);
  const char *second = storage_test_id (test);
  g_autofree char *holder = NULL;
  g_autofree char *later = NULL;

  storage_test_begin (storage, TRUE);
  g_assert_true (storage->funcs->put_claim (storage, "loan:1", "loan", first, &error));
  g_assert_true (storage->funcs->put_claim (storage, "loan:2", "loan", first, &error));
  g_assert_true (storage->funcs->put_claim (storage, "serial:1", "item", second, &error));
  storage_test_commit (storage);

  storage_test_begin (storage, TRUE);
  g_assert_true (storage->funcs->find_claim (storage, "loan:1", &holder, &error));
  g_assert_cmpstr (holder, ==, first);
  storage_test_refuse (storage, storage->funcs->put_claim (storage, "loan:1", "loan", second, NULL));

  storage_test_begin (storage, TRUE);
  g_assert_true (storage->funcs->drop_claims (storage, "loan", first, &error));
  g_assert_true (storage->funcs->find_claim (storage, "loan:2", &later, &error));
  g_assert_null (later);
  g_assert_true (storage->funcs->put_claim (storage, "loan:1", "loan", second, &error));
  g_assert_no_error (error);
  g_assert_true (storage->funcs->find_claim (storage, "serial:1", &later, &error));
  g_assert_cmpstr (later, ==, second);
  storage_test_commit (storage);
}

static void
a_receipt_is_given_again (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopServerReceipt) found = NULL;
  g_autoptr (ForlopServerReceipt) none = NULL;
  g_autofree char *body = NULL;
  ForlopServerReceipt receipt = {
    .op_id = (char *) storage_test_id (test), .device_id = (char *) storage_test_id (test), .op_no = 7,
    .user_id = (char *) storage_test_id (test), .hash = (char *) "abc", .status = (char *) "applied",
    .result = (char *) "{\"code\":null}", .seq = 1,
  };

  storage_test_begin (storage, TRUE);
  g_assert_true (storage->funcs->put_receipt (storage, &receipt, &error));
  g_assert_true (storage->funcs->put_changeset (storage, 1, "{\"act\":\"å\"}", &error));
  g_assert_no_error (error);
  storage_test_commit (storage);

  storage_test_begin (storage, TRUE);
  g_assert_true (storage->funcs->get_receipt (storage, receipt.op_id, &found, &error));
  g_assert_cmpstr (found->op_id, ==, receipt.op_id);
  g_assert_cmpstr (found->device_id, ==, receipt.device_id);
  g_assert_cmpint (found->op_no, ==, 7);
  g_assert_cmpstr (found->user_id, ==, receipt.user_id);
  g_assert_cmpstr (found->hash, ==, "abc");
  g_assert_cmpstr (found->status, ==, "applied");
  g_assert_cmpstr (found->result, ==, "{\"code\":null}");
  g_assert_cmpint (found->seq, ==, 1);
  g_assert_true (storage->funcs->get_receipt (storage, storage_test_id (test), &none, &error));
  g_assert_null (none);
  g_assert_true (storage->funcs->get_changeset (storage, receipt.op_id, &body, &error));
  g_assert_cmpstr (body, ==, "{\"act\":\"å\"}");
  storage_test_refuse (storage, storage->funcs->put_receipt (storage, &receipt, NULL));
}

static void
a_device_is_kept_with_its_last_number (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopServerDevice) found = NULL;
  g_autoptr (ForlopServerDevice) none = NULL;
  g_autoptr (GPtrArray) devices = NULL;
  ForlopServerDevice device = { (char *) storage_test_id (test), (char *) storage_test_id (test), 3,
                                (char *) "active" };
  ForlopServerDevice other = { (char *) storage_test_id (test), device.user_id, 0, (char *) "wiped" };

  storage_test_begin (storage, TRUE);
  g_assert_true (storage->funcs->get_device (storage, device.id, &none, &error));
  g_assert_null (none);
  g_assert_true (storage->funcs->put_device (storage, &device, NOW, &error));
  g_assert_true (storage->funcs->put_device (storage, &other, NOW, &error));
  device.last_op_no = 4;
  device.state = (char *) "blocked";
  g_assert_true (storage->funcs->put_device (storage, &device, NOW + 1, &error));
  storage_test_commit (storage);

  storage_test_begin (storage, FALSE);
  g_assert_true (storage->funcs->get_device (storage, device.id, &found, &error));
  g_assert_cmpstr (found->user_id, ==, device.user_id);
  g_assert_cmpint (found->last_op_no, ==, 4);
  g_assert_cmpstr (found->state, ==, "blocked");
  devices = storage->funcs->list_devices (storage, &error);
  g_assert_cmpint (devices->len, ==, 2);
  storage_test_commit (storage);
}

static void
an_alias_stands_for_a_tag (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  const char *id = storage_test_id (test);
  const char *tag = storage_test_id (test);
  const char *present = storage_test_id (test);
  gboolean found = FALSE;

  storage_test_begin (storage, TRUE);
  g_assert_true (storage->funcs->put_alias (storage, "task", id, "title", tag, present, &error));
  g_assert_true (storage->funcs->put_alias (storage, "task", id, "title", tag, present, &error));
  g_assert_true (storage->funcs->has_alias (storage, "task", id, "title", tag, present, &found, &error));
  g_assert_true (found);
  g_assert_true (storage->funcs->has_alias (storage, "task", id, "title", present, tag, &found, &error));
  g_assert_false (found);
  g_assert_true (storage->funcs->has_alias (storage, "task", id, "status", tag, present, &found, &error));
  g_assert_false (found);
  storage_test_commit (storage);
}

static void
a_rule_is_found_by_scope_and_by_function (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  const char *unit = storage_test_id (test);
  ForlopServerRule own = { (char *) "c:1", (char *) "nurse", (char *) unit, (char *) "TREAT" };
  ForlopServerRule any = { (char *) "cat", (char *) "nurse", (char *) "", (char *) "ADM" };
  ForlopServerRule other = { (char *) "c:1", (char *) "leader", (char *) unit, (char *) "TREAT" };
  g_autoptr (GPtrArray) of_scope = NULL;
  g_autoptr (GPtrArray) of_function = NULL;
  g_autoptr (GPtrArray) elsewhere = NULL;
  g_autoptr (GPtrArray) left = NULL;

  storage_test_begin (storage, TRUE);
  g_assert_true (storage->funcs->put_rule (storage, &own, &error));
  g_assert_true (storage->funcs->put_rule (storage, &own, &error));
  g_assert_true (storage->funcs->put_rule (storage, &any, &error));
  g_assert_true (storage->funcs->put_rule (storage, &other, &error));
  of_scope = storage->funcs->list_rules (storage, "c:1", &error);
  g_assert_cmpint (of_scope->len, ==, 2);
  of_function = storage->funcs->list_rules_for (storage, "nurse", unit, &error);
  g_assert_cmpint (of_function->len, ==, 2);
  g_assert_cmpstr (((ForlopServerRule *) g_ptr_array_index (of_function, 0))->scope, ==, "c:1");
  g_assert_cmpstr (((ForlopServerRule *) g_ptr_array_index (of_function, 0))->unit_id, ==, unit);
  g_assert_cmpstr (((ForlopServerRule *) g_ptr_array_index (of_function, 1))->unit_id, ==, "");
  g_assert_cmpstr (((ForlopServerRule *) g_ptr_array_index (of_function, 1))->basis, ==, "ADM");
  elsewhere = storage->funcs->list_rules_for (storage, "nurse", storage_test_id (test), &error);
  g_assert_cmpint (elsewhere->len, ==, 1);
  g_assert_true (storage->funcs->drop_rule (storage, &own, &error));
  g_assert_true (storage->funcs->drop_rule (storage, &any, &error));
  left = storage->funcs->list_rules_for (storage, "nurse", unit, &error);
  g_assert_cmpint (left->len, ==, 0);
  g_assert_no_error (error);
  storage_test_commit (storage);
}

static void
grants_are_listed_from_a_position (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  const char *user = storage_test_id (test);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) later = NULL;
  g_autoptr (ForlopServerGrant) grant = NULL;
  g_autoptr (ForlopServerGrant) none = NULL;

  storage_test_begin (storage, TRUE);
  storage_test_grant (storage, user, "c:1", TRUE, FORLOP_INSTANT_NONE, storage_test_move (storage));
  storage_test_grant (storage, user, "c:2", TRUE, NOW + 5, storage_test_move (storage));
  storage_test_grant (storage, user, "c:1", FALSE, FORLOP_INSTANT_NONE, storage_test_move (storage));
  storage_test_grant (storage, storage_test_id (test), "c:1", TRUE, FORLOP_INSTANT_NONE, 3);
  storage_test_commit (storage);

  storage_test_begin (storage, FALSE);
  all = storage->funcs->list_grants (storage, user, 0, &error);
  g_assert_cmpint (all->len, ==, 2);
  g_assert_cmpstr (((ForlopServerGrant *) g_ptr_array_index (all, 0))->scope, ==, "c:2");
  later = storage->funcs->list_grants (storage, user, 2, &error);
  g_assert_cmpint (later->len, ==, 1);
  g_assert_false (((ForlopServerGrant *) g_ptr_array_index (later, 0))->active);
  g_assert_true (storage->funcs->get_grant (storage, user, "c:2", &grant, &error));
  g_assert_cmpint (grant->valid_to, ==, NOW + 5);
  g_assert_cmpint (grant->seq, ==, 2);
  g_assert_cmpint (grant->gen, ==, 1);
  g_assert_cmpstr (grant->basis, ==, "TREAT");
  g_assert_true (storage->funcs->get_grant (storage, user, "c:3", &none, &error));
  g_assert_null (none);
  storage_test_commit (storage);
}

static void
add_access (StorageTest         *test,
            ForlopServerStorage *storage,
            const char          *scope)
{
  g_autoptr (GError) error = NULL;
  ForlopServerAccess access = {
    .at = NOW, .client_at = FORLOP_INSTANT_NONE, .user_id = storage_test_id (test), .role = "nurse",
    .unit_id = "", .device_id = storage_test_id (test), .scope = scope, .kinds = "task alert",
    .action = "delivered", .reason = NULL, .request_id = "r1", .result = "ok",
  };

  g_assert_true (storage->funcs->add_access (storage, &access, &error));
  g_assert_no_error (error);
}

static void
the_access_log_is_a_chain (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) of_scope = NULL;
  const ForlopServerAccessRow *second;
  gint64 n_access = 0;
  gint64 n_marks = 0;

  for (unsigned int i = 0; i < 3; i++)
    {
      storage_test_begin (storage, TRUE);
      storage_test_move (storage);
      add_access (test, storage, "c:1");
      add_access (test, storage, "c:2");
      storage_test_commit (storage);
    }

  g_assert_true (forlop_tenant_storage_verify (storage, &n_access, &n_marks, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_access, ==, 6);
  g_assert_cmpint (n_marks, ==, 3);

  storage_test_begin (storage, FALSE);
  of_scope = forlop_tenant_storage_list_access (storage, "c:2", 2, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpint (of_scope->len, ==, 2);
  second = g_ptr_array_index (of_scope, 1);
  g_assert_cmpint (second->n, ==, 6);
  g_assert_cmpstr (second->access.scope, ==, "c:2");
  g_assert_cmpstr (second->access.kinds, ==, "task alert");
  g_assert_cmpstr (second->access.role, ==, "nurse");
  g_assert_null (second->access.unit_id);
  g_assert_null (second->access.reason);
  g_assert_cmpint (second->access.client_at, ==, FORLOP_INSTANT_NONE);
  storage_test_commit (storage);
}

/* @sql: what somebody does behind the server's back. */
static void
tampering_is_noticed (gconstpointer sql)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  gint64 n_access, n_marks;

  for (unsigned int i = 0; i < 4; i++)
    {
      storage_test_begin (storage, TRUE);
      storage_test_move (storage);
      add_access (test, storage, "c:1");
      storage_test_commit (storage);
    }
  g_clear_pointer (&storage, forlop_server_storage_free);

  storage_test_tamper (test, sql);
  storage = storage_test_open (test, 0);
  g_assert_false (forlop_tenant_storage_verify (storage, &n_access, &n_marks, &error));
  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_CONFLICT);
}

static void
unsent_work_is_kept_for_the_leader (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) storage = storage_test_open (test, 0);
  g_autoptr (GError) error = NULL;
  const char *op_id = storage_test_id (test);

  storage_test_begin (storage, TRUE);
  g_assert_true (storage->funcs->put_tray (storage, storage_test_move (storage), op_id,
                                           storage_test_id (test), storage_test_id (test), "{}", NOW, &error));
  g_assert_true (storage->funcs->put_tray (storage, 1, storage_test_id (test), storage_test_id (test), NULL,
                                           "{}", NOW, &error));
  g_assert_no_error (error);
  storage_test_refuse (storage, storage->funcs->put_tray (storage, 1, op_id, storage_test_id (test), NULL,
                                                          "{}", NOW, NULL));
}

static void
one_municipality_sees_nothing_of_another (void)
{
  g_autoptr (StorageTest) test = storage_test_new ();
  g_autoptr (ForlopServerStorage) skien = storage_test_open (test, 0);
  g_autoptr (ForlopServerStorage) bamble = storage_test_open (test, 1);
  g_autoptr (GError) error = NULL;
  const char *id = storage_test_id (test);
  const char *user = storage_test_id (test);
  g_autoptr (ForlopSyncRow) row = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *holder = NULL;
  char epoch[33];

  storage_test_begin (skien, TRUE);
  storage_test_grant (skien, user, "cat", TRUE, FORLOP_INSTANT_NONE, 1);
  storage_test_put (test, skien, "unit", id, "cat", storage_test_move (skien), "{}");
  g_assert_true (skien->funcs->put_claim (skien, "serial:1", "item", id, &error));
  g_strlcpy (epoch, storage_test_head (skien).epoch, sizeof epoch);
  storage_test_commit (skien);

  storage_test_begin (bamble, TRUE);
  g_assert_cmpint (storage_test_head (bamble).seq, ==, 0);
  g_assert_cmpstr (storage_test_head (bamble).epoch, !=, epoch);
  row = storage_test_row (bamble, "unit", id);
  g_assert_null (row);
  g_assert_true (bamble->funcs->find_claim (bamble, "serial:1", &holder, &error));
  g_assert_null (holder);
  rows = bamble->funcs->list_type (bamble, forlop_record_type_find ("unit"), &error);
  g_assert_cmpint (rows->len, ==, 0);
  storage_test_grant (bamble, user, "cat", TRUE, FORLOP_INSTANT_NONE, 1);
  storage_test_put (test, bamble, "unit", id, "cat", storage_test_move (bamble), "{\"name\":\"Bamble\"}");
  g_assert_true (bamble->funcs->put_claim (bamble, "serial:1", "item", id, &error));
  g_assert_no_error (error);
  storage_test_commit (bamble);

  storage_test_begin (skien, FALSE);
  row = storage_test_row (skien, "unit", id);
  g_assert_cmpstr (row->body, ==, "{}");
  storage_test_commit (skien);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/storage/a-new-log-is-empty", a_new_log_is_empty);
  g_test_add_func ("/storage/a-position-follows-the-head-without-a-hole",
                   a_position_follows_the_head_without_a_hole);
  g_test_add_func ("/storage/what-is-committed-is-there-after-opening-again",
                   what_is_committed_is_there_after_opening_again);
  g_test_add_func ("/storage/rollback-leaves-nothing", rollback_leaves_nothing);
  g_test_add_func ("/storage/a-reader-keeps-the-moment-it-began-at", a_reader_keeps_the_moment_it_began_at);
  g_test_add_func ("/storage/a-claim-has-one-holder", a_claim_has_one_holder);
  g_test_add_func ("/storage/a-receipt-is-given-again", a_receipt_is_given_again);
  g_test_add_func ("/storage/a-device-is-kept-with-its-last-number", a_device_is_kept_with_its_last_number);
  g_test_add_func ("/storage/an-alias-stands-for-a-tag", an_alias_stands_for_a_tag);
  g_test_add_func ("/storage/a-rule-is-found-by-scope-and-by-function",
                   a_rule_is_found_by_scope_and_by_function);
  g_test_add_func ("/storage/grants-are-listed-from-a-position", grants_are_listed_from_a_position);
  g_test_add_func ("/storage/the-access-log-is-a-chain", the_access_log_is_a_chain);
  g_test_add_data_func ("/storage/a-changed-access-row-is-noticed",
                        "UPDATE access_log SET action = 'x' WHERE n = 2", tampering_is_noticed);
  g_test_add_data_func ("/storage/a-removed-access-row-is-noticed",
                        "DELETE FROM access_log WHERE n = 3", tampering_is_noticed);
  g_test_add_data_func ("/storage/a-cut-off-access-log-is-noticed",
                        "DELETE FROM access_log WHERE n = 4", tampering_is_noticed);
  g_test_add_data_func ("/storage/a-hole-in-the-log-is-noticed",
                        "DELETE FROM commit_mark WHERE seq = 2", tampering_is_noticed);
  g_test_add_data_func ("/storage/a-cut-off-log-is-noticed",
                        "DELETE FROM commit_mark WHERE seq = 4", tampering_is_noticed);
  g_test_add_data_func ("/storage/a-changed-receipt-is-noticed",
                        "UPDATE receipt SET status = 'rejected' WHERE seq = 2", tampering_is_noticed);
  g_test_add_data_func ("/storage/a-removed-receipt-is-noticed",
                        "DELETE FROM receipt WHERE seq = 1", tampering_is_noticed);
  g_test_add_data_func ("/storage/a-changed-changeset-is-noticed",
                        "UPDATE changeset SET body = '{}' WHERE seq = 3", tampering_is_noticed);
  g_test_add_func ("/storage/unsent-work-is-kept-for-the-leader", unsent_work_is_kept_for_the_leader);
  g_test_add_func ("/storage/one-municipality-sees-nothing-of-another",
                   one_municipality_sees_nothing_of_another);

  return g_test_run ();
}
