/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-parts.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "forlop-act-dialog.h"
#include "forlop-act-run.h"
#include "forlop-plan-diff.h"

typedef struct {
  const char *type;
  const char *save;
  const char *remove;
  const char *argument; /* the record that @save changes and @remove takes out */
  const char *add_label;
  const char *empty;
} Kind;

static const Kind kinds[] = {
  { "schedule", "save-schedule", "remove-schedule", "schedule_id", N_("_Add schedule"),
    N_("Nothing is to be measured or answered yet.") },
  { "plan_rule", "save-plan-rule", "remove-plan-rule", "plan_rule_id", N_("_Add trend rule"),
    N_("No trend rules.") },
};

typedef struct {
  ForlopSession *session;
  const Kind *kind;
  char *plan_id;
  char *part_id; /* NULL: a new one */
  char *case_id;
  char *citizen_id;
} Button;

static void
button_free (gpointer  data,
             GClosure *closure G_GNUC_UNUSED)
{
  Button *button = data;

  g_object_unref (button->session);
  g_free (button->plan_id);
  g_free (button->part_id);
  g_free (button->case_id);
  g_free (button->citizen_id);
  g_free (button);
}

static Button *
button_new (ForlopSession        *session,
            const ForlopPlanData *data,
            const Kind           *kind,
            ForlopRecord         *part)
{
  Button *button = g_new0 (Button, 1);

  button->session = g_object_ref (session);
  button->kind = kind;
  button->plan_id = g_strdup (forlop_record_get_id (data->plan));
  button->part_id = part != NULL ? g_strdup (forlop_record_get_id (part)) : NULL;
  button->case_id = g_strdup (data->the_case->case_id);
  button->citizen_id = g_strdup (data->the_case->citizen_id);

  return button;
}

static void
save_cb (GtkWidget    *widget,
         const Button *button)
{
  g_autofree char *known =
    button->part_id != NULL
      ? g_strdup_printf ("{\"care_plan_id\":\"%s\"}", button->plan_id)
      : g_strdup_printf ("{\"care_plan_id\":\"%s\",\"%s\":null}", button->plan_id, button->kind->argument);

  forlop_act_dialog_present_known (widget, button->session, button->kind->save,
                                   button->part_id != NULL ? button->kind->type : "care_plan",
                                   button->part_id != NULL ? button->part_id : button->plan_id,
                                   button->case_id, button->citizen_id, known);
}

static void
remove_cb (GtkWidget    *widget,
           const Button *button)
{
  const ForlopAct *act = forlop_act_find (button->kind->remove);
  g_autoptr (ForlopRecord) arguments = forlop_acts_new_arguments (act, NULL);
  const ForlopActCall call = { act, arguments };

  forlop_record_set_text (arguments, button->kind->argument, button->part_id);
  forlop_act_run (widget, button->session, &call, 1, NULL, NULL, NULL);
}

static GtkWidget *
icon_button_new (const char *icon,
                 const char *act,
                 const char *what)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  const char *title = forlop_act_title (forlop_act_find (act), "care_plan");
  g_autofree char *name = g_strdup_printf ("%s: %s", title, what);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return button;
}

static GtkWidget *
row_new (ForlopSession        *session,
         const ForlopPlanData *data,
         const Kind           *kind,
         ForlopRecord         *part)
{
  g_autofree char *subject = forlop_plan_part_subject (part, data->the_case->names);
  g_autofree char *words = forlop_plan_part_describe (part);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", subject, "subtitle",
                                 words != NULL ? words : "", "subtitle-lines", 0, NULL);
  GtkWidget *edit = gtk_button_new_from_icon_name ("document-edit-symbolic");
  GtkWidget *taken = icon_button_new ("edit-delete-symbolic", kind->remove, subject);
  g_autofree char *name = g_strdup_printf ("%s: %s", _("Change"), subject);

  gtk_widget_add_css_class (edit, "flat");
  gtk_widget_set_valign (edit, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (edit, _("Change"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (edit), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_data (edit, "clicked", G_CALLBACK (save_cb), button_new (session, data, kind, part),
                         button_free, G_CONNECT_DEFAULT);
  g_signal_connect_data (taken, "clicked", G_CALLBACK (remove_cb), button_new (session, data, kind, part),
                         button_free, G_CONNECT_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), edit);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), taken);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), edit);

  return row;
}

static const Kind *
find_kind (const char *type)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].type, type))
      return &kinds[i];

  return NULL;
}

GtkWidget *
forlop_plan_parts_new (ForlopSession        *session,
                       const ForlopPlanData *data,
                       const char           *type)
{
  g_autoptr (GPtrArray) parts = NULL;
  GtkWidget *list = gtk_list_box_new ();
  const Kind *kind;
  GtkWidget *add;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), list);
  g_return_val_if_fail (data != NULL && data->plan != NULL, list);

  kind = find_kind (type);
  parts = forlop_plan_list_parts (data->the_case->snapshot, type, data->plan);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (unsigned int i = 0; i < parts->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), row_new (session, data, kind, g_ptr_array_index (parts, i)));
  if (parts->len == 0)
    gtk_list_box_append (GTK_LIST_BOX (list),
                         g_object_new (ADW_TYPE_ACTION_ROW, "title", _(kind->empty), "activatable", FALSE,
                                       "focusable", FALSE, "css-classes",
                                       (const char *const[]) { "dim-label", NULL }, NULL));

  add = g_object_new (ADW_TYPE_BUTTON_ROW, "title", _(kind->add_label), "use-underline", TRUE,
                      "start-icon-name", "list-add-symbolic", NULL);
  g_signal_connect_data (add, "activated", G_CALLBACK (save_cb), button_new (session, data, kind, NULL),
                         button_free, G_CONNECT_DEFAULT);
  gtk_list_box_append (GTK_LIST_BOX (list), add);

  return list;
}
