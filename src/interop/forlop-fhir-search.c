/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-fhir-search.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-date.h"
#include "forlop-fhir-person.h"
#include "forlop-fhir-resource.h"
#include "forlop-id.h"
#include "forlop-id-number.h"
#include "forlop-interop-error.h"
#include "forlop-measure.h"

#define EPOCH_CHARS 8
#define MAX_TYPE_CHARS 40
#define MAX_TEXT_CHARS 200

/* The year 9999: no time is later. */
#define LAST_MS G_GINT64_CONSTANT (253402300799999)

const char *const *
forlop_fhir_search_types (void)
{
  static const char *const types[] = { "Patient", "Observation", "CarePlan", "Device", "Task", NULL };

  return types;
}

const char *const *
forlop_fhir_search_names (const char *type)
{
  static const char *const of_patient[] = { "_id", "_lastUpdated", "identifier", NULL };
  static const char *const of_observation[] = { "_id", "_lastUpdated", "patient", "code", "date", "status", NULL };
  static const char *const of_plan[] = { "_id", "_lastUpdated", "patient", "status", NULL };
  static const char *const of_device[] = { "_id", "_lastUpdated", "patient", NULL };

  g_return_val_if_fail (type != NULL, NULL);

  if (g_str_equal (type, "Patient"))
    return of_patient;
  if (g_str_equal (type, "Observation"))
    return of_observation;

  return g_str_equal (type, "Device") ? of_device : of_plan;
}

void
forlop_fhir_place_clear (ForlopFhirPlace *self)
{
  g_clear_pointer (&self->epoch, g_free);
  g_clear_pointer (&self->citizen_id, g_free);
  g_clear_pointer (&self->record_id, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->id, g_free);
}

void
forlop_fhir_search_free (ForlopFhirSearch *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->citizen_id);
  g_free (self->system);
  g_free (self->number);
  g_free (self->code_system);
  g_free (self->code);
  g_free (self->status);
  g_free (self->parameters);
  forlop_fhir_place_clear (&self->place);
  g_free (self);
}

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_FHIR, sentence);

  return FALSE;
}

static gboolean
refuse_value (GError     **error,
              const char  *name)
{
  g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_FHIR,
               _("The value of the parameter %s cannot be read. Nothing was searched for."), name);

  return FALSE;
}

static gboolean
read_id (char       **id,
         const char  *name,
         const char  *value,
         GError     **error)
{
  if (!forlop_id_is_valid (value))
    {
      g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_FHIR,
                   _("The parameter %s is not an id of this server. Nothing was searched for."), name);
      return FALSE;
    }
  g_set_str (id, value);

  return TRUE;
}

/* "|" divides the system from the code; without it any system is meant. */
static void
split_token (const char  *value,
             char       **system,
             char       **code)
{
  const char *bar = strchr (value, '|');

  g_free (*system);
  g_free (*code);
  *system = bar != NULL && bar > value ? g_strndup (value, (gsize) (bar - value)) : NULL;
  *code = g_strdup (bar != NULL ? bar + 1 : value);
}

static gboolean
read_number (ForlopFhirSearch  *self,
             const char        *value,
             gboolean           is_body,
             GError           **error)
{
  g_autofree char *number = NULL;

  if (!is_body)
    return refuse (error, _("Numbers of people do not stand in addresses. Send the search as a form with POST to "
                            "Patient/_search. Nothing was searched for."));
  split_token (value, &self->system, &number);
  if (*number == '\0')
    return refuse_value (error, "identifier");
  g_free (self->number);
  self->number = forlop_id_number_normalize (number);

  return TRUE;
}

static gboolean
read_count (ForlopFhirSearch  *self,
            const char        *value,
            GError           **error)
{
  guint64 count;

  if (!g_ascii_string_to_unsigned (value, 10, 1, G_MAXINT32, &count, NULL))
    return refuse (error, _("The parameter _count is a whole number from 1. Nothing was searched for."));
  self->is_capped = count > FORLOP_FHIR_PAGE_MAX;
  self->count = (unsigned int) MIN (count, FORLOP_FHIR_PAGE_MAX);

  return TRUE;
}

/* The first and the last millisecond of what is written: a day, in Oslo, or an instant. */
static gboolean
read_span (const char *value,
           gint64     *first,
           gint64     *last)
{
  ForlopDate day;

  if (forlop_date_from_iso (value, &day))
    {
      *first = forlop_instant_from_wall (day, 0);
      *last = forlop_instant_from_wall (day + 1, 0) - 1;
      return TRUE;
    }
  if (strchr (value, 'T') == NULL || !forlop_instant_from_iso (value, first) || *first > LAST_MS)
    return FALSE;
  *last = *first;

  return TRUE;
}

static gboolean
read_date (ForlopFhirSearch  *self,
           const char        *value,
           GError           **error)
{
  static const char *const prefixes[] = { "eq", "ge", "gt", "le", "lt", NULL };
  gboolean has_prefix = g_ascii_isalpha (value[0]) && g_ascii_isalpha (value[1]);
  g_autofree char *prefix = has_prefix ? g_strndup (value, 2) : g_strdup ("eq");
  gint64 first, last;

  if (!g_strv_contains (prefixes, prefix) || !read_span (value + (has_prefix ? 2 : 0), &first, &last))
    return refuse_value (error, "date");
  if (prefix[0] == 'e' || prefix[0] == 'g')
    self->from = MAX (self->from, prefix[0] == 'g' && prefix[1] == 't' ? last + 1 : first);
  if (prefix[0] == 'e' || prefix[0] == 'l')
    self->to = MIN (self->to, prefix[0] == 'l' && prefix[1] == 't' ? first - 1 : last);

  return TRUE;
}

/* Only "since": what is asked for is always the newest there is. */
static gboolean
read_since (ForlopFhirSearch  *self,
            const char        *name,
            const char        *value,
            GError           **error)
{
  gboolean has_prefix = g_str_has_prefix (value, "ge") || g_str_has_prefix (value, "gt");
  gint64 first, last;

  if (!has_prefix && g_str_equal (name, "_lastUpdated"))
    return refuse (error, _("The parameter _lastUpdated is written ge or gt and an instant. Nothing was searched "
                            "for."));
  if (!read_span (value + (has_prefix ? 2 : 0), &first, &last))
    return refuse_value (error, name);
  self->since = MAX (self->since, g_str_has_prefix (value, "gt") ? last + 1 : first);

  return TRUE;
}

static gboolean
read_cursor_part (char       **part,
                  const char  *text)
{
  if (!forlop_id_is_valid (text))
    return FALSE;
  g_set_str (part, text);

  return TRUE;
}

static gboolean
is_type_name (const char *text)
{
  return *text != '\0' && strlen (text) <= MAX_TYPE_CHARS &&
         strspn (text, "abcdefghijklmnopqrstuvwxyz_") == strlen (text);
}

/* Opaque to those who ask; it says where to go on, never what may be read. */
static gboolean
read_cursor (ForlopFhirSearch  *self,
             const char        *value,
             GError           **error)
{
  g_autofree char *padded = g_strdelimit (g_strconcat (value, "===", NULL), "-", '+');
  gsize length = strlen (value);
  g_autofree guchar *bytes = NULL;
  g_auto (GStrv) parts = NULL;
  gint64 seq;

  g_strdelimit (padded, "_", '/');
  padded[length + (4 - length % 4) % 4] = '\0';
  bytes = length > 0 && length <= 2 * MAX_TEXT_CHARS ? g_base64_decode (padded, &length) : NULL;
  if (bytes != NULL && length > 0 && g_utf8_validate_len ((const char *) bytes, length, NULL))
    {
      g_autofree char *text = g_strndup ((const char *) bytes, length);

      parts = g_strsplit (text, ".", 8);
    }
  if (parts == NULL || g_strv_length (parts) != 6 || strlen (parts[0]) != EPOCH_CHARS ||
      !read_cursor_part (&self->place.citizen_id, parts[1]) || !read_cursor_part (&self->place.record_id, parts[2]) ||
      !g_ascii_string_to_signed (parts[3], 10, 0, G_MAXINT64, &seq, NULL) || !is_type_name (parts[4]) ||
      !read_cursor_part (&self->place.id, parts[5]))
    return refuse (error, _("The place to go on from is not one that this server gave. Begin the search again."));
  g_set_str (&self->place.epoch, parts[0]);
  g_set_str (&self->place.type, parts[4]);
  self->place.seq = seq;

  return TRUE;
}

static char *
dup_cursor (const ForlopFhirPlace *place)
{
  g_autofree char *text =
    g_strdup_printf ("%.*s.%s.%s.%" G_GINT64_FORMAT ".%s.%s", EPOCH_CHARS, place->epoch, place->citizen_id,
                     place->record_id, place->seq, place->type, place->id);
  char *cursor = g_base64_encode ((const guchar *) text, strlen (text));

  g_strdelimit (cursor, "+", '-');
  g_strdelimit (cursor, "/", '_');
  *strchrnul (cursor, '=') = '\0';

  return cursor;
}

static gboolean
read_patient (ForlopFhirSearch  *self,
              const char        *name,
              const char        *value,
              GError           **error)
{
  return read_id (&self->citizen_id, name, g_str_has_prefix (value, "Patient/") ? value + 8 : value, error);
}

static gboolean
is_json (const char *value)
{
  return g_str_equal (value, "json") || g_str_equal (value, "application/json") ||
         g_str_equal (value, "application/fhir+json");
}

static gboolean
read_general (ForlopFhirSearch  *self,
              const char        *name,
              const char        *value,
              gboolean          *is_known,
              GError           **error)
{
  *is_known = TRUE;
  if (g_str_equal (name, "_count"))
    return read_count (self, value, error);
  if (g_str_equal (name, "_cursor"))
    return read_cursor (self, value, error);
  if (g_str_equal (name, "_since"))
    return read_since (self, name, value, error);
  if (g_str_equal (name, "_format"))
    return is_json (value) || refuse (error, _("This server answers in JSON alone. Nothing was searched for."));
  *is_known = FALSE;

  return TRUE;
}

static gboolean
read_one (ForlopFhirSearch  *self,
          const char        *name,
          const char        *value,
          gboolean           is_body,
          GError           **error)
{
  const char *wanted = g_str_equal (name, "subject") ? "patient" : name;
  gboolean is_known;

  if (*value == '\0' || strlen (value) > 2 * MAX_TEXT_CHARS)
    return refuse_value (error, name);
  if (!read_general (self, name, value, &is_known, error))
    return FALSE;
  if (is_known)
    return TRUE;
  if (!g_strv_contains (forlop_fhir_search_names (self->type), wanted))
    {
      g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_FHIR,
                   _("A search for %s has no parameter “%s” here. Nothing was searched for."), self->type, name);
      return FALSE;
    }
  if (g_str_equal (wanted, "_id"))
    return read_id (&self->id, name, value, error);
  if (g_str_equal (wanted, "_lastUpdated"))
    return read_since (self, name, value, error);
  if (g_str_equal (wanted, "patient"))
    return read_patient (self, name, value, error);
  if (g_str_equal (wanted, "identifier"))
    return read_number (self, value, is_body, error);
  if (g_str_equal (wanted, "date"))
    return read_date (self, value, error);
  if (g_str_equal (wanted, "code"))
    split_token (value, &self->code_system, &self->code);
  else
    g_set_str (&self->status, value);

  return TRUE;
}

/* What the next page asks for again: without the place, and never a person's number. */
static void
remember (GString    *parameters,
          const char *name,
          const char *value)
{
  g_autofree char *escaped = NULL;

  if (g_str_equal (name, "_cursor") || g_str_equal (name, "identifier"))
    return;
  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (parameters, "%s=%s&", name, escaped);
}

ForlopFhirSearch *
forlop_fhir_search_read (const char  *type,
                         const char  *text,
                         gboolean     is_body,
                         GError     **error)
{
  g_autoptr (ForlopFhirSearch) self = g_new0 (ForlopFhirSearch, 1);
  g_autoptr (GString) parameters = g_string_new (NULL);
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;
  g_autoptr (GError) problem = NULL;
  GUriParamsIter iter;

  g_return_val_if_fail (g_strv_contains (forlop_fhir_search_types (), type), NULL);

  self->type = type;
  self->from = G_MININT64;
  self->to = G_MAXINT64;
  self->since = FORLOP_INSTANT_NONE;
  self->count = FORLOP_FHIR_PAGE;
  g_uri_params_iter_init (&iter, text != NULL ? text : "", -1, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &name, &value, &problem))
    {
      if (!read_one (self, name, value, is_body, error))
        return NULL;
      remember (parameters, name, value);
      g_clear_pointer (&name, g_free);
      g_clear_pointer (&value, g_free);
    }
  if (problem != NULL)
    {
      refuse (error, _("The parameters of the search cannot be read. Nothing was searched for."));
      return NULL;
    }
  self->parameters = g_strdup (parameters->str);

  return g_steal_pointer (&self);
}

static ForlopMeasure
whole_of (ForlopMeasure measure)
{
  ForlopMeasure panel = forlop_measure_info (measure)->panel;

  return panel != FORLOP_MEASURE_UNKNOWN ? panel : measure;
}

/* The two of a panel are told together: its code, and that of each of the two, means both. */
static gboolean
has_code (const ForlopFhirSearch *self,
          ForlopRecord           *measurement)
{
  static const char *const systems[] = {
    FORLOP_SYSTEM_LOINC, FORLOP_SYSTEM_SNOMED, FORLOP_SYSTEM_MDC, FORLOP_SYSTEM_NPU,
  };
  const char *code = forlop_record_get_text (measurement, "code");
  ForlopMeasure measure = forlop_measure_find ("forlop", code);

  for (unsigned int i = 0; i < G_N_ELEMENTS (systems); i++)
    {
      ForlopMeasure asked = forlop_measure_find (systems[i], self->code);

      if ((self->code_system == NULL || g_str_equal (self->code_system, systems[i])) &&
          asked != FORLOP_MEASURE_UNKNOWN && whole_of (asked) == whole_of (measure))
        return TRUE;
    }

  return FALSE;
}

gboolean
forlop_fhir_search_matches (const ForlopFhirSearch *self,
                            ForlopRecord           *record,
                            gboolean                is_invalid)
{
  const char *status = NULL;

  g_return_val_if_fail (self != NULL && record != NULL, FALSE);

  if (forlop_record_is (record, "measurement"))
    {
      gint64 at = forlop_record_get_instant (record, "measured_at");

      status = is_invalid ? "entered-in-error" : "final";
      if (at < self->from || at > self->to || (self->code != NULL && !has_code (self, record)))
        return FALSE;
    }
  else if (forlop_record_is (record, "care_plan"))
    status = forlop_fhir_plan_status (record);
  else if (forlop_record_is (record, "task"))
    status = forlop_fhir_task_status (record);

  return self->status == NULL || g_strcmp0 (self->status, status) == 0;
}

char *
forlop_fhir_search_dup_next (const ForlopFhirSearch *self,
                             const ForlopFhirPlace  *place)
{
  g_autofree char *cursor = NULL;

  g_return_val_if_fail (self != NULL && place != NULL && place->epoch != NULL, NULL);

  cursor = dup_cursor (place);

  return g_strconcat (self->parameters, "_cursor=", cursor, NULL);
}
