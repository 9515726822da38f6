/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-equipment-view.h"

#include "forlop-empty-state.h"

struct _ForlopEquipmentView
{
  ForlopView parent_instance;
};

G_DEFINE_FINAL_TYPE (ForlopEquipmentView, forlop_equipment_view, FORLOP_TYPE_VIEW)

static void
forlop_equipment_view_class_init (ForlopEquipmentViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/equipment/forlop-equipment-view.ui");
}

static void
forlop_equipment_view_init (ForlopEquipmentView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
