/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-set-up.h"

#include <glib/gi18n-lib.h>

#include "forlop-acts-resources.h"
#include "forlop-json.h"
#include "forlop-record-store.h"

#define REFERENCES "/no/forlop/Forlop/data/legal-references.json"

typedef struct {
  ForlopConnection *connection;
  ForlopIdSource *ids;
  ForlopActor *actor;
  gint64 now;
} Maker;

/* The order of the report; each role is held in the unit where it is used. */
static const struct {
  const char *kind;
  const char *name;
  const char *roles[4];
} units[] = {
  { "allocation_office", N_("Allocation office"), { "caseworker", "administrator" } },
  { "zone", N_("Home care zone 1"), { "resource_person", "manager" } },
  { "store", N_("Equipment store"), { "coordinator" } },
  { "follow_up_centre", N_("Follow-up centre"), { "resource_person" } },
};

void
forlop_set_up_report_free (ForlopSetUpReport *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->units);
  g_free (self);
}

/* Does an act and gives back the id of what it made. */
static char *
make (Maker         *self,
      const char    *name,
      ForlopRecord  *arguments,
      GError       **error)
{
  g_autoptr (ForlopActResult) result = forlop_acts_perform (
    self->connection, self->actor, self->ids, self->now, forlop_act_find (name), arguments, error);

  return result != NULL ? g_steal_pointer (&result->subject_id) : NULL;
}

static ForlopRecord *
new_arguments (const char *act)
{
  return forlop_acts_new_arguments (forlop_act_find (act), NULL);
}

static char *
make_user (Maker              *self,
           const ForlopSetUp  *set_up,
           GError            **error)
{
  g_autoptr (ForlopRecord) user = new_arguments ("save-user");

  forlop_record_set_text (user, "name", set_up->user_name);
  forlop_record_set_text (user, "short_name", set_up->short_name);

  return make (self, "save-user", user, error);
}

static gboolean
make_membership (Maker       *self,
                 const char  *user_id,
                 const char  *role,
                 const char  *unit_id,
                 GError     **error)
{
  g_autoptr (ForlopRecord) membership = new_arguments ("save-membership");
  g_autofree char *id = NULL;

  forlop_record_set_text (membership, "user_id", user_id);
  forlop_record_set_text (membership, "role", role);
  forlop_record_set_text (membership, "unit_id", unit_id);
  id = make (self, "save-membership", membership, error);

  return id != NULL;
}

static gboolean
make_units (Maker              *self,
            const char         *user_id,
            ForlopSetUpReport  *report,
            GError            **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (unsigned int i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (ForlopRecord) unit = new_arguments ("save-unit");
      g_autofree char *unit_id = NULL;

      forlop_record_set_text (unit, "name", _(units[i].name));
      forlop_record_set_text (unit, "kind", units[i].kind);
      unit_id = make (self, "save-unit", unit, error);
      if (unit_id == NULL)
        return FALSE;
      g_strv_builder_add (names, _(units[i].name));

      for (unsigned int r = 0; units[i].roles[r] != NULL; r++)
        if (!make_membership (self, user_id, units[i].roles[r], unit_id, error))
          return FALSE;
    }
  report->units = g_strv_builder_end (names);

  return TRUE;
}

/* The pathway with home care in every step after the decision; the municipality changes it to its
 * own way. */
static gboolean
make_profile (Maker              *self,
              const ForlopSetUp  *set_up,
              GError            **error)
{
  g_autoptr (ForlopRecord) profile = new_arguments ("save-profile");
  g_autofree char *id = NULL;

  forlop_record_set_text (profile, "name", set_up->municipality);
  forlop_record_set_text (profile, "municipality_number", set_up->municipality_number);
  forlop_record_set_boolean (profile, "decision_required", TRUE);
  forlop_record_set_integer (profile, "trial_days", 14);
  forlop_record_set_integer (profile, "evaluation_months", 3);
  forlop_record_set_boolean (profile, "hand_over", FALSE);
  forlop_record_set_text (profile, "prepared_by", "zone");
  forlop_record_set_text (profile, "limits_owned_by", "forlop");
  id = make (self, "save-profile", profile, error);

  return id != NULL;
}

static gboolean
make_references (Maker              *self,
                 ForlopSetUpReport  *report,
                 GError            **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  const ForlopAct *act = forlop_act_find ("save-legal-reference");
  yyjson_val *reference;
  size_t i, n;

  g_resources_register (forlop_acts_get_resource ());
  bytes = g_resources_lookup_data (REFERENCES, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return FALSE;
  doc = forlop_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error);
  if (doc == NULL)
    return FALSE;

  yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "references"), i, n, reference)
    {
      g_autofree char *json = yyjson_val_write (reference, 0, NULL);
      g_autoptr (ForlopRecord) arguments = forlop_acts_parse_arguments (act, json, error);
      g_autofree char *id = arguments != NULL ? make (self, act->name, arguments, error) : NULL;

      if (id == NULL)
        return FALSE;
      report->n_references++;
    }

  return TRUE;
}

ForlopSetUpReport *
forlop_set_up_perform (ForlopConnection   *connection,
                       ForlopIdSource     *ids,
                       gint64              now,
                       const ForlopSetUp  *set_up,
                       GError            **error)
{
  g_autoptr (ForlopActor) actor = forlop_actor_new (NULL, "administrator", NULL);
  g_autoptr (ForlopSetUpReport) report = g_new0 (ForlopSetUpReport, 1);
  g_autoptr (GPtrArray) present = NULL;
  g_autofree char *user_id = NULL;
  Maker self = { connection, ids, actor, now };

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (set_up != NULL, NULL);

  present = forlop_record_store_list (connection, "user", NULL, NULL, error);
  if (present == NULL)
    return NULL;
  if (present->len > 0)
    return g_steal_pointer (&report);

  user_id = make_user (&self, set_up, error);
  if (user_id == NULL || !make_units (&self, user_id, report, error) ||
      !make_profile (&self, set_up, error) || !make_references (&self, report, error))
    return NULL;
  report->made = TRUE;

  return g_steal_pointer (&report);
}
