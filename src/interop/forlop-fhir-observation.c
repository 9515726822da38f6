/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-fhir-observation.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "forlop-date.h"
#include "forlop-fhir-person.h"
#include "forlop-format.h"
#include "forlop-interop-error.h"

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_FHIR, sentence);

  return FALSE;
}

static const char *
text_of (yyjson_val *object,
         const char *key)
{
  return yyjson_get_str (yyjson_obj_get (object, key));
}

/* Every coding, for whoever looks at it afterwards. */
static void
add_coding (GString    *text,
            const char *system,
            const char *code)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append_printf (text, "%s|%s", system != NULL ? system : "", code);
}

/* The measure that the codings name; UNKNOWN when none is known or two name different ones. */
static ForlopMeasure
read_code (yyjson_val *concept,
           GString    *codings)
{
  yyjson_val *list = yyjson_obj_get (concept, "coding");
  ForlopMeasure measure = FORLOP_MEASURE_UNKNOWN;
  gboolean is_torn = FALSE;
  yyjson_val *coding;
  size_t i, n;

  yyjson_arr_foreach (list, i, n, coding)
    {
      const char *system = text_of (coding, "system");
      const char *code = text_of (coding, "code");
      ForlopMeasure found;

      if (code == NULL)
        continue;
      add_coding (codings, system, code);
      found = system != NULL && !g_str_equal (system, "forlop") ? forlop_measure_find (system, code)
                                                                : FORLOP_MEASURE_UNKNOWN;
      is_torn |= found != FORLOP_MEASURE_UNKNOWN && measure != FORLOP_MEASURE_UNKNOWN && found != measure;
      if (found != FORLOP_MEASURE_UNKNOWN)
        measure = found;
    }

  return is_torn ? FORLOP_MEASURE_UNKNOWN : measure;
}

/* What this product keeps as a measurement of its own. */
static gboolean
is_kept (ForlopMeasure measure)
{
  return measure != FORLOP_MEASURE_UNKNOWN && measure != FORLOP_MEASURE_FORM_SCORE &&
         measure != FORLOP_MEASURE_NEWS2;
}

/* A number, or NaN where there is none. FALSE when what stands there is no number. */
static gboolean
read_number (yyjson_val  *holder,
             double      *value,
             const char **unit)
{
  yyjson_val *quantity = yyjson_obj_get (holder, "valueQuantity");
  yyjson_val *number = quantity != NULL ? yyjson_obj_get (quantity, "value")
                                        : yyjson_obj_get (holder, "valueInteger");

  *value = NAN;
  *unit = text_of (quantity, "code");
  if (*unit == NULL)
    *unit = text_of (quantity, "unit");
  if (number == NULL)
    return yyjson_obj_get (holder, "valueString") == NULL;
  if (!yyjson_is_num (number) || yyjson_obj_get (quantity, "comparator") != NULL)
    return FALSE;
  *value = yyjson_get_num (number);

  return TRUE;
}

static char *
dup_value_text (yyjson_val *holder)
{
  yyjson_val *value = yyjson_obj_get (holder, "valueQuantity");

  if (value == NULL)
    value = yyjson_obj_get (holder, "valueString");

  return value != NULL ? yyjson_val_write (value, 0, NULL) : NULL;
}

static void
read_value (ForlopIncoming *self,
            yyjson_val     *holder,
            ForlopMeasure   measure)
{
  ForlopIncomingValue *read = &self->values[self->n_values];
  g_autoptr (GError) problem = NULL;
  const char *unit;

  read->measure = measure;
  self->n_values++;
  if (!read_number (holder, &read->value, &unit))
    {
      char *text = dup_value_text (holder);

      forlop_incoming_doubt (self, "unclear", text);
      free (text);
      return;
    }
  if (isnan (read->value))
    return;
  if (!forlop_measure_convert (measure, read->value, unit, &read->value, &problem))
    {
      g_set_str (&self->unit, unit);
      forlop_incoming_doubt (self, "wrong_unit", unit);
    }
}

/* A measure that is not known here, in the sender's words, for who has to find out what it is. */
static char *
dup_said (yyjson_val *resource,
          yyjson_val *code)
{
  yyjson_val *coding = yyjson_arr_get_first (yyjson_obj_get (code, "coding"));
  const char *names[] = { text_of (code, "text"), text_of (coding, "display"), text_of (coding, "code") };
  const char *name = NULL, *unit;
  g_autofree char *number = NULL;
  double value;

  for (unsigned int i = 0; i < G_N_ELEMENTS (names) && name == NULL; i++)
    name = names[i];
  if (name == NULL || !read_number (resource, &value, &unit) || !isfinite (value))
    return g_strdup (name);
  number = forlop_number_format (value, 2, FALSE);

  return g_strjoin (" ", name, number, unit, NULL);
}

static gboolean
has_value (yyjson_val *component)
{
  return yyjson_obj_get (component, "valueQuantity") != NULL || yyjson_obj_get (component, "valueInteger") != NULL ||
         yyjson_obj_get (component, "valueString") != NULL;
}

/* The two of a blood pressure; what else comes in components says nothing that is kept. */
static void
read_components (ForlopIncoming *self,
                 yyjson_val     *resource,
                 GString        *codings)
{
  static const ForlopMeasure wanted[] = { FORLOP_MEASURE_SYSTOLIC, FORLOP_MEASURE_DIASTOLIC };
  yyjson_val *components = yyjson_obj_get (resource, "component");
  yyjson_val *found[G_N_ELEMENTS (wanted)] = { NULL };
  yyjson_val *component;
  size_t i, n;

  yyjson_arr_foreach (components, i, n, component)
    {
      ForlopMeasure measure = read_code (yyjson_obj_get (component, "code"), codings);

      for (unsigned int j = 0; j < G_N_ELEMENTS (wanted); j++)
        if (measure == wanted[j])
          found[j] = component;
    }
  /* One that is absent beside one that is there was not measured. */
  for (unsigned int j = 0; j < G_N_ELEMENTS (wanted); j++)
    if (found[j] != NULL && (has_value (found[j]) || found[1 - j] == NULL || !has_value (found[1 - j])))
      read_value (self, found[j], wanted[j]);
  if (self->n_values == 0)
    forlop_incoming_doubt (self, "unknown_code", NULL);
}

/* A day alone is no time of measuring. */
static void
read_time (ForlopIncoming *self,
           yyjson_val     *resource)
{
  yyjson_val *period = yyjson_obj_get (resource, "effectivePeriod");
  const char *text = text_of (resource, "effectiveDateTime");

  if (text == NULL)
    text = text_of (resource, "effectiveInstant");
  if (text == NULL)
    text = text_of (period, "end");
  if (text == NULL)
    text = text_of (period, "start");
  if (text == NULL || strchr (text, 'T') == NULL || !forlop_instant_from_iso (text, &self->measured_at))
    {
      self->measured_at = FORLOP_INSTANT_NONE;
      forlop_incoming_doubt (self, "no_time", text);
    }
}

static gboolean
read_status (ForlopIncoming  *self,
             yyjson_val      *resource,
             GError         **error)
{
  static const char *const states[] = {
    "registered", "preliminary", "final", "amended", "corrected", "unknown", NULL,
  };
  static const char *const corrected[] = { "amended", "corrected", NULL };
  static const char *const ended[] = { "cancelled", "entered-in-error", NULL };
  const char *status = text_of (resource, "status");

  if (status == NULL)
    return refuse (error, _("The Observation has no status. Nothing was stored of it."));
  self->is_withdrawn = g_strv_contains (ended, status);
  self->is_correction = g_strv_contains (corrected, status);

  return self->is_withdrawn || g_strv_contains (states, status) ||
         refuse (error, _("The Observation's status is none of FHIR's. Nothing was stored of it."));
}

/* The first that has a value; without one a reading cannot be told from the next. */
static void
read_reference (ForlopIncoming *self,
                yyjson_val     *resource)
{
  yyjson_val *identifiers = yyjson_obj_get (resource, "identifier");
  yyjson_val *identifier;
  size_t i, n;

  yyjson_arr_foreach (identifiers, i, n, identifier)
    {
      const char *system = text_of (identifier, "system");
      const char *value = text_of (identifier, "value");

      if (self->reference == NULL && value != NULL && *value != '\0')
        self->reference = g_strconcat (system != NULL ? system : "", "|", value, NULL);
    }
}

static gboolean
read_observation (ForlopIncoming  *self,
                  yyjson_val      *resource,
                  GHashTable      *people,
                  GError         **error)
{
  g_autoptr (GString) codings = g_string_new (NULL);
  yyjson_val *code = yyjson_obj_get (resource, "code");
  ForlopMeasure measure;

  if (g_strcmp0 (text_of (resource, "resourceType"), "Observation") != 0)
    return refuse (error, _("Only Observations are received here. Nothing was stored of it."));
  if (!read_status (self, resource, error))
    return FALSE;
  if (!yyjson_is_obj (code))
    return refuse (error, _("The Observation has no code. Nothing was stored of it."));

  forlop_fhir_read_person (self, yyjson_obj_get (resource, "subject"), resource, people);
  forlop_fhir_read_device (self, yyjson_obj_get (resource, "device"), resource, people);
  read_reference (self, resource);
  read_time (self, resource);
  self->source = yyjson_obj_get (resource, "device") != NULL ? "device" : "platform";
  measure = read_code (code, codings);
  if (!is_kept (measure))
    {
      g_autofree char *said = dup_said (resource, code);

      forlop_incoming_doubt (self, "unknown_code", said);
    }
  else if (forlop_measure_is_panel (measure))
    read_components (self, resource, codings);
  else
    read_value (self, resource, measure);
  self->codings = g_strdup (codings->str);

  return TRUE;
}

ForlopIncoming *
forlop_fhir_observation_read (yyjson_val  *resource,
                              GHashTable  *people,
                              GError     **error)
{
  g_autoptr (ForlopIncoming) self = forlop_incoming_new ();
  size_t length = 0;
  char *body;

  g_return_val_if_fail (resource != NULL, NULL);

  body = yyjson_val_write (resource, 0, &length);
  self->body = body != NULL ? g_strndup (body, length) : g_strdup ("");
  free (body);
  if (length > FORLOP_FHIR_RESOURCE_BYTES)
    {
      refuse (error, _("The Observation is longer than 64 KiB. Nothing was stored of it."));
      return NULL;
    }

  return read_observation (self, resource, people, error) ? g_steal_pointer (&self) : NULL;
}
