/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-case-page-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-case-documents.h"
#include "forlop-case-forms.h"
#include "forlop-case-measurements.h"
#include "forlop-case-section-row.h"
#include "forlop-fold-row.h"

/* What is opened or closed by hand stays so when the page is read anew. */
static void
open_cb (ForlopFoldRow  *row,
         GParamSpec     *pspec G_GNUC_UNUSED,
         ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  const ForlopCaseSection *section = g_object_get_data (G_OBJECT (row), "forlop-section");

  g_hash_table_insert (priv->expanded, (gpointer) section->type,
                       GINT_TO_POINTER (forlop_fold_row_get_open (row) ? 1 : 2));
}

/* Open are the sections of the step the case stands in, and those that stand alone on their tab. */
static gboolean
is_expanded (ForlopCasePagePrivate   *priv,
             const ForlopCaseSection *section)
{
  int by_hand = GPOINTER_TO_INT (g_hash_table_lookup (priv->expanded, section->type));

  if (by_hand != 0)
    return by_hand == 1;

  return !g_str_equal (section->tab, "overview") ||
         (section->step != FORLOP_N_STEPS && section->step == priv->data->pathway.current);
}

static GtkWidget *
sections_new (ForlopCasePage *self,
              const char     *tab)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  gboolean narrow = forlop_view_get_narrow (FORLOP_VIEW (self));
  GtkWidget *list = gtk_list_box_new ();
  unsigned int n = 0;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  forlop_fold_row_connect (GTK_LIST_BOX (list));
  for (const ForlopCaseSection *section = forlop_case_sections (); section->tab != NULL; section++)
    {
      GtkWidget *row;

      if (!g_str_equal (section->tab, tab))
        continue;
      row = forlop_case_section_row_new (section, priv->data, forlop_case_page_get_role (self),
                                         narrow);
      if (row == NULL)
        continue;
      g_object_set_data (G_OBJECT (row), "forlop-section", (gpointer) section);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
      forlop_fold_row_set_open (FORLOP_FOLD_ROW (row), is_expanded (priv, section));
      g_signal_connect_object (row, "notify::open", G_CALLBACK (open_cb), self, 0);
      n++;
    }

  if (n > 0)
    return list;

  g_object_ref_sink (list);
  g_object_unref (list);

  return forlop_empty_state_new ("forlop-citizens-symbolic", _("Nothing recorded"),
                                 _("What belongs here shows when it is registered."));
}

static GtkWidget *
documents_new (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (box), forlop_case_documents_new (priv->data, forlop_case_page_get_role (self)));
  gtk_box_append (GTK_BOX (box), sections_new (self, "documents"));

  return box;
}

static GtkWidget *
plan_new (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *button;

  if (priv->data->case_id != NULL)
    {
      button = gtk_button_new_with_mnemonic (_("_Open the plan"));
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_widget_add_css_class (button, "suggested-action");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", "plan", priv->data->case_id);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_box_append (GTK_BOX (box), sections_new (self, "plan"));

  return box;
}

static GtkWidget *
measurements_new (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  const char *role = forlop_case_page_get_role (self);
  gint64 now = forlop_session_now (forlop_view_get_session (FORLOP_VIEW (self)));
  GtkWidget *measurements = forlop_case_measurements_new (
    priv->data, role, now, forlop_view_get_narrow (FORLOP_VIEW (self)));
  GtkWidget *forms = forlop_case_forms_new (priv->data, role, now);
  GtkWidget *box;

  if (forms == NULL)
    return measurements;

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_box_append (GTK_BOX (box), forms);
  gtk_box_append (GTK_BOX (box), measurements);

  return box;
}

unsigned int
forlop_case_page_get_days (ForlopCasePage *self)
{
  static const struct {
    const char *period;
    unsigned int days;
  } periods[] = { { "week", 7 }, { "month", 30 }, { "quarter", 90 }, { "year", 365 } };
  const char *period = adw_toggle_group_get_active_name (forlop_case_page_private (self)->period);

  for (unsigned int i = 0; i < G_N_ELEMENTS (periods); i++)
    if (g_strcmp0 (period, periods[i].period) == 0)
      return periods[i].days;

  return FORLOP_CASE_MEASURED_DAYS;
}

void
forlop_case_page_fill_tab (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  const char *tab = adw_view_stack_get_visible_child_name (priv->tabs);

  if (priv->data == NULL || tab == NULL || !g_hash_table_add (priv->filled, g_strdup (tab)))
    return;

  if (g_str_equal (tab, "overview"))
    adw_bin_set_child (priv->overview_bin, sections_new (self, tab));
  else if (g_str_equal (tab, "plan"))
    adw_bin_set_child (priv->plan_bin, plan_new (self));
  else if (g_str_equal (tab, "measurements"))
    adw_bin_set_child (priv->measurements_bin, measurements_new (self));
  else if (g_str_equal (tab, "equipment"))
    adw_bin_set_child (priv->equipment_bin, sections_new (self, tab));
  else if (g_str_equal (tab, "documents"))
    adw_bin_set_child (priv->documents_bin, documents_new (self));
  else if (g_str_equal (tab, "benefits"))
    adw_bin_set_child (priv->benefits_bin, sections_new (self, tab));
}
