/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-view.h"

#include <glib/gi18n-lib.h>

#include "forlop-actor-button.h"
#include "forlop-sync-watch.h"

typedef struct
{
  /* Template widgets */
  AdwToolbarView *toolbar_view;
  AdwHeaderBar *header_bar;

  /* Borrowed: made when it is first needed */
  GtkWidget *arriving;

  /* Owned */
  ForlopSession *session;
  char *subject_id;
  char *help;
  unsigned int refresh_source;

  unsigned int busy : 1;
  unsigned int stale : 1;
  unsigned int narrow : 1;
} ForlopViewPrivate;

enum {
  PROP_0,
  PROP_SESSION,
  PROP_SUBJECT_ID,
  PROP_CONTENT,
  PROP_HELP,
  PROP_BUSY,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void forlop_view_buildable_init (GtkBuildableIface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (ForlopView, forlop_view, ADW_TYPE_NAVIGATION_PAGE,
                                  G_ADD_PRIVATE (ForlopView)
                                  G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                         forlop_view_buildable_init))

static GtkBuildableIface *parent_buildable_iface;

static gboolean
forlop_view_refresh_cb (gpointer user_data)
{
  ForlopView *self = user_data;
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);
  ForlopViewClass *klass = FORLOP_VIEW_GET_CLASS (self);

  priv->refresh_source = 0;
  priv->stale = FALSE;
  if (klass->refresh != NULL)
    klass->refresh (self);

  return G_SOURCE_REMOVE;
}

static void
forlop_view_start_refresh (ForlopView *self)
{
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  if (priv->refresh_source == 0)
    priv->refresh_source = g_idle_add_full (G_PRIORITY_DEFAULT, forlop_view_refresh_cb, self, NULL);
}

static void
forlop_view_session_changed_cb (ForlopView *self)
{
  forlop_view_queue_refresh (self);
}

/* What is not there may only not have come: said over what is shown, whichever view it is. */
static void
forlop_view_update_arriving (ForlopView *self)
{
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);
  gboolean is_arriving = forlop_sync_watch_is_arriving (priv->session);

  if (is_arriving == (priv->arriving != NULL))
    return;
  /* An empty list says why it is empty. */
  forlop_view_queue_refresh (self);
  if (is_arriving)
    {
      priv->arriving = adw_banner_new (_("Not everything has come yet. What is missing shows by itself."));
      adw_banner_set_revealed (ADW_BANNER (priv->arriving), TRUE);
      adw_toolbar_view_add_top_bar (priv->toolbar_view, priv->arriving);
    }
  else
    /* One that is only folded is read aloud still. */
    adw_toolbar_view_remove (priv->toolbar_view, g_steal_pointer (&priv->arriving));
}

static void
forlop_view_map (GtkWidget *widget)
{
  ForlopView *self = FORLOP_VIEW (widget);
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  GTK_WIDGET_CLASS (forlop_view_parent_class)->map (widget);

  if (priv->stale)
    forlop_view_queue_refresh (self);
}

static void
forlop_view_constructed (GObject *object)
{
  ForlopView *self = FORLOP_VIEW (object);
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  G_OBJECT_CLASS (forlop_view_parent_class)->constructed (object);

  if (priv->session == NULL)
    return;
  g_signal_connect_object (priv->session, "changed", G_CALLBACK (forlop_view_session_changed_cb),
                           self, G_CONNECT_SWAPPED);
  if (forlop_session_get_sync (priv->session) != NULL)
    {
      g_signal_connect_object (forlop_session_get_sync (priv->session), "changed",
                               G_CALLBACK (forlop_view_update_arriving), self, G_CONNECT_SWAPPED);
      forlop_view_update_arriving (self);
    }
  /* A view is made because it is about to be shown: it reads while it is laid out. */
  if (forlop_session_get_store (priv->session) != NULL)
    forlop_view_refresh_cb (self);
}

static void
forlop_view_dispose (GObject *object)
{
  ForlopView *self = FORLOP_VIEW (object);
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  g_clear_handle_id (&priv->refresh_source, g_source_remove);

  G_OBJECT_CLASS (forlop_view_parent_class)->dispose (object);
}

static void
forlop_view_finalize (GObject *object)
{
  ForlopView *self = FORLOP_VIEW (object);
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  g_clear_object (&priv->session);
  g_clear_pointer (&priv->subject_id, g_free);
  g_clear_pointer (&priv->help, g_free);

  G_OBJECT_CLASS (forlop_view_parent_class)->finalize (object);
}

static void
forlop_view_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  ForlopView *self = FORLOP_VIEW (object);
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, priv->session);
      break;
    case PROP_SUBJECT_ID:
      g_value_set_string (value, priv->subject_id);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, adw_toolbar_view_get_content (priv->toolbar_view));
      break;
    case PROP_HELP:
      g_value_set_string (value, priv->help);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, priv->busy);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, priv->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_view_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  ForlopView *self = FORLOP_VIEW (object);
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_SESSION:
      if (g_set_object (&priv->session, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SUBJECT_ID:
      g_set_str (&priv->subject_id, g_value_get_string (value));
      break;
    case PROP_CONTENT:
      forlop_view_set_content (self, g_value_get_object (value));
      break;
    case PROP_HELP:
      if (g_set_str (&priv->help, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_BUSY:
      forlop_view_set_busy (self, g_value_get_boolean (value));
      break;
    case PROP_NARROW:
      priv->narrow = g_value_get_boolean (value);
      /* Room for the title: what a narrow screen cannot do needs no button. */
      adw_header_bar_set_decoration_layout (priv->header_bar, priv->narrow ? ":close" : NULL);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_view_add_child (GtkBuildable *buildable,
                       GtkBuilder   *builder,
                       GObject      *child,
                       const char   *type)
{
  ForlopView *self = FORLOP_VIEW (buildable);
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  if (g_strcmp0 (type, "start") == 0)
    adw_header_bar_pack_start (priv->header_bar, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "end") == 0)
    adw_header_bar_pack_end (priv->header_bar, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "top") == 0)
    adw_toolbar_view_add_top_bar (priv->toolbar_view, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "bottom") == 0)
    adw_toolbar_view_add_bottom_bar (priv->toolbar_view, GTK_WIDGET (child));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
forlop_view_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = forlop_view_add_child;
}

static void
forlop_view_class_init (ForlopViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = forlop_view_constructed;
  object_class->dispose = forlop_view_dispose;
  object_class->finalize = forlop_view_finalize;
  object_class->get_property = forlop_view_get_property;
  object_class->set_property = forlop_view_set_property;
  widget_class->map = forlop_view_map;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, FORLOP_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBJECT_ID] =
    g_param_spec_string ("subject-id", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CONTENT] =
    g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_HELP] =
    g_param_spec_string ("help", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_BUSY] =
    g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (FORLOP_TYPE_ACTOR_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/shell/forlop-view.ui");
  gtk_widget_class_bind_template_child_private (widget_class, ForlopView, toolbar_view);
  gtk_widget_class_bind_template_child_private (widget_class, ForlopView, header_bar);
}

static void
forlop_view_init (ForlopView *self)
{
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  priv->stale = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

ForlopSession *
forlop_view_get_session (ForlopView *self)
{
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  g_return_val_if_fail (FORLOP_IS_VIEW (self), NULL);

  return priv->session;
}

const char *
forlop_view_get_subject_id (ForlopView *self)
{
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  g_return_val_if_fail (FORLOP_IS_VIEW (self), NULL);

  return priv->subject_id;
}

void
forlop_view_set_content (ForlopView *self,
                         GtkWidget  *content)
{
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  g_return_if_fail (FORLOP_IS_VIEW (self));
  g_return_if_fail (content == NULL || GTK_IS_WIDGET (content));

  if (adw_toolbar_view_get_content (priv->toolbar_view) == content)
    return;

  adw_toolbar_view_set_content (priv->toolbar_view, content);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONTENT]);
}

/**
 * forlop_view_get_narrow:
 *
 * Returns: Whether the window shows one pane at a time, as at 360 px. Bind to the property.
 */
gboolean
forlop_view_get_narrow (ForlopView *self)
{
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  g_return_val_if_fail (FORLOP_IS_VIEW (self), FALSE);

  return priv->narrow;
}

const char *
forlop_view_get_help (ForlopView *self)
{
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  g_return_val_if_fail (FORLOP_IS_VIEW (self), NULL);

  return priv->help;
}

gboolean
forlop_view_get_busy (ForlopView *self)
{
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  g_return_val_if_fail (FORLOP_IS_VIEW (self), FALSE);

  return priv->busy || priv->refresh_source != 0;
}

void
forlop_view_set_busy (ForlopView *self,
                      gboolean    busy)
{
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  g_return_if_fail (FORLOP_IS_VIEW (self));

  busy = !!busy;
  if (priv->busy == (unsigned int) busy)
    return;

  priv->busy = busy;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

gboolean
forlop_view_wants_keyboard (ForlopView *self)
{
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (FORLOP_IS_VIEW (self), FALSE);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (root == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  focus = gtk_root_get_focus (root);

  return focus == NULL || (gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) &&
                           !gtk_widget_is_ancestor (focus, adw_toolbar_view_get_content (priv->toolbar_view)));
}

/* What is not read yet takes it when it is there. */
void
forlop_view_take_keyboard (ForlopView *self)
{
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  g_return_if_fail (FORLOP_IS_VIEW (self));

  if (forlop_view_get_busy (self) ||
      !gtk_widget_child_focus (adw_toolbar_view_get_content (priv->toolbar_view), GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/**
 * forlop_view_queue_refresh:
 *
 * Several calls before the next turn of the main loop make one refresh.
 */
void
forlop_view_queue_refresh (ForlopView *self)
{
  ForlopViewPrivate *priv = forlop_view_get_instance_private (self);

  g_return_if_fail (FORLOP_IS_VIEW (self));

  priv->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    forlop_view_start_refresh (self);
}

const char *const *
forlop_view_get_scenes (ForlopView *self)
{
  static const char *const none[] = { NULL };
  ForlopViewClass *klass;

  g_return_val_if_fail (FORLOP_IS_VIEW (self), none);

  klass = FORLOP_VIEW_GET_CLASS (self);

  return klass->get_scenes != NULL ? klass->get_scenes (self) : none;
}

void
forlop_view_show_scene (ForlopView *self,
                        const char *scene)
{
  ForlopViewClass *klass;

  g_return_if_fail (FORLOP_IS_VIEW (self));
  g_return_if_fail (scene != NULL);

  klass = FORLOP_VIEW_GET_CLASS (self);
  if (klass->show_scene != NULL)
    klass->show_scene (self, scene);
}
