/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-item-columns.h"

#include <glib/gi18n-lib.h>

#include "forlop-drop-down.h"

/* The states that are somebody's work, in the order of an item's life; the others are shown while
 * something is in them. */
static const struct {
  ForlopItemState state;
  gboolean always;
  gboolean work;
} shown[] = {
  { FORLOP_ITEM_ORDERED, FALSE, FALSE },
  { FORLOP_ITEM_RECEIVED, TRUE, TRUE },
  { FORLOP_ITEM_PREPARING, TRUE, TRUE },
  { FORLOP_ITEM_READY, TRUE, FALSE },
  { FORLOP_ITEM_RESERVED, TRUE, FALSE },
  { FORLOP_ITEM_ON_LOAN, TRUE, FALSE },
  { FORLOP_ITEM_RETURNED, TRUE, TRUE },
  { FORLOP_ITEM_CLEANING, TRUE, TRUE },
  { FORLOP_ITEM_CHECKING, TRUE, TRUE },
  { FORLOP_ITEM_REPAIR, TRUE, TRUE },
  { FORLOP_ITEM_QUARANTINE, FALSE, TRUE },
  { FORLOP_ITEM_LOST, FALSE, FALSE },
  { FORLOP_ITEM_DISCARDED, FALSE, FALSE },
};

#define N_SHOWN G_N_ELEMENTS (shown)

struct _ForlopItemColumns
{
  AdwBin parent_instance;

  GtkWidget *strip;
  GtkToggleButton *buttons[N_SHOWN];
  GtkLabel *numbers[N_SHOWN];
  GtkDropDown *choice;

  unsigned int counts[N_SHOWN];
  unsigned int position;
  unsigned int narrow : 1;
  unsigned int changing : 1;
  unsigned int counted : 1;
};

enum {
  PROP_0,
  PROP_NARROW,
  PROP_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopItemColumns, forlop_item_columns, ADW_TYPE_BIN)

static void
set_position (ForlopItemColumns *self,
              unsigned int       position)
{
  self->changing = TRUE;
  gtk_toggle_button_set_active (self->buttons[position], TRUE);
  gtk_drop_down_set_selected (self->choice, position);
  self->changing = FALSE;

  if (self->position == position)
    return;
  self->position = position;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
toggled_cb (ForlopItemColumns *self,
            GtkToggleButton   *button)
{
  if (self->changing || !gtk_toggle_button_get_active (button))
    return;

  for (unsigned int i = 0; i < N_SHOWN; i++)
    if (self->buttons[i] == button)
      set_position (self, i);
}

static void
selected_cb (ForlopItemColumns *self)
{
  unsigned int selected = gtk_drop_down_get_selected (self->choice);

  if (!self->changing && selected < N_SHOWN)
    set_position (self, selected);
}

static GtkWidget *
new_button (ForlopItemColumns *self,
            unsigned int       i)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *number = gtk_label_new ("0");
  GtkWidget *label = gtk_label_new (_(forlop_item_state_label (shown[i].state)));

  gtk_widget_add_css_class (number, "title-3");
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (label, "caption");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 5);
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "item-column");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_visible (button, shown[i].always);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  self->buttons[i] = GTK_TOGGLE_BUTTON (button);
  self->numbers[i] = GTK_LABEL (number);
  if (i > 0)
    gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);

  return button;
}

static void
show_counts (ForlopItemColumns *self)
{
  const char *labels[N_SHOWN + 1] = { NULL };
  g_autoptr (GtkStringList) model = NULL;

  for (unsigned int i = 0; i < N_SHOWN; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", self->counts[i]);
      g_autofree char *name = g_strdup_printf ("%s, %u", _(forlop_item_state_label (shown[i].state)),
                                               self->counts[i]);

      gtk_label_set_label (self->numbers[i], number);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_widget_set_visible (GTK_WIDGET (self->buttons[i]), shown[i].always || self->counts[i] > 0);
      if (shown[i].work && self->counts[i] > 0)
        gtk_widget_add_css_class (GTK_WIDGET (self->buttons[i]), "work");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self->buttons[i]), "work");
      labels[i] = g_intern_string (name);
    }

  model = gtk_string_list_new (labels);
  self->changing = TRUE;
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (model));
  gtk_drop_down_set_selected (self->choice, self->position);
  self->changing = FALSE;
}

static void
forlop_item_columns_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  ForlopItemColumns *self = FORLOP_ITEM_COLUMNS (object);

  switch (prop_id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_STATE:
      g_value_set_uint (value, shown[self->position].state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_item_columns_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  ForlopItemColumns *self = FORLOP_ITEM_COLUMNS (object);

  switch (prop_id)
    {
    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      gtk_widget_set_visible (self->strip, !self->narrow);
      gtk_widget_set_visible (GTK_WIDGET (self->choice), self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_item_columns_class_init (ForlopItemColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = forlop_item_columns_get_property;
  object_class->set_property = forlop_item_columns_set_property;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, FORLOP_N_ITEM_STATES - 1, FORLOP_ITEM_RECEIVED,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
forlop_item_columns_init (ForlopItemColumns *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);

  self->choice = GTK_DROP_DOWN (choice);
  forlop_drop_down_speak (self->choice);
  self->strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  gtk_box_set_homogeneous (GTK_BOX (self->strip), TRUE);
  for (unsigned int i = 0; i < N_SHOWN; i++)
    gtk_box_append (GTK_BOX (self->strip), new_button (self, i));
  gtk_widget_set_visible (choice, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _("State"),
                                  -1);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->strip);
  gtk_box_append (GTK_BOX (box), choice);
  adw_bin_set_child (ADW_BIN (self), box);

  self->position = 1;
  show_counts (self);
  set_position (self, 1);
}

/**
 * forlop_item_columns_set_counts:
 *
 * The first time, one is put where the first work is.
 */
void
forlop_item_columns_set_counts (ForlopItemColumns *self,
                                GHashTable        *counts)
{
  g_return_if_fail (FORLOP_IS_ITEM_COLUMNS (self));
  g_return_if_fail (counts != NULL);

  for (unsigned int i = 0; i < N_SHOWN; i++)
    self->counts[i] =
      GPOINTER_TO_UINT (g_hash_table_lookup (counts, forlop_item_state_code (shown[i].state)));
  show_counts (self);

  if (self->counted)
    return;
  self->counted = TRUE;
  for (unsigned int i = 0; i < N_SHOWN; i++)
    if (shown[i].work && self->counts[i] > 0)
      {
        set_position (self, i);
        return;
      }
  set_position (self, 3);
}

ForlopItemState
forlop_item_columns_get_state (ForlopItemColumns *self)
{
  g_return_val_if_fail (FORLOP_IS_ITEM_COLUMNS (self), FORLOP_ITEM_RECEIVED);

  return shown[self->position].state;
}

void
forlop_item_columns_set_state (ForlopItemColumns *self,
                               ForlopItemState    state)
{
  g_return_if_fail (FORLOP_IS_ITEM_COLUMNS (self));

  for (unsigned int i = 0; i < N_SHOWN; i++)
    if (shown[i].state == state)
      set_position (self, i);
}
