/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-door.h"

#include "forlop-first-fetch-page.h"
#include "forlop-lease-page.h"
#include "forlop-sync-watch.h"

/* Of a door that was put there here; another one belongs to the file. */
#define MARK "forlop-sync-door"

typedef enum {
  NOTHING,
  UNKNOWN,
  FIRST_FETCH,
  LEASE,
} Need;

static Need
find_need (ForlopSession *session)
{
  ForlopSyncWatch *watch = forlop_session_get_sync (session);

  if (!forlop_sync_watch_is_known (watch))
    return UNKNOWN;
  if (forlop_sync_watch_get_lease (watch) == FORLOP_LEASE_LOCKED)
    return LEASE;

  return forlop_first_fetch_page_is_needed (session) ? FIRST_FETCH : NOTHING;
}

static GtkWidget *
new_door (Need           need,
          ForlopSession *session)
{
  GtkWidget *door = need == LEASE         ? forlop_lease_page_new (session)
                    : need == FIRST_FETCH ? forlop_first_fetch_page_new (session)
                                          : adw_bin_new ();

  g_object_set_data (G_OBJECT (door), MARK, GINT_TO_POINTER (need));

  return door;
}

/* A form that stood open is not left on top; what was written is kept as its draft. */
static void
close_dialogs (ForlopWindow *window)
{
  AdwDialog *dialog;

  while ((dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))) != NULL)
    adw_dialog_force_close (dialog);
}

static void
set_need (ForlopWindow  *window,
          ForlopSession *session,
          Need           need)
{
  GtkWidget *door = forlop_window_get_door (window);

  if (need == NOTHING)
    {
      forlop_window_set_door (window, NULL);
      return;
    }
  if (door != NULL && GPOINTER_TO_INT (g_object_get_data (G_OBJECT (door), MARK)) == (int) need)
    return;
  if (need == LEASE)
    close_dialogs (window);
  forlop_window_set_door (window, new_door (need, session));
}

static void
update (ForlopWindow *window)
{
  ForlopSession *session = forlop_window_get_session (window);
  GtkWidget *door = forlop_window_get_door (window);
  Need need = find_need (session);

  if (need == UNKNOWN || (door != NULL && g_object_get_data (G_OBJECT (door), MARK) == NULL))
    return;
  if (need != NOTHING || door != NULL)
    set_need (window, session, need);
}

void
forlop_sync_door_follow (ForlopWindow  *window,
                         ForlopSession *session)
{
  g_return_if_fail (FORLOP_IS_WINDOW (window));
  g_return_if_fail (FORLOP_IS_SESSION (session) && forlop_session_get_sync (session) != NULL);

  g_signal_connect_object (forlop_session_get_sync (session), "changed", G_CALLBACK (update), window,
                           G_CONNECT_SWAPPED);
}

void
forlop_sync_door_let_in (ForlopWindow  *window,
                         ForlopSession *session)
{
  GtkWidget *door;
  Need need;

  g_return_if_fail (FORLOP_IS_WINDOW (window));
  g_return_if_fail (FORLOP_IS_SESSION (session));

  door = forlop_window_get_door (window);
  need = find_need (session);

  /* A moment, until the file has said how long it may be shown: the door that says that it is being opened
   * stays so long. */
  if (need == UNKNOWN && door != NULL)
    g_object_set_data (G_OBJECT (door), MARK, GINT_TO_POINTER (UNKNOWN));
  else
    set_need (window, session, need);
}

void
forlop_sync_door_put (ForlopWindow *window,
                      GtkWidget    *door)
{
  g_return_if_fail (FORLOP_IS_WINDOW (window));
  g_return_if_fail (GTK_IS_WIDGET (door));

  close_dialogs (window);
  forlop_window_set_door (window, door);
}
