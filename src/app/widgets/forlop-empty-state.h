/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FORLOP_TYPE_EMPTY_STATE (forlop_empty_state_get_type ())
G_DECLARE_FINAL_TYPE (ForlopEmptyState, forlop_empty_state, FORLOP, EMPTY_STATE, AdwBin)

GtkWidget *forlop_empty_state_new (const char *icon_name,
                                   const char *title,
                                   const char *description) G_GNUC_WARN_UNUSED_RESULT;

/* The one next act: a label with mnemonic and a detailed action name. NULL for none. */
void       forlop_empty_state_set_act (ForlopEmptyState *self,
                                       const char       *label,
                                       const char       *action);

G_END_DECLS
