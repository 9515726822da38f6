/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-sqlite-storage.h"

G_BEGIN_DECLS

/**
 * ForlopSqliteStorage:
 * @is_batch: transactions for writing are parts of one, which is open when @is_open.
 * @is_spoilt: a part of it was undone, and so is the whole.
 * @n_changes: rows written when the part began.
 */
typedef struct {
  ForlopTenantStorage tenant;
  ForlopConnection *connection;
  ForlopKey *key;
  gboolean is_writing;
  gboolean is_batch;
  gboolean is_open;
  gboolean is_spoilt;
  gint64 n_changes;
  int lock_fd;
} ForlopSqliteStorage;

#define FORLOP_SQLITE(self) ((ForlopSqliteStorage *) (self))

/* As the functions of the connection and the statement, with the errors of a storage. */
ForlopStatement *forlop_sqlite_prepare  (ForlopServerStorage  *self,
                                         const char           *sql,
                                         GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         forlop_sqlite_step     (ForlopStatement      *statement,
                                         gboolean             *has_row,
                                         GError              **error);
gboolean         forlop_sqlite_execute  (ForlopStatement      *statement,
                                         GError              **error);
/* FALSE, after giving a store's error the code the endpoint knows. */
gboolean         forlop_sqlite_fail     (GError              **error);

/* Makes something of the row the statement stands on; NULL when it cannot. */
typedef gpointer (*ForlopSqliteRead)    (ForlopStatement      *statement);

/* Every row of a statement whose parameters are bound. */
GPtrArray       *forlop_sqlite_list     (ForlopStatement      *statement,
                                         ForlopSqliteRead      read,
                                         GDestroyNotify        free_func,
                                         GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* The first row; @result stays NULL when there is none. */
gboolean         forlop_sqlite_first    (ForlopStatement      *statement,
                                         ForlopSqliteRead      read,
                                         gpointer             *result,
                                         GError              **error);

/* An id that may be empty text, kept as an empty blob. */
void             forlop_sqlite_bind_unit (ForlopStatement     *statement,
                                          int                  parameter,
                                          const char          *unit_id);
char            *forlop_sqlite_dup_unit  (ForlopStatement     *statement,
                                          int                  column) G_GNUC_WARN_UNUSED_RESULT;

/* ForlopSyncRow, of FORLOP_TENANT_RECORD and of forlop_tenant_measurement_sql(). */
gpointer         forlop_sqlite_read_record (ForlopStatement   *statement);
gpointer         forlop_sqlite_read_measurement (ForlopStatement *statement);

/* The functions of the table, by file. */
void forlop_sqlite_fill_rows   (ForlopServerStorageFuncs *funcs);
void forlop_sqlite_fill_lists  (ForlopServerStorageFuncs *funcs);
void forlop_sqlite_fill_log    (ForlopServerStorageFuncs *funcs);
void forlop_sqlite_fill_access (ForlopServerStorageFuncs *funcs);
void forlop_sqlite_fill_contents (ForlopServerStorageFuncs *funcs);

gboolean   forlop_sqlite_flush_sums  (ForlopServerStorage  *self,
                                      GError              **error);
GPtrArray *forlop_sqlite_list_access (ForlopServerStorage  *self,
                                      const char           *scope,
                                      gint64                after,
                                      unsigned int          limit,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *forlop_sqlite_list_marks  (ForlopServerStorage  *self,
                                      gint64                after,
                                      unsigned int          limit,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a citizen is found by, after the row was put. */
gboolean   forlop_sqlite_put_person    (ForlopServerStorage  *self,
                                       const ForlopSyncRow  *row,
                                       GError              **error);
GPtrArray *forlop_sqlite_search_people (ForlopServerStorage  *self,
                                       GPtrArray            *needles,
                                       unsigned int          limit,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_sqlite_put_checkpoint (ForlopServerStorage           *self,
                                         const ForlopServerCheckpoint  *checkpoint,
                                         GError                       **error);
GPtrArray *forlop_sqlite_list_checkpoints (ForlopServerStorage  *self,
                                           gint64                after,
                                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   forlop_sqlite_last_checkpoint (ForlopServerStorage     *self,
                                          ForlopServerCheckpoint **checkpoint,
                                          GError                 **error);

G_END_DECLS
