/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* F1: one page of help for every section. */

#define FORLOP_TYPE_HELP_DIALOG (forlop_help_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ForlopHelpDialog, forlop_help_dialog, FORLOP, HELP_DIALOG, AdwDialog)

/* @page: the name of a section, or NULL for the first. */
AdwDialog *forlop_help_dialog_new (const char *page) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
