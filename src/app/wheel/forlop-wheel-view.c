/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-wheel-view.h"

#include "forlop-empty-state.h"

struct _ForlopWheelView
{
  ForlopView parent_instance;
};

G_DEFINE_FINAL_TYPE (ForlopWheelView, forlop_wheel_view, FORLOP_TYPE_VIEW)

static void
forlop_wheel_view_class_init (ForlopWheelViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/wheel/forlop-wheel-view.ui");
}

static void
forlop_wheel_view_init (ForlopWheelView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
