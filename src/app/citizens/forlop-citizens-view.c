/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-citizens-view.h"

#include <glib/gi18n-lib.h>

#include "forlop-access-log.h"
#include "forlop-citizen-cell.h"
#include "forlop-citizen-list.h"
#include "forlop-elsewhere-dialog.h"
#include "forlop-empty-state.h"
#include "forlop-format.h"
#include "forlop-found-log.h"
#include "forlop-open-record.h"
#include "forlop-search.h"
#include "forlop-window.h"
#include "forlop-worker.h"

struct _ForlopCitizensView
{
  ForlopView parent_instance;

  /* Template widgets */
  GtkSearchEntry *search_entry;
  GtkWidget *filter_clamp;
  GtkToggleButton *everybody_button;
  GtkToggleButton *in_service_button;
  GtkToggleButton *before_start_button;
  GtkToggleButton *ended_button;
  GtkToggleButton *my_unit_button;
  GtkLabel *count_label;
  GtkStack *stack;
  GtkListView *list_view;
  ForlopEmptyState *empty_state;

  /* Owned */
  GtkSingleSelection *selection;
  ForlopPagedList *citizens;
  GListStore *found;
  ForlopFoundLog *found_log;

  unsigned int question;
};

typedef struct {
  GWeakRef view;
  unsigned int question;
} Answer;

typedef struct {
  GWeakRef cell;
  GWeakRef view;
  ForlopPagedRow *row;
} Reveal;

G_DEFINE_FINAL_TYPE (ForlopCitizensView, forlop_citizens_view, FORLOP_TYPE_VIEW)

static const char *
get_text (ForlopCitizensView *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
}

static gboolean
is_searching (ForlopCitizensView *self)
{
  return *get_text (self) != '\0';
}

static ForlopCitizenFilter
get_filter (ForlopCitizensView *self)
{
  if (gtk_toggle_button_get_active (self->in_service_button))
    return FORLOP_CITIZEN_IN_SERVICE;
  if (gtk_toggle_button_get_active (self->before_start_button))
    return FORLOP_CITIZEN_BEFORE_START;
  if (gtk_toggle_button_get_active (self->ended_button))
    return FORLOP_CITIZEN_ENDED;

  return FORLOP_CITIZEN_EVERYBODY;
}

static gboolean
is_filtered (ForlopCitizensView *self)
{
  return get_filter (self) != FORLOP_CITIZEN_EVERYBODY ||
         gtk_toggle_button_get_active (self->my_unit_button);
}

/* Who is not here may be registered all the same: that is looked for before anybody is registered twice. */
static void
offer_to_look_further (ForlopCitizensView *self)
{
  g_autofree char *look = g_action_print_detailed_name ("win.elsewhere", g_variant_new_string (get_text (self)));

  if (forlop_elsewhere_dialog_is_offered (forlop_view_get_session (FORLOP_VIEW (self))))
    forlop_empty_state_set_act (self->empty_state, _("_Look on the server"), look);
  else
    forlop_empty_state_set_act (self->empty_state, _("_Register citizen"), "win.act::register-citizen");
}

static void
show_empty (ForlopCitizensView *self)
{
  g_autofree char *title = NULL;

  if (is_searching (self))
    {
      title = g_strdup_printf (_("Nobody fits “%s”"), get_text (self));
      g_object_set (self->empty_state, "title", title, "description",
                    _("Look for a name, an identity number, an address, a telephone number or a "
                      "case number."), NULL);
      offer_to_look_further (self);
    }
  else if (is_filtered (self))
    {
      g_object_set (self->empty_state, "title", _("Nobody is here"), "description",
                    _("Others may be, outside what you have chosen to see."), NULL);
      forlop_empty_state_set_act (self->empty_state, _("_Show everybody"), "citizens.show-everybody");
    }
  else
    {
      g_object_set (self->empty_state, "title", _("No citizens yet"), "description",
                    _("The first one comes with the first referral."), NULL);
      forlop_empty_state_set_act (self->empty_state, _("_Register referral"),
                                  "win.act::register-referral");
    }
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
show_count (ForlopCitizensView *self,
            unsigned int        n)
{
  g_autofree char *text = NULL;

  if (is_searching (self) && n >= FORLOP_SEARCH_MAX_HITS)
    text = g_strdup_printf (_("The first %u; write more to find fewer"), n);
  else
    {
      g_autofree char *number = forlop_number_format (n, 0, FALSE);

      text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s citizen", "%s citizens", n), number);
    }
  gtk_label_set_label (self->count_label, text);
}

static void
show_model (ForlopCitizensView *self)
{
  GListModel *model = is_searching (self) ? G_LIST_MODEL (self->found)
                                          : G_LIST_MODEL (self->citizens);
  unsigned int n = model != NULL ? g_list_model_get_n_items (model) : 0;

  if (gtk_single_selection_get_model (self->selection) != model)
    gtk_single_selection_set_model (self->selection, model);
  show_count (self, n);
  if (n > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (is_searching (self) || self->citizens == NULL ||
           !forlop_paged_list_is_loading (self->citizens))
    show_empty (self);
}

static void
citizens_loading_cb (ForlopCitizensView *self)
{
  if (!is_searching (self))
    show_model (self);
  forlop_view_set_busy (FORLOP_VIEW (self), forlop_paged_list_is_loading (self->citizens));
}

static void
citizens_failed_cb (ForlopCitizensView *self,
                    const GError       *error)
{
  forlop_toast_error (GTK_WIDGET (self), error);
}

/* A hit of the search as the list shows it. */
static ForlopPagedRow *
new_row (const ForlopSearchHit *hit)
{
  ForlopPagedRow *row = forlop_paged_row_new (0);
  ForlopCitizenFields *fields = g_new0 (ForlopCitizenFields, 1);

  fields->id = g_strdup (hit->citizen_id);
  fields->name = g_strdup (hit->title);
  fields->birth_date = hit->birth_date;
  fields->unit_name = g_strdup (hit->unit_name);
  fields->case_id = g_strdup (hit->case_id);
  fields->case_status = g_intern_string (hit->state);
  fields->step = g_intern_string (hit->step);
  forlop_paged_row_take_fields (row, fields, (GDestroyNotify) forlop_citizen_fields_free);

  return row;
}

static gpointer
search_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  return forlop_search_run (connection, user_data, FORLOP_SEARCH_CITIZENS | FORLOP_SEARCH_CASES,
                            FORLOP_SEARCH_MAX_HITS, error);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_weak_ref_clear (&answer->view);
  g_free (answer);
}

static void
log_hits (ForlopCitizensView *self,
          GPtrArray          *hits)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) citizen_ids = NULL;

  for (unsigned int i = 0; i < hits->len; i++)
    g_strv_builder_add (ids, ((const ForlopSearchHit *) g_ptr_array_index (hits, i))->citizen_id);
  citizen_ids = g_strv_builder_end (ids);
  forlop_found_log_show (self->found_log, forlop_view_get_session (FORLOP_VIEW (self)), citizen_ids);
}

static DexFuture *
found_cb (DexFuture *future,
          gpointer   user_data)
{
  Answer *answer = user_data;
  g_autoptr (ForlopCitizensView) self = g_weak_ref_get (&answer->view);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (self == NULL || self->found == NULL || self->question != answer->question)
    return NULL;

  hits = forlop_worker_steal (future, &error);
  forlop_view_set_busy (FORLOP_VIEW (self), FALSE);
  if (hits == NULL)
    {
      forlop_toast_error (GTK_WIDGET (self), error);
      return NULL;
    }

  rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (unsigned int i = 0; i < hits->len; i++)
    g_ptr_array_add (rows, new_row (g_ptr_array_index (hits, i)));
  g_list_store_splice (self->found, 0, g_list_model_get_n_items (G_LIST_MODEL (self->found)),
                       rows->pdata, rows->len);
  log_hits (self, hits);
  show_model (self);

  return NULL;
}

static void
search (ForlopCitizensView *self)
{
  ForlopStore *store = forlop_session_get_store (forlop_view_get_session (FORLOP_VIEW (self)));
  Answer *answer;

  self->question++;
  gtk_widget_set_sensitive (self->filter_clamp, !is_searching (self));
  if (store == NULL || !is_searching (self))
    {
      show_model (self);
      return;
    }

  answer = g_new0 (Answer, 1);
  g_weak_ref_init (&answer->view, self);
  answer->question = self->question;
  forlop_view_set_busy (FORLOP_VIEW (self), TRUE);
  dex_future_disown (
    dex_future_finally (forlop_store_read (store, search_on_worker, g_strdup (get_text (self)),
                                           g_free, (GDestroyNotify) g_ptr_array_unref),
                        found_cb, answer, answer_free));
}

static void
apply_filter (ForlopCitizensView *self)
{
  ForlopIdentity *actor = forlop_session_get_actor (forlop_view_get_session (FORLOP_VIEW (self)));
  const char *unit_id = NULL;

  if (self->citizens == NULL)
    return;
  if (actor != NULL && gtk_toggle_button_get_active (self->my_unit_button))
    unit_id = forlop_identity_get_unit_id (actor);
  forlop_citizen_list_set_filter (self->citizens, get_filter (self), unit_id);
}

static void
forlop_citizens_view_refresh (ForlopView *view)
{
  ForlopCitizensView *self = FORLOP_CITIZENS_VIEW (view);
  ForlopStore *store = forlop_session_get_store (forlop_view_get_session (view));

  if (store != NULL && self->citizens == NULL)
    {
      self->citizens = forlop_citizen_list_new (store);
      g_signal_connect_object (self->citizens, "notify::loading", G_CALLBACK (citizens_loading_cb),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->citizens, "failed", G_CALLBACK (citizens_failed_cb), self,
                               G_CONNECT_SWAPPED);
      forlop_view_set_busy (view, TRUE);
    }
  apply_filter (self);
  search (self);
}

static void
filter_toggled_cb (ForlopCitizensView *self)
{
  apply_filter (self);
}

static void
search_changed_cb (ForlopCitizensView *self)
{
  search (self);
}

static void
open_row (ForlopCitizensView *self,
          ForlopPagedRow     *row)
{
  const ForlopCitizenFields *fields = row != NULL ? forlop_citizen_row_get_fields (row) : NULL;

  if (fields == NULL)
    return;
  if (fields->case_id != NULL)
    forlop_open_record (GTK_WIDGET (self), "case", fields->case_id);
  else
    forlop_open_record (GTK_WIDGET (self), "citizen", fields->id);
}

static void
row_activated_cb (ForlopCitizensView *self,
                  unsigned int        position)
{
  g_autoptr (ForlopPagedRow) row =
    g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  open_row (self, row);
}

static void
search_activate_cb (ForlopCitizensView *self)
{
  open_row (self, gtk_single_selection_get_selected_item (self->selection));
}

static void
stop_search_cb (ForlopCitizensView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

/* From the entry one walks down into the list. */
static gboolean
entry_key_pressed_cb (ForlopCitizensView *self,
                      unsigned int        key)
{
  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) ||
      g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return GDK_EVENT_PROPAGATE;

  gtk_list_view_scroll_to (self->list_view, gtk_single_selection_get_selected (self->selection),
                           GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);

  return GDK_EVENT_STOP;
}

static void
reveal_free (gpointer data)
{
  Reveal *reveal = data;

  g_weak_ref_clear (&reveal->cell);
  g_weak_ref_clear (&reveal->view);
  g_object_unref (reveal->row);
  g_free (reveal);
}

static DexFuture *
revealed_cb (DexFuture *future,
             gpointer   user_data)
{
  Reveal *reveal = user_data;
  g_autoptr (ForlopCitizenCell) cell = g_weak_ref_get (&reveal->cell);
  g_autoptr (GtkWidget) view = g_weak_ref_get (&reveal->view);
  g_autoptr (GError) error = NULL;
  g_autofree char *number = forlop_worker_steal (future, &error);

  if (view == NULL || gtk_widget_get_root (view) == NULL)
    return NULL;
  if (number == NULL)
    forlop_toast_error (view, error);
  else if (*number == '\0')
    forlop_toast (view, _("No identity number is registered for this citizen."));
  else if (cell != NULL && forlop_citizen_cell_get_row (cell) == reveal->row)
    forlop_citizen_cell_show_number (cell, number);

  return NULL;
}

static void
show_number_cb (ForlopCitizensView *self,
                ForlopCitizenCell  *cell)
{
  ForlopPagedRow *row = forlop_citizen_cell_get_row (cell);
  Reveal *reveal = g_new0 (Reveal, 1);

  g_weak_ref_init (&reveal->cell, cell);
  g_weak_ref_init (&reveal->view, self);
  reveal->row = g_object_ref (row);
  dex_future_disown (dex_future_finally (
    forlop_access_log_show_id_number (forlop_view_get_session (FORLOP_VIEW (self)),
                                      forlop_citizen_row_get_fields (row)->id),
    revealed_cb, reveal, reveal_free));
}

static void
name_list_item (GtkListItem *list_item)
{
  ForlopPagedRow *row = gtk_list_item_get_item (list_item);
  g_autofree char *sentence = NULL;

  if (row == NULL)
    return;
  sentence = forlop_citizen_cell_dup_sentence (row);
  gtk_list_item_set_accessible_label (list_item, sentence);
}

static void
setup_cb (ForlopCitizensView *self,
          GtkListItem        *list_item)
{
  GtkWidget *cell = forlop_citizen_cell_new ();

  g_signal_connect_object (cell, "show-number", G_CALLBACK (show_number_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cell, "filled", G_CALLBACK (name_list_item), list_item, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (list_item, cell);
}

static void
bind_cb (ForlopCitizensView *self G_GNUC_UNUSED,
         GtkListItem        *list_item)
{
  ForlopPagedRow *row = gtk_list_item_get_item (list_item);

  forlop_citizen_cell_set_row (FORLOP_CITIZEN_CELL (gtk_list_item_get_child (list_item)), row);
  name_list_item (list_item);
}

static void
unbind_cb (ForlopCitizensView *self G_GNUC_UNUSED,
           GtkListItem        *list_item)
{
  forlop_citizen_cell_set_row (FORLOP_CITIZEN_CELL (gtk_list_item_get_child (list_item)), NULL);
}

static void
show_everybody_action (GtkWidget  *widget,
                       const char *action_name G_GNUC_UNUSED,
                       GVariant   *parameter G_GNUC_UNUSED)
{
  ForlopCitizensView *self = FORLOP_CITIZENS_VIEW (widget);

  gtk_toggle_button_set_active (self->my_unit_button, FALSE);
  gtk_toggle_button_set_active (self->everybody_button, TRUE);
}

static gboolean
focus_search_cb (GtkWidget *widget,
                 GVariant  *arguments G_GNUC_UNUSED,
                 gpointer   user_data G_GNUC_UNUSED)
{
  ForlopCitizensView *self = FORLOP_CITIZENS_VIEW (widget);

  if (!gtk_widget_get_mapped (widget))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));

  return GDK_EVENT_STOP;
}

static void
add_shortcut (ForlopCitizensView *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_f, GDK_CONTROL_MASK),
                      gtk_callback_action_new (focus_search_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static const char *const *
forlop_citizens_view_get_scenes (ForlopView *view G_GNUC_UNUSED)
{
  static const char *const scenes[] = { "search", "nobody", NULL };

  return scenes;
}

static void
forlop_citizens_view_show_scene (ForlopView *view,
                                 const char *scene)
{
  ForlopCitizensView *self = FORLOP_CITIZENS_VIEW (view);

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry),
                         g_str_equal (scene, "search") ? "ha" : "qqq");
}

static void
forlop_citizens_view_dispose (GObject *object)
{
  ForlopCitizensView *self = FORLOP_CITIZENS_VIEW (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->citizens);
  g_clear_object (&self->found);
  g_clear_pointer (&self->found_log, forlop_found_log_free);

  G_OBJECT_CLASS (forlop_citizens_view_parent_class)->dispose (object);
}

static void
forlop_citizens_view_class_init (ForlopCitizensViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_citizens_view_dispose;
  FORLOP_VIEW_CLASS (klass)->refresh = forlop_citizens_view_refresh;
  FORLOP_VIEW_CLASS (klass)->get_scenes = forlop_citizens_view_get_scenes;
  FORLOP_VIEW_CLASS (klass)->show_scene = forlop_citizens_view_show_scene;

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/forlop/Forlop/citizens/forlop-citizens-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizensView, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizensView, filter_clamp);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizensView, everybody_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizensView, in_service_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizensView, before_start_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizensView, ended_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizensView, my_unit_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizensView, count_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizensView, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizensView, list_view);
  gtk_widget_class_bind_template_child (widget_class, ForlopCitizensView, empty_state);
  gtk_widget_class_bind_template_callback (widget_class, filter_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "citizens.show-everybody", NULL,
                                   show_everybody_action);
}

static void
forlop_citizens_view_init (ForlopCitizensView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->found = g_list_store_new (FORLOP_TYPE_PAGED_ROW);
  self->found_log = forlop_found_log_new ();
  self->selection = gtk_single_selection_new (NULL);

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (entry_key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->search_entry), keys);
  add_shortcut (self);
}
