/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-citizen-charts.h"

#include <glib/gi18n-lib.h>

#include "forlop-chart-store.h"
#include "forlop-chart.h"
#include "forlop-empty-state.h"
#include "forlop-worker.h"

/* Readings beside each other, as long as nothing is laid out. */
#define STRETCHES 600
/* Pixels */
#define CHART_HEIGHT 240
#define TABLE_HEIGHT 360

struct _ForlopCitizenCharts
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwToggleGroup *period;
  GtkWidget *bar;
  GtkWidget *older_button;
  GtkWidget *newer_button;
  GtkLabel *window_label;
  GtkStack *stack;
  GtkBox *charts;
  AdwBin *other;

  /* Owned references */
  ForlopSession *session;
  char *citizen_id;

  ForlopDate first_day;
  ForlopDate last_day; /* that is shown; FORLOP_DATE_NONE for today */
  unsigned int asked;  /* the newest question; older answers are thrown away */
  unsigned int answered;
  gboolean may_invalidate;
  gboolean announces;  /* the answer is one to a key */
  gboolean narrow;
};

enum {
  PROP_0,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopCitizenCharts, forlop_citizen_charts, ADW_TYPE_BIN)

typedef struct {
  GWeakRef charts;
  unsigned int number;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_weak_ref_clear (&asked->charts);
  g_free (asked);
}

static ForlopChartPeriod
get_period (ForlopCitizenCharts *self)
{
  ForlopChartPeriod period = FORLOP_CHART_MONTH;

  forlop_chart_period_find (adw_toggle_group_get_active_name (self->period), &period);

  return period;
}

static void
activate_cb (ForlopCitizenCharts *self,
             ForlopPagedRow      *row)
{
  const ForlopReadingFields *reading = forlop_paged_row_get_fields (row);

  if (self->may_invalidate)
    gtk_widget_activate_action (GTK_WIDGET (self), "case.act", "(sss)",
                                reading->invalid ? "restore-measurement" : "invalidate-measurement",
                                "measurement", reading->id);
}

/* A table is as high as it needs to be paged, a chart as it needs to be read. */
static void
table_cb (ForlopChart *chart)
{
  gtk_widget_set_size_request (GTK_WIDGET (chart), -1,
                               forlop_chart_get_show_table (chart) ? TABLE_HEIGHT : CHART_HEIGHT);
}

static GtkWidget *
chart_new (ForlopCitizenCharts *self)
{
  GtkWidget *chart = forlop_chart_new ();

  g_object_bind_property (self, "narrow", chart, "narrow", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (chart, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (chart, "notify::show-table", G_CALLBACK (table_cb), NULL);
  table_cb (FORLOP_CHART (chart));

  return chart;
}

/* The charts stay where they are, so that the keyboard stays in the one it is in. */
static void
show_series (ForlopCitizenCharts *self,
             GPtrArray           *all)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->charts));

  for (unsigned int i = 0; i < all->len; i++)
    {
      if (child == NULL)
        {
          child = chart_new (self);
          gtk_box_append (self->charts, child);
        }
      forlop_chart_set_series (FORLOP_CHART (child), g_ptr_array_index (all, i));
      forlop_chart_set_source (FORLOP_CHART (child), forlop_session_get_store (self->session),
                               self->citizen_id);
      child = gtk_widget_get_next_sibling (child);
    }
  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_box_remove (self->charts, child);
      child = next;
    }
}

/* No period to choose where there is no chart. */
static GtkWidget *
show_other (ForlopCitizenCharts *self,
            const char          *icon,
            const char          *title,
            const char          *text)
{
  GtkWidget *other = forlop_empty_state_new (icon, title, text);

  gtk_widget_set_visible (self->bar, FALSE);
  adw_bin_set_child (self->other, other);
  gtk_stack_set_visible_child_name (self->stack, "other");

  return other;
}

static void
show_error (ForlopCitizenCharts *self,
            const GError        *error)
{
  GtkWidget *other = show_other (self, "dialog-error-symbolic", _("The charts could not be read"), error->message);

  forlop_empty_state_set_act (FORLOP_EMPTY_STATE (other), _("_Try again"), "charts.read");
}

static void
show_charts (ForlopCitizenCharts *self,
             ForlopCharts        *charts)
{
  ForlopDate today = forlop_session_today (self->session);
  g_autofree char *window = forlop_chart_window_format (charts->window);

  self->first_day = charts->first_day;
  gtk_label_set_label (self->window_label, window);
  gtk_widget_set_sensitive (self->newer_button, charts->last_day < today);
  gtk_widget_set_sensitive (self->older_button,
                            charts->first_day != FORLOP_DATE_NONE &&
                            forlop_instant_to_date (charts->window.from_ms) > charts->first_day);
  if (charts->series->len == 0)
    {
      show_other (self, "forlop-follow-up-symbolic", _("No measurements yet"),
                  _("Values come from the devices, or are written in by hand."));
      return;
    }
  gtk_widget_set_visible (self->bar, TRUE);
  show_series (self, charts->series);
  gtk_stack_set_visible_child_name (self->stack, "charts");
  if (self->announces)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), window,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  return forlop_chart_store_load (connection, user_data, error);
}

static DexFuture *
loaded_cb (DexFuture *future,
           gpointer   user_data)
{
  Asked *asked = user_data;
  g_autoptr (ForlopCitizenCharts) self = g_weak_ref_get (&asked->charts);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopCharts) charts = forlop_worker_steal (future, &error);

  if (self == NULL || self->stack == NULL || asked->number != self->asked)
    return NULL;

  self->answered = asked->number;
  if (charts != NULL)
    show_charts (self, charts);
  else
    show_error (self, error);
  self->announces = FALSE;

  return NULL;
}

static void
forlop_citizen_charts_read (ForlopCitizenCharts *self)
{
  ForlopStore *store = self->citizen_id != NULL ? forlop_session_get_store (self->session) : NULL;
  int width = gtk_widget_get_width (GTK_WIDGET (self->charts));
  ForlopChartQuery *query;
  Asked *asked;

  if (store == NULL)
    return;

  query = g_new0 (ForlopChartQuery, 1);
  query->citizen_id = g_strdup (self->citizen_id);
  query->period = get_period (self);
  query->last_day = self->last_day;
  query->n_stretches = width > 0 ? (unsigned int) width : STRETCHES;
  query->now = forlop_session_now (self->session);
  asked = g_new0 (Asked, 1);
  g_weak_ref_init (&asked->charts, self);
  asked->number = ++self->asked;
  dex_future_disown (dex_future_finally (
    forlop_store_read (store, load_on_worker, query, (GDestroyNotify) forlop_chart_query_free,
                       (GDestroyNotify) forlop_charts_free),
    loaded_cb, asked, asked_free));
}

static void
read_action (GtkWidget  *widget,
             const char *action_name G_GNUC_UNUSED,
             GVariant   *parameter G_GNUC_UNUSED)
{
  forlop_citizen_charts_read (FORLOP_CITIZEN_CHARTS (widget));
}

static void
period_changed_cb (ForlopCitizenCharts *self)
{
  if (get_period (self) == FORLOP_CHART_ALL)
    self->last_day = FORLOP_DATE_NONE;
  forlop_citizen_charts_read (self);
}

static void
pan (ForlopCitizenCharts *self,
     int                  steps)
{
  ForlopDate today = forlop_session_today (self->session);
  ForlopDate last = self->last_day != FORLOP_DATE_NONE ? self->last_day : today;
  ForlopDate to = forlop_chart_pan (get_period (self), last, steps, self->first_day, today);

  if (to == last)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  self->last_day = to == today ? FORLOP_DATE_NONE : to;
  self->announces = TRUE;
  forlop_citizen_charts_read (self);
}

static void
older_cb (ForlopCitizenCharts *self)
{
  pan (self, -1);
}

static void
newer_cb (ForlopCitizenCharts *self)
{
  pan (self, 1);
}

static gboolean
pan_key (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data G_GNUC_UNUSED)
{
  int steps;

  g_variant_get (arguments, "(i)", &steps);
  pan (FORLOP_CITIZEN_CHARTS (widget), steps);

  return TRUE;
}

static gboolean
period_key (GtkWidget *widget,
            GVariant  *arguments,
            gpointer   user_data G_GNUC_UNUSED)
{
  ForlopCitizenCharts *self = FORLOP_CITIZEN_CHARTS (widget);
  int period = (int) get_period (self);
  int step;

  g_variant_get (arguments, "(i)", &step);
  period = CLAMP (period + step, 0, FORLOP_N_CHART_PERIODS - 1);
  self->announces = TRUE;
  adw_toggle_group_set_active_name (self->period,
                                    forlop_chart_period_name ((ForlopChartPeriod) period));

  return TRUE;
}

static void
forlop_citizen_charts_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  if (prop_id == PROP_NARROW)
    g_value_set_boolean (value, FORLOP_CITIZEN_CHARTS (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
forlop_citizen_charts_set_property (GObject      *object,
                                    guint         prop_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  if (prop_id == PROP_NARROW)
    FORLOP_CITIZEN_CHARTS (object)->narrow = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
forlop_citizen_charts_finalize (GObject *object)
{
  ForlopCitizenCharts *self = FORLOP_CITIZEN_CHARTS (object);

  g_clear_object (&self->session);
  g_free (self->citizen_id);

  G_OBJECT_CLASS (forlop_citizen_charts_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct {
    unsigned int key;
    GdkModifierType state;
    GtkShortcutFunc func;
    int argument;
  } keys[] = {
    { GDK_KEY_Left, GDK_SHIFT_MASK, pan_key, -1 },
    { GDK_KEY_KP_Left, GDK_SHIFT_MASK, pan_key, -1 },
    { GDK_KEY_Right, GDK_SHIFT_MASK, pan_key, 1 },
    { GDK_KEY_KP_Right, GDK_SHIFT_MASK, pan_key, 1 },
    { GDK_KEY_plus, 0, period_key, -1 },
    { GDK_KEY_KP_Add, 0, period_key, -1 },
    { GDK_KEY_minus, 0, period_key, 1 },
    { GDK_KEY_KP_Subtract, 0, period_key, 1 },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, keys[i].state, keys[i].func, "(i)",
                                  keys[i].argument);
}

static void
forlop_citizen_charts_class_init (ForlopCitizenChartsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = forlop_citizen_charts_get_property;
  object_class->set_property = forlop_citizen_charts_set_property;
  object_class->finalize = forlop_citizen_charts_finalize;
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/forlop/Forlop/monitoring/forlop-citizen-charts.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizenCharts, period);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizenCharts, bar);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizenCharts, older_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizenCharts, newer_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizenCharts, window_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizenCharts, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizenCharts, charts);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizenCharts, other);
  gtk_widget_class_bind_template_callback (widget_class, period_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, older_cb);
  gtk_widget_class_bind_template_callback (widget_class, newer_cb);
  gtk_widget_class_install_action (widget_class, "charts.read", NULL, read_action);
  add_keys (widget_class);
}

static void
forlop_citizen_charts_init (ForlopCitizenCharts *self)
{
  self->first_day = self->last_day = FORLOP_DATE_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (unsigned int i = 0; i < FORLOP_N_CHART_PERIODS; i++)
    {
      AdwToggle *toggle = adw_toggle_new ();

      adw_toggle_set_name (toggle, forlop_chart_period_name ((ForlopChartPeriod) i));
      adw_toggle_set_label (toggle, forlop_chart_period_label ((ForlopChartPeriod) i));
      adw_toggle_group_add (self->period, toggle);
    }
  adw_toggle_group_set_active_name (self->period, forlop_chart_period_name (FORLOP_CHART_MONTH));
}

GtkWidget *
forlop_citizen_charts_new (ForlopSession *session)
{
  ForlopCitizenCharts *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);

  self = g_object_new (FORLOP_TYPE_CITIZEN_CHARTS, NULL);
  self->session = g_object_ref (session);

  return GTK_WIDGET (self);
}

void
forlop_citizen_charts_load (ForlopCitizenCharts *self,
                            const char          *citizen_id,
                            gboolean             may_invalidate)
{
  g_return_if_fail (FORLOP_IS_CITIZEN_CHARTS (self));
  g_return_if_fail (citizen_id != NULL);

  g_set_str (&self->citizen_id, citizen_id);
  self->may_invalidate = may_invalidate;
  forlop_citizen_charts_read (self);
}

void
forlop_citizen_charts_set_period (ForlopCitizenCharts *self,
                                  const char          *period)
{
  g_return_if_fail (FORLOP_IS_CITIZEN_CHARTS (self));

  adw_toggle_group_set_active_name (self->period, period);
}

void
forlop_citizen_charts_show_table (ForlopCitizenCharts *self,
                                  gboolean             show_table)
{
  GtkWidget *first;

  g_return_if_fail (FORLOP_IS_CITIZEN_CHARTS (self));

  first = gtk_widget_get_first_child (GTK_WIDGET (self->charts));
  if (first != NULL)
    forlop_chart_set_show_table (FORLOP_CHART (first), show_table);
}

gboolean
forlop_citizen_charts_get_busy (ForlopCitizenCharts *self)
{
  g_return_val_if_fail (FORLOP_IS_CITIZEN_CHARTS (self), FALSE);

  return self->asked != self->answered;
}
