/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-criteria-layout.h"

#include <glib/gi18n-lib.h>

#include "forlop-json.h"

#define REASON_SUFFIX "_reason"

typedef struct {
  unsigned int n;
  ForlopField *answers; /* one for each criterion, by its code */
  ForlopField *reasons;
} Fields;

static Fields *
fields_new (void)
{
  const ForlopRecordType *type = forlop_record_type_find ("criterion");
  const ForlopField *criterion = forlop_record_type_field (type, "criterion");
  const ForlopField *answer = forlop_record_type_field (type, "answer");
  const ForlopField *reason = forlop_record_type_field (type, "reason");
  Fields *self = g_new0 (Fields, 1);

  while (criterion->choices[self->n].code != NULL)
    self->n++;
  self->answers = g_new0 (ForlopField, self->n);
  self->reasons = g_new0 (ForlopField, self->n);

  for (unsigned int i = 0; i < self->n; i++)
    {
      self->answers[i] = *answer;
      self->answers[i].name = criterion->choices[i].code;
      self->answers[i].label = criterion->choices[i].label;
      self->answers[i].flags = 0;
      self->reasons[i] = *reason;
      self->reasons[i].kind = FORLOP_KIND_TEXT;
      self->reasons[i].name = g_strconcat (criterion->choices[i].code, REASON_SUFFIX, NULL);
    }

  return self;
}

/* Declared once like every other field; the rows of forms point into it. */
static const Fields *
fields_get (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) fields_new ());

  return (const Fields *) once;
}

/* Impairment counts against, everything else for. */
static gboolean
needs_reason (const char *criterion,
              const char *answer)
{
  if (answer == NULL)
    return FALSE;

  return !g_str_equal (answer, g_str_equal (criterion, "cognitive_impairment") ? "no" : "yes");
}

static ForlopRecord *
find_answer (GPtrArray  *existing,
             const char *criterion)
{
  for (unsigned int i = 0; i < existing->len; i++)
    if (forlop_record_text_is (g_ptr_array_index (existing, i), "criterion", criterion))
      return g_ptr_array_index (existing, i);

  return NULL;
}

void
forlop_criteria_layout_update (ForlopForm *form)
{
  const Fields *fields = fields_get ();

  g_return_if_fail (FORLOP_IS_FORM (form));

  for (unsigned int i = 0; i < fields->n; i++)
    {
      ForlopFieldRow *row = forlop_form_get_row (form, fields->answers[i].name);
      ForlopFieldRow *reason = forlop_form_get_row (form, fields->reasons[i].name);
      g_autofree char *answer = forlop_field_row_dup_wire (row, NULL);

      gtk_widget_set_visible (GTK_WIDGET (reason), needs_reason (fields->answers[i].name, answer));
    }
}

void
forlop_criteria_layout_build (ForlopForm *form,
                              GPtrArray  *existing)
{
  const Fields *fields = fields_get ();
  g_autoptr (yyjson_mut_doc) known = yyjson_mut_doc_new (NULL);
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_mut_val *root = yyjson_mut_obj (known);

  g_return_if_fail (FORLOP_IS_FORM (form));
  g_return_if_fail (existing != NULL);

  yyjson_mut_doc_set_root (known, root);
  for (unsigned int i = 0; i < fields->n; i++)
    {
      ForlopRecord *answer = find_answer (existing, fields->answers[i].name);

      forlop_form_add_field (form, &fields->answers[i]);
      forlop_form_add_field (form, &fields->reasons[i]);
      if (answer == NULL)
        continue;
      yyjson_mut_obj_add_strcpy (known, root, fields->answers[i].name,
                                 forlop_record_get_text (answer, "answer"));
      if (forlop_record_has (answer, "reason"))
        yyjson_mut_obj_add_strcpy (known, root, fields->reasons[i].name,
                                   forlop_record_get_text (answer, "reason"));
    }

  doc = yyjson_mut_doc_imut_copy (known, NULL);
  forlop_form_load_json (form, yyjson_doc_get_root (doc));
  g_signal_connect (form, "draft-changed", G_CALLBACK (forlop_criteria_layout_update), NULL);
  forlop_criteria_layout_update (form);
}

static gboolean
is_news (ForlopRecord *before,
         const char   *answer,
         const char   *reason)
{
  return before == NULL || !forlop_record_text_is (before, "answer", answer) ||
         g_strcmp0 (forlop_record_get_text (before, "reason"), reason) != 0;
}

GPtrArray *
forlop_criteria_layout_collect (ForlopForm      *form,
                                const ForlopAct *act,
                                ForlopRecord    *common,
                                GPtrArray       *existing)
{
  const Fields *fields = fields_get ();
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean good = TRUE;

  g_return_val_if_fail (FORLOP_IS_FORM (form), NULL);
  g_return_val_if_fail (act != NULL, NULL);

  for (unsigned int i = 0; i < fields->n; i++)
    {
      const char *criterion = fields->answers[i].name;
      g_autofree char *answer =
        forlop_field_row_dup_wire (forlop_form_get_row (form, criterion), NULL);
      g_autofree char *reason =
        forlop_field_row_dup_wire (forlop_form_get_row (form, fields->reasons[i].name), NULL);
      g_autoptr (ForlopRecord) arguments = NULL;

      if (answer == NULL)
        continue;
      if (!needs_reason (criterion, answer))
        g_clear_pointer (&reason, g_free);
      else if (reason == NULL)
        {
          forlop_form_set_error (form, fields->reasons[i].name,
                                 _("Write the reason for this answer. It does not stop the "
                                   "assessment."));
          good = FALSE;
          continue;
        }
      if (!is_news (find_answer (existing, criterion), answer, reason))
        continue;

      arguments = forlop_record_copy (common);
      forlop_record_set_text (arguments, "criterion", criterion);
      forlop_record_set_text (arguments, "answer", answer);
      forlop_record_set_text (arguments, "reason", reason);
      g_ptr_array_add (calls, g_steal_pointer (&arguments));
    }

  return good ? g_steal_pointer (&calls) : NULL;
}
