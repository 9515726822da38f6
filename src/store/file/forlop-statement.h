/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-date.h"

G_BEGIN_DECLS

/* A prepared statement, borrowed from its connection's cache. A g_autoptr gives it back, reset and
 * with its parameters cleared. Parameters count from 1 and columns from 0. A value that cannot be
 * bound is reported by the next step, so that binding needs no error handling of its own. */

typedef struct _ForlopStatement ForlopStatement;

void        forlop_statement_release      (ForlopStatement  *self);
/* Ready for new parameters and another run. */
void        forlop_statement_reset        (ForlopStatement  *self);

void        forlop_statement_bind_null    (ForlopStatement  *self,
                                           int               parameter);
/* NULL binds NULL, here and in the functions that take text, an id or a blob. */
void        forlop_statement_bind_text    (ForlopStatement  *self,
                                           int               parameter,
                                           const char       *text);
/* @id is UUID text of 36 characters and is kept as 16 bytes. */
void        forlop_statement_bind_id      (ForlopStatement  *self,
                                           int               parameter,
                                           const char       *id);
void        forlop_statement_bind_integer (ForlopStatement  *self,
                                           int               parameter,
                                           gint64            value);
void        forlop_statement_bind_boolean (ForlopStatement  *self,
                                           int               parameter,
                                           gboolean          value);
void        forlop_statement_bind_real    (ForlopStatement  *self,
                                           int               parameter,
                                           double            value);
void        forlop_statement_bind_blob    (ForlopStatement  *self,
                                           int               parameter,
                                           gconstpointer     data,
                                           gsize             length);
/* FORLOP_DATE_NONE binds NULL; other dates are kept as "2026-11-22". */
void        forlop_statement_bind_date    (ForlopStatement  *self,
                                           int               parameter,
                                           ForlopDate        date);
/* FORLOP_INSTANT_NONE binds NULL. */
void        forlop_statement_bind_instant (ForlopStatement  *self,
                                           int               parameter,
                                           gint64            at_ms);

gboolean    forlop_statement_step         (ForlopStatement  *self,
                                           gboolean         *has_row,
                                           GError          **error);
/* Runs to the end, throws rows away and makes it ready for another run with the same connection;
 * parameters stay bound until they are bound again or the statement is given back. */
gboolean    forlop_statement_execute      (ForlopStatement  *self,
                                           GError          **error);

int         forlop_statement_get_n_columns   (ForlopStatement *self);
const char *forlop_statement_get_column_name (ForlopStatement *self,
                                              int              column);
int         forlop_statement_get_n_parameters (ForlopStatement *self);

gboolean    forlop_statement_is_null      (ForlopStatement  *self,
                                           int               column);
/* Borrowed until the next step, reset or release; NULL for NULL. */
const char *forlop_statement_get_text     (ForlopStatement  *self,
                                           int               column);
char       *forlop_statement_dup_text     (ForlopStatement  *self,
                                           int               column) G_GNUC_WARN_UNUSED_RESULT;
/* UUID text, or NULL for NULL and for anything that is not 16 bytes. */
char       *forlop_statement_dup_id       (ForlopStatement  *self,
                                           int               column) G_GNUC_WARN_UNUSED_RESULT;
/* 0 for NULL */
gint64      forlop_statement_get_integer  (ForlopStatement  *self,
                                           int               column);
gboolean    forlop_statement_get_boolean  (ForlopStatement  *self,
                                           int               column);
double      forlop_statement_get_real     (ForlopStatement  *self,
                                           int               column);
/* Borrowed as for text; @length may not be NULL. */
gconstpointer forlop_statement_get_blob   (ForlopStatement  *self,
                                           int               column,
                                           gsize            *length);
/* FORLOP_DATE_NONE for NULL */
ForlopDate  forlop_statement_get_date     (ForlopStatement  *self,
                                           int               column);
/* FORLOP_INSTANT_NONE for NULL */
gint64      forlop_statement_get_instant  (ForlopStatement  *self,
                                           int               column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopStatement, forlop_statement_release)

G_END_DECLS
