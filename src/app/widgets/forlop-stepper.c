/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-stepper.h"

#include <glib/gi18n-lib.h>

struct _ForlopStepper
{
  GtkWidget parent_instance;

  /* Children: one of them is shown */
  GtkWidget *full;
  GtkWidget *brief;

  /* In the brief form */
  GtkWidget *summary;
  GtkWidget *bar;

  unsigned int n_steps;
  gboolean is_brief;
};

enum {
  SIGNAL_STEP_ACTIVATED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopStepper, forlop_stepper, GTK_TYPE_WIDGET)

static const char *
state_word (ForlopStepperState state)
{
  switch (state)
    {
    case FORLOP_STEPPER_DONE:
      return C_("step", "done");
    case FORLOP_STEPPER_CURRENT:
      return C_("step", "now");
    case FORLOP_STEPPER_BLOCKED:
      return C_("step", "something is missing");
    case FORLOP_STEPPER_FUTURE:
    default:
      return C_("step", "not yet");
    }
}

static const char *
state_class (ForlopStepperState state)
{
  static const char *const classes[] = {
    [FORLOP_STEPPER_FUTURE] = "future",
    [FORLOP_STEPPER_CURRENT] = "current",
    [FORLOP_STEPPER_BLOCKED] = "blocked",
    [FORLOP_STEPPER_DONE] = "done",
  };

  return classes[state];
}

static void
forlop_stepper_step_clicked_cb (GtkButton     *button,
                                ForlopStepper *self)
{
  unsigned int index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "step"));

  g_signal_emit (self, signals[SIGNAL_STEP_ACTIVATED], 0, index);
}

static GtkWidget *
new_line (gboolean reached,
          gboolean shown)
{
  GtkWidget *line = g_object_new (GTK_TYPE_BOX,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "hexpand", TRUE,
                                  "valign", GTK_ALIGN_CENTER,
                                  NULL);

  gtk_widget_add_css_class (line, "line");
  if (reached)
    gtk_widget_add_css_class (line, "reached");
  gtk_widget_set_opacity (line, shown ? 1 : 0);

  return line;
}

static GtkWidget *
new_mark (const ForlopStepperStep *step,
          unsigned int      index)
{
  GtkWidget *mark;

  if (step->state == FORLOP_STEPPER_DONE)
    mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  else if (step->state == FORLOP_STEPPER_BLOCKED)
    mark = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  else
    {
      g_autofree char *number = g_strdup_printf ("%u", index + 1);

      mark = gtk_label_new (number);
    }

  gtk_widget_add_css_class (mark, "mark");
  gtk_widget_set_halign (mark, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);

  return mark;
}

/* The mark between its two half lines, with the label below. */
static GtkWidget *
forlop_stepper_new_step (ForlopStepper    *self,
                         const ForlopStepperStep *steps,
                         unsigned int      index)
{
  const ForlopStepperStep *step = &steps[index];
  gboolean last = index + 1 == self->n_steps;
  gboolean reached = step->state != FORLOP_STEPPER_FUTURE;
  gboolean passed = !last && steps[index + 1].state != FORLOP_STEPPER_FUTURE;
  GtkWidget *button = gtk_button_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *track = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (step->label);
  g_autofree char *name = NULL;

  gtk_box_append (GTK_BOX (track), new_line (reached, index > 0));
  gtk_box_append (GTK_BOX (track), new_mark (step, index));
  gtk_box_append (GTK_BOX (track), new_line (passed, !last));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN (11, (int) g_utf8_strlen (step->label, -1)));
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (column), track);
  gtk_box_append (GTK_BOX (column), label);

  gtk_button_set_child (GTK_BUTTON (button), column);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "step");
  gtk_widget_add_css_class (button, state_class (step->state));
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_tooltip_text (button, step->tooltip);

  /* Translators: a step of the pathway and how far it is */
  name = g_strdup_printf (_("%s, %s"), step->label, state_word (step->state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  step->tooltip != NULL ? step->tooltip : "", -1);
  g_object_set_data (G_OBJECT (button), "step", GUINT_TO_POINTER (index));
  g_signal_connect_object (button, "clicked", G_CALLBACK (forlop_stepper_step_clicked_cb), self, 0);

  return button;
}

static void
forlop_stepper_update_brief (ForlopStepper    *self,
                             const ForlopStepperStep *steps)
{
  unsigned int current = 0;
  g_autofree char *text = NULL;

  while (current + 1 < self->n_steps && steps[current].state == FORLOP_STEPPER_DONE)
    current++;
  /* A step that was passed over is not where we are. */
  for (unsigned int i = current; i < self->n_steps; i++)
    if (steps[i].state == FORLOP_STEPPER_CURRENT || steps[i].state == FORLOP_STEPPER_BLOCKED)
      {
        current = i;
        break;
      }

  if (self->n_steps > 0)
    /* Translators: place of the step, number of steps, name of the step */
    text = g_strdup_printf (_("Step %u of %u · %s"), current + 1, self->n_steps,
                            steps[current].label);
  gtk_label_set_label (GTK_LABEL (self->summary), text != NULL ? text : "");
  gtk_widget_set_tooltip_text (self->brief, self->n_steps > 0 ? steps[current].tooltip : NULL);
  gtk_level_bar_set_max_value (GTK_LEVEL_BAR (self->bar), MAX (self->n_steps, 1));
  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->bar), self->n_steps > 0 ? current + 1 : 0);
}

static int
least_width (GtkWidget *widget)
{
  int minimum = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

static void
forlop_stepper_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline G_GNUC_UNUSED,
                        int            *natural_baseline G_GNUC_UNUSED)
{
  ForlopStepper *self = FORLOP_STEPPER (widget);
  GtkWidget *shown;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least_width (self->brief);
      gtk_widget_measure (self->full, orientation, -1, NULL, natural, NULL, NULL);
      *natural = MAX (*natural, *minimum);
      return;
    }

  shown = for_size >= 0 && for_size < least_width (self->full) ? self->brief : self->full;
  gtk_widget_measure (shown, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
forlop_stepper_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  ForlopStepper *self = FORLOP_STEPPER (widget);

  self->is_brief = width < least_width (self->full);
  gtk_widget_set_child_visible (self->full, !self->is_brief);
  gtk_widget_set_child_visible (self->brief, self->is_brief);
  gtk_widget_allocate (self->is_brief ? self->brief : self->full, width, height, baseline, NULL);
}

static GtkSizeRequestMode
forlop_stepper_get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
forlop_stepper_dispose (GObject *object)
{
  ForlopStepper *self = FORLOP_STEPPER (object);

  g_clear_pointer (&self->full, gtk_widget_unparent);
  g_clear_pointer (&self->brief, gtk_widget_unparent);

  G_OBJECT_CLASS (forlop_stepper_parent_class)->dispose (object);
}

static void
forlop_stepper_class_init (ForlopStepperClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_stepper_dispose;
  widget_class->get_request_mode = forlop_stepper_get_request_mode;
  widget_class->measure = forlop_stepper_measure;
  widget_class->size_allocate = forlop_stepper_size_allocate;

  /**
   * ForlopStepper::step-activated:
   * @index: Which step was pressed, from 0.
   */
  signals[SIGNAL_STEP_ACTIVATED] =
    g_signal_new ("step-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_css_name (widget_class, "stepper");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
forlop_stepper_init (ForlopStepper *self)
{
  self->full = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (self->full), TRUE);
  gtk_widget_set_parent (self->full, GTK_WIDGET (self));

  self->brief = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->summary = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->summary), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->summary), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->summary, "heading");
  self->bar = g_object_new (GTK_TYPE_LEVEL_BAR,
                            "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                            "mode", GTK_LEVEL_BAR_MODE_DISCRETE,
                            NULL);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (self->bar), GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (self->bar), GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (self->bar), GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_box_append (GTK_BOX (self->brief), self->summary);
  gtk_box_append (GTK_BOX (self->brief), self->bar);
  gtk_widget_set_parent (self->brief, GTK_WIDGET (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Steps of the pathway"), -1);
}

GtkWidget *
forlop_stepper_new (void)
{
  return g_object_new (FORLOP_TYPE_STEPPER, NULL);
}

void
forlop_stepper_set_steps (ForlopStepper    *self,
                          const ForlopStepperStep *steps,
                          unsigned int      n_steps)
{
  GtkWidget *child;

  g_return_if_fail (FORLOP_IS_STEPPER (self));
  g_return_if_fail (steps != NULL || n_steps == 0);

  while ((child = gtk_widget_get_first_child (self->full)) != NULL)
    gtk_box_remove (GTK_BOX (self->full), child);

  self->n_steps = n_steps;
  for (unsigned int i = 0; i < n_steps; i++)
    gtk_box_append (GTK_BOX (self->full), forlop_stepper_new_step (self, steps, i));
  forlop_stepper_update_brief (self, steps);
}

unsigned int
forlop_stepper_get_n_steps (ForlopStepper *self)
{
  g_return_val_if_fail (FORLOP_IS_STEPPER (self), 0);

  return self->n_steps;
}

gboolean
forlop_stepper_is_brief (ForlopStepper *self)
{
  g_return_val_if_fail (FORLOP_IS_STEPPER (self), FALSE);

  return self->is_brief;
}
