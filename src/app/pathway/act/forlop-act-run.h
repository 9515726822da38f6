/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gtk/gtk.h>

#include "forlop-acts-many.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* Does acts without standing still, and says so at the foot of the window with a way back. */

/**
 * ForlopActDoneFunc:
 * @error: (nullable): why nothing was done; %NULL when it was.
 *
 * Called in the main thread.
 */
typedef void (*ForlopActDoneFunc) (const GError *error,
                                   gpointer      user_data);

/* All of @calls or none. When it is done the window of @widget says what the first act's
 * declaration calls it, with a button that takes all of them back where that can be done. @done may
 * be NULL, and then a refusal is told by the window as well. */
void forlop_act_run (GtkWidget            *widget,
                     ForlopSession        *session,
                     const ForlopActCall  *calls,
                     unsigned int          n_calls,
                     ForlopActDoneFunc     done,
                     gpointer              user_data,
                     GDestroyNotify        user_data_free);
/* With words of its own for what was done. */
void forlop_act_run_saying (GtkWidget           *widget,
                            ForlopSession       *session,
                            const ForlopActCall *calls,
                            unsigned int         n_calls,
                            const char          *said);

G_END_DECLS
