/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-case-measurements.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-act-layout.h"
#include "forlop-case-sections.h"
#include "forlop-chart.h"
#include "forlop-empty-state.h"
#include "forlop-format.h"
#include "forlop-measure.h"
#include "forlop-reason.h"
#include "forlop-severity-mark.h"

#define CHART_HEIGHT 200
#define PAGE 30

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

static double
limit_of (ForlopRecord *limit,
          const char   *field)
{
  return forlop_record_has (limit, field) ? forlop_record_get_real (limit, field) : NAN;
}

/* The limits as they were at each time, and when they changed. */
static void
add_bands (ForlopChartSeries    *series,
           const ForlopCaseData *data,
           const char           *code)
{
  GPtrArray *plans = forlop_snapshot_list (data->snapshot, "care_plan");
  GPtrArray *limits = forlop_snapshot_list (data->snapshot, "limit");

  for (unsigned int i = 0; i < plans->len; i++)
    {
      ForlopRecord *plan = g_ptr_array_index (plans, i);
      gint64 from = forlop_record_get_instant (plan, "valid_from");
      g_autofree char *label = NULL;

      if (from == FORLOP_INSTANT_NONE)
        continue;
      /* Translators: the version of a plan. */
      label = g_strdup_printf (_("Plan version %d"), (int) forlop_record_get_integer (plan, "version"));
      forlop_chart_series_add_span (series, from, from, label);

      for (unsigned int j = 0; j < limits->len; j++)
        {
          ForlopRecord *limit = g_ptr_array_index (limits, j);

          if (!forlop_record_text_is (limit, "care_plan_id", forlop_record_get_id (plan)) ||
              !forlop_record_text_is (limit, "code", code))
            continue;
          forlop_chart_series_add_band (series, (ForlopChartBand) {
            .from_ms = from,
            .to_ms = forlop_record_has (plan, "superseded_at")
                       ? forlop_record_get_instant (plan, "superseded_at") : G_MAXINT64,
            .red_low = limit_of (limit, "red_low"),
            .yellow_low = limit_of (limit, "yellow_low"),
            .yellow_high = limit_of (limit, "yellow_high"),
            .red_high = limit_of (limit, "red_high"),
          });
        }
    }
}

static void
add_pauses (ForlopChartSeries    *series,
            const ForlopCaseData *data)
{
  GPtrArray *pauses = forlop_snapshot_list (data->snapshot, "pause");

  for (unsigned int i = 0; i < pauses->len; i++)
    {
      ForlopRecord *pause = g_ptr_array_index (pauses, i);

      forlop_chart_series_add_span (series, forlop_record_get_instant (pause, "from_time"),
                                    forlop_record_has (pause, "to_time")
                                      ? forlop_record_get_instant (pause, "to_time") : G_MAXINT64,
                                    _("Pause"));
    }
}

/* The lower value of a pair that was measured at once, or NaN. */
static double
find_low (const ForlopCaseData *data,
          unsigned int          position)
{
  const ForlopStoredMeasurement *upper = g_ptr_array_index (data->measurements, position);

  for (unsigned int i = position > 3 ? position - 3 : 0;
       i < data->measurements->len && i <= position + 3; i++)
    {
      const ForlopStoredMeasurement *other = g_ptr_array_index (data->measurements, i);

      if (other->measured_at == upper->measured_at && g_str_equal (other->code, "diastolic"))
        return other->value;
    }

  return NAN;
}

/* NULL when there is too little to draw. */
static ForlopChartSeries *
series_new (const ForlopCaseData *data,
            const char           *code)
{
  ForlopMeasure measure = forlop_measure_find ("forlop", code);
  const ForlopMeasureInfo *info = forlop_measure_info (measure);
  gboolean pair = g_str_equal (code, "systolic");
  g_autoptr (ForlopChartSeries) series = NULL;
  unsigned int n = 0;

  series = forlop_chart_series_new (pair ? forlop_measure_label (FORLOP_MEASURE_BLOOD_PRESSURE)
                                         : forlop_measure_label (measure),
                                    info->shown_unit != NULL ? _(info->shown_unit) : "", info->decimals);
  for (unsigned int i = 0; i < data->measurements->len; i++)
    {
      const ForlopStoredMeasurement *one = g_ptr_array_index (data->measurements, i);

      if (!g_str_equal (one->code, code) || isnan (one->value) || one->invalid)
        continue;
      forlop_chart_series_add_point (series, (ForlopChartPoint) {
        one->measured_at, one->value, pair ? find_low (data, i) : NAN, severity_of (one) });
      n++;
    }
  if (n < 2)
    return NULL;

  add_bands (series, data, code);
  add_pauses (series, data);

  return g_steal_pointer (&series);
}

static void
append_charts (const List *self,
               GtkBox     *box)
{
  const ForlopField *codes =
    forlop_record_type_field (forlop_record_type_find ("measurement"), "code");

  for (const ForlopChoice *choice = codes->choices; choice->code != NULL; choice++)
    {
      g_autoptr (ForlopChartSeries) series = NULL;
      GtkWidget *chart;

      /* Shown as one with the upper pressure. */
      if (g_str_equal (choice->code, "diastolic"))
        continue;
      series = series_new (self->data, choice->code);
      if (series == NULL)
        continue;

      chart = forlop_chart_new ();
      forlop_chart_set_series (FORLOP_CHART (chart), series);
      forlop_chart_set_period (FORLOP_CHART (chart), self->now - self->data->measured_days * FORLOP_DAY, self->now);
      gtk_widget_set_size_request (chart, -1, CHART_HEIGHT);
      gtk_box_append (box, chart);
    }
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

static GtkWidget *
empty_new (const char *role,
           ForlopCaseData *data)
{
  GtkWidget *empty =
    forlop_empty_state_new ("forlop-follow-up-symbolic", _("No measurements in this period"),
                            _("Values come from the devices, or are written in by hand."));

  if (forlop_case_act_is_open (data, role, "record-measurement"))
    {
      g_autofree char *action = g_strdup_printf ("case.act(('record-measurement', 'citizen', '%s'))",
                                                 data->citizen_id);

      forlop_empty_state_set_act (FORLOP_EMPTY_STATE (empty), _("_Record measurement"), action);
    }

  return empty;
}

GtkWidget *
forlop_case_measurements_new (ForlopCaseData *data,
                              const char     *role,
                              gint64          now,
                              gboolean        narrow)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  List *self;

  g_return_val_if_fail (data != NULL, box);

  if (data->measurements->len == 0)
    {
      gtk_box_append (GTK_BOX (box), empty_new (role, data));
      return box;
    }

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

  if (forlop_case_act_is_open (data, role, "record-measurement"))
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_("_Record measurement"));

      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.act");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sss)", "record-measurement",
                                        "citizen", data->citizen_id);
      gtk_box_append (GTK_BOX (box), button);
    }
  append_charts (self, GTK_BOX (box));
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->more);
  append_page (self);

  return box;
}
