/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-window-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-access-log.h"
#include "forlop-button-key.h"
#include "forlop-elsewhere-dialog.h"
#include "forlop-place-row.h"
#include "forlop-section-jump-provider.h"
#include "forlop-section-row.h"
#include "forlop-sections.h"

/* What nobody may do before the door. */
static const char *const work_actions[] = { "win.section", "win.open", "win.jump", "win.help", "win.sync" };

G_DEFINE_FINAL_TYPE (ForlopWindow, forlop_window, ADW_TYPE_APPLICATION_WINDOW)

static GtkListBoxRow *
forlop_window_find_row (ForlopWindow *self,
                        const char   *section)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->section_list, i)) != NULL; i++)
    if (g_strcmp0 (forlop_section_row_get_name (FORLOP_SECTION_ROW (row)), section) == 0)
      return row;

  return NULL;
}

static AdwNavigationView *
forlop_window_get_navigation (ForlopWindow *self)
{
  GtkWidget *child = gtk_stack_get_visible_child (self->content_stack);

  return child != NULL ? ADW_NAVIGATION_VIEW (child) : NULL;
}

/* Two panes have room beside the sidebar, then without it, and at last there is one. */
static gboolean
forlop_window_is_narrow (GBinding     *binding G_GNUC_UNUSED,
                         const GValue *breakpoint,
                         GValue       *narrow,
                         gpointer      one_pane)
{
  g_value_set_boolean (narrow, g_value_get_object (breakpoint) == one_pane);

  return TRUE;
}

static ForlopView *
forlop_window_new_view (ForlopWindow *self,
                        GType         type,
                        const char   *subject_id,
                        const char   *help)
{
  ForlopView *view = g_object_new (type,
                                   "session", self->session,
                                   "subject-id", subject_id,
                                   NULL);

  if (forlop_view_get_help (view) == NULL)
    g_object_set (view, "help", help, NULL);
  g_object_bind_property_full (self, "current-breakpoint", view, "narrow", G_BINDING_SYNC_CREATE,
                               forlop_window_is_narrow, NULL, self->one_pane, NULL);

  return view;
}

/* A section is made when it is opened for the first time, and kept with its selection. */
static GtkWidget *
forlop_window_ensure_section (ForlopWindow            *self,
                              const ForlopSectionInfo *info)
{
  GtkWidget *navigation = gtk_stack_get_child_by_name (self->content_stack, info->name);
  ForlopView *view;

  if (navigation != NULL)
    return navigation;

  navigation = adw_navigation_view_new ();
  view = forlop_window_new_view (self, info->get_type (), NULL, info->name);
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (navigation), ADW_NAVIGATION_PAGE (view));
  gtk_stack_add_named (self->content_stack, navigation, info->name);

  return navigation;
}

static void
forlop_window_row_selected_cb (ForlopWindow  *self,
                               GtkListBoxRow *row)
{
  const ForlopSectionInfo *info;
  GtkWidget *navigation;

  if (row == NULL)
    return;

  info = forlop_sections_find (forlop_section_row_get_name (FORLOP_SECTION_ROW (row)));
  g_assert (info != NULL);
  navigation = forlop_window_ensure_section (self, info);
  gtk_stack_set_visible_child (self->content_stack, navigation);
  adw_navigation_page_set_title (self->content_page, _(info->title));

  if (self->settings != NULL)
    g_settings_set_string (self->settings, "last-section", info->name);
}

static void
forlop_window_row_activated_cb (ForlopWindow *self)
{
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

static void
forlop_window_place_activated_cb (ForlopWindow  *self G_GNUC_UNUSED,
                                  GtkListBoxRow *row)
{
  forlop_workplace_present (forlop_place_row_get_place (FORLOP_PLACE_ROW (row)));
}

static GtkWidget *
forlop_window_create_place_row (gpointer place,
                                gpointer user_data G_GNUC_UNUSED)
{
  return forlop_place_row_new (place);
}

static void
forlop_window_places_changed_cb (ForlopWindow *self,
                                 unsigned int  position G_GNUC_UNUSED,
                                 unsigned int  removed G_GNUC_UNUSED,
                                 unsigned int  added G_GNUC_UNUSED,
                                 GListModel   *places)
{
  gtk_widget_set_visible (self->places_box, g_list_model_get_n_items (places) > 0);
}

static void
forlop_window_update_status (ForlopWindow *self)
{
  ForlopStatus status = forlop_session_get_status (self->session);

  gtk_image_set_from_icon_name (self->status_icon, forlop_status_get_icon_name (status));
  gtk_label_set_label (self->status_label, forlop_session_get_status_text (self->session));
  if (status != FORLOP_STATUS_SETTLED && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self->status_label),
                             forlop_session_get_status_text (self->session),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

/* Who is signed in, and whether there is a server, may have changed. */
static void
forlop_window_update_elsewhere (ForlopWindow *self)
{
  gboolean is_offered = forlop_window_get_door (self) == NULL && forlop_elsewhere_dialog_is_offered (self->session);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.elsewhere", is_offered);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.emergency", is_offered);
}

static void
forlop_window_update_density (ForlopWindow *self)
{
  g_autofree char *density = g_settings_get_string (self->settings, "density");

  if (g_str_equal (density, "compact"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
}

static void
forlop_window_bind_settings (ForlopWindow *self)
{
  if (self->settings == NULL)
    {
      gtk_window_set_default_size (GTK_WINDOW (self), 1280, 800);
      return;
    }

  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "sidebar-width", self->split_view, "sidebar-width-fraction",
                   G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->settings, "changed::density",
                           G_CALLBACK (forlop_window_update_density), self, G_CONNECT_SWAPPED);
  forlop_window_update_density (self);
}

static void
forlop_window_fill_sidebar (ForlopWindow *self)
{
  const ForlopSectionInfo *sections = forlop_sections_get ();

  for (unsigned int i = 0; sections[i].name != NULL; i++)
    gtk_list_box_append (self->section_list, forlop_section_row_new (&sections[i], self->session));
}

/* Made when it is opened for the first time; the window is shown sooner without it. */
static void
forlop_window_create_menu_cb (GtkMenuButton *menu_button,
                              gpointer       user_data)
{
  if (gtk_menu_button_get_menu_model (menu_button) == NULL)
    gtk_menu_button_set_menu_model (menu_button, FORLOP_WINDOW (user_data)->main_menu);
}

static void
forlop_window_dispose (GObject *object)
{
  ForlopWindow *self = FORLOP_WINDOW (object);

  if (self->undo != NULL)
    forlop_window_clear_undo (self);
  g_clear_object (&self->said);
  g_clear_object (&self->jump_providers);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (forlop_window_parent_class)->dispose (object);
}

static void
forlop_window_finalize (GObject *object)
{
  g_clear_object (&FORLOP_WINDOW (object)->session);

  G_OBJECT_CLASS (forlop_window_parent_class)->finalize (object);
}

static void
forlop_window_class_init (ForlopWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = forlop_window_dispose;
  object_class->finalize = forlop_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/shell/forlop-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, ForlopWindow, main_stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, ForlopWindow, one_pane);
  gtk_widget_class_bind_template_child (widget_class, ForlopWindow, content_page);
  gtk_widget_class_bind_template_child (widget_class, ForlopWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopWindow, main_menu);
  gtk_widget_class_bind_template_child (widget_class, ForlopWindow, section_list);
  gtk_widget_class_bind_template_child (widget_class, ForlopWindow, places_box);
  gtk_widget_class_bind_template_child (widget_class, ForlopWindow, place_list);
  gtk_widget_class_bind_template_child (widget_class, ForlopWindow, content_stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopWindow, status_icon);
  gtk_widget_class_bind_template_child (widget_class, ForlopWindow, status_label);
  gtk_widget_class_bind_template_callback_full (widget_class, "row_selected_cb",
                                                G_CALLBACK (forlop_window_row_selected_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "place_activated_cb",
                                                G_CALLBACK (forlop_window_place_activated_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "row_activated_cb",
                                                G_CALLBACK (forlop_window_row_activated_cb));

  forlop_window_actions_install (widget_class);
}

static void
forlop_window_init (ForlopWindow *self)
{
  g_autoptr(ForlopJumpProvider) provider = forlop_section_jump_provider_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  forlop_button_key_install (GTK_WINDOW (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, forlop_window_create_menu_cb, self, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", FALSE);
  self->jump_providers = g_list_store_new (FORLOP_TYPE_JUMP_PROVIDER);
  g_list_store_append (self->jump_providers, provider);
}

/**
 * forlop_window_new:
 * @session: What the views work with.
 * @settings: (nullable): Where size, density and the last section are remembered.
 */
ForlopWindow *
forlop_window_new (GtkApplication *application,
                   ForlopSession  *session,
                   GSettings      *settings)
{
  ForlopWindow *self;
  g_autofree char *section = NULL;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (settings == NULL || G_IS_SETTINGS (settings), NULL);

  self = g_object_new (FORLOP_TYPE_WINDOW, "application", application, NULL);
  self->session = g_object_ref (session);
  g_set_object (&self->settings, settings);

  forlop_window_bind_settings (self);
  forlop_window_fill_sidebar (self);
  g_signal_connect_object (session, "notify::status-text",
                           G_CALLBACK (forlop_window_update_status), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::actor", G_CALLBACK (forlop_window_update_elsewhere), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::status-text", G_CALLBACK (forlop_window_update_elsewhere), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "red-came", G_CALLBACK (forlop_window_tell_red), self, G_CONNECT_SWAPPED);
  forlop_window_update_status (self);
  forlop_window_update_elsewhere (self);

  if (settings != NULL)
    section = g_settings_get_string (settings, "last-section");
  if (section == NULL || forlop_sections_find (section) == NULL)
    g_set_str (&section, "today");
  forlop_window_show_section (self, section);

  return self;
}

ForlopSession *
forlop_window_get_session (ForlopWindow *self)
{
  g_return_val_if_fail (FORLOP_IS_WINDOW (self), NULL);

  return self->session;
}

const char *
forlop_window_get_section (ForlopWindow *self)
{
  g_return_val_if_fail (FORLOP_IS_WINDOW (self), NULL);

  return gtk_stack_get_visible_child_name (self->content_stack);
}

/**
 * forlop_window_show_section:
 * @section: A name from forlop_sections_get(); another name is ignored with a warning.
 *
 * Shows the section as it was left. Asking for the section that is shown goes back to its first
 * page.
 */
void
forlop_window_show_section (ForlopWindow *self,
                            const char   *section)
{
  GtkListBoxRow *row;
  GtkWidget *focus;

  g_return_if_fail (FORLOP_IS_WINDOW (self));
  g_return_if_fail (section != NULL);

  row = forlop_window_find_row (self, section);
  if (row == NULL)
    {
      g_warning ("No section is called “%s”", section);
      return;
    }

  /* A key leads nowhere where there is nothing. */
  if (!gtk_widget_get_visible (GTK_WIDGET (row)))
    return;

  /* From the sidebar one comes to work. */
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->section_list)))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);

  if (row == gtk_list_box_get_selected_row (self->section_list))
    {
      AdwNavigationView *navigation = forlop_window_get_navigation (self);
      GListModel *pages = G_LIST_MODEL (adw_navigation_view_get_navigation_stack (navigation));
      g_autoptr(AdwNavigationPage) first = g_list_model_get_item (pages, 0);

      g_object_unref (pages);
      adw_navigation_view_pop_to_page (navigation, first);
    }
  else
    {
      gtk_list_box_select_row (self->section_list, row);
    }

  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  /* Whoever comes from a view with nothing to stand on has the keyboard nowhere. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && gtk_window_get_focus (GTK_WINDOW (self)) == NULL)
    forlop_view_take_keyboard (forlop_window_get_visible_view (self));
}

void
forlop_window_open (ForlopWindow *self,
                    const char   *kind,
                    const char   *id)
{
  const ForlopPageInfo *info;
  ForlopView *view;

  g_return_if_fail (FORLOP_IS_WINDOW (self));
  g_return_if_fail (kind != NULL);
  g_return_if_fail (id != NULL);

  info = forlop_pages_find (kind);
  if (info == NULL)
    {
      g_warning ("No page shows a record of kind “%s”", kind);
      return;
    }

  view = forlop_window_get_visible_view (self);
  if (view != NULL && G_OBJECT_TYPE (view) == info->get_type () &&
      g_strcmp0 (forlop_view_get_subject_id (view), id) == 0)
    return;

  forlop_access_log_opened (self->session, kind, id);
  view = forlop_window_new_view (self, info->get_type (), id, kind);
  adw_navigation_view_push (forlop_window_get_navigation (self), ADW_NAVIGATION_PAGE (view));
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

void
forlop_window_set_places (ForlopWindow *self,
                          GListModel   *places)
{
  g_return_if_fail (FORLOP_IS_WINDOW (self));
  g_return_if_fail (G_IS_LIST_MODEL (places));

  gtk_list_box_bind_model (self->place_list, places, forlop_window_create_place_row, NULL, NULL);
  g_signal_connect_object (places, "items-changed", G_CALLBACK (forlop_window_places_changed_cb), self,
                           G_CONNECT_SWAPPED);
  forlop_window_places_changed_cb (self, 0, 0, 0, places);
}

void
forlop_window_set_door (ForlopWindow *self,
                        GtkWidget    *door)
{
  GtkWidget *old;

  g_return_if_fail (FORLOP_IS_WINDOW (self));
  g_return_if_fail (door == NULL || GTK_IS_WIDGET (door));

  old = gtk_stack_get_child_by_name (self->main_stack, "door");
  if (old == door && door != NULL)
    return;

  if (door != NULL)
    gtk_stack_add_named (self->main_stack, door, "door-new");
  gtk_stack_set_visible_child_name (self->main_stack, door != NULL ? "door-new" : "work");
  if (old != NULL)
    gtk_stack_remove (self->main_stack, old);
  /* Then the view takes the keyboard when it is filled. */
  if (door == NULL)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  if (door != NULL)
    g_object_set (gtk_stack_get_page (self->main_stack, door), "name", "door", NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (work_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), work_actions[i], door == NULL);
  forlop_window_update_elsewhere (self);
}

GtkWidget *
forlop_window_get_door (ForlopWindow *self)
{
  g_return_val_if_fail (FORLOP_IS_WINDOW (self), NULL);

  return gtk_stack_get_child_by_name (self->main_stack, "door");
}

ForlopView *
forlop_window_get_visible_view (ForlopWindow *self)
{
  AdwNavigationView *navigation;
  AdwNavigationPage *page;

  g_return_val_if_fail (FORLOP_IS_WINDOW (self), NULL);

  navigation = forlop_window_get_navigation (self);
  page = navigation != NULL ? adw_navigation_view_get_visible_page (navigation) : NULL;

  return page != NULL && FORLOP_IS_VIEW (page) ? FORLOP_VIEW (page) : NULL;
}

const char *
forlop_window_get_subject (ForlopWindow  *self,
                           const char   **kind)
{
  const ForlopPageInfo *pages = forlop_pages_get ();
  ForlopView *view;

  g_return_val_if_fail (FORLOP_IS_WINDOW (self), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  *kind = NULL;
  view = forlop_window_get_visible_view (self);
  for (unsigned int i = 0; view != NULL && pages[i].kind != NULL; i++)
    if (G_OBJECT_TYPE (view) == pages[i].get_type () && !g_str_equal (pages[i].kind, "sync"))
      *kind = pages[i].kind;

  return *kind != NULL ? forlop_view_get_subject_id (view) : NULL;
}

void
forlop_window_add_jump_provider (ForlopWindow       *self,
                                 ForlopJumpProvider *provider)
{
  g_return_if_fail (FORLOP_IS_WINDOW (self));
  g_return_if_fail (FORLOP_IS_JUMP_PROVIDER (provider));

  g_list_store_append (self->jump_providers, provider);
}
