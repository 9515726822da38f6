/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-reason.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-decimal.h"
#include "forlop-error.h"
#include "forlop-json.h"

static void
add_number (yyjson_mut_doc *doc,
            yyjson_mut_val *object,
            const char     *key,
            double          value)
{
  if (forlop_decimal_is_number (value))
    yyjson_mut_obj_add_real (doc, object, key, value);
}

static void
add_instant (yyjson_mut_doc *doc,
             yyjson_mut_val *object,
             const char     *key,
             gint64          value)
{
  if (value != FORLOP_INSTANT_NONE)
    yyjson_mut_obj_add_sint (doc, object, key, value);
}

/**
 * forlop_reason_to_json:
 *
 * The reason as one line of JSON for storage: codes, numbers in the canonical unit and instants in
 * milliseconds; what is not set is left out.
 *
 * Returns: (transfer full): {"code":"beyond_limit","severity":"red","measure":"spo2","value":86.0,
 *   "limit_kind":"red_low","limit":88.0,"plan_version":3,"limits":{"red_low":88.0}}
 */
char *
forlop_reason_to_json (const ForlopReason *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *object = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, object);
  yyjson_mut_obj_add_str (doc, object, "code", forlop_reason_code_name (self->code));
  yyjson_mut_obj_add_str (doc, object, "severity", forlop_severity_code (self->severity));
  yyjson_mut_obj_add_str (doc, object, "measure", forlop_measure_code (self->measure));
  add_number (doc, object, "value", self->value);
  if (self->limit_kind != FORLOP_LIMIT_NONE)
    yyjson_mut_obj_add_str (doc, object, "limit_kind", forlop_limit_kind_code (self->limit_kind));
  add_number (doc, object, "limit", self->limit);
  add_number (doc, object, "other", self->other);
  add_instant (doc, object, "other_at", self->other_at);
  add_number (doc, object, "amount", self->amount);
  if (self->percent)
    yyjson_mut_obj_add_bool (doc, object, "percent", true);
  if (self->days > 0)
    yyjson_mut_obj_add_int (doc, object, "days", self->days);
  if (self->plan_version > 0)
    yyjson_mut_obj_add_uint (doc, object, "plan_version", self->plan_version);
  add_instant (doc, object, "plan_valid_from", self->plan_valid_from);

  if (!forlop_limits_is_empty (&self->limits))
    {
      yyjson_mut_val *limits = yyjson_mut_obj_add_obj (doc, object, "limits");

      for (ForlopLimitKind kind = FORLOP_LIMIT_RED_LOW; kind <= FORLOP_LIMIT_RED_HIGH; kind++)
        add_number (doc, limits, forlop_limit_kind_code (kind),
                    forlop_limits_get (&self->limits, kind));
    }
  return forlop_json_write (doc, FALSE);
}

static gboolean
read_codes (yyjson_val    *object,
            ForlopReason  *reason,
            GError       **error)
{
  const char *code = NULL;
  const char *severity = NULL;
  const char *measure = NULL;
  const char *limit_kind = NULL;

  if (!forlop_json_get_text (object, "code", &code, error)
      || !forlop_json_get_text (object, "severity", &severity, error)
      || !forlop_json_get_text (object, "measure", &measure, error)
      || !forlop_json_get_text (object, "limit_kind", &limit_kind, error))
    return FALSE;

  if (!forlop_reason_code_find (code, &reason->code)
      || !forlop_severity_from_code (severity, &reason->severity))
    {
      g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                           _("The stored reason of a judgement has a code this program does not "
                             "know; the measurement is kept. Update the program."));
      return FALSE;
    }
  reason->measure = forlop_measure_find ("forlop", measure);
  reason->limit_kind = forlop_limit_kind_from_code (limit_kind);
  return TRUE;
}

static gboolean
read_numbers (yyjson_val    *object,
              ForlopReason  *reason,
              GError       **error)
{
  gint64 days = 0;
  gint64 plan_version = 0;

  if (!forlop_json_get_real (object, "value", &reason->value, error)
      || !forlop_json_get_real (object, "limit", &reason->limit, error)
      || !forlop_json_get_real (object, "other", &reason->other, error)
      || !forlop_json_get_integer (object, "other_at", &reason->other_at, error)
      || !forlop_json_get_real (object, "amount", &reason->amount, error)
      || !forlop_json_get_boolean (object, "percent", &reason->percent, error)
      || !forlop_json_get_integer (object, "days", &days, error)
      || !forlop_json_get_integer (object, "plan_version", &plan_version, error)
      || !forlop_json_get_integer (object, "plan_valid_from", &reason->plan_valid_from, error))
    return FALSE;

  reason->days = (int) CLAMP (days, 0, G_MAXINT);
  reason->plan_version = (unsigned int) CLAMP (plan_version, 0, G_MAXINT);
  return TRUE;
}

/**
 * forlop_reason_from_json:
 * @reason: (out): Filled only where TRUE is returned.
 *
 * Reads what forlop_reason_to_json() wrote. Keys it does not know are skipped; an unknown code is
 * refused with %FORLOP_ERROR_INVALID.
 */
gboolean
forlop_reason_from_json (const char    *text,
                         ForlopReason  *reason,
                         GError       **error)
{
  g_return_val_if_fail (text != NULL && reason != NULL, FALSE);

  g_autoptr (yyjson_doc) doc = forlop_json_parse (text, -1, error);

  if (doc == NULL)
    return FALSE;

  yyjson_val *object = yyjson_doc_get_root (doc);
  yyjson_val *limits = yyjson_obj_get (object, "limits");
  ForlopReason read = {
    .value = NAN, .limit = NAN, .other = NAN, .amount = NAN,
    .other_at = FORLOP_INSTANT_NONE, .plan_valid_from = FORLOP_INSTANT_NONE,
  };

  if (!read_codes (object, &read, error) || !read_numbers (object, &read, error))
    return FALSE;

  forlop_limits_init (&read.limits, read.measure);
  if (!forlop_json_get_real (limits, "red_low", &read.limits.red_low, error)
      || !forlop_json_get_real (limits, "yellow_low", &read.limits.yellow_low, error)
      || !forlop_json_get_real (limits, "yellow_high", &read.limits.yellow_high, error)
      || !forlop_json_get_real (limits, "red_high", &read.limits.red_high, error))
    return FALSE;

  *reason = read;
  return TRUE;
}
