/* SPDX-License-Identifier: EUPL-1.2 */

/* Attachments over real HTTP: between two machines, and by the wrong user with raw requests. The citizen
 * belongs to Kari's zone; Siri's office handles the case; nobody else has anything to do with it. */

#include "machine-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-changeset-store.h"
#include "forlop-json.h"
#include "forlop-refresh-store.h"
#include "forlop-store.h"
#include "forlop-store-error.h"
#include "forlop-tenant-import.h"
#include "forlop-tenant-storage.h"
#include "forlop-transaction.h"

/* Two whole parts and some more. */
#define LARGE (2 * FORLOP_SYNC_PART_BYTES + 4711)

static GBytes *
make_file (gsize   length,
           guint32 seed)
{
  guint8 *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    {
      seed = seed * 1664525 + 1013904223;
      bytes[i] = (guint8) (seed >> 24);
    }

  return g_bytes_new_take (bytes, length);
}

static void
apply (Machine         *self,
       ForlopChangeset *changeset)
{
  gint64 now = forlop_clock_now (self->test->acts->clock);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTransaction) transaction = forlop_transaction_begin (self->connection, &error);

  forlop_changeset_stamp (changeset);
  g_assert_true (
    forlop_changeset_store_apply (self->connection, changeset, self->test->citizen_id, NULL, &error) &&
    forlop_refresh_store_after (self->connection, changeset, now, &error) &&
    forlop_transaction_commit (transaction, &error));
  g_assert_no_error (error);
}

/* As Kari: puts the file beside the store and attaches it. Returns the document. */
static ForlopRecord *
attach (Machine *self,
        GBytes  *file)
{
  gint64 now = forlop_clock_now (self->test->acts->clock);
  g_autoptr (GError) error = NULL;
  g_autofree char *op_id = forlop_id_source_next (self->test->acts->ids, now);
  g_autofree char *id = forlop_id_source_next (self->test->acts->ids, now);
  g_autoptr (ForlopActor) actor =
    forlop_actor_new (self->session->user_id, "resource_person", self->test->acts->zone);
  g_autoptr (ForlopChangeset) changeset = forlop_changeset_new (op_id, "attach-document", actor, now);
  ForlopRecord *document = forlop_changeset_make (changeset, "document", id);
  g_autofree char *hash = forlop_blob_store_put (self->blobs, file, &error);

  g_assert_no_error (error);
  forlop_record_set_text (document, "citizen_id", self->test->citizen_id);
  forlop_record_set_text (document, "kind", "other");
  forlop_record_set_text (document, "title", "Epikrise");
  forlop_record_set_text (document, "content", hash);
  forlop_record_set_text (document, "media_type", "application/pdf");
  forlop_record_set_instant (document, "added_at", now);
  forlop_record_set_text (document, "added_by", self->session->user_id);
  apply (self, changeset);

  return g_object_ref (document);
}

static void
take_back (Machine      *self,
           ForlopRecord *document)
{
  gint64 now = forlop_clock_now (self->test->acts->clock);
  g_autofree char *op_id = forlop_id_source_next (self->test->acts->ids, now);
  g_autoptr (ForlopActor) actor =
    forlop_actor_new (self->session->user_id, "resource_person", self->test->acts->zone);
  g_autoptr (ForlopChangeset) changeset = forlop_changeset_new (op_id, "undo", actor, now);

  forlop_changeset_delete (changeset, document);
  apply (self, changeset);
}

static gboolean
has_file (Machine      *self,
          ForlopRecord *document,
          GBytes       *file)
{
  g_autoptr (GBytes) contents =
    forlop_blob_store_get (self->blobs, forlop_record_get_text (document, "content"), NULL);

  return contents != NULL && g_bytes_equal (contents, file);
}

static void
a_document_of_one_machine_is_opened_on_another (HttpTest *test)
{
  g_autoptr (Machine) kari = machine_new (test, "kari", NULL);
  g_autoptr (Machine) siri = machine_new (test, "siri", NULL);
  g_autoptr (GBytes) large = make_file (LARGE, 1);
  g_autoptr (GBytes) small = make_file (100, 2);
  g_autoptr (GBytes) empty = make_file (0, 3);
  g_autoptr (ForlopRecord) first = NULL;
  g_autoptr (ForlopRecord) second = NULL;
  g_autoptr (ForlopRecord) third = NULL;

  machine_catch_up (kari);
  first = attach (kari, large);
  second = attach (kari, small);
  third = attach (kari, empty);
  /* The text is there before the file. */
  forlop_sync_client_poke (kari->client, 0);
  machine_take_turns (kari, FORLOP_SYNC_REQUEST_PUT);
  machine_catch_up (siri);
  g_assert_false (has_file (siri, first, large));
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) contents = forlop_store_blobs_get (
      siri->connection, siri->blobs, forlop_record_get_text (first, "content"), &error);

    g_assert_null (contents);
    g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_BLOB_NOT_COME);
    g_assert_nonnull (strstr (error->message, "not yet come"));
    g_assert_nonnull (strstr (error->message, "fetched by itself"));
  }
  g_assert_cmpint (forlop_sync_client_get_standing (kari->client), ==, FORLOP_SYNC_WORKING);

  machine_catch_up (kari);
  machine_catch_up (siri);
  g_assert_true (has_file (siri, first, large));
  g_assert_true (has_file (siri, second, small));
  g_assert_true (has_file (siri, third, empty));

  /* Taken back, it is nowhere any more. */
  take_back (kari, first);
  machine_catch_up (kari);
  machine_catch_up (siri);
  g_assert_false (has_file (siri, first, large));
  g_assert_false (has_file (kari, first, large));
  g_assert_true (has_file (siri, second, small));
}

static void
a_file_goes_on_where_it_was_stopped (HttpTest *test)
{
  g_autoptr (Machine) kari = machine_new (test, "kari", NULL);
  g_autoptr (Machine) siri = machine_new (test, "siri", NULL);
  g_autoptr (GBytes) large = make_file (LARGE, 4);
  g_autoptr (ForlopRecord) document = NULL;

  machine_catch_up (kari);
  document = attach (kari, large);
  forlop_sync_client_poke (kari->client, 0);
  machine_take_turns (kari, FORLOP_SYNC_REQUEST_PUT);
  machine_restart (kari);
  machine_take_turns (kari, FORLOP_SYNC_REQUEST_ASK);
  /* One of three parts was there. */
  g_assert_cmpuint (machine_take_turns (kari, -1), ==, 2);

  machine_take_turns (siri, FORLOP_SYNC_REQUEST_GET);
  machine_restart (siri);
  machine_catch_up (siri);
  g_assert_true (has_file (siri, document, large));
}

typedef struct {
  ForlopServerStorage *storage;
  ForlopRecord *document;
} Loss;

/* The server is put back from a copy that was made before the file came. */
static gpointer
lose_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  const Loss *loss = user_data;
  const ForlopServerStorageFuncs *funcs = loss->storage->funcs;

  return funcs->begin (loss->storage, TRUE, error) &&
         funcs->drop_contents (loss->storage, "document", forlop_record_get_id (loss->document), NULL, error) &&
         funcs->set_epoch (loss->storage, "0123456789abcdef0123456789abcdef", error) &&
         funcs->commit (loss->storage, error)
           ? user_data : NULL;
}

static void
a_file_that_a_restore_lost_comes_back (HttpTest *test)
{
  ForlopTenant *tenant = forlop_tenants_find (test->tenants, "skien");
  g_autoptr (Machine) kari = machine_new (test, "kari", NULL);
  g_autoptr (Machine) siri = machine_new (test, "siri", NULL);
  g_autoptr (Machine) later = NULL;
  g_autoptr (GBytes) large = make_file (LARGE, 12);
  g_autoptr (ForlopRecord) document = NULL;
  g_autoptr (GError) error = NULL;
  Loss loss = { tenant->storage, NULL };

  machine_catch_up (kari);
  document = loss.document = attach (kari, large);
  machine_catch_up (kari);
  machine_catch_up (siri);
  g_assert_true (has_file (siri, document, large));
  g_assert_nonnull (forlop_worker_run_sync (tenant->worker, lose_on_worker, &loss, NULL, &error));
  g_assert_no_error (error);

  /* Not from the machine that attached it: from any that has it. */
  machine_catch_up (siri);
  later = machine_new (test, "kari", "kari-later");
  machine_catch_up (later);
  g_assert_true (has_file (later, document, large));
  machine_catch_up (kari);
  g_assert_true (has_file (kari, document, large));
}

static gboolean
has_any_file (Machine *self)
{
  g_autoptr (GDir) folder = g_dir_open (forlop_blob_store_get_folder (self->blobs), 0, NULL);
  const char *prefix;

  while (folder != NULL && (prefix = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (forlop_blob_store_get_folder (self->blobs), prefix, NULL);
      g_autoptr (GDir) files = g_dir_open (path, 0, NULL);

      if (files != NULL && g_dir_read_name (files) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Emergency access is over after four hours, and nothing of it stays on the disk. */
static void
what_was_opened_in_an_emergency_goes_with_it (HttpTest *test)
{
  g_autoptr (Machine) kari = machine_new (test, "kari", NULL);
  g_autoptr (Machine) ola = machine_new (test, "ola", NULL);
  g_autoptr (GBytes) file = make_file (5000, 5);
  g_autoptr (ForlopRecord) document = NULL;
  g_autofree char *plea = g_strdup_printf ("{\"citizen_id\":\"%s\",\"reason\":\"Funnet bevisstløs på gata\"}",
                                           test->citizen_id);

  machine_catch_up (kari);
  document = attach (kari, file);
  machine_catch_up (kari);
  machine_catch_up (ola);
  g_assert_false (has_any_file (ola));
  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", ola->session->access, plea);
  machine_catch_up (ola);
  g_assert_true (has_file (ola, document, file));

  forlop_clock_set (test->acts->clock, forlop_clock_now (test->acts->clock) + 5 * FORLOP_HOUR);
  http_session_free (ola->session);
  ola->session = http_test_sign_in (test, "skien", "ola");
  forlop_sync_client_wake (ola->client);
  machine_catch_up (ola);
  g_assert_false (has_any_file (ola));
}

/* What is raw about it: the name of the contents, and how long they are said to be. */
typedef struct {
  ForlopRecord *document;
  const char *hash;
  gint64 length;
} Raw;

static char *
put_body (HttpTest   *test,
          const Raw  *raw,
          gint64      offset,
          GBytes     *part)
{
  g_autofree char *data = g_base64_encode (g_bytes_get_data (part, NULL), g_bytes_get_size (part));

  return g_strdup_printf ("{\"epoch\":\"%s\",\"type\":\"document\",\"id\":\"%s\",\"field\":\"content\",\"hash\":\"%s\","
                          "\"length\":%" G_GINT64_FORMAT ",\"offset\":%" G_GINT64_FORMAT ",\"data\":\"%s\"}",
                          test->epoch, forlop_record_get_id (raw->document), raw->hash, raw->length, offset, data);
}

static char *
get_body (HttpTest  *test,
          const Raw *raw)
{
  return g_strdup_printf ("{\"epoch\":\"%s\",\"type\":\"document\",\"id\":\"%s\",\"field\":\"content\","
                          "\"hash\":\"%s\",\"offset\":0}", test->epoch, forlop_record_get_id (raw->document), raw->hash);
}

static char *
ask_body (HttpTest  *test,
          const Raw *raw)
{
  return g_strdup_printf ("{\"epoch\":\"%s\",\"contents\":[{\"type\":\"document\",\"id\":\"%s\",\"field\":\"content\","
                          "\"hash\":\"%s\"}]}", test->epoch, forlop_record_get_id (raw->document), raw->hash);
}

/* Only the changeset is sent, not the file. */
static ForlopRecord *
attach_without_file (Machine *self,
                     GBytes  *file)
{
  ForlopRecord *document;

  machine_catch_up (self);
  document = attach (self, file);
  forlop_sync_client_poke (self->client, 0);
  machine_take_turns (self, FORLOP_SYNC_REQUEST_PUSH);

  return document;
}

static void
put (HttpTest    *test,
     HttpSession *session,
     const Raw   *raw,
     gint64       offset,
     GBytes      *part,
     int          status,
     const char  *expected)
{
  g_autofree char *body = put_body (test, raw, offset, part);
  g_autoptr (HttpResult) result =
    http_test_expect (test, status, "POST", "/v1/contents/put", session->access, body);

  if (strstr (result->body, expected) == NULL)
    g_error ("%s instead of %s", result->body, expected);
}

/* What a machine has registered before there was a server comes with its files. */
static void
an_import_brings_the_files (HttpTest *test)
{
  g_autoptr (Machine) kari = machine_new (test, "kari", NULL);
  ForlopTenant *tenant = forlop_tenants_find (test->tenants, "skien");
  g_autofree char *folder = g_strconcat (test->acts->path, ".blobs", NULL);
  g_autoptr (GError) error = NULL;
  Machine old = {
    .test = test, .session = kari->session,
    .connection = forlop_connection_open (test->acts->path, test->acts->key, FORLOP_CONNECTION_WRITER, &error),
    .blobs = forlop_blob_store_new (folder, test->acts->key),
  };
  g_autoptr (GBytes) file = make_file (LARGE, 11);
  g_autoptr (ForlopRecord) document = attach (&old, file);
  g_autoptr (ForlopImportReport) report = NULL;

  forlop_connection_close (old.connection);
  g_object_unref (old.connection);
  g_object_unref (old.blobs);
  report = forlop_tenant_import (tenant, test->acts->path, test->acts->key, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_refused, ==, 0);
  machine_catch_up (kari);
  g_assert_true (has_file (kari, document, file));
}

static void
parts_are_taken_in_order_and_checked (HttpTest *test)
{
  g_autoptr (Machine) kari = machine_new (test, "kari", NULL);
  g_autoptr (GBytes) file = make_file (LARGE, 6);
  g_autoptr (GBytes) wrong = make_file (LARGE, 7);
  g_autoptr (GBytes) one = g_bytes_new_from_bytes (file, 0, FORLOP_SYNC_PART_BYTES);
  g_autoptr (GBytes) two = g_bytes_new_from_bytes (file, FORLOP_SYNC_PART_BYTES, FORLOP_SYNC_PART_BYTES);
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (file, 2 * FORLOP_SYNC_PART_BYTES, 4711);
  g_autoptr (GBytes) wrong_rest = g_bytes_new_from_bytes (wrong, 2 * FORLOP_SYNC_PART_BYTES, 4711);
  g_autoptr (GBytes) few = g_bytes_new_from_bytes (file, 0, 100);
  g_autoptr (ForlopRecord) document = attach_without_file (kari, file);
  Raw raw = { document, forlop_record_get_text (document, "content"), LARGE };
  Raw huge = { document, raw.hash, (gint64) FORLOP_SYNC_CONTENTS_BYTES + 1 };
  Raw shorter = { document, raw.hash, LARGE - 1 };
  Raw other = { document, "0000000000000000000000000000000000000000000000000000000000000000", LARGE };
  HttpSession *session = kari->session;
  g_autofree char *get = get_body (test, &raw);
  g_autofree char *ask = ask_body (test, &raw);
  g_autoptr (HttpResult) asked = NULL;

  http_test_must (test, 404, "not_come", "POST", "/v1/contents/get", session->access, get);
  put (test, session, &raw, FORLOP_SYNC_PART_BYTES, two, 200, "{\"have\":0,\"complete\":false}");
  put (test, session, &raw, 0, few, 400, "malformed");
  put (test, session, &raw, 100, one, 400, "malformed");
  put (test, session, &raw, -FORLOP_SYNC_PART_BYTES, one, 400, "malformed");
  put (test, session, &huge, 0, one, 413, "too_large");
  put (test, session, &other, 0, one, 404, "not_found");
  put (test, session, &raw, 0, one, 200, "{\"have\":1048576,\"complete\":false}");
  put (test, session, &raw, 0, one, 200, "{\"have\":1048576,\"complete\":false}");
  put (test, session, &raw, FORLOP_SYNC_PART_BYTES, two, 200, "{\"have\":2097152,\"complete\":false}");
  http_test_must (test, 404, "not_come", "POST", "/v1/contents/get", session->access, get);
  asked = http_test_expect (test, 200, "POST", "/v1/contents/ask", session->access, ask);
  g_assert_cmpstr (asked->body, ==, "{\"contents\":[{\"named\":true,\"length\":2101863,\"have\":2097152}]}");

  /* The last part is another's: all of it is thrown away, and begun again. */
  put (test, session, &raw, 2 * FORLOP_SYNC_PART_BYTES, wrong_rest, 422, "wrong_contents");
  put (test, session, &raw, 2 * FORLOP_SYNC_PART_BYTES, rest, 200, "{\"have\":0,\"complete\":false}");
  put (test, session, &shorter, 0, one, 200, "{\"have\":1048576,\"complete\":false}");
  put (test, session, &raw, 0, one, 200, "{\"have\":1048576,\"complete\":false}");
  put (test, session, &raw, FORLOP_SYNC_PART_BYTES, two, 200, "{\"have\":2097152,\"complete\":false}");
  put (test, session, &raw, 2 * FORLOP_SYNC_PART_BYTES, rest, 200, "{\"have\":2101863,\"complete\":true}");
  put (test, session, &raw, 0, one, 200, "{\"have\":2101863,\"complete\":true}");
  http_test_must (test, 200, NULL, "POST", "/v1/contents/get", session->access, get);
}

typedef struct {
  ForlopTenant *tenant;
  const char *user_id;
  unsigned int n;
} Deliveries;

static gpointer
count_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error)
{
  Deliveries *self = user_data;
  ForlopServerStorage *storage = self->tenant->storage;
  g_autoptr (GPtrArray) rows = NULL;

  if (!storage->funcs->begin (storage, FALSE, error))
    return NULL;
  rows = forlop_tenant_storage_list_access (storage, NULL, 0, 100000, error);
  storage->funcs->rollback (storage);
  for (unsigned int i = 0; i < rows->len; i++)
    {
      const ForlopServerAccess *access = &((ForlopServerAccessRow *) g_ptr_array_index (rows, i))->access;

      if (g_str_equal (access->action, "delivered") && g_strcmp0 (access->result, "contents") == 0 &&
          g_strcmp0 (access->kinds, "document") == 0 && g_strcmp0 (access->user_id, self->user_id) == 0)
        self->n++;
    }

  return self;
}

static unsigned int
count_deliveries (HttpTest   *test,
                  const char *user_id)
{
  g_autoptr (GError) error = NULL;
  Deliveries self = { forlop_tenants_find (test->tenants, "skien"), user_id, 0 };

  g_assert_nonnull (forlop_worker_run_sync (self.tenant->worker, count_on_worker, &self, NULL, &error));
  g_assert_no_error (error);

  return self.n;
}

/* Whoever knows the record and the hash gets no further with them than who made them up. */
static void
nobody_else_gets_at_a_file (HttpTest *test)
{
  static const char *const names[] = { "tor", "ola", "geir", "liv", "per", "mona" };
  g_autoptr (Machine) kari = machine_new (test, "kari", NULL);
  g_autoptr (GBytes) file = make_file (3000, 8);
  g_autoptr (GBytes) secret = make_file (3000, 9);
  g_autoptr (ForlopRecord) document = attach_without_file (kari, file);
  g_autoptr (ForlopRecord) unsent = attach (kari, secret);
  Raw raw = { document, forlop_record_get_text (document, "content"), 3000 };
  Raw unknown = { unsent, forlop_record_get_text (unsent, "content"), 3000 };
  g_autofree char *get = get_body (test, &raw);
  g_autofree char *get_unknown = get_body (test, &unknown);
  g_autofree char *ask = ask_body (test, &raw);
  g_autofree char *body = put_body (test, &raw, 0, file);
  g_autoptr (HttpSession) bamble = NULL;

  put (test, kari->session, &unknown, 0, secret, 404, "not_found");
  for (unsigned int i = 0; i < 2 * G_N_ELEMENTS (names); i++)
    {
      g_autoptr (HttpSession) session = http_test_sign_in (test, "skien", names[i % G_N_ELEMENTS (names)]);
      g_autoptr (HttpResult) refused =
        http_test_expect (test, 404, "POST", "/v1/contents/get", session->access, get);
      g_autoptr (HttpResult) nowhere =
        http_test_expect (test, 404, "POST", "/v1/contents/get", session->access, get_unknown);
      g_autoptr (HttpResult) told =
        http_test_expect (test, 200, "POST", "/v1/contents/ask", session->access, ask);

      g_assert_cmpstr (refused->body, ==, nowhere->body);
      g_assert_cmpstr (told->body, ==, "{\"contents\":[{\"named\":false}]}");
      put (test, session, &raw, 0, file, 404, "not_found");
      g_assert_cmpuint (count_deliveries (test, session->user_id), ==, 0);
      /* The second time with the file there. */
      if (i == G_N_ELEMENTS (names) - 1)
        put (test, kari->session, &raw, 0, file, 200, "\"complete\":true");
    }
  http_test_must (test, 401, "not_signed_in", "POST", "/v1/contents/get", NULL, get);
  http_test_must (test, 401, "not_signed_in", "POST", "/v1/contents/put", NULL, body);
  bamble = http_test_sign_in (test, "bamble", "kari");
  http_test_must (test, 410, "resync", "POST", "/v1/contents/get", bamble->access, get);

  g_assert_cmpuint (count_deliveries (test, kari->session->user_id), ==, 0);
  http_test_must (test, 200, NULL, "POST", "/v1/contents/get", kari->session->access, get);
  g_assert_cmpuint (count_deliveries (test, kari->session->user_id), ==, 1);
}

/* Who has lost the citizen may not fetch; what he added to the record while it was his still comes. */
static void
who_has_lost_the_record_may_send_and_not_fetch (HttpTest *test)
{
  g_autoptr (Machine) kari = machine_new (test, "kari", NULL);
  g_autoptr (GBytes) file = make_file (3000, 10);
  g_autofree char *plea = g_strdup_printf ("{\"citizen_id\":\"%s\",\"reason\":\"Funnet bevisstløs på gata\"}",
                                           test->citizen_id);
  g_autoptr (ForlopRecord) document = attach_without_file (kari, file);
  Raw raw = { document, forlop_record_get_text (document, "content"), 3000 };
  g_autofree char *get = get_body (test, &raw);
  g_autoptr (HttpSession) ola = http_test_sign_in (test, "skien", "ola");

  http_test_must (test, 200, NULL, "POST", "/v1/break-glass", ola->access, plea);
  http_test_must (test, 404, "not_come", "POST", "/v1/contents/get", ola->access, get);
  forlop_clock_set (test->acts->clock, forlop_clock_now (test->acts->clock) + 5 * FORLOP_HOUR);
  http_session_free (ola);
  ola = http_test_sign_in (test, "skien", "ola");
  put (test, ola, &raw, 0, file, 200, "\"complete\":true");
  http_test_must (test, 404, "not_found", "POST", "/v1/contents/get", ola->access, get);
}

int
main (int   argc,
      char *argv[])
{
  forlop_http_transport_init ();
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/contents/a-document-of-one-machine-is-opened-on-another",
                 a_document_of_one_machine_is_opened_on_another, NULL);
  http_test_add ("/contents/a-file-goes-on-where-it-was-stopped", a_file_goes_on_where_it_was_stopped, NULL);
  http_test_add ("/contents/a-file-that-a-restore-lost-comes-back", a_file_that_a_restore_lost_comes_back, NULL);
  http_test_add ("/contents/what-was-opened-in-an-emergency-goes-with-it",
                 what_was_opened_in_an_emergency_goes_with_it, NULL);
  http_test_add ("/contents/an-import-brings-the-files", an_import_brings_the_files, NULL);
  http_test_add ("/contents/parts-are-taken-in-order-and-checked", parts_are_taken_in_order_and_checked, NULL);
  http_test_add ("/contents/nobody-else-gets-at-a-file", nobody_else_gets_at_a_file, NULL);
  http_test_add ("/contents/who-has-lost-the-record-may-send-and-not-fetch",
                 who_has_lost_the_record_may_send_and_not_fetch, NULL);

  return g_test_run ();
}
