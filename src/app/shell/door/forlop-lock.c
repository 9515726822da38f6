/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-lock.h"

#include <time.h>

#include "forlop-door.h"
#include "forlop-shown-files.h"

/* Half an hour, where there are no settings. */
#define USUAL_SECONDS 1800

struct _ForlopLock
{
  GObject parent_instance;

  /* Borrowed: lives longer */
  GtkApplication *application;

  /* Owned */
  GArray *files; /* of LockedFile */
  GSettings *settings;
  GPtrArray *hidden; /* of GtkWindow */
  GtkWindow *window;

  gint64 touched;
  unsigned int source;
};

/* A file behind the door; owns both. */
typedef struct {
  ForlopSession *session;
  ForlopStoreOpener *opener;
} LockedFile;

G_DEFINE_FINAL_TYPE (ForlopLock, forlop_lock, G_TYPE_OBJECT)

/* Seconds that also pass while the machine sleeps: a laptop that was closed at night is locked in the
 * morning. */
static gint64
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_BOOTTIME, &time);

  return time.tv_sec;
}

static gint64
seconds_left (ForlopLock *self)
{
  unsigned int limit = self->settings != NULL ? g_settings_get_uint (self->settings, "idle-lock-seconds")
                                              : USUAL_SECONDS;

  return self->touched + limit - now ();
}

static void wait_on (ForlopLock *self);

static void
waited_cb (gpointer data)
{
  ForlopLock *self = data;

  self->source = 0;
  if (seconds_left (self) <= 0)
    forlop_lock_close (self);
  wait_on (self);
}

/* A timer does not run while the machine sleeps, so that it is looked at now and then. */
static void
wait_on (ForlopLock *self)
{
  gint64 left = self->window != NULL ? G_MAXINT : seconds_left (self);

  if (self->source == 0)
    self->source = g_timeout_add_seconds_once ((unsigned int) CLAMP (left, 1, 30), waited_cb, self);
}

/* What a person does, and not what the machine does by itself. */
static gboolean
is_from_somebody (GdkEventType type)
{
  static const GdkEventType types[] = {
    GDK_KEY_PRESS, GDK_BUTTON_PRESS, GDK_MOTION_NOTIFY, GDK_SCROLL, GDK_TOUCH_BEGIN,
    GDK_TOUCHPAD_SWIPE, GDK_TOUCHPAD_PINCH, GDK_PAD_BUTTON_PRESS,
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i] == type)
      return TRUE;

  return FALSE;
}

/* The first key after a long sleep comes before the timer, and must not reach anything. */
static gboolean
event_cb (ForlopLock *self,
          GdkEvent   *event)
{
  if (!is_from_somebody (gdk_event_get_event_type (event)))
    return GDK_EVENT_PROPAGATE;

  if (seconds_left (self) <= 0)
    {
      forlop_lock_close (self);
      return GDK_EVENT_STOP;
    }
  self->touched = now ();

  return GDK_EVENT_PROPAGATE;
}

static void
locked_file_clear (gpointer data)
{
  LockedFile *file = data;

  g_object_unref (file->session);
  g_object_unref (file->opener);
}

/* The one whose secret is asked for: whoever knows that has opened the others. NULL where nobody can be
 * asked. */
static LockedFile *
find_asked (ForlopLock *self)
{
  for (unsigned int i = 0; i < self->files->len; i++)
    {
      LockedFile *file = &g_array_index (self->files, LockedFile, i);

      if (forlop_session_get_store (file->session) != NULL && !forlop_store_opener_has_passphrase (file->opener))
        return file;
    }

  return NULL;
}

static void
open_cb (ForlopLock *self)
{
  self->touched = now ();
  for (unsigned int i = self->hidden->len; i > 0; i--)
    gtk_window_present (g_ptr_array_index (self->hidden, i - 1));
  g_ptr_array_set_size (self->hidden, 0);
  gtk_window_destroy (self->window);
  g_clear_object (&self->window);
}

/* Who closes the locked window ends the program: nothing else of it can be reached. */
static gboolean
close_request_cb (ForlopLock *self)
{
  g_application_quit (G_APPLICATION (self->application));

  return GDK_EVENT_STOP;
}

static void
hide_windows (ForlopLock *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (unsigned int i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (window != self->window && gtk_widget_get_visible (GTK_WIDGET (window)))
        g_ptr_array_add (self->hidden, g_steal_pointer (&window));
    }
  for (unsigned int i = 0; i < self->hidden->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->hidden, i), FALSE);
}

static void
forlop_lock_dispose (GObject *object)
{
  ForlopLock *self = FORLOP_LOCK (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->files, g_array_unref);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->hidden, g_ptr_array_unref);
  g_clear_object (&self->window);

  G_OBJECT_CLASS (forlop_lock_parent_class)->dispose (object);
}

static void
forlop_lock_class_init (ForlopLockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = forlop_lock_dispose;
}

static void
forlop_lock_init (ForlopLock *self)
{
  self->hidden = g_ptr_array_new_with_free_func (g_object_unref);
  self->files = g_array_new (FALSE, FALSE, sizeof (LockedFile));
  g_array_set_clear_func (self->files, locked_file_clear);
  self->touched = now ();
}

ForlopLock *
forlop_lock_new (GtkApplication *application,
                 GSettings      *settings)
{
  ForlopLock *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  self = g_object_new (FORLOP_TYPE_LOCK, NULL);
  self->application = application;
  g_set_object (&self->settings, settings);
  wait_on (self);

  return self;
}

void
forlop_lock_add (ForlopLock        *self,
                 ForlopSession     *session,
                 ForlopStoreOpener *opener)
{
  LockedFile file;

  g_return_if_fail (FORLOP_IS_LOCK (self));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (FORLOP_IS_STORE_OPENER (opener));

  file = (LockedFile) { g_object_ref (session), g_object_ref (opener) };
  g_array_append_val (self->files, file);
}

static GtkWidget *
new_door (ForlopLock *self,
          LockedFile *file)
{
  GtkWidget *door = forlop_door_new (file->opener, forlop_session_get_store (file->session));

  g_signal_connect_object (door, "opened", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);

  return door;
}

void
forlop_lock_remove (ForlopLock    *self,
                    ForlopSession *session)
{
  g_return_if_fail (FORLOP_IS_LOCK (self));

  for (unsigned int i = self->files->len; i > 0; i--)
    if (g_array_index (self->files, LockedFile, i - 1).session == session)
      g_array_remove_index (self->files, i - 1);
}

void
forlop_lock_ask_again (ForlopLock *self)
{
  LockedFile *file;
  GtkWidget *door;

  g_return_if_fail (FORLOP_IS_LOCK (self));

  if (self->window == NULL)
    return;
  file = find_asked (self);
  if (file == NULL)
    {
      open_cb (self);
      return;
    }
  door = new_door (self, file);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window), door);
  forlop_door_knock (FORLOP_DOOR (door));
}

/* Also where the accelerators of the application are silent, which is in a dialog. */
static void
add_shortcut (GtkWidget *widget)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_l, GDK_CONTROL_MASK),
                      gtk_named_action_new ("app.lock")));
  gtk_widget_add_controller (widget, controller);
}

static void
watch_widget (ForlopLock *self,
              GtkWidget  *widget)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, controller);
  add_shortcut (widget);
}

/* While a dialog is up the window sees none of its events. */
static void
dialogs_changed_cb (ForlopLock   *self,
                    unsigned int  position,
                    unsigned int  removed G_GNUC_UNUSED,
                    unsigned int  added,
                    GListModel   *dialogs)
{
  for (unsigned int i = position; i < position + added; i++)
    {
      g_autoptr(GtkWidget) dialog = g_list_model_get_item (dialogs, i);

      watch_widget (self, dialog);
    }
}

void
forlop_lock_watch (ForlopLock           *self,
                   AdwApplicationWindow *window)
{
  g_autoptr(GListModel) dialogs = NULL;

  g_return_if_fail (FORLOP_IS_LOCK (self));
  g_return_if_fail (ADW_IS_APPLICATION_WINDOW (window));

  watch_widget (self, GTK_WIDGET (window));
  dialogs = adw_application_window_get_dialogs (window);
  g_signal_connect_object (dialogs, "items-changed", G_CALLBACK (dialogs_changed_cb), self,
                           G_CONNECT_SWAPPED);
  /* The model lives only as long as somebody holds it. */
  g_object_set_data_full (G_OBJECT (window), "forlop-lock-dialogs", g_steal_pointer (&dialogs),
                          g_object_unref);
}

void
forlop_lock_close (ForlopLock *self)
{
  LockedFile *file;
  GtkWidget *door;
  GtkWindow *active;
  int width = 0, height = 0;

  g_return_if_fail (FORLOP_IS_LOCK (self));

  file = find_asked (self);
  active = gtk_application_get_active_window (self->application);
  if (self->window != NULL || file == NULL || active == NULL)
    return;

  forlop_shown_files_remove ();
  door = new_door (self, file);
  gtk_window_get_default_size (active, &width, &height);
  self->window = g_object_ref (g_object_new (ADW_TYPE_APPLICATION_WINDOW,
                                             "application", self->application,
                                             "title", gtk_window_get_title (active),
                                             "default-width", width,
                                             "default-height", height,
                                             "maximized", gtk_window_is_maximized (active),
                                             "content", door,
                                             NULL));
  g_signal_connect_object (self->window, "close-request", G_CALLBACK (close_request_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (self->window);
  hide_windows (self);
  forlop_door_knock (FORLOP_DOOR (door));
}

GtkWindow *
forlop_lock_get_window (ForlopLock *self)
{
  g_return_val_if_fail (FORLOP_IS_LOCK (self), NULL);

  return self->window;
}
