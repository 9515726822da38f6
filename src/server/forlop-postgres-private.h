/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <libpq-fe.h>

#include "forlop-postgres-storage.h"

G_BEGIN_DECLS

#define FORLOP_POSTGRES_PARAMETERS 24

/**
 * ForlopPostgresCall:
 *
 * A statement with its parameters, in the order they are added. @sql is static text: it is prepared
 * once for each connection.
 */
typedef struct {
  const char *sql;
  int n;
  const char *values[FORLOP_POSTGRES_PARAMETERS];
  char *owned[FORLOP_POSTGRES_PARAMETERS];
} ForlopPostgresCall;

/* What a queued statement's answer is for; called when it has come. */
typedef void (*ForlopPostgresHandler) (PGresult *result,
                                       gpointer  user_data);

/* One connection: statements are sent without waiting for their answers, which are fetched when
 * something is asked. */
typedef struct {
  PGconn *handle;
  char *conninfo;
  char *tenant_id;
  GHashTable *prepared; /* SQL → name, of what the server has confirmed */
  GQueue pending;
  unsigned int n_names;
  gboolean is_lost;
} ForlopPostgres;

typedef struct {
  ForlopTenantStorage tenant;
  ForlopPostgres postgres;
  gboolean in_transaction;
  gboolean is_writing;
} ForlopPostgresStorage;

#define FORLOP_POSTGRES(self) (&((ForlopPostgresStorage *) (self))->postgres)

/* Every text may be NULL, and is borrowed; the empty id is no id. */
void      forlop_postgres_call_text    (ForlopPostgresCall     *self,
                                        const char             *text);
void      forlop_postgres_call_id      (ForlopPostgresCall     *self,
                                        const char             *id);
void      forlop_postgres_call_integer (ForlopPostgresCall     *self,
                                        gint64                  value);
/* FORLOP_INSTANT_NONE is NULL. */
void      forlop_postgres_call_instant (ForlopPostgresCall     *self,
                                        gint64                  at);
void      forlop_postgres_call_real    (ForlopPostgresCall     *self,
                                        double                  value);
void      forlop_postgres_call_boolean (ForlopPostgresCall     *self,
                                        gboolean                value);
void      forlop_postgres_call_blob    (ForlopPostgresCall     *self,
                                        const guint8           *bytes,
                                        gsize                   length);
void      forlop_postgres_call_clear   (ForlopPostgresCall     *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ForlopPostgresCall, forlop_postgres_call_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

gboolean  forlop_postgres_connect      (ForlopPostgres         *self,
                                        GError                **error);
void      forlop_postgres_close        (ForlopPostgres         *self);
/* Whether the connection can take a transaction. */
gboolean  forlop_postgres_is_open      (ForlopPostgres         *self);
/* Sends without waiting. A fault of the statement is told by the next drain. @handler (nullable). */
gboolean  forlop_postgres_queue        (ForlopPostgres         *self,
                                        ForlopPostgresCall     *call,
                                        ForlopPostgresHandler   handler,
                                        gpointer                user_data,
                                        GDestroyNotify          user_data_free,
                                        GError                **error);
/* The same where the answer says nothing. */
gboolean  forlop_postgres_send         (ForlopPostgres         *self,
                                        ForlopPostgresCall     *call,
                                        GError                **error);
/* Waits for every answer; the first fault is the error. */
gboolean  forlop_postgres_drain        (ForlopPostgres         *self,
                                        GError                **error);
/* The answer of a statement, after those that were sent before. */
PGresult *forlop_postgres_ask          (ForlopPostgres         *self,
                                        ForlopPostgresCall     *call,
                                        GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* Of a row of the answer; NULL, 0 or FORLOP_INSTANT_NONE for NULL. */
const char *forlop_postgres_get_text    (PGresult *result, int row, int column);
char       *forlop_postgres_dup_text    (PGresult *result, int row, int column) G_GNUC_WARN_UNUSED_RESULT;
gint64      forlop_postgres_get_integer (PGresult *result, int row, int column);
gint64      forlop_postgres_get_instant (PGresult *result, int row, int column);
gboolean    forlop_postgres_get_boolean (PGresult *result, int row, int column);
void        forlop_postgres_get_blob    (PGresult *result, int row, int column,
                                         guint8   *bytes, gsize length);

/* Makes something of a row. */
typedef gpointer (*ForlopPostgresRead) (PGresult *result,
                                        int       row);

GPtrArray *forlop_postgres_list        (ForlopServerStorage    *self,
                                        ForlopPostgresCall     *call,
                                        ForlopPostgresRead      read,
                                        GDestroyNotify          free_func,
                                        GError                **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_postgres_first       (ForlopServerStorage    *self,
                                        ForlopPostgresCall     *call,
                                        ForlopPostgresRead      read,
                                        gpointer               *result,
                                        GError                **error);

/* A storage for one who may do everything: to check a copy with. */
ForlopServerStorage *forlop_postgres_storage_open_as_owner (const char  *conninfo,
                                        const char             *tenant_id,
                                        GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* ForlopSyncRow, of FORLOP_TENANT_RECORD and of forlop_tenant_measurement_sql(). */
gpointer   forlop_postgres_read_record (PGresult             *result,
                                        int                   n);
gpointer   forlop_postgres_read_measurement (PGresult        *result,
                                        int                   n);

/* The functions of the table, by file. */
void       forlop_postgres_fill_rows   (ForlopServerStorageFuncs *funcs);
void       forlop_postgres_fill_lists  (ForlopServerStorageFuncs *funcs);
void       forlop_postgres_fill_log    (ForlopServerStorageFuncs *funcs);
void       forlop_postgres_fill_access (ForlopServerStorageFuncs *funcs);
void       forlop_postgres_fill_contents (ForlopServerStorageFuncs *funcs);

gboolean   forlop_postgres_flush_sums  (ForlopServerStorage    *self,
                                        GError                **error);
GPtrArray *forlop_postgres_list_access (ForlopServerStorage    *self,
                                        const char             *scope,
                                        gint64                  after,
                                        unsigned int            limit,
                                        GError                **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *forlop_postgres_list_marks  (ForlopServerStorage    *self,
                                        gint64                  after,
                                        unsigned int            limit,
                                        GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a citizen is found by, after the row was put. */
gboolean   forlop_postgres_put_person    (ForlopServerStorage  *self,
                                         const ForlopSyncRow  *row,
                                         GError              **error);
GPtrArray *forlop_postgres_search_people (ForlopServerStorage  *self,
                                         GPtrArray            *needles,
                                         unsigned int          limit,
                                         GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_postgres_put_checkpoint (ForlopServerStorage           *self,
                                           const ForlopServerCheckpoint  *checkpoint,
                                           GError                       **error);
GPtrArray *forlop_postgres_list_checkpoints (ForlopServerStorage  *self,
                                             gint64                after,
                                             GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_postgres_last_checkpoint (ForlopServerStorage     *self,
                                            ForlopServerCheckpoint **checkpoint,
                                            GError                 **error);

G_END_DECLS
