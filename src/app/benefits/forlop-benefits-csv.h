/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-benefits-store.h"

G_BEGIN_DECLS

/* The numbers of the benefits page as a CSV file that a spreadsheet opens. */
GBytes *forlop_benefits_to_csv (const ForlopBenefits  *benefits,
                                GError               **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
