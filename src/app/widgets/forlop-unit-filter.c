/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-unit-filter.h"

#include <glib/gi18n-lib.h>

#include "forlop-drop-down.h"

struct _ForlopUnitFilter
{
  AdwBin parent_instance;

  GtkDropDown *choice;

  /* Owned */
  ForlopSession *session;
  char *unit_id;

  unsigned int changing : 1;
};

enum {
  PROP_0,
  PROP_UNIT_ID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopUnitFilter, forlop_unit_filter, ADW_TYPE_BIN)

static void
selected_cb (ForlopUnitFilter *self)
{
  ForlopIdentity *actor = self->session != NULL ? forlop_session_get_actor (self->session) : NULL;
  const char *unit_id = NULL;

  if (self->changing)
    return;
  if (actor != NULL && gtk_drop_down_get_selected (self->choice) == 1)
    unit_id = forlop_identity_get_unit_id (actor);
  if (g_set_str (&self->unit_id, unit_id))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNIT_ID]);
}

static gboolean
works_in_unit (ForlopIdentity *actor)
{
  const char *role = forlop_identity_get_role (actor);

  return g_strcmp0 (role, "resource_person") == 0 || g_strcmp0 (role, "manager") == 0;
}

static void
actor_cb (ForlopUnitFilter *self)
{
  ForlopIdentity *actor = forlop_session_get_actor (self->session);
  const char *name = actor != NULL ? forlop_identity_get_unit_name (actor) : NULL;
  const char *const choices[] = { _("Whole municipality"), name, NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (choices);

  self->changing = TRUE;
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (model));
  gtk_drop_down_set_selected (self->choice, name != NULL && works_in_unit (actor) ? 1 : 0);
  self->changing = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), name != NULL);
  selected_cb (self);
}

static void
forlop_unit_filter_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_UNIT_ID:
      g_value_set_string (value, FORLOP_UNIT_FILTER (object)->unit_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_unit_filter_finalize (GObject *object)
{
  ForlopUnitFilter *self = FORLOP_UNIT_FILTER (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->unit_id, g_free);

  G_OBJECT_CLASS (forlop_unit_filter_parent_class)->finalize (object);
}

static void
forlop_unit_filter_class_init (ForlopUnitFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = forlop_unit_filter_get_property;
  object_class->finalize = forlop_unit_filter_finalize;

  properties[PROP_UNIT_ID] =
    g_param_spec_string ("unit-id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
forlop_unit_filter_init (ForlopUnitFilter *self)
{
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);

  self->choice = GTK_DROP_DOWN (choice);
  forlop_drop_down_speak (self->choice);
  gtk_widget_set_tooltip_text (choice, _("Whose evaluations and numbers are shown"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Unit"),
                                  -1);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), choice);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
forlop_unit_filter_set_session (ForlopUnitFilter *self,
                                ForlopSession    *session)
{
  g_return_if_fail (FORLOP_IS_UNIT_FILTER (self));
  g_return_if_fail (FORLOP_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;
  g_signal_connect_object (session, "notify::actor", G_CALLBACK (actor_cb), self, G_CONNECT_SWAPPED);
  actor_cb (self);
}

const char *
forlop_unit_filter_get_unit_id (ForlopUnitFilter *self)
{
  g_return_val_if_fail (FORLOP_IS_UNIT_FILTER (self), NULL);

  return self->unit_id;
}
