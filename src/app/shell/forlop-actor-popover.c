/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-actor-popover.h"

#include <glib/gi18n-lib.h>

struct _ForlopActorPopover
{
  GtkPopover parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkListView *actor_list;

  /* Owned */
  ForlopSession *session;
  GSignalGroup *actors_signals;
};

G_DEFINE_FINAL_TYPE (ForlopActorPopover, forlop_actor_popover, GTK_TYPE_POPOVER)

static void
forlop_actor_popover_update_stack (ForlopActorPopover *self)
{
  GListModel *actors = forlop_session_get_actors (self->session);
  gboolean empty = g_list_model_get_n_items (actors) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "actors");
}

static void
forlop_actor_popover_update_actors (ForlopActorPopover *self)
{
  GListModel *actors = forlop_session_get_actors (self->session);
  g_autoptr(GtkNoSelection) selection = gtk_no_selection_new (g_object_ref (actors));

  gtk_list_view_set_model (self->actor_list, GTK_SELECTION_MODEL (selection));
  g_signal_group_set_target (self->actors_signals, actors);
  forlop_actor_popover_update_stack (self);
}

static void
forlop_actor_popover_setup_cb (GtkSignalListItemFactory *factory G_GNUC_UNUSED,
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
forlop_actor_popover_bind_cb (GtkSignalListItemFactory *factory G_GNUC_UNUSED,
                             GtkListItem              *list_item,
                             ForlopActorPopover        *self)
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
forlop_actor_popover_actor_activated_cb (ForlopActorPopover *self,
                                        unsigned int       position)
{
  g_autoptr(ForlopIdentity) actor = NULL;

  actor = g_list_model_get_item (forlop_session_get_actors (self->session), position);
  gtk_popover_popdown (GTK_POPOVER (self));
  forlop_session_set_actor (self->session, actor);
}

static void
forlop_actor_popover_administration_clicked_cb (ForlopActorPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.section", "s", "administration");
}

static void
forlop_actor_popover_dispose (GObject *object)
{
  ForlopActorPopover *self = FORLOP_ACTOR_POPOVER (object);

  if (self->actors_signals != NULL)
    g_signal_group_set_target (self->actors_signals, NULL);
  g_clear_object (&self->actors_signals);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (forlop_actor_popover_parent_class)->dispose (object);
}

static void
forlop_actor_popover_class_init (ForlopActorPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_actor_popover_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/shell/forlop-actor-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopActorPopover, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopActorPopover, actor_list);
  gtk_widget_class_bind_template_callback_full (
    widget_class, "actor_activated_cb", G_CALLBACK (forlop_actor_popover_actor_activated_cb));
  gtk_widget_class_bind_template_callback_full (
    widget_class, "administration_clicked_cb",
    G_CALLBACK (forlop_actor_popover_administration_clicked_cb));
}

static void
forlop_actor_popover_init (ForlopActorPopover *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect (factory, "setup", G_CALLBACK (forlop_actor_popover_setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (forlop_actor_popover_bind_cb), self, 0);
  gtk_list_view_set_factory (self->actor_list, factory);

  self->actors_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->actors_signals, "items-changed",
                                  G_CALLBACK (forlop_actor_popover_update_stack), self);
}

GtkWidget *
forlop_actor_popover_new (ForlopSession *session)
{
  ForlopActorPopover *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);

  self = g_object_new (FORLOP_TYPE_ACTOR_POPOVER, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::actor", G_CALLBACK (forlop_actor_popover_update_actors),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::actors",
                           G_CALLBACK (forlop_actor_popover_update_actors), self,
                           G_CONNECT_SWAPPED);
  forlop_actor_popover_update_actors (self);

  return GTK_WIDGET (self);
}
