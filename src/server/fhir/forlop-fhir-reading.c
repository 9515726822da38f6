/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-fhir-reading.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-fhir-outcome.h"
#include "forlop-fhir-page.h"
#include "forlop-fhir-resource.h"
#include "forlop-json.h"

static ForlopSyncReply *
refuse_reader (ForlopServerCall *call)
{
  return call->system->reads
           ? NULL
           : forlop_fhir_refuse (403, "forbidden", _("This system was not given leave to read. Nothing was told."));
}

static ForlopSyncSender
system_of (ForlopServerCall *call)
{
  return (ForlopSyncSender) {
    .name = call->system->name, .unit_id = call->system->unit_id, .request_id = call->request_id,
  };
}

/* The type that the address names, and what stands after it (nullable). */
static const char *
find_type (ForlopServerCall  *call,
           const char       **rest)
{
  const char *name = call->path + strlen ("/fhir/");
  const char *slash = strchr (name, '/');
  const char *const *types = forlop_fhir_search_types ();

  *rest = slash != NULL ? slash + 1 : NULL;
  for (unsigned int i = 0; types[i] != NULL; i++)
    if (strlen (types[i]) == (slash != NULL ? (gsize) (slash - name) : strlen (name)) &&
        g_str_has_prefix (name, types[i]))
      return types[i];

  return NULL;
}

/* Nothing leaves before it is in the access log. */
static ForlopSyncReply *
answer (ForlopServerCall        *call,
        const ForlopSyncSender  *system,
        const char              *type,
        char                    *text,
        GPtrArray               *scopes,
        GError                 **error)
{
  g_autofree char *body = text;

  if (!forlop_sync_reading_log (call->tenant->storage, system, forlop_clock_now (call->tenant->clock),
                                forlop_fhir_record_type (type), scopes, error))
    return NULL;

  return forlop_sync_reply_new (200, g_steal_pointer (&body));
}

static ForlopSyncReply *
refuse_place (const ForlopFhirSearch *search,
              ForlopSyncReading      *reading)
{
  const char *epoch = forlop_sync_reading_get_head (reading)->epoch;

  return search->place.epoch == NULL || g_str_has_prefix (epoch, search->place.epoch)
           ? NULL
           : forlop_fhir_refuse (410, "expired", _("The server was restored since this search began. Begin it again."));
}

ForlopSyncReply *
forlop_fhir_search (ForlopServerCall  *call,
                    GError           **error)
{
  ForlopSyncReply *reply = refuse_reader (call);
  const ForlopSyncSender system = system_of (call);
  g_autoptr (GPtrArray) scopes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ForlopFhirSearch) search = NULL;
  g_autoptr (ForlopSyncReading) reading = NULL;
  g_autoptr (GError) problem = NULL;
  const char *type, *rest;
  char *text;

  if (reply != NULL)
    return reply;
  type = find_type (call, &rest);
  search = forlop_fhir_search_read (type, rest != NULL ? call->text : call->query, rest != NULL, &problem);
  if (search == NULL)
    return forlop_fhir_refuse (400, "invalid", problem->message);
  reading = forlop_sync_reading_new (call->tenant->storage, &system, forlop_clock_now (call->tenant->clock), error);
  if (reading == NULL)
    return NULL;
  reply = refuse_place (search, reading);
  if (reply != NULL)
    return reply;
  text = forlop_fhir_write_page (reading, &system, search, scopes, error);
  g_clear_pointer (&reading, forlop_sync_reading_free);

  return text != NULL ? answer (call, &system, type, text, scopes, error) : NULL;
}

/* Another record of the same person. */
static char *
write_merged (ForlopSyncReading   *reading,
              ForlopSyncReadable  *person,
              const char          *id,
              GError             **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  ForlopFhirMeta meta = { .version = person->version };

  if (!forlop_sync_reading_time_of (reading, person->seq, &meta.updated, error))
    return NULL;
  yyjson_mut_doc_set_root (doc, forlop_fhir_patient_merged (doc, &meta, id, person->ids->pdata[0]));

  return forlop_json_write (doc, FALSE);
}

/* TRUE without a text for what is not there, or may not be read. */
static gboolean
read_one (ForlopSyncReading       *reading,
          const ForlopSyncSender  *system,
          const char              *type,
          const char              *id,
          char                   **text,
          GPtrArray               *scopes,
          GError                 **error)
{
  gboolean is_patient = g_str_equal (type, "Patient");
  g_autofree char *citizen_id = is_patient ? g_strdup (id) : NULL;
  g_autoptr (ForlopSyncReadable) person = NULL;
  g_autoptr (ForlopSyncTold) told = NULL;

  if (!is_patient &&
      !forlop_sync_reading_find_of (reading, forlop_fhir_record_type (type), id, &citizen_id, error))
    return FALSE;
  if (citizen_id == NULL)
    return TRUE;
  if (!forlop_sync_reading_open (reading, citizen_id, &person, error))
    return FALSE;
  if (person == NULL)
    return TRUE;
  if (is_patient && !g_str_equal (id, person->ids->pdata[0]))
    *text = write_merged (reading, person, id, error);
  else
    {
      if (!forlop_sync_reading_tell_one (reading, person, forlop_fhir_tells (type), id, &told, error))
        return FALSE;
      if (told == NULL)
        return TRUE;
      *text = forlop_fhir_write_told (reading, system, person, told, error);
    }
  g_ptr_array_add (scopes, g_strconcat ("c:", (const char *) person->ids->pdata[0], NULL));

  return *text != NULL;
}

ForlopSyncReply *
forlop_fhir_read (ForlopServerCall  *call,
                  GError           **error)
{
  ForlopSyncReply *reply = refuse_reader (call);
  const ForlopSyncSender system = system_of (call);
  g_autoptr (GPtrArray) scopes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ForlopSyncReading) reading = NULL;
  const char *type, *id;
  char *text = NULL;

  if (reply != NULL)
    return reply;
  type = find_type (call, &id);
  if (forlop_id_is_valid (id))
    {
      reading = forlop_sync_reading_new (call->tenant->storage, &system, forlop_clock_now (call->tenant->clock), error);
      if (reading == NULL || !read_one (reading, &system, type, id, &text, scopes, error))
        return NULL;
      g_clear_pointer (&reading, forlop_sync_reading_free);
    }
  if (text == NULL)
    return forlop_fhir_refuse (404, "not-found", _("There is no such resource here, or this system may not read it."));

  return answer (call, &system, type, text, scopes, error);
}
