/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Ctrl+K: type a few letters and go anywhere. */

#define FORLOP_TYPE_JUMP_DIALOG (forlop_jump_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ForlopJumpDialog, forlop_jump_dialog, FORLOP, JUMP_DIALOG, AdwDialog)

/* @providers: a list of ForlopJumpProvider; their results are shown in its order. */
AdwDialog *forlop_jump_dialog_new (GListModel *providers) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
