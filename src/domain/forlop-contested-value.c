/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-contested-value.h"

#include "forlop-field-value.h"
#include "forlop-json.h"

/* What the other wrote, as a record; NULL for a contested value of something else, or one that this
 * version cannot read. */
static ForlopRecord *
read_mine (ForlopRecord *contested,
           ForlopRecord *of)
{
  const ForlopRecordType *type = forlop_record_get_rtype (of);
  g_autoptr (ForlopRecord) mine = NULL;
  g_autoptr (yyjson_doc) doc = NULL;

  if (!forlop_record_text_is (contested, "record_id", forlop_record_get_id (of)) ||
      !forlop_record_text_is (contested, "record_type", type->name))
    return NULL;
  doc = forlop_json_parse (forlop_record_get_text (contested, "mine"), -1, NULL);
  if (doc == NULL)
    return NULL;
  mine = forlop_record_new (type, forlop_record_get_id (of));

  return forlop_record_fill_json (mine, yyjson_doc_get_root (doc), NULL) ? g_steal_pointer (&mine) : NULL;
}

/* The narrower bound: the higher of two low ones, the lower of two high ones; one that only one has. */
static void
narrow (ForlopRecord *limit,
        ForlopRecord *mine,
        const char   *field,
        gboolean      is_low)
{
  double own, other;

  if (!forlop_record_has (mine, field))
    return;
  other = forlop_record_get_real (mine, field);
  if (!forlop_record_has (limit, field))
    {
      forlop_record_set_real (limit, field, other);
      return;
    }
  own = forlop_record_get_real (limit, field);
  forlop_record_set_real (limit, field, is_low ? MAX (own, other) : MIN (own, other));
}

/* Crossed or equal neighbours judge nothing at all. */
static gboolean
is_in_order (ForlopRecord *limit)
{
  static const char *const fields[] = { "red_low", "yellow_low", "yellow_high", "red_high" };
  gboolean has_last = FALSE;
  double last = 0;

  for (unsigned int i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      double value;

      if (!forlop_record_has (limit, fields[i]))
        continue;
      value = forlop_record_get_real (limit, fields[i]);
      if (has_last && value <= last)
        return FALSE;
      last = value;
      has_last = TRUE;
    }

  return TRUE;
}

/**
 * forlop_contested_limit:
 *
 * Returns: (transfer full): @limit itself where nothing is contested, or where the narrower bounds
 *   would cross: then what is there applies.
 */
ForlopRecord *
forlop_contested_limit (ForlopRecord *limit,
                        GPtrArray    *contested)
{
  g_autoptr (ForlopRecord) careful = NULL;

  g_return_val_if_fail (FORLOP_IS_RECORD (limit), NULL);
  g_return_val_if_fail (contested != NULL, NULL);

  for (unsigned int i = 0; i < contested->len; i++)
    {
      g_autoptr (ForlopRecord) mine = read_mine (g_ptr_array_index (contested, i), limit);

      if (mine == NULL)
        continue;
      if (careful == NULL)
        careful = forlop_record_copy (limit);
      narrow (careful, mine, "red_low", TRUE);
      narrow (careful, mine, "yellow_low", TRUE);
      narrow (careful, mine, "yellow_high", FALSE);
      narrow (careful, mine, "red_high", FALSE);
    }

  return careful != NULL && is_in_order (careful) ? g_steal_pointer (&careful) : g_object_ref (limit);
}

gboolean
forlop_contested_consent (ForlopRecord *consent,
                          GPtrArray    *contested)
{
  g_return_val_if_fail (FORLOP_IS_RECORD (consent), FALSE);
  g_return_val_if_fail (contested != NULL, FALSE);

  for (unsigned int i = 0; i < contested->len; i++)
    {
      g_autoptr (ForlopRecord) mine = read_mine (g_ptr_array_index (contested, i), consent);

      if (mine != NULL && (forlop_record_has (mine, "withdrawn_on") ||
                           (forlop_record_has (mine, "given") && !forlop_record_get_boolean (mine, "given"))))
        return TRUE;
    }

  return FALSE;
}

gboolean
forlop_contested_address (ForlopRecord *citizen,
                          GPtrArray    *contested)
{
  g_return_val_if_fail (FORLOP_IS_RECORD (citizen), FALSE);
  g_return_val_if_fail (contested != NULL, FALSE);

  for (unsigned int i = 0; i < contested->len; i++)
    {
      g_autoptr (ForlopRecord) mine = read_mine (g_ptr_array_index (contested, i), citizen);

      if (mine != NULL && forlop_record_has (mine, "address_protection") &&
          !forlop_record_text_is (mine, "address_protection", "none"))
        return TRUE;
    }

  return FALSE;
}

/**
 * forlop_contested_rules:
 *
 * Of two trend rules neither is the more careful by itself: a rise in fewer days and a smaller rise find
 * different things. So both hold, and the worse of what they say decides.
 *
 * Returns: (transfer full) (element-type ForlopRecord): complete rules, without an id of their own.
 */
GPtrArray *
forlop_contested_rules (ForlopRecord *plan_rule,
                        GPtrArray    *contested)
{
  GPtrArray *rules = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (FORLOP_IS_RECORD (plan_rule), rules);
  g_return_val_if_fail (contested != NULL, rules);

  for (unsigned int i = 0; i < contested->len; i++)
    {
      g_autoptr (ForlopRecord) mine = read_mine (g_ptr_array_index (contested, i), plan_rule);
      g_autoptr (ForlopRecord) rule = NULL;

      if (mine == NULL)
        continue;
      rule = forlop_record_copy (plan_rule);
      for (const ForlopField *field = forlop_record_get_rtype (mine)->fields; field->name != NULL; field++)
        if (forlop_record_has (mine, field->name))
          forlop_record_copy_field (rule, mine, field->name);
      g_ptr_array_add (rules, g_steal_pointer (&rule));
    }

  return rules;
}

gboolean
forlop_contested_decision (ForlopRecord *decision,
                           GPtrArray    *contested,
                           ForlopDate    day)
{
  g_return_val_if_fail (FORLOP_IS_RECORD (decision), FALSE);
  g_return_val_if_fail (contested != NULL, FALSE);

  for (unsigned int i = 0; i < contested->len; i++)
    {
      g_autoptr (ForlopRecord) mine = read_mine (g_ptr_array_index (contested, i), decision);

      if (mine == NULL)
        continue;
      if (forlop_record_text_is (mine, "kind", "refusal") || forlop_record_text_is (mine, "kind", "end") ||
          (forlop_record_has (mine, "valid_to") && forlop_record_get_date (mine, "valid_to") < day))
        return TRUE;
    }

  return FALSE;
}

gboolean
forlop_contested_has (ForlopRecord *record,
                      GPtrArray    *contested)
{
  g_return_val_if_fail (FORLOP_IS_RECORD (record), FALSE);
  g_return_val_if_fail (contested != NULL, FALSE);

  for (unsigned int i = 0; i < contested->len; i++)
    if (forlop_record_text_is (g_ptr_array_index (contested, i), "record_id", forlop_record_get_id (record)))
      return TRUE;

  return FALSE;
}

void
forlop_contested_be_careful (GPtrArray *limits,
                             GPtrArray *rules,
                             GPtrArray *contested)
{
  unsigned int n_rules;

  g_return_if_fail (limits != NULL && rules != NULL && contested != NULL);

  n_rules = rules->len;
  for (unsigned int i = 0; contested->len > 0 && i < limits->len; i++)
    {
      ForlopRecord *limit = g_ptr_array_index (limits, i);

      limits->pdata[i] = forlop_contested_limit (limit, contested);
      g_object_unref (limit);
    }
  for (unsigned int i = 0; contested->len > 0 && i < n_rules; i++)
    g_ptr_array_extend_and_steal (rules, forlop_contested_rules (g_ptr_array_index (rules, i), contested));
}
