/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-triage-file.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "forlop-cli-json.h"
#include "forlop-error.h"
#include "forlop-format.h"

static void
item_clear (gpointer data)
{
  ForlopTriageItem *item = data;

  g_free (item->id);
  g_free (item->problem);
}

void
forlop_triage_file_free (ForlopTriageFile *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->versions, g_array_unref);
  g_clear_pointer (&self->items, g_array_unref);
  g_free (self);
}

static gboolean refuse (GError     **error,
                        const char  *format,
                        ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError     **error,
        const char  *format,
        ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID, message);

  return FALSE;
}

/* A point in time, or the beginning of a day in Oslo. */
static gboolean
read_instant (const char  *key,
              const char  *text,
              gint64      *at,
              GError     **error)
{
  ForlopDate date;

  if (forlop_date_from_iso (text, &date))
    *at = forlop_instant_from_wall (date, 0);
  else if (!forlop_instant_from_iso (text, at))
    return refuse (error, _("%s: “%s” is not a time. Write for example 2026-03-12T07:30:00+01:00."), key, text);

  return TRUE;
}

/* The measure of a plan's limits or rule, which must be known. */
static gboolean
read_measure (yyjson_val     *object,
              ForlopMeasure  *measure,
              GError        **error)
{
  const char *code = NULL;

  if (!forlop_json_get_text (object, "code", &code, error))
    return FALSE;
  *measure = forlop_measure_find (NULL, code);
  if (*measure == FORLOP_MEASURE_UNKNOWN || forlop_measure_is_panel (*measure))
    return refuse (error, _("The plan names a measure that is not known: “%s”. Nothing was judged."),
                   code != NULL ? code : "");

  return TRUE;
}

/* Without a unit the value is in the measure's own. */
static gboolean
read_amount (yyjson_val     *object,
             const char     *key,
             ForlopMeasure   measure,
             double         *amount,
             GError        **error)
{
  const char *unit = NULL;

  if (!forlop_json_get_text (object, "unit", &unit, error) ||
      !forlop_json_get_real (object, key, amount, error))
    return FALSE;

  return unit == NULL || isnan (*amount) || forlop_measure_convert (measure, *amount, unit, amount, error);
}

static gboolean
read_limits (ForlopPlanVersion  *version,
             yyjson_val         *object,
             GError            **error)
{
  ForlopMeasure measure;
  ForlopLimits limits;

  if (!read_measure (object, &measure, error))
    return FALSE;
  forlop_limits_init (&limits, measure);

  return read_amount (object, "red_low", measure, &limits.red_low, error) &&
         read_amount (object, "yellow_low", measure, &limits.yellow_low, error) &&
         read_amount (object, "yellow_high", measure, &limits.yellow_high, error) &&
         read_amount (object, "red_high", measure, &limits.red_high, error) &&
         forlop_plan_version_set_limits (version, &limits, error);
}

static gboolean
read_rule (ForlopPlanVersion  *version,
           yyjson_val         *object,
           GError            **error)
{
  const char *kind_code = NULL;
  const char *severity = NULL;
  ForlopRuleKind kind;
  ForlopMeasure measure;
  ForlopRule rule;
  gint64 days = 0;
  gint64 min_count;

  if (!read_measure (object, &measure, error) ||
      !forlop_json_get_text (object, "kind", &kind_code, error) ||
      !forlop_json_get_text (object, "severity", &severity, error) ||
      !forlop_json_get_integer (object, "days", &days, error))
    return FALSE;
  if (kind_code == NULL || !forlop_rule_kind_from_code (kind_code, &kind))
    return refuse (error, _("The plan has a rule of a kind that is not known: “%s”. Nothing was judged."),
                   kind_code != NULL ? kind_code : "");

  forlop_rule_init (&rule, kind, measure);
  min_count = rule.min_count;
  if (severity == NULL || !(forlop_severity_from_code (severity, &rule.severity) ||
                            forlop_severity_from_triage_code (severity, &rule.severity)))
    return refuse (error, _("A rule's severity is red or yellow, not “%s”. Nothing was judged."),
                   severity != NULL ? severity : "");
  if (!forlop_json_get_boolean (object, "percent", &rule.percent, error) ||
      !forlop_json_get_boolean (object, "either_way", &rule.either_way, error) ||
      !forlop_json_get_integer (object, "min_count", &min_count, error) ||
      !(rule.percent ? forlop_json_get_real (object, "amount", &rule.amount, error)
                     : read_amount (object, "amount", measure, &rule.amount, error)))
    return FALSE;
  rule.days = (int) CLAMP (days, 0, G_MAXINT);
  rule.min_count = (int) CLAMP (min_count, 0, G_MAXINT);

  return forlop_plan_version_add_rule (version, &rule, error);
}

typedef gboolean (*ReadPart) (ForlopPlanVersion  *version,
                              yyjson_val         *object,
                              GError            **error);

static gboolean
read_parts (ForlopPlanVersion  *version,
            yyjson_val         *plan,
            const char         *key,
            ReadPart            read_part,
            GError            **error)
{
  yyjson_val *list = yyjson_obj_get (plan, key);
  yyjson_val *part;
  size_t i, n;

  if (list == NULL || yyjson_is_null (list))
    return TRUE;
  if (!yyjson_is_arr (list))
    return refuse (error, _("“%s” must be a list. Nothing was judged."), key);

  yyjson_arr_foreach (list, i, n, part)
    if (!read_part (version, part, error))
      return FALSE;

  return TRUE;
}

/* A day is observed to its end, a point in time up to it. */
static gboolean
read_observation (ForlopPlanVersion  *version,
                  yyjson_val         *plan,
                  GError            **error)
{
  const char *text = NULL;
  ForlopDate last_day;

  if (!forlop_json_get_text (plan, "observation_until", &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  if (!forlop_date_from_iso (text, &last_day))
    return read_instant ("observation_until", text, &version->observation_until, error);
  forlop_plan_version_observe_through (version, last_day);

  return TRUE;
}

static gboolean
read_plan (ForlopTriageFile  *self,
           yyjson_val        *plan,
           GError           **error)
{
  ForlopPlanVersion version;
  const char *valid_from = NULL;
  gint64 number = 0;
  gint64 repeat = 0;

  if (!yyjson_is_obj (plan))
    return refuse (error, _("A plan must be a JSON object. Nothing was judged."));
  if (!forlop_json_get_integer (plan, "version", &number, error) ||
      !forlop_json_get_text (plan, "valid_from", &valid_from, error) ||
      !forlop_json_get_integer (plan, "repeat_within_minutes", &repeat, error))
    return FALSE;
  if (number < 1 || number > G_MAXINT)
    return refuse (error, _("A plan needs a version from 1. Nothing was judged."));

  forlop_plan_version_init (&version, (unsigned int) number);
  if ((valid_from != NULL && !read_instant ("valid_from", valid_from, &version.valid_from, error)) ||
      !read_observation (&version, plan, error) ||
      !forlop_plan_version_set_repeat (&version, (int) CLAMP (repeat, G_MININT, G_MAXINT), error) ||
      !read_parts (&version, plan, "limits", read_limits, error) ||
      !read_parts (&version, plan, "rules", read_rule, error))
    return FALSE;
  g_array_append_val (self->versions, version);

  return TRUE;
}

static gboolean
read_plans (ForlopTriageFile  *self,
            yyjson_val        *root,
            GError           **error)
{
  yyjson_val *plans = yyjson_obj_get (root, "plans");
  yyjson_val *plan;
  size_t i, n;

  if (plans == NULL)
    {
      plan = forlop_json_require (root, "plan", error);
      return plan != NULL && read_plan (self, plan, error);
    }
  if (!yyjson_is_arr (plans))
    return refuse (error, _("“%s” must be a list. Nothing was judged."), "plans");

  yyjson_arr_foreach (plans, i, n, plan)
    if (!read_plan (self, plan, error))
      return FALSE;

  return TRUE;
}

/* A number, or a number as a person writes it; anything else is no number. */
static double
read_value (yyjson_val *value)
{
  double number = NAN;

  if (yyjson_is_num (value))
    return yyjson_get_num (value);
  if (yyjson_is_str (value) && forlop_number_parse (yyjson_get_str (value), &number, NULL))
    return number;

  return NAN;
}

static gboolean
read_measurement (ForlopTriageFile  *self,
                  yyjson_val        *object,
                  GError           **error)
{
  ForlopTriageItem item = { .measurement = { .source = FORLOP_SOURCE_DEVICE } };
  yyjson_val *value = yyjson_obj_get (object, "value");
  const char *id = NULL, *code = NULL, *unit = NULL, *at = NULL;
  guint32 n = GUINT32_TO_BE (self->items->len);
  g_autoptr (GError) problem = NULL;

  if (!forlop_json_get_text (object, "id", &id, error) || !forlop_json_get_text (object, "code", &code, error) ||
      !forlop_json_get_text (object, "unit", &unit, error) ||
      !forlop_json_get_text (object, "measured_at", &at, error))
    return FALSE;
  if (at == NULL)
    return refuse (error, _("Measurement “%s” has no measured_at. Nothing was judged."), id != NULL ? id : "");
  if (!read_instant ("measured_at", at, &item.measurement.measured_at, error))
    return FALSE;

  memcpy (item.measurement.id + 12, &n, sizeof n);
  item.measurement.received_at = item.measurement.measured_at;
  item.measurement.value = read_value (value);
  item.measurement.measure = forlop_measure_find (NULL, code);
  item.unknown = item.measurement.measure == FORLOP_MEASURE_UNKNOWN;
  if (value == NULL || yyjson_is_null (value))
    item.measurement.quality = FORLOP_QUALITY_ABSENT;
  else if (!item.unknown && unit != NULL && !isnan (item.measurement.value) &&
           !forlop_measure_convert (item.measurement.measure, item.measurement.value, unit,
                                    &item.measurement.value, &problem))
    item.problem = g_strdup (problem->message);
  item.id = g_strdup (id);
  g_array_append_val (self->items, item);

  return TRUE;
}

ForlopTriageFile *
forlop_triage_file_parse (const char  *json,
                          GError     **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (ForlopTriageFile) self = g_new0 (ForlopTriageFile, 1);
  yyjson_val *measurements, *measurement;
  size_t i, n;

  g_return_val_if_fail (json != NULL, NULL);

  self->versions = g_array_new (FALSE, FALSE, sizeof (ForlopPlanVersion));
  self->items = g_array_new (FALSE, TRUE, sizeof (ForlopTriageItem));
  g_array_set_clear_func (self->items, item_clear);

  doc = forlop_json_parse (json, -1, error);
  if (doc == NULL)
    return NULL;
  if (!read_plans (self, yyjson_doc_get_root (doc), error))
    return NULL;
  measurements = forlop_json_require (yyjson_doc_get_root (doc), "measurements", error);
  if (measurements == NULL)
    return NULL;
  if (!yyjson_is_arr (measurements))
    {
      refuse (error, _("“%s” must be a list. Nothing was judged."), "measurements");
      return NULL;
    }
  yyjson_arr_foreach (measurements, i, n, measurement)
    if (!read_measurement (self, measurement, error))
      return NULL;

  return g_steal_pointer (&self);
}

static gboolean
can_judge (const ForlopTriageItem *item)
{
  return item->problem == NULL && !item->unknown;
}

static GArray *
sorted_history (ForlopTriageFile *self)
{
  GArray *history = g_array_new (FALSE, FALSE, sizeof (ForlopMeasurement));

  for (unsigned int i = 0; i < self->items->len; i++)
    {
      const ForlopTriageItem *item = &g_array_index (self->items, ForlopTriageItem, i);

      if (can_judge (item))
        g_array_append_val (history, item->measurement);
    }
  forlop_measurements_sort ((ForlopMeasurement *) history->data, history->len);

  return history;
}

static void
add_result (yyjson_mut_doc  *doc,
            yyjson_mut_val  *results,
            const char      *id,
            ForlopSeverity   severity,
            const char      *reason,
            unsigned int     plan_version)
{
  yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, results);
  ForlopSeverity shown = severity == FORLOP_SEVERITY_NOT_REPORTED ? FORLOP_SEVERITY_IMPLAUSIBLE : severity;

  forlop_cli_json_text (doc, object, "id", id);
  forlop_cli_json_text (doc, object, "severity", forlop_severity_code (shown));
  forlop_cli_json_text (doc, object, "triage", forlop_severity_triage_code (severity));
  forlop_cli_json_text (doc, object, "reason", reason);
  if (plan_version > 0)
    yyjson_mut_obj_add_uint (doc, object, "plan_version", plan_version);
  else
    yyjson_mut_obj_add_null (doc, object, "plan_version");
}

yyjson_mut_doc *
forlop_triage_file_judge (ForlopTriageFile *self)
{
  yyjson_mut_val *root, *results;
  yyjson_mut_doc *doc = forlop_cli_new_json (&root);
  g_autoptr (GArray) history = NULL;

  g_return_val_if_fail (self != NULL, doc);

  history = sorted_history (self);
  results = yyjson_mut_obj_add_arr (doc, root, "results");
  for (unsigned int i = 0; i < self->items->len; i++)
    {
      const ForlopTriageItem *item = &g_array_index (self->items, ForlopTriageItem, i);
      const ForlopPlanVersion *versions = (const ForlopPlanVersion *) self->versions->data;
      const ForlopPlanVersion *in_force =
        forlop_plan_in_force (versions, self->versions->len, item->measurement.measured_at);
      ForlopJudgement judgement;
      g_autofree char *reason = NULL;

      if (!can_judge (item))
        {
          add_result (doc, results, item->id,
                      item->unknown ? FORLOP_SEVERITY_NONE : FORLOP_SEVERITY_IMPLAUSIBLE,
                      item->unknown ? _("This measure is not known, so there are no limits for it.") : item->problem,
                      in_force != NULL ? in_force->version : 0);
          continue;
        }
      judgement = forlop_triage_judge (&item->measurement, versions, self->versions->len,
                                       (const ForlopMeasurement *) history->data, history->len);
      reason = forlop_reason_format (&judgement.reason);
      add_result (doc, results, item->id, judgement.severity, reason,
                  judgement.plan_version > 0 ? judgement.plan_version : in_force != NULL ? in_force->version : 0);
    }

  return doc;
}
