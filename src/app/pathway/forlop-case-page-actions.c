/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-case-page-private.h"

#include "forlop-access-log.h"
#include "forlop-access-store.h"
#include "forlop-act-dialog.h"
#include "forlop-case-documents.h"
#include "forlop-citizen-charts.h"
#include "forlop-extract-save.h"
#include "forlop-gp-dialog.h"
#include "forlop-letter-dialog.h"
#include "forlop-open-record.h"

/* What the buttons of the page do, and its states that deserve a picture. */

static void
forlop_case_page_act_action (GtkWidget  *widget,
                             const char *action_name G_GNUC_UNUSED,
                             GVariant   *parameter)
{
  ForlopCasePage *self = FORLOP_CASE_PAGE (widget);
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  const char *act, *subject_type, *subject_id;

  if (priv->data == NULL)
    return;

  g_variant_get (parameter, "(&s&s&s)", &act, &subject_type, &subject_id);
  if (forlop_open_has_page (act) && priv->data->case_id != NULL)
    {
      forlop_open_record (widget, "plan", priv->data->case_id);
      return;
    }
  forlop_act_dialog_present (widget, forlop_view_get_session (FORLOP_VIEW (self)), act, subject_type,
                             subject_id, priv->data->case_id, priv->data->citizen_id);
}

static void
forlop_case_page_attach_action (GtkWidget  *widget,
                                const char *action_name G_GNUC_UNUSED,
                                GVariant   *parameter G_GNUC_UNUSED)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (FORLOP_CASE_PAGE (widget));

  if (priv->data != NULL)
    forlop_case_documents_attach (widget, forlop_view_get_session (FORLOP_VIEW (widget)),
                                  priv->data->case_id, priv->data->citizen_id);
}

static void
show_gp_dialog (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);

  if (priv->data != NULL && priv->data->case_id != NULL)
    forlop_gp_dialog_present (GTK_WIDGET (self), forlop_view_get_session (FORLOP_VIEW (self)), priv->data->case_id,
                              priv->data->citizen_id);
}

static void
forlop_case_page_gp_summary_action (GtkWidget  *widget,
                                    const char *action_name G_GNUC_UNUSED,
                                    GVariant   *parameter G_GNUC_UNUSED)
{
  show_gp_dialog (FORLOP_CASE_PAGE (widget));
}

static void
forlop_case_page_paper_action (GtkWidget  *widget,
                               const char *action_name G_GNUC_UNUSED,
                               GVariant   *parameter)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (FORLOP_CASE_PAGE (widget));
  const char *type, *id;

  if (priv->data == NULL || priv->data->case_id == NULL)
    return;
  g_variant_get (parameter, "(&s&s)", &type, &id);
  forlop_letter_dialog_present (widget, forlop_view_get_session (FORLOP_VIEW (widget)), priv->data->case_id, type, id);
}

/* The newest decision's letter. */
static void
show_letter (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  ForlopRecord *decision = priv->data != NULL ? forlop_snapshot_latest (priv->data->snapshot, "decision") : NULL;

  if (decision != NULL)
    forlop_letter_dialog_present (GTK_WIDGET (self), forlop_view_get_session (FORLOP_VIEW (self)), priv->data->case_id,
                                  "decision", forlop_record_get_id (decision));
}

static void
forlop_case_page_extract_action (GtkWidget  *widget,
                                 const char *action_name G_GNUC_UNUSED,
                                 GVariant   *parameter G_GNUC_UNUSED)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (FORLOP_CASE_PAGE (widget));

  if (priv->data != NULL)
    forlop_extract_save_ask (widget, forlop_view_get_session (FORLOP_VIEW (widget)), priv->data->citizen_id);
}

static ForlopRecord *
find_document (GtkWidget *widget,
               GVariant  *id)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (FORLOP_CASE_PAGE (widget));

  return priv->data != NULL
           ? forlop_snapshot_get (priv->data->snapshot, "document", g_variant_get_string (id, NULL)) : NULL;
}

static void
forlop_case_page_show_action (GtkWidget  *widget,
                              const char *action_name G_GNUC_UNUSED,
                              GVariant   *parameter)
{
  ForlopRecord *document = find_document (widget, parameter);

  if (document != NULL)
    forlop_case_documents_show (widget, forlop_view_get_session (FORLOP_VIEW (widget)), document);
}

static void
forlop_case_page_export_action (GtkWidget  *widget,
                                const char *action_name G_GNUC_UNUSED,
                                GVariant   *parameter)
{
  ForlopRecord *document = find_document (widget, parameter);

  if (document != NULL)
    forlop_case_documents_export (widget, forlop_view_get_session (FORLOP_VIEW (widget)), document);
}

static void
forlop_case_page_reveal_action (GtkWidget  *widget,
                                const char *action_name G_GNUC_UNUSED,
                                GVariant   *parameter G_GNUC_UNUSED)
{
  ForlopCasePage *self = FORLOP_CASE_PAGE (widget);
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);

  if (priv->data == NULL)
    return;

  priv->revealed = !priv->revealed;
  if (priv->revealed)
    dex_future_disown (forlop_access_log_append (forlop_view_get_session (FORLOP_VIEW (self)),
                                                 priv->data->citizen_id,
                                                 FORLOP_ACCESS_SHOWED_ID_NUMBER, "citizen"));
  forlop_case_page_show_id (self);
}

static const char *const *
forlop_case_page_get_scenes (ForlopView *self G_GNUC_UNUSED)
{
  static const char *const scenes[] = {
    "plan", "measurements", "charts-all", "charts-table", "equipment", "documents", "benefits", "log", "form", "gp-summary", "letter", "plan-page", NULL
  };

  return scenes;
}

/* The form of an act that everybody in follow-up does, with nothing filled in. */
static void
show_form (ForlopCasePage *self)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  AdwDialog *dialog;

  if (priv->data == NULL || priv->data->case_id == NULL || !ADW_IS_APPLICATION_WINDOW (root))
    return;

  forlop_act_dialog_present (GTK_WIDGET (self), forlop_view_get_session (FORLOP_VIEW (self)),
                             "log-contact", "case", priv->data->case_id, priv->data->case_id,
                             priv->data->citizen_id);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root));
  if (FORLOP_IS_ACT_DIALOG (dialog))
    forlop_act_dialog_show_mistakes (FORLOP_ACT_DIALOG (dialog));
}

/* The charts of everything at the head of the page, or the readings of the first as a table. */
static void
show_charts (ForlopCasePage *self,
             gboolean        show_table)
{
  ForlopCasePagePrivate *priv = forlop_case_page_private (self);
  GtkWidget *charts = adw_bin_get_child (priv->charts_bin);
  GtkWidget *viewport = gtk_scrolled_window_get_child (priv->scroller);

  if (charts == NULL)
    return;
  forlop_citizen_charts_set_period (FORLOP_CITIZEN_CHARTS (charts), "all");
  forlop_citizen_charts_show_table (FORLOP_CITIZEN_CHARTS (charts), show_table);
  if (GTK_IS_VIEWPORT (viewport))
    gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), charts, NULL);
}

static void
forlop_case_page_show_scene (ForlopView *self,
                             const char *scene)
{
  ForlopCasePage *page = FORLOP_CASE_PAGE (self);

  if (g_str_equal (scene, "form"))
    show_form (page);
  else if (g_str_equal (scene, "gp-summary"))
    show_gp_dialog (page);
  else if (g_str_equal (scene, "letter"))
    show_letter (page);
  else if (g_str_equal (scene, "charts-all") || g_str_equal (scene, "charts-table"))
    show_charts (page, g_str_equal (scene, "charts-table"));
  else if (g_str_equal (scene, "plan-page"))
    forlop_open_record (GTK_WIDGET (self), "plan", forlop_case_page_private (page)->data->case_id);
  else
    adw_view_stack_set_visible_child_name (forlop_case_page_private (page)->tabs, scene);
}

void
forlop_case_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "case.act", "(sss)", forlop_case_page_act_action);
  gtk_widget_class_install_action (widget_class, "case.attach", NULL, forlop_case_page_attach_action);
  gtk_widget_class_install_action (widget_class, "case.gp-summary", NULL, forlop_case_page_gp_summary_action);
  gtk_widget_class_install_action (widget_class, "case.paper", "(ss)", forlop_case_page_paper_action);
  gtk_widget_class_install_action (widget_class, "case.extract", NULL, forlop_case_page_extract_action);
  gtk_widget_class_install_action (widget_class, "case.show", "s", forlop_case_page_show_action);
  gtk_widget_class_install_action (widget_class, "case.export", "s", forlop_case_page_export_action);
  gtk_widget_class_install_action (widget_class, "case.reveal", NULL, forlop_case_page_reveal_action);
}

void
forlop_case_page_install_scenes (ForlopViewClass *view_class)
{
  view_class->get_scenes = forlop_case_page_get_scenes;
  view_class->show_scene = forlop_case_page_show_scene;
}
