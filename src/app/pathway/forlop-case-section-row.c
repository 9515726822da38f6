/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-case-section-row.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-layout.h"
#include "forlop-contested-value.h"
#include "forlop-field-value.h"
#include "forlop-fold-row.h"
#include "forlop-record-card.h"
#include "forlop-record-title.h"
#include "forlop-waiting-tag.h"

/* One that was corrected more often is not followed to its beginning. */
#define MOST_CORRECTIONS 50

typedef struct {
  const ForlopCaseSection *section;
  ForlopCaseData *data;
  char *role;
  char *unit_id;
  gboolean narrow;
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  forlop_case_data_unref (row->data);
  g_free (row->role);
  g_free (row->unit_id);
  g_free (row);
}

/* Answers of an earlier assessment belong to that one. */
static GPtrArray *
list_records (const ForlopCaseSection *section,
              const ForlopCaseData    *data)
{
  GPtrArray *all = forlop_snapshot_list (data->snapshot, section->type);
  GPtrArray *records = g_ptr_array_new ();
  ForlopRecord *assessment = forlop_snapshot_latest (data->snapshot, "assessment");

  for (unsigned int i = all->len; i > 0; i--)
    {
      ForlopRecord *record = g_ptr_array_index (all, i - 1);
      const ForlopRecordType *type = forlop_record_get_rtype (record);

      if (forlop_record_type_field (type, "assessment_id") != NULL && assessment != NULL &&
          !forlop_record_text_is (record, "assessment_id", forlop_record_get_id (assessment)))
        continue;
      if (g_str_equal (type->name, "case") && !forlop_record_has (record, "started_on"))
        continue;
      g_ptr_array_add (records, record);
    }

  return records;
}

/* @brief has no room for words: they are the tooltip and the name. */
static GtkWidget *
act_button_new (const char *act,
                const char *subject_type,
                const char *subject_id,
                gboolean    brief)
{
  const char *title = forlop_act_layout_title (forlop_act_find (act), subject_type);
  GtkWidget *button = brief ? gtk_button_new_from_icon_name ("document-edit-symbolic")
                            : gtk_button_new_with_label (title);

  if (brief)
    {
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, title);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
    }
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.act");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sss)", act, subject_type, subject_id);

  return button;
}

/* What is made on paper of a record: a decision's letter, and the plan in force. */
static GtkWidget *
paper_button_new (const Row    *row,
                  ForlopRecord *record)
{
  gboolean of_plan = forlop_record_is (record, "care_plan");
  GtkWidget *button;

  if ((!of_plan && !forlop_record_is (record, "decision")) ||
      (of_plan && !forlop_record_text_is (record, "status", "in_force")) ||
      !forlop_case_act_is_open (row->data, row->role, "attach-document"))
    return NULL;

  button = gtk_button_new_with_label (of_plan ? _("Print for the citizen…") : _("Letter…"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.paper");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", row->section->type,
                                    forlop_record_get_id (record));

  return button;
}

/* The acts on one record that make sense for it now. */
static GtkWidget *
record_acts_new (const Row    *row,
                 ForlopRecord *record)
{
  GtkWidget *box = adw_wrap_box_new ();
  GtkWidget *paper = paper_button_new (row, record);
  unsigned int n = 0;

  if (paper != NULL)
    {
      adw_wrap_box_append (ADW_WRAP_BOX (box), paper);
      n++;
    }
  for (unsigned int i = 0; row->section->record_acts[i] != NULL; i += 2)
    {
      const char *act = row->section->record_acts[i];
      GtkWidget *button;

      if (!forlop_case_condition_holds (record, row->unit_id, row->section->record_acts[i + 1]) ||
          !forlop_case_act_is_open (row->data, row->role, act))
        continue;
      button = act_button_new (act, row->section->type, forlop_record_get_id (record), FALSE);
      /* There are many notes, and few are blocked. */
      if (g_str_equal (row->section->type, "note"))
        gtk_widget_add_css_class (button, "flat");
      adw_wrap_box_append (ADW_WRAP_BOX (box), button);
      n++;
    }
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  gtk_widget_set_visible (box, n > 0);

  return box;
}

/* The acts on the case but for the usual one, which stands on the line itself. */
static GtkWidget *
other_acts_new (const Row *row)
{
  GtkWidget *box = adw_wrap_box_new ();
  gboolean usual_passed = FALSE;
  unsigned int n = 0;

  for (unsigned int i = 0; row->section->acts[i] != NULL; i++)
    {
      if (!forlop_case_act_is_open (row->data, row->role, row->section->acts[i]))
        continue;
      if (usual_passed)
        {
          adw_wrap_box_append (ADW_WRAP_BOX (box),
                               act_button_new (row->section->acts[i], "case", row->data->case_id, FALSE));
          n++;
        }
      usual_passed = TRUE;
    }
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  gtk_widget_set_visible (box, n > 0);

  return box;
}

/* "Glemmer å måle: 3 × 2 · Påminnelse" — the second and later fields as one line. */
static char *
dup_rest (const ForlopCaseData *data,
          ForlopRecord         *record)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const ForlopRecordType *type = forlop_record_get_rtype (record);
  gboolean first = TRUE;

  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    {
      g_autofree char *value = NULL;

      if (field->kind == FORLOP_KIND_REF)
        continue;
      if (first)
        {
          first = FALSE;
          continue;
        }
      value = forlop_case_data_dup_value (data, record, field);
      if (value == NULL)
        continue;
      if (text->len > 0)
        g_string_append (text, " · ");
      if (field->kind == FORLOP_KIND_INTEGER)
        g_string_append_printf (text, "%s: ", _(field->label));
      g_string_append (text, value);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
fill_compact (const Row *row,
              GPtrArray *records,
              GtkBox    *box)
{
  for (unsigned int i = records->len; i > 0; i--)
    {
      ForlopRecord *record = g_ptr_array_index (records, i - 1);
      g_autofree char *title = forlop_record_dup_title (record);
      g_autofree char *rest = dup_rest (row->data, record);
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      GtkWidget *card = forlop_record_card_line_new (title, rest, row->narrow);

      gtk_widget_set_hexpand (card, TRUE);
      gtk_box_append (GTK_BOX (line), card);
      gtk_box_append (GTK_BOX (line), record_acts_new (row, record));
      gtk_box_append (box, line);
    }
}

/* The note that a blocking of @note names: the server says it, and without a server it is the first of those that
 * correct each other. */
static const char *
blocked_note (const Row    *row,
              ForlopRecord *note)
{
  ForlopRecord *corrected = note;

  for (unsigned int i = 0; corrected != NULL && !forlop_record_has (note, "apart_id") && i < MOST_CORRECTIONS; i++)
    {
      note = corrected;
      corrected = forlop_record_has (note, "corrects_id")
                    ? forlop_snapshot_get (row->data->snapshot, "note", forlop_record_get_text (note, "corrects_id"))
                    : NULL;
    }

  return forlop_record_has (note, "apart_id") ? forlop_record_get_text (note, "apart_id") : forlop_record_get_id (note);
}

/* Who is kept from a note, for those who are not. */
static char *
dup_kept_from (const Row    *row,
               ForlopRecord *note)
{
  GPtrArray *blocks = forlop_snapshot_list (row->data->snapshot, "block");
  const char *apart_id = blocked_note (row, note);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  for (unsigned int i = 0; i < blocks->len; i++)
    {
      ForlopRecord *block = g_ptr_array_index (blocks, i);
      const char *who = forlop_record_has (block, "user_id") ? forlop_record_get_text (block, "user_id")
                                                             : forlop_record_get_text (block, "unit_id");
      char *name = who != NULL ? g_hash_table_lookup (row->data->names, who) : NULL;

      if (forlop_record_text_is (block, "apart_id", apart_id) && !forlop_record_has (block, "lifted_on"))
        g_ptr_array_add (names, name != NULL ? name : _("somebody"));
    }
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);
  joined = g_strjoinv (", ", (char **) names->pdata);

  /* Translators: names of people and units. */
  return g_strdup_printf (_("⊘ Blocked for: %s"), joined);
}

static void
append_kept_from (const Row    *row,
                  ForlopRecord *note,
                  GtkBox       *box)
{
  g_autofree char *text = dup_kept_from (row, note);
  GtkWidget *label;

  if (text == NULL)
    return;
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "forlop-tag");
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_box_append (box, label);
}

/* The newest in full, the earlier ones below it. */
static void
fill_full (const Row *row,
           GPtrArray *records,
           GtkBox    *box)
{
  static const char *const said_below[] = { "apart_id", NULL };
  gboolean is_note = g_str_equal (row->section->type, "note");

  for (unsigned int i = 0; i < records->len; i++)
    {
      ForlopRecord *record = g_ptr_array_index (records, i);
      g_autofree char *title = records->len > 1 ? forlop_record_dup_title (record) : NULL;
      GtkWidget *card = g_str_equal (row->section->type, "care_plan")
                          ? forlop_plan_card_new (row->data, record, row->narrow)
                          : forlop_record_card_new (row->data, record, title, is_note ? said_below : NULL,
                                                    row->narrow);

      if (i > 0)
        gtk_box_append (box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
      gtk_box_append (box, card);
      if (is_note)
        append_kept_from (row, record, box);
      if (forlop_snapshot_waits (row->data->snapshot, forlop_record_get_id (record)))
        gtk_box_append (box, forlop_waiting_tag_new ());
      if (forlop_contested_has (record, forlop_snapshot_list (row->data->snapshot, "contested_value")))
        gtk_box_append (box, forlop_contested_note_new ());
      gtk_box_append (box, record_acts_new (row, record));
    }
}

static GtkWidget *
inside_new (gpointer user_data)
{
  const Row *row = user_data;
  g_autoptr (GPtrArray) records = list_records (row->section, row->data);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (box, "forlop-case-record");
  if (row->section->compact)
    fill_compact (row, records, GTK_BOX (box));
  else
    fill_full (row, records, GTK_BOX (box));
  gtk_box_append (GTK_BOX (box), other_acts_new (row));

  return g_object_new (ADW_TYPE_PREFERENCES_ROW, "activatable", FALSE, "focusable", FALSE,
                       "title", _(row->section->title), "child", box, NULL);
}

static gboolean
any_waits (const ForlopCaseData *data,
           GPtrArray            *records)
{
  for (unsigned int i = 0; i < records->len; i++)
    if (forlop_snapshot_waits (data->snapshot, forlop_record_get_id (g_ptr_array_index (records, i))))
      return TRUE;

  return FALSE;
}

static char *
dup_summary (const ForlopCaseSection *section,
             const ForlopCaseData    *data,
             GPtrArray               *records)
{
  g_autofree char *title = NULL;

  if (records->len == 0)
    return g_strdup (_("Nothing recorded"));
  if (section->compact)
    return g_strdup_printf (ngettext ("%u recorded", "%u recorded", records->len), records->len);
  if (g_str_equal (section->type, "case"))
    {
      g_autofree char *started = forlop_record_dup_shown (g_ptr_array_index (records, 0), "started_on");

      /* Translators: a date. */
      return g_strdup_printf (_("Started %s"), started);
    }
  if (g_str_equal (section->type, "loan"))
    {
      ForlopRecord *loan = g_ptr_array_index (records, 0);

      title = g_strdup (g_hash_table_lookup (data->names, forlop_record_get_text (loan, "item_id")));
    }
  if (title == NULL)
    title = forlop_record_dup_title (g_ptr_array_index (records, 0));
  if (records->len == 1)
    return g_steal_pointer (&title);

  /* Translators: the newest record, and how many there are besides. */
  return g_strdup_printf (ngettext ("%s, and %u earlier", "%s, and %u earlier", records->len - 1), title,
                          records->len - 1);
}

static const char *
usual_act (const Row *row)
{
  for (unsigned int i = 0; row->section->acts[i] != NULL; i++)
    if (forlop_case_act_is_open (row->data, row->role, row->section->acts[i]))
      return row->section->acts[i];

  return NULL;
}

GtkWidget *
forlop_case_section_row_new (const ForlopCaseSection *section,
                             ForlopCaseData          *data,
                             const char              *role,
                             const char              *unit_id,
                             gboolean                 narrow)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *subtitle = NULL;
  GtkWidget *line;
  const char *act;
  Row *row;

  g_return_val_if_fail (section != NULL, NULL);
  g_return_val_if_fail (data != NULL, NULL);

  row = g_new0 (Row, 1);
  row->section = section;
  row->data = forlop_case_data_ref (data);
  row->role = g_strdup (role);
  row->unit_id = g_strdup (unit_id);
  row->narrow = narrow;

  records = list_records (section, data);
  act = usual_act (row);
  if (records->len == 0 && act == NULL)
    {
      row_free (row);
      return NULL;
    }

  summary = dup_summary (section, data, records);
  subtitle = any_waits (data, records) ? g_strjoin (" · ", forlop_waiting_words (), summary, NULL)
                                       : g_strdup (summary);
  line = forlop_fold_row_new (_(section->title), subtitle, records->len > 0);
  forlop_fold_row_set_fill (FORLOP_FOLD_ROW (line), inside_new, row, row_free);
  if (records->len == 0)
    gtk_widget_add_css_class (line, "forlop-empty-section");
  if (act != NULL)
    forlop_fold_row_add_suffix (FORLOP_FOLD_ROW (line),
                                act_button_new (act, data->case_id != NULL ? "case" : "citizen",
                                                data->case_id != NULL ? data->case_id : data->citizen_id,
                                                narrow));

  return line;
}
