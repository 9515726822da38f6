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
  ForlopPartRow parent_instance;

  /* Owned */
  ForlopSession *session;
  const Kind *kind;
  char *plan_id;
  char *part_id; /* NULL: a new one */
  char *case_id;
  char *citizen_id;
};

G_DEFINE_FINAL_TYPE (ForlopPlanLine, forlop_plan_line, FORLOP_TYPE_PART_ROW)

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
closed_cb (ForlopPlanLine *self)
{
  forlop_part_row_set_form (FORLOP_PART_ROW (self), NULL);
}

void
forlop_plan_line_open (ForlopPlanLine *self)
{
  GtkWidget *form;

  g_return_if_fail (FORLOP_IS_PLAN_LINE (self));

  if (forlop_part_row_is_open (FORLOP_PART_ROW (self)))
    return;
  form = forlop_act_inline_new (self->session, new_request (self), find_mistake, (gpointer) self->kind);
  g_signal_connect_object (form, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  forlop_part_row_set_form (FORLOP_PART_ROW (self), form);
}

static void
edit_cb (ForlopPlanLine *self)
{
  if (forlop_part_row_is_open (FORLOP_PART_ROW (self)))
    closed_cb (self);
  else
    forlop_plan_line_open (self);
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
  forlop_part_row_set_words (FORLOP_PART_ROW (self), subject, words,
                             forlop_act_title (forlop_act_find (self->kind->save), self->kind->type),
                             forlop_act_title (forlop_act_find (self->kind->remove), "care_plan"));
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
  g_signal_connect (self, "edit", G_CALLBACK (edit_cb), NULL);
  g_signal_connect (self, "remove", G_CALLBACK (remove_cb), NULL);
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
  if (part_id == NULL)
    forlop_part_row_set_add (FORLOP_PART_ROW (self), _(self->kind->add_label));

  return GTK_WIDGET (self);
}
