/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-account-store.h"
#include "forlop-postgres-private.h"
#include "forlop-transaction.h"

G_BEGIN_DECLS

/* One statement of the accounts, in words that the file and PostgreSQL both understand: parameters are
 * $1, $2 … and stand first in that order. Values are bound one after the other. */

struct _ForlopAccountStore
{
  ForlopConnection *file;   /* NULL in PostgreSQL */
  ForlopPostgres postgres;  /* statements are on their own, or between BEGIN and COMMIT */
  gboolean in_change;
  GHashTable *known;        /* hash of a token → ForlopSession of somebody who may work; NULL in PostgreSQL */
  gint64 known_at;          /* as many rows had been changed when they were read */
};

typedef struct _ForlopAccountQuery ForlopAccountQuery;

/* Makes what the row that @query stands on tells of. */
typedef gpointer (*ForlopAccountRowFunc) (ForlopAccountQuery *query);

/* A statement that makes a row or changes the one there is. A key in PostgreSQL begins with the
 * municipality. */
#define FORLOP_ACCOUNT_PUT(store, insert, key, update) \
  ((store)->file != NULL ? insert " ON CONFLICT (" key ") DO UPDATE SET " update \
                         : insert " ON CONFLICT (tenant_id, " key ") DO UPDATE SET " update)

/* @sql is static text. */
ForlopAccountQuery *forlop_account_query_new         (ForlopAccountStore  *store,
                                                      const char          *sql,
                                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void                forlop_account_query_free        (ForlopAccountQuery  *self);

/* Every value may be NULL; text and bytes are borrowed until the query is freed. */
void                forlop_account_query_bind_text   (ForlopAccountQuery  *self,
                                                      const char          *text);
void                forlop_account_query_bind_id     (ForlopAccountQuery  *self,
                                                      const char          *id);
void                forlop_account_query_bind_integer (ForlopAccountQuery *self,
                                                      gint64               value);
void                forlop_account_query_bind_instant (ForlopAccountQuery *self,
                                                      gint64               at);
void                forlop_account_query_bind_hash   (ForlopAccountQuery  *self,
                                                      const guint8        *hash);

gboolean            forlop_account_query_step        (ForlopAccountQuery  *self,
                                                      gboolean            *has_row,
                                                      GError             **error);
/* @row: NULL when there is none. */
gboolean            forlop_account_query_first       (ForlopAccountQuery  *self,
                                                      ForlopAccountRowFunc read,
                                                      gpointer            *row,
                                                      GError             **error);
GPtrArray          *forlop_account_query_list        (ForlopAccountQuery  *self,
                                                      ForlopAccountRowFunc read,
                                                      GDestroyNotify       destroy,
                                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean            forlop_account_query_execute     (ForlopAccountQuery  *self,
                                                      GError             **error);

char               *forlop_account_query_dup_text    (ForlopAccountQuery  *self,
                                                      int                  column) G_GNUC_WARN_UNUSED_RESULT;
char               *forlop_account_query_dup_id      (ForlopAccountQuery  *self,
                                                      int                  column) G_GNUC_WARN_UNUSED_RESULT;
gint64              forlop_account_query_get_integer (ForlopAccountQuery  *self,
                                                      int                  column);
gint64              forlop_account_query_get_instant (ForlopAccountQuery  *self,
                                                      int                  column);
/* FALSE, and @hash untouched, for NULL. */
gboolean            forlop_account_query_get_hash    (ForlopAccountQuery  *self,
                                                      int                  column,
                                                      guint8              *hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopAccountQuery, forlop_account_query_free)

G_END_DECLS
