/* SPDX-License-Identifier: EUPL-1.2 */

#include "meetings-test-util.h"

#include <string.h>

#include "forlop-record-store.h"
#include "forlop-refresh-store.h"

/* What is taken back by one, and used by another who has not heard of it, and what is taken from one; and
 * the files of it. */

/* Kari took the record back before she heard that Ola had opened a case in it, or the other way round. */
static char *
take_back_what_is_used (Fixture   *self,
                        SimClient *first)
{
  char *id = must (self->kari, "register-citizen",
                   "{\"id_number\":\"" ANNE "\",\"given_name\":\"Anne\",\"family_name\":\"Vik\","
                   "\"unit_id\":\"%s\"}", self->kari->actor->unit_id);
  const SimAct *registered = g_ptr_array_index (self->kari->saved, self->kari->saved->len - 1);
  g_autofree char *op_id = g_strdup (registered->op_id);

  settle (self);
  g_free (must (self->kari, "undo", "{\"op_id\":\"%s\"}", op_id));
  g_free (must (self->ola, "register-referral",
                "{\"citizen_id\":\"%s\",\"source\":\"gp\",\"channel\":\"phone\",\"received_on\":\"2026-03-12\",\"reason\":\"KOLS\"}", id));
  synchronise (first);
  settle (self);

  return id;
}

static void
test_nothing_is_added_to_what_is_gone (Fixture       *self,
                                       gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *id = take_back_what_is_used (self, self->kari);
  ForlopSyncEntry *entry = refused (self->ola);
  g_autoptr (GPtrArray) cases = list (self->siri, "case", "citizen_id", id);

  g_assert_cmpstr (entry->code, ==, "deleted");
  g_assert_cmpuint (cases->len, ==, 0);
  forlop_sync_entry_free (entry);
  holds (self);
}

static void
test_what_is_used_is_not_taken_back (Fixture       *self,
                                     gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *id = take_back_what_is_used (self, self->ola);
  ForlopSyncEntry *entry = refused (self->kari);
  g_autoptr (GPtrArray) citizens = list (self->kari, "citizen", "given_name", "Anne");
  g_autoptr (GPtrArray) cases = list (self->kari, "case", "citizen_id", id);

  g_assert_cmpstr (entry->code, ==, "invalid");
  g_assert_nonnull (strstr (entry->detail, "cannot be taken back"));
  g_assert_cmpuint (cases->len, ==, 1);
  g_assert_cmpuint (citizens->len, >, 0);
  forlop_sync_entry_free (entry);
  holds (self);
}

/* A turn is shown also when a case came without its citizen, from a server that let that happen. */
static void
test_case_without_citizen (Fixture       *self,
                           gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) cases = list (self->kari, "case", NULL, NULL);
  ForlopRecord *the_case = g_ptr_array_index (cases, 0);
  g_autoptr (ForlopChangeset) changeset =
    forlop_changeset_new ("0197a000-0000-7000-8000-0000000000aa", "undo", self->kari->actor, self->world->now);
  ForlopRecord *changed = forlop_changeset_change (changeset, the_case);
  g_autofree char *sql = g_strdup_printf ("DELETE FROM citizen WHERE id = (SELECT citizen_id FROM \"case\" "
                                          "WHERE number = '%s')", forlop_record_get_text (the_case, "number"));
  g_autoptr (GError) error = NULL;

  forlop_record_set_text (changed, "number", "2026-9999");
  g_assert_true (forlop_connection_execute_script (self->kari->connection, "PRAGMA foreign_keys = OFF", &error));
  g_assert_true (forlop_connection_begin (self->kari->connection, &error));
  g_assert_true (forlop_connection_execute_script (self->kari->connection, sql, &error));
  forlop_refresh_store_after (self->kari->connection, changeset, self->world->now, &error);
  g_assert_no_error (error);
  forlop_connection_rollback (self->kari->connection);
}

static void
attach (SimClient *client)
{
  g_autofree char *id = dup_id (client, "citizen", 0);
  g_autoptr (ForlopRecord) citizen = forlop_record_store_load (client->connection, "citizen", id, NULL);

  client->world->now += 1000;
  g_assert_true (sim_attach (client, citizen));
}

static void
take_back_last (SimClient   *client,
                unsigned int n_before)
{
  const SimAct *act = g_ptr_array_index (client->saved, client->saved->len - 1 - n_before);
  g_autofree char *op_id = g_strdup (act->op_id);

  g_free (must (client, "undo", "{\"op_id\":\"%s\"}", op_id));
}

/* Kari is kept from the record before the server hears that she takes the file back: it stands, and comes. */
static void
test_file_of_a_refused_take_back (Fixture       *self,
                                  gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *id = dup_id (self->kari, "citizen", 0);
  const SimFile *file;

  attach (self->kari);
  file = g_ptr_array_index (self->world->files, 0);
  self->world->is_healing = TRUE;
  sim_exchange (self->kari);
  sim_exchange (self->kari);
  g_free (must (self->siri, "block-record", "{\"citizen_id\":\"%s\",\"user_id\":\"%s\",\"reason\":\"Ønsket\"}", id,
                self->kari->actor->user_id));
  synchronise (self->siri);
  take_back_last (self->kari, 0);
  settle (self);
  g_assert_true (forlop_blob_store_has (self->siri->blobs, file->hash));
  g_assert_false (forlop_blob_store_has (self->kari->blobs, file->hash));
  holds (self);
}

/* One file was sent, one was not: neither stays, however the turns fall. */
static void
test_files_that_were_taken_back (Fixture       *self,
                                 gconstpointer  user_data G_GNUC_UNUSED)
{
  attach (self->kari);
  settle (self);
  attach (self->kari);
  take_back_last (self->kari, 1);
  take_back_last (self->kari, 1);
  settle (self);
  for (unsigned int i = 0; i < self->world->files->len; i++)
    {
      const SimFile *file = g_ptr_array_index (self->world->files, i);

      g_assert_false (forlop_blob_store_has (self->kari->blobs, file->hash));
    }
  holds (self);
}

/* Kari was first, and then the server lost that: now Ola is, and his file was never sent. */
static void
test_file_of_a_change_that_is_taken_later (Fixture       *self,
                                           gconstpointer  user_data G_GNUC_UNUSED)
{
  static const char person[] = "{\"id_number\":\"" ANNE "\",\"given_name\":\"Anne\",\"family_name\":\"Vik\","
                               "\"unit_id\":\"%s\"}";
  g_autoptr (ForlopRecord) citizen = NULL;
  g_autofree char *id = NULL;
  ForlopSyncEntry *entry;
  const SimFile *file;

  settle (self);
  sim_copy_server (self->world);
  g_free (must (self->kari, "register-citizen", person, self->kari->actor->unit_id));
  id = must (self->ola, "register-citizen", person, self->ola->actor->unit_id);
  citizen = forlop_record_store_load (self->ola->connection, "citizen", id, NULL);
  g_assert_true (sim_attach (self->ola, citizen));
  file = g_ptr_array_index (self->world->files, 0);
  synchronise (self->kari);
  settle (self);
  entry = refused (self->ola);
  g_assert_cmpstr (entry->code, ==, "taken");
  forlop_sync_entry_free (entry);

  sim_restore_server (self->world);
  self->world->now += FORLOP_HOUR;
  synchronise (self->ola);
  settle (self);
  g_assert_true (forlop_blob_store_has (self->kari->blobs, file->hash));
  holds (self);
}

/* The last part was answered by the server as it was before it was restored: it is sent again. */
static void
test_part_of_another_log (Fixture       *self,
                          gconstpointer  user_data G_GNUC_UNUSED)
{
  const char *path = "";
  const SimFile *file;

  settle (self);
  attach (self->kari);
  file = g_ptr_array_index (self->world->files, 0);
  sim_copy_server (self->world);
  for (unsigned int i = 0; i < 12 && !g_str_equal (path, "/v1/contents/put"); i++)
    path = sim_exchange_late (self->kari, FORLOP_SYNC_REQUEST_PUT);
  g_assert_cmpstr (path, ==, "/v1/contents/put");
  sim_restore_server (self->world);
  self->world->now += FORLOP_HOUR;
  for (unsigned int i = 0; i < 2; i++)
    sim_exchange (self->kari);
  sim_deliver_late (self->kari);
  settle (self);
  g_assert_true (forlop_blob_store_has (self->siri->blobs, file->hash));
  holds (self);
}

/* The server took Ola's record into a scope that is his no more, and he wrote in it before he heard of that:
 * he sees what he wrote until he is told that it was refused. */
static void
test_unsent_work_in_what_does_not_come (Fixture       *self,
                                        gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *id = NULL;
  g_autoptr (ForlopRecord) citizen = NULL;
  const char *path = "";
  ForlopSyncEntry *entry;

  settle (self);
  id = must (self->ola, "register-citizen", "{\"id_number\":\"" ANNE "\",\"given_name\":\"Anne\","
             "\"family_name\":\"Vik\",\"unit_id\":\"%s\"}", self->ola->actor->unit_id);
  self->world->is_healing = TRUE;
  g_assert_true (sim_exchange (self->ola));
  sim_administer (self->world, self->template, "2026-03-11");
  for (unsigned int i = 0; i < 4 && !g_str_equal (path, "/v1/sync/pull"); i++)
    path = sim_exchange_late (self->ola, FORLOP_SYNC_REQUEST_PULL);
  g_assert_cmpstr (path, ==, "/v1/sync/pull");
  g_free (must (self->ola, "change-citizen", "{\"citizen_id\":\"%s\",\"gp\":\"Dr. Moe\"}", id));
  sim_deliver_late (self->ola);
  citizen = forlop_record_store_load (self->ola->connection, "citizen", id, NULL);
  g_assert_nonnull (citizen);
  g_assert_cmpstr (forlop_record_get_text (citizen, "gp"), ==, "Dr. Moe");
  g_assert_null (self->world->failure);

  settle (self);
  entry = refused (self->ola);
  g_assert_cmpstr (entry->act, ==, "change-citizen");
  forlop_sync_entry_free (entry);
  holds (self);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/taken-back/nothing-is-added-to-what-was-taken-back", Fixture, NULL, set_up,
              test_nothing_is_added_to_what_is_gone, tear_down);
  g_test_add ("/taken-back/what-somebody-wrote-in-is-not-taken-back", Fixture, NULL, set_up,
              test_what_is_used_is_not_taken_back, tear_down);
  g_test_add ("/taken-back/case-without-its-citizen-stops-nothing", Fixture, NULL, set_up,
              test_case_without_citizen, tear_down);
  g_test_add ("/taken-back/file-of-a-take-back-that-is-refused-comes", Fixture, NULL, set_up,
              test_file_of_a_refused_take_back, tear_down);
  g_test_add ("/taken-back/files-that-were-taken-back-are-gone", Fixture, NULL, set_up,
              test_files_that_were_taken_back, tear_down);
  g_test_add ("/taken-back/file-of-a-refused-change-comes-when-it-is-taken-after-all", Fixture, NULL, set_up,
              test_file_of_a_change_that_is_taken_later, tear_down);
  g_test_add ("/taken-back/part-that-another-log-has-is-sent-again", Fixture, NULL, set_up,
              test_part_of_another_log, tear_down);
  g_test_add ("/taken-back/unsent-work-is-seen-where-nothing-comes", Fixture, NULL, set_up,
              test_unsent_work_in_what_does_not_come, tear_down);

  return g_test_run ();
}
