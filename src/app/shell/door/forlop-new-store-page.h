/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-store-opener.h"

G_BEGIN_DECLS

/* The first start: asks for what a new file needs and makes it. */

#define FORLOP_TYPE_NEW_STORE_PAGE (forlop_new_store_page_get_type ())
G_DECLARE_FINAL_TYPE (ForlopNewStorePage, forlop_new_store_page, FORLOP, NEW_STORE_PAGE, AdwBin)

/* Asks. Emits ForlopNewStorePage::made with the open ForlopStore. */
void forlop_new_store_page_begin (ForlopNewStorePage *self,
                                  ForlopStoreOpener  *opener);

G_END_DECLS
