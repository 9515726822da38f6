/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-item-act.h"

#include "forlop-act-dialog.h"

gboolean
forlop_item_act_asks (const char *act)
{
  const ForlopAct *declared;

  g_return_val_if_fail (act != NULL, FALSE);

  declared = forlop_act_find (act);
  if (declared == NULL || declared->arguments == NULL)
    return TRUE;

  for (const ForlopField *field = declared->arguments; field->name != NULL; field++)
    if (!g_str_equal (field->name, "item_id"))
      return TRUE;

  return FALSE;
}

gboolean
forlop_item_act_allowed (ForlopSession *session,
                         const char    *act)
{
  const ForlopAct *declared = forlop_act_find (act);
  ForlopIdentity *actor;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), FALSE);

  actor = forlop_session_get_actor (session);

  return declared != NULL && actor != NULL &&
         forlop_act_allows_role (declared, forlop_identity_get_role (actor));
}

void
forlop_item_act_do (GtkWidget              *widget,
                    ForlopSession          *session,
                    const char             *act,
                    const ForlopItemFields *item,
                    ForlopActDoneFunc       done,
                    gpointer                user_data,
                    GDestroyNotify          user_data_free)
{
  gboolean on_loan = g_str_equal (act, "return-item") || g_str_equal (act, "void-loan");

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (item != NULL);

  if (!forlop_item_act_asks (act))
    {
      const ForlopAct *declared = forlop_act_find (act);
      g_autoptr (ForlopRecord) arguments = forlop_acts_new_arguments (declared, NULL);
      const ForlopActCall call = { declared, arguments };

      forlop_record_set_text (arguments, "item_id", item->id);
      forlop_act_run (widget, session, &call, 1, done, user_data, user_data_free);
      return;
    }

  forlop_act_dialog_present (widget, session, act, on_loan ? "loan" : "item",
                             on_loan ? item->loan_id : item->id, item->case_id, item->citizen_id);
  if (user_data_free != NULL)
    user_data_free (user_data);
}
