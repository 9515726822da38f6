/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-next-step.h"

#include <glib/gi18n-lib.h>

#include "forlop-detailed-action.h"

struct _ForlopNextStep
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkImage *icon;
  GtkLabel *what_label;
  GtkLabel *when_label;
  GtkLabel *missing_label;
  GtkButton *act_button;
};

G_DEFINE_FINAL_TYPE (ForlopNextStep, forlop_next_step, ADW_TYPE_BIN)

static void
forlop_next_step_class_init (ForlopNextStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/widgets/work/forlop-next-step.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopNextStep, icon);
  gtk_widget_class_bind_template_child (widget_class, ForlopNextStep, what_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopNextStep, when_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopNextStep, missing_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopNextStep, act_button);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
forlop_next_step_init (ForlopNextStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Next step"), -1);
}

GtkWidget *
forlop_next_step_new (void)
{
  return g_object_new (FORLOP_TYPE_NEXT_STEP, NULL);
}

void
forlop_next_step_set (ForlopNextStep *self,
                      const char     *what,
                      const char     *due,
                      const char     *owner)
{
  g_autoptr(GPtrArray) parts = NULL;
  g_autofree char *when = NULL;

  g_return_if_fail (FORLOP_IS_NEXT_STEP (self));
  g_return_if_fail (what != NULL);

  parts = g_ptr_array_new_with_free_func (g_free);
  if (due != NULL)
    g_ptr_array_add (parts, g_strdup (due));
  if (owner != NULL)
    g_ptr_array_add (parts, g_strdup_printf (_("owner: %s"), owner));
  g_ptr_array_add (parts, NULL);
  when = g_strjoinv (" · ", (char **) parts->pdata);

  gtk_label_set_label (self->what_label, what);
  gtk_label_set_label (self->when_label, when);
  gtk_widget_set_visible (GTK_WIDGET (self->when_label), *when != '\0');
}

void
forlop_next_step_set_overdue (ForlopNextStep *self,
                              gboolean        overdue)
{
  g_return_if_fail (FORLOP_IS_NEXT_STEP (self));

  if (overdue)
    gtk_widget_add_css_class (GTK_WIDGET (self->when_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->when_label), "error");
}

void
forlop_next_step_set_act (ForlopNextStep *self,
                          const char     *label,
                          const char     *action)
{
  g_return_if_fail (FORLOP_IS_NEXT_STEP (self));
  g_return_if_fail ((label == NULL) == (action == NULL));

  gtk_widget_set_visible (GTK_WIDGET (self->act_button), label != NULL);
  if (label == NULL)
    return;

  gtk_button_set_label (self->act_button, label);
  forlop_actionable_set_detailed (GTK_ACTIONABLE (self->act_button), action);
}

void
forlop_next_step_set_missing (ForlopNextStep *self,
                              const char     *missing)
{
  g_return_if_fail (FORLOP_IS_NEXT_STEP (self));

  gtk_label_set_label (self->missing_label, missing != NULL ? missing : "");
  gtk_widget_set_visible (GTK_WIDGET (self->missing_label), missing != NULL);
  gtk_image_set_from_icon_name (self->icon, missing != NULL ? "dialog-warning-symbolic"
                                                            : "go-next-symbolic");
  if (missing != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "warning");
}
