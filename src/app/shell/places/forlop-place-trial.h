/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-workplace.h"

G_BEGIN_DECLS

/* Who has one passphrase for several files writes it once: those of @places that are closed are opened with it,
 * where it is theirs. A PIN is not tried elsewhere, because wrong ones are counted. */
void forlop_place_trial_begin (GListModel *places,
                               const char *passphrase);

G_END_DECLS
