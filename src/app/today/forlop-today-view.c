/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-today-view.h"

#include "forlop-empty-state.h"

struct _ForlopTodayView
{
  ForlopView parent_instance;
};

G_DEFINE_FINAL_TYPE (ForlopTodayView, forlop_today_view, FORLOP_TYPE_VIEW)

static void
forlop_today_view_class_init (ForlopTodayViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/today/forlop-today-view.ui");
}

static void
forlop_today_view_init (ForlopTodayView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
