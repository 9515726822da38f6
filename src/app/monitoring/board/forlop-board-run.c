/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-run.h"

ForlopRecord *
forlop_board_arguments (const char *act,
                        const char *first_name,
                        ...)
{
  ForlopRecord *arguments;
  va_list list;

  g_return_val_if_fail (act != NULL, NULL);

  arguments = forlop_acts_new_arguments (forlop_act_find (act), NULL);
  va_start (list, first_name);
  for (const char *name = first_name; name != NULL; name = va_arg (list, const char *))
    {
      const char *value = va_arg (list, const char *);

      if (value != NULL && *value != '\0')
        forlop_record_set_text (arguments, name, value);
    }
  va_end (list);

  return arguments;
}

void
forlop_board_run (GtkWidget         *widget,
                  ForlopSession     *session,
                  const char        *act,
                  ForlopRecord      *arguments,
                  ForlopActDoneFunc  done,
                  gpointer           user_data,
                  GDestroyNotify     user_data_free)
{
  g_autoptr (ForlopRecord) owned = arguments;
  const ForlopActCall call = { forlop_act_find (act), owned };

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (call.act != NULL && FORLOP_IS_RECORD (arguments));

  forlop_act_run (widget, session, &call, 1, done, user_data, user_data_free);
}
