/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-follow-up-view.h"

#include "forlop-empty-state.h"

struct _ForlopFollowUpView
{
  ForlopView parent_instance;
};

G_DEFINE_FINAL_TYPE (ForlopFollowUpView, forlop_follow_up_view, FORLOP_TYPE_VIEW)

static void
forlop_follow_up_view_class_init (ForlopFollowUpViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/monitoring/forlop-follow-up-view.ui");
}

static void
forlop_follow_up_view_init (ForlopFollowUpView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
