/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-tenant.h"

G_BEGIN_DECLS

/* Requests that write wait for the disk, and one wait will do for all that are there: what comes while a
 * municipality's thread is at work goes to it together. */

/* The answer stands; in the main context. Owns the job. */
typedef void (*ForlopHttpBatchDone) (gpointer job);

typedef struct _ForlopHttpBatches ForlopHttpBatches;

/* @run: does the job and keeps the answer in it; on the municipality's thread, and once more when what
 * it stored together with others did not stand. */
ForlopHttpBatches *forlop_http_batches_new  (ForlopServerJob      run,
                                             ForlopHttpBatchDone  done) G_GNUC_WARN_UNUSED_RESULT;
/* Every job that was added must have come to its end. */
void               forlop_http_batches_free (ForlopHttpBatches   *self);
/* Whether the municipality's storage can do several at once. */
gboolean           forlop_http_batches_suit (ForlopTenant        *tenant);
/* @bytes: how much the job brings. */
void               forlop_http_batches_add  (ForlopHttpBatches   *self,
                                             ForlopTenant        *tenant,
                                             gpointer             job,
                                             gsize                bytes);

G_END_DECLS
