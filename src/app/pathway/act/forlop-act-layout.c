/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act-layout.h"

#include <glib/gi18n-lib.h>

#include "forlop-criteria-layout.h"
#include "forlop-field-value.h"
#include "forlop-item-scan-lookup.h"
#include "forlop-json.h"
#include "forlop-questionnaire-layout.h"

static gboolean
is_criteria (const ForlopAct *act)
{
  return g_str_equal (act->name, "answer-criterion");
}

gboolean
forlop_act_layout_asks_questions (const ForlopAct *act)
{
  g_return_val_if_fail (act != NULL, FALSE);

  return g_str_equal (act->name, "answer-form");
}

const char *
forlop_act_layout_title (const ForlopAct *act,
                         const char      *subject_type)
{
  g_return_val_if_fail (act != NULL, NULL);

  return is_criteria (act) ? _("Answer the criteria") : forlop_act_title (act, subject_type);
}

/* The record an argument is declared in, or NULL for one of the act's own. */
static const char *
source_of (const ForlopAct *act,
           unsigned int     i)
{
  if (act->saves != NULL || act->arguments == NULL || act->arguments[i].label != NULL)
    return NULL;

  return act->arguments[i].target;
}

static unsigned int
count_sources (const ForlopAct *act,
               const char      *const *hidden)
{
  const ForlopField *fields = forlop_act_get_arguments (act)->fields;
  const char *before = NULL;
  unsigned int n = 0;

  for (unsigned int i = 0; fields[i].name != NULL; i++)
    {
      const char *source = source_of (act, i);

      if (source == NULL || g_strv_contains (hidden, fields[i].name) || g_strcmp0 (source, before) == 0)
        continue;
      before = source;
      n++;
    }

  return n;
}

/* The arguments in the order of the declaration, under the name of the record they belong to where
 * they belong to several. */
static void
build_declared (ForlopForm                 *form,
                const ForlopAct            *act,
                const ForlopActPreparation *preparation)
{
  const ForlopRecordType *type = forlop_act_get_arguments (act);
  const char *const *hidden = (const char *const *) preparation->hidden;
  gboolean grouped = count_sources (act, hidden) > 1;
  const char *present = NULL;
  gboolean first = TRUE;

  for (unsigned int i = 0; type->fields[i].name != NULL; i++)
    {
      const char *source = source_of (act, i);
      const char *names[] = { type->fields[i].name, NULL };
      GListModel *choices;

      if (g_strv_contains (hidden, names[0]))
        continue;
      if (first || (grouped && source != NULL && g_strcmp0 (source, present) != 0))
        forlop_form_add_group (form, grouped && source != NULL
                                       ? _(forlop_record_type_find (source)->label) : NULL,
                               type, names);
      else
        forlop_form_add_field (form, &type->fields[i]);
      first = FALSE;
      if (source != NULL)
        present = source;

      choices = g_hash_table_lookup (preparation->choices, names[0]);
      if (choices != NULL)
        forlop_field_row_set_references (forlop_form_get_row (form, names[0]), choices);
    }

  forlop_form_load_record (form, preparation->arguments);
}

void
forlop_act_layout_build (ForlopForm                 *form,
                         const ForlopAct            *act,
                         const ForlopActPreparation *preparation)
{
  g_return_if_fail (FORLOP_IS_FORM (form));
  g_return_if_fail (act != NULL);
  g_return_if_fail (preparation != NULL);

  if (is_criteria (act))
    forlop_criteria_layout_build (form, preparation->existing);
  else
    build_declared (form, act, preparation);
  if (preparation->forms != NULL)
    forlop_questionnaire_layout_build (form, preparation);
}

gboolean
forlop_act_layout_load_draft (ForlopForm      *form,
                              const ForlopAct *act,
                              const char      *draft)
{
  g_return_val_if_fail (FORLOP_IS_FORM (form), FALSE);
  g_return_val_if_fail (act != NULL && draft != NULL, FALSE);

  if (!forlop_form_load_draft (form, draft))
    return FALSE;
  if (is_criteria (act))
    forlop_criteria_layout_update (form);
  else if (forlop_act_layout_asks_questions (act))
    forlop_questionnaire_layout_update (form);

  return TRUE;
}

/* Each value goes through the same rules as on the command line; what they refuse is said beside
 * its field. */
static ForlopRecord *
collect_declared (ForlopForm                 *form,
                  const ForlopActPreparation *preparation)
{
  g_autoptr (yyjson_mut_doc) mutable = forlop_form_collect (form, NULL);
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (ForlopRecord) arguments = NULL;
  gboolean good = TRUE;
  yyjson_val *key, *value;
  size_t i, n;

  if (mutable == NULL)
    return NULL;

  doc = yyjson_mut_doc_imut_copy (mutable, NULL);
  arguments = forlop_record_copy (preparation->arguments);
  yyjson_obj_foreach (yyjson_doc_get_root (doc), i, n, key, value)
    {
      g_autoptr (GError) error = NULL;

      /* The answer to a question of a form is no argument by itself. */
      if (forlop_record_type_field (forlop_record_get_rtype (arguments), yyjson_get_str (key)) == NULL)
        continue;
      if (forlop_record_set_json (arguments, yyjson_get_str (key), value, &error))
        continue;
      forlop_form_set_error (form, yyjson_get_str (key), error->message);
      good = FALSE;
    }

  return good ? g_steal_pointer (&arguments) : NULL;
}

/* On the shelf one scans; the act knows items by their numbers. */
static void
read_scanned (ForlopRecord *arguments,
              gint64        now)
{
  const char *seen = forlop_record_get_text (arguments, "seen");
  g_autofree char *numbers = NULL;

  if (seen == NULL)
    return;
  numbers = forlop_item_scan_numbers (seen, forlop_instant_to_date (now));
  forlop_record_set_text (arguments, "seen", numbers);
}

GPtrArray *
forlop_act_layout_collect (ForlopForm                 *form,
                           const ForlopAct            *act,
                           const ForlopActPreparation *preparation)
{
  g_autoptr (GPtrArray) calls = NULL;
  ForlopRecord *arguments;

  g_return_val_if_fail (FORLOP_IS_FORM (form), NULL);
  g_return_val_if_fail (act != NULL, NULL);
  g_return_val_if_fail (preparation != NULL, NULL);

  if (is_criteria (act))
    return forlop_criteria_layout_collect (form, act, preparation->arguments, preparation->existing);

  arguments = collect_declared (form, preparation);
  if (arguments == NULL)
    return NULL;
  if (g_str_equal (act->name, "count-stock"))
    read_scanned (arguments, preparation->now);
  if (preparation->forms != NULL && !forlop_questionnaire_layout_collect (form, arguments))
    {
      g_object_unref (arguments);
      return NULL;
    }
  calls = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (calls, arguments);

  return g_steal_pointer (&calls);
}
