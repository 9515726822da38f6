/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart.h"

#include <glib/gi18n-lib.h>

#include "forlop-chart-area.h"
#include "forlop-chart-rows.h"
#include "forlop-list-rows.h"

struct _ForlopChart
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title_label;
  GtkToggleButton *table_button;
  GtkStack *stack;
  ForlopChartArea *area;
  GtkColumnView *table;
  GtkColumnViewColumn *time_column;
  GtkColumnViewColumn *value_column;
  GtkColumnViewColumn *severity_column;
};

enum {
  PROP_0,
  PROP_SHOW_TABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopChart, forlop_chart, ADW_TYPE_BIN)

static void
forlop_chart_toggled_cb (ForlopChart *self)
{
  gboolean show_table = forlop_chart_get_show_table (self);

  gtk_stack_set_visible_child_name (self->stack, show_table ? "table" : "chart");
  gtk_widget_grab_focus (show_table ? GTK_WIDGET (self->table) : GTK_WIDGET (self->area));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_TABLE]);
}

static gboolean
forlop_chart_toggle_key (GtkWidget *widget,
                         GVariant  *arguments G_GNUC_UNUSED,
                         gpointer   user_data G_GNUC_UNUSED)
{
  ForlopChart *self = FORLOP_CHART (widget);

  forlop_chart_set_show_table (self, !forlop_chart_get_show_table (self));

  return TRUE;
}

static void
forlop_chart_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (prop_id == PROP_SHOW_TABLE)
    g_value_set_boolean (value, forlop_chart_get_show_table (FORLOP_CHART (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
forlop_chart_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  if (prop_id == PROP_SHOW_TABLE)
    forlop_chart_set_show_table (FORLOP_CHART (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
forlop_chart_class_init (ForlopChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = forlop_chart_get_property;
  object_class->set_property = forlop_chart_set_property;

  properties[PROP_SHOW_TABLE] =
    g_param_spec_boolean ("show-table", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (FORLOP_TYPE_CHART_AREA);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/widgets/charts/forlop-chart.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, title_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, table_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, area);
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, table);
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, time_column);
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, value_column);
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, severity_column);
  gtk_widget_class_bind_template_callback_full (widget_class, "toggled_cb",
                                                G_CALLBACK (forlop_chart_toggled_cb));
  gtk_widget_class_add_binding (widget_class, GDK_KEY_t, 0, forlop_chart_toggle_key, NULL);
}

static void
forlop_chart_init (ForlopChart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  forlop_column_set_text (self->time_column, FORLOP_TYPE_CHART_ROW, "time", 0);
  forlop_column_set_text (self->value_column, FORLOP_TYPE_CHART_ROW, "value", 1);
  forlop_column_set_text (self->severity_column, FORLOP_TYPE_CHART_ROW, "severity", 0);
  forlop_column_view_set_row_name (self->table, FORLOP_TYPE_CHART_ROW, "sentence");
}

GtkWidget *
forlop_chart_new (void)
{
  return g_object_new (FORLOP_TYPE_CHART, NULL);
}

void
forlop_chart_set_series (ForlopChart       *self,
                         ForlopChartSeries *series)
{
  g_autoptr(GtkSelectionModel) selection = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (FORLOP_IS_CHART (self));
  g_return_if_fail (FORLOP_IS_CHART_SERIES (series));

  if (forlop_chart_series_get_unit (series) != NULL)
    title = g_strdup_printf ("%s, %s", forlop_chart_series_get_label (series),
                             forlop_chart_series_get_unit (series));
  else
    title = g_strdup (forlop_chart_series_get_label (series));

  gtk_label_set_label (self->title_label, title);
  forlop_chart_area_set_series (self->area, series);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (forlop_chart_rows_new (series)));
  gtk_column_view_set_model (self->table, selection);
}

void
forlop_chart_set_period (ForlopChart *self,
                         gint64       from_ms,
                         gint64       to_ms)
{
  g_return_if_fail (FORLOP_IS_CHART (self));

  forlop_chart_area_set_period (self->area, from_ms, to_ms);
}

gboolean
forlop_chart_get_show_table (ForlopChart *self)
{
  g_return_val_if_fail (FORLOP_IS_CHART (self), FALSE);

  return gtk_toggle_button_get_active (self->table_button);
}

void
forlop_chart_set_show_table (ForlopChart *self,
                             gboolean     show_table)
{
  g_return_if_fail (FORLOP_IS_CHART (self));

  gtk_toggle_button_set_active (self->table_button, show_table);
}
