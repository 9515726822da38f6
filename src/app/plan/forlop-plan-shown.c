/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-shown.h"

#include <adwaita.h>

#include "forlop-limit-scale.h"
#include "forlop-plan-diff.h"
#include "forlop-plan-records.h"
#include "forlop-record-card.h"

static GtkWidget *
scale_row_new (const ForlopPlanData *data,
               ForlopRecord         *limit)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scale = forlop_limit_scale_new ();
  GtkWidget *name;
  ForlopLimits limits;
  ForlopLimitProposal own;

  if (!forlop_limits_read (&limits, limit, NULL))
    {
      g_object_ref_sink (scale);
      g_object_unref (scale);
      return box;
    }

  forlop_plan_data_propose (data, limits.measure, &own);
  forlop_limit_scale_set (FORLOP_LIMIT_SCALE (scale), limits.measure, &limits, &own);
  name = gtk_label_new (forlop_measure_label (limits.measure));
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "heading");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), scale);

  return box;
}

GtkWidget *
forlop_plan_shown_new (const ForlopPlanData *data,
                       gboolean              narrow)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autoptr (GPtrArray) limits = NULL;

  g_return_val_if_fail (data != NULL && data->plan != NULL, box);

  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "forlop-case-record");
  limits = forlop_plan_list_parts (data->the_case->snapshot, "limit", data->plan);
  for (unsigned int i = 0; i < limits->len; i++)
    gtk_box_append (GTK_BOX (box), scale_row_new (data, g_ptr_array_index (limits, i)));
  gtk_box_append (GTK_BOX (box), forlop_plan_card_new (data->the_case, data->plan, narrow));

  return box;
}
