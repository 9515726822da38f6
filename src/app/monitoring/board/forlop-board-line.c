/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-line.h"

#include <glib/gi18n-lib.h>

#include "forlop-severity-shape.h"
#include "forlop-sparkline.h"

struct _ForlopBoardLine
{
  GtkWidget parent_instance;

  /* Template widgets */
  ForlopSeverityShape *shape;
  GtkLabel *who;
  GtkLabel *place;
  GtkLabel *contact;
  GtkLabel *why;
  ForlopSparkline *sparkline;
  GtkWidget *side;
  GtkLabel *waited;
  GtkLabel *owner;

  /* Few lines have these */
  GtkWidget *icon;
  GtkWidget *begun;
  GtkWidget *tick_button;

  /* Owned */
  ForlopBoardItem *item;
  GSignalGroup *item_signals;
  gboolean brief;
};

enum {
  SIGNAL_TICK,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopBoardLine, forlop_board_line, GTK_TYPE_WIDGET)

static void
tick_clicked_cb (ForlopBoardLine *self)
{
  g_signal_emit (self, signals[SIGNAL_TICK], 0);
}

static void
forlop_board_line_series_changed_cb (ForlopBoardLine *self)
{
  forlop_sparkline_set_series (self->sparkline, forlop_board_item_get_series (self->item));
}

/* A pencil and words under the reason. */
static void
forlop_board_line_update_begun (ForlopBoardLine *self)
{
  gboolean begun = self->item != NULL && forlop_board_item_get_begun (self->item);

  if (begun == (self->begun != NULL))
    return;
  if (!begun)
    {
      g_clear_pointer (&self->begun, gtk_widget_unparent);
      return;
    }

  self->begun = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  gtk_widget_add_css_class (self->begun, "begun");
  gtk_box_append (GTK_BOX (self->begun), gtk_image_new_from_icon_name ("document-edit-symbolic"));
  gtk_box_append (GTK_BOX (self->begun), gtk_label_new (_("Begun, not saved")));
  gtk_widget_insert_after (self->begun, gtk_widget_get_parent (GTK_WIDGET (self->why)), GTK_WIDGET (self->why));
}

/* On X11, GTK asks the display where the pointer is each time a tooltip is set on what is visible, and waits for the
 * answer. So the labels of a new line are hidden until they have theirs. */
static void
set_text (GtkLabel   *label,
          const char *text,
          const char *tooltip)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (label)), tooltip) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (label), tooltip);
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* The word of the severity stands before the reason, so that the shape is never alone. */
static void
forlop_board_line_update_why (ForlopBoardLine *self)
{
  const char *word = forlop_board_item_get_word (self->item);
  const char *why = forlop_board_item_get_why (self->item);
  g_autofree char *text = NULL;

  if (word != NULL && why != NULL)
    text = g_strdup_printf ("%s · %s", word, why);
  set_text (self->why, text, text);
}

/* On a narrow line the name needs the width. */
static void
forlop_board_line_update_contact (ForlopBoardLine *self)
{
  const char *contact = self->item != NULL && !self->brief ? forlop_board_item_get_contact (self->item) : NULL;
  g_autofree char *tooltip = contact != NULL ? g_strdup_printf (_("Last contact: %s"), contact) : NULL;

  set_text (self->contact, contact, tooltip);
}

static void
forlop_board_line_update_owner (ForlopBoardLine      *self,
                                const ForlopBoardRow *row)
{
  const char *owner = forlop_board_item_get_owner (self->item);
  g_autofree char *tooltip = NULL;

  if (owner != NULL)
    tooltip = g_strdup_printf (_("Taken by %s"), owner);
  else if (row->ticked)
    owner = _("Seen ✓");
  set_text (self->owner, owner, tooltip);
}

static void
forlop_board_line_update_tick (ForlopBoardLine *self)
{
  unsigned int n = forlop_board_item_get_n_unticked (self->item);
  g_autofree char *label = NULL;

  g_clear_pointer (&self->tick_button, gtk_widget_unparent);
  if (n == 0)
    return;

  label = g_strdup_printf (_("_Tick all %u"), n);
  self->tick_button = gtk_button_new_with_mnemonic (label);
  gtk_widget_set_valign (self->tick_button, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->tick_button, "clicked", G_CALLBACK (tick_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_insert_before (self->tick_button, GTK_WIDGET (self), NULL);
}

static void
forlop_board_line_update_icon (ForlopBoardLine *self)
{
  const char *icon = forlop_board_item_get_icon (self->item);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  gtk_widget_set_visible (GTK_WIDGET (self->shape), icon == NULL);
  if (icon == NULL)
    return;

  self->icon = gtk_image_new_from_icon_name (icon);
  gtk_widget_insert_after (self->icon, GTK_WIDGET (self), NULL);
}

static void
forlop_board_line_update (ForlopBoardLine *self)
{
  const ForlopBoardRow *row = forlop_board_item_get_row (self->item);

  forlop_board_line_update_icon (self);
  if (row != NULL)
    forlop_severity_shape_set_severity (self->shape,
                                        row->need == FORLOP_BOARD_MISSING
                                          ? FORLOP_SEVERITY_NOT_REPORTED : row->severity);
  set_text (self->who, forlop_board_item_get_who (self->item), NULL);
  set_text (self->place, forlop_board_item_get_place_name (self->item), NULL);
  forlop_board_line_update_contact (self);
  forlop_board_line_update_why (self);
  set_text (self->waited, forlop_board_item_get_waited (self->item), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->sparkline), row != NULL && !self->brief);
  gtk_widget_set_visible (self->side, row != NULL);
  if (row != NULL)
    forlop_board_line_update_owner (self, row);
  forlop_board_line_update_tick (self);
  forlop_board_line_update_begun (self);

  gtk_widget_remove_css_class (GTK_WIDGET (self), "red");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "calm");
  if (row != NULL && row->need == FORLOP_BOARD_RED)
    gtk_widget_add_css_class (GTK_WIDGET (self), "red");
  else if (row == NULL || row->need >= FORLOP_BOARD_SNOOZED)
    gtk_widget_add_css_class (GTK_WIDGET (self), "calm");
}

static void
forlop_board_line_dispose (GObject *object)
{
  ForlopBoardLine *self = FORLOP_BOARD_LINE (object);
  GtkWidget *child;

  g_clear_object (&self->item_signals);
  g_clear_object (&self->item);
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->begun, gtk_widget_unparent);
  g_clear_pointer (&self->tick_button, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), FORLOP_TYPE_BOARD_LINE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (forlop_board_line_parent_class)->dispose (object);
}

static void
forlop_board_line_class_init (ForlopBoardLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_board_line_dispose;

  /**
   * ForlopBoardLine::tick:
   *
   * The button that ticks everybody in the fold was pressed.
   */
  signals[SIGNAL_TICK] =
    g_signal_new ("tick", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (FORLOP_TYPE_SEVERITY_SHAPE);
  g_type_ensure (FORLOP_TYPE_SPARKLINE);
  gtk_widget_class_set_css_name (widget_class, "boardline");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/monitoring/board/forlop-board-line.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardLine, shape);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardLine, who);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardLine, place);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardLine, contact);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardLine, why);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardLine, sparkline);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardLine, side);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardLine, waited);
  gtk_widget_class_bind_template_child (widget_class, ForlopBoardLine, owner);
}

static void
forlop_board_line_init (ForlopBoardLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->item_signals = g_signal_group_new (FORLOP_TYPE_BOARD_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify::series",
                                  G_CALLBACK (forlop_board_line_series_changed_cb), self);
  g_signal_group_connect_swapped (self->item_signals, "notify::begun",
                                  G_CALLBACK (forlop_board_line_update_begun), self);
}

GtkWidget *
forlop_board_line_new (void)
{
  return g_object_new (FORLOP_TYPE_BOARD_LINE, NULL);
}

ForlopBoardItem *
forlop_board_line_get_item (ForlopBoardLine *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_LINE (self), NULL);

  return self->item;
}

/**
 * forlop_board_line_set_item:
 * @item: (nullable): What to show; NULL when the line is not used for the moment.
 */
void
forlop_board_line_set_item (ForlopBoardLine *self,
                            ForlopBoardItem *item)
{
  g_return_if_fail (FORLOP_IS_BOARD_LINE (self));
  g_return_if_fail (item == NULL || FORLOP_IS_BOARD_ITEM (item));

  if (!g_set_object (&self->item, item))
    return;

  g_signal_group_set_target (self->item_signals, item);
  if (item == NULL)
    return;

  forlop_board_line_update (self);
  forlop_board_line_series_changed_cb (self);
}

void
forlop_board_line_set_brief (ForlopBoardLine *self,
                             gboolean         brief)
{
  g_return_if_fail (FORLOP_IS_BOARD_LINE (self));

  self->brief = brief;
  /* Without the course there is little width and enough height. */
  gtk_label_set_wrap (self->why, brief);
  gtk_label_set_lines (self->why, brief ? 3 : -1);
  forlop_board_line_update_contact (self);
  gtk_widget_set_visible (GTK_WIDGET (self->sparkline),
                          !brief && self->item != NULL && !forlop_board_item_is_fold (self->item));
}
