/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-fhir-person.h"

#include <string.h>

#include "forlop-id-number.h"
#include "forlop-id.h"

static const char *
text_of (yyjson_val *object,
         const char *key)
{
  return yyjson_get_str (yyjson_obj_get (object, key));
}

static gboolean
is_national (const char *system)
{
  static const char *const systems[] = {
    FORLOP_FHIR_BIRTH_NUMBER, FORLOP_FHIR_D_NUMBER, FORLOP_FHIR_HELP_NUMBER, NULL,
  };

  return system != NULL && g_strv_contains (systems, system);
}

/* A number of the sender's own is looked up among its cases. */
static void
read_identifier (ForlopIncoming *incoming,
                 yyjson_val     *identifier)
{
  const char *value = text_of (identifier, "value");

  if (value == NULL || *value == '\0')
    return;
  if (is_national (text_of (identifier, "system")))
    {
      g_free (incoming->id_number);
      incoming->id_number = forlop_id_number_normalize (value);
    }
  else if (incoming->platform_person == NULL)
    incoming->platform_person = g_strdup (value);
}

static void
read_patient (ForlopIncoming *incoming,
              yyjson_val     *patient)
{
  yyjson_val *identifiers = yyjson_obj_get (patient, "identifier");
  yyjson_val *identifier;
  size_t i, n;

  yyjson_arr_foreach (identifiers, i, n, identifier)
    read_identifier (incoming, identifier);
}

static yyjson_val *
find_contained (yyjson_val *resource,
                const char *id)
{
  yyjson_val *contained = yyjson_obj_get (resource, "contained");
  yyjson_val *each;
  size_t i, n;

  yyjson_arr_foreach (contained, i, n, each)
    if (g_strcmp0 (text_of (each, "id"), id) == 0)
      return each;

  return NULL;
}

/* What the reference leads to, of what came with it. */
static yyjson_val *
find_beside (const char *type,
             const char *address,
             yyjson_val *resource,
             GHashTable *people)
{
  yyjson_val *found = address[0] == '#' ? find_contained (resource, address + 1)
                                        : people != NULL ? g_hash_table_lookup (people, address) : NULL;

  return g_strcmp0 (text_of (found, "resourceType"), type) == 0 ? found : NULL;
}

static const char *
number_of_device (yyjson_val *device)
{
  const char *serial = text_of (device, "serialNumber");

  if (serial == NULL)
    serial = text_of (yyjson_arr_get_first (yyjson_obj_get (device, "identifier")), "value");

  return serial;
}

void
forlop_fhir_read_device (ForlopIncoming *incoming,
                         yyjson_val     *reference,
                         yyjson_val     *resource,
                         GHashTable     *people)
{
  const char *address = text_of (reference, "reference");
  const char *number = text_of (yyjson_obj_get (reference, "identifier"), "value");
  yyjson_val *device = address != NULL ? find_beside ("Device", address, resource, people) : NULL;

  g_return_if_fail (incoming != NULL);

  if (device != NULL)
    number = number_of_device (device);
  else if (number == NULL && address != NULL && g_str_has_prefix (address, "Device/"))
    number = address + strlen ("Device/");
  if (number != NULL && *number != '\0')
    g_set_str (&incoming->device, number);
}

void
forlop_fhir_read_person (ForlopIncoming *incoming,
                         yyjson_val     *reference,
                         yyjson_val     *resource,
                         GHashTable     *people)
{
  const char *address = text_of (reference, "reference");
  yyjson_val *patient = NULL;
  const char *id;

  g_return_if_fail (incoming != NULL);

  read_identifier (incoming, yyjson_obj_get (reference, "identifier"));
  if (address == NULL)
    return;
  patient = find_beside ("Patient", address, resource, people);
  if (patient != NULL)
    {
      read_patient (incoming, patient);
      return;
    }

  id = strrchr (address, '/');
  if (id == NULL || (!g_str_has_prefix (address, "Patient/") && strstr (address, "/Patient/") == NULL))
    return;
  if (forlop_id_is_valid (id + 1))
    g_set_str (&incoming->citizen_id, id + 1);
  else if (incoming->platform_person == NULL && id[1] != '\0')
    incoming->platform_person = g_strdup (id + 1);
}
