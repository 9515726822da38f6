/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-fhir-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-fhir-outcome.h"
#include "forlop-fhir-resource.h"
#include "forlop-json.h"

/* So much is read for a page, whatever it comes to; what is left stands behind the next link. */
#define ROWS_PER_PAGE 5000
#define ROWS_AT_ONCE 200
/* Finding out whether somebody may be read about counts as so many. */
#define ROWS_OF_OPENING 5
#define CHANGED_ROWS 2000
#define CITIZENS_AT_ONCE 100
#define BYTES_PER_PAGE (2 * 1024 * 1024)

static const struct { const char *type; const char *record; ForlopSyncTells tells; } kinds[] = {
  { "Patient", "citizen", FORLOP_SYNC_TELLS_PERSON },
  { "Observation", "measurement", FORLOP_SYNC_TELLS_MEASUREMENTS },
  { "CarePlan", "care_plan", FORLOP_SYNC_TELLS_PLANS },
  { "Device", "item", FORLOP_SYNC_TELLS_ITEMS },
  { "Task", "task", FORLOP_SYNC_TELLS_TASKS },
};

static unsigned int
kind_of (const char *type)
{
  unsigned int i = 0;

  while (i < G_N_ELEMENTS (kinds) - 1 && !g_str_equal (kinds[i].type, type))
    i++;

  return i;
}

ForlopSyncTells
forlop_fhir_tells (const char *type)
{
  return kinds[kind_of (type)].tells;
}

const char *
forlop_fhir_record_type (const char *type)
{
  return kinds[kind_of (type)].record;
}

static yyjson_mut_val *
make_patient (yyjson_mut_doc         *doc,
              const ForlopFhirMeta   *meta,
              const ForlopSyncSender *system,
              ForlopSyncReadable     *person)
{
  ForlopFhirPerson patient = {
    .citizen = person->citizen, .aliases = person->aliases, .is_hidden = person->is_hidden, .platform = system->name,
  };

  for (unsigned int i = 0; i < person->cases->len; i++)
    {
      ForlopRecord *the_case = g_ptr_array_index (person->cases, i);

      if (forlop_record_text_is (the_case, "platform", system->name))
        patient.platform_person = forlop_record_get_text (the_case, "platform_person");
    }

  return forlop_fhir_patient_new (doc, meta, &patient);
}

static yyjson_mut_val *
make_resource (yyjson_mut_doc         *doc,
               const ForlopFhirMeta   *meta,
               const ForlopSyncSender *system,
               ForlopSyncReadable     *person,
               const ForlopSyncTold   *told)
{
  const char *citizen_id = person->ids->pdata[0];

  if (forlop_record_is (told->record, "citizen"))
    return make_patient (doc, meta, system, person);
  if (told->systolic != NULL || told->diastolic != NULL)
    {
      const ForlopFhirPressure pressure = {
        .first = told->record, .systolic = told->systolic, .is_systolic_invalid = told->is_systolic_invalid,
        .diastolic = told->diastolic, .is_diastolic_invalid = told->is_diastolic_invalid,
      };

      return forlop_fhir_pressure_new (doc, meta, &pressure, citizen_id);
    }
  if (forlop_record_is (told->record, "measurement"))
    return forlop_fhir_observation_new (doc, meta, told->record, citizen_id, told->is_invalid);
  if (forlop_record_is (told->record, "care_plan"))
    {
      const ForlopFhirPlan plan = { told->record, told->limits, told->schedules };

      return forlop_fhir_care_plan_new (doc, meta, &plan, citizen_id);
    }
  if (forlop_record_is (told->record, "item"))
    return forlop_fhir_device_new (doc, meta, told->record, told->product, citizen_id);

  return forlop_fhir_task_new (doc, meta, told->record, citizen_id);
}

char *
forlop_fhir_write_told (ForlopSyncReading       *reading,
                        const ForlopSyncSender  *system,
                        ForlopSyncReadable      *person,
                        const ForlopSyncTold    *told,
                        GError                 **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  ForlopFhirMeta meta = { .version = told->version };

  g_return_val_if_fail (person != NULL && told != NULL, NULL);

  if (!forlop_sync_reading_time_of (reading, told->place.seq, &meta.updated, error))
    return NULL;
  yyjson_mut_doc_set_root (doc, make_resource (doc, &meta, system, person, told));

  return forlop_json_write (doc, FALSE);
}

/* A page on its way. */
typedef struct {
  ForlopSyncReading *reading;
  const ForlopSyncSender *system;
  const ForlopFhirSearch *search;
  GPtrArray *scopes;
  gint64 since;
  yyjson_mut_doc *doc;
  yyjson_mut_val *entries;
  unsigned int n;
  gsize bytes;
  unsigned int budget; /* rows that may still be read */
  const char *candidate;
  char last_candidate[37];
  ForlopSyncPlace last;
  gboolean has_more;
} Page;

static void
append_entry (Page       *self,
              const char *id,
              const char *text)
{
  yyjson_mut_val *entry = yyjson_mut_arr_add_obj (self->doc, self->entries);
  g_autofree char *address = g_strconcat ("urn:uuid:", id, NULL);

  forlop_json_add_text (self->doc, entry, "fullUrl", address);
  yyjson_mut_obj_add_val (self->doc, entry, "resource", yyjson_mut_rawncpy (self->doc, text, strlen (text)));
  yyjson_mut_obj_add_str (self->doc, yyjson_mut_obj_add_obj (self->doc, entry, "search"), "mode", "match");
}

/* Where the next page goes on. */
static void
reach (Page                  *self,
       const ForlopSyncPlace *place)
{
  g_strlcpy (self->last_candidate, self->candidate, sizeof self->last_candidate);
  self->last = *place;
}

static gboolean
add_told (Page                  *self,
          ForlopSyncReadable    *person,
          const ForlopSyncTold  *told,
          GError               **error)
{
  g_autofree char *scope = g_strconcat ("c:", (const char *) person->ids->pdata[0], NULL);
  g_autofree char *text = NULL;

  if (!forlop_fhir_search_matches (self->search, told->record, told->is_invalid))
    return TRUE;
  if (self->n == self->search->count || self->bytes >= BYTES_PER_PAGE)
    {
      self->has_more = TRUE;
      return TRUE;
    }
  text = forlop_fhir_write_told (self->reading, self->system, person, told, error);
  if (text == NULL)
    return FALSE;
  append_entry (self, forlop_record_get_id (told->record), text);
  reach (self, &told->place);
  self->n++;
  self->bytes += strlen (text);
  if (!g_ptr_array_find_with_equal_func (self->scopes, scope, g_str_equal, NULL))
    g_ptr_array_add (self->scopes, g_steal_pointer (&scope));

  return TRUE;
}

/* Of one person, after @after. */
static gboolean
add_person (Page                *self,
            ForlopSyncReadable  *person,
            ForlopSyncPlace      after,
            GError             **error)
{
  gboolean is_all = FALSE;

  while (!is_all && !self->has_more)
    {
      unsigned int chunk = MIN (self->budget, MAX (ROWS_AT_ONCE, 2 * self->search->count));
      unsigned int left = chunk;
      g_autoptr (GPtrArray) told =
        forlop_sync_reading_tell (self->reading, person, forlop_fhir_tells (self->search->type), self->since, &after,
                                  &left, &is_all, error);

      if (told == NULL)
        return FALSE;
      for (unsigned int i = 0; i < told->len && !self->has_more; i++)
        if (!add_told (self, person, g_ptr_array_index (told, i), error))
          return FALSE;
      self->budget -= chunk - left;
      if (self->budget == 0 && !self->has_more)
        {
          reach (self, &after);
          self->has_more = TRUE;
        }
    }

  return TRUE;
}

/* Somebody who was registered twice comes once: under the first record that has a case which lets the system read. */
static gboolean
comes_under (ForlopSyncReadable *person,
             const char         *id)
{
  for (unsigned int i = 0; i < person->cases->len; i++)
    if (strcmp (forlop_record_get_text (g_ptr_array_index (person->cases, i), "citizen_id"), id) < 0)
      return FALSE;

  return TRUE;
}

/* The next page begins with whom there was no room to look at. */
static void
stop_before (Page       *self,
             const char *candidate)
{
  ForlopSyncPlace beginning = { .seq = 0, .type = "citizen" };

  g_strlcpy (beginning.record_id, candidate, sizeof beginning.record_id);
  g_strlcpy (beginning.id, candidate, sizeof beginning.id);
  self->candidate = candidate;
  reach (self, &beginning);
  self->has_more = TRUE;
}

static gboolean
add_candidates (Page       *self,
                GPtrArray  *candidates,
                gboolean    is_listed,
                GError    **error)
{
  const ForlopFhirPlace *from = &self->search->place;

  for (unsigned int i = 0; i < candidates->len && !self->has_more; i++)
    {
      g_autoptr (ForlopSyncReadable) person = NULL;
      ForlopSyncPlace after = { 0 };
      int order;

      self->candidate = g_ptr_array_index (candidates, i);
      order = from->epoch != NULL ? strcmp (self->candidate, from->citizen_id) : 1;
      if (order < 0)
        continue;
      if (self->budget <= ROWS_OF_OPENING)
        {
          stop_before (self, self->candidate);
          break;
        }
      self->budget -= ROWS_OF_OPENING;
      if (!forlop_sync_reading_open (self->reading, self->candidate, &person, error))
        return FALSE;
      if (person == NULL || (is_listed && person->ids->len > 1 && !comes_under (person, self->candidate)))
        continue;
      if (order == 0 && from->seq > 0)
        {
          after.seq = from->seq;
          g_strlcpy (after.record_id, from->record_id, sizeof after.record_id);
          g_strlcpy (after.type, from->type, sizeof after.type);
          g_strlcpy (after.id, from->id, sizeof after.id);
        }
      if (!add_person (self, person, after, error))
        return FALSE;
    }

  return TRUE;
}

/* One that was asked for by its id. */
static gboolean
add_by_id (Page    *self,
           GError **error)
{
  const char *type = forlop_fhir_record_type (self->search->type);
  g_autofree char *citizen_id = NULL;
  g_autoptr (ForlopSyncReadable) person = NULL;
  g_autoptr (ForlopSyncTold) told = NULL;

  if (!forlop_sync_reading_find_of (self->reading, type, self->search->id, &citizen_id, error))
    return FALSE;
  if (citizen_id == NULL)
    return TRUE;
  if (!forlop_sync_reading_open (self->reading, citizen_id, &person, error))
    return FALSE;
  if (person == NULL || (self->search->citizen_id != NULL &&
                         !g_ptr_array_find_with_equal_func (person->ids, self->search->citizen_id, g_str_equal, NULL)))
    return TRUE;
  if (!forlop_sync_reading_tell_one (self->reading, person, forlop_fhir_tells (self->search->type), self->search->id,
                                     &told, error))
    return FALSE;
  self->candidate = citizen_id;

  return told == NULL || told->place.seq <= self->since || add_told (self, person, told, error);
}

/* Of the few who have changed since, or from the last place on until the page is full. */
static gboolean
add_listed (Page    *self,
            GError **error)
{
  const ForlopFhirPlace *place = &self->search->place;
  g_autofree char *from = g_strdup (place->epoch != NULL ? place->citizen_id : "");
  gboolean is_all = FALSE;

  if (self->since > 0)
    {
      g_autoptr (GPtrArray) changed =
        forlop_sync_reading_list_changed (self->reading, forlop_fhir_tells (self->search->type), self->since,
                                          CHANGED_ROWS, &is_all, error);

      if (changed == NULL || (is_all && !add_candidates (self, changed, TRUE, error)))
        return FALSE;
    }
  while (!is_all && !self->has_more)
    {
      g_autoptr (GPtrArray) some = forlop_sync_reading_list (self->reading, from, CITIZENS_AT_ONCE, error);

      if (some == NULL || !add_candidates (self, some, TRUE, error))
        return FALSE;
      is_all = some->len < CITIZENS_AT_ONCE;
      if (is_all)
        break;
      /* The next id after the last one. */
      g_free (from);
      from = g_strconcat (g_ptr_array_index (some, some->len - 1), "0", NULL);
    }

  return TRUE;
}

/* Whom the search names. */
static gboolean
add_named (Page        *self,
           const char  *named,
           GError     **error)
{
  const ForlopFhirSearch *search = self->search;
  g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *citizen_id = g_strdup (named);

  if (search->number != NULL)
    {
      gboolean is_national = search->system == NULL || g_str_has_prefix (search->system, "urn:oid:2.16.578.1.12.4.1.4.");
      gboolean is_own = search->system == NULL;
      g_autofree char *found = NULL;

      if (!forlop_sync_reading_find (self->reading, is_national ? search->number : NULL,
                                     is_own ? search->number : NULL, &found, error))
        return FALSE;
      if (found == NULL || (named != NULL && !g_str_equal (found, named)))
        return TRUE;
      g_set_str (&citizen_id, found);
    }
  g_ptr_array_add (one, g_steal_pointer (&citizen_id));

  return add_candidates (self, one, FALSE, error);
}

static void
append_link (Page       *self,
             yyjson_mut_val *links,
             const char *relation,
             const char *query)
{
  yyjson_mut_val *link = yyjson_mut_arr_add_obj (self->doc, links);
  g_autofree char *address = g_strconcat ("/fhir/", self->search->type, *query != '\0' ? "?" : "", query, NULL);

  yyjson_mut_obj_add_str (self->doc, link, "relation", relation);
  forlop_json_add_text (self->doc, link, "url", address);
}

static void
add_links (Page           *self,
           yyjson_mut_val *root)
{
  yyjson_mut_val *links = yyjson_mut_obj_add_arr (self->doc, root, "link");

  append_link (self, links, "self", self->search->parameters);
  if (self->has_more)
    {
      const ForlopFhirPlace place = {
        .epoch = (char *) forlop_sync_reading_get_head (self->reading)->epoch, .citizen_id = self->last_candidate,
        .record_id = self->last.record_id, .seq = self->last.seq, .type = self->last.type, .id = self->last.id,
      };
      g_autofree char *query = forlop_fhir_search_dup_next (self->search, &place);

      append_link (self, links, "next", query);
    }
}

/* Said beside what was found. */
static void
append_capped (Page *self)
{
  yyjson_mut_val *entry;

  if (!self->search->is_capped)
    return;
  entry = yyjson_mut_arr_add_obj (self->doc, self->entries);
  yyjson_mut_obj_add_val (self->doc, entry, "resource",
                          forlop_fhir_outcome_new (self->doc, "information", "informational",
                                                   _("A page has at most 500 resources; the rest is behind the next "
                                                     "link.")));
  yyjson_mut_obj_add_str (self->doc, yyjson_mut_obj_add_obj (self->doc, entry, "search"), "mode", "outcome");
}

static char *
write_bundle (Page    *self,
              GError **error)
{
  yyjson_mut_val *root = yyjson_mut_obj (self->doc);
  const ForlopServerHead *head = forlop_sync_reading_get_head (self->reading);
  g_autofree char *updated = NULL;
  gint64 at = FORLOP_INSTANT_NONE;

  if (head->seq > 0 && !forlop_sync_reading_time_of (self->reading, head->seq, &at, error))
    return NULL;
  updated = at != FORLOP_INSTANT_NONE ? forlop_instant_to_iso (at) : NULL;
  yyjson_mut_doc_set_root (self->doc, root);
  yyjson_mut_obj_add_str (self->doc, root, "resourceType", "Bundle");
  if (updated != NULL)
    forlop_json_add_text (self->doc, yyjson_mut_obj_add_obj (self->doc, root, "meta"), "lastUpdated", updated);
  yyjson_mut_obj_add_str (self->doc, root, "type", "searchset");
  add_links (self, root);
  append_capped (self);
  if (yyjson_mut_arr_size (self->entries) > 0)
    yyjson_mut_obj_add_val (self->doc, root, "entry", self->entries);

  return forlop_json_write (self->doc, FALSE);
}

char *
forlop_fhir_write_page (ForlopSyncReading       *reading,
                        const ForlopSyncSender  *system,
                        const ForlopFhirSearch  *search,
                        GPtrArray               *scopes,
                        GError                 **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  const char *named;
  gboolean is_added;
  Page self = {
    .reading = reading, .system = system, .search = search, .scopes = scopes, .doc = doc,
    .entries = yyjson_mut_arr (doc), .budget = ROWS_PER_PAGE,
  };

  g_return_val_if_fail (reading != NULL && search != NULL && scopes != NULL, NULL);

  if (search->since != FORLOP_INSTANT_NONE &&
      !forlop_sync_reading_before (reading, search->since, &self.since, error))
    return NULL;
  if (search->id != NULL && !g_str_equal (search->type, "Patient"))
    return add_by_id (&self, error) ? write_bundle (&self, error) : NULL;
  named = g_str_equal (search->type, "Patient") ? search->id : search->citizen_id;
  is_added = named == NULL && search->number == NULL ? add_listed (&self, error) : add_named (&self, named, error);

  return is_added ? write_bundle (&self, error) : NULL;
}
