/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-case-page-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-case-timeline.h"
#include "forlop-column-layout.h"
#include "forlop-elsewhere-dialog.h"
#include "forlop-empty-state.h"
#include "forlop-error.h"
#include "forlop-window.h"
#include "forlop-worker.h"

struct _ForlopCitizenPage
{
  ForlopCasePage parent_instance;
};

G_DEFINE_TYPE_WITH_PRIVATE (ForlopCasePage, forlop_case_page, FORLOP_TYPE_VIEW)
G_DEFINE_FINAL_TYPE (ForlopCitizenPage, forlop_citizen_page, FORLOP_TYPE_CASE_PAGE)

typedef struct {
  GWeakRef page;
  DexFuture *future;
  unsigned int generation;
} Reading;

typedef struct {
  char *citizen_id;
  char *case_id;
  char *kind;
  char *before_id;
  gint64 before_at;
} Older;

ForlopCasePagePrivate *
forlop_case_page_private (ForlopCasePage *self)
{
  return forlop_case_page_get_instance_private (self);
}

const char *
forlop_case_page_get_role (ForlopCasePage *self)
{
  ForlopIdentity *me = forlop_session_get_actor (forlop_view_get_session (FORLOP_VIEW (self)));

  return me != NULL ? forlop_identity_get_role (me) : NULL;
}

static Reading *
reading_new (ForlopCasePage *self,
             DexFuture      *future)
{
  Reading *reading = g_new0 (Reading, 1);

  g_weak_ref_init (&reading->page, self);
  reading->future = future;
  reading->generation = forlop_case_page_private (self)->generation;

  return reading;
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_weak_ref_clear (&reading->page);
  dex_clear (&reading->future);
  g_free (reading);
}

/* The page as long as nothing newer was asked for; the caller owns a reference. */
static ForlopCasePage *
reading_dup_page (Reading *reading)
{
  g_autoptr (ForlopCasePage) self = g_weak_ref_get (&reading->page);

  if (self == NULL || forlop_case_page_private (self)->generation != reading->generation)
    return NULL;

  return g_steal_pointer (&self);
}

static void
forlop_case_page_remember_last (ForlopCasePagePrivate *priv,
                                GPtrArray             *entries,
                                unsigned int           asked)
{
  const ForlopTimelineEntry *last;

  priv->no_more = entries->len < asked;
  if (entries->len == 0)
    return;
  last = g_ptr_array_index (entries, entries->len - 1);
  g_set_str (&priv->last_id, last->id);
  priv->last_at = last->at;
}

static void
append_entries (GListStore *store,
                GPtrArray  *entries,
                gboolean    replace)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  unsigned int n = g_list_model_get_n_items (G_LIST_MODEL (store));

  for (unsigned int i = 0; i < entries->len; i++)
    g_ptr_array_add (items, forlop_case_timeline_item_new (g_ptr_array_index (entries, i)));
  g_list_store_splice (store, replace ? 0 : n, replace ? n : 0, items->pdata, items->len);
}

static gboolean
has_failed (ForlopCasePagePrivate *priv)
{
  return g_str_equal (gtk_stack_get_visible_child_name (priv->stack), "failed");
}

/* Enter does the next step at once, when the page has come to rest; where there is none of one's own, the keyboard is in
 * the tabs, for what comes first is the button that shows the identity number. What is not here has a button to look
 * further, or else the one that leads back. */
static void
forlop_case_page_focus (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean failed = has_failed (priv);
  GtkWidget *places[] = {
    failed ? GTK_WIDGET (priv->failed_bin) : GTK_WIDGET (priv->next_step),
    failed ? GTK_WIDGET (self) : GTK_WIDGET (priv->no_case_bin),
    failed ? NULL : priv->switcher_scroller,
  };

  if (!priv->at_rest || (priv->data == NULL && !failed) || root == NULL ||
      (ADW_IS_APPLICATION_WINDOW (root) &&
       adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root)) != NULL))
    return;

  for (unsigned int i = 0; i < G_N_ELEMENTS (places) && places[i] != NULL; i++)
    if (gtk_widget_child_focus (places[i], GTK_DIR_TAB_FORWARD))
      return;
}

/* What had the keyboard may be gone. */
static void
forlop_case_page_keep_focus (ForlopCasePage *self,
                             gboolean        is_new)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (is_new || (root != NULL && gtk_root_get_focus (root) == NULL))
    forlop_case_page_focus (self);
}

static gboolean
forlop_case_page_grab_focus (GtkWidget *widget)
{
  forlop_case_page_focus (FORLOP_CASE_PAGE (widget));

  return TRUE;
}

static void
forlop_case_page_shown (AdwNavigationPage *page)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (FORLOP_CASE_PAGE (page));
  gboolean first = !priv->at_rest;

  priv->at_rest = TRUE;
  if (first)
    forlop_case_page_focus (FORLOP_CASE_PAGE (page));
}

static void
forlop_case_page_show (ForlopCasePage *self,
                       ForlopCaseData *data)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  gboolean first = priv->data == NULL;

  g_clear_pointer (&priv->data, forlop_case_data_unref);
  priv->data = forlop_case_data_ref (data);
  g_hash_table_remove_all (priv->filled);

  forlop_case_page_show_header (self);
  forlop_case_page_fill_tab (self);
  append_entries (priv->entries, data->entries, TRUE);
  forlop_case_page_remember_last (priv, data->entries, priv->asked);
  gtk_stack_set_visible_child_name (priv->stack, "case");
  forlop_case_page_keep_focus (self, first);
}

/* What is gone from this machine is told with every reason at once: whom the citizen has blocked is nobody's to
 * know from the page. */
static GtkWidget *
failure_new (ForlopCasePage *self,
             const GError   *error)
{
  GtkWidget *failure;

  if (!g_error_matches (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
    return forlop_empty_state_new ("dialog-error-symbolic", _("The case could not be opened"), error->message);

  failure = forlop_empty_state_new (
    "dialog-information-symbolic", _("Not on this machine"),
    _("You do not have this record here, or not any more: it was taken back, the service has ended, another unit "
      "has taken over, or the citizen has asked for it to be blocked. Work of yours that was not sent is with the "
      "leader. Ask the unit that has the citizen, or your leader."));
  if (forlop_elsewhere_dialog_is_offered (forlop_view_get_session (FORLOP_VIEW (self))))
    forlop_empty_state_set_act (FORLOP_EMPTY_STATE (failure), _("_Look on the server"), "win.elsewhere::");

  return failure;
}

/* Also of a record that was here a moment ago: nothing of it is left on the page. */
static void
forlop_case_page_fail (ForlopCasePage *self,
                       const GError   *error)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  GtkWidget *failure = failure_new (self, error);
  gboolean first = !has_failed (priv);
  g_autofree char *title = NULL;

  g_clear_pointer (&priv->data, forlop_case_data_unref);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _("Case"));
  adw_bin_set_child (priv->failed_bin, failure);
  gtk_stack_set_visible_child_name (priv->stack, "failed");
  forlop_case_page_keep_focus (self, first);
  if (!first)
    return;

  g_object_get (failure, "title", &title, NULL);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static DexFuture *
forlop_case_page_read_fiber (gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopCaseData) data = forlop_worker_await (g_steal_pointer (&reading->future), &error);
  g_autoptr (ForlopCasePage) self = reading_dup_page (reading);

  if (self == NULL)
    return NULL;

  if (data != NULL)
    forlop_case_page_show (self, data);
  else
    forlop_case_page_fail (self, error);
  forlop_view_set_busy (FORLOP_VIEW (self), FALSE);

  return NULL;
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  return forlop_case_data_load (connection, user_data, error);
}

static void
query_free (gpointer query)
{
  forlop_case_query_free (query);
}

static void
forlop_case_page_refresh (ForlopView *view)
{
  ForlopCasePage *self = FORLOP_CASE_PAGE (view);
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  ForlopSession *session = forlop_view_get_session (view);
  ForlopStore *store = forlop_session_get_store (session);
  ForlopCaseQuery *query;
  Reading *reading;

  if (store == NULL || forlop_view_get_subject_id (view) == NULL)
    return;

  if (priv->data == NULL)
    forlop_view_set_busy (view, TRUE);
  forlop_timeline_set_clock (priv->side_timeline, forlop_session_get_clock (session));

  query = g_new0 (ForlopCaseQuery, 1);
  query->kind = g_strdup (FORLOP_CASE_PAGE_GET_CLASS (self)->kind);
  query->id = g_strdup (forlop_view_get_subject_id (view));
  query->role = g_strdup (forlop_case_page_get_role (self));
  query->timeline_kind = g_strdup (priv->timeline_kind);
  /* As many as there are, so that nothing moves for whoever has scrolled. */
  priv->asked = MAX (g_list_model_get_n_items (G_LIST_MODEL (priv->entries)),
                     (unsigned int) FORLOP_CASE_TIMELINE_FIRST);
  query->timeline_entries = priv->asked;
  query->now = forlop_session_now (session);
  query->measured_days = FORLOP_CASE_MEASURED_DAYS;

  priv->generation++;
  priv->reading_older = FALSE;
  reading = reading_new (self, forlop_store_read (store, load_on_worker, query, query_free,
                                                  (GDestroyNotify) forlop_case_data_unref));
  dex_future_disown (dex_scheduler_spawn (NULL, 0, forlop_case_page_read_fiber, reading, reading_free));
}

static void
older_free (gpointer data)
{
  Older *older = data;

  g_free (older->citizen_id);
  g_free (older->case_id);
  g_free (older->kind);
  g_free (older->before_id);
  g_free (older);
}

static gpointer
older_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  const Older *older = user_data;
  const ForlopTimelineQuery query = {
    .citizen_id = older->citizen_id, .case_id = older->case_id, .kind = older->kind,
    .before_at = older->before_at, .before_id = older->before_id,
    .limit = FORLOP_CASE_TIMELINE_PAGE,
  };

  return forlop_timeline_store_list (connection, &query, error);
}

static DexFuture *
older_fiber (gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = forlop_worker_await (g_steal_pointer (&reading->future), &error);
  g_autoptr (ForlopCasePage) self = reading_dup_page (reading);
  ForlopCasePagePrivate *priv;

  if (self == NULL)
    return NULL;

  priv = forlop_case_page_private (self);
  priv->reading_older = FALSE;
  if (entries == NULL)
    {
      forlop_toast_error (GTK_WIDGET (self), error);
      return NULL;
    }
  append_entries (priv->entries, entries, FALSE);
  forlop_case_page_remember_last (priv, entries, FORLOP_CASE_TIMELINE_PAGE);

  return NULL;
}

static void
forlop_case_page_older_wanted_cb (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  ForlopStore *store = forlop_session_get_store (forlop_view_get_session (FORLOP_VIEW (self)));
  Older *older;
  Reading *reading;

  if (priv->data == NULL || priv->no_more || priv->reading_older || store == NULL)
    return;

  priv->reading_older = TRUE;
  older = g_new0 (Older, 1);
  older->citizen_id = g_strdup (priv->data->citizen_id);
  older->case_id = g_strdup (priv->data->case_id);
  older->kind = g_strdup (priv->timeline_kind);
  older->before_id = g_strdup (priv->last_id);
  older->before_at = priv->last_at;
  reading = reading_new (self, forlop_store_read (store, older_on_worker, older, older_free,
                                                  (GDestroyNotify) g_ptr_array_unref));
  dex_future_disown (dex_scheduler_spawn (NULL, 0, older_fiber, reading, reading_free));
}

static void
forlop_case_page_filter_changed_cb (ForlopCasePage *self,
                                    GParamSpec     *pspec G_GNUC_UNUSED,
                                    ForlopTimeline *timeline)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);

  if (g_set_str (&priv->timeline_kind, forlop_timeline_get_filter (timeline)))
    forlop_view_queue_refresh (FORLOP_VIEW (self));
}

/* Where there is no room for every tab, the one that is shown is brought into sight. */
static void
forlop_case_page_scroll_to_tab (ForlopCasePagePrivate *priv)
{
  g_autoptr (GtkSelectionModel) pages = adw_view_stack_get_pages (priv->tabs);
  GtkAdjustment *adjustment =
    gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (priv->switcher_scroller));
  double room = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  unsigned int n = g_list_model_get_n_items (G_LIST_MODEL (pages));

  for (unsigned int i = 0; i < n; i++)
    if (n > 1 && gtk_selection_model_is_selected (pages, i))
      gtk_adjustment_set_value (adjustment, room * i / (n - 1));
}

/* Few look at the log, so it is made when somebody does. */
static void
forlop_case_page_make_log (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  GtkWidget *log = forlop_timeline_new ();

  forlop_timeline_set_clock (FORLOP_TIMELINE (log),
                             forlop_session_get_clock (forlop_view_get_session (FORLOP_VIEW (self))));
  forlop_timeline_set_kinds (FORLOP_TIMELINE (log), forlop_case_timeline_kinds ());
  forlop_timeline_set_model (FORLOP_TIMELINE (log), G_LIST_MODEL (priv->entries));
  g_signal_connect_object (log, "older-wanted", G_CALLBACK (forlop_case_page_older_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (log, "notify::filter", G_CALLBACK (forlop_case_page_filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (priv->log_bin, log);
}

static void
forlop_case_page_tab_changed_cb (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  gboolean is_log = g_strcmp0 (adw_view_stack_get_visible_child_name (priv->tabs), "log") == 0;

  if (is_log && adw_bin_get_child (priv->log_bin) == NULL)
    forlop_case_page_make_log (self);
  forlop_case_page_fill_tab (self);
  forlop_case_page_scroll_to_tab (priv);
  /* The log has the whole time line already. */
  gtk_widget_set_visible (GTK_WIDGET (priv->side_timeline), !is_log);
}

static void
forlop_case_page_narrow_cb (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);

  g_hash_table_remove_all (priv->filled);
  forlop_case_page_fill_tab (self);
}

static void
forlop_case_page_dispose (GObject *object)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (FORLOP_CASE_PAGE (object));

  priv->generation++;

  G_OBJECT_CLASS (forlop_case_page_parent_class)->dispose (object);
}

static void
forlop_case_page_finalize (GObject *object)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (FORLOP_CASE_PAGE (object));

  g_clear_pointer (&priv->data, forlop_case_data_unref);
  g_clear_object (&priv->entries);
  g_clear_pointer (&priv->duty_rows, g_ptr_array_unref);
  g_clear_pointer (&priv->filled, g_hash_table_unref);
  g_clear_pointer (&priv->expanded, g_hash_table_unref);
  g_clear_pointer (&priv->timeline_kind, g_free);
  g_clear_pointer (&priv->last_id, g_free);

  G_OBJECT_CLASS (forlop_case_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, stack);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, failed_bin);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, scroller);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, name_label);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, id_button);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, protection_label);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, interpreter_label);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, other_case_button);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, waiting_label);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, refused_list);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, state_label);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, stepper);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, next_step);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, other_duties_list);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, other_duties);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, no_case_bin);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, switcher_scroller);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, tabs);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, overview_bin);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, plan_bin);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, record_button);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, charts_bin);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, measurements_bin);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, equipment_bin);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, documents_bin);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, benefits_bin);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, log_bin);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopCasePage, side_timeline);
  gtk_widget_class_bind_template_callback_full (widget_class, "older_wanted_cb",
                                                G_CALLBACK (forlop_case_page_older_wanted_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "filter_changed_cb",
                                                G_CALLBACK (forlop_case_page_filter_changed_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "tab_changed_cb",
                                                G_CALLBACK (forlop_case_page_tab_changed_cb));
}

static void
forlop_case_page_class_init (ForlopCasePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  ForlopViewClass *view_class = FORLOP_VIEW_CLASS (klass);

  klass->kind = "case";
  object_class->dispose = forlop_case_page_dispose;
  object_class->finalize = forlop_case_page_finalize;
  widget_class->grab_focus = forlop_case_page_grab_focus;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = forlop_case_page_shown;
  view_class->refresh = forlop_case_page_refresh;
  forlop_case_page_install_scenes (view_class);

  forlop_case_page_install_actions (widget_class);

  g_type_ensure (FORLOP_TYPE_COLUMN_LAYOUT);
  g_type_ensure (FORLOP_TYPE_STEPPER);
  g_type_ensure (FORLOP_TYPE_NEXT_STEP);
  g_type_ensure (FORLOP_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/pathway/forlop-case-page.ui");
  bind_children (widget_class);
}

static void
forlop_case_page_init (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);

  priv->entries = g_list_store_new (FORLOP_TYPE_TIMELINE_ITEM);
  priv->duty_rows = g_ptr_array_new ();
  priv->filled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  priv->expanded = g_hash_table_new (g_str_hash, g_str_equal);
  priv->last_at = FORLOP_INSTANT_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));

  forlop_timeline_set_kinds (priv->side_timeline, forlop_case_timeline_kinds ());
  forlop_timeline_set_model (priv->side_timeline, G_LIST_MODEL (priv->entries));
  g_signal_connect_object (priv->other_duties, "notify::expanded",
                           G_CALLBACK (forlop_case_page_fill_duties), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::narrow", G_CALLBACK (forlop_case_page_narrow_cb), NULL);
}

static void
forlop_citizen_page_class_init (ForlopCitizenPageClass *klass)
{
  FORLOP_CASE_PAGE_CLASS (klass)->kind = "citizen";
}

static void
forlop_citizen_page_init (ForlopCitizenPage *self G_GNUC_UNUSED)
{
}
