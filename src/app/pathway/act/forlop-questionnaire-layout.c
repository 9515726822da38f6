/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-questionnaire-layout.h"

#include <glib/gi18n-lib.h>

#define DATA "forlop-questionnaire-layout"

/* One question of one form, as a field to choose in: the choices are the numbers of its answers. */
typedef struct {
  const char *form_id;            /* borrowed from the layout's forms */
  const ForlopQuestion *question; /* likewise */
  ForlopField field;
} Row;

typedef struct {
  GPtrArray *forms; /* of ForlopActForm */
  GPtrArray *rows;  /* of Row: the widgets point into them */
  const char *given; /* the form that was known from the start, borrowed; or NULL */
} Layout;

static void
row_free (gpointer data)
{
  Row *row = data;

  for (const ForlopChoice *choice = row->field.choices; choice->code != NULL; choice++)
    g_free ((char *) choice->code);
  g_free ((ForlopChoice *) row->field.choices);
  g_free ((char *) row->field.name);
  g_free (row);
}

static void
layout_free (gpointer data)
{
  Layout *self = data;

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->forms);
  g_free (self);
}

static Row *
row_new (const ForlopActForm  *form,
         const ForlopQuestion *question,
         unsigned int          number)
{
  ForlopChoice *choices = g_new0 (ForlopChoice, question->options->len + 1);
  Row *row = g_new0 (Row, 1);

  for (unsigned int i = 0; i < question->options->len; i++)
    {
      choices[i].code = g_strdup_printf ("%u", i);
      choices[i].label = ((const ForlopOption *) question->options->pdata[i])->text;
    }
  row->form_id = form->id;
  row->question = question;
  row->field = (ForlopField) {
    .name = g_strdup_printf ("%s %u", form->id, number),
    .label = question->text,
    .kind = FORLOP_KIND_CHOICE,
    .choices = choices,
  };

  return row;
}

static void
add_rows (ForlopForm          *form,
          Layout              *self,
          const ForlopActForm *one)
{
  for (unsigned int i = 0; i < one->questionnaire->questions->len; i++)
    {
      Row *row = row_new (one, one->questionnaire->questions->pdata[i], i + 1);

      g_ptr_array_add (self->rows, row);
      forlop_form_add_field (form, &row->field);
    }
}

static char *
dup_chosen (ForlopForm   *form,
            const Layout *self)
{
  ForlopFieldRow *row = forlop_form_get_row (form, "form_id");

  return row != NULL ? forlop_field_row_dup_wire (row, NULL) : g_strdup (self->given);
}

void
forlop_questionnaire_layout_update (ForlopForm *form)
{
  const Layout *self;
  g_autofree char *chosen = NULL;

  g_return_if_fail (FORLOP_IS_FORM (form));

  self = g_object_get_data (G_OBJECT (form), DATA);
  chosen = dup_chosen (form, self);
  for (unsigned int i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];

      gtk_widget_set_visible (GTK_WIDGET (forlop_form_get_row (form, row->field.name)),
                              g_strcmp0 (row->form_id, chosen) == 0);
    }
}

void
forlop_questionnaire_layout_build (ForlopForm                 *form,
                                   const ForlopActPreparation *preparation)
{
  static const char *const none[] = { NULL };
  const ForlopRecordType *type;
  Layout *self;

  g_return_if_fail (FORLOP_IS_FORM (form));
  g_return_if_fail (preparation != NULL);
  g_return_if_fail (preparation->forms != NULL);

  type = forlop_record_get_rtype (preparation->arguments);
  self = g_new0 (Layout, 1);
  self->forms = g_ptr_array_ref (preparation->forms);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  for (unsigned int i = 0; i < self->forms->len; i++)
    {
      const ForlopActForm *one = self->forms->pdata[i];

      if (forlop_record_text_is (preparation->arguments, "form_id", one->id))
        self->given = one->id;
    }
  g_object_set_data_full (G_OBJECT (form), DATA, self, layout_free);

  forlop_form_add_group (form, _("Questions"), type, none);
  for (unsigned int i = 0; i < self->forms->len; i++)
    add_rows (form, self, self->forms->pdata[i]);
  g_signal_connect (form, "draft-changed", G_CALLBACK (forlop_questionnaire_layout_update), NULL);
  forlop_questionnaire_layout_update (form);
}

/* A form without questions is left to the act to refuse: it says why. */
gboolean
forlop_questionnaire_layout_collect (ForlopForm   *form,
                                     ForlopRecord *arguments)
{
  const Layout *self;
  g_autofree char *chosen = NULL;
  g_autoptr (GString) answers = g_string_new (NULL);
  gboolean good = TRUE;

  g_return_val_if_fail (FORLOP_IS_FORM (form), FALSE);
  g_return_val_if_fail (FORLOP_IS_RECORD (arguments), FALSE);

  self = g_object_get_data (G_OBJECT (form), DATA);
  chosen = dup_chosen (form, self);
  for (unsigned int i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];
      g_autofree char *option =
        forlop_field_row_dup_wire (forlop_form_get_row (form, row->field.name), NULL);
      g_autofree char *line = NULL;

      if (g_strcmp0 (row->form_id, chosen) != 0)
        continue;
      if (option == NULL)
        {
          forlop_form_set_error (form, row->field.name, _("Choose an answer."));
          good = FALSE;
          continue;
        }
      line = forlop_questionnaire_format_answer (
        row->question, row->question->options->pdata[g_ascii_strtoull (option, NULL, 10)]);
      g_string_append_printf (answers, "%s%s", answers->len > 0 ? "\n" : "", line);
    }
  forlop_record_set_text (arguments, "answers", answers->len > 0 ? answers->str : "-");

  return good;
}
