/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* Documents that lie outside the encrypted file while another program shows them: in the folder that
 * the desktop keeps in memory for this user alone, under names that say nothing. They are removed after
 * ten minutes, when Forløp locks and when it ends; what a kill left goes at the next start. */

/* Writes the attachment with @hash; inside a fiber. */
GFile *forlop_shown_files_await  (ForlopSession  *session,
                                  const char     *hash,
                                  const char     *media_type,
                                  GError        **error) G_GNUC_WARN_UNUSED_RESULT;
/* Those of this program. */
void   forlop_shown_files_remove (void);
/* Those of programs that run no more. */
void   forlop_shown_files_sweep  (void);

G_END_DECLS
