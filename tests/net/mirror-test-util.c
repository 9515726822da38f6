/* SPDX-License-Identifier: EUPL-1.2 */

#include "mirror-test-util.h"

#include "forlop-changeset-store.h"
#include "forlop-migrator.h"
#include "forlop-mirror-store.h"
#include "forlop-record-store.h"
#include "forlop-refresh-store.h"
#include "forlop-transaction.h"

static void
open_client (MirrorTest *test)
{
  test->mirror = forlop_store_mirror_new_for_connection (test->connection, NULL);
  test->client = forlop_sync_client_new (test->mirror);
}

static void
close_client (MirrorTest *test)
{
  g_clear_pointer (&test->client, forlop_sync_client_free);
  g_clear_pointer (&test->mirror, forlop_sync_mirror_free);
}

MirrorTest *
mirror_test_new (void)
{
  g_autoptr (GError) error = NULL;
  MirrorTest *test = g_new0 (MirrorTest, 1);
  gboolean ok;

  test->files = store_test_new ();
  test->connection = store_test_connect (test->files, FORLOP_CONNECTION_CREATE);
  test->ids = forlop_id_source_new_seeded (7);
  test->now = G_GINT64_CONSTANT (1792000000000);
  test->epoch = "0123456789abcdef0123456789abcdef";

  ok = forlop_migrator_run (test->connection, forlop_migrator_get_scripts (), &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  ok = forlop_mirror_store_pair (test->connection, "https://forlop.example", &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  open_client (test);

  return test;
}

void
mirror_test_free (MirrorTest *test)
{
  close_client (test);
  g_clear_object (&test->connection);
  forlop_id_source_unref (test->ids);
  store_test_free (test->files);
  g_free (test);
}

void
mirror_test_reopen (MirrorTest *test)
{
  close_client (test);
  g_clear_object (&test->connection);
  test->connection = store_test_connect (test->files, FORLOP_CONNECTION_WRITER);
  open_client (test);
}

const char *
mirror_test_id (char         kind,
                unsigned int n)
{
  g_autofree char *id = g_strdup_printf ("01900000-0000-7%03x-8000-%012x", kind, n);

  return g_intern_string (id);
}

ForlopSyncRequest *
mirror_test_ask (MirrorTest            *test,
                 ForlopSyncRequestKind  kind)
{
  g_autoptr (GError) error = NULL;
  ForlopSyncRequest *request = forlop_sync_client_next (test->client, test->now, &error);

  g_assert_no_error (error);
  g_assert_nonnull (request);
  g_assert_cmpint (request->kind, ==, kind);

  return request;
}

void
mirror_test_idle (MirrorTest *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSyncRequest) request = forlop_sync_client_next (test->client, test->now, &error);

  g_assert_no_error (error);
  g_assert_null (request);
}

void
mirror_test_answer (MirrorTest              *test,
                    const ForlopSyncRequest *request,
                    unsigned int             status,
                    const char              *json)
{
  const ForlopSyncAnswer answer = { .status = status, .text = json, .random = 0 };
  g_autoptr (GError) error = NULL;
  gboolean ok = forlop_sync_client_take (test->client, request, &answer, test->now, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

void
mirror_test_tell (MirrorTest            *test,
                  ForlopSyncRequestKind  kind,
                  const char            *json,
                  ...)
{
  g_autoptr (ForlopSyncRequest) request = mirror_test_ask (test, kind);
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, json);
  text = g_strdup_vprintf (json, arguments);
  va_end (arguments);
  mirror_test_answer (test, request, 200, text);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), !=, FORLOP_SYNC_SERVER_FAULT);
}

void
mirror_test_hello (MirrorTest *test,
                   gint64      last_op_no)
{
  g_autofree char *now = forlop_instant_to_iso (test->now);

  mirror_test_tell (test, FORLOP_SYNC_REQUEST_HELLO,
                    "{\"epoch\":\"%s\",\"head\":0,\"lease_hours\":72,\"server_time\":\"%s\","
                    "\"last_op_no\":%" G_GINT64_FORMAT "}",
                    test->epoch, now, last_op_no);
}

static void
tell_page (MirrorTest *test,
           gint64      pos,
           gint64      head,
           const char *rows,
           const char *rest)
{
  mirror_test_tell (test, FORLOP_SYNC_REQUEST_PULL,
                    "{\"epoch\":\"%s\",\"pos\":%" G_GINT64_FORMAT ",\"head\":%" G_GINT64_FORMAT
                    ",\"hash\":\"%016" G_GINT64_MODIFIER "x\",\"complete\":%s,\"safe_seq\":%"
                    G_GINT64_FORMAT ",\"rows\":[%s]%s}",
                    test->epoch, pos, head, pos, pos == head ? "true" : "false", test->safe_seq, rows,
                    rest);
}

void
mirror_test_page (MirrorTest *test,
                  gint64      head,
                  const char *rows,
                  const char *rest)
{
  tell_page (test, head, head, rows, rest);
}

void
mirror_test_part (MirrorTest *test,
                  gint64      pos,
                  gint64      head,
                  const char *rows,
                  const char *rest)
{
  tell_page (test, pos, head, rows, rest);
}

void
mirror_test_push (MirrorTest *test,
                  gint64      op_no,
                  const char *op_id,
                  const char *status,
                  gint64      seq)
{
  mirror_test_tell (test, FORLOP_SYNC_REQUEST_PUSH,
                    "{\"epoch\":\"%s\",\"head\":%" G_GINT64_FORMAT ",\"results\":[{\"op_no\":%"
                    G_GINT64_FORMAT ",\"op_id\":\"%s\",\"status\":\"%s\",\"seq\":%" G_GINT64_FORMAT
                    ",\"code\":\"field\"}]}",
                    test->epoch, seq, op_no, op_id, status, seq);
}

void
mirror_test_scope (MirrorTest *test,
                   gint64      gen,
                   gint64      head,
                   const char *rows)
{
  mirror_test_tell (test, FORLOP_SYNC_REQUEST_SCOPE,
                    "{\"epoch\":\"%s\",\"gen\":%" G_GINT64_FORMAT ",\"head\":%" G_GINT64_FORMAT
                    ",\"rows\":[%s],\"sum\":{\"count\":0,\"sum\":\"0\"}}",
                    test->epoch, gen, head, rows);
}

char *
mirror_test_grant (unsigned int citizen,
                   gint64       gen,
                   gboolean     active)
{
  return g_strdup_printf (",\"grants\":[{\"scope\":\"c:%s\",\"gen\":%" G_GINT64_FORMAT ",\"active\":%s}]",
                          mirror_test_id ('c', citizen), gen, active ? "true" : "false");
}

char *
mirror_test_no_note (unsigned int n,
                     unsigned int citizen,
                     gint64       seq,
                     unsigned int op)
{
  return g_strdup_printf ("{\"type\":\"note\",\"id\":\"%s\",\"scope\":\"c:%s\",\"seq\":%" G_GINT64_FORMAT
                          ",\"vtag\":\"%s\",\"deleted\":true}",
                          mirror_test_id ('e', n), mirror_test_id ('c', citizen), seq,
                          mirror_test_id ('o', op));
}

char *
mirror_test_citizen (unsigned int  n,
                     gint64        seq,
                     unsigned int  op,
                     const char   *family_name)
{
  return g_strdup_printf ("{\"type\":\"citizen\",\"id\":\"%s\",\"scope\":\"c:%s\",\"seq\":%" G_GINT64_FORMAT
                          ",\"vtag\":\"%s\",\"body\":{\"given_name\":\"Ola\",\"family_name\":\"%s\"}}",
                          mirror_test_id ('c', n), mirror_test_id ('c', n), seq,
                          mirror_test_id ('o', op), family_name);
}

char *
mirror_test_note (unsigned int  n,
                  unsigned int  citizen,
                  gint64        seq,
                  unsigned int  op,
                  const char   *text)
{
  return g_strdup_printf ("{\"type\":\"note\",\"id\":\"%s\",\"scope\":\"c:%s\",\"seq\":%" G_GINT64_FORMAT
                          ",\"vtag\":\"%s\",\"body\":{\"citizen_id\":\"%s\",\"text\":\"%s\"}}",
                          mirror_test_id ('e', n), mirror_test_id ('c', citizen), seq,
                          mirror_test_id ('o', op), mirror_test_id ('c', citizen), text);
}

static ForlopChangeset *
begin_act (MirrorTest *test,
           const char *act)
{
  g_autofree char *op_id = forlop_id_source_next (test->ids, test->now);
  g_autoptr (ForlopActor) actor = forlop_actor_new (NULL, "nurse", NULL);

  return forlop_changeset_new (op_id, act, actor, test->now);
}

static char *
finish_act (MirrorTest      *test,
            ForlopChangeset *changeset,
            unsigned int     citizen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTransaction) transaction = forlop_transaction_begin (test->connection, &error);
  gboolean ok;

  g_assert_no_error (error);
  forlop_changeset_stamp (changeset);
  ok = forlop_changeset_store_apply (test->connection, changeset, mirror_test_id ('c', citizen), NULL,
                                     &error) &&
       forlop_refresh_store_after (test->connection, changeset, test->now, &error) &&
       forlop_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  g_assert_true (ok);

  return g_strdup (forlop_changeset_get_id (changeset));
}

char *
mirror_test_rename (MirrorTest   *test,
                    unsigned int  n,
                    const char   *family_name)
{
  g_autoptr (ForlopChangeset) changeset = begin_act (test, "save-citizen");
  g_autoptr (ForlopRecord) citizen = mirror_test_load (test, "citizen", mirror_test_id ('c', n));

  g_assert_nonnull (citizen);
  forlop_record_set_text (forlop_changeset_change (changeset, citizen), "family_name", family_name);

  return finish_act (test, changeset, n);
}

char *
mirror_test_write (MirrorTest   *test,
                   unsigned int  n,
                   unsigned int  citizen,
                   const char   *text)
{
  g_autoptr (ForlopChangeset) changeset = begin_act (test, "write-note");
  ForlopRecord *note = forlop_changeset_make (changeset, "note", mirror_test_id ('e', n));

  forlop_record_set_text (note, "citizen_id", mirror_test_id ('c', citizen));
  forlop_record_set_text (note, "text", text);

  return finish_act (test, changeset, citizen);
}

char *
mirror_test_delete (MirrorTest *test,
                    const char *type,
                    const char *id)
{
  g_autoptr (ForlopChangeset) changeset = begin_act (test, "delete");
  g_autoptr (ForlopRecord) record = mirror_test_load (test, type, id);

  g_assert_nonnull (record);
  forlop_changeset_delete (changeset, record);

  return finish_act (test, changeset, 1);
}

char *
mirror_test_measure (MirrorTest   *test,
                     unsigned int  n,
                     unsigned int  citizen,
                     double        value)
{
  g_autoptr (ForlopChangeset) changeset = begin_act (test, "enter-measurement");
  ForlopRecord *record = forlop_changeset_make (changeset, "measurement", mirror_test_id ('m', n));

  forlop_record_set_text (record, "citizen_id", mirror_test_id ('c', citizen));
  forlop_record_set_text (record, "code", "pulse");
  forlop_record_set_real (record, "value", value);
  forlop_record_set_instant (record, "measured_at", test->now);
  forlop_record_set_instant (record, "received_at", test->now);
  forlop_record_set_text (record, "source", "staff");

  return finish_act (test, changeset, citizen);
}

ForlopRecord *
mirror_test_load (MirrorTest *test,
                  const char *type,
                  const char *id)
{
  g_autoptr (GError) error = NULL;
  ForlopRecord *record =
    forlop_record_store_peek (test->connection, forlop_record_type_find (type), id, &error);

  g_assert_no_error (error);

  return record;
}

void
mirror_test_named (MirrorTest   *test,
                   unsigned int  n,
                   const char   *family_name)
{
  g_autoptr (ForlopRecord) citizen = mirror_test_load (test, "citizen", mirror_test_id ('c', n));

  if (family_name == NULL)
    {
      g_assert_null (citizen);
      return;
    }
  g_assert_nonnull (citizen);
  g_assert_cmpstr (forlop_record_get_text (citizen, "family_name"), ==, family_name);
}

void
mirror_test_noted (MirrorTest   *test,
                   unsigned int  n,
                   const char   *text)
{
  g_autoptr (ForlopRecord) note = mirror_test_load (test, "note", mirror_test_id ('e', n));

  g_assert_cmpstr (note != NULL ? forlop_record_get_text (note, "text") : NULL, ==, text);
}

gboolean
mirror_test_finds (MirrorTest *test,
                   const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (
    test->connection, "SELECT 1 FROM search JOIN search_entry e ON e.n = search.rowid "
    "WHERE search MATCH ?1", &error);
  gboolean has_row;

  g_assert_no_error (error);
  forlop_statement_bind_text (statement, 1, word);
  g_assert_true (forlop_statement_step (statement, &has_row, &error));

  return has_row;
}

gint64
mirror_test_count (MirrorTest *test,
                   const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 count = -1;
  gboolean ok = forlop_connection_query_integer (test->connection, sql, &count, &error);

  g_assert_no_error (error);
  g_assert_true (ok);

  return count;
}

static GPtrArray *
list_tables (MirrorTest *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (
    test->connection, "SELECT name FROM sqlite_schema WHERE type = 'table'", &error);
  GPtrArray *tables = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row;

  g_assert_no_error (error);
  while (forlop_statement_step (statement, &has_row, &error) && has_row)
    g_ptr_array_add (tables, forlop_statement_dup_text (statement, 0));
  g_assert_no_error (error);

  return tables;
}

gboolean
mirror_test_table_contains (MirrorTest *test,
                            const char *table,
                            const char *needle)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", table);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (test->connection, g_intern_string (sql), &error);
  gboolean has_row;

  g_assert_no_error (error);
  while (forlop_statement_step (statement, &has_row, &error) && has_row)
    for (int i = 0; i < forlop_statement_get_n_columns (statement); i++)
      {
        gsize length = 0;
        const char *bytes = forlop_statement_get_blob (statement, i, &length);

        if (bytes != NULL && memmem (bytes, length, needle, strlen (needle)) != NULL)
          return TRUE;
      }
  g_assert_no_error (error);

  return FALSE;
}

gboolean
mirror_test_contains (MirrorTest *test,
                      const char *needle)
{
  g_autoptr (GPtrArray) tables = list_tables (test);

  for (unsigned int i = 0; i < tables->len; i++)
    if (mirror_test_table_contains (test, g_ptr_array_index (tables, i), needle))
      return TRUE;

  return FALSE;
}
