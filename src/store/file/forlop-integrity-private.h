/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-integrity.h"

G_BEGIN_DECLS

/* What the checks share: they add to @problems until there are enough of a kind. */
typedef struct {
  ForlopConnection *connection;
  GPtrArray *problems;
  ForlopIntegrityProgress progress;
  gpointer user_data;
  gint64 now;
  gboolean is_mirror;
} ForlopIntegrity;

/* @text is taken. */
void     forlop_integrity_add          (ForlopIntegrity  *self,
                                        const char       *kind,
                                        const char       *type,
                                        const char       *id,
                                        const char       *field,
                                        char             *text);
/* Whether what is derived from the cases is what their records say. */
gboolean forlop_integrity_check_duties (ForlopIntegrity  *self,
                                        GError          **error);

G_END_DECLS
