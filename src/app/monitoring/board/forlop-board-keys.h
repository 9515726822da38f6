/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a key on the board does with the chosen line: "take", "call", "snooze", "copy", "meeting", "next",
 * "tick" or "hand-over"; NULL for a key that does nothing. The shortcuts dialog lists the same. */
const char *forlop_board_keys_find (unsigned int key);

G_END_DECLS
