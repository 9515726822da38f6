/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-benefits-tables.h"

#include <glib/gi18n-lib.h>

#include "forlop-bar.h"
#include "forlop-format.h"

static void
clear_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

static GtkWidget *
attach_text (GtkGrid    *grid,
             const char *text,
             int         column,
             int         row,
             gboolean    number)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (number)
    gtk_widget_add_css_class (label, "numeric");
  gtk_grid_attach (grid, label, column, row, 1, 1);

  return label;
}

static void
attach_number (GtkGrid *grid,
               double   value,
               int      column,
               int      row)
{
  g_autofree char *text = forlop_number_format (value, 1, FALSE);

  attach_text (grid, text, column, row, TRUE);
}

static void
attach_headings (GtkGrid           *grid,
                 const char *const *headings)
{
  for (int i = 0; headings[i] != NULL; i++)
    {
      GtkWidget *label = attach_text (grid, headings[i], i, 0, i > 0);

      gtk_widget_add_css_class (label, "caption-heading");
      gtk_widget_add_css_class (label, "dim-label");
    }
}

/* After as a share of before, or of itself where it has grown; the bar needs room and is left out where
 * there is none. */
static void
attach_bar (ForlopView *view,
            GtkGrid    *grid,
            double      share,
            int         column,
            int         row)
{
  GtkWidget *bar = forlop_bar_new (share);

  gtk_widget_set_hexpand (bar, TRUE);
  g_object_bind_property (view, "narrow", bar, "visible",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  gtk_grid_attach (grid, bar, column, row, 1, 1);
}

void
forlop_benefits_tables_show_use (GtkGrid              *grid,
                                 const ForlopBenefits *sums,
                                 ForlopView           *view)
{
  const char *const headings[] = {
    _("Per month"), _("Before"), _("After"), _("People"), NULL,
  };
  const ForlopRecordType *baseline = forlop_record_type_find ("baseline");
  int row = 1;

  clear_grid (grid);
  attach_headings (grid, headings);
  for (int i = 0; i < FORLOP_N_BENEFITS; i++)
    {
      const ForlopBenefitSum *sum = &sums->sums[i];
      const ForlopField *field =
        forlop_record_type_field (baseline, forlop_benefit_field ((ForlopBenefit) i));
      double most = MAX (sum->before, sum->after);

      if (i == FORLOP_BENEFIT_FIRST_COUNT)
        {
          GtkWidget *label = attach_text (grid, _("In the whole period"), 0, row++, FALSE);

          gtk_widget_add_css_class (label, "caption-heading");
          gtk_widget_add_css_class (label, "dim-label");
          gtk_widget_set_margin_top (label, 6);
        }
      attach_text (grid, _(field->label), 0, row, FALSE);
      if (sum->is_withheld)
        attach_text (grid, _("not shown"), 1, row, TRUE);
      else if (sum->n == 0)
        attach_text (grid, _("not entered"), 1, row, TRUE);
      else
        {
          attach_number (grid, sum->before, 1, row);
          attach_number (grid, sum->after, 2, row);
          attach_bar (view, grid, most > 0 ? sum->after / most : 0, 4, row);
        }
      if (!sum->is_withheld)
        attach_number (grid, sum->n, 3, row);
      row++;
    }
}

void
forlop_benefits_tables_show_costs (GtkGrid              *grid,
                                   GtkLabel             *note_label,
                                   const ForlopBenefits *sums)
{
  const char *const headings[] = { _("NOK per month"), _("Without"), _("With"), NULL };
  const ForlopField *kind =
    forlop_record_type_field (forlop_record_type_find ("benefit_cost"), "kind");
  g_autofree char *note = NULL;
  int row = 1;

  clear_grid (grid);
  gtk_widget_set_visible (GTK_WIDGET (grid), sums->n_costs > 0);
  note = sums->are_costs_withheld ? g_strdup (_("Too few have costs for both for them to be shown without names."))
         : sums->n_costs == 0
           ? g_strdup (_("No costs are entered both without and with home follow-up. They are entered "
                         "in a case."))
           : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "As entered for %u person with costs for both.",
                                           "As entered for %u people with costs for both.",
                                           sums->n_costs), sums->n_costs);
  gtk_label_set_label (note_label, note);
  if (sums->n_costs == 0)
    return;

  attach_headings (grid, headings);
  for (const ForlopChoice *choice = kind->choices; choice->code != NULL; choice++, row++)
    {
      attach_text (grid, _(choice->label), 0, row, FALSE);
      attach_number (grid, forlop_benefits_cost (sums, "without", choice->code), 1, row);
      attach_number (grid, forlop_benefits_cost (sums, "with", choice->code), 2, row);
    }
  gtk_widget_add_css_class (attach_text (grid, _("Sum"), 0, row, FALSE), "heading");
  attach_number (grid, forlop_benefits_cost (sums, "without", NULL), 1, row);
  attach_number (grid, forlop_benefits_cost (sums, "with", NULL), 2, row);
}

static unsigned int
count_answers (const ForlopBenefits *sums,
               const ForlopField    *question)
{
  unsigned int n = 0;

  for (const ForlopChoice *choice = question->choices; choice->code != NULL; choice++)
    n += forlop_benefits_survey (sums, question->name, choice->code);

  return n;
}

void
forlop_benefits_tables_show_survey (GtkGrid              *grid,
                                    GtkLabel             *note_label,
                                    const ForlopBenefits *sums)
{
  static const char *const questions[] = { "safety", "admissions", "plan_use", "satisfaction" };
  const ForlopRecordType *type = forlop_record_type_find ("survey_answer");
  g_autofree char *note = NULL;
  int row = 0;

  clear_grid (grid);
  note = sums->is_survey_withheld ? g_strdup (_("Too few have answered for the answers to be shown without names."))
         : sums->n_surveys == 0
           ? g_strdup (_("Nobody has answered yet. The citizen's answers are entered in the case."))
           : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u answer", "%u answers",
                                           sums->n_surveys), sums->n_surveys);
  gtk_label_set_label (note_label, note);
  gtk_widget_set_visible (GTK_WIDGET (grid), sums->n_surveys > 0);

  for (unsigned int i = 0; i < G_N_ELEMENTS (questions) && sums->n_surveys > 0; i++)
    {
      const ForlopField *question = forlop_record_type_field (type, questions[i]);
      unsigned int n = count_answers (sums, question);
      g_autofree char *title = g_strdup_printf ("%s (n = %u)", _(question->label), n);
      GtkWidget *heading = attach_text (grid, title, 0, row++, FALSE);

      gtk_widget_add_css_class (heading, "heading");
      gtk_widget_set_margin_top (heading, i > 0 ? 12 : 0);
      for (const ForlopChoice *choice = question->choices; choice->code != NULL; choice++, row++)
        {
          unsigned int answers = forlop_benefits_survey (sums, question->name, choice->code);
          GtkWidget *bar = forlop_bar_new (n > 0 ? (double) answers / n : 0);

          attach_text (grid, _(choice->label), 0, row, FALSE);
          attach_number (grid, answers, 1, row);
          gtk_widget_set_hexpand (bar, TRUE);
          gtk_grid_attach (grid, bar, 2, row, 1, 1);
        }
    }
}
