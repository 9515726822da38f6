/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-scan-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-gs1.h"

/* The symbol for the group separator, which can be seen. */
#define SHOWN_SEPARATOR "\xe2\x90\x9d"
#define USUAL_SEPARATOR "<Control>bracketright"

struct _ForlopScanEntry
{
  GtkWidget parent_instance;

  GtkWidget *entry;

  /* Owned by the window while the entry is shown */
  GtkEventController *window_keys;

  unsigned int separator_key;
  GdkModifierType separator_modifiers;
};

enum {
  SIGNAL_SCANNED,
  SIGNAL_CHANGED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopScanEntry, forlop_scan_entry, GTK_TYPE_WIDGET)

static void
insert_separator (ForlopScanEntry *self)
{
  int position = gtk_editable_get_position (GTK_EDITABLE (self->entry));

  gtk_editable_delete_selection (GTK_EDITABLE (self->entry));
  gtk_editable_insert_text (GTK_EDITABLE (self->entry), SHOWN_SEPARATOR, -1, &position);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), position);
}

static gboolean
key_cb (ForlopScanEntry *self,
        unsigned int     keyval,
        unsigned int     keycode G_GNUC_UNUSED,
        GdkModifierType  state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  gboolean is_setting = self->separator_key != 0 && keyval == self->separator_key &&
                        modifiers == self->separator_modifiers;

  /* Some scanners send the character itself. */
  if (!is_setting && gdk_keyval_to_unicode (keyval) != FORLOP_GS1_SEPARATOR)
    return GDK_EVENT_PROPAGATE;

  insert_separator (self);

  return GDK_EVENT_STOP;
}

static gboolean
captured_key_cb (ForlopScanEntry       *self,
                 unsigned int           keyval,
                 unsigned int           keycode G_GNUC_UNUSED,
                 GdkModifierType        state,
                 GtkEventControllerKey *controller)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gunichar letter = gdk_keyval_to_unicode (keyval);

  if (focus != NULL && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus)))
    return GDK_EVENT_PROPAGATE;
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 ||
      !g_unichar_isgraph (letter))
    return GDK_EVENT_PROPAGATE;

  gtk_widget_grab_focus (self->entry);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);

  return gtk_event_controller_key_forward (controller,
                                           GTK_WIDGET (gtk_editable_get_delegate (
                                             GTK_EDITABLE (self->entry))));
}

static void
activate_cb (ForlopScanEntry *self)
{
  g_signal_emit (self, signals[SIGNAL_SCANNED], 0);
}

static void
changed_cb (ForlopScanEntry *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
forlop_scan_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (FORLOP_SCAN_ENTRY (widget)->entry);
}

/* While it is shown, what is typed anywhere in the window goes into the entry, unless it is typed
 * into a field: whoever holds the scanner need not look where the keyboard is. */
static void
forlop_scan_entry_map (GtkWidget *widget)
{
  ForlopScanEntry *self = FORLOP_SCAN_ENTRY (widget);

  GTK_WIDGET_CLASS (forlop_scan_entry_parent_class)->map (widget);

  self->window_keys = gtk_event_controller_key_new ();
  g_signal_connect_object (self->window_keys, "key-pressed", G_CALLBACK (captured_key_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->window_keys);
}

static void
forlop_scan_entry_unmap (GtkWidget *widget)
{
  ForlopScanEntry *self = FORLOP_SCAN_ENTRY (widget);

  if (self->window_keys != NULL)
    gtk_widget_remove_controller (gtk_event_controller_get_widget (self->window_keys),
                                  self->window_keys);
  self->window_keys = NULL;

  GTK_WIDGET_CLASS (forlop_scan_entry_parent_class)->unmap (widget);
}

static void
forlop_scan_entry_dispose (GObject *object)
{
  g_clear_pointer (&FORLOP_SCAN_ENTRY (object)->entry, gtk_widget_unparent);

  G_OBJECT_CLASS (forlop_scan_entry_parent_class)->dispose (object);
}

static void
forlop_scan_entry_class_init (ForlopScanEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = forlop_scan_entry_dispose;
  widget_class->grab_focus = forlop_scan_entry_grab_focus;
  widget_class->map = forlop_scan_entry_map;
  widget_class->unmap = forlop_scan_entry_unmap;

  /**
   * ForlopScanEntry::scanned:
   *
   * Enter was pressed, by a person or by the scanner.
   */
  signals[SIGNAL_SCANNED] = g_signal_new ("scanned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "scanentry");
}

static void
forlop_scan_entry_init (ForlopScanEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry),
                                  _("Scan, or type a number"));
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_PRIMARY,
                                     "forlop-equipment-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Scan an item"), -1);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  forlop_scan_entry_set_separator (self, USUAL_SEPARATOR);
}

GtkWidget *
forlop_scan_entry_new (void)
{
  return g_object_new (FORLOP_TYPE_SCAN_ENTRY, NULL);
}

void
forlop_scan_entry_set_separator (ForlopScanEntry *self,
                                 const char      *accelerator)
{
  g_return_if_fail (FORLOP_IS_SCAN_ENTRY (self));
  g_return_if_fail (accelerator != NULL);

  if (!gtk_accelerator_parse (accelerator, &self->separator_key, &self->separator_modifiers))
    gtk_accelerator_parse (USUAL_SEPARATOR, &self->separator_key, &self->separator_modifiers);
}

char *
forlop_scan_entry_dup_code (ForlopScanEntry *self)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  const char separator[] = { FORLOP_GS1_SEPARATOR, '\0' };

  g_return_val_if_fail (FORLOP_IS_SCAN_ENTRY (self), NULL);

  text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  parts = g_strsplit (text, SHOWN_SEPARATOR, -1);

  return g_strjoinv (separator, parts);
}

void
forlop_scan_entry_clear (ForlopScanEntry *self)
{
  g_return_if_fail (FORLOP_IS_SCAN_ENTRY (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}
