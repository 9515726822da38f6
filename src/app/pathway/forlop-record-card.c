/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-record-card.h"

#include <glib/gi18n-lib.h>

#include "forlop-contested-value.h"
#include "forlop-field-value.h"
#include "forlop-measure.h"
#include "forlop-plan-diff.h"
#include "forlop-record-title.h"

#define LABEL_WIDTH 200

/* What everybody can see anyway from where the record stands. */
static const char *const never_shown[] = {
  "citizen_id", "case_id", "assessment_id", "care_plan_id", "media_type", NULL,
};

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

GtkWidget *
forlop_record_card_line_new (const char *label,
                             const char *value,
                             gboolean    narrow)
{
  GtkWidget *line = gtk_box_new (narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL,
                                 narrow ? 0 : 12);
  GtkWidget *name = new_label (label, "caption");
  GtkWidget *text = new_label (value, NULL);

  g_return_val_if_fail (label != NULL, line);
  g_return_val_if_fail (value != NULL, line);

  gtk_widget_add_css_class (name, "dim-label");
  gtk_widget_set_valign (name, GTK_ALIGN_BASELINE_FILL);
  if (!narrow)
    gtk_widget_set_size_request (name, LABEL_WIDTH, -1);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 26);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 80);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_can_focus (text, FALSE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_BASELINE_FILL);
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), text);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name,
                                  NULL, -1);

  return line;
}

GtkWidget *
forlop_record_card_new (const ForlopCaseData *data,
                        ForlopRecord         *record,
                        const char           *heading,
                        const char *const    *left_out,
                        gboolean              narrow)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const ForlopRecordType *type;

  g_return_val_if_fail (data != NULL, card);
  g_return_val_if_fail (FORLOP_IS_RECORD (record), card);

  if (heading != NULL)
    gtk_box_append (GTK_BOX (card), new_label (heading, "heading"));

  type = forlop_record_get_rtype (record);
  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    {
      g_autofree char *value = NULL;

      if (g_strv_contains (never_shown, field->name) ||
          (left_out != NULL && g_strv_contains (left_out, field->name)))
        continue;
      value = forlop_case_data_dup_value (data, record, field);
      if (value == NULL || *value == '\0')
        continue;
      gtk_box_append (GTK_BOX (card), forlop_record_card_line_new (_(field->label), value, narrow));
    }

  return card;
}

GtkWidget *
forlop_contested_note_new (void)
{
  return new_label (_("▲ Two have written this differently. Until the conflict is resolved, the more careful "
                      "of the two applies."), NULL);
}

static gboolean
any_contested (const ForlopCaseData *data,
               GPtrArray            *records)
{
  for (unsigned int i = 0; i < records->len; i++)
    if (forlop_contested_has (g_ptr_array_index (records, i),
                              forlop_snapshot_list (data->snapshot, "contested_value")))
      return TRUE;

  return FALSE;
}

static GtkWidget *
new_cell (const char *text,
          gboolean    is_number)
{
  GtkWidget *cell = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (cell), is_number ? 1 : 0);
  gtk_widget_set_hexpand (cell, !is_number);
  if (is_number)
    gtk_widget_add_css_class (cell, "numeric");

  return cell;
}

static void
attach_limit (GtkGrid      *grid,
              ForlopRecord *limit,
              int           row)
{
  static const char *const fields[] = { "red_low", "yellow_low", "yellow_high", "red_high" };
  ForlopMeasure measure = forlop_measure_find ("forlop", forlop_record_get_text (limit, "code"));
  g_autofree char *title = forlop_record_dup_title (limit);

  gtk_grid_attach (grid, new_cell (title, FALSE), 0, row, 1, 1);
  for (unsigned int i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *shown = NULL;

      if (forlop_record_has (limit, fields[i]))
        shown = measure != FORLOP_MEASURE_UNKNOWN
                  ? forlop_measure_format (measure, forlop_record_get_real (limit, fields[i]))
                  : forlop_record_dup_shown (limit, fields[i]);
      gtk_grid_attach (grid, new_cell (shown != NULL ? shown : "–", TRUE), (int) i + 1, row, 1, 1);
    }
}

static GtkWidget *
limits_new (GPtrArray *limits)
{
  static const char *const headings[] = {
    N_("Measure"), N_("Red below"), N_("Yellow below"), N_("Yellow above"), N_("Red above"),
  };
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (unsigned int i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      GtkWidget *cell = new_cell (_(headings[i]), i > 0);

      gtk_widget_add_css_class (cell, "caption");
      gtk_widget_add_css_class (cell, "dim-label");
      gtk_grid_attach (GTK_GRID (grid), cell, (int) i, 0, 1, 1);
    }
  for (unsigned int i = 0; i < limits->len; i++)
    attach_limit (GTK_GRID (grid), g_ptr_array_index (limits, i), (int) i + 1);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), grid);

  return scroller;
}

void
forlop_plan_card_append_parts (GtkBox               *card,
                               const ForlopCaseData *data,
                               ForlopRecord         *plan,
                               gboolean              narrow)
{
  static const char *const types[] = { "schedule", "plan_rule" };

  g_return_if_fail (GTK_IS_BOX (card));
  g_return_if_fail (data != NULL);
  g_return_if_fail (FORLOP_IS_RECORD (plan));

  for (unsigned int i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GPtrArray) parts = forlop_plan_list_parts (data->snapshot, types[i], plan);

      if (parts->len > 0)
        gtk_box_append (card, new_label (_(forlop_record_type_find (types[i])->label_plural), "heading"));
      for (unsigned int j = 0; j < parts->len; j++)
        {
          g_autofree char *subject = forlop_plan_part_subject (g_ptr_array_index (parts, j), data->names);
          g_autofree char *words = forlop_plan_part_describe (g_ptr_array_index (parts, j));

          gtk_box_append (card, forlop_record_card_line_new (subject, words != NULL ? words : "–", narrow));
        }
    }
}

GtkWidget *
forlop_plan_card_new (const ForlopCaseData *data,
                      ForlopRecord         *plan,
                      gboolean              narrow)
{
  g_autofree char *title = forlop_record_dup_title (plan);
  GtkWidget *card = forlop_record_card_new (data, plan, title, NULL, narrow);
  g_autoptr (GPtrArray) limits = forlop_plan_list_parts (data->snapshot, "limit", plan);

  gtk_box_append (GTK_BOX (card), new_label (_("Limits"), "heading"));
  if (limits->len > 0)
    gtk_box_append (GTK_BOX (card), limits_new (limits));
  else
    gtk_box_append (GTK_BOX (card), new_label (_("No limits are set. Values are shown without colour."),
                                               "dim-label"));
  if (any_contested (data, limits))
    gtk_box_append (GTK_BOX (card), forlop_contested_note_new ());
  forlop_plan_card_append_parts (GTK_BOX (card), data, plan, narrow);

  return card;
}
