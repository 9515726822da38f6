/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-actor-button.h"

#include <glib/gi18n-lib.h>

#include "forlop-session.h"

struct _ForlopActorButton
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkMenuButton *menu_button;
  GtkPopover *popover;
  GtkLabel *unit_label;
  GtkStack *stack;
  GtkListView *actor_list;

  /* Owned */
  ForlopSession *session;
  GSignalGroup *session_signals;
  GSignalGroup *actors_signals;

  gboolean wide;
};

enum {
  PROP_0,
  PROP_SESSION,
  PROP_WIDE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopActorButton, forlop_actor_button, ADW_TYPE_BIN)

static void
forlop_actor_button_update_actor (ForlopActorButton *self)
{
  ForlopIdentity *actor = self->session != NULL ? forlop_session_get_actor (self->session) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;

  if (actor == NULL)
    {
      gtk_label_set_label (self->unit_label, _("Nobody chosen"));
      name = g_strdup (_("Choose who I am"));
    }
  else
    {
      sentence = forlop_identity_dup_sentence (actor);
      gtk_label_set_label (self->unit_label, forlop_identity_get_unit_name (actor));
      name = g_strdup_printf (_("I am %s"), sentence);
    }

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu_button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
forlop_actor_button_update_stack (ForlopActorButton *self)
{
  GListModel *actors = self->session != NULL ? forlop_session_get_actors (self->session) : NULL;
  gboolean empty = actors == NULL || g_list_model_get_n_items (actors) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "actors");
}

static void
forlop_actor_button_update_actors (ForlopActorButton *self)
{
  GListModel *actors = self->session != NULL ? forlop_session_get_actors (self->session) : NULL;
  g_autoptr(GtkNoSelection) selection = NULL;

  if (actors != NULL)
    selection = gtk_no_selection_new (g_object_ref (actors));
  gtk_list_view_set_model (self->actor_list, GTK_SELECTION_MODEL (selection));
  g_signal_group_set_target (self->actors_signals, actors);
  forlop_actor_button_update_stack (self);
}

static void
forlop_actor_button_setup_cb (GtkSignalListItemFactory *factory G_GNUC_UNUSED,
                              GtkListItem              *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *subtitle = gtk_label_new (NULL);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);

  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), subtitle);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_item_set_child (list_item, box);
}

static void
forlop_actor_button_bind_cb (GtkSignalListItemFactory *factory G_GNUC_UNUSED,
                             GtkListItem              *list_item,
                             ForlopActorButton        *self)
{
  ForlopIdentity *actor = gtk_list_item_get_item (list_item);
  GtkWidget *texts = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *check = gtk_widget_get_next_sibling (texts);
  GtkLabel *title = GTK_LABEL (gtk_widget_get_first_child (texts));
  GtkLabel *subtitle = GTK_LABEL (gtk_widget_get_next_sibling (GTK_WIDGET (title)));
  gboolean current = forlop_identity_equal (actor, forlop_session_get_actor (self->session));
  g_autofree char *sentence = forlop_identity_dup_sentence (actor);
  g_autofree char *function = NULL;

  /* Translators: role, unit */
  function = g_strdup_printf (_("%s, %s"),
                              forlop_identity_get_role_label (actor),
                              forlop_identity_get_unit_name (actor));
  gtk_label_set_label (title, forlop_identity_get_user_name (actor));
  gtk_label_set_label (subtitle, function);
  gtk_widget_set_opacity (check, current ? 1 : 0);
  gtk_list_item_set_accessible_label (list_item, sentence);
}

static void
forlop_actor_button_actor_activated_cb (ForlopActorButton *self,
                                        unsigned int       position)
{
  g_autoptr(ForlopIdentity) actor = NULL;

  if (self->session == NULL)
    return;

  actor = g_list_model_get_item (forlop_session_get_actors (self->session), position);
  gtk_popover_popdown (self->popover);
  forlop_session_set_actor (self->session, actor);
}

static void
forlop_actor_button_administration_clicked_cb (ForlopActorButton *self)
{
  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.section", "s", "administration");
}

static void
forlop_actor_button_set_session (ForlopActorButton *self,
                                 ForlopSession     *session)
{
  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->session_signals, session);
  forlop_actor_button_update_actor (self);
  forlop_actor_button_update_actors (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
forlop_actor_button_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  ForlopActorButton *self = FORLOP_ACTOR_BUTTON (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_WIDE:
      g_value_set_boolean (value, self->wide);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_actor_button_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  ForlopActorButton *self = FORLOP_ACTOR_BUTTON (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      forlop_actor_button_set_session (self, g_value_get_object (value));
      break;
    case PROP_WIDE:
      self->wide = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_actor_button_dispose (GObject *object)
{
  ForlopActorButton *self = FORLOP_ACTOR_BUTTON (object);

  if (self->session_signals != NULL)
    g_signal_group_set_target (self->session_signals, NULL);
  if (self->actors_signals != NULL)
    g_signal_group_set_target (self->actors_signals, NULL);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->actors_signals);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (forlop_actor_button_parent_class)->dispose (object);
}

static void
forlop_actor_button_class_init (ForlopActorButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = forlop_actor_button_get_property;
  object_class->set_property = forlop_actor_button_set_property;
  object_class->dispose = forlop_actor_button_dispose;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, FORLOP_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_WIDE] =
    g_param_spec_boolean ("wide", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/shell/forlop-actor-button.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopActorButton, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopActorButton, popover);
  gtk_widget_class_bind_template_child (widget_class, ForlopActorButton, unit_label);
  gtk_widget_class_bind_template_child (widget_class, ForlopActorButton, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopActorButton, actor_list);
  gtk_widget_class_bind_template_callback_full (
    widget_class, "actor_activated_cb",
    G_CALLBACK (forlop_actor_button_actor_activated_cb));
  gtk_widget_class_bind_template_callback_full (
    widget_class, "administration_clicked_cb",
    G_CALLBACK (forlop_actor_button_administration_clicked_cb));
}

static void
forlop_actor_button_init (ForlopActorButton *self)
{
  g_autoptr(GtkListItemFactory) factory = NULL;

  self->wide = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));

  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (forlop_actor_button_setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (forlop_actor_button_bind_cb), self, 0);
  gtk_list_view_set_factory (self->actor_list, factory);

  self->session_signals = g_signal_group_new (FORLOP_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::actor",
                                  G_CALLBACK (forlop_actor_button_update_actor), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::actors",
                                  G_CALLBACK (forlop_actor_button_update_actors), self);
  self->actors_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->actors_signals, "items-changed",
                                  G_CALLBACK (forlop_actor_button_update_stack), self);

  forlop_actor_button_update_actor (self);
}
