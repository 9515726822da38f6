/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-timeline.h"

#include <glib/gi18n-lib.h>

#include "forlop-drop-down.h"
#include "forlop-format.h"
#include "forlop-severity-shape.h"

struct _ForlopTimeline
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkDropDown *filter_drop_down;
  GtkListView *list_view;
  GtkStack *stack;

  /* Borrowed: static */
  const ForlopTimelineKind *kinds;

  /* Owned */
  ForlopClock *clock;
  GListModel *model;
  GSignalGroup *model_signals;
};

/* The children of one row. */
typedef struct {
  GtkWidget *shape;
  GtkWidget *icon;
  GtkWidget *time;
  GtkWidget *text;
  GtkWidget *note;
} Row;

enum {
  PROP_0,
  PROP_FILTER,
  N_PROPS
};

enum {
  SIGNAL_OLDER_WANTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopTimeline, forlop_timeline, ADW_TYPE_BIN)

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

/* A text that is set asks the display where the pointer is, once for each row. */
static gboolean
forlop_timeline_time_tooltip_cb (GtkWidget  *time,
                                 int         x G_GNUC_UNUSED,
                                 int         y G_GNUC_UNUSED,
                                 gboolean    keyboard G_GNUC_UNUSED,
                                 GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, g_object_get_data (G_OBJECT (time), "exact"));

  return TRUE;
}

static void
forlop_timeline_setup_cb (ForlopTimeline *self G_GNUC_UNUSED,
                          GtkListItem    *list_item)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *marks = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  row->shape = forlop_severity_shape_new ();
  row->icon = gtk_image_new ();
  row->time = new_label ("caption");
  gtk_widget_add_css_class (row->time, "dim-label");
  gtk_widget_set_has_tooltip (row->time, TRUE);
  g_signal_connect (row->time, "query-tooltip", G_CALLBACK (forlop_timeline_time_tooltip_cb), NULL);
  row->text = new_label (NULL);
  row->note = new_label ("caption");

  gtk_widget_set_size_request (marks, 20, -1);
  gtk_box_append (GTK_BOX (marks), row->shape);
  gtk_box_append (GTK_BOX (marks), row->icon);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), row->time);
  gtk_box_append (GTK_BOX (texts), row->text);
  gtk_box_append (GTK_BOX (texts), row->note);
  gtk_box_append (GTK_BOX (box), marks);
  gtk_box_append (GTK_BOX (box), texts);

  g_object_set_data_full (G_OBJECT (box), "row", row, g_free);
  gtk_list_item_set_child (list_item, box);
}

static char *
join_note (const ForlopTimelineContent *content)
{
  if (content->actor != NULL && content->note != NULL)
    return g_strdup_printf ("%s · %s", content->actor, content->note);

  return g_strdup (content->actor != NULL ? content->actor : content->note);
}

static void
forlop_timeline_bind_cb (ForlopTimeline *self,
                         GtkListItem    *list_item)
{
  const ForlopTimelineContent *content;
  Row *row = g_object_get_data (G_OBJECT (gtk_list_item_get_child (list_item)), "row");
  gint64 now_ms = self->clock != NULL ? forlop_clock_now (self->clock) : 0;
  g_autofree char *exact = NULL;
  g_autofree char *time = NULL;
  g_autofree char *note = NULL;
  g_autofree char *sentence = NULL;

  content = forlop_timeline_item_get_content (gtk_list_item_get_item (list_item));
  exact = forlop_instant_format (content->at_ms);
  time = self->clock != NULL ? forlop_instant_format_relative (content->at_ms, now_ms)
                             : g_strdup (exact);
  note = join_note (content);

  gtk_widget_set_visible (row->shape, content->icon_name == NULL);
  gtk_widget_set_visible (row->icon, content->icon_name != NULL);
  forlop_severity_shape_set_severity (FORLOP_SEVERITY_SHAPE (row->shape), content->severity);
  gtk_image_set_from_icon_name (GTK_IMAGE (row->icon), content->icon_name);
  gtk_label_set_label (GTK_LABEL (row->time), time);
  g_object_set_data_full (G_OBJECT (row->time), "exact", g_steal_pointer (&exact), g_free);
  gtk_label_set_label (GTK_LABEL (row->text), content->text);
  if (content->struck)
    gtk_widget_add_css_class (row->text, "struck");
  else
    gtk_widget_remove_css_class (row->text, "struck");
  gtk_label_set_label (GTK_LABEL (row->note), note != NULL ? note : "");
  gtk_widget_set_visible (row->note, note != NULL);

  sentence = g_strdup_printf ("%s. %s%s%s%s%s", time,
                              content->icon_name == NULL
                                ? forlop_severity_label (content->severity) : "",
                              content->icon_name == NULL ? ". " : "",
                              content->text, note != NULL ? ". " : "", note != NULL ? note : "");
  gtk_list_item_set_accessible_label (list_item, sentence);
}

static void
forlop_timeline_activate_cb (ForlopTimeline *self,
                             unsigned int    position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->list_view));
  g_autoptr(ForlopTimelineItem) item = g_list_model_get_item (model, position);
  const char *action = forlop_timeline_item_get_content (item)->action;
  g_autoptr(GVariant) target = NULL;
  g_autofree char *name = NULL;

  if (action != NULL && g_action_parse_detailed_name (action, &name, &target, NULL))
    gtk_widget_activate_action_variant (GTK_WIDGET (self), name, target);
}

static void
forlop_timeline_edge_reached_cb (ForlopTimeline  *self,
                                 GtkPositionType  edge)
{
  if (edge == GTK_POS_BOTTOM)
    g_signal_emit (self, signals[SIGNAL_OLDER_WANTED], 0);
}

static void
forlop_timeline_filter_selected_cb (ForlopTimeline *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

static void
forlop_timeline_update_stack (ForlopTimeline *self)
{
  gboolean empty = self->model == NULL || g_list_model_get_n_items (self->model) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
}

/* Rows are made when somebody sees them: a case has two time lines, and one of them is hidden. */
static void
forlop_timeline_show_model (ForlopTimeline *self)
{
  g_autoptr (GtkSelectionModel) selection = NULL;

  if (self->model != NULL)
    selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (self->model)));
  gtk_list_view_set_model (self->list_view, selection);
}

static void
forlop_timeline_map (GtkWidget *widget)
{
  ForlopTimeline *self = FORLOP_TIMELINE (widget);

  if (self->model != NULL && gtk_list_view_get_model (self->list_view) == NULL)
    forlop_timeline_show_model (self);

  GTK_WIDGET_CLASS (forlop_timeline_parent_class)->map (widget);
}

/* What does not fill the room cannot be scrolled to its end. */
static void
forlop_timeline_fill_room_cb (ForlopTimeline *self,
                              GtkAdjustment  *adjustment)
{
  if (self->model != NULL && g_list_model_get_n_items (self->model) > 0 &&
      gtk_adjustment_get_page_size (adjustment) > 0 &&
      gtk_adjustment_get_upper (adjustment) <= gtk_adjustment_get_page_size (adjustment))
    g_signal_emit (self, signals[SIGNAL_OLDER_WANTED], 0);
}

static void
forlop_timeline_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  if (prop_id == PROP_FILTER)
    g_value_set_string (value, forlop_timeline_get_filter (FORLOP_TIMELINE (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
forlop_timeline_dispose (GObject *object)
{
  ForlopTimeline *self = FORLOP_TIMELINE (object);

  if (self->model_signals != NULL)
    g_signal_group_set_target (self->model_signals, NULL);
  g_clear_object (&self->model_signals);
  g_clear_object (&self->model);
  g_clear_pointer (&self->clock, forlop_clock_unref);

  G_OBJECT_CLASS (forlop_timeline_parent_class)->dispose (object);
}

static void
forlop_timeline_class_init (ForlopTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = forlop_timeline_get_property;
  object_class->dispose = forlop_timeline_dispose;
  widget_class->map = forlop_timeline_map;

  properties[PROP_FILTER] =
    g_param_spec_string ("filter", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ForlopTimeline::older-wanted:
   *
   * The oldest that is shown was reached, or there is room for more; there may be more.
   */
  signals[SIGNAL_OLDER_WANTED] =
    g_signal_new ("older-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/widgets/forlop-timeline.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopTimeline, filter_drop_down);
  gtk_widget_class_bind_template_child (widget_class, ForlopTimeline, list_view);
  gtk_widget_class_bind_template_child (widget_class, ForlopTimeline, stack);
  gtk_widget_class_bind_template_callback_full (widget_class, "filter_selected_cb",
                                                G_CALLBACK (forlop_timeline_filter_selected_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "edge_reached_cb",
                                                G_CALLBACK (forlop_timeline_edge_reached_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "activate_cb",
                                                G_CALLBACK (forlop_timeline_activate_cb));
}

static void
forlop_timeline_init (ForlopTimeline *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  forlop_drop_down_speak (self->filter_drop_down);
  g_signal_connect_object (factory, "setup", G_CALLBACK (forlop_timeline_setup_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (forlop_timeline_bind_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
  g_signal_connect_object (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list_view)), "changed",
                           G_CALLBACK (forlop_timeline_fill_room_cb), self, G_CONNECT_SWAPPED);

  self->model_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->model_signals, "items-changed",
                                  G_CALLBACK (forlop_timeline_update_stack), self);
}

GtkWidget *
forlop_timeline_new (void)
{
  return g_object_new (FORLOP_TYPE_TIMELINE, NULL);
}

void
forlop_timeline_set_clock (ForlopTimeline *self,
                           ForlopClock    *clock)
{
  g_return_if_fail (FORLOP_IS_TIMELINE (self));
  g_return_if_fail (clock != NULL);

  g_clear_pointer (&self->clock, forlop_clock_unref);
  self->clock = forlop_clock_ref (clock);
}

void
forlop_timeline_set_model (ForlopTimeline *self,
                           GListModel     *model)
{
  g_return_if_fail (FORLOP_IS_TIMELINE (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  g_set_object (&self->model, model);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) || gtk_list_view_get_model (self->list_view) != NULL)
    forlop_timeline_show_model (self);
  g_signal_group_set_target (self->model_signals, model);
  forlop_timeline_update_stack (self);
}

void
forlop_timeline_set_kinds (ForlopTimeline           *self,
                           const ForlopTimelineKind *kinds)
{
  g_autoptr(GtkStringList) labels = NULL;

  g_return_if_fail (FORLOP_IS_TIMELINE (self));
  g_return_if_fail (kinds != NULL);

  self->kinds = kinds;
  labels = gtk_string_list_new (NULL);
  gtk_string_list_append (labels, _("Everything"));
  for (unsigned int i = 0; kinds[i].kind != NULL; i++)
    gtk_string_list_append (labels, _(kinds[i].label));
  gtk_drop_down_set_model (self->filter_drop_down, G_LIST_MODEL (labels));
}

const char *
forlop_timeline_get_filter (ForlopTimeline *self)
{
  unsigned int selected;

  g_return_val_if_fail (FORLOP_IS_TIMELINE (self), NULL);

  selected = gtk_drop_down_get_selected (self->filter_drop_down);
  if (self->kinds == NULL || selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return NULL;

  return self->kinds[selected - 1].kind;
}
