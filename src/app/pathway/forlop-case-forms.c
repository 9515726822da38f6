/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-case-forms.h"

#include <glib/gi18n-lib.h>

#include "forlop-case-sections.h"
#include "forlop-format.h"
#include "forlop-questionnaire.h"
#include "forlop-severity-mark.h"

/* Older ones are on the time line. */
#define SHOWN 3

static void
add_line (AdwExpanderRow *row,
          const char     *label,
          const char     *value)
{
  GtkWidget *line = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", value,
                                  "subtitle", label, NULL);

  if (label != NULL)
    gtk_widget_add_css_class (line, "property");
  adw_expander_row_add_row (row, line);
}

/* The answers as they were kept, and who gave them. */
static void
add_answers (AdwExpanderRow       *row,
             const ForlopCaseData *data,
             ForlopRecord         *answer)
{
  static const char *const fields[] = { "score", "answered_by", "entered_by" };
  g_auto (GStrv) lines = g_strsplit (forlop_record_get_text (answer, "answers"), "\n", -1);

  for (unsigned int i = 0; lines[i] != NULL; i++)
    add_line (row, NULL, lines[i]);
  for (unsigned int i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const ForlopField *field =
        forlop_record_type_field (forlop_record_get_rtype (answer), fields[i]);
      g_autofree char *value = forlop_case_data_dup_value (data, answer, field);

      if (value != NULL)
        add_line (row, _(field->label), value);
    }
}

static GtkWidget *
row_new (const ForlopCaseData *data,
         ForlopRecord         *answer,
         gint64                now)
{
  const char *title = g_hash_table_lookup (data->names, forlop_record_get_text (answer, "form_id"));
  gint64 at = forlop_record_get_instant (answer, "answered_at");
  g_autofree char *sentence = forlop_form_reason_describe (forlop_record_get_text (answer, "reason"));
  g_autofree char *when = forlop_instant_format_relative (at, now);
  g_autofree char *exact = forlop_instant_format (at);
  ForlopSeverity severity = FORLOP_SEVERITY_NONE;
  GtkWidget *row = g_object_new (ADW_TYPE_EXPANDER_ROW, "use-markup", FALSE,
                                 "title", title != NULL ? title : _("Form"),
                                 "subtitle", sentence != NULL ? sentence : "", NULL);
  GtkWidget *time = gtk_label_new (when);
  GtkWidget *mark;

  forlop_severity_from_code (forlop_record_get_text (answer, "severity"), &severity);
  mark = forlop_severity_mark_new (severity);
  forlop_severity_mark_set_show_word (FORLOP_SEVERITY_MARK (mark), FALSE);
  gtk_widget_add_css_class (time, "dim-label");
  gtk_widget_add_css_class (time, "numeric");
  gtk_widget_set_tooltip_text (time, exact);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), mark);
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (row), time);
  add_answers (ADW_EXPANDER_ROW (row), data, answer);

  return row;
}

GtkWidget *
forlop_case_forms_new (ForlopCaseData *data,
                       const char     *role,
                       gint64          now)
{
  GPtrArray *answers;
  GtkWidget *group;

  g_return_val_if_fail (data != NULL, NULL);

  answers = forlop_snapshot_list (data->snapshot, "form_answer");
  if (answers->len == 0 && forlop_snapshot_list (data->snapshot, "form")->len == 0)
    return NULL;

  group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Symptom forms"));
  if (answers->len == 0)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                           _("None is answered yet."));
  if (data->case_id != NULL && forlop_case_act_is_open (data, role, "answer-form"))
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_("A_nswer form"));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.act");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sss)", "answer-form", "case",
                                        data->case_id);
      adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);
    }
  for (unsigned int i = answers->len; i > 0 && answers->len - i < SHOWN; i--)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               row_new (data, g_ptr_array_index (answers, i - 1), now));

  return group;
}
