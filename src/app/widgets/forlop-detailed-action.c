/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-detailed-action.h"

/**
 * forlop_actionable_set_detailed:
 * @action: a detailed action name; one that cannot be read is a programming error.
 *
 * Sets the target before the name: an action that wants a target warns when it is named without.
 */
void
forlop_actionable_set_detailed (GtkActionable *actionable,
                                const char    *action)
{
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (GTK_IS_ACTIONABLE (actionable));
  g_return_if_fail (action != NULL);

  if (!g_action_parse_detailed_name (action, &name, &target, &error))
    {
      g_critical ("%s", error->message);
      return;
    }

  gtk_actionable_set_action_name (actionable, NULL);
  gtk_actionable_set_action_target_value (actionable, target);
  gtk_actionable_set_action_name (actionable, name);
}
