/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-template.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-field-value.h"
#include "forlop-json.h"
#include "forlop-plan-diff.h"
#include "forlop-plan-mistake.h"
#include "forlop-plan-records.h"

static const char *const texts[] = {
  "goal", "green_signs", "green_actions", "yellow_signs", "yellow_actions", "red_signs",
  "red_actions", "contacts", "repeat_minutes", NULL,
};

static const char *const own_texts[] = { "goal", "contacts", NULL };

static const char *const limit_fields[] = { "red_low", "yellow_low", "yellow_high", "red_high", NULL };

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

void
forlop_plan_template_part_free (ForlopPlanTemplatePart *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->record);
  g_free (self->form);
  g_free (self);
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
          forlop_plan_template_part_free (part);
          return NULL;
        }
    }
  if (check_part (part->record, error))
    return part;

  forlop_plan_template_part_free (part);

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
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_plan_template_part_free);

  yyjson_obj_foreach (yyjson_doc_get_root (doc), i, n, key, value)
    if (!parse_member (self, yyjson_get_str (key), value, error))
      return NULL;

  return g_steal_pointer (&self);
}

static yyjson_mut_val *
write_part (ForlopRecord   *part,
            const char     *form,
            yyjson_mut_doc *doc)
{
  yyjson_mut_val *object = yyjson_mut_obj (doc);

  for (const ForlopField *field = forlop_record_get_rtype (part)->fields; field->name != NULL; field++)
    if (!g_strv_contains (not_said, field->name) && forlop_record_has (part, field->name))
      yyjson_mut_obj_add_val (doc, object, field->name, forlop_record_get_json (part, field->name, doc));
  if (form != NULL)
    forlop_json_add_text (doc, object, "form", form);

  return object;
}

static const char *
form_of (ForlopRecord *part,
         GHashTable   *form_codes)
{
  return forlop_record_is (part, "schedule") && forlop_record_has (part, "form_id")
           ? g_hash_table_lookup (form_codes, forlop_record_get_text (part, "form_id")) : NULL;
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
        {
          ForlopRecord *part = g_ptr_array_index (parts, j);

          yyjson_mut_arr_append (list, write_part (part, form_of (part, form_codes), doc));
        }
      yyjson_mut_obj_add_val (doc, root, lists[i].list, list);
    }

  return forlop_json_write (doc, TRUE);
}

char *
forlop_plan_template_dup_body (ForlopPlanTemplate *self)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  g_return_val_if_fail (self != NULL, NULL);

  yyjson_mut_doc_set_root (doc, root);
  for (unsigned int i = 0; texts[i] != NULL; i++)
    if (forlop_record_has (self->plan, texts[i]))
      yyjson_mut_obj_add_val (doc, root, texts[i], forlop_record_get_json (self->plan, texts[i], doc));
  for (unsigned int i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      yyjson_mut_val *list = yyjson_mut_arr (doc);

      for (unsigned int j = 0; j < self->parts->len; j++)
        {
          ForlopPlanTemplatePart *part = g_ptr_array_index (self->parts, j);

          if (forlop_record_is (part->record, lists[i].type))
            yyjson_mut_arr_append (list, write_part (part->record, part->form, doc));
        }
      yyjson_mut_obj_add_val (doc, root, lists[i].list, list);
    }

  return forlop_json_write (doc, TRUE);
}

ForlopPlanTemplatePart *
forlop_plan_template_part_new (const char *type)
{
  ForlopPlanTemplatePart *self;

  g_return_val_if_fail (type != NULL, NULL);

  self = g_new0 (ForlopPlanTemplatePart, 1);
  self->record = new_record (type);

  return self;
}

ForlopPlanTemplatePart *
forlop_plan_template_part_copy (const ForlopPlanTemplatePart *self)
{
  ForlopPlanTemplatePart *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (ForlopPlanTemplatePart, 1);
  copy->record = forlop_record_copy (self->record);
  copy->form = g_strdup (self->form);

  return copy;
}

/* The part as it would be in a plan that begins on some day. */
static ForlopRecord *
begin_part (const ForlopPlanTemplatePart *self)
{
  ForlopRecord *begun = forlop_record_copy (self->record);

  if (!forlop_record_is (begun, "schedule"))
    return begun;
  forlop_record_set_text (begun, "starts_on", "2026-01-01");
  if (self->form != NULL)
    forlop_record_set_text (begun, "form_id", self->form);

  return begun;
}

gboolean
forlop_plan_template_part_check (const ForlopPlanTemplatePart  *self,
                                 const char                   **field,
                                 GError                       **error)
{
  g_autoptr (ForlopRecord) begun = NULL;
  ForlopSchedule schedule;

  g_return_val_if_fail (self != NULL && field != NULL, FALSE);

  *field = NULL;
  begun = begin_part (self);
  if (!forlop_record_is (begun, "limit"))
    *field = forlop_plan_mistake_find (forlop_record_get_rtype (begun)->name, begun);
  if (!forlop_record_is (begun, "schedule"))
    return check_part (begun, error);
  if (forlop_record_has (begun, "code") || forlop_record_has (begun, "form_id"))
    return forlop_schedule_read (&schedule, begun, error);

  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("It is not said what is to be measured. Choose a measure or a form."));

  return FALSE;
}

/* A template has no first day, so a weekly time is not of a weekday before a plan begins with it. */
char *
forlop_plan_template_part_describe (const ForlopPlanTemplatePart *self)
{
  static const char *const shown[] = { "cadence", "weekdays", "every_days", "times", NULL };
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  if (forlop_record_is (self->record, "plan_rule"))
    return forlop_plan_part_describe (self->record);
  if (forlop_record_is (self->record, "schedule"))
    {
      for (unsigned int i = 0; shown[i] != NULL; i++)
        {
          g_autofree char *value = forlop_record_dup_shown (self->record, shown[i]);

          if (value != NULL && *value != '\0')
            g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", value);
        }
      return g_string_free_and_steal (g_steal_pointer (&text));
    }
  for (unsigned int i = 0; limit_fields[i] != NULL; i++)
    if (forlop_record_has (self->record, limit_fields[i]))
      {
        g_autofree char *value = forlop_record_dup_shown (self->record, limit_fields[i]);

        g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "",
                                _(forlop_record_type_field (forlop_record_get_rtype (self->record),
                                                            limit_fields[i])->label), value);
      }

  return g_string_free_and_steal (g_steal_pointer (&text));
}
