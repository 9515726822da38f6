/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-actor-button.h"

#include <glib/gi18n-lib.h>

#include "forlop-actor-popover.h"

struct _ForlopActorButton
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkMenuButton *menu_button;
  GtkLabel *unit_label;

  /* Owned */
  ForlopSession *session;
  GSignalGroup *session_signals;

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
forlop_actor_button_set_session (ForlopActorButton *self,
                                 ForlopSession     *session)
{
  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->session_signals, session);
  forlop_actor_button_update_actor (self);
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
  g_clear_object (&self->session_signals);
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
  gtk_widget_class_bind_template_child (widget_class, ForlopActorButton, unit_label);
}

/* Made when it is opened for the first time: every view has this button, and few open it. */
static void
forlop_actor_button_create_popover_cb (GtkMenuButton *menu_button,
                                       gpointer       user_data)
{
  ForlopActorButton *self = user_data;

  if (gtk_menu_button_get_popover (menu_button) == NULL && self->session != NULL)
    gtk_menu_button_set_popover (menu_button, forlop_actor_popover_new (self->session));
}

static void
forlop_actor_button_init (ForlopActorButton *self)
{
  self->wide = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, forlop_actor_button_create_popover_cb,
                                         self, NULL);

  self->session_signals = g_signal_group_new (FORLOP_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::actor",
                                  G_CALLBACK (forlop_actor_button_update_actor), self);

  forlop_actor_button_update_actor (self);
}
