/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* All keys on one page. */

#define FORLOP_TYPE_SHORTCUTS_DIALOG (forlop_shortcuts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ForlopShortcutsDialog, forlop_shortcuts_dialog, FORLOP, SHORTCUTS_DIALOG,
                      AdwDialog)

AdwDialog *forlop_shortcuts_dialog_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
