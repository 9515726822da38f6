/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-people-search.h"
#include "forlop-postgres-private.h"


#include "forlop-record.h"
#include "forlop-row-feed.h"

/* Of every SELECT from the table of records, and from that of measurements, where the declared
 * fields follow. */
enum { COLUMN_ID, COLUMN_SCOPE, COLUMN_SEQ, COLUMN_VTAG, COLUMN_DELETED, COLUMN_FIELD_VTAGS,
       COLUMN_TYPE, COLUMN_BODY, N_FIXED = COLUMN_TYPE };

/* Rows of a feed that are fetched at a time. */
#define CHUNK 200
#define LIMIT "LIMIT 200"

#define RECORD FORLOP_TENANT_RECORD
/* A question of its own for each row: what is looked at is what is new, whatever the planner thinks. */
#define COVERED(table) \
  "(SELECT g.active FROM access_grant g WHERE g.user_id = $4 AND g.scope = " table ".scope " \
  "AND (g.valid_to IS NULL OR g.valid_to > $5)) "

static const ForlopRecordType *
measurement_type (void)
{
  return forlop_record_type_find ("measurement");
}

static void
fill_row (ForlopSyncRow *row,
          PGresult      *result,
          int            n)
{
  row->seq = forlop_postgres_get_integer (result, n, COLUMN_SEQ);
  row->vtag = forlop_postgres_dup_text (result, n, COLUMN_VTAG);
  row->deleted = forlop_postgres_get_boolean (result, n, COLUMN_DELETED);
  row->field_vtags = forlop_postgres_dup_text (result, n, COLUMN_FIELD_VTAGS);
}

gpointer
forlop_postgres_read_record (PGresult *result,
             int       n)
{
  const ForlopRecordType *type =
    forlop_record_type_find (forlop_postgres_get_text (result, n, COLUMN_TYPE));
  ForlopSyncRow *row;

  if (type == NULL)
    return NULL;

  row = forlop_sync_row_new (type, forlop_postgres_get_text (result, n, COLUMN_ID),
                             forlop_postgres_get_text (result, n, COLUMN_SCOPE));
  fill_row (row, result, n);
  row->body = forlop_postgres_dup_text (result, n, COLUMN_BODY);

  return row;
}

static void
read_field (ForlopRecord      *record,
            const ForlopField *field,
            PGresult          *result,
            int                n,
            int                column)
{
  const char *text = forlop_postgres_get_text (result, n, column);

  if (text == NULL)
    return;

  if (field->kind <= FORLOP_KIND_BLOB)
    forlop_record_set_text (record, field->name, text);
  else if (field->kind == FORLOP_KIND_REAL)
    forlop_record_set_real (record, field->name, g_ascii_strtod (text, NULL));
  else
    forlop_record_set_integer (record, field->name, g_ascii_strtoll (text, NULL, 10));
}

/* The body is made of the fields as it was made when it came. */
gpointer
forlop_postgres_read_measurement (PGresult *result,
                  int       n)
{
  ForlopSyncRow *row = forlop_sync_row_new (measurement_type (), forlop_postgres_get_text (result, n, COLUMN_ID),
                                            forlop_postgres_get_text (result, n, COLUMN_SCOPE));

  fill_row (row, result, n);
  if (!row->deleted)
    {
      g_autoptr (ForlopRecord) record = forlop_record_new (row->type, row->id);
      g_autoptr (ForlopSyncRow) made = NULL;

      for (int i = 0; row->type->fields[i].name != NULL; i++)
        read_field (record, &row->type->fields[i], result, n, N_FIXED + i);
      made = forlop_sync_row_from_record (record, row->seq);
      row->body = g_steal_pointer (&made->body);
    }

  return row;
}

static gboolean
postgres_load_row (ForlopServerStorage     *self,
                   const ForlopRecordType  *type,
                   const char              *id,
                   ForlopSyncRow          **row,
                   GError                 **error)
{
  gboolean measured = type == measurement_type ();
  g_auto (ForlopPostgresCall) call = {
    .sql = measured ? forlop_tenant_measurement_sql ("WHERE id = $1") : RECORD "WHERE id = $1 AND type = $2",
  };

  forlop_postgres_call_id (&call, id);
  if (!measured)
    forlop_postgres_call_text (&call, type->name);

  return forlop_postgres_first (self, &call, measured ? forlop_postgres_read_measurement : forlop_postgres_read_record, (gpointer *) row,
                                error);
}

/* What is there before, told by the statement that writes over it: scope, tag, deleted. */
#define BEFORE(table, where) \
  "WITH old AS (SELECT scope, vtag, deleted FROM " table " WHERE " where "), new AS ("
#define AFTER " RETURNING 1) SELECT old.scope, old.vtag, old.deleted FROM new LEFT JOIN old ON true"

static void
call_fixed (ForlopPostgresCall  *call,
            const ForlopSyncRow *row)
{
  forlop_postgres_call_id (call, row->id);
  forlop_postgres_call_text (call, row->scope);
  forlop_postgres_call_integer (call, row->seq);
  forlop_postgres_call_id (call, row->vtag);
  forlop_postgres_call_boolean (call, row->deleted);
  forlop_postgres_call_text (call, row->field_vtags);
}

static const char *
put_record_sql (void)
{
  return BEFORE ("record", "type = $7 AND id = $1")
         "INSERT INTO record (id, scope, seq, vtag, deleted, field_vtags, type, body) "
         "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, type, id) DO UPDATE SET "
         "scope = $2, seq = $3, vtag = $4, deleted = $5, field_vtags = $6, body = $8" AFTER;
}

static const char *
make_put_measurement_sql (void)
{
  GString *sql = g_string_new (BEFORE ("measurement", "id = $1")
                               "INSERT INTO measurement (id, scope, seq, vtag, deleted, field_vtags");
  const ForlopRecordType *type = measurement_type ();
  unsigned int n = forlop_record_type_n_fields (type);

  for (unsigned int i = 0; i < n; i++)
    g_string_append_printf (sql, ", %s", type->fields[i].name);
  g_string_append (sql, ") VALUES ($1, $2, $3, $4, $5, $6");
  for (unsigned int i = 0; i < n; i++)
    g_string_append_printf (sql, ", $%u", N_FIXED + 1 + i);
  g_string_append (sql, ") ON CONFLICT (tenant_id, id) DO UPDATE SET scope = $2, seq = $3, vtag = $4, "
                        "deleted = $5, field_vtags = $6");
  for (unsigned int i = 0; i < n; i++)
    g_string_append_printf (sql, ", %s = $%u", type->fields[i].name, N_FIXED + 1 + i);
  g_string_append (sql, AFTER);

  return g_string_free (sql, FALSE);
}

static const char *
put_measurement_sql (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) make_put_measurement_sql ());

  return (const char *) once;
}

static void
call_field (ForlopPostgresCall *call,
            ForlopRecord       *record,
            const ForlopField  *field)
{
  if (record == NULL || !forlop_record_has (record, field->name))
    forlop_postgres_call_text (call, NULL);
  else if (field->kind <= FORLOP_KIND_BLOB)
    forlop_postgres_call_text (call, forlop_record_get_text (record, field->name));
  else if (field->kind == FORLOP_KIND_REAL)
    forlop_postgres_call_real (call, forlop_record_get_real (record, field->name));
  else
    forlop_postgres_call_integer (call, forlop_record_get_integer (record, field->name));
}

/* A row that was sent, kept until its answer says what it took the place of. */
typedef struct {
  ForlopTenantState *state;
  ForlopSyncRow *row;
} Put;

static void
count_put (PGresult *result,
           gpointer  user_data)
{
  Put *put = user_data;
  const char *scope = forlop_postgres_get_text (result, 0, 0);
  g_autoptr (ForlopSyncRow) before = NULL;

  if (scope != NULL)
    {
      before = forlop_sync_row_new (put->row->type, put->row->id, scope);
      before->vtag = forlop_postgres_dup_text (result, 0, 1);
      before->deleted = forlop_postgres_get_boolean (result, 0, 2);
    }
  forlop_tenant_state_count (put->state, before, put->row);
}

static void
put_free (gpointer data)
{
  Put *put = data;

  forlop_sync_row_free (put->row);
  g_free (put);
}

static Put *
put_new (ForlopServerStorage *self,
         const ForlopSyncRow *row)
{
  Put *put = g_new0 (Put, 1);

  put->state = &((ForlopTenantStorage *) self)->state;
  put->row = forlop_sync_row_new (row->type, row->id, row->scope);
  put->row->vtag = g_strdup (row->vtag);
  put->row->deleted = row->deleted;

  return put;
}

static gboolean
postgres_put_row (ForlopServerStorage  *self,
                  const ForlopSyncRow  *row,
                  GError              **error)
{
  gboolean measured = row->type == measurement_type ();
  g_auto (ForlopPostgresCall) call = { .sql = measured ? put_measurement_sql () : put_record_sql () };
  g_autoptr (ForlopRecord) record = NULL;
  g_autofree char *body = measured ? NULL : forlop_sync_row_dup_body (row);

  if (measured && !row->deleted)
    {
      record = row->record != NULL ? g_object_ref (row->record) : forlop_sync_row_to_record (row, error);
      if (record == NULL)
        return FALSE;
    }

  call_fixed (&call, row);
  if (measured)
    {
      for (int i = 0; row->type->fields[i].name != NULL; i++)
        call_field (&call, record, &row->type->fields[i]);
    }
  else
    {
      forlop_postgres_call_text (&call, row->type->name);
      forlop_postgres_call_text (&call, body);
    }

  return forlop_postgres_queue (FORLOP_POSTGRES (self), &call, count_put, put_new (self, row), put_free,
                                error) &&
         (!forlop_people_is_searched (row->type) || forlop_postgres_put_person (self, row, error));
}

/* One of the two tables, fetched piece by piece: each piece begins after the last row of the one
 * before. */
typedef struct {
  ForlopRowFeed feed;
  ForlopServerStorage *storage;
  const char *sql;
  ForlopPostgresRead read;
  const char *user_id;  /* of a user's rows, with @now */
  gint64 now;
  const char *scope;    /* of a scope's rows */
  gint64 seq;
  char *type;
  char *id;
  PGresult *chunk;
  int n;
} Feed;

static gboolean
fetch_chunk (Feed    *self,
             GError **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = self->sql };

  forlop_postgres_call_integer (&call, self->seq);
  forlop_postgres_call_text (&call, self->type);
  forlop_postgres_call_text (&call, self->id);
  forlop_postgres_call_text (&call, self->user_id != NULL ? self->user_id : self->scope);
  if (self->user_id != NULL)
    forlop_postgres_call_integer (&call, self->now);
  g_clear_pointer (&self->chunk, PQclear);
  self->chunk = forlop_postgres_ask (FORLOP_POSTGRES (self->storage), &call, error);
  self->n = 0;

  return self->chunk != NULL;
}

static gboolean
advance (ForlopRowFeed  *feed,
         GError        **error)
{
  Feed *self = (Feed *) feed;
  gboolean at_end = self->chunk != NULL && self->n == PQntuples (self->chunk);

  if (at_end && self->n < CHUNK)
    return TRUE;
  if ((self->chunk == NULL || at_end) && !fetch_chunk (self, error))
    return FALSE;
  if (self->n == PQntuples (self->chunk))
    return TRUE;

  feed->row = self->read (self->chunk, self->n++);
  if (feed->row == NULL)
    {
      forlop_tenant_set_not_known (error);
      return FALSE;
    }
  self->seq = feed->row->seq;
  g_set_str (&self->type, feed->row->type->name);
  g_set_str (&self->id, feed->row->id);

  return TRUE;
}

#define FIRST_ID "00000000-0000-0000-0000-000000000000"

static void
init_feeds (Feed                 feeds[2],
            ForlopServerStorage *self,
            gint64               seq,
            const char          *type,
            const char          *id)
{
  for (unsigned int i = 0; i < 2; i++)
    feeds[i] = (Feed) {
      .feed.advance = advance, .storage = self, .seq = seq, .type = g_strdup (type), .id = g_strdup (id),
      .read = i == 0 ? forlop_postgres_read_record : forlop_postgres_read_measurement,
    };
}

static void
clear_feeds (Feed feeds[2])
{
  for (unsigned int i = 0; i < 2; i++)
    {
      g_clear_pointer (&feeds[i].feed.row, forlop_sync_row_free);
      g_clear_pointer (&feeds[i].chunk, PQclear);
      g_free (feeds[i].type);
      g_free (feeds[i].id);
    }
}

#define RECORD_AFTER "seq >= $1 AND (seq, type, id) > ($1, $2, $3::uuid) "
#define MEASUREMENT_AFTER \
  "seq >= $1 AND (seq > $1 OR 'measurement' > $2 COLLATE \"C\" OR ('measurement' = $2 AND id > $3::uuid)) "

static GPtrArray *
postgres_rows_since (ForlopServerStorage  *self,
                     const char           *user_id,
                     gint64                after,
                     gint64                now,
                     unsigned int          max_rows,
                     gsize                 max_bytes,
                     gint64               *to,
                     GError              **error)
{
  ForlopServerHead head;
  GPtrArray *rows;
  Feed feeds[2];

  if (!self->funcs->get_head (self, &head, error))
    return NULL;
  *to = head.seq;

  init_feeds (feeds, self, after + 1, "", FIRST_ID);
  feeds[0].sql = RECORD "WHERE " RECORD_AFTER "AND " COVERED ("record") "ORDER BY seq, type, id " LIMIT;
  feeds[1].sql = forlop_tenant_measurement_sql ("WHERE " MEASUREMENT_AFTER "AND " COVERED ("measurement")
                                  "ORDER BY seq, id " LIMIT);
  for (unsigned int i = 0; i < 2; i++)
    {
      feeds[i].user_id = user_id;
      feeds[i].now = now;
    }
  rows = forlop_row_feed_read_positions (&feeds[0].feed, &feeds[1].feed, max_rows, max_bytes, to, error);
  clear_feeds (feeds);

  return rows;
}

static GPtrArray *
postgres_rows_of_scope (ForlopServerStorage  *self,
                        const char           *scope,
                        gint64                after_seq,
                        const char           *after_type,
                        const char           *after_id,
                        unsigned int          max_rows,
                        GError              **error)
{
  GPtrArray *rows;
  Feed feeds[2];

  init_feeds (feeds, self, after_seq, after_type != NULL ? after_type : "",
              after_id != NULL && *after_id != '\0' ? after_id : FIRST_ID);
  feeds[0].sql = RECORD "WHERE scope = $4 AND " RECORD_AFTER "ORDER BY seq, type, id " LIMIT;
  feeds[1].sql = forlop_tenant_measurement_sql ("WHERE scope = $4 AND " MEASUREMENT_AFTER "ORDER BY seq, id " LIMIT);
  feeds[0].scope = feeds[1].scope = scope;
  rows = forlop_row_feed_read_rows (&feeds[0].feed, &feeds[1].feed, max_rows, error);
  clear_feeds (feeds);

  return rows;
}

static gboolean
postgres_get_sum (ForlopServerStorage  *self,
                  const char           *scope,
                  ForlopScopeSum       *sum,
                  GError              **error)
{
  g_auto (ForlopPostgresCall) call = { .sql = "SELECT count, sum FROM scope_sum WHERE scope = $1" };
  g_autoptr (PGresult) result = NULL;

  forlop_postgres_call_text (&call, scope);
  result = forlop_postgres_ask (FORLOP_POSTGRES (self), &call, error);
  *sum = (ForlopScopeSum) { 0 };
  if (result == NULL)
    return FALSE;
  if (PQntuples (result) > 0)
    {
      sum->count = forlop_postgres_get_integer (result, 0, 0);
      sum->sum = (guint64) forlop_postgres_get_integer (result, 0, 1);
    }
  forlop_tenant_state_add_sum (&((ForlopTenantStorage *) self)->state, scope, sum);

  return TRUE;
}

/* The addition is modulo 2⁶⁴ on signed numbers: 27670116110564327424 is 2⁶⁴ + 2⁶³. */
gboolean
forlop_postgres_flush_sums (ForlopServerStorage  *self,
                            GError              **error)
{
  GHashTableIter iter;
  gpointer scope;
  gpointer value;

  g_hash_table_iter_init (&iter, ((ForlopTenantStorage *) self)->state.sums);
  while (g_hash_table_iter_next (&iter, &scope, &value))
    {
      const ForlopScopeSum *sum = value;
      g_auto (ForlopPostgresCall) call = {
        .sql = "INSERT INTO scope_sum AS s (scope, count, sum) VALUES ($1, $2, $3) "
               "ON CONFLICT (tenant_id, scope) DO UPDATE SET count = s.count + excluded.count, "
               "sum = ((s.sum::numeric + excluded.sum + 27670116110564327424) % 18446744073709551616 "
               "- 9223372036854775808)::bigint",
      };

      forlop_postgres_call_text (&call, scope);
      forlop_postgres_call_integer (&call, sum->count);
      forlop_postgres_call_integer (&call, (gint64) sum->sum);
      if (!forlop_postgres_send (FORLOP_POSTGRES (self), &call, error))
        return FALSE;
    }

  return TRUE;
}

void
forlop_postgres_fill_rows (ForlopServerStorageFuncs *funcs)
{
  funcs->load_row = postgres_load_row;
  funcs->put_row = postgres_put_row;
  funcs->rows_since = postgres_rows_since;
  funcs->rows_of_scope = postgres_rows_of_scope;
  funcs->search_people = forlop_postgres_search_people;
  funcs->get_sum = postgres_get_sum;
}
