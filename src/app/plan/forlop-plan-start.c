/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-start.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "forlop-act-run.h"
#include "forlop-template-dialog.h"
#include "forlop-view.h"

typedef struct {
  ForlopSession *session;
  char *case_id;
  char *template_id;
} Start;

static void
start_free (gpointer  data,
            GClosure *closure G_GNUC_UNUSED)
{
  Start *start = data;

  g_object_unref (start->session);
  g_free (start->case_id);
  g_free (start->template_id);
  g_free (start);
}

void
forlop_plan_start_run (GtkWidget     *widget,
                       ForlopSession *session,
                       const char    *case_id,
                       const char    *template_id)
{
  const ForlopAct *act = forlop_act_find ("draft-plan");
  g_autoptr (ForlopRecord) arguments = forlop_acts_new_arguments (act, NULL);
  const ForlopActCall call = { act, arguments };

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (FORLOP_IS_SESSION (session));

  forlop_record_set_text (arguments, "case_id", case_id);
  if (template_id != NULL)
    forlop_record_set_text (arguments, "template_id", template_id);
  forlop_act_run (widget, session, &call, 1, NULL, NULL, NULL);
}

static void
activated_cb (GtkWidget   *row,
              const Start *start)
{
  forlop_plan_start_run (row, start->session, start->case_id, start->template_id);
}

static void
change_cb (GtkWidget   *button,
           const Start *start)
{
  GtkWidget *page = gtk_widget_get_ancestor (button, FORLOP_TYPE_VIEW);

  if (page != NULL)
    forlop_template_dialog_present (page, start->session, start->template_id);
}

/* The municipality's own templates are changed where they are chosen. */
static GtkWidget *
change_button_new (ForlopSession *session,
                   const char    *title,
                   const char    *template_id)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-edit-symbolic");
  const char *words = forlop_act_title (forlop_act_find ("save-template"), "template");
  g_autofree char *name = g_strdup_printf ("%s: %s", words, title);
  Start *start = g_new0 (Start, 1);

  start->session = g_object_ref (session);
  start->template_id = g_strdup (template_id);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (change_cb), start, start_free, G_CONNECT_DEFAULT);

  return button;
}

static gboolean
may_change (ForlopSession *session)
{
  ForlopIdentity *me = forlop_session_get_actor (session);

  return me != NULL && forlop_act_allows_role (forlop_act_find ("save-template"), forlop_identity_get_role (me));
}

static void
append_row (GtkListBox           *list,
            ForlopSession        *session,
            const ForlopPlanData *data,
            const char           *title,
            const char           *subtitle,
            const char           *template_id)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle",
                                 subtitle != NULL ? subtitle : "", "activatable", TRUE, NULL);
  Start *start = g_new0 (Start, 1);

  start->session = g_object_ref (session);
  start->case_id = g_strdup (data->the_case->case_id);
  start->template_id = g_strdup (template_id);
  if (template_id != NULL && may_change (session))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), change_button_new (session, title, template_id));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_data (row, "activated", G_CALLBACK (activated_cb), start, start_free, G_CONNECT_DEFAULT);
  gtk_list_box_append (list, row);
}

GtkWidget *
forlop_plan_start_new (ForlopSession        *session,
                       const ForlopPlanData *data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *title = gtk_label_new (_("Begin a draft"));
  GtkWidget *list = gtk_list_box_new ();
  gboolean in_force;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), box);
  g_return_val_if_fail (data != NULL, box);

  in_force = forlop_snapshot_find (data->the_case->snapshot, "care_plan", "status", "in_force") != NULL;
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "title-4");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  append_row (GTK_LIST_BOX (list), session, data,
              in_force ? _("A copy of the plan in force") : _("An empty draft"), NULL, NULL);
  for (unsigned int i = 0; i < data->templates->len; i++)
    {
      ForlopRecord *template = g_ptr_array_index (data->templates, i);

      append_row (GTK_LIST_BOX (list), session, data, forlop_record_get_text (template, "title"),
                  forlop_record_get_boolean (template, "proposal")
                    ? _("Template · proposal, to be set by a doctor") : _("Template"),
                  forlop_record_get_id (template));
    }
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), list);

  return box;
}
