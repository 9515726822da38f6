/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-open-record.h"

#include "forlop-act-dialog.h"
#include "forlop-act-run.h"
#include "forlop-sections.h"

/* The plan has a page of its own: a draft begins there. */
gboolean
forlop_open_has_page (const char *act)
{
  return g_strcmp0 (act, "draft-plan") == 0;
}

static gboolean
can_perform (const char *act)
{
  const ForlopAct *declared = act != NULL ? forlop_act_find (act) : NULL;

  return declared != NULL && forlop_acts_can_perform (declared);
}

gboolean
forlop_open_has_form (const char *act)
{
  return can_perform (act) && !forlop_open_has_page (act);
}

void
forlop_open_record (GtkWidget  *widget,
                    const char *kind,
                    const char *id)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (kind != NULL);
  g_return_if_fail (id != NULL);

  if (forlop_pages_find (kind) != NULL)
    gtk_widget_activate_action (widget, "win.open", "(ss)", kind, id);
}

/**
 * forlop_open_act:
 *
 * Presents the form of @act. Without an act, or with one the program cannot do, the page about the
 * case or the citizen opens instead.
 */
void
forlop_open_act (GtkWidget     *widget,
                 ForlopSession *session,
                 const char    *act,
                 const char    *subject_type,
                 const char    *subject_id,
                 const char    *case_id,
                 const char    *citizen_id)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (FORLOP_IS_SESSION (session));

  if (forlop_open_has_page (act) && case_id != NULL)
    forlop_open_record (widget, "plan", case_id);
  else if (can_perform (act) && forlop_session_get_store (session) != NULL)
    forlop_act_dialog_present (widget, session, act, subject_type, subject_id, case_id, citizen_id);
  else if (case_id != NULL)
    forlop_open_record (widget, "case", case_id);
  else if (citizen_id != NULL)
    forlop_open_record (widget, "citizen", citizen_id);
}

void
forlop_open_do (GtkWidget       *widget,
                ForlopSession   *session,
                const ForlopAct *act,
                ForlopRecord    *arguments)
{
  const ForlopActCall call = { act, arguments };

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (act != NULL);

  if (forlop_session_get_store (session) != NULL && forlop_session_get_actor (session) != NULL)
    forlop_act_run (widget, session, &call, 1, NULL, NULL, NULL);
}
