/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-lock.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* One municipality's file and what works with it: the session, the counts, its server, and the window with
 * the door before it. Who works for several municipalities, as at a follow-up centre, has one for each. */

#define FORLOP_TYPE_WORKPLACE (forlop_workplace_get_type ())
G_DECLARE_FINAL_TYPE (ForlopWorkplace, forlop_workplace, FORLOP, WORKPLACE, GObject)

/**
 * ForlopWorkplaceStart:
 * @path: the file.
 * @must_exist: whether no file is made there when there is none.
 * @passphrase_path: (nullable): a file whose first line is the passphrase; then nobody is asked.
 * @user: (nullable): who works there, and in which role: USER[:ROLE].
 * @server: (nullable): where the file's server is found from now on.
 */
typedef struct {
  const char *path;
  gboolean must_exist;
  const char *passphrase_path;
  const char *user;
  const char *server;
} ForlopWorkplaceStart;

/* Needs nothing of the toolkit, so that the file can be opened while that starts: with
 * forlop_workplace_begin(), where nobody is asked. */
ForlopWorkplace *forlop_workplace_new           (ForlopClock                *clock,
                                                 const ForlopWorkplaceStart *start) G_GNUC_WARN_UNUSED_RESULT;
void             forlop_workplace_begin         (ForlopWorkplace            *self);
/* When the toolkit has started. @settings: (nullable): where the window's ways are remembered. @places:
 * this one and the others, to choose from in the window. */
void             forlop_workplace_set_up        (ForlopWorkplace            *self,
                                                 GtkApplication             *application,
                                                 ForlopLock                 *lock,
                                                 GSettings                  *settings,
                                                 GListModel                 *places);
/* The window, made when there is none. */
void             forlop_workplace_present       (ForlopWorkplace            *self);
/* Opens the file without a window and without asking; resolves when it is there to be shown. */
DexFuture       *forlop_workplace_open          (ForlopWorkplace            *self) G_GNUC_WARN_UNUSED_RESULT;
/* What is queued is written before the file is closed. */
gboolean         forlop_workplace_close         (ForlopWorkplace            *self,
                                                 GError                    **error);

const char      *forlop_workplace_get_path      (ForlopWorkplace            *self);
/* The municipality's: what its server calls it, else the file's. Property "name". */
const char      *forlop_workplace_get_name      (ForlopWorkplace            *self);
gboolean         forlop_workplace_is_open       (ForlopWorkplace            *self);
/* Opens a closed file with the passphrase of another, inside a fiber, and without a window. What goes wrong is
 * told by the place's own door when somebody comes to it. */
void             forlop_workplace_try_await     (ForlopWorkplace            *self,
                                                 const char                 *passphrase);
/* Whether the passphrase that opened another place does not open it. Told with "name". */
gboolean         forlop_workplace_has_other_passphrase (ForlopWorkplace      *self);
/* NULL where it has none just now. */
GtkWindow       *forlop_workplace_get_window    (ForlopWorkplace            *self);
ForlopSession   *forlop_workplace_get_session   (ForlopWorkplace            *self);

G_END_DECLS
