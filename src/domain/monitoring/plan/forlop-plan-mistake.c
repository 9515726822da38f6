/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-mistake.h"

#include "forlop-field-value.h"
#include "forlop-plan-records.h"

/* A value for each field that is never the mistake. */
static const struct {
  const char *type;
  const char *field;
  const char *good;
} cures[] = {
  { "schedule", "code", "weight" },
  { "schedule", "times", "08.00" },
  { "schedule", "every_days", "1" },
  { "schedule", "weekdays", "" },
  { "schedule", "starts_on", "01.01.2026" },
  { "schedule", "grace_minutes", "60" },
  { "schedule", "cadence", "daily" },
  { "plan_rule", "amount", "1" },
  { "plan_rule", "days", "3" },
  { "plan_rule", "min_count", "5" },
  { "plan_rule", "severity", "yellow" },
  { "plan_rule", "code", "weight" },
};

static gboolean
is_right (ForlopRecord *part)
{
  ForlopSchedule schedule;
  ForlopRule rule;

  if (forlop_record_is (part, "schedule"))
    return (forlop_record_has (part, "code") || forlop_record_has (part, "form_id")) &&
           forlop_schedule_read (&schedule, part, NULL);

  return forlop_rule_read (&rule, part, NULL) && forlop_rule_validate (&rule, NULL);
}

/* The mistake is in the field that makes everything right when it alone is mended. */
const char *
forlop_plan_mistake_find (const char   *type,
                          ForlopRecord *values)
{
  g_autoptr (ForlopRecord) part = NULL;
  const ForlopField *fields;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (FORLOP_IS_RECORD (values), NULL);

  part = forlop_record_new (forlop_record_type_find (type), forlop_record_get_id (values));
  fields = forlop_record_get_rtype (part)->fields;
  for (unsigned int i = 0; fields[i].name != NULL; i++)
    if (forlop_record_type_field (forlop_record_get_rtype (values), fields[i].name) != NULL)
      {
        g_autofree char *typed = forlop_record_dup_typed (values, fields[i].name);

        /* What cannot be written again is wrong already. */
        if (!forlop_record_set_typed (part, fields[i].name, typed, 0, NULL))
          return fields[i].name;
      }
  if (is_right (part))
    return NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (cures); i++)
    {
      g_autoptr (ForlopRecord) mended = NULL;

      if (!g_str_equal (cures[i].type, type))
        continue;
      mended = forlop_record_copy (part);
      if (forlop_record_set_typed (mended, cures[i].field, cures[i].good, 0, NULL) && is_right (mended))
        return cures[i].field;
    }

  return NULL;
}
