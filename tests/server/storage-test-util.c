/* SPDX-License-Identifier: EUPL-1.2 */

#include "storage-test-util.h"

#include <glib/gstdio.h>
#include <libpq-fe.h>

#include "forlop-connection.h"
#include "forlop-postgres-storage.h"
#include "forlop-record.h"

gboolean
storage_test_is_sqlite (void)
{
  const char *kind = g_getenv ("FORLOP_TEST_STORAGE");

  g_assert_nonnull (kind);

  return g_str_equal (kind, "sqlite");
}

const char *
storage_test_conninfo (gboolean owner)
{
  const char *conninfo = g_getenv (owner ? "FORLOP_TEST_POSTGRES_OWNER" : "FORLOP_TEST_POSTGRES");

  g_assert_nonnull (conninfo);

  return conninfo;
}

/* Tables once; municipalities of its own for each test. */
static void
name_tenants (StorageTest *self)
{
  static gboolean is_installed = FALSE;
  g_autoptr (ForlopIdSource) ids = forlop_id_source_new_system ();
  g_autoptr (GError) error = NULL;

  if (!is_installed)
    {
      forlop_postgres_storage_install (storage_test_conninfo (TRUE), "forlop_app", &error);
      g_assert_no_error (error);
      is_installed = TRUE;
    }

  for (unsigned int i = 0; i < 2; i++)
    self->tenant[i] = forlop_id_source_next (ids, 1795000000000);
}

StorageTest *
storage_test_new (void)
{
  g_autoptr (GError) error = NULL;
  StorageTest *self = g_new0 (StorageTest, 1);
  guint8 bytes[FORLOP_KEY_LENGTH] = { 7 };

  self->folder = g_dir_make_tmp ("forlop-server-XXXXXX", &error);
  g_assert_no_error (error);
  self->key = forlop_key_new (bytes);
  self->ids = forlop_id_source_new_seeded (20261122);
  if (storage_test_is_sqlite ())
    {
      self->tenant[0] = g_build_filename (self->folder, "skien.forlop", NULL);
      self->tenant[1] = g_build_filename (self->folder, "bamble.forlop", NULL);
    }
  else
    name_tenants (self);

  return self;
}

void
storage_test_free (StorageTest *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);

  forlop_key_unref (self->key);
  forlop_id_source_unref (self->ids);
  g_free (self->tenant[0]);
  g_free (self->tenant[1]);
  g_free (self->folder);
  g_free (self);
}

/* Without a key: what is tested here has none. */
gboolean
storage_test_add_tenant (StorageTest   *self,
                         unsigned int   which,
                         const char    *name,
                         GError       **error)
{
  const ForlopPostgresTenant tenant = { self->tenant[which], (char *) name, (char *) "" };

  return forlop_postgres_storage_add_tenant (storage_test_conninfo (TRUE), &tenant, self->ids, error);
}

static ForlopServerStorage *
open_postgres (StorageTest  *self,
               unsigned int  which)
{
  g_autoptr (GError) error = NULL;
  ForlopServerStorage *storage;

  if (!self->is_made[which])
    storage_test_add_tenant (self, which, self->tenant[which], &error);
  g_assert_no_error (error);
  self->is_made[which] = TRUE;
  storage = forlop_postgres_storage_open (storage_test_conninfo (FALSE), self->tenant[which], &error);
  g_assert_no_error (error);

  return storage;
}

ForlopServerStorage *
storage_test_open (StorageTest  *self,
                   unsigned int  which)
{
  if (!storage_test_is_sqlite ())
    return open_postgres (self, which);

  g_autoptr (GError) error = NULL;
  ForlopServerStorage *storage = forlop_sqlite_storage_open (self->tenant[which], self->key,
                                                             !self->is_made[which], self->ids, &error);

  g_assert_no_error (error);
  self->is_made[which] = TRUE;

  return storage;
}

ForlopServerStorage *
storage_test_open_reader (StorageTest  *self,
                          unsigned int  which)
{
  if (!storage_test_is_sqlite ())
    return open_postgres (self, which);

  g_autoptr (GError) error = NULL;
  ForlopServerStorage *storage =
    forlop_sqlite_storage_open_reader (self->tenant[which], self->key, &error);

  g_assert_no_error (error);

  return storage;
}

static void
tamper_postgres (StorageTest *self,
                 const char  *sql)
{
  PGconn *owner = PQconnectdb (storage_test_conninfo (TRUE));
  g_autofree char *all = g_strdup_printf ("SET search_path = forlop; SET forlop.tenant = '%s'; %s",
                                          self->tenant[0], sql);
  PGresult *result = PQexec (owner, all);

  g_assert_cmpint (PQresultStatus (result), ==, PGRES_COMMAND_OK);
  PQclear (result);
  PQfinish (owner);
}

void
storage_test_tamper (StorageTest *self,
                     const char  *sql)
{
  if (!storage_test_is_sqlite ())
    {
      tamper_postgres (self, sql);
      return;
    }

  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopConnection) connection =
    forlop_connection_open (self->tenant[0], self->key, FORLOP_CONNECTION_WRITER, &error);

  g_assert_no_error (error);
  forlop_connection_execute (connection, sql, &error);
  g_assert_no_error (error);
}

const char *
storage_test_id (StorageTest *self)
{
  g_autofree char *id = forlop_id_source_next (self->ids, 1795000000000);

  return g_intern_string (id);
}

void
storage_test_begin (ForlopServerStorage *storage,
                    gboolean             for_writing)
{
  g_autoptr (GError) error = NULL;

  storage->funcs->begin (storage, for_writing, &error);
  g_assert_no_error (error);
}

void
storage_test_commit (ForlopServerStorage *storage)
{
  g_autoptr (GError) error = NULL;

  storage->funcs->commit (storage, &error);
  g_assert_no_error (error);
}

gint64
storage_test_move (ForlopServerStorage *storage)
{
  const ForlopServerStorageFuncs *funcs = storage->funcs;
  g_autoptr (ForlopIdSource) ids = forlop_id_source_new_system ();
  g_autoptr (GError) error = NULL;
  g_autofree char *op_id = forlop_id_source_next (ids, 1795000000000);
  g_autofree char *body = g_strdup_printf ("{\"op_id\":\"%s\"}", op_id);
  g_autofree char *content_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, body, -1);
  ForlopServerReceipt receipt = {
    .op_id = op_id, .device_id = op_id, .op_no = 1, .user_id = op_id, .hash = content_hash,
    .status = (char *) "applied", .result = (char *) "{}",
  };
  ForlopServerHead head;

  funcs->get_head (storage, &head, &error);
  g_assert_no_error (error);
  receipt.seq = head.seq + 1;
  forlop_server_log_hash (head.log_hash, receipt.seq, op_id, content_hash, receipt.status);
  funcs->put_receipt (storage, &receipt, &error);
  g_assert_no_error (error);
  funcs->put_changeset (storage, receipt.seq, body, &error);
  g_assert_no_error (error);
  funcs->add_mark (storage, receipt.seq, head.log_hash, 1795000000000 + head.seq, &error);
  g_assert_no_error (error);

  return receipt.seq;
}

void
storage_test_refuse (ForlopServerStorage *storage,
                     gboolean             accepted)
{
  g_autoptr (GError) error = NULL;

  if (accepted && storage->funcs->commit (storage, &error))
    g_assert_not_reached ();
  storage->funcs->rollback (storage);
}

void
storage_test_put (StorageTest         *self,
                  ForlopServerStorage *storage,
                  const char          *type,
                  const char          *id,
                  const char          *scope,
                  gint64               seq,
                  const char          *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSyncRow) row = forlop_sync_row_new (forlop_record_type_find (type), id, scope);

  row->seq = seq;
  row->vtag = g_strdup (storage_test_id (self));
  row->body = g_strdup (body);
  row->deleted = body == NULL;
  storage->funcs->put_row (storage, row, &error);
  g_assert_no_error (error);
}

ForlopSyncRow *
storage_test_measurement (StorageTest *self,
                          const char  *citizen_id,
                          gint64       seq)
{
  g_autoptr (ForlopRecord) record =
    forlop_record_new (forlop_record_type_find ("measurement"), storage_test_id (self));

  forlop_record_set_text (record, "citizen_id", citizen_id);
  forlop_record_set_text (record, "code", "weight");
  forlop_record_set_real (record, "value", 82.3);
  forlop_record_set_instant (record, "measured_at", 1795000012345);
  forlop_record_set_instant (record, "received_at", 1795000099999);
  forlop_record_set_text (record, "source", "staff");
  forlop_record_set_text (record, "item_id", storage_test_id (self));
  forlop_record_set_text (record, "note", "Med sko, «blåbærsyltetøy» \"☺\"");
  forlop_record_set_vtag (record, storage_test_id (self));

  return forlop_sync_row_from_record (record, seq);
}

void
storage_test_grant (ForlopServerStorage *storage,
                    const char          *user_id,
                    const char          *scope,
                    gboolean             active,
                    gint64               valid_to,
                    gint64               seq)
{
  g_autoptr (GError) error = NULL;
  ForlopServerGrant grant = { (char *) user_id, (char *) scope, 1, active, (char *) "TREAT", valid_to, seq };

  storage->funcs->put_grant (storage, &grant, &error);
  g_assert_no_error (error);
}

ForlopServerHead
storage_test_head (ForlopServerStorage *storage)
{
  g_autoptr (GError) error = NULL;
  ForlopServerHead head;

  g_assert_true (storage->funcs->get_head (storage, &head, &error));
  g_assert_no_error (error);

  return head;
}

ForlopSyncRow *
storage_test_row (ForlopServerStorage *storage,
                  const char          *type,
                  const char          *id)
{
  g_autoptr (GError) error = NULL;
  ForlopSyncRow *row = NULL;

  storage->funcs->load_row (storage, forlop_record_type_find (type), id, &row, &error);
  g_assert_no_error (error);

  return row;
}
