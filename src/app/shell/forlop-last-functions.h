/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-identity.h"

G_BEGIN_DECLS

/* In which functions one worked last, the newest first, so that each file opens with the one that was used
 * there. Kept in the desktop's settings; @settings may be NULL, and then nothing is remembered. */

/* Of @actors, a list of ForlopIdentity: the one used last, else the first; NULL where there is none. */
ForlopIdentity *forlop_last_functions_choose   (GSettings      *settings,
                                                GListModel     *actors) G_GNUC_WARN_UNUSED_RESULT;
void            forlop_last_functions_remember (GSettings      *settings,
                                                ForlopIdentity *actor);

G_END_DECLS
