/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-people-search.h"
#include "forlop-sqlite-private.h"

#include "forlop-record.h"
#include "forlop-row-feed.h"

/* Of every SELECT from the table of records, and from that of measurements, where the declared
 * fields follow. */
enum { COLUMN_ID, COLUMN_SCOPE, COLUMN_SEQ, COLUMN_VTAG, COLUMN_DELETED, COLUMN_FIELD_VTAGS,
       COLUMN_TYPE, COLUMN_BODY, N_FIXED = COLUMN_TYPE };

#define RECORD FORLOP_TENANT_RECORD
#define COVERED(table) \
  "EXISTS (SELECT 1 FROM access_grant g WHERE g.user_id = ?1 AND g.scope = " table ".scope " \
  "AND g.active = 1 AND (g.valid_to IS NULL OR g.valid_to > ?3)) "

static const ForlopRecordType *
measurement_type (void)
{
  return forlop_record_type_find ("measurement");
}

static void
fill_row (ForlopSyncRow   *row,
          ForlopStatement *statement)
{
  row->seq = forlop_statement_get_integer (statement, COLUMN_SEQ);
  row->vtag = forlop_statement_dup_id (statement, COLUMN_VTAG);
  row->deleted = forlop_statement_get_boolean (statement, COLUMN_DELETED);
  row->field_vtags = forlop_statement_dup_text (statement, COLUMN_FIELD_VTAGS);
}

gpointer
forlop_sqlite_read_record (ForlopStatement *statement)
{
  const ForlopRecordType *type =
    forlop_record_type_find (forlop_statement_get_text (statement, COLUMN_TYPE));
  g_autofree char *id = forlop_statement_dup_id (statement, COLUMN_ID);
  ForlopSyncRow *row;

  if (type == NULL)
    return NULL;

  row = forlop_sync_row_new (type, id, forlop_statement_get_text (statement, COLUMN_SCOPE));
  fill_row (row, statement);
  row->body = forlop_statement_dup_text (statement, COLUMN_BODY);

  return row;
}

static void
read_field (ForlopRecord      *record,
            const ForlopField *field,
            ForlopStatement   *statement,
            int                column)
{
  g_autofree char *id = NULL;

  if (forlop_statement_is_null (statement, column))
    return;

  if (field->kind == FORLOP_KIND_REF)
    {
      id = forlop_statement_dup_id (statement, column);
      forlop_record_set_text (record, field->name, id);
    }
  else if (field->kind <= FORLOP_KIND_BLOB)
    forlop_record_set_text (record, field->name, forlop_statement_get_text (statement, column));
  else if (field->kind == FORLOP_KIND_REAL)
    forlop_record_set_real (record, field->name, forlop_statement_get_real (statement, column));
  else
    forlop_record_set_integer (record, field->name, forlop_statement_get_integer (statement, column));
}

/* The body is made of the fields as it was made when it came. */
gpointer
forlop_sqlite_read_measurement (ForlopStatement *statement)
{
  g_autofree char *id = forlop_statement_dup_id (statement, COLUMN_ID);
  ForlopSyncRow *row =
    forlop_sync_row_new (measurement_type (), id, forlop_statement_get_text (statement, COLUMN_SCOPE));

  fill_row (row, statement);
  if (!row->deleted)
    {
      g_autoptr (ForlopRecord) record = forlop_record_new (row->type, id);
      g_autoptr (ForlopSyncRow) made = NULL;

      for (int i = 0; row->type->fields[i].name != NULL; i++)
        read_field (record, &row->type->fields[i], statement, N_FIXED + i);
      made = forlop_sync_row_from_record (record, row->seq);
      row->body = g_steal_pointer (&made->body);
    }

  return row;
}

static gboolean
sqlite_load_row (ForlopServerStorage     *self,
                 const ForlopRecordType  *type,
                 const char              *id,
                 ForlopSyncRow          **row,
                 GError                 **error)
{
  gboolean measured = type == measurement_type ();
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, measured ? forlop_tenant_measurement_sql ("WHERE id = ?1")
                                          : RECORD "WHERE type = ?2 AND id = ?1", error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  if (!measured)
    forlop_statement_bind_text (statement, 2, type->name);

  return forlop_sqlite_first (statement, measured ? forlop_sqlite_read_measurement : forlop_sqlite_read_record, (gpointer *) row, error);
}

static gboolean
write_record (ForlopServerStorage  *self,
              const ForlopSyncRow  *row,
              gboolean              is_new,
              GError              **error)
{
  static const char insert_sql[] =
    "INSERT INTO record (type, id, scope, seq, vtag, deleted, field_vtags, body) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (type, id) DO NOTHING";
  static const char update_sql[] =
    "UPDATE record SET scope = ?3, seq = ?4, vtag = ?5, deleted = ?6, field_vtags = ?7, body = ?8 "
    "WHERE type = ?1 AND id = ?2";
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, is_new ? insert_sql : update_sql, error);
  g_autofree char *body = forlop_sync_row_dup_body (row);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, row->type->name);
  forlop_statement_bind_id (statement, 2, row->id);
  forlop_statement_bind_text (statement, 3, row->scope);
  forlop_statement_bind_integer (statement, 4, row->seq);
  forlop_statement_bind_id (statement, 5, row->vtag);
  forlop_statement_bind_boolean (statement, 6, row->deleted);
  forlop_statement_bind_text (statement, 7, row->field_vtags);
  forlop_statement_bind_text (statement, 8, body);

  return forlop_sqlite_execute (statement, error);
}

static void
bind_field (ForlopStatement   *statement,
            int                parameter,
            ForlopRecord      *record,
            const ForlopField *field)
{
  if (record == NULL || !forlop_record_has (record, field->name))
    forlop_statement_bind_null (statement, parameter);
  else if (field->kind == FORLOP_KIND_REF)
    forlop_statement_bind_id (statement, parameter, forlop_record_get_text (record, field->name));
  else if (field->kind <= FORLOP_KIND_BLOB)
    forlop_statement_bind_text (statement, parameter, forlop_record_get_text (record, field->name));
  else if (field->kind == FORLOP_KIND_REAL)
    forlop_statement_bind_real (statement, parameter, forlop_record_get_real (record, field->name));
  else
    forlop_statement_bind_integer (statement, parameter, forlop_record_get_integer (record, field->name));
}

static const char *
make_insert_measurement_sql (void)
{
  GString *sql = g_string_new ("INSERT INTO measurement (id, scope, seq, vtag, deleted, field_vtags");
  const ForlopRecordType *type = measurement_type ();
  unsigned int n = forlop_record_type_n_fields (type);

  for (unsigned int i = 0; i < n; i++)
    g_string_append_printf (sql, ", %s", type->fields[i].name);
  g_string_append (sql, ") VALUES (?1, ?2, ?3, ?4, ?5, ?6");
  for (unsigned int i = 0; i < n; i++)
    g_string_append_printf (sql, ", ?%u", N_FIXED + 1 + i);
  g_string_append (sql, ") ON CONFLICT (id) DO NOTHING");

  return g_string_free (sql, FALSE);
}

static const char *
make_update_measurement_sql (void)
{
  GString *sql =
    g_string_new ("UPDATE measurement SET scope = ?2, seq = ?3, vtag = ?4, deleted = ?5, field_vtags = ?6");
  const ForlopRecordType *type = measurement_type ();

  for (unsigned int i = 0; i < forlop_record_type_n_fields (type); i++)
    g_string_append_printf (sql, ", %s = ?%u", type->fields[i].name, N_FIXED + 1 + i);
  g_string_append (sql, " WHERE id = ?1");

  return g_string_free (sql, FALSE);
}

static const char *
insert_measurement_sql (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) make_insert_measurement_sql ());

  return (const char *) once;
}

static const char *
update_measurement_sql (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) make_update_measurement_sql ());

  return (const char *) once;
}

static gboolean
write_measurement (ForlopServerStorage  *self,
                   const ForlopSyncRow  *row,
                   gboolean              is_new,
                   GError              **error)
{
  g_autoptr (ForlopRecord) record = NULL;
  g_autoptr (ForlopStatement) statement = NULL;

  if (!row->deleted)
    {
      record = row->record != NULL ? g_object_ref (row->record) : forlop_sync_row_to_record (row, error);
      if (record == NULL)
        return FALSE;
    }

  statement = forlop_sqlite_prepare (self, is_new ? insert_measurement_sql () : update_measurement_sql (), error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, row->id);
  forlop_statement_bind_text (statement, 2, row->scope);
  forlop_statement_bind_integer (statement, 3, row->seq);
  forlop_statement_bind_id (statement, 4, row->vtag);
  forlop_statement_bind_boolean (statement, 5, row->deleted);
  forlop_statement_bind_text (statement, 6, row->field_vtags);
  for (int i = 0; row->type->fields[i].name != NULL; i++)
    bind_field (statement, N_FIXED + 1 + i, record, &row->type->fields[i]);

  return forlop_sqlite_execute (statement, error);
}

static gpointer
read_before (ForlopStatement *statement)
{
  g_autofree char *id = forlop_statement_dup_id (statement, 0);
  ForlopSyncRow *row = forlop_sync_row_new (measurement_type (), id,
                                            forlop_statement_get_text (statement, 1));

  row->vtag = forlop_statement_dup_id (statement, 2);
  row->deleted = forlop_statement_get_boolean (statement, 3);

  return row;
}

/* What the sums have to know of the row that is there. */
static gboolean
load_before (ForlopServerStorage     *self,
             const ForlopRecordType  *type,
             const char              *id,
             ForlopSyncRow          **before,
             GError                 **error)
{
  gboolean measured = type == measurement_type ();
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, measured ? "SELECT id, scope, vtag, deleted FROM measurement WHERE id = ?1"
                                          : "SELECT id, scope, vtag, deleted FROM record "
                                            "WHERE type = ?2 AND id = ?1", error);
  gpointer row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, id);
  if (!measured)
    forlop_statement_bind_text (statement, 2, type->name);
  if (!forlop_sqlite_first (statement, read_before, &row, error))
    return FALSE;
  *before = row;
  if (*before != NULL)
    (*before)->type = type;

  return TRUE;
}

static gboolean
write_row (ForlopServerStorage   *self,
           const ForlopSyncRow   *row,
           gboolean               is_new,
           GError               **error)
{
  return row->type == measurement_type () ? write_measurement (self, row, is_new, error)
                                          : write_record (self, row, is_new, error);
}

static gboolean
sqlite_put_row (ForlopServerStorage  *self,
                const ForlopSyncRow  *row,
                GError              **error)
{
  g_autoptr (ForlopSyncRow) before = NULL;

  /* Most are new, and then nothing was there. */
  if (!write_row (self, row, TRUE, error))
    return FALSE;
  if (forlop_connection_get_changes (FORLOP_SQLITE (self)->connection) == 0 &&
      (!load_before (self, row->type, row->id, &before, error) || !write_row (self, row, FALSE, error)))
    return FALSE;
  forlop_tenant_state_count (&FORLOP_SQLITE (self)->tenant.state, before, row);

  return !forlop_people_is_searched (row->type) || forlop_sqlite_put_person (self, row, error);
}

/* One of the two tables, read as the statement goes. */
typedef struct {
  ForlopRowFeed feed;
  ForlopStatement *statement;
  ForlopSqliteRead read;
} Feed;

static gboolean
advance (ForlopRowFeed  *self,
         GError        **error)
{
  Feed *feed = (Feed *) self;

  return forlop_sqlite_first (feed->statement, feed->read, (gpointer *) &self->row, error);
}

static void
clear_feeds (Feed feeds[2])
{
  for (unsigned int i = 0; i < 2; i++)
    {
      g_clear_pointer (&feeds[i].statement, forlop_statement_release);
      g_clear_pointer (&feeds[i].feed.row, forlop_sync_row_free);
    }
}

static gboolean
prepare_feeds (ForlopServerStorage  *self,
               Feed                  feeds[2],
               const char           *record_sql,
               const char           *after,
               GError              **error)
{
  feeds[0] = (Feed) { .feed.advance = advance, .read = forlop_sqlite_read_record };
  feeds[1] = (Feed) { .feed.advance = advance, .read = forlop_sqlite_read_measurement };
  feeds[0].statement = forlop_sqlite_prepare (self, record_sql, error);
  if (feeds[0].statement == NULL)
    return FALSE;
  feeds[1].statement = forlop_sqlite_prepare (self, forlop_tenant_measurement_sql (after), error);

  return feeds[1].statement != NULL;
}

/* Goes through the index of positions, which names the scopes: the cost is that of what is new, not
 * of what there is. */
static GPtrArray *
sqlite_rows_since (ForlopServerStorage  *self,
                   const char           *user_id,
                   gint64                after,
                   gint64                now,
                   unsigned int          max_rows,
                   gsize                 max_bytes,
                   gint64               *to,
                   GError              **error)
{
  ForlopServerHead head;
  GPtrArray *rows = NULL;
  Feed feeds[2];

  if (!self->funcs->get_head (self, &head, error))
    return NULL;
  *to = head.seq;

  if (prepare_feeds (self, feeds,
                     RECORD "INDEXED BY record_seq WHERE seq > ?2 AND " COVERED ("record")
                     "ORDER BY seq, type, id",
                     "INDEXED BY measurement_seq WHERE seq > ?2 AND " COVERED ("measurement")
                     "ORDER BY seq, id", error))
    {
      for (unsigned int i = 0; i < 2; i++)
        {
          forlop_statement_bind_id (feeds[i].statement, 1, user_id);
          forlop_statement_bind_integer (feeds[i].statement, 2, after);
          forlop_statement_bind_integer (feeds[i].statement, 3, now);
        }
      rows = forlop_row_feed_read_positions (&feeds[0].feed, &feeds[1].feed, max_rows, max_bytes, to, error);
    }
  clear_feeds (feeds);

  return rows;
}

static GPtrArray *
sqlite_rows_of_scope (ForlopServerStorage  *self,
                      const char           *scope,
                      gint64                after_seq,
                      const char           *after_type,
                      const char           *after_id,
                      unsigned int          max_rows,
                      GError              **error)
{
  GPtrArray *rows = NULL;
  Feed feeds[2];

  if (prepare_feeds (self, feeds,
                     RECORD "WHERE scope = ?1 AND (seq, type, id) > (?2, ?3, ?4) ORDER BY seq, type, id",
                     "WHERE scope = ?1 AND seq >= ?2 AND (seq, 'measurement', id) > (?2, ?3, ?4) "
                     "ORDER BY seq, id", error))
    {
      for (unsigned int i = 0; i < 2; i++)
        {
          forlop_statement_bind_text (feeds[i].statement, 1, scope);
          forlop_statement_bind_integer (feeds[i].statement, 2, after_seq);
          forlop_statement_bind_text (feeds[i].statement, 3, after_type != NULL ? after_type : "");
          forlop_sqlite_bind_unit (feeds[i].statement, 4, after_id);
        }
      rows = forlop_row_feed_read_rows (&feeds[0].feed, &feeds[1].feed, max_rows, error);
    }
  clear_feeds (feeds);

  return rows;
}

static gboolean
load_sum (ForlopServerStorage  *self,
          const char           *scope,
          ForlopScopeSum       *sum,
          GError              **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_sqlite_prepare (self, "SELECT count, sum FROM scope_sum WHERE scope = ?1", error);
  gboolean has_row;

  *sum = (ForlopScopeSum) { 0 };
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_text (statement, 1, scope);
  if (!forlop_sqlite_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      sum->count = forlop_statement_get_integer (statement, 0);
      sum->sum = (guint64) forlop_statement_get_integer (statement, 1);
    }

  return TRUE;
}

static gboolean
sqlite_get_sum (ForlopServerStorage  *self,
                const char           *scope,
                ForlopScopeSum       *sum,
                GError              **error)
{
  if (!load_sum (self, scope, sum, error))
    return FALSE;
  forlop_tenant_state_add_sum (&FORLOP_SQLITE (self)->tenant.state, scope, sum);

  return TRUE;
}

gboolean
forlop_sqlite_flush_sums (ForlopServerStorage  *self,
                          GError              **error)
{
  static const char sql[] = "INSERT OR REPLACE INTO scope_sum (scope, count, sum) VALUES (?1, ?2, ?3)";
  GHashTableIter iter;
  gpointer scope;

  g_hash_table_iter_init (&iter, FORLOP_SQLITE (self)->tenant.state.sums);
  while (g_hash_table_iter_next (&iter, &scope, NULL))
    {
      g_autoptr (ForlopStatement) statement = forlop_sqlite_prepare (self, sql, error);
      ForlopScopeSum sum;

      if (statement == NULL || !sqlite_get_sum (self, scope, &sum, error))
        return FALSE;
      forlop_statement_bind_text (statement, 1, scope);
      forlop_statement_bind_integer (statement, 2, sum.count);
      forlop_statement_bind_integer (statement, 3, (gint64) sum.sum);
      if (!forlop_sqlite_execute (statement, error))
        return FALSE;
    }

  return TRUE;
}

void
forlop_sqlite_fill_rows (ForlopServerStorageFuncs *funcs)
{
  funcs->load_row = sqlite_load_row;
  funcs->put_row = sqlite_put_row;
  funcs->rows_since = sqlite_rows_since;
  funcs->rows_of_scope = sqlite_rows_of_scope;
  funcs->search_people = forlop_sqlite_search_people;
  funcs->get_sum = sqlite_get_sum;
}
