/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the translations are: beside a program that runs from its build tree, else installed. */
const char *forlop_cli_get_locale_dir (void);

G_END_DECLS
