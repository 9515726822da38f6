/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Chooses the certificate of the municipality's own authority, and shows its fingerprint to be compared.
 * What is chosen is copied, so that it is there when the stick it came on is not. */

#define FORLOP_TYPE_AUTHORITY_ROW (forlop_authority_row_get_type ())
G_DECLARE_FINAL_TYPE (ForlopAuthorityRow, forlop_authority_row, FORLOP, AUTHORITY_ROW, AdwActionRow)

/* Where the copy is; NULL while none is chosen. */
const char *forlop_authority_row_get_path (ForlopAuthorityRow *self);

G_END_DECLS
