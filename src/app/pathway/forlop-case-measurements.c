/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-case-measurements.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-act-layout.h"
#include "forlop-case-sections.h"
#include "forlop-format.h"
#include "forlop-list-rows.h"
#include "forlop-measure.h"
#include "forlop-reason.h"
#include "forlop-severity-mark.h"

#define PAGE 10

typedef struct {
  ForlopCaseData *data;
  gint64 now;
  gboolean narrow;
  gboolean may_invalidate;
  unsigned int shown;
  GtkWidget *list;
  GtkWidget *more;
} List;

static void
list_free (gpointer data)
{
  List *self = data;

  forlop_case_data_unref (self->data);
  g_free (self);
}

static ForlopSeverity
severity_of (const ForlopStoredMeasurement *measurement)
{
  ForlopSeverity severity = FORLOP_SEVERITY_NONE;

  if (measurement->invalid)
    return FORLOP_SEVERITY_IMPLAUSIBLE;
  if (measurement->severity != NULL)
    forlop_severity_from_code (measurement->severity, &severity);

  return severity;
}

static char *
dup_reason (const ForlopStoredMeasurement *measurement)
{
  ForlopReason reason;

  if (measurement->note != NULL)
    return g_strdup (measurement->note);
  if (measurement->reason == NULL || !forlop_reason_from_json (measurement->reason, &reason, NULL))
    return NULL;

  return forlop_reason_format (&reason);
}

static GtkWidget *
row_new (const List                    *self,
         const ForlopStoredMeasurement *one)
{
  ForlopMeasure measure = forlop_measure_find ("forlop", one->code);
  g_autofree char *value = isnan (one->value) ? g_strdup ("–") : forlop_measure_format (measure, one->value);
  g_autofree char *title = g_strdup_printf ("%s %s", forlop_measure_label (measure), value);
  g_autofree char *reason = dup_reason (one);
  g_autofree char *when = forlop_instant_format_relative (one->measured_at, self->now);
  g_autofree char *exact = forlop_instant_format (one->measured_at);
  GtkWidget *time = gtk_label_new (when);
  GtkWidget *mark = forlop_severity_mark_new (severity_of (one));
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title,
                                 "subtitle", reason != NULL ? reason : "", NULL);

  forlop_severity_mark_set_show_word (FORLOP_SEVERITY_MARK (mark), !self->narrow);
  forlop_severity_mark_set_uncertain (FORLOP_SEVERITY_MARK (mark),
                                      g_strcmp0 (one->quality, "uncalibrated") == 0);
  if (!self->narrow)
    gtk_widget_set_size_request (mark, 110, -1);
  gtk_widget_add_css_class (time, "dim-label");
  gtk_widget_add_css_class (time, "numeric");
  gtk_widget_set_tooltip_text (time, exact);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), time);
  if (self->may_invalidate)
    {
      const char *act = one->invalid ? "restore-measurement" : "invalidate-measurement";
      GtkWidget *button = gtk_button_new_from_icon_name (one->invalid ? "edit-undo-symbolic"
                                                                      : "edit-delete-symbolic");

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, forlop_act_layout_title (forlop_act_find (act), NULL));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      forlop_act_layout_title (forlop_act_find (act), NULL), -1);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.act");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sss)", act, "measurement", one->id);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }

  return row;
}

static void
append_page (List *self)
{
  GPtrArray *all = self->data->measurements;

  for (unsigned int n = 0; n < PAGE && self->shown < all->len; n++, self->shown++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         row_new (self, g_ptr_array_index (all, all->len - 1 - self->shown)));
  gtk_widget_set_visible (self->more, self->shown < all->len);
}

GtkWidget *
forlop_case_measurements_new (ForlopCaseData *data,
                              const char     *role,
                              gint64          now,
                              gboolean        narrow)
{
  GtkWidget *box;
  List *self;

  g_return_val_if_fail (data != NULL, NULL);

  if (data->measurements->len == 0)
    return NULL;

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self = g_new0 (List, 1);
  self->data = forlop_case_data_ref (data);
  self->now = now;
  self->narrow = narrow;
  self->may_invalidate = forlop_case_act_is_open (data, role, "invalidate-measurement");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  self->more = gtk_button_new_with_mnemonic (_("Show _older"));
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->more, "pill");
  g_object_set_data_full (G_OBJECT (box), "list", self, list_free);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (append_page), self);

  gtk_box_append (GTK_BOX (box), forlop_heading_new (_("Newest measurements")));
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->more);
  append_page (self);

  return box;
}
