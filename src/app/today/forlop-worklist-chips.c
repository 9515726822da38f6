/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-worklist-chips.h"

#include <glib/gi18n-lib.h>

#include "forlop-severity-shape.h"

struct _ForlopWorklistChips
{
  AdwBin parent_instance;

  /* Borrowed references; there is no chip for everything */
  AdwWrapBox *box;
  GtkWidget *chips[FORLOP_WORKLIST_N_GROUPS];
  GtkWidget *labels[FORLOP_WORKLIST_N_GROUPS];

  ForlopWorklistGroup group;
  unsigned int setting : 1;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopWorklistChips, forlop_worklist_chips, ADW_TYPE_BIN)

static char *
dup_label (ForlopWorklistGroup group,
           unsigned int        n)
{
  switch (group)
    {
    case FORLOP_WORKLIST_RED:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u red", "%u reds", n), n);
    case FORLOP_WORKLIST_YELLOW:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u yellow", "%u yellows", n), n);
    case FORLOP_WORKLIST_MISSING:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u lacks a measurement",
                                           "%u lack measurements", n), n);
    case FORLOP_WORKLIST_DEADLINES:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u deadline", "%u deadlines", n), n);
    case FORLOP_WORKLIST_ALL:
    case FORLOP_WORKLIST_N_GROUPS:
    default:
      return NULL;
    }
}

static GtkWidget *
new_mark (ForlopWorklistGroup group)
{
  static const ForlopSeverity severities[] = {
    [FORLOP_WORKLIST_RED] = FORLOP_SEVERITY_RED,
    [FORLOP_WORKLIST_YELLOW] = FORLOP_SEVERITY_YELLOW,
    [FORLOP_WORKLIST_MISSING] = FORLOP_SEVERITY_NOT_REPORTED,
  };
  GtkWidget *shape;

  if (group == FORLOP_WORKLIST_DEADLINES)
    return gtk_image_new_from_icon_name ("alarm-symbolic");

  shape = forlop_severity_shape_new ();
  forlop_severity_shape_set_severity (FORLOP_SEVERITY_SHAPE (shape), severities[group]);

  return shape;
}

static void
toggled_cb (ForlopWorklistChips *self,
            GtkToggleButton     *chip)
{
  ForlopWorklistGroup group = FORLOP_WORKLIST_ALL;

  if (self->setting)
    return;
  if (gtk_toggle_button_get_active (chip))
    for (unsigned int i = 1; i < FORLOP_WORKLIST_N_GROUPS; i++)
      if (self->chips[i] == GTK_WIDGET (chip))
        group = (ForlopWorklistGroup) i;

  forlop_worklist_chips_set_group (self, group);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
add_chip (ForlopWorklistChips *self,
          ForlopWorklistGroup  group)
{
  GtkWidget *chip = gtk_toggle_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->chips[group] = chip;
  self->labels[group] = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->labels[group], "numeric");
  gtk_box_append (GTK_BOX (content), new_mark (group));
  gtk_box_append (GTK_BOX (content), self->labels[group]);
  gtk_button_set_child (GTK_BUTTON (chip), content);
  gtk_widget_add_css_class (chip, "forlop-chip");
  gtk_widget_set_visible (chip, FALSE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->labels[group], NULL, -1);
  g_signal_connect_object (chip, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (self->box, chip);
}

static void
forlop_worklist_chips_class_init (ForlopWorklistChipsClass *klass)
{
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
forlop_worklist_chips_init (ForlopWorklistChips *self)
{
  GtkWidget *box = adw_wrap_box_new ();

  self->box = ADW_WRAP_BOX (box);
  adw_wrap_box_set_child_spacing (self->box, 6);
  adw_wrap_box_set_line_spacing (self->box, 6);
  gtk_widget_add_css_class (box, "forlop-chips");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  adw_bin_set_child (ADW_BIN (self), box);
  for (unsigned int i = 1; i < FORLOP_WORKLIST_N_GROUPS; i++)
    add_chip (self, (ForlopWorklistGroup) i);
}

ForlopWorklistGroup
forlop_worklist_chips_get_group (ForlopWorklistChips *self)
{
  g_return_val_if_fail (FORLOP_IS_WORKLIST_CHIPS (self), FORLOP_WORKLIST_ALL);

  return self->group;
}

void
forlop_worklist_chips_set_group (ForlopWorklistChips *self,
                                 ForlopWorklistGroup  group)
{
  g_return_if_fail (FORLOP_IS_WORKLIST_CHIPS (self));
  g_return_if_fail (group < FORLOP_WORKLIST_N_GROUPS);

  self->group = group;
  self->setting = TRUE;
  for (unsigned int i = 1; i < FORLOP_WORKLIST_N_GROUPS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->chips[i]), i == group);
  self->setting = FALSE;
}

void
forlop_worklist_chips_set_counts (ForlopWorklistChips *self,
                                  const unsigned int   counts[FORLOP_WORKLIST_N_GROUPS])
{
  gboolean any = FALSE;

  g_return_if_fail (FORLOP_IS_WORKLIST_CHIPS (self));
  g_return_if_fail (counts != NULL);

  for (unsigned int i = 1; i < FORLOP_WORKLIST_N_GROUPS; i++)
    {
      g_autofree char *label = dup_label ((ForlopWorklistGroup) i, counts[i]);
      gboolean shown = counts[i] > 0 || self->group == i;

      gtk_label_set_label (GTK_LABEL (self->labels[i]), label);
      gtk_widget_set_visible (self->chips[i], shown);
      any = any || shown;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}
