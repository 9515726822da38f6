/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-button-key.h"

/* Longer than any keyboard waits before it repeats, in milliseconds. A key that was let go elsewhere is forgotten so. */
#define REPEATS_WITHIN 1000

typedef struct {
  unsigned int keycode; /* that is down, or 0 */
  guint32 at;
} Held;

static void
activate_cb (GtkButton *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static void
install_for_all (void)
{
  static gsize is_installed;

  if (g_once_init_enter (&is_installed))
    {
      g_autoptr (GTypeClass) made = g_type_class_ref (GTK_TYPE_BUTTON);

      g_assert (made != NULL);
      g_signal_override_class_handler ("activate", GTK_TYPE_BUTTON, G_CALLBACK (activate_cb));
      g_once_init_leave (&is_installed, 1);
    }
}

static gboolean
presses (unsigned int keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter ||
         keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space;
}

static gboolean
pressed_cb (GtkEventController *keys,
            unsigned int        keyval,
            unsigned int        keycode,
            GdkModifierType     state G_GNUC_UNUSED,
            Held               *held)
{
  guint32 at = gtk_event_controller_get_current_event_time (keys);
  gboolean repeats = held->keycode == keycode && at - held->at < REPEATS_WITHIN;

  held->keycode = keycode;
  held->at = at;

  return repeats && presses (keyval) &&
         GTK_IS_BUTTON (gtk_root_get_focus (GTK_ROOT (gtk_event_controller_get_widget (keys))));
}

static void
released_cb (GtkEventController *keys G_GNUC_UNUSED,
             unsigned int        keyval G_GNUC_UNUSED,
             unsigned int        keycode G_GNUC_UNUSED,
             GdkModifierType     state G_GNUC_UNUSED,
             Held               *held)
{
  held->keycode = 0;
}

static void
held_free (gpointer  data,
           GClosure *closure G_GNUC_UNUSED)
{
  g_free (data);
}

void
forlop_button_key_install (GtkWindow *window)
{
  GtkEventController *keys;
  Held *held;

  g_return_if_fail (GTK_IS_WINDOW (window));

  install_for_all ();
  held = g_new0 (Held, 1);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_data (keys, "key-pressed", G_CALLBACK (pressed_cb), held, held_free, G_CONNECT_DEFAULT);
  g_signal_connect (keys, "key-released", G_CALLBACK (released_cb), held);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
}
