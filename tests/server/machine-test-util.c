/* SPDX-License-Identifier: EUPL-1.2 */

#include "machine-test-util.h"

#include "forlop-mirror-store.h"
#include "forlop-store-create.h"
#include "forlop-store-mirror.h"
#include "forlop-transaction.h"

Machine *
machine_new (HttpTest   *test,
             const char *name,
             const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopKey) key = forlop_key_new_random ();
  g_autofree char *path =
    g_strdup_printf ("%s/machine-%s.forlop", test->folder, file != NULL ? file : name);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u", test->port);
  ForlopHttpSettings settings = { .address = address, .proxy = "none", .timeout_seconds = 20 };
  Machine *self = g_new0 (Machine, 1);

  self->test = test;
  self->session = http_test_sign_in (test, "skien", name);
  self->folder = g_strconcat (path, ".blobs", NULL);
  g_assert_true (forlop_store_create (path, key, NULL, &error));
  self->connection = forlop_connection_open (path, key, FORLOP_CONNECTION_WRITER, &error);
  g_assert_no_error (error);
  g_assert_true (forlop_mirror_store_pair (self->connection, address, &error));
  self->blobs = forlop_blob_store_new (self->folder, key);
  self->mirror = forlop_store_mirror_new_for_connection (self->connection, self->blobs);
  self->client = forlop_sync_client_new (self->mirror);
  self->transport = forlop_http_transport_new (&settings, &error);
  g_assert_no_error (error);

  return self;
}

void
machine_free (Machine *self)
{
  forlop_http_transport_free (self->transport);
  forlop_sync_client_free (self->client);
  forlop_sync_mirror_free (self->mirror);
  g_object_unref (self->blobs);
  forlop_connection_close (self->connection);
  g_object_unref (self->connection);
  http_session_free (self->session);
  g_free (self->folder);
  g_free (self);
}

void
machine_restart (Machine *self)
{
  forlop_sync_client_free (self->client);
  forlop_sync_mirror_free (self->mirror);
  self->mirror = forlop_store_mirror_new_for_connection (self->connection, self->blobs);
  self->client = forlop_sync_client_new (self->mirror);
}

unsigned int
machine_take_turns (Machine *self,
                    int      until)
{
  for (unsigned int n = 0;; n++)
    {
      gint64 now = forlop_clock_now (self->test->acts->clock);
      g_autoptr (GError) error = NULL;
      g_autoptr (ForlopSyncRequest) request = forlop_sync_client_next (self->client, now, &error);
      g_auto (ForlopHttpAnswer) http = { 0 };
      ForlopSyncAnswer answer = { 0 };

      g_assert_no_error (error);
      if (request == NULL)
        return n;
      g_assert_true (forlop_http_transport_send (self->transport, request->method, request->path,
                                                 self->session->access, request->body, &http, NULL, &error));
      answer.status = http.status;
      answer.text = http.text;
      g_assert_true (forlop_sync_client_take (self->client, request, &answer, now, &error));
      g_assert_no_error (error);
      if ((int) request->kind == until)
        return n + 1;
    }
}

void
machine_catch_up (Machine *self)
{
  forlop_sync_client_poke (self->client, 0);
  machine_take_turns (self, -1);
  g_assert_cmpint (forlop_sync_client_get_standing (self->client), ==, FORLOP_SYNC_IDLE);
}

char *
machine_do (Machine           *self,
            const ForlopActor *actor,
            const char        *act,
            const char        *json,
            ...)
{
  const ForlopAct *found = forlop_act_find (act);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTransaction) transaction = forlop_transaction_begin (self->connection, &error);
  g_autoptr (ForlopRecord) arguments = NULL;
  g_autoptr (ForlopActResult) result = NULL;
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, json);
  text = g_strdup_vprintf (json, args);
  va_end (args);
  arguments = forlop_acts_parse_arguments (found, text, &error);
  g_assert_no_error (error);
  result = forlop_acts_perform (self->connection, actor, self->test->acts->ids,
                                forlop_clock_now (self->test->acts->clock), found, arguments, &error);
  g_assert_no_error (error);
  g_assert_true (forlop_transaction_commit (transaction, &error));

  return g_strdup (result->subject_id);
}
