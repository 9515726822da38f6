/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-case-page-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-case-documents.h"
#include "forlop-case-forms.h"
#include "forlop-case-measurements.h"
#include "forlop-case-section-row.h"
#include "forlop-case-sections.h"
#include "forlop-citizen-charts.h"
#include "forlop-extract-save.h"
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
  ForlopIdentity *me = forlop_session_get_actor (forlop_view_get_session (FORLOP_VIEW (self)));
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
                                         me != NULL ? forlop_identity_get_unit_id (me) : NULL, narrow);
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

/* Enough of who it is to be asked about. */
static char *
dup_who (const ForlopCaseData *data)
{
  ForlopRecord *citizen = forlop_snapshot_get_citizen (data->snapshot);
  g_autofree char *name = g_strdup_printf ("%s %s", forlop_record_get_text (citizen, "given_name"),
                                           forlop_record_get_text (citizen, "family_name"));
  g_autofree char *birth = NULL;

  if (!forlop_record_has (citizen, "birth_date"))
    return g_steal_pointer (&name);
  birth = forlop_date_format (forlop_record_get_date (citizen, "birth_date"));

  return g_strdup_printf ("%s · %s", name, birth);
}

/* A note that the reader is kept from may be needed all the same. */
static GtkWidget *
hidden_note_new (const ForlopCaseData *data)
{
  g_autofree char *who = dup_who (data);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Emergency access…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.emergency");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", data->citizen_id, who);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("A note is blocked for you"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("The citizen has asked for it."));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("changes-prevent-symbolic"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);

  return list;
}

static GtkWidget *
documents_new (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (box), forlop_case_documents_new (
    priv->data, forlop_case_page_get_role (self),
    forlop_extract_save_is_offered (forlop_view_get_session (FORLOP_VIEW (self)))));
  if (priv->data->has_hidden_note)
    gtk_box_append (GTK_BOX (box), hidden_note_new (priv->data));
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

/* The charts stay when the page is read anew: with them their period, and what is read of them. */
static void
fill_charts (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  const char *role = forlop_case_page_get_role (self);
  GtkWidget *charts = adw_bin_get_child (priv->charts_bin);

  if (charts == NULL)
    {
      charts = forlop_citizen_charts_new (forlop_view_get_session (FORLOP_VIEW (self)));
      adw_bin_set_child (priv->charts_bin, charts);
      g_object_bind_property (self, "narrow", charts, "narrow", G_BINDING_SYNC_CREATE);
    }
  forlop_citizen_charts_load (FORLOP_CITIZEN_CHARTS (charts), priv->data->citizen_id,
                              forlop_case_act_is_open (priv->data, role, "invalidate-measurement"));
}

static void
fill_measurements (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  const char *role = forlop_case_page_get_role (self);
  gint64 now = forlop_session_now (forlop_view_get_session (FORLOP_VIEW (self)));
  GtkWidget *forms = forlop_case_forms_new (priv->data, role, now);
  GtkWidget *newest = forlop_case_measurements_new (priv->data, role, now,
                                                    forlop_view_get_narrow (FORLOP_VIEW (self)));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_widget_set_visible (priv->record_button,
                          forlop_case_act_is_open (priv->data, role, "record-measurement"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (priv->record_button), "(sss)",
                                    "record-measurement", "citizen", priv->data->citizen_id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (priv->record_button), "case.act");
  fill_charts (self);
  if (forms != NULL)
    gtk_box_append (GTK_BOX (box), forms);
  if (newest != NULL)
    gtk_box_append (GTK_BOX (box), newest);
  adw_bin_set_child (priv->measurements_bin, box);
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
    fill_measurements (self);
  else if (g_str_equal (tab, "equipment"))
    adw_bin_set_child (priv->equipment_bin, sections_new (self, tab));
  else if (g_str_equal (tab, "documents"))
    adw_bin_set_child (priv->documents_bin, documents_new (self));
  else if (g_str_equal (tab, "benefits"))
    adw_bin_set_child (priv->benefits_bin, sections_new (self, tab));
}
