/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a program says of itself to the kernel before it holds a key or the name of a citizen. */

void forlop_process_keep_memory_private (void);
void forlop_process_limit_tls           (void);

G_END_DECLS
