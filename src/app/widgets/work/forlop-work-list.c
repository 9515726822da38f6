/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-work-list.h"

#include <glib/gi18n-lib.h>

#include "forlop-work-row.h"

struct _ForlopWorkList
{
  AdwBin parent_instance;

  GtkListView *list_view;
  GtkSingleSelection *selection;

  /* Key of the row that was selected last, and where it stood. */
  char *selected_key;
  unsigned int selected_position;
  gboolean restoring;
};

enum {
  SIGNAL_ACT,
  SIGNAL_TAKE,
  SIGNAL_SELECTED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopWorkList, forlop_work_list, ADW_TYPE_BIN)

static unsigned int
find_key (GListModel *model,
          const char *key)
{
  unsigned int n_items = g_list_model_get_n_items (model);

  for (unsigned int i = 0; i < n_items; i++)
    {
      g_autoptr(ForlopWorkItem) item = g_list_model_get_item (model, i);

      if (g_strcmp0 (forlop_work_item_get_content (item)->key, key) == 0)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/* The list scrolls to the selected row when it is laid out, and with the first one its heading would
 * be out of sight. */
static gboolean
show_top_cb (GtkWidget     *widget,
             GdkFrameClock *clock G_GNUC_UNUSED,
             gpointer       user_data)
{
  ForlopWorkList *self = FORLOP_WORK_LIST (widget);
  unsigned int *frames = user_data;

  if (gtk_single_selection_get_selected (self->selection) != 0)
    return G_SOURCE_REMOVE;
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list_view)), 0);

  return ++*frames < 3 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* The same row, or the one that took its place. */
static void
forlop_work_list_restore_selection (ForlopWorkList *self)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  unsigned int n_items = g_list_model_get_n_items (model);
  unsigned int position = GTK_INVALID_LIST_POSITION;

  if (n_items == 0)
    return;

  if (self->selected_key != NULL)
    position = find_key (model, self->selected_key);
  if (position == GTK_INVALID_LIST_POSITION)
    position = MIN (self->selected_position, n_items - 1);

  self->restoring = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->restoring = FALSE;
  if (position == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), show_top_cb, g_new0 (unsigned int, 1), g_free);
}

static void
forlop_work_list_selection_changed_cb (ForlopWorkList *self)
{
  ForlopWorkItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item != NULL && !self->restoring)
    {
      g_set_str (&self->selected_key, forlop_work_item_get_content (item)->key);
      self->selected_position = gtk_single_selection_get_selected (self->selection);
    }
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0, item);
}

static void
forlop_work_list_act_on (ForlopWorkList *self,
                         ForlopWorkItem *item)
{
  const ForlopWorkContent *content = forlop_work_item_get_content (item);

  if (content->state == FORLOP_WORK_PENDING)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else
    g_signal_emit (self, signals[SIGNAL_ACT], 0, item);
}

static void
forlop_work_list_activate_cb (ForlopWorkList *self,
                              unsigned int    position)
{
  g_autoptr(ForlopWorkItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL)
    forlop_work_list_act_on (self, item);
}

static void
forlop_work_list_row_act_cb (ForlopWorkList *self,
                             ForlopWorkRow  *row)
{
  ForlopWorkItem *item = forlop_work_row_get_item (row);

  if (item != NULL)
    forlop_work_list_act_on (self, item);
}

static gboolean
forlop_work_list_move (ForlopWorkList *self,
                       int             step)
{
  unsigned int n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  unsigned int selected = gtk_single_selection_get_selected (self->selection);

  if (n_items == 0)
    return GDK_EVENT_PROPAGATE;
  if (selected == GTK_INVALID_LIST_POSITION)
    selected = 0;
  else if (step < 0 && selected > 0)
    selected--;
  else if (step > 0 && selected + 1 < n_items)
    selected++;

  gtk_list_view_scroll_to (self->list_view, selected,
                           GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS, NULL);

  return GDK_EVENT_STOP;
}

static gboolean
forlop_work_list_key_pressed_cb (ForlopWorkList  *self,
                                 unsigned int     key,
                                 unsigned int     code G_GNUC_UNUSED,
                                 GdkModifierType  modifiers)
{
  ForlopWorkItem *item = gtk_single_selection_get_selected_item (self->selection);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  /* Space presses a button when a button has the keyboard. */
  if (root != NULL && GTK_IS_BUTTON (gtk_root_get_focus (root)))
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_j:
    case GDK_KEY_J:
      return forlop_work_list_move (self, 1);
    case GDK_KEY_k:
    case GDK_KEY_K:
      return forlop_work_list_move (self, -1);
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      if (item != NULL)
        g_signal_emit (self, signals[SIGNAL_TAKE], 0, item);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
forlop_work_list_setup_cb (ForlopWorkList *self,
                           GtkListItem    *list_item)
{
  GtkWidget *row = forlop_work_row_new ();

  g_signal_connect_object (row, "act", G_CALLBACK (forlop_work_list_row_act_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_item_set_child (list_item, row);
}

static void
forlop_work_list_bind_cb (ForlopWorkList *self G_GNUC_UNUSED,
                          GtkListItem    *list_item)
{
  ForlopWorkItem *item = gtk_list_item_get_item (list_item);
  g_autofree char *sentence = forlop_work_item_dup_sentence (item);

  forlop_work_row_set_item (FORLOP_WORK_ROW (gtk_list_item_get_child (list_item)), item);
  gtk_list_item_set_accessible_label (list_item, sentence);
}

static void
forlop_work_list_setup_header_cb (ForlopWorkList *self G_GNUC_UNUSED,
                                  GtkListHeader  *header)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                                   "xalign", 0.0f,
                                   NULL);

  gtk_list_header_set_child (header, label);
}

static void
forlop_work_list_bind_header_cb (ForlopWorkList *self G_GNUC_UNUSED,
                                 GtkListHeader  *header)
{
  ForlopWorkItem *item = gtk_list_header_get_item (header);
  const char *group = forlop_work_item_get_content (item)->group;

  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)), group != NULL ? group : "");
}

/* The selected row takes the keyboard, also when the row that had it is done and gone. */
static gboolean
forlop_work_list_grab_focus (GtkWidget *widget)
{
  ForlopWorkList *self = FORLOP_WORK_LIST (widget);
  unsigned int selected = gtk_single_selection_get_selected (self->selection);

  if (selected == GTK_INVALID_LIST_POSITION)
    return FALSE;

  /* Says which row it is; the keyboard follows only when it is asked to. */
  gtk_list_view_scroll_to (self->list_view, selected, GTK_LIST_SCROLL_FOCUS, NULL);

  return gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

static void
forlop_work_list_finalize (GObject *object)
{
  ForlopWorkList *self = FORLOP_WORK_LIST (object);

  g_clear_object (&self->selection);
  g_clear_pointer (&self->selected_key, g_free);

  G_OBJECT_CLASS (forlop_work_list_parent_class)->finalize (object);
}

static unsigned int
add_item_signal (ForlopWorkListClass *klass,
                 const char          *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 1, FORLOP_TYPE_WORK_ITEM);
}

static void
forlop_work_list_class_init (ForlopWorkListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_work_list_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = forlop_work_list_grab_focus;

  /**
   * ForlopWorkList::act:
   * @item: The row whose act is asked for, by Enter, double click or its button.
   */
  signals[SIGNAL_ACT] = add_item_signal (klass, "act");
  /**
   * ForlopWorkList::take:
   * @item: The row somebody wants to take, by Space.
   */
  signals[SIGNAL_TAKE] = add_item_signal (klass, "take");
  /**
   * ForlopWorkList::selected:
   * @item: (nullable): The row that is selected now.
   */
  signals[SIGNAL_SELECTED] = add_item_signal (klass, "selected");
}

static void
forlop_work_list_add_factories (ForlopWorkList *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (forlop_work_list_setup_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (forlop_work_list_bind_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
}

static GtkListItemFactory *
forlop_work_list_new_header_factory (ForlopWorkList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (forlop_work_list_setup_header_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (forlop_work_list_bind_header_cb), self,
                           G_CONNECT_SWAPPED);

  return factory;
}

static void
forlop_work_list_init (ForlopWorkList *self)
{
  GtkWidget *scrolled_window = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->selection = gtk_single_selection_new (NULL);
  self->list_view = GTK_LIST_VIEW (gtk_list_view_new (NULL, NULL));
  gtk_list_view_set_tab_behavior (self->list_view, GTK_LIST_TAB_ITEM);
  forlop_work_list_add_factories (self);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  gtk_widget_add_css_class (GTK_WIDGET (self->list_view), "forlop-work-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list_view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Worklist"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled_window),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled_window),
                                 GTK_WIDGET (self->list_view));
  adw_bin_set_child (ADW_BIN (self), scrolled_window);

  g_signal_connect_object (self->list_view, "activate",
                           G_CALLBACK (forlop_work_list_activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (forlop_work_list_selection_changed_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (forlop_work_list_key_pressed_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->list_view), keys);
}

static gboolean
has_groups (GListModel *model)
{
  g_autoptr(ForlopWorkItem) first = g_list_model_get_item (model, 0);

  return first != NULL && forlop_work_item_get_content (first)->group != NULL;
}

static GListModel *
new_sections (GListModel *model)
{
  GtkExpression *order = gtk_property_expression_new (FORLOP_TYPE_WORK_ITEM, NULL, "group-order");
  g_autoptr(GtkSorter) sorter = GTK_SORTER (gtk_numeric_sorter_new (order));
  GtkSortListModel *sections = gtk_sort_list_model_new (g_object_ref (model), NULL);

  gtk_sort_list_model_set_section_sorter (sections, sorter);

  return G_LIST_MODEL (sections);
}

static gboolean
forlop_work_list_has_keyboard (ForlopWorkList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

/* The row that had it is not there any more, and the window gives it to the first thing it has when it is laid out. */
static gboolean
forlop_work_list_keep_keyboard_cb (gpointer user_data)
{
  ForlopWorkList *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean has_dialog = ADW_IS_APPLICATION_WINDOW (root) &&
                        adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root)) != NULL;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !has_dialog && !forlop_work_list_has_keyboard (self))
    gtk_widget_grab_focus (GTK_WIDGET (self));

  return G_SOURCE_REMOVE;
}

GtkWidget *
forlop_work_list_new (void)
{
  return g_object_new (FORLOP_TYPE_WORK_LIST, NULL);
}

/**
 * forlop_work_list_set_model:
 * @model: (nullable): A list of ForlopWorkItem; a reference is taken.
 *
 * Gives the list new content. The row with the key that was selected stays selected; where it is
 * gone, the row that took its place is.
 */
void
forlop_work_list_set_model (ForlopWorkList *self,
                            GListModel     *model)
{
  g_return_if_fail (FORLOP_IS_WORK_LIST (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  if (forlop_work_list_has_keyboard (self))
    g_idle_add_full (G_PRIORITY_LOW, forlop_work_list_keep_keyboard_cb, g_object_ref (self), g_object_unref);

  self->restoring = TRUE;
  if (model != NULL && has_groups (model))
    {
      g_autoptr(GtkListItemFactory) factory = forlop_work_list_new_header_factory (self);
      g_autoptr(GListModel) sections = new_sections (model);

      gtk_single_selection_set_model (self->selection, sections);
      gtk_list_view_set_header_factory (self->list_view, factory);
    }
  else
    {
      gtk_list_view_set_header_factory (self->list_view, NULL);
      gtk_single_selection_set_model (self->selection, model);
    }
  self->restoring = FALSE;
  forlop_work_list_restore_selection (self);
}

ForlopWorkItem *
forlop_work_list_get_selected (ForlopWorkList *self)
{
  g_return_val_if_fail (FORLOP_IS_WORK_LIST (self), NULL);

  return gtk_single_selection_get_selected_item (self->selection);
}

void
forlop_work_list_select (ForlopWorkList *self,
                         unsigned int    position)
{
  g_return_if_fail (FORLOP_IS_WORK_LIST (self));

  if (position < g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    gtk_list_view_scroll_to (self->list_view, position,
                             GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS, NULL);
}
