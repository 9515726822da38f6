/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-act-run.h"

G_BEGIN_DECLS

/* One act of the board. */

/* Text arguments as name and value, ended by NULL; a NULL value is left out. */
ForlopRecord *forlop_board_arguments (const char        *act,
                                      const char        *first_name,
                                      ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
/* Takes over @arguments. @done may be NULL. */
void          forlop_board_run       (GtkWidget         *widget,
                                      ForlopSession     *session,
                                      const char        *act,
                                      ForlopRecord      *arguments,
                                      ForlopActDoneFunc  done,
                                      gpointer           user_data,
                                      GDestroyNotify     user_data_free);

G_END_DECLS
