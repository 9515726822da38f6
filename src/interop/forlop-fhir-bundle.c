/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-fhir-bundle.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-fhir-observation.h"
#include "forlop-interop-error.h"

static void
entry_free (gpointer data)
{
  ForlopFhirEntry *self = data;

  g_clear_pointer (&self->incoming, forlop_incoming_free);
  g_free (self->refusal);
  g_free (self);
}

void
forlop_fhir_bundle_free (ForlopFhirBundle *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_type (yyjson_val *resource,
         const char *type)
{
  return g_strcmp0 (yyjson_get_str (yyjson_obj_get (resource, "resourceType")), type) == 0;
}

/* The Patients and Devices of the bundle, by full address and by type and id. */
static GHashTable *
read_people (yyjson_val *entries)
{
  GHashTable *people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  yyjson_val *entry;
  size_t i, n;

  yyjson_arr_foreach (entries, i, n, entry)
    {
      yyjson_val *resource = yyjson_obj_get (entry, "resource");
      const char *address = yyjson_get_str (yyjson_obj_get (entry, "fullUrl"));
      const char *id = yyjson_get_str (yyjson_obj_get (resource, "id"));
      gboolean is_patient = is_type (resource, "Patient");

      if (!is_patient && !is_type (resource, "Device"))
        continue;
      if (address != NULL)
        g_hash_table_insert (people, g_strdup (address), resource);
      if (id != NULL)
        g_hash_table_insert (people, g_strconcat (is_patient ? "Patient/" : "Device/", id, NULL), resource);
    }

  return people;
}

static gboolean
asks_to_make (yyjson_val *entry)
{
  const char *method = yyjson_get_str (yyjson_obj_get (yyjson_obj_get (entry, "request"), "method"));

  return method == NULL || g_str_equal (method, "POST");
}

static ForlopFhirEntry *
read_entry (yyjson_val *entry,
            GHashTable *people,
            gboolean    is_asked)
{
  ForlopFhirEntry *self = g_new0 (ForlopFhirEntry, 1);
  yyjson_val *resource = yyjson_obj_get (entry, "resource");
  g_autoptr (GError) error = NULL;

  if (!asks_to_make (entry))
    self->refusal = g_strdup (_("Measurements are sent here with POST. Nothing was done for this entry."));
  else if (resource == NULL || !yyjson_is_obj (resource))
    self->refusal = g_strdup (_("The entry has no resource. Nothing was stored of it."));
  else if (!is_type (resource, "Observation") && (!is_asked || is_type (resource, "Patient") || is_type (resource, "Device")))
    self->is_beside = TRUE;
  else
    {
      self->incoming = forlop_fhir_observation_read (resource, people, &error);
      if (self->incoming == NULL)
        self->refusal = g_strdup (error->message);
    }

  return self;
}

ForlopFhirBundle *
forlop_fhir_bundle_read (yyjson_val  *resource,
                         GError     **error)
{
  static const char *const kinds[] = { "batch", "transaction", "collection", "message", NULL };
  const char *kind = yyjson_get_str (yyjson_obj_get (resource, "type"));
  yyjson_val *entries = yyjson_obj_get (resource, "entry");
  gboolean is_asked;
  g_autoptr (GHashTable) people = NULL;
  g_autoptr (ForlopFhirBundle) self = NULL;
  yyjson_val *entry;
  size_t i, n;

  if (!is_type (resource, "Bundle") || kind == NULL || !g_strv_contains (kinds, kind))
    {
      g_set_error_literal (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_FHIR,
                           _("What came is not a Bundle of the kind batch, transaction or collection. Nothing was "
                             "stored."));
      return NULL;
    }
  if (yyjson_arr_size (entries) > FORLOP_FHIR_BUNDLE_ENTRIES)
    {
      g_set_error (error, FORLOP_INTEROP_ERROR, FORLOP_INTEROP_ERROR_FHIR,
                   _("A Bundle has at most %d entries. Nothing was stored; send it in parts."),
                   FORLOP_FHIR_BUNDLE_ENTRIES);
      return NULL;
    }

  is_asked = g_str_equal (kind, "batch") || g_str_equal (kind, "transaction");
  people = read_people (entries);
  self = g_new0 (ForlopFhirBundle, 1);
  self->is_whole = g_str_equal (kind, "transaction");
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  yyjson_arr_foreach (entries, i, n, entry)
    g_ptr_array_add (self->entries, read_entry (entry, people, is_asked));

  return g_steal_pointer (&self);
}
