/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-citizens-view.h"

#include "forlop-empty-state.h"

struct _ForlopCitizensView
{
  ForlopView parent_instance;
};

G_DEFINE_FINAL_TYPE (ForlopCitizensView, forlop_citizens_view, FORLOP_TYPE_VIEW)

static void
forlop_citizens_view_class_init (ForlopCitizensViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/citizens/forlop-citizens-view.ui");
}

static void
forlop_citizens_view_init (ForlopCitizensView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
