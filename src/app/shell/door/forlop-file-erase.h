/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Deletes a file that is closed, with its keys, its log and its attachments, beside the window. */
void forlop_file_erase_later (const char *path);

G_END_DECLS
