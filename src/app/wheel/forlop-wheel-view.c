/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-wheel-view.h"

#include <glib/gi18n-lib.h>

#include "forlop-benefits-store.h"
#include "forlop-empty-state.h"
#include "forlop-load.h"
#include "forlop-row-list.h"
#include "forlop-unit-filter.h"
#include "forlop-wheel-ring.h"

struct _ForlopWheelView
{
  ForlopView parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkBox *halves;
  GtkStack *ring_stack;
  ForlopWheelRing *ring;
  ForlopRowList *table;
  GtkToggleButton *table_button;
  GtkLabel *month_label;
  GtkLabel *counts_label;
  ForlopRowList *list;
  ForlopUnitFilter *unit;

  /* Owned */
  ForlopPagedList *rows;
  GListStore *months;
};

G_DEFINE_FINAL_TYPE (ForlopWheelView, forlop_wheel_view, FORLOP_TYPE_VIEW)

/* One month as a row of the table twin. */
typedef struct {
  unsigned int index;
  ForlopDate first;
  unsigned int counts[FORLOP_WHEEL_N_STATES];
} Month;

typedef struct {
  ForlopDate today;
  char *unit_id;
  gboolean by_figures;
} WheelQuery;

/* @without_names: counted by the server, of people who are not on this machine. */
typedef struct {
  ForlopWheel *wheel;
  gboolean without_names;
} Loaded;

static const ForlopRowColumn list_columns[] = {
  { N_("Name"), 18, 0 },
  { N_("State"), 10, 0 },
  { N_("Date"), 10, 0 },
  { N_("Unit"), 14, 0 },
  { NULL },
};

static const ForlopRowColumn table_columns[] = {
  { N_("Month"), 15, 0 },
  { N_("Overdue"), 9, 1 },
  { N_("Due"), 7, 1 },
  { N_("Held"), 7, 1 },
  { NULL },
};

static void
wheel_query_free (gpointer data)
{
  WheelQuery *query = data;

  g_free (query->unit_id);
  g_free (query);
}

static void
loaded_free (gpointer data)
{
  Loaded *loaded = data;

  g_free (loaded->wheel);
  g_free (loaded);
}

static gpointer
load_wheel_on_worker (ForlopConnection  *connection,
                      gpointer           user_data,
                      GCancellable      *cancellable G_GNUC_UNUSED,
                      GError           **error)
{
  WheelQuery *query = user_data;
  g_autoptr (ForlopFigures) figures = NULL;
  ForlopWheel *wheel;
  Loaded *loaded;

  if (query->by_figures && !forlop_benefits_store_figures (connection, query->unit_id, &figures, error))
    return NULL;
  wheel = figures != NULL ? forlop_wheel_from_figures (figures, query->today)
                          : forlop_wheel_store_load (connection, query->today, query->unit_id, error);
  if (wheel == NULL)
    return NULL;
  loaded = g_new0 (Loaded, 1);
  loaded->wheel = wheel;
  loaded->without_names = figures != NULL;

  return loaded;
}

static char *
list_text (gconstpointer data,
           unsigned int  column,
           gpointer      user_data)
{
  const ForlopWheelFields *fields = data;
  ForlopView *view = user_data;

  switch (column)
    {
    case 0:
      if (fields->birth_date == FORLOP_DATE_NONE)
        return g_strdup (fields->name);
      return g_strdup_printf ("%s, %d", fields->name,
                              forlop_date_age (fields->birth_date,
                                               forlop_session_today (forlop_view_get_session (view))));
    case 1:
      if (fields->state == FORLOP_WHEEL_OVERDUE)
        return g_strdup (_("■ Overdue"));
      if (fields->state == FORLOP_WHEEL_DUE)
        return g_strdup (_("○ Due"));
      return g_strdup_printf (_("● Held, no. %d"), fields->number);
    case 2:
      return forlop_date_format (fields->date);
    default:
      return g_strdup (fields->unit_name);
    }
}

static const char *
list_style (gconstpointer data,
            gpointer      user_data G_GNUC_UNUSED)
{
  return ((const ForlopWheelFields *) data)->state == FORLOP_WHEEL_OVERDUE ? "error" : NULL;
}

static char *
table_text (gconstpointer data,
            unsigned int  column,
            gpointer      user_data G_GNUC_UNUSED)
{
  const Month *month = data;

  if (column == 0)
    return forlop_wheel_month_name (month->first);

  return g_strdup_printf ("%u", month->counts[column - 1]);
}

static void
show_month (ForlopWheelView *self)
{
  unsigned int month = forlop_wheel_ring_get_month (self->ring);
  ForlopSession *session = forlop_view_get_session (FORLOP_VIEW (self));
  ForlopStore *store = session != NULL ? forlop_session_get_store (session) : NULL;
  ForlopWheelQuery *query;

  if (store == NULL)
    return;

  query = forlop_wheel_query_new (forlop_session_today (session),
                                  forlop_unit_filter_get_unit_id (self->unit), month);
  if (self->rows != NULL)
    {
      forlop_paged_list_take_query (self->rows, query);
      return;
    }
  self->rows = forlop_paged_list_new (store, &forlop_wheel_list_source, query);
  forlop_row_list_set_model (self->list, G_LIST_MODEL (self->rows));
}

static void
show_words (ForlopWheelView *self)
{
  unsigned int index = forlop_wheel_ring_get_month (self->ring);
  g_autoptr (ForlopPagedRow) row = g_list_model_get_item (G_LIST_MODEL (self->months), index);
  const Month *month = row != NULL ? forlop_paged_row_get_fields (row) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *counts = NULL;

  if (month == NULL)
    return;

  name = forlop_wheel_month_name (month->first);
  counts = forlop_wheel_month_counts (month->counts);
  gtk_label_set_label (self->month_label, name);
  gtk_label_set_label (self->counts_label, counts);
}

static void
set_without_names (ForlopWheelView *self,
                   gboolean         without_names)
{
  const char *title = without_names ? _("Without names") : _("Nothing this month");
  const char *text = without_names ? _("Whom the evaluations are about is seen by those who follow them up.")
                                   : _("No evaluation was held or is due.");

  forlop_row_list_set_empty (self->list, forlop_empty_state_new ("forlop-wheel-symbolic", title, text));
}

static void
wheel_loaded_cb (GtkWidget *widget,
                 gpointer   result)
{
  ForlopWheelView *self = FORLOP_WHEEL_VIEW (widget);
  Loaded *loaded = result;
  const ForlopWheel *wheel;
  unsigned int n_all = 0;

  forlop_view_set_busy (FORLOP_VIEW (self), FALSE);
  if (loaded == NULL)
    return;

  wheel = loaded->wheel;
  set_without_names (self, loaded->without_names);
  g_list_store_remove_all (self->months);
  for (unsigned int i = 0; i < FORLOP_WHEEL_MONTHS; i++)
    {
      g_autoptr (ForlopPagedRow) row = forlop_paged_row_new (i);
      Month *month = g_new0 (Month, 1);

      month->index = i;
      month->first = wheel->first[i];
      for (unsigned int k = 0; k < FORLOP_WHEEL_N_STATES; k++)
        {
          month->counts[k] = wheel->counts[i][k];
          n_all += wheel->counts[i][k];
        }
      forlop_paged_row_take_fields (row, month, g_free);
      g_list_store_append (self->months, row);
    }
  forlop_wheel_ring_set_wheel (self->ring, wheel);
  gtk_stack_set_visible_child_name (self->stack, n_all > 0 ? "wheel" : "empty");
  show_words (self);
  loaded_free (loaded);
}

static void
forlop_wheel_view_refresh (ForlopView *view)
{
  ForlopWheelView *self = FORLOP_WHEEL_VIEW (view);
  ForlopSession *session = forlop_view_get_session (view);
  ForlopStore *store = forlop_session_get_store (session);
  WheelQuery *query;

  forlop_unit_filter_set_session (self->unit, session);
  if (store == NULL)
    return;

  query = g_new0 (WheelQuery, 1);
  query->today = forlop_session_today (session);
  query->unit_id = g_strdup (forlop_unit_filter_get_unit_id (self->unit));
  query->by_figures = forlop_session_is_role (session, "manager");
  forlop_load (GTK_WIDGET (self), store, load_wheel_on_worker, query, wheel_query_free, loaded_free,
               wheel_loaded_cb);
  show_month (self);
}

static void
month_cb (ForlopWheelView *self)
{
  show_words (self);
  show_month (self);
}

static void
unit_cb (ForlopWheelView *self)
{
  forlop_view_queue_refresh (FORLOP_VIEW (self));
}

static void
row_activated_cb (ForlopWheelView *self,
                  ForlopPagedRow  *row)
{
  const ForlopWheelFields *fields = forlop_paged_row_get_fields (row);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "case", fields->case_id);
}

static void
month_activated_cb (ForlopWheelView *self,
                    ForlopPagedRow  *row)
{
  const Month *month = forlop_paged_row_get_fields (row);

  forlop_wheel_ring_set_month (self->ring, month->index);
}

static void
table_toggled_cb (ForlopWheelView *self)
{
  gboolean table = gtk_toggle_button_get_active (self->table_button);

  gtk_stack_set_visible_child_name (self->ring_stack, table ? "table" : "ring");
}

static gboolean
toggle_table_cb (GtkWidget *widget,
                 GVariant  *arguments G_GNUC_UNUSED,
                 gpointer   user_data G_GNUC_UNUSED)
{
  GtkToggleButton *button = FORLOP_WHEEL_VIEW (widget)->table_button;

  gtk_toggle_button_set_active (button, !gtk_toggle_button_get_active (button));

  return GDK_EVENT_STOP;
}

static void
narrow_cb (ForlopWheelView *self)
{
  gboolean narrow = forlop_view_get_narrow (FORLOP_VIEW (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->halves),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_vexpand (GTK_WIDGET (self->ring_stack), !narrow);
}

static void
forlop_wheel_view_dispose (GObject *object)
{
  ForlopWheelView *self = FORLOP_WHEEL_VIEW (object);

  g_clear_object (&self->rows);
  g_clear_object (&self->months);

  G_OBJECT_CLASS (forlop_wheel_view_parent_class)->dispose (object);
}

static const char *const *
forlop_wheel_view_get_scenes (ForlopView *view G_GNUC_UNUSED)
{
  static const char *const scenes[] = { "table", NULL };

  return scenes;
}

static void
forlop_wheel_view_show_scene (ForlopView *view,
                              const char *scene)
{
  gtk_toggle_button_set_active (FORLOP_WHEEL_VIEW (view)->table_button,
                                g_str_equal (scene, "table"));
}

static void
forlop_wheel_view_class_init (ForlopWheelViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  ForlopViewClass *view_class = FORLOP_VIEW_CLASS (klass);

  object_class->dispose = forlop_wheel_view_dispose;
  view_class->refresh = forlop_wheel_view_refresh;
  view_class->get_scenes = forlop_wheel_view_get_scenes;
  view_class->show_scene = forlop_wheel_view_show_scene;

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  g_type_ensure (FORLOP_TYPE_ROW_LIST);
  g_type_ensure (FORLOP_TYPE_UNIT_FILTER);
  g_type_ensure (FORLOP_TYPE_WHEEL_RING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/wheel/forlop-wheel-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopWheelView, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopWheelView, halves);
  gtk_widget_class_bind_template_child (widget_class, ForlopWheelView, ring_stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopWheelView, ring);
  gtk_widget_class_bind_template_child (widget_class, ForlopWheelView, table);
  gtk_widget_class_bind_template_child (widget_class, ForlopWheelView, table_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopWheelView, month_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopWheelView, counts_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopWheelView, list);
  gtk_widget_class_bind_template_child (widget_class, ForlopWheelView, unit);
  gtk_widget_class_bind_template_callback (widget_class, month_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, month_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_t, 0, toggle_table_cb, NULL);
}

static void
forlop_wheel_view_init (ForlopWheelView *self)
{
  self->months = g_list_store_new (FORLOP_TYPE_PAGED_ROW);
  gtk_widget_init_template (GTK_WIDGET (self));

  forlop_row_list_set_columns (self->list, list_columns, list_text, list_style, self);
  forlop_row_list_set_name (self->list, _("Evaluations of the month"));
  set_without_names (self, FALSE);
  forlop_row_list_set_columns (self->table, table_columns, table_text, NULL, self);
  forlop_row_list_set_name (self->table, _("Months"));
  forlop_row_list_set_model (self->table, G_LIST_MODEL (self->months));
}
