/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-administration-view.h"

#include <glib/gi18n-lib.h>

#include "forlop-access-list.h"
#include "forlop-act-dialog.h"
#include "forlop-act.h"
#include "forlop-drop-down.h"
#include "forlop-empty-state.h"
#include "forlop-record-list.h"
#include "forlop-row-list.h"
#include "forlop-server-page.h"
#include "forlop-template-dialog.h"
#include "forlop-upkeep-page.h"

struct _ForlopAdministrationView
{
  ForlopView parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkListBox *subjects;
  GtkScrolledWindow *subjects_scroller;
  GtkDropDown *subject_choice;
  GtkLabel *heading;
  GtkButton *add_button;
  ForlopRowList *records;
  ForlopAccessList *access;
  ForlopServerPage *server;
  ForlopUpkeepPage *upkeep;

  /* Owned */
  ForlopPagedList *model;

  const struct _Subject *subject;
};

/**
 * Subject:
 * @type: the kind of record that is listed, or %NULL.
 * @act: the act that adds and changes one.
 * @page: the page of the stack for what is not a list of records.
 */
typedef struct _Subject {
  const char *type;
  const char *act;
  const char *page;
  const char *title;
} Subject;

static const Subject subjects[] = {
  { "unit", "save-unit", NULL, NULL },
  { "user", "save-user", NULL, NULL },
  { "membership", "save-membership", NULL, NULL },
  { "profile", "save-profile", NULL, NULL },
  { "responsibility", "save-responsibility", NULL, NULL },
  { "template", "save-template", NULL, NULL },
  { "legal_reference", "save-legal-reference", NULL, NULL },
  { "form", "save-form", NULL, NULL },
  { "form_question", "save-form-question", NULL, NULL },
  { "indicator", "save-indicator", NULL, NULL },
  { "supplier", "save-supplier", NULL, NULL },
  { "agreement", "save-agreement", NULL, NULL },
  { "product", "save-product", NULL, NULL },
  { "location", "save-location", NULL, NULL },
  { "stock_level", "save-stock-level", NULL, NULL },
  { "kit", "save-kit", NULL, NULL },
  { "service_plan", "save-service-plan", NULL, NULL },
  { NULL, NULL, "access", N_("Access log") },
  { NULL, NULL, "server", N_("Server") },
  { NULL, NULL, "upkeep", N_("Check and backup") },
};

G_DEFINE_FINAL_TYPE (ForlopAdministrationView, forlop_administration_view, FORLOP_TYPE_VIEW)

static const char *
subject_title (const Subject *subject)
{
  if (subject->type != NULL)
    return _(forlop_record_type_find (subject->type)->label_plural);

  return _(subject->title);
}

static ForlopSession *
get_session (ForlopAdministrationView *self)
{
  return forlop_view_get_session (FORLOP_VIEW (self));
}

static gboolean
may_do (ForlopAdministrationView *self,
        const char               *act)
{
  ForlopSession *session = get_session (self);
  ForlopIdentity *actor = session != NULL ? forlop_session_get_actor (session) : NULL;
  const ForlopAct *declared = forlop_act_find (act);

  return actor != NULL && declared != NULL &&
         forlop_act_allows_role (declared, forlop_identity_get_role (actor));
}

static char *
record_text (gconstpointer data,
             unsigned int  column,
             gpointer      user_data G_GNUC_UNUSED)
{
  const ForlopRecordFields *fields = data;

  if (column == 0 && !fields->active)
    return g_strdup_printf (_("%s (not in use)"), fields->cells[0]);

  return g_strdup (fields->cells[column]);
}

static const char *
record_style (gconstpointer data,
              gpointer      user_data G_GNUC_UNUSED)
{
  return ((const ForlopRecordFields *) data)->active ? NULL : "dim-label";
}

static void
show_columns (ForlopAdministrationView *self,
              const ForlopRecordType   *type)
{
  const ForlopField *fields[FORLOP_RECORD_LIST_MAX_COLUMNS + 1];
  ForlopRowColumn columns[FORLOP_RECORD_LIST_MAX_COLUMNS + 1] = { { NULL } };

  forlop_record_list_columns (type, fields);
  for (unsigned int i = 0; fields[i] != NULL; i++)
    {
      gboolean number = fields[i]->kind == FORLOP_KIND_INTEGER || fields[i]->kind == FORLOP_KIND_REAL;

      columns[i].title = fields[i]->label;
      columns[i].chars = i == 0 ? 20 : i < 5 ? 12 : 0;
      columns[i].xalign = number ? 1 : 0;
      columns[i].fixed = fields[i]->kind == FORLOP_KIND_DATE || fields[i]->kind == FORLOP_KIND_BOOLEAN ||
                         (i == 0 && fields[1] != NULL);
    }
  forlop_row_list_set_columns (self->records, columns, record_text, record_style, self);
  forlop_row_list_set_name (self->records, _(type->label_plural));
}

static void
show_empty (ForlopAdministrationView *self,
            const Subject            *subject)
{
  g_autofree char *title =
    g_strdup_printf (_("No %s yet"), subject_title (subject));
  GtkWidget *empty = forlop_empty_state_new ("forlop-administration-symbolic", title,
                                             _("What is registered here can be chosen in forms."));

  if (may_do (self, subject->act))
    forlop_empty_state_set_act (FORLOP_EMPTY_STATE (empty), _("_Add"), "administration.add");
  forlop_row_list_set_empty (self->records, empty);
}

static void
show_subject (ForlopAdministrationView *self,
              const Subject            *subject)
{
  ForlopSession *session = get_session (self);
  ForlopStore *store = session != NULL ? forlop_session_get_store (session) : NULL;

  self->subject = subject;
  if (store == NULL)
    return;
  if (subject->page != NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, subject->page);
      forlop_access_list_set_session (self->access, session);
      forlop_server_page_set_session (self->server, session);
      forlop_upkeep_page_set_session (self->upkeep, session);
      return;
    }

  gtk_label_set_label (self->heading, subject_title (subject));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "administration.add",
                                 may_do (self, subject->act));
  gtk_widget_set_visible (GTK_WIDGET (self->add_button), may_do (self, subject->act));
  g_clear_object (&self->model);
  self->model = forlop_record_list_new (store, subject->type, NULL, NULL);
  show_empty (self, subject);
  show_columns (self, forlop_record_type_find (subject->type));
  forlop_row_list_set_model (self->records, G_LIST_MODEL (self->model));
  gtk_stack_set_visible_child_name (self->stack, "records");
}

static void
subject_selected_cb (ForlopAdministrationView *self,
                     GtkListBoxRow            *row)
{
  if (row == NULL || self->subject == &subjects[gtk_list_box_row_get_index (row)])
    return;

  gtk_drop_down_set_selected (self->subject_choice, (unsigned int) gtk_list_box_row_get_index (row));
  show_subject (self, &subjects[gtk_list_box_row_get_index (row)]);
}

static void
subject_chosen_cb (ForlopAdministrationView *self)
{
  unsigned int selected = gtk_drop_down_get_selected (self->subject_choice);

  if (selected < G_N_ELEMENTS (subjects))
    gtk_list_box_select_row (self->subjects,
                             gtk_list_box_get_row_at_index (self->subjects, (int) selected));
}

static void
forlop_administration_view_refresh (ForlopView *view)
{
  ForlopAdministrationView *self = FORLOP_ADMINISTRATION_VIEW (view);

  forlop_view_set_busy (view, FALSE);
  if (forlop_session_get_store (get_session (self)) == NULL)
    return;

  /* Lists of records refresh themselves; who may add may have changed. */
  if (self->model == NULL || self->subject->type == NULL)
    show_subject (self, self->subject);
  else
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "administration.add",
                                     may_do (self, self->subject->act));
      gtk_widget_set_visible (GTK_WIDGET (self->add_button), may_do (self, self->subject->act));
    }
}

static void
add_cb (GtkWidget  *widget,
        const char *action_name G_GNUC_UNUSED,
        GVariant   *parameter G_GNUC_UNUSED)
{
  ForlopAdministrationView *self = FORLOP_ADMINISTRATION_VIEW (widget);

  forlop_act_dialog_present (widget, get_session (self), self->subject->act, NULL, NULL, NULL, NULL);
}

static void
record_activated_cb (ForlopAdministrationView *self,
                     ForlopPagedRow           *row)
{
  const ForlopRecordFields *fields = forlop_paged_row_get_fields (row);

  if (g_strcmp0 (self->subject->type, "template") == 0 && may_do (self, self->subject->act))
    {
      forlop_template_dialog_present (GTK_WIDGET (self), get_session (self), fields->id);
      return;
    }
  forlop_act_dialog_present (GTK_WIDGET (self), get_session (self), self->subject->act,
                             self->subject->type, fields->id, NULL, NULL);
}

static void
narrow_cb (ForlopAdministrationView *self)
{
  gboolean narrow = forlop_view_get_narrow (FORLOP_VIEW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->subjects_scroller), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->subject_choice), narrow);
}

static const char *const *
forlop_administration_view_get_scenes (ForlopView *view G_GNUC_UNUSED)
{
  static const char *const scenes[] = { "membership", "access", "server", "upkeep", NULL };

  return scenes;
}

static void
forlop_administration_view_show_scene (ForlopView *view,
                                       const char *scene)
{
  ForlopAdministrationView *self = FORLOP_ADMINISTRATION_VIEW (view);

  for (unsigned int i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (g_strcmp0 (subjects[i].type, scene) == 0 || g_strcmp0 (subjects[i].page, scene) == 0)
      gtk_list_box_select_row (self->subjects, gtk_list_box_get_row_at_index (self->subjects, (int) i));
}

static void
logged_cb (ForlopAdministrationView *self)
{
  if (g_strcmp0 (self->subject->page, "access") == 0)
    forlop_view_queue_refresh (FORLOP_VIEW (self));
}

static void
forlop_administration_view_constructed (GObject *object)
{
  ForlopAdministrationView *self = FORLOP_ADMINISTRATION_VIEW (object);

  G_OBJECT_CLASS (forlop_administration_view_parent_class)->constructed (object);

  if (get_session (self) != NULL)
    g_signal_connect_object (get_session (self), "logged", G_CALLBACK (logged_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
forlop_administration_view_dispose (GObject *object)
{
  g_clear_object (&FORLOP_ADMINISTRATION_VIEW (object)->model);

  G_OBJECT_CLASS (forlop_administration_view_parent_class)->dispose (object);
}

static void
forlop_administration_view_class_init (ForlopAdministrationViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  ForlopViewClass *view_class = FORLOP_VIEW_CLASS (klass);

  object_class->constructed = forlop_administration_view_constructed;
  object_class->dispose = forlop_administration_view_dispose;
  view_class->refresh = forlop_administration_view_refresh;
  view_class->get_scenes = forlop_administration_view_get_scenes;
  view_class->show_scene = forlop_administration_view_show_scene;

  g_type_ensure (FORLOP_TYPE_ACCESS_LIST);
  g_type_ensure (FORLOP_TYPE_ROW_LIST);
  g_type_ensure (FORLOP_TYPE_SERVER_PAGE);
  g_type_ensure (FORLOP_TYPE_UPKEEP_PAGE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/forlop/Forlop/administration/forlop-administration-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopAdministrationView, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopAdministrationView, subjects);
  gtk_widget_class_bind_template_child (widget_class, ForlopAdministrationView, subjects_scroller);
  gtk_widget_class_bind_template_child (widget_class, ForlopAdministrationView, subject_choice);
  gtk_widget_class_bind_template_child (widget_class, ForlopAdministrationView, heading);
  gtk_widget_class_bind_template_child (widget_class, ForlopAdministrationView, add_button);
  gtk_widget_class_bind_template_child (widget_class, ForlopAdministrationView, records);
  gtk_widget_class_bind_template_child (widget_class, ForlopAdministrationView, access);
  gtk_widget_class_bind_template_child (widget_class, ForlopAdministrationView, server);
  gtk_widget_class_bind_template_child (widget_class, ForlopAdministrationView, upkeep);
  gtk_widget_class_bind_template_callback (widget_class, subject_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, subject_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, record_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_install_action (widget_class, "administration.add", NULL, add_cb);
}

static void
forlop_administration_view_init (ForlopAdministrationView *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  self->subject = &subjects[0];
  gtk_widget_init_template (GTK_WIDGET (self));
  forlop_drop_down_speak (self->subject_choice);

  for (unsigned int i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      GtkWidget *label = gtk_label_new (subject_title (&subjects[i]));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_append (self->subjects, label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (label)),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, subject_title (&subjects[i]), -1);
      gtk_string_list_append (titles, subject_title (&subjects[i]));
    }
  gtk_drop_down_set_model (self->subject_choice, G_LIST_MODEL (titles));
  gtk_list_box_select_row (self->subjects, gtk_list_box_get_row_at_index (self->subjects, 0));
}
