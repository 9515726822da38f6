/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-template.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-field-value.h"
#include "forlop-json.h"
#include "forlop-plan-diff.h"
#include "forlop-plan-records.h"

static const char *const texts[] = {
  "goal", "green_signs", "green_actions", "yellow_signs", "yellow_actions", "red_signs",
  "red_actions", "contacts", "repeat_minutes", NULL,
};

static const char *const own_texts[] = { "goal", "contacts", NULL };

/* The fields of a part that belong to a plan and not to what it says. */
static const char *const not_said[] = {
  "id", "citizen_id", "case_id", "care_plan_id", "form_id", "starts_on", NULL,
};

static const struct {
  const char *list;
  const char *type;
} lists[] = {
  { "limits", "limit" },
  { "rules", "plan_rule" },
  { "schedules", "schedule" },
};

static void
part_free (gpointer data)
{
  ForlopPlanTemplatePart *part = data;

  g_clear_object (&part->record);
  g_free (part->form);
  g_free (part);
}

void
forlop_plan_template_free (ForlopPlanTemplate *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->plan);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self);
}

static ForlopRecord *
new_record (const char *type)
{
  return forlop_record_new (forlop_record_type_find (type), "");
}

static gboolean
refuse_key (const char  *key,
            GError     **error)
{
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               _("A template for a plan has nothing called “%s”. Take it out."), key);

  return FALSE;
}

/* A schedule is read when its start is known. */
static gboolean
check_part (ForlopRecord  *record,
            GError       **error)
{
  ForlopLimits limits;
  ForlopRule rule;

  if (forlop_record_is (record, "limit"))
    return forlop_limits_read (&limits, record, error) && forlop_limits_validate (&limits, error);
  if (forlop_record_is (record, "plan_rule"))
    return forlop_rule_read (&rule, record, error) && forlop_rule_validate (&rule, error);

  return TRUE;
}

static ForlopPlanTemplatePart *
parse_part (const char  *type,
            yyjson_val  *object,
            GError     **error)
{
  ForlopPlanTemplatePart *part = g_new0 (ForlopPlanTemplatePart, 1);
  yyjson_val *key, *value;
  size_t i, n;

  part->record = new_record (type);
  yyjson_obj_foreach (object, i, n, key, value)
    {
      const char *name = yyjson_get_str (key);
      gboolean good;

      if (g_str_equal (type, "schedule") && g_str_equal (name, "form"))
        {
          g_set_str (&part->form, yyjson_get_str (value));
          continue;
        }
      good = g_strv_contains (not_said, name) ||
             forlop_record_type_field (forlop_record_get_rtype (part->record), name) == NULL
               ? refuse_key (name, error) : forlop_record_set_json (part->record, name, value, error);
      if (!good)
        {
          part_free (part);
          return NULL;
        }
    }
  if (check_part (part->record, error))
    return part;

  part_free (part);

  return NULL;
}

static gboolean
parse_list (ForlopPlanTemplate  *self,
            const char          *type,
            yyjson_val          *list,
            GError             **error)
{
  yyjson_val *object;
  size_t i, n;

  yyjson_arr_foreach (list, i, n, object)
    {
      ForlopPlanTemplatePart *part = parse_part (type, object, error);

      if (part == NULL)
        return FALSE;
      g_ptr_array_add (self->parts, part);
    }

  return TRUE;
}

static gboolean
parse_member (ForlopPlanTemplate  *self,
              const char          *name,
              yyjson_val          *value,
              GError             **error)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_str_equal (name, lists[i].list))
      return parse_list (self, lists[i].type, value, error);

  return g_strv_contains (texts, name) ? forlop_record_set_json (self->plan, name, value, error)
                                       : refuse_key (name, error);
}

/**
 * forlop_plan_template_parse:
 *
 * Reads a template whole. Limits and trend rules are validated as those of a plan.
 *
 * Returns: (transfer full): the template; %NULL with %FORLOP_ERROR_INVALID and a sentence that says
 *   what is wrong.
 */
ForlopPlanTemplate *
forlop_plan_template_parse (const char  *body,
                            GError     **error)
{
  g_autoptr (ForlopPlanTemplate) self = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *key, *value;
  size_t i, n;

  g_return_val_if_fail (body != NULL, NULL);

  doc = forlop_json_parse (body, -1, error);
  if (doc == NULL)
    return NULL;
  self = g_new0 (ForlopPlanTemplate, 1);
  self->plan = new_record ("care_plan");
  self->parts = g_ptr_array_new_with_free_func (part_free);

  yyjson_obj_foreach (yyjson_doc_get_root (doc), i, n, key, value)
    if (!parse_member (self, yyjson_get_str (key), value, error))
      return NULL;

  return g_steal_pointer (&self);
}

static yyjson_mut_val *
write_part (ForlopRecord   *part,
            GHashTable     *form_codes,
            yyjson_mut_doc *doc)
{
  yyjson_mut_val *object = yyjson_mut_obj (doc);

  for (const ForlopField *field = forlop_record_get_rtype (part)->fields; field->name != NULL; field++)
    if (!g_strv_contains (not_said, field->name) && forlop_record_has (part, field->name))
      yyjson_mut_obj_add_val (doc, object, field->name, forlop_record_get_json (part, field->name, doc));
  if (forlop_record_is (part, "schedule") && forlop_record_has (part, "form_id"))
    forlop_json_add_text (doc, object, "form",
                          g_hash_table_lookup (form_codes, forlop_record_get_text (part, "form_id")));

  return object;
}

/**
 * forlop_plan_template_write:
 *
 * Returns: (transfer full): @plan as the body of a template.
 */
char *
forlop_plan_template_write (ForlopSnapshot *snapshot,
                            ForlopRecord   *plan,
                            GHashTable     *form_codes)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  g_return_val_if_fail (snapshot != NULL && form_codes != NULL, NULL);
  g_return_val_if_fail (FORLOP_IS_RECORD (plan), NULL);

  yyjson_mut_doc_set_root (doc, root);
  for (unsigned int i = 0; texts[i] != NULL; i++)
    if (!g_strv_contains (own_texts, texts[i]) && forlop_record_has (plan, texts[i]))
      yyjson_mut_obj_add_val (doc, root, texts[i], forlop_record_get_json (plan, texts[i], doc));
  for (unsigned int i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GPtrArray) parts = forlop_plan_list_parts (snapshot, lists[i].type, plan);
      yyjson_mut_val *list = yyjson_mut_arr (doc);

      for (unsigned int j = 0; j < parts->len; j++)
        yyjson_mut_arr_append (list, write_part (g_ptr_array_index (parts, j), form_codes, doc));
      yyjson_mut_obj_add_val (doc, root, lists[i].list, list);
    }

  return forlop_json_write (doc, TRUE);
}
