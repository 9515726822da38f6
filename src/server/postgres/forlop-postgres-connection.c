/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-postgres-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-date.h"
#include "forlop-store-error.h"

/* Answers that may lie unread: all of them are short, and far below what a socket holds. */
#define MAX_PENDING 128

/* Nobody may hold the head for longer than this. Every question has its index, so the planner may not
 * prefer to read a table through because its statistics are of yesterday. */
static const char *const session_settings =
  "SET search_path = forlop, pg_temp;"
  "SET plan_cache_mode = force_generic_plan;"
  "SET enable_seqscan = off;"
  "SET enable_bitmapscan = off;"
  "SET enable_hashjoin = off;"
  "SET enable_mergejoin = off;"
  "SET enable_sort = off;"
  "SET jit = off;"
  "SET lock_timeout = '20s';"
  "SET statement_timeout = '60s';"
  "SET idle_in_transaction_session_timeout = '60s';"
  "SET client_min_messages = warning;";

/* One statement that was sent and has not been answered. A preparation has a name; a question has a
 * place where its answer is kept. */
typedef struct {
  const char *sql;
  char *name;
  ForlopPostgresHandler handler;
  gpointer user_data;
  GDestroyNotify user_data_free;
  PGresult **kept;
} Pending;

static void
pending_free (Pending *self)
{
  if (self->user_data_free != NULL)
    self->user_data_free (self->user_data);
  g_free (self->name);
  g_free (self);
}

void
forlop_postgres_call_text (ForlopPostgresCall *self,
                           const char         *text)
{
  g_assert (self->n < FORLOP_POSTGRES_PARAMETERS);

  self->values[self->n++] = text;
}

void
forlop_postgres_call_id (ForlopPostgresCall *self,
                         const char         *id)
{
  forlop_postgres_call_text (self, id != NULL && *id != '\0' ? id : NULL);
}

static void
take_text (ForlopPostgresCall *self,
           char               *text)
{
  g_assert (self->n < FORLOP_POSTGRES_PARAMETERS);

  self->owned[self->n] = text;
  self->values[self->n++] = text;
}

void
forlop_postgres_call_integer (ForlopPostgresCall *self,
                              gint64              value)
{
  take_text (self, g_strdup_printf ("%" G_GINT64_FORMAT, value));
}

void
forlop_postgres_call_instant (ForlopPostgresCall *self,
                              gint64              at)
{
  if (at == FORLOP_INSTANT_NONE)
    forlop_postgres_call_text (self, NULL);
  else
    forlop_postgres_call_integer (self, at);
}

void
forlop_postgres_call_real (ForlopPostgresCall *self,
                           double              value)
{
  char *text = g_malloc (G_ASCII_DTOSTR_BUF_SIZE);

  take_text (self, g_ascii_dtostr (text, G_ASCII_DTOSTR_BUF_SIZE, value));
}

void
forlop_postgres_call_boolean (ForlopPostgresCall *self,
                              gboolean            value)
{
  forlop_postgres_call_text (self, value ? "t" : "f");
}

void
forlop_postgres_call_blob (ForlopPostgresCall *self,
                           const guint8       *bytes,
                           gsize               length)
{
  static const char digits[] = "0123456789abcdef";
  char *hex = g_malloc (2 * length + 3);

  hex[0] = '\\';
  hex[1] = 'x';
  for (gsize i = 0; i < length; i++)
    {
      hex[2 + 2 * i] = digits[bytes[i] >> 4];
      hex[3 + 2 * i] = digits[bytes[i] & 15];
    }
  hex[2 * length + 2] = '\0';
  take_text (self, hex);
}

void
forlop_postgres_call_clear (ForlopPostgresCall *self)
{
  for (int i = 0; i < self->n; i++)
    g_free (self->owned[i]);
}

/* The server's own text may quote a value, so only its code and the constraint are told. */
static void
set_error (ForlopPostgres  *self,
           const PGresult  *result,
           GError         **error)
{
  const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  const char *constraint = result != NULL ? PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME) : NULL;
  g_autofree char *detail = NULL;

  if (error == NULL || *error != NULL)
    return;

  /* 25006: a standby that was the primary when it was connected to. */
  if (state == NULL || PQstatus (self->handle) != CONNECTION_OK || g_str_has_prefix (state, "08") ||
      g_str_has_prefix (state, "53") || g_str_has_prefix (state, "57P") || g_str_equal (state, "25006"))
    {
      self->is_lost = TRUE;
      g_set_error (error, FORLOP_SERVER_STORAGE_ERROR, FORLOP_SERVER_STORAGE_ERROR_UNAVAILABLE,
                   _("The database does not answer. What was confirmed before is kept. Try again in "
                     "a moment."));
      return;
    }

  if (g_str_equal (state, "40001") || g_str_equal (state, "40P01") || g_str_equal (state, "55P03") ||
      g_str_equal (state, "57014"))
    {
      g_set_error (error, FORLOP_SERVER_STORAGE_ERROR, FORLOP_SERVER_STORAGE_ERROR_RETRY,
                   _("The database is busy with another change. Nothing was stored. Try again."));
      return;
    }

  detail = g_strdup_printf ("%s%s%s", state, constraint != NULL ? " " : "",
                            constraint != NULL ? constraint : "");
  forlop_store_error_set (error, g_str_has_prefix (state, "23") ? FORLOP_STORE_ERROR_CONSTRAINT
                                                                : FORLOP_STORE_ERROR_FAILED,
                          NULL, detail);
}

static gboolean
run_plain (ForlopPostgres  *self,
           const char      *sql,
           GError         **error)
{
  g_autoptr (PGresult) result = PQexec (self->handle, sql);

  if (PQresultStatus (result) == PGRES_COMMAND_OK || PQresultStatus (result) == PGRES_TUPLES_OK)
    return TRUE;
  set_error (self, result, error);

  return FALSE;
}

static void
ignore_notice_cb (void           *user_data,
                  const PGresult *result)
{
  g_debug ("PostgreSQL: %s %p", PQresultErrorField (result, PG_DIAG_SQLSTATE), user_data);
}

gboolean
forlop_postgres_connect (ForlopPostgres  *self,
                         GError         **error)
{
  g_return_val_if_fail (self != NULL && self->handle == NULL, FALSE);

  self->is_lost = FALSE;
  self->handle = PQconnectdb (self->conninfo);
  if (PQstatus (self->handle) != CONNECTION_OK)
    {
      set_error (self, NULL, error);
      forlop_postgres_close (self);
      return FALSE;
    }

  PQsetNoticeReceiver (self->handle, ignore_notice_cb, self);
  self->prepared = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_queue_init (&self->pending);
  if (!run_plain (self, session_settings, error) || PQenterPipelineMode (self->handle) != 1)
    {
      set_error (self, NULL, error);
      forlop_postgres_close (self);
      return FALSE;
    }

  return TRUE;
}

void
forlop_postgres_close (ForlopPostgres *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->handle, PQfinish);
  g_clear_pointer (&self->prepared, g_hash_table_unref);
  g_queue_clear_full (&self->pending, (GDestroyNotify) pending_free);
}

/* The database says goodbye before it is asked anything: when it is started again, or another takes over. */
static gboolean
was_ended (ForlopPostgres *self)
{
  GPollFD socket = { .fd = PQsocket (self->handle), .events = G_IO_IN };

  while (g_poll (&socket, 1, 0) > 0)
    if (PQconsumeInput (self->handle) != 1)
      return TRUE;

  return FALSE;
}

gboolean
forlop_postgres_is_open (ForlopPostgres *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->handle == NULL || self->is_lost || PQstatus (self->handle) != CONNECTION_OK)
    return FALSE;
  /* While answers are waited for, what can be read is one of them. */
  self->is_lost = self->pending.length == 0 && was_ended (self);

  return !self->is_lost;
}

static Pending *
push_pending (ForlopPostgres *self,
              const char     *sql,
              char           *name)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->sql = sql;
  pending->name = name;
  g_queue_push_tail (&self->pending, pending);

  return pending;
}

/* The name a statement is or will be prepared by; NULL when it has to be prepared first. */
static const char *
find_name (ForlopPostgres *self,
           const char     *sql)
{
  const char *name = g_hash_table_lookup (self->prepared, sql);

  for (GList *link = self->pending.head; name == NULL && link != NULL; link = link->next)
    {
      const Pending *pending = link->data;

      if (pending->name != NULL && pending->sql == sql)
        name = pending->name;
    }

  return name;
}

/* Borrowed until the next drain; NULL with an error. */
static Pending *
send (ForlopPostgres      *self,
      ForlopPostgresCall  *call,
      GError             **error)
{
  const char *sql = g_intern_static_string (call->sql);
  const char *name;

  if (self->pending.length >= MAX_PENDING && !forlop_postgres_drain (self, error))
    return NULL;

  name = find_name (self, sql);
  if (name == NULL)
    {
      char *made = g_strdup_printf ("s%u", self->n_names++);

      if (PQsendPrepare (self->handle, made, sql, call->n, NULL) != 1)
        {
          g_free (made);
          set_error (self, NULL, error);
          return NULL;
        }
      push_pending (self, sql, made);
      name = made;
    }

  if (PQsendQueryPrepared (self->handle, name, call->n, call->values, NULL, NULL, 0) != 1)
    {
      set_error (self, NULL, error);
      return NULL;
    }

  return push_pending (self, sql, NULL);
}

gboolean
forlop_postgres_queue (ForlopPostgres         *self,
                       ForlopPostgresCall     *call,
                       ForlopPostgresHandler   handler,
                       gpointer                user_data,
                       GDestroyNotify          user_data_free,
                       GError                **error)
{
  Pending *pending;

  g_return_val_if_fail (self != NULL && call != NULL, FALSE);

  pending = send (self, call, error);
  if (pending == NULL)
    {
      if (user_data_free != NULL)
        user_data_free (user_data);
      return FALSE;
    }
  pending->handler = handler;
  pending->user_data = user_data;
  pending->user_data_free = user_data_free;

  return TRUE;
}

gboolean
forlop_postgres_send (ForlopPostgres      *self,
                      ForlopPostgresCall  *call,
                      GError             **error)
{
  return forlop_postgres_queue (self, call, NULL, NULL, NULL, error);
}

/* Answers come in the order of the statements, each ended by NULL; after a fault the rest of them is
 * told to be left out. */
static void
take_answer (ForlopPostgres  *self,
             Pending         *pending,
             GError         **error)
{
  PGresult *result;

  while ((result = PQgetResult (self->handle)) != NULL)
    {
      ExecStatusType status = PQresultStatus (result);
      gboolean good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

      if (!good && status != PGRES_PIPELINE_ABORTED)
        set_error (self, result, error);
      if (good && pending->name != NULL)
        g_hash_table_insert (self->prepared, (gpointer) pending->sql, g_steal_pointer (&pending->name));
      if (good && pending->handler != NULL)
        pending->handler (result, pending->user_data);
      if (good && pending->kept != NULL)
        *pending->kept = g_steal_pointer (&result);
      PQclear (result);
      if (PQstatus (self->handle) != CONNECTION_OK)
        return;
    }
}

gboolean
forlop_postgres_drain (ForlopPostgres  *self,
                       GError         **error)
{
  g_autoptr (GError) problem = NULL;
  Pending *pending;
  PGresult *sync;

  if (self->pending.length == 0)
    return TRUE;

  if (PQpipelineSync (self->handle) != 1)
    set_error (self, NULL, &problem);
  while ((pending = g_queue_pop_head (&self->pending)) != NULL)
    {
      if (PQstatus (self->handle) == CONNECTION_OK)
        take_answer (self, pending, &problem);
      pending_free (pending);
    }

  sync = PQstatus (self->handle) == CONNECTION_OK ? PQgetResult (self->handle) : NULL;
  if (PQresultStatus (sync) != PGRES_PIPELINE_SYNC)
    set_error (self, NULL, &problem);
  PQclear (sync);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

PGresult *
forlop_postgres_ask (ForlopPostgres      *self,
                     ForlopPostgresCall  *call,
                     GError             **error)
{
  g_autoptr (PGresult) result = NULL;
  Pending *pending;

  g_return_val_if_fail (self != NULL && call != NULL, NULL);

  pending = send (self, call, error);
  if (pending == NULL)
    return NULL;
  pending->kept = &result;
  if (!forlop_postgres_drain (self, error))
    return NULL;

  return g_steal_pointer (&result);
}

const char *
forlop_postgres_get_text (PGresult *result,
                          int       row,
                          int       column)
{
  return PQgetisnull (result, row, column) ? NULL : PQgetvalue (result, row, column);
}

char *
forlop_postgres_dup_text (PGresult *result,
                          int       row,
                          int       column)
{
  return g_strdup (forlop_postgres_get_text (result, row, column));
}

gint64
forlop_postgres_get_integer (PGresult *result,
                             int       row,
                             int       column)
{
  return g_ascii_strtoll (PQgetvalue (result, row, column), NULL, 10);
}

gint64
forlop_postgres_get_instant (PGresult *result,
                             int       row,
                             int       column)
{
  return PQgetisnull (result, row, column) ? FORLOP_INSTANT_NONE
                                           : forlop_postgres_get_integer (result, row, column);
}

gboolean
forlop_postgres_get_boolean (PGresult *result,
                             int       row,
                             int       column)
{
  return PQgetvalue (result, row, column)[0] == 't';
}

/* Kept as "\x" and hexadecimal digits. */
void
forlop_postgres_get_blob (PGresult *result,
                          int       row,
                          int       column,
                          guint8   *bytes,
                          gsize     length)
{
  const char *hex = PQgetvalue (result, row, column);

  memset (bytes, 0, length);
  if (strlen (hex) != 2 * length + 2)
    return;
  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (hex[2 + 2 * i]) << 4 | g_ascii_xdigit_value (hex[3 + 2 * i]));
}
