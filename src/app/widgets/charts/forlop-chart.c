/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-chart-area.h"
#include "forlop-chart-store.h"
#include "forlop-row-list.h"

struct _ForlopChart
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title_label;
  GtkLabel *kept_label;
  GtkWidget *text_box;
  GtkLabel *room_label;
  GtkToggleButton *table_button;
  GtkStack *stack;
  ForlopChartArea *area;
  ForlopRowList *table;

  /* Owned references */
  ForlopChartSeries *series;
  ForlopStore *store;
  ForlopPagedList *rows;
  char *citizen_id;
};

enum {
  PROP_0,
  PROP_SHOW_TABLE,
  PROP_NARROW,
  N_PROPS
};

enum {
  SIGNAL_ACTIVATE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopChart, forlop_chart, ADW_TYPE_BIN)

enum {
  COLUMN_TIME,
  COLUMN_VALUE,
  COLUMN_JUDGED,
  COLUMN_REASON,
};

static const ForlopRowColumn columns[] = {
  { N_("Measured"), 19, 0, TRUE },
  { N_("Value"), 16, 1, TRUE },
  { N_("Judged"), 14, 0, TRUE },
  { N_("Reason and limits"), 30, 0, FALSE, 5 },
  { NULL, 0, 0, FALSE },
};

static char *
row_text (gconstpointer fields,
          unsigned int  column,
          gpointer      user_data)
{
  ForlopChart *self = user_data;
  const ForlopReadingFields *reading = fields;

  switch (column)
    {
    case COLUMN_TIME:
      return forlop_instant_format (reading->point.at_ms);
    case COLUMN_VALUE:
      return isnan (forlop_chart_point_high (&reading->point))
               ? g_strdup ("–") : forlop_chart_series_format_value (self->series, &reading->point);
    case COLUMN_JUDGED:
      return g_strdup_printf ("%s %s%s", forlop_severity_mark (reading->point.severity),
                              forlop_severity_label (reading->point.severity),
                              forlop_chart_point_is_uncertain (&reading->point) ? " ~" : "");
    case COLUMN_REASON:
      return forlop_chart_series_format_reason (self->series, &reading->point);
    default:
      return NULL;
    }
}

/* The readings of the window that the chart shows, when somebody looks at the table. */
static void
forlop_chart_fill_table (ForlopChart *self)
{
  ForlopReadingQuery *query;

  if (self->store == NULL || self->series == NULL || !forlop_chart_get_show_table (self))
    return;

  query = forlop_reading_query_new (self->citizen_id, forlop_chart_series_get_measure (self->series),
                                    forlop_chart_series_get_window (self->series));
  if (self->rows != NULL)
    {
      forlop_paged_list_take_query (self->rows, query);
      return;
    }
  self->rows = forlop_paged_list_new (self->store, &forlop_reading_list_source, query);
  forlop_row_list_set_model (self->table, G_LIST_MODEL (self->rows));
}

static void
forlop_chart_activate_cb (ForlopChart    *self,
                          ForlopPagedRow *row)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, row);
}

static void
forlop_chart_toggled_cb (ForlopChart *self)
{
  gboolean show_table = forlop_chart_get_show_table (self);

  forlop_chart_fill_table (self);
  gtk_stack_set_visible_child_name (self->stack, show_table ? "table" : "chart");
  gtk_widget_set_visible (self->text_box, !show_table);
  if (show_table)
    gtk_widget_child_focus (GTK_WIDGET (self->table), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->area));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_TABLE]);
}

static gboolean
forlop_chart_toggle_key (GtkWidget *widget,
                         GVariant  *arguments G_GNUC_UNUSED,
                         gpointer   user_data G_GNUC_UNUSED)
{
  ForlopChart *self = FORLOP_CHART (widget);

  if (self->store == NULL)
    return FALSE;
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
  else if (prop_id == PROP_NARROW)
    g_object_get_property (G_OBJECT (FORLOP_CHART (object)->table), "narrow", value);
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
  else if (prop_id == PROP_NARROW)
    g_object_set_property (G_OBJECT (FORLOP_CHART (object)->table), "narrow", value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
forlop_chart_dispose (GObject *object)
{
  ForlopChart *self = FORLOP_CHART (object);

  if (self->table != NULL)
    forlop_row_list_set_columns (self->table, columns, row_text, NULL, NULL);
  g_clear_object (&self->rows);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (forlop_chart_parent_class)->dispose (object);
}

static void
forlop_chart_finalize (GObject *object)
{
  ForlopChart *self = FORLOP_CHART (object);

  g_clear_object (&self->series);
  g_free (self->citizen_id);

  G_OBJECT_CLASS (forlop_chart_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  properties[PROP_SHOW_TABLE] =
    g_param_spec_boolean ("show-table", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
forlop_chart_class_init (ForlopChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = forlop_chart_get_property;
  object_class->set_property = forlop_chart_set_property;
  object_class->dispose = forlop_chart_dispose;
  object_class->finalize = forlop_chart_finalize;
  install_properties (object_class);
  signals[SIGNAL_ACTIVATE] =
    g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, FORLOP_TYPE_PAGED_ROW);

  g_type_ensure (FORLOP_TYPE_CHART_AREA);
  g_type_ensure (FORLOP_TYPE_ROW_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/widgets/charts/forlop-chart.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, title_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, kept_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, text_box);
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, room_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, table_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, area);
  gtk_widget_class_bind_template_child (widget_class, ForlopChart, table);
  gtk_widget_class_bind_template_callback_full (widget_class, "toggled_cb",
                                                G_CALLBACK (forlop_chart_toggled_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "activate_cb",
                                                G_CALLBACK (forlop_chart_activate_cb));
  gtk_widget_class_add_binding (widget_class, GDK_KEY_t, 0, forlop_chart_toggle_key, NULL);
}

static void
forlop_chart_init (ForlopChart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  forlop_row_list_set_columns (self->table, columns, row_text, NULL, self);
}

GtkWidget *
forlop_chart_new (void)
{
  return g_object_new (FORLOP_TYPE_CHART, NULL);
}

/* Says so when not every reading is a point. */
static void
forlop_chart_show_kept (ForlopChart *self)
{
  unsigned int n_readings = forlop_chart_series_get_n_readings (self->series);
  unsigned int n_points;
  g_autofree char *kept = NULL;

  forlop_chart_series_get_points (self->series, &n_points);
  gtk_widget_set_visible (GTK_WIDGET (self->kept_label), n_points < n_readings);
  if (n_points == n_readings)
    return;
  kept = g_strdup_printf (
    ngettext ("%u reading. Where they are close, the lowest, the highest and the worst are drawn; the "
              "line is the median.",
              "%u readings. Where they are close, the lowest, the highest and the worst are drawn; the "
              "line is the median.", n_readings), n_readings);
  gtk_label_set_label (self->kept_label, kept);
}

/* Room for the longest of what can be read, so that nothing below moves while somebody reads. */
static void
forlop_chart_make_room (ForlopChart *self)
{
  g_autofree char *longest = forlop_chart_series_dup_longest (self->series);
  g_autofree char *text = g_strdup_printf (_("Last: %s"), longest);

  gtk_label_set_label (self->room_label, text);
}

void
forlop_chart_set_series (ForlopChart       *self,
                         ForlopChartSeries *series)
{
  g_autofree char *title = NULL;

  g_return_if_fail (FORLOP_IS_CHART (self));
  g_return_if_fail (FORLOP_IS_CHART_SERIES (series));

  if (forlop_chart_series_get_unit (series) != NULL)
    title = g_strdup_printf ("%s, %s", forlop_chart_series_get_label (series),
                             forlop_chart_series_get_unit (series));
  else
    title = g_strdup (forlop_chart_series_get_label (series));

  gtk_label_set_label (self->title_label, title);
  g_set_object (&self->series, series);
  forlop_chart_make_room (self);
  forlop_chart_area_set_series (self->area, series);
  forlop_chart_show_kept (self);
  forlop_row_list_set_name (self->table, title);
  forlop_chart_fill_table (self);
}

void
forlop_chart_set_source (ForlopChart *self,
                         ForlopStore *store,
                         const char  *citizen_id)
{
  g_return_if_fail (FORLOP_IS_CHART (self));
  g_return_if_fail (FORLOP_IS_STORE (store));
  g_return_if_fail (citizen_id != NULL);

  if (!g_set_str (&self->citizen_id, citizen_id) && self->store == store)
    return;
  g_set_object (&self->store, store);
  gtk_widget_set_visible (GTK_WIDGET (self->table_button), TRUE);
  g_clear_object (&self->rows);
  forlop_chart_fill_table (self);
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
