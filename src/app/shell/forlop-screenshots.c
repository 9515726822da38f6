/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-screenshots.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "forlop-act-dialog.h"
#include "forlop-sections.h"
#include "forlop-window.h"

/* A view that does not become ready within this time is photographed as it is. */
#define PATIENCE_US (10 * G_USEC_PER_SEC)
/* Frames that must pass without a change before the picture is taken. */
#define STILL_FRAMES 4

typedef struct
{
  const char *name;
  int width;
  int height;
} Size;

typedef struct
{
  const char *section;
  char *scene;
} Shot;

typedef struct
{
  GtkApplication *application;
  ForlopSession *session;
  char *folder;

  /* Where we are: sizes × schemes, and the shots of each. */
  unsigned int round;
  ForlopWindow *window;
  GPtrArray *shots;
  unsigned int shot;
  GType view_type; /* whose scenes are among the shots */
  gint64 deadline_us;
  unsigned int still_frames;
} Tour;

static const Size sizes[] = {
  { "wide", 1280, 800 },
  { "narrow", 360, 720 },
};

static const char *const schemes[] = { "light", "dark" };

static void forlop_screenshots_next_round (GTask *task);

static void
shot_free (gpointer data)
{
  Shot *shot = data;

  g_free (shot->scene);
  g_free (shot);
}

static void
tour_free (gpointer data)
{
  Tour *tour = data;

  g_clear_object (&tour->session);
  g_clear_pointer (&tour->shots, g_ptr_array_unref);
  g_free (tour->folder);
  g_free (tour);
}

static const Size *
tour_size (const Tour *tour)
{
  return &sizes[tour->round / G_N_ELEMENTS (schemes)];
}

static const char *
tour_scheme (const Tour *tour)
{
  return schemes[tour->round % G_N_ELEMENTS (schemes)];
}

static void
tour_add_shot (Tour       *tour,
               const char *section,
               const char *scene)
{
  Shot *shot = g_new0 (Shot, 1);

  shot->section = section;
  shot->scene = g_strdup (scene);
  g_ptr_array_add (tour->shots, shot);
}

/* NULL as long as the window has nothing to draw. */
static GskRenderNode *
forlop_screenshots_draw (Tour *tour)
{
  GtkWidget *widget = GTK_WIDGET (tour->window);
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));

  return gtk_snapshot_free_to_node (snapshot);
}

static gboolean
forlop_screenshots_save (Tour           *tour,
                         GskRenderNode  *node,
                         GError        **error)
{
  GtkWidget *widget = GTK_WIDGET (tour->window);
  Shot *shot = g_ptr_array_index (tour->shots, tour->shot);
  g_autoptr(GdkTexture) texture = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  const char *kind = NULL;
  gboolean has_scene;
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                             (float) gtk_widget_get_height (widget));

  forlop_window_get_subject (tour->window, &kind);
  has_scene = shot->scene != NULL && g_strcmp0 (shot->scene, kind) != 0;
  name = g_strdup_printf ("%s%s%s-%s-%s.png", kind != NULL ? kind : shot->section,
                          has_scene ? "-" : "", has_scene ? shot->scene : "", tour_size (tour)->name, tour_scheme (tour));
  path = g_build_filename (tour->folder, name, NULL);

  if (node == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _("The picture %s could not be drawn; the pictures before it are kept."), name);
      return FALSE;
    }

  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)),
                                         node, &area);
  if (!gdk_texture_save_to_png (texture, path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _("The picture %s could not be written. Check that the folder can be written to."),
                   path);
      return FALSE;
    }

  g_print ("%s\n", path);

  return TRUE;
}

static void
forlop_screenshots_show_shot (Tour *tour)
{
  Shot *shot = g_ptr_array_index (tour->shots, tour->shot);
  AdwDialog *dialog =
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (tour->window));

  if (dialog != NULL)
    adw_dialog_force_close (dialog);
  if (g_strcmp0 (forlop_window_get_section (tour->window), shot->section) != 0)
    forlop_window_show_section (tour->window, shot->section);
  if (shot->scene != NULL)
    forlop_view_show_scene (forlop_window_get_visible_view (tour->window), shot->scene);

  tour->still_frames = 0;
  tour->deadline_us = g_get_monotonic_time () + PATIENCE_US;
}

/* The scenes of a view are known when it is there; one of them may open a page with its own. */
static void
forlop_screenshots_add_scenes (Tour *tour)
{
  Shot *shot = g_ptr_array_index (tour->shots, tour->shot);
  ForlopView *view = forlop_window_get_visible_view (tour->window);
  const char *const *scenes = forlop_view_get_scenes (view);

  if (tour->view_type == G_OBJECT_TYPE (view))
    return;

  tour->view_type = G_OBJECT_TYPE (view);
  for (unsigned int i = 0; scenes[i] != NULL; i++)
    {
      Shot *further = g_new0 (Shot, 1);

      further->section = shot->section;
      further->scene = g_strdup (scenes[i]);
      g_ptr_array_insert (tour->shots, (int) (tour->shot + 1 + i), further);
    }
}

static gboolean
forlop_screenshots_is_ready (Tour *tour)
{
  GtkWidget *widget = GTK_WIDGET (tour->window);
  ForlopView *view = forlop_window_get_visible_view (tour->window);
  AdwDialog *dialog =
    adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (tour->window));

  if (gtk_widget_get_width (widget) != tour_size (tour)->width ||
      gtk_widget_get_height (widget) != tour_size (tour)->height ||
      view == NULL || forlop_view_get_busy (view) ||
      (FORLOP_IS_ACT_DIALOG (dialog) && forlop_act_dialog_get_busy (FORLOP_ACT_DIALOG (dialog))))
    tour->still_frames = 0;
  else
    tour->still_frames++;

  return tour->still_frames >= STILL_FRAMES || g_get_monotonic_time () > tour->deadline_us;
}

static gboolean
forlop_screenshots_tick_cb (GtkWidget     *widget G_GNUC_UNUSED,
                            GdkFrameClock *frame_clock G_GNUC_UNUSED,
                            gpointer       user_data)
{
  GTask *task = user_data;
  Tour *tour = g_task_get_task_data (task);
  g_autoptr(GskRenderNode) node = NULL;
  GError *error = NULL;

  if (!forlop_screenshots_is_ready (tour))
    return G_SOURCE_CONTINUE;
  node = forlop_screenshots_draw (tour);
  if (node == NULL && g_get_monotonic_time () < tour->deadline_us)
    return G_SOURCE_CONTINUE;

  if (!forlop_screenshots_save (tour, node, &error))
    {
      g_task_return_error (task, error);
      gtk_window_destroy (GTK_WINDOW (tour->window));
      return G_SOURCE_REMOVE;
    }

  forlop_screenshots_add_scenes (tour);
  tour->shot++;
  if (tour->shot < tour->shots->len)
    {
      forlop_screenshots_show_shot (tour);
      return G_SOURCE_CONTINUE;
    }

  gtk_window_destroy (GTK_WINDOW (tour->window));
  tour->round++;
  forlop_screenshots_next_round (task);

  return G_SOURCE_REMOVE;
}

static void
forlop_screenshots_next_round (GTask *task)
{
  Tour *tour = g_task_get_task_data (task);
  const ForlopSectionInfo *sections = forlop_sections_get ();
  gboolean dark;

  if (tour->round >= G_N_ELEMENTS (sizes) * G_N_ELEMENTS (schemes))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  dark = g_str_equal (tour_scheme (tour), "dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);

  g_ptr_array_set_size (tour->shots, 0);
  for (unsigned int i = 0; sections[i].name != NULL; i++)
    tour_add_shot (tour, sections[i].name, NULL);
  tour->shot = 0;
  tour->view_type = G_TYPE_INVALID;

  tour->window = forlop_window_new (tour->application, tour->session, NULL);
  gtk_window_set_default_size (GTK_WINDOW (tour->window),
                               tour_size (tour)->width, tour_size (tour)->height);
  forlop_screenshots_show_shot (tour);
  gtk_widget_add_tick_callback (GTK_WIDGET (tour->window), forlop_screenshots_tick_cb,
                                g_object_ref (task), g_object_unref);
  gtk_window_present (GTK_WINDOW (tour->window));
  /* The frame GTK draws where nothing composes windows would make the content smaller. */
  gtk_widget_remove_css_class (GTK_WIDGET (tour->window), "solid-csd");
}

/**
 * forlop_screenshots_run:
 * @folder: Where the pictures are written; made if it is not there.
 *
 * Opens windows of 1280 × 800 and 360 × 720, light and dark, and photographs what they show.
 */
void
forlop_screenshots_run (GtkApplication      *application,
                        ForlopSession       *session,
                        const char          *folder,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Tour *tour;

  g_return_if_fail (GTK_IS_APPLICATION (application));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (folder != NULL);

  task = g_task_new (application, NULL, callback, user_data);
  tour = g_new0 (Tour, 1);
  tour->application = application;
  tour->session = g_object_ref (session);
  tour->folder = g_strdup (folder);
  tour->shots = g_ptr_array_new_with_free_func (shot_free);
  g_task_set_task_data (task, tour, tour_free);

  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                               _("The folder %s could not be made; no pictures were taken."),
                               folder);
      return;
    }

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  forlop_screenshots_next_round (task);
}

gboolean
forlop_screenshots_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
