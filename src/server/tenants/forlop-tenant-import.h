/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-tenant.h"

G_BEGIN_DECLS

/**
 * ForlopImportReport:
 * @n_changesets: in the file's history.
 * @n_taken: applied or merged.
 * @n_refused: the others; the first of them is told.
 * @first_refused: (nullable): its act, id and reason.
 */
typedef struct {
  unsigned int n_changesets;
  unsigned int n_taken;
  unsigned int n_refused;
  char *first_refused;
} ForlopImportReport;

/* Takes the history of a machine's own file, which @key opens, into the municipality's log, in order, as
 * changes of a device of its own. A second import goes on where the first ended. Blocks. */
ForlopImportReport *forlop_tenant_import      (ForlopTenant        *tenant,
                                               const char          *store_path,
                                               ForlopKey           *key,
                                               GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void                forlop_import_report_free (ForlopImportReport  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopImportReport, forlop_import_report_free)

G_END_DECLS
