/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-diff.h"

#include <glib/gi18n-lib.h>

#include "forlop-field-value.h"
#include "forlop-plan-records.h"

static const char *const plan_fields[] = {
  "goal", "green_signs", "green_actions", "yellow_signs", "yellow_actions", "red_signs",
  "red_actions", "contacts", "observation_until", "repeat_minutes",
};

static const char *const limit_fields[] = { "red_low", "yellow_low", "yellow_high", "red_high" };

static const char *const described_parts[] = { "schedule", "plan_rule" };

void
forlop_plan_change_free (ForlopPlanChange *self)
{
  if (self == NULL)
    return;

  g_free (self->what);
  g_free (self->was);
  g_free (self->is);
  g_free (self);
}

static const char *
label_of (const char *type,
          const char *field)
{
  return _(forlop_record_type_field (forlop_record_type_find (type), field)->label);
}

static void
add_change (GPtrArray  *changes,
            char       *what,
            const char *was,
            const char *is)
{
  ForlopPlanChange *change;

  if (g_strcmp0 (was, is) == 0)
    {
      g_free (what);
      return;
    }

  change = g_new0 (ForlopPlanChange, 1);
  change->what = what;
  change->was = g_strdup (was);
  change->is = g_strdup (is);
  g_ptr_array_add (changes, change);
}

/**
 * forlop_plan_list_parts:
 * @type: "limit", "plan_rule" or "schedule".
 *
 * Returns: (transfer container): the records.
 */
GPtrArray *
forlop_plan_list_parts (ForlopSnapshot *snapshot,
                        const char     *type,
                        ForlopRecord   *plan)
{
  GPtrArray *all;
  GPtrArray *parts = g_ptr_array_new ();

  g_return_val_if_fail (snapshot != NULL, parts);
  g_return_val_if_fail (FORLOP_IS_RECORD (plan), parts);

  all = forlop_snapshot_list (snapshot, type);
  for (unsigned int i = 0; i < all->len; i++)
    if (forlop_record_text_is (g_ptr_array_index (all, i), "care_plan_id", forlop_record_get_id (plan)))
      g_ptr_array_add (parts, g_ptr_array_index (all, i));

  return parts;
}

/**
 * forlop_plan_part_subject:
 * @names: (nullable): id → title, for the forms.
 *
 * Returns: (transfer full): "Weight", "Symptoms of heart failure".
 */
char *
forlop_plan_part_subject (ForlopRecord *part,
                          GHashTable   *names)
{
  const char *code, *title = NULL;

  g_return_val_if_fail (FORLOP_IS_RECORD (part), NULL);

  code = forlop_record_get_text (part, "code");
  if (code != NULL)
    {
      ForlopMeasure measure = forlop_measure_find ("forlop", code);

      return g_strdup (measure != FORLOP_MEASURE_UNKNOWN ? forlop_measure_label (measure) : code);
    }
  if (names != NULL && forlop_record_is (part, "schedule") && forlop_record_has (part, "form_id"))
    title = g_hash_table_lookup (names, forlop_record_get_text (part, "form_id"));

  return g_strdup (title != NULL ? title : _("Form"));
}

static char *
describe_schedule (ForlopRecord *part)
{
  g_autofree char *when = NULL;
  int grace = (int) forlop_record_get_integer (part, "grace_minutes");
  ForlopSchedule schedule;

  if (!forlop_schedule_read (&schedule, part, NULL))
    return NULL;
  when = forlop_schedule_describe (&schedule);

  /* Translators: when something is measured, then how long it may take before it is missing. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, missing after %d minute",
                                       "%s, missing after %d minutes", grace), when, grace);
}

/**
 * forlop_plan_part_describe:
 *
 * Returns: (transfer full) (nullable): a trend rule or a schedule as a sentence; %NULL where this
 *   version cannot read it.
 */
char *
forlop_plan_part_describe (ForlopRecord *part)
{
  ForlopRule rule;

  g_return_val_if_fail (FORLOP_IS_RECORD (part), NULL);

  if (forlop_record_is (part, "schedule"))
    return describe_schedule (part);
  if (!forlop_rule_read (&rule, part, NULL))
    return NULL;

  return forlop_rule_describe (&rule);
}

static ForlopRecord *
find_limit (GPtrArray  *limits,
            const char *code)
{
  for (unsigned int i = 0; i < limits->len; i++)
    if (forlop_record_text_is (g_ptr_array_index (limits, i), "code", code))
      return g_ptr_array_index (limits, i);

  return NULL;
}

static char *
dup_limit (ForlopRecord  *limit,
           const char    *field)
{
  ForlopMeasure measure;

  if (limit == NULL || !forlop_record_has (limit, field))
    return NULL;
  measure = forlop_measure_find ("forlop", forlop_record_get_text (limit, "code"));

  return measure != FORLOP_MEASURE_UNKNOWN
           ? forlop_measure_format (measure, forlop_record_get_real (limit, field))
           : forlop_record_dup_shown (limit, field);
}

static void
compare_limits (GPtrArray    *changes,
                ForlopRecord *named,
                ForlopRecord *was,
                ForlopRecord *is)
{
  g_autofree char *subject = forlop_plan_part_subject (named, NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (limit_fields); i++)
    {
      g_autofree char *before = dup_limit (was, limit_fields[i]);
      g_autofree char *after = dup_limit (is, limit_fields[i]);

      add_change (changes, g_strdup_printf ("%s: %s", subject, label_of ("limit", limit_fields[i])),
                  before, after);
    }
}

static void
add_limits (GPtrArray      *changes,
            ForlopSnapshot *snapshot,
            ForlopRecord   *was,
            ForlopRecord   *is)
{
  g_autoptr (GPtrArray) before = forlop_plan_list_parts (snapshot, "limit", was);
  g_autoptr (GPtrArray) after = forlop_plan_list_parts (snapshot, "limit", is);

  for (unsigned int i = 0; i < before->len; i++)
    {
      ForlopRecord *limit = g_ptr_array_index (before, i);

      compare_limits (changes, limit, limit,
                      find_limit (after, forlop_record_get_text (limit, "code")));
    }
  for (unsigned int i = 0; i < after->len; i++)
    {
      ForlopRecord *limit = g_ptr_array_index (after, i);

      if (find_limit (before, forlop_record_get_text (limit, "code")) == NULL)
        compare_limits (changes, limit, NULL, limit);
    }
}

/* Takes out the first of @parts that @matches the other, which are then no difference or a change. */
static ForlopRecord *
take_match (GPtrArray    *parts,
            ForlopRecord *other,
            GHashTable   *names,
            gboolean      says_the_same)
{
  g_autofree char *subject = forlop_plan_part_subject (other, names);
  g_autofree char *words = forlop_plan_part_describe (other);

  for (unsigned int i = 0; i < parts->len; i++)
    {
      ForlopRecord *part = g_ptr_array_index (parts, i);
      g_autofree char *part_subject = forlop_plan_part_subject (part, names);
      g_autofree char *part_words = forlop_plan_part_describe (part);

      if (!g_str_equal (part_subject, subject) ||
          (says_the_same && g_strcmp0 (part_words, words) != 0))
        continue;
      g_ptr_array_remove_index (parts, i);
      return part;
    }

  return NULL;
}

static void
add_described (GPtrArray    *changes,
               ForlopRecord *was,
               ForlopRecord *is,
               GHashTable   *names)
{
  ForlopRecord *named = was != NULL ? was : is;
  g_autofree char *subject = forlop_plan_part_subject (named, names);
  g_autofree char *before = was != NULL ? forlop_plan_part_describe (was) : NULL;
  g_autofree char *after = is != NULL ? forlop_plan_part_describe (is) : NULL;

  add_change (changes, g_strdup_printf ("%s: %s", _(forlop_record_get_rtype (named)->label), subject),
              before, after);
}

/* Schedules and trend rules have no key: what says the same is the same; of the rest, those about the
 * same measure or form are one that was changed. */
static void
add_parts (GPtrArray      *changes,
           ForlopSnapshot *snapshot,
           const char     *type,
           ForlopRecord   *was,
           ForlopRecord   *is,
           GHashTable     *names)
{
  g_autoptr (GPtrArray) before = forlop_plan_list_parts (snapshot, type, was);
  g_autoptr (GPtrArray) after = forlop_plan_list_parts (snapshot, type, is);

  for (unsigned int i = before->len; i > 0; i--)
    if (take_match (after, g_ptr_array_index (before, i - 1), names, TRUE) != NULL)
      g_ptr_array_remove_index (before, i - 1);
  for (unsigned int i = 0; i < before->len; i++)
    add_described (changes, g_ptr_array_index (before, i),
                   take_match (after, g_ptr_array_index (before, i), names, FALSE), names);
  for (unsigned int i = 0; i < after->len; i++)
    add_described (changes, NULL, g_ptr_array_index (after, i), names);
}

/**
 * forlop_plan_diff:
 * @was: the version to compare with.
 * @is: the other version.
 * @names: (nullable): id → title, for the forms.
 *
 * What differs, in words: texts, observation and repeat, then limits, schedules and trend rules. The
 * life of the plan (sent, approved, in force) is no difference.
 *
 * Returns: (transfer full): #GPtrArray of #ForlopPlanChange.
 */
GPtrArray *
forlop_plan_diff (ForlopSnapshot *snapshot,
                  ForlopRecord   *was,
                  ForlopRecord   *is,
                  GHashTable     *names)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_plan_change_free);

  g_return_val_if_fail (snapshot != NULL, changes);
  g_return_val_if_fail (FORLOP_IS_RECORD (was) && FORLOP_IS_RECORD (is), changes);

  for (unsigned int i = 0; i < G_N_ELEMENTS (plan_fields); i++)
    {
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      if (forlop_record_has (was, plan_fields[i]))
        before = forlop_record_dup_shown (was, plan_fields[i]);
      if (forlop_record_has (is, plan_fields[i]))
        after = forlop_record_dup_shown (is, plan_fields[i]);
      add_change (changes, g_strdup (label_of ("care_plan", plan_fields[i])), before, after);
    }
  add_limits (changes, snapshot, was, is);
  for (unsigned int i = 0; i < G_N_ELEMENTS (described_parts); i++)
    add_parts (changes, snapshot, described_parts[i], was, is, names);

  return changes;
}
