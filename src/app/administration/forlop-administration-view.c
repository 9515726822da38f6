/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-administration-view.h"

#include "forlop-empty-state.h"

struct _ForlopAdministrationView
{
  ForlopView parent_instance;
};

G_DEFINE_FINAL_TYPE (ForlopAdministrationView, forlop_administration_view, FORLOP_TYPE_VIEW)

static void
forlop_administration_view_class_init (ForlopAdministrationViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/administration/forlop-administration-view.ui");
}

static void
forlop_administration_view_init (ForlopAdministrationView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
