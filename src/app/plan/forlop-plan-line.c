/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-line.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-inline.h"
#include "forlop-act-run.h"
#include "forlop-plan-diff.h"
#include "forlop-plan-mistake.h"

typedef struct {
  const char *type;
  const char *save;
  const char *remove;
  const char *argument; /* the record that @save changes and @remove takes out */
  const char *add_label;
} Kind;

static const Kind kinds[] = {
  { "schedule", "save-schedule", "remove-schedule", "schedule_id", N_("_Add schedule") },
  { "plan_rule", "save-plan-rule", "remove-plan-rule", "plan_rule_id", N_("_Add trend rule") },
};

struct _ForlopPlanLine
{
  AdwPreferencesRow parent_instance;

  /* Borrowed: parts of it */
  GtkLabel *subject;
  GtkLabel *words;
  GtkWidget *edit_button;
  GtkWidget *remove_button;
  AdwBin *inline_bin;

  /* Owned */
  ForlopSession *session;
  const Kind *kind;
  char *plan_id;
  char *part_id; /* NULL: a new one */
  char *case_id;
  char *citizen_id;
};

G_DEFINE_FINAL_TYPE (ForlopPlanLine, forlop_plan_line, ADW_TYPE_PREFERENCES_ROW)

static const char *
find_mistake (ForlopRecord *arguments,
              gpointer      user_data)
{
  const Kind *kind = user_data;

  return forlop_plan_mistake_find (kind->type, arguments);
}

static ForlopActRequest *
new_request (ForlopPlanLine *self)
{
  const Kind *kind = self->kind;
  gboolean is_new = self->part_id == NULL;
  ForlopActRequest *request = forlop_act_request_new (forlop_act_find (kind->save), is_new ? "care_plan" : kind->type,
                                                      is_new ? self->plan_id : self->part_id, self->case_id,
                                                      self->citizen_id);

  request->known = is_new ? g_strdup_printf ("{\"care_plan_id\":\"%s\",\"%s\":null}", self->plan_id, kind->argument)
                          : g_strdup_printf ("{\"care_plan_id\":\"%s\"}", self->plan_id);

  return request;
}

static void
set_open (ForlopPlanLine *self,
          GtkWidget      *form)
{
  adw_bin_set_child (self->inline_bin, form);
  gtk_widget_set_visible (GTK_WIDGET (self->inline_bin), form != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->edit_button), GTK_ACCESSIBLE_STATE_EXPANDED, form != NULL, -1);
}

/* The keyboard stays on the line. */
static void
closed_cb (ForlopPlanLine *self)
{
  gtk_widget_grab_focus (self->edit_button);
  set_open (self, NULL);
}

void
forlop_plan_line_open (ForlopPlanLine *self)
{
  GtkWidget *form;

  g_return_if_fail (FORLOP_IS_PLAN_LINE (self));

  if (adw_bin_get_child (self->inline_bin) != NULL)
    return;
  form = forlop_act_inline_new (self->session, new_request (self), find_mistake, (gpointer) self->kind);
  g_signal_connect_object (form, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  set_open (self, form);
}

static void
edit_cb (ForlopPlanLine *self)
{
  if (adw_bin_get_child (self->inline_bin) == NULL)
    forlop_plan_line_open (self);
  else
    set_open (self, NULL);
}

static void
remove_cb (ForlopPlanLine *self)
{
  const ForlopAct *act = forlop_act_find (self->kind->remove);
  g_autoptr (ForlopRecord) arguments = forlop_acts_new_arguments (act, NULL);
  const ForlopActCall call = { act, arguments };

  forlop_record_set_text (arguments, self->kind->argument, self->part_id);
  forlop_act_run (GTK_WIDGET (self), self->session, &call, 1, NULL, NULL, NULL);
}

static void
set_name (GtkWidget  *button,
          const char *title,
          const char *subject)
{
  g_autofree char *name = g_strdup_printf ("%s: %s", title, subject);

  gtk_widget_set_tooltip_text (button, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
forlop_plan_line_load (ForlopPlanLine *self,
                       ForlopRecord   *part,
                       GHashTable     *names)
{
  g_autofree char *subject = NULL;
  g_autofree char *words = NULL;

  g_return_if_fail (FORLOP_IS_PLAN_LINE (self) && self->part_id != NULL);
  g_return_if_fail (FORLOP_IS_RECORD (part));

  subject = forlop_plan_part_subject (part, names);
  words = forlop_plan_part_describe (part);
  gtk_label_set_label (self->subject, subject);
  gtk_label_set_label (self->words, words != NULL ? words : "");
  set_name (self->edit_button, forlop_act_title (forlop_act_find (self->kind->save), self->kind->type), subject);
  set_name (self->remove_button, forlop_act_title (forlop_act_find (self->kind->remove), "care_plan"), subject);
}

const char *
forlop_plan_line_get_id (ForlopPlanLine *self)
{
  g_return_val_if_fail (FORLOP_IS_PLAN_LINE (self), NULL);

  return self->part_id;
}

static void
forlop_plan_line_finalize (GObject *object)
{
  ForlopPlanLine *self = FORLOP_PLAN_LINE (object);

  g_clear_object (&self->session);
  g_free (self->plan_id);
  g_free (self->part_id);
  g_free (self->case_id);
  g_free (self->citizen_id);

  G_OBJECT_CLASS (forlop_plan_line_parent_class)->finalize (object);
}

static void
forlop_plan_line_class_init (ForlopPlanLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_plan_line_finalize;
}

static void
forlop_plan_line_init (ForlopPlanLine *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

static GtkLabel *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);

  return GTK_LABEL (label);
}

static GtkWidget *
new_icon_button (const char *icon)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);

  return button;
}

static GtkWidget *
build_head (ForlopPlanLine *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->subject = new_label ("title");
  self->words = new_label ("subtitle");
  self->edit_button = new_icon_button ("document-edit-symbolic");
  self->remove_button = new_icon_button ("edit-delete-symbolic");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->subject));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (head), texts);
  gtk_box_append (GTK_BOX (head), self->edit_button);
  gtk_box_append (GTK_BOX (head), self->remove_button);
  g_signal_connect_object (self->remove_button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);

  return head;
}

/* The line that makes a new one is a button. */
static GtkWidget *
build_add (ForlopPlanLine *self)
{
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "list-add-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _(self->kind->add_label));
  adw_button_content_set_use_underline (ADW_BUTTON_CONTENT (content), TRUE);
  self->edit_button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->edit_button), content);
  gtk_widget_add_css_class (self->edit_button, "flat");

  return self->edit_button;
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
forlop_plan_line_new (ForlopSession        *session,
                      const ForlopPlanData *data,
                      const char           *type,
                      const char           *part_id)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  ForlopPlanLine *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (data != NULL && data->plan != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_PLAN_LINE, NULL);
  self->session = g_object_ref (session);
  self->kind = find_kind (type);
  self->plan_id = g_strdup (forlop_record_get_id (data->plan));
  self->part_id = g_strdup (part_id);
  self->case_id = g_strdup (data->the_case->case_id);
  self->citizen_id = g_strdup (data->the_case->citizen_id);

  gtk_box_append (GTK_BOX (box), part_id != NULL ? build_head (self) : build_add (self));
  g_signal_connect_object (self->edit_button, "clicked", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  self->inline_bin = ADW_BIN (adw_bin_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->inline_bin));
  set_open (self, NULL);
  g_object_set (box, "margin-top", 8, "margin-bottom", 8, "margin-start", 12, "margin-end", 9, NULL);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);

  return GTK_WIDGET (self);
}
