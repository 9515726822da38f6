/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-last-functions.h"

#include "forlop-identities.h"

#define KEY "last-functions"
#define FORMAT "a(sss)"

/* As many as are kept; the oldest are forgotten. */
#define N_REMEMBERED 8

ForlopIdentity *
forlop_last_functions_choose (GSettings  *settings,
                              GListModel *actors)
{
  g_autoptr (GVariantIter) functions = NULL;
  const char *user, *role, *unit;

  g_return_val_if_fail (G_IS_LIST_MODEL (actors), NULL);

  if (settings != NULL)
    g_settings_get (settings, KEY, FORMAT, &functions);
  while (functions != NULL && g_variant_iter_next (functions, "(&s&s&s)", &user, &role, &unit))
    {
      ForlopIdentity *actor = forlop_identities_find_function (actors, user, role, unit);

      if (actor != NULL)
        return actor;
    }

  return g_list_model_get_item (actors, 0);
}

void
forlop_last_functions_remember (GSettings      *settings,
                                ForlopIdentity *actor)
{
  g_autoptr (GVariantIter) functions = NULL;
  const char *user, *role, *unit;
  GVariantBuilder builder;

  if (settings == NULL || actor == NULL)
    return;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (FORMAT));
  g_variant_builder_add (&builder, "(sss)", forlop_identity_get_user_id (actor),
                         forlop_identity_get_role (actor), forlop_identity_get_unit_id (actor));
  g_settings_get (settings, KEY, FORMAT, &functions);
  for (unsigned int n = 1;
       n < N_REMEMBERED && g_variant_iter_next (functions, "(&s&s&s)", &user, &role, &unit);)
    if (!forlop_identity_is (actor, user, role, unit))
      {
        g_variant_builder_add (&builder, "(sss)", user, role, unit);
        n++;
      }
  g_settings_set (settings, KEY, FORMAT, &builder);
}
