/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-item-view.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-dialog.h"
#include "forlop-item-act.h"
#include "forlop-item-page.h"
#include "forlop-item-scan.h"
#include "forlop-load.h"
#include "forlop-waiting-tag.h"

/* Lines of the life line that are shown at once. */
#define MAX_LINES 100

struct _ForlopItemView
{
  ForlopView parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkLabel *name_label;
  GtkLabel *state_label;
  AdwWrapBox *acts_box;
  AdwActionRow *holder_row;
  AdwPreferencesGroup *where_group;
  AdwPreferencesGroup *due_group;
  AdwPreferencesGroup *faults_group;
  AdwPreferencesGroup *service_group;
  AdwPreferencesGroup *life_group;

  /* Owned */
  ForlopItemPage *page;
  GPtrArray *rows; /* of AdwActionRow that were added to groups */
};

typedef struct {
  char *item_id;
  ForlopDate today;
  gboolean with_holder;
} PageQuery;

G_DEFINE_FINAL_TYPE (ForlopItemView, forlop_item_view, FORLOP_TYPE_VIEW)

static void
page_query_free (gpointer data)
{
  PageQuery *query = data;

  g_free (query->item_id);
  g_free (query);
}

static gpointer
load_page_on_worker (ForlopConnection  *connection,
                     gpointer           user_data,
                     GCancellable      *cancellable G_GNUC_UNUSED,
                     GError           **error)
{
  PageQuery *query = user_data;

  return forlop_item_page_load (connection, query->item_id, query->today, query->with_holder, error);
}

static void
act_clicked_cb (ForlopItemView *self,
                GtkButton      *button)
{
  const char *act = g_object_get_data (G_OBJECT (button), "act");

  forlop_item_act_do (GTK_WIDGET (self), forlop_view_get_session (FORLOP_VIEW (self)), act,
                      self->page->item, NULL, NULL, NULL);
}

static void
line_clicked_cb (ForlopItemView *self,
                 GtkButton      *button)
{
  const ForlopItemLine *line = g_object_get_data (G_OBJECT (button), "line");

  forlop_act_dialog_present (GTK_WIDGET (self), forlop_view_get_session (FORLOP_VIEW (self)),
                             line->act, line->subject_type, line->subject_id, NULL, NULL);
}

static GtkWidget *
new_act_button (const char *act)
{
  GtkWidget *button = gtk_button_new_with_label (_(forlop_act_find (act)->label));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "act", (gpointer) g_intern_string (act));

  return button;
}

/* The obvious act stands first and is marked; those that the person may not do are left out. */
static void
show_acts (ForlopItemView *self)
{
  const char *acts[FORLOP_ITEM_MAX_ACTS + 1];
  ForlopSession *session = forlop_view_get_session (FORLOP_VIEW (self));
  ForlopItemState state;
  g_autofree char *shown = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->acts_box))) != NULL)
    adw_wrap_box_remove (self->acts_box, child);
  if (!forlop_item_state_from_code (self->page->item->state, &state))
    return;

  shown = g_strjoin (" · ", _(forlop_item_state_label (state)),
                     self->page->item->waits ? forlop_waiting_words () : NULL, NULL);
  gtk_label_set_label (self->state_label, shown);
  forlop_item_acts (state, acts);
  for (unsigned int i = 0; acts[i] != NULL; i++)
    {
      GtkWidget *button;

      if (!forlop_item_act_allowed (session, acts[i]))
        continue;
      button = new_act_button (acts[i]);
      if (g_strcmp0 (acts[i], forlop_item_next_act (state)) == 0)
        gtk_widget_add_css_class (button, "suggested-action");
      g_signal_connect_object (button, "clicked", G_CALLBACK (act_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      adw_wrap_box_append (self->acts_box, button);
    }
}

static void
add_lines (ForlopItemView      *self,
           AdwPreferencesGroup *group,
           GPtrArray           *lines,
           const char          *nothing)
{
  gtk_widget_set_visible (GTK_WIDGET (group), lines->len > 0 || nothing != NULL);

  for (unsigned int i = 0; i < MIN (lines->len, MAX_LINES); i++)
    {
      ForlopItemLine *line = g_ptr_array_index (lines, i);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line->detail);
      if (line->urgent)
        {
          g_autofree char *marked = g_strdup_printf ("■ %s", line->detail);

          adw_action_row_set_subtitle (ADW_ACTION_ROW (row), marked);
          gtk_widget_add_css_class (row, "item-urgent");
        }
      if (group == self->where_group)
        gtk_widget_add_css_class (row, "property");
      if (line->act != NULL && forlop_item_act_allowed (forlop_view_get_session (FORLOP_VIEW (self)),
                                                        line->act))
        {
          GtkWidget *button = new_act_button (line->act);

          g_object_set_data (G_OBJECT (button), "line", line);
          g_signal_connect_object (button, "clicked", G_CALLBACK (line_clicked_cb), self,
                                   G_CONNECT_SWAPPED);
          adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
        }
      adw_preferences_group_add (group, row);
      g_ptr_array_add (self->rows, row);
    }

  if (lines->len == 0 && nothing != NULL)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), nothing);
      gtk_widget_add_css_class (row, "dim-label");
      adw_preferences_group_add (group, row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
remove_rows (ForlopItemView *self)
{
  for (unsigned int i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

/* Whoever comes here by a scan has the obvious act under Enter, and Escape goes back. */
static void
take_keyboard (ForlopItemView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *pages = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  GtkWidget *act = gtk_widget_get_first_child (GTK_WIDGET (self->acts_box));

  if (act != NULL && pages != NULL && (focus == NULL || gtk_widget_is_ancestor (focus, pages)))
    gtk_widget_grab_focus (act);
}

static void
page_loaded_cb (GtkWidget *widget,
                gpointer   result)
{
  ForlopItemView *self = FORLOP_ITEM_VIEW (widget);
  gboolean first = self->page == NULL;
  const ForlopItemFields *item;
  g_autofree char *title = NULL;

  forlop_view_set_busy (FORLOP_VIEW (self), FALSE);
  if (result == NULL)
    return;

  remove_rows (self);
  g_clear_pointer (&self->page, forlop_item_page_free);
  self->page = result;
  item = self->page->item;

  title = g_strdup_printf ("%s, %s", item->product_name,
                           item->asset_tag != NULL ? item->asset_tag : item->serial_number);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  gtk_label_set_label (self->name_label, title);
  show_acts (self);

  gtk_widget_set_visible (GTK_WIDGET (self->holder_row), item->holder_name != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->holder_row),
                                 item->holder_name != NULL ? item->holder_name : "");
  adw_action_row_set_subtitle (self->holder_row, item->loan_id != NULL ? _("Has it on loan")
                                                                       : _("It is reserved for"));
  add_lines (self, self->where_group, self->page->facts, NULL);
  add_lines (self, self->due_group, self->page->due, NULL);
  add_lines (self, self->faults_group, self->page->faults, NULL);
  add_lines (self, self->service_group, self->page->service, NULL);
  add_lines (self, self->life_group, self->page->life, _("Nothing has happened yet"));
  gtk_stack_set_visible_child_name (self->stack, "item");
  if (first)
    take_keyboard (self);
}

static void
forlop_item_view_refresh (ForlopView *view)
{
  ForlopSession *session = forlop_view_get_session (view);
  ForlopStore *store = forlop_session_get_store (session);
  ForlopIdentity *actor = forlop_session_get_actor (session);
  PageQuery *query;

  if (store == NULL || forlop_view_get_subject_id (view) == NULL)
    return;

  query = g_new0 (PageQuery, 1);
  query->item_id = g_strdup (forlop_view_get_subject_id (view));
  query->today = forlop_session_today (session);
  query->with_holder = actor != NULL &&
                       g_strcmp0 (forlop_identity_get_role (actor), "administrator") != 0;
  forlop_load (GTK_WIDGET (view), store, load_page_on_worker, query, page_query_free,
               (GDestroyNotify) forlop_item_page_free, page_loaded_cb);
}

static void
holder_activated_cb (ForlopItemView *self)
{
  if (self->page != NULL && self->page->item->case_id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "case",
                                self->page->item->case_id);
}

static void
forlop_item_view_dispose (GObject *object)
{
  ForlopItemView *self = FORLOP_ITEM_VIEW (object);

  g_clear_pointer (&self->page, forlop_item_page_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (forlop_item_view_parent_class)->dispose (object);
}

static void
forlop_item_view_class_init (ForlopItemViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = forlop_item_view_dispose;
  FORLOP_VIEW_CLASS (klass)->refresh = forlop_item_view_refresh;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/equipment/forlop-item-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopItemView, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopItemView, name_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopItemView, state_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopItemView, acts_box);
  gtk_widget_class_bind_template_child (widget_class, ForlopItemView, holder_row);
  gtk_widget_class_bind_template_child (widget_class, ForlopItemView, where_group);
  gtk_widget_class_bind_template_child (widget_class, ForlopItemView, due_group);
  gtk_widget_class_bind_template_child (widget_class, ForlopItemView, faults_group);
  gtk_widget_class_bind_template_child (widget_class, ForlopItemView, service_group);
  gtk_widget_class_bind_template_child (widget_class, ForlopItemView, life_group);
  gtk_widget_class_bind_template_callback (widget_class, holder_activated_cb);
}

static void
forlop_item_view_init (ForlopItemView *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
