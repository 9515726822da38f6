/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-rows.h"

struct _ForlopChartRow
{
  GObject parent_instance;

  ForlopChartSeries *series;
  unsigned int index;
};

struct _ForlopChartRows
{
  GObject parent_instance;

  ForlopChartSeries *series;
};

enum {
  PROP_0,
  PROP_TIME,
  PROP_VALUE,
  PROP_SEVERITY,
  PROP_SENTENCE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void forlop_chart_rows_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (ForlopChartRow, forlop_chart_row, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (ForlopChartRows, forlop_chart_rows, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      forlop_chart_rows_list_model_init))

static void
forlop_chart_row_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  ForlopChartRow *self = FORLOP_CHART_ROW (object);
  unsigned int n_points;
  const ForlopChartPoint *point;

  point = &forlop_chart_series_get_points (self->series, &n_points)[self->index];
  switch (prop_id)
    {
    case PROP_TIME:
      g_value_take_string (value, forlop_instant_format (point->at_ms));
      break;
    case PROP_VALUE:
      g_value_take_string (value, forlop_chart_series_format_value (self->series, point));
      break;
    case PROP_SEVERITY:
      g_value_take_string (value, g_strdup_printf ("%s %s", forlop_severity_mark (point->severity),
                                                   forlop_severity_label (point->severity)));
      break;
    case PROP_SENTENCE:
      g_value_take_string (value, forlop_chart_series_format_point (self->series, point));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_chart_row_finalize (GObject *object)
{
  g_clear_object (&FORLOP_CHART_ROW (object)->series);

  G_OBJECT_CLASS (forlop_chart_row_parent_class)->finalize (object);
}

static void
forlop_chart_row_class_init (ForlopChartRowClass *klass)
{
  static const char *const names[N_PROPS] = {
    [PROP_TIME] = "time",
    [PROP_VALUE] = "value",
    [PROP_SEVERITY] = "severity",
    [PROP_SENTENCE] = "sentence",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = forlop_chart_row_get_property;
  object_class->finalize = forlop_chart_row_finalize;
  for (unsigned int i = PROP_0 + 1; i < N_PROPS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
forlop_chart_row_init (ForlopChartRow *self G_GNUC_UNUSED)
{
}

static GType
forlop_chart_rows_get_item_type (GListModel *model G_GNUC_UNUSED)
{
  return FORLOP_TYPE_CHART_ROW;
}

static unsigned int
forlop_chart_rows_get_n_items (GListModel *model)
{
  unsigned int n_points;

  forlop_chart_series_get_points (FORLOP_CHART_ROWS (model)->series, &n_points);

  return n_points;
}

static gpointer
forlop_chart_rows_get_item (GListModel   *model,
                            unsigned int  position)
{
  unsigned int n_points = forlop_chart_rows_get_n_items (model);
  ForlopChartRow *row;

  if (position >= n_points)
    return NULL;

  row = g_object_new (FORLOP_TYPE_CHART_ROW, NULL);
  row->series = g_object_ref (FORLOP_CHART_ROWS (model)->series);
  row->index = n_points - 1 - position;

  return row;
}

static void
forlop_chart_rows_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = forlop_chart_rows_get_item_type;
  iface->get_n_items = forlop_chart_rows_get_n_items;
  iface->get_item = forlop_chart_rows_get_item;
}

static void
forlop_chart_rows_finalize (GObject *object)
{
  g_clear_object (&FORLOP_CHART_ROWS (object)->series);

  G_OBJECT_CLASS (forlop_chart_rows_parent_class)->finalize (object);
}

static void
forlop_chart_rows_class_init (ForlopChartRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_chart_rows_finalize;
}

static void
forlop_chart_rows_init (ForlopChartRows *self G_GNUC_UNUSED)
{
}

GListModel *
forlop_chart_rows_new (ForlopChartSeries *series)
{
  ForlopChartRows *self;

  g_return_val_if_fail (FORLOP_IS_CHART_SERIES (series), NULL);

  self = g_object_new (FORLOP_TYPE_CHART_ROWS, NULL);
  self->series = g_object_ref (series);

  return G_LIST_MODEL (self);
}
