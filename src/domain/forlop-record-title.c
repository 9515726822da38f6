/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-record-title.h"

#include <glib/gi18n-lib.h>

#include "forlop-field-value.h"
#include "forlop-format.h"

#define MAX_PARTS 4

/* The first that are filled in, at most two of them. */
static const struct {
  const char *type;
  const char *fields[MAX_PARTS];
} titles[] = {
  { "alert", { "severity", "raised_at" } },
  { "appeal", { "received_on", "status" } },
  { "assessment", { "conclusion", "completed_on", "started_on" } },
  { "baseline", { "period" } },
  { "block", { "reason" } },
  { "case", { "number" } },
  { "care_plan", { "version", "status" } },
  { "closure", { "reason", "ended_on" } },
  { "consent", { "kind", "assessed_on" } },
  { "contact", { "name", "kind" } },
  { "contact_log", { "way", "at" } },
  { "criterion", { "criterion" } },
  { "decision", { "kind", "decided_on" } },
  { "delivery", { "wanted", "status" } },
  { "deviation", { "description" } },
  { "document", { "title" } },
  { "equipment_order", { "ordered_on", "quantity" } },
  { "evaluation", { "number", "held_on" } },
  { "fault", { "description" } },
  { "form", { "title" } },
  { "goal", { "goal" } },
  { "handover", { "status", "offered_at" } },
  { "item", { "serial_number", "asset_tag" } },
  { "limit", { "code" } },
  { "loan", { "handed_out_on" } },
  { "medical_responsibility", { "holder", "name" } },
  { "meeting", { "title", "held_on" } },
  { "meeting_item", { "question" } },
  { "next_of_kin", { "name", "relation" } },
  { "note", { "written_at" } },
  { "pause", { "reason", "from_time" } },
  { "plan_rule", { "kind", "code" } },
  { "referral", { "source", "received_on" } },
  { "risk", { "risk" } },
  { "schedule", { "code", "cadence" } },
  { "service_plan", { "kind", "interval_days" } },
  { "survey_answer", { "answered_on" } },
  { "template", { "title", "name" } },
  { "training", { "status", "held_on", "planned_at" } },
};

static char *
part_of (ForlopRecord *record,
         const char   *name)
{
  const ForlopField *field = forlop_record_type_field (forlop_record_get_rtype (record), name);
  g_autofree char *shown = NULL;

  if (field == NULL || !forlop_record_has (record, name))
    return NULL;

  shown = forlop_record_dup_shown (record, name);
  if (field->kind == FORLOP_KIND_INTEGER)
    /* Translators: a word and its number, such as Version 3. */
    return g_strdup_printf (_("%s %s"), _(field->label), shown);

  return g_steal_pointer (&shown);
}

/* A plan may be in force from a later time than now, and until then the one before it is: the time stands beside the
 * word. */
static char *
plan_state (ForlopRecord *plan)
{
  static const char *const days[][2] = { { "in_force", "valid_from" }, { "superseded", "superseded_at" } };
  g_autofree char *status = forlop_record_dup_shown (plan, "status");

  for (unsigned int i = 0; i < G_N_ELEMENTS (days); i++)
    if (forlop_record_text_is (plan, "status", days[i][0]) && forlop_record_has (plan, days[i][1]))
      {
        g_autofree char *time = forlop_instant_format (forlop_record_get_instant (plan, days[i][1]));

        return i == 0 ? g_strdup_printf (_("In force from %s"), time) : g_strdup_printf (_("Superseded %s"), time);
      }

  return g_steal_pointer (&status);
}

char *
forlop_record_dup_title (ForlopRecord *self)
{
  static const char *const name[MAX_PARTS] = { "name", "title" };
  const ForlopRecordType *type;
  const char *const *fields = name;
  g_autoptr (GString) title = NULL;
  unsigned int n = 0;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), NULL);

  type = forlop_record_get_rtype (self);
  for (unsigned int i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].type, type->name))
      fields = titles[i].fields;

  title = g_string_new (NULL);
  for (unsigned int i = 0; i < MAX_PARTS && fields[i] != NULL && n < 2; i++)
    {
      g_autofree char *part = g_str_equal (type->name, "care_plan") && g_str_equal (fields[i], "status")
                                ? plan_state (self) : part_of (self, fields[i]);

      if (part == NULL)
        continue;
      if (title->len > 0)
        g_string_append (title, " · ");
      g_string_append (title, part);
      n++;
    }

  return title->len > 0 ? g_string_free_and_steal (g_steal_pointer (&title)) : g_strdup (_(type->label));
}
