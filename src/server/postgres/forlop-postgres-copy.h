/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-postgres-storage.h"

G_BEGIN_DECLS

/* Fills a municipality of the database with what another storage has, by the owner's role. It is not
 * served before that is said. */

typedef struct {
  char *name;
  char *type; /* as PostgreSQL calls it */
} ForlopPostgresColumn;

/**
 * ForlopPostgresTable:
 * @columns: of #ForlopPostgresColumn, without the municipality.
 */
typedef struct {
  char *name;
  GPtrArray *columns;
} ForlopPostgresTable;

typedef struct _ForlopPostgresCopy ForlopPostgresCopy;

/* @name: the municipality's; an error when one with that name is served. */
ForlopPostgresCopy  *forlop_postgres_copy_new          (const char                 *owner,
                                                        const char                 *name,
                                                        GError                    **error) G_GNUC_WARN_UNUSED_RESULT;
void                 forlop_postgres_copy_free         (ForlopPostgresCopy         *self);

/* Begins a transaction and, in it, the municipality anew. */
gboolean             forlop_postgres_copy_begin        (ForlopPostgresCopy         *self,
                                                        GError                    **error);
/* The tables of a municipality, those that others refer to first. */
GPtrArray           *forlop_postgres_copy_list_tables  (ForlopPostgresCopy         *self,
                                                        GError                    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean             forlop_postgres_copy_begin_table  (ForlopPostgresCopy         *self,
                                                        const ForlopPostgresTable  *table,
                                                        GError                    **error);
/* The next value of a row, as PostgreSQL writes it; NULL is NULL. */
void                 forlop_postgres_copy_value        (ForlopPostgresCopy         *self,
                                                        const char                 *text);
gboolean             forlop_postgres_copy_end_row      (ForlopPostgresCopy         *self,
                                                        GError                    **error);
gboolean             forlop_postgres_copy_end_table    (ForlopPostgresCopy         *self,
                                                        const ForlopPostgresTable  *table,
                                                        GError                    **error);
gboolean             forlop_postgres_copy_commit       (ForlopPostgresCopy         *self,
                                                        GError                    **error);
/* What was committed, to be checked. */
ForlopServerStorage *forlop_postgres_copy_open_storage (ForlopPostgresCopy         *self,
                                                        GError                    **error) G_GNUC_WARN_UNUSED_RESULT;
/* From now on the municipality is served. @wrapping: its own key, as in #ForlopPostgresTenant. */
gboolean             forlop_postgres_copy_serve        (ForlopPostgresCopy         *self,
                                                        const char                 *wrapping,
                                                        GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopPostgresCopy, forlop_postgres_copy_free)

G_END_DECLS
