/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-act-preparation.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* The form of an act in the place where its record stands, instead of in a dialog. What is refused is said beside its
 * field; what is typed and not saved is kept until the form is opened again. Ctrl+Return saves, Escape closes. */

#define FORLOP_TYPE_ACT_INLINE (forlop_act_inline_get_type ())
G_DECLARE_FINAL_TYPE (ForlopActInline, forlop_act_inline, FORLOP, ACT_INLINE, AdwBin)

/* Which field of @arguments an act that refused them means, or NULL. */
typedef const char *(*ForlopMistakeFunc) (ForlopRecord *arguments,
                                          gpointer      user_data);

/* Takes @request. @find_mistake may be NULL. Emits “closed” when it is saved or given up. */
GtkWidget *forlop_act_inline_new (ForlopSession     *session,
                                  ForlopActRequest  *request,
                                  ForlopMistakeFunc  find_mistake,
                                  gpointer           user_data) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
