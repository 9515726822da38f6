/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-shown.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "forlop-contested-value.h"
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
  g_autofree char *heading = NULL;
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
  heading = forlop_measure_dup_heading (limits.measure);
  name = gtk_label_new (heading);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "heading");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), scale);
  if (forlop_contested_has (limit, forlop_snapshot_list (data->the_case->snapshot, "contested_value")))
    gtk_box_append (GTK_BOX (box), forlop_contested_note_new ());

  return box;
}

GtkWidget *
forlop_plan_shown_new (const ForlopPlanData *data,
                       gboolean              narrow)
{
  /* The head of the page has how far the plan has come. */
  static const char *const in_head[] = {
    "version", "status", "sent_on", "approved_on", "approved_by", "approved_how", "valid_from", "superseded_at",
    "informed_by", "informed_on", NULL,
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autoptr (GPtrArray) limits = NULL;

  g_return_val_if_fail (data != NULL && data->plan != NULL, box);

  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "forlop-case-record");
  limits = forlop_plan_list_parts (data->the_case->snapshot, "limit", data->plan);
  for (unsigned int i = 0; i < limits->len; i++)
    gtk_box_append (GTK_BOX (box), scale_row_new (data, g_ptr_array_index (limits, i)));
  if (limits->len == 0)
    gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label",
                                                 _("No limits are set. Values are shown without colour."),
                                                 "xalign", 0.0f, "wrap", TRUE, NULL));
  gtk_box_append (GTK_BOX (box), forlop_record_card_new (data->the_case, data->plan, NULL, in_head, narrow));
  forlop_plan_card_append_parts (GTK_BOX (box), data->the_case, data->plan, narrow);

  return box;
}
