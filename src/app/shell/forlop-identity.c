/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-identity.h"

#include <glib/gi18n-lib.h>

enum {
  PROP_0,
  PROP_USER_ID,
  PROP_USER_NAME,
  PROP_ROLE,
  PROP_ROLE_LABEL,
  PROP_UNIT_ID,
  PROP_UNIT_NAME,
  N_PROPS
};

struct _ForlopIdentity
{
  GObject parent_instance;

  char *texts[N_PROPS];
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopIdentity, forlop_identity, G_TYPE_OBJECT)

static void
forlop_identity_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec G_GNUC_UNUSED)
{
  g_assert (prop_id > PROP_0 && prop_id < N_PROPS);
  g_value_set_string (value, FORLOP_IDENTITY (object)->texts[prop_id]);
}

static void
forlop_identity_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec G_GNUC_UNUSED)
{
  g_assert (prop_id > PROP_0 && prop_id < N_PROPS);
  g_set_str (&FORLOP_IDENTITY (object)->texts[prop_id], g_value_get_string (value));
}

static void
forlop_identity_finalize (GObject *object)
{
  ForlopIdentity *self = FORLOP_IDENTITY (object);

  for (unsigned int i = 0; i < N_PROPS; i++)
    g_free (self->texts[i]);

  G_OBJECT_CLASS (forlop_identity_parent_class)->finalize (object);
}

static void
forlop_identity_class_init (ForlopIdentityClass *klass)
{
  static const char *const names[N_PROPS] = {
    [PROP_USER_ID] = "user-id",
    [PROP_USER_NAME] = "user-name",
    [PROP_ROLE] = "role",
    [PROP_ROLE_LABEL] = "role-label",
    [PROP_UNIT_ID] = "unit-id",
    [PROP_UNIT_NAME] = "unit-name",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = forlop_identity_get_property;
  object_class->set_property = forlop_identity_set_property;
  object_class->finalize = forlop_identity_finalize;

  for (unsigned int i = PROP_0 + 1; i < N_PROPS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL,
                                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                         G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
forlop_identity_init (ForlopIdentity *self G_GNUC_UNUSED)
{
}

/**
 * forlop_identity_new:
 * @role: The role's code.
 * @role_label: What people call the role, in the reader's language.
 *
 * Makes one function of one user.
 */
ForlopIdentity *
forlop_identity_new (const char *user_id,
                  const char *user_name,
                  const char *role,
                  const char *role_label,
                  const char *unit_id,
                  const char *unit_name)
{
  return g_object_new (FORLOP_TYPE_IDENTITY,
                       "user-id", user_id,
                       "user-name", user_name,
                       "role", role,
                       "role-label", role_label,
                       "unit-id", unit_id,
                       "unit-name", unit_name,
                       NULL);
}

const char *
forlop_identity_get_user_id (ForlopIdentity *self)
{
  g_return_val_if_fail (FORLOP_IS_IDENTITY (self), NULL);

  return self->texts[PROP_USER_ID];
}

const char *
forlop_identity_get_user_name (ForlopIdentity *self)
{
  g_return_val_if_fail (FORLOP_IS_IDENTITY (self), NULL);

  return self->texts[PROP_USER_NAME];
}

const char *
forlop_identity_get_role (ForlopIdentity *self)
{
  g_return_val_if_fail (FORLOP_IS_IDENTITY (self), NULL);

  return self->texts[PROP_ROLE];
}

const char *
forlop_identity_get_role_label (ForlopIdentity *self)
{
  g_return_val_if_fail (FORLOP_IS_IDENTITY (self), NULL);

  return self->texts[PROP_ROLE_LABEL];
}

const char *
forlop_identity_get_unit_id (ForlopIdentity *self)
{
  g_return_val_if_fail (FORLOP_IS_IDENTITY (self), NULL);

  return self->texts[PROP_UNIT_ID];
}

const char *
forlop_identity_get_unit_name (ForlopIdentity *self)
{
  g_return_val_if_fail (FORLOP_IS_IDENTITY (self), NULL);

  return self->texts[PROP_UNIT_NAME];
}

/**
 * forlop_identity_equal:
 * @self: (nullable): An actor.
 * @other: (nullable): Another.
 *
 * Returns: Whether both are the same user in the same role and unit.
 */
gboolean
forlop_identity_equal (ForlopIdentity *self,
                    ForlopIdentity *other)
{
  if (self == NULL || other == NULL)
    return self == other;

  return g_strcmp0 (self->texts[PROP_USER_ID], other->texts[PROP_USER_ID]) == 0 &&
         g_strcmp0 (self->texts[PROP_ROLE], other->texts[PROP_ROLE]) == 0 &&
         g_strcmp0 (self->texts[PROP_UNIT_ID], other->texts[PROP_UNIT_ID]) == 0;
}

char *
forlop_identity_dup_sentence (ForlopIdentity *self)
{
  g_return_val_if_fail (FORLOP_IS_IDENTITY (self), NULL);

  /* Translators: user, role, unit */
  return g_strdup_printf (_("%s, %s, %s"),
                          self->texts[PROP_USER_NAME],
                          self->texts[PROP_ROLE_LABEL],
                          self->texts[PROP_UNIT_NAME]);
}

gboolean
forlop_identity_is (ForlopIdentity *self,
                    const char     *user,
                    const char     *role,
                    const char     *unit)
{
  g_return_val_if_fail (FORLOP_IS_IDENTITY (self), FALSE);

  return g_strcmp0 (forlop_identity_get_user_id (self), user) == 0 &&
         g_strcmp0 (forlop_identity_get_role (self), role) == 0 &&
         g_strcmp0 (forlop_identity_get_unit_id (self), unit) == 0;
}
