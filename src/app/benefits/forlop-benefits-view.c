/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-benefits-view.h"

#include "forlop-empty-state.h"

struct _ForlopBenefitsView
{
  ForlopView parent_instance;
};

G_DEFINE_FINAL_TYPE (ForlopBenefitsView, forlop_benefits_view, FORLOP_TYPE_VIEW)

static void
forlop_benefits_view_class_init (ForlopBenefitsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/benefits/forlop-benefits-view.ui");
}

static void
forlop_benefits_view_init (ForlopBenefitsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
