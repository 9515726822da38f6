/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-date-editor.h"

#include <glib/gi18n-lib.h>

struct _ForlopDateEditor
{
  ForlopFieldEditor parent_instance;

  GtkWidget *entry;
  GtkWidget *button;
  GtkWidget *calendar;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (ForlopDateEditor, forlop_date_editor, FORLOP_TYPE_FIELD_EDITOR)

static char *
forlop_date_editor_dup_typed (ForlopFieldEditor *editor)
{
  ForlopDateEditor *self = FORLOP_DATE_EDITOR (editor);
  g_autofree char *typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  g_strstrip (typed);

  return *typed != '\0' ? g_steal_pointer (&typed) : NULL;
}

static void
forlop_date_editor_set_typed (ForlopFieldEditor *editor,
                              const char        *typed)
{
  ForlopDateEditor *self = FORLOP_DATE_EDITOR (editor);

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), typed != NULL ? typed : "");
  self->filling = FALSE;
}

static void
forlop_date_editor_set_wire (ForlopFieldEditor *editor,
                             const char        *wire)
{
  g_autofree char *typed = NULL;
  ForlopDate date;

  if (wire != NULL && forlop_date_from_iso (wire, &date))
    typed = forlop_date_format (date);
  forlop_date_editor_set_typed (editor, typed != NULL ? typed : wire);
}

static gboolean
forlop_date_editor_read (ForlopDateEditor  *self,
                         ForlopDate        *date,
                         GError           **error)
{
  ForlopFieldEditor *editor = FORLOP_FIELD_EDITOR (self);
  g_autofree char *typed = forlop_date_editor_dup_typed (editor);

  if (typed == NULL)
    {
      *date = FORLOP_DATE_NONE;
      return TRUE;
    }

  return forlop_date_parse (typed, forlop_field_editor_get_today (editor), date, error);
}

static char *
forlop_date_editor_dup_wire (ForlopFieldEditor  *editor,
                             GError            **error)
{
  ForlopDate date;

  if (!forlop_date_editor_read (FORLOP_DATE_EDITOR (editor), &date, error) ||
      date == FORLOP_DATE_NONE)
    return NULL;

  return forlop_date_to_iso (date);
}

static GtkWidget *
forlop_date_editor_get_target (ForlopFieldEditor *editor)
{
  return FORLOP_DATE_EDITOR (editor)->entry;
}

static void
forlop_date_editor_changed_cb (ForlopDateEditor *self)
{
  if (!self->filling)
    forlop_field_editor_emit_changed (FORLOP_FIELD_EDITOR (self));
}

static void
forlop_date_editor_left_cb (ForlopDateEditor *self)
{
  ForlopFieldEditor *editor = FORLOP_FIELD_EDITOR (self);
  g_autofree char *wire = forlop_date_editor_dup_wire (editor, NULL);

  if (wire != NULL)
    forlop_date_editor_set_wire (editor, wire);
}

/* The calendar opens on the day that is typed, else on today. */
static void
forlop_date_editor_opened_cb (ForlopDateEditor *self)
{
  g_autoptr(GDateTime) day = NULL;
  int year;
  int month;
  int number;
  ForlopDate date;

  if (!gtk_menu_button_get_active (GTK_MENU_BUTTON (self->button)))
    return;
  if (!forlop_date_editor_read (self, &date, NULL) || date == FORLOP_DATE_NONE)
    date = forlop_field_editor_get_today (FORLOP_FIELD_EDITOR (self));

  forlop_date_to_ymd (date, &year, &month, &number);
  day = g_date_time_new_utc (year, month, number, 0, 0, 0);
  self->filling = TRUE;
  gtk_calendar_select_day (GTK_CALENDAR (self->calendar), day);
  self->filling = FALSE;
}

static void
forlop_date_editor_day_selected_cb (ForlopDateEditor *self)
{
  g_autoptr(GDateTime) day = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  g_autofree char *wire = NULL;

  if (self->filling)
    return;

  wire = g_date_time_format (day, "%Y-%m-%d");
  forlop_date_editor_set_wire (FORLOP_FIELD_EDITOR (self), wire);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  gtk_widget_grab_focus (self->entry);
  forlop_field_editor_emit_changed (FORLOP_FIELD_EDITOR (self));
}

static gboolean
forlop_date_editor_key_pressed_cb (ForlopDateEditor *self,
                                   unsigned int      key,
                                   unsigned int      code G_GNUC_UNUSED,
                                   GdkModifierType   modifiers)
{
  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || (modifiers & GDK_ALT_MASK) == 0)
    return GDK_EVENT_PROPAGATE;

  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));

  return GDK_EVENT_STOP;
}

static void
forlop_date_editor_class_init (ForlopDateEditorClass *klass)
{
  ForlopFieldEditorClass *editor_class = FORLOP_FIELD_EDITOR_CLASS (klass);

  editor_class->set_wire = forlop_date_editor_set_wire;
  editor_class->dup_wire = forlop_date_editor_dup_wire;
  editor_class->set_typed = forlop_date_editor_set_typed;
  editor_class->dup_typed = forlop_date_editor_dup_typed;
  editor_class->get_target = forlop_date_editor_get_target;
}

static void
forlop_date_editor_init (ForlopDateEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *popover = gtk_popover_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("dd.mm.yyyy"));
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_widget_add_css_class (self->entry, "numeric");

  self->calendar = gtk_calendar_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), self->calendar);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_tooltip_text (self->button, _("Open the calendar (Alt+Down)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Open the calendar"), -1);
  gtk_widget_add_css_class (self->button, "flat");

  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->button);
  adw_bin_set_child (ADW_BIN (self), box);

  g_signal_connect_object (self->entry, "changed", G_CALLBACK (forlop_date_editor_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->button, "notify::active",
                           G_CALLBACK (forlop_date_editor_opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->calendar, "day-selected",
                           G_CALLBACK (forlop_date_editor_day_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "left", G_CALLBACK (forlop_date_editor_left_cb), NULL);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (forlop_date_editor_key_pressed_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

ForlopFieldEditor *
forlop_date_editor_new (const ForlopField *field,
                        ForlopClock       *clock)
{
  return forlop_field_editor_make (FORLOP_TYPE_DATE_EDITOR, field, clock);
}
