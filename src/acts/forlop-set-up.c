/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-set-up.h"

#include <glib/gi18n-lib.h>

#include "forlop-acts-resources.h"
#include "forlop-json.h"
#include "forlop-record-store.h"

#define REFERENCES "/no/forlop/Forlop/data/legal-references.json"
#define TEMPLATES "/no/forlop/Forlop/data/plan-templates.json"

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

static yyjson_doc *
load_data (const char  *path,
           GError     **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_resources_register (forlop_acts_get_resource ());
  bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return NULL;

  return forlop_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error);
}

/**
 * forlop_set_up_references:
 *
 * Makes the legal references that come with the program.
 *
 * Returns: how many, 0 with @error when one is refused.
 */
unsigned int
forlop_set_up_references (ForlopConnection  *connection,
                          ForlopIdSource    *ids,
                          gint64             now,
                          GError           **error)
{
  g_autoptr (ForlopActor) actor = forlop_actor_new (NULL, "administrator", NULL);
  g_autoptr (yyjson_doc) doc = load_data (REFERENCES, error);
  const ForlopAct *act = forlop_act_find ("save-legal-reference");
  Maker self = { connection, ids, actor, now };
  yyjson_val *reference;
  size_t i, n;

  g_return_val_if_fail (connection != NULL, 0);

  if (doc == NULL)
    return 0;
  yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "references"), i, n, reference)
    {
      g_autofree char *json = yyjson_val_write (reference, 0, NULL);
      g_autoptr (ForlopRecord) arguments = forlop_acts_parse_arguments (act, json, error);
      g_autofree char *id = arguments != NULL ? make (&self, act->name, arguments, error) : NULL;

      if (id == NULL)
        return 0;
    }

  return (unsigned int) n;
}

static gboolean
make_form (Maker       *self,
           yyjson_val  *form,
           GError     **error)
{
  g_autoptr (ForlopRecord) arguments = new_arguments ("save-form");
  g_autofree char *form_id = NULL;
  yyjson_val *question;
  size_t i, n;

  forlop_record_set_text (arguments, "code", yyjson_get_str (yyjson_obj_get (form, "code")));
  forlop_record_set_text (arguments, "title", yyjson_get_str (yyjson_obj_get (form, "title")));
  forlop_record_set_integer (arguments, "version", 1);
  forlop_record_set_boolean (arguments, "proposal", TRUE);
  form_id = make (self, "save-form", arguments, error);
  if (form_id == NULL)
    return FALSE;

  yyjson_arr_foreach (yyjson_obj_get (form, "questions"), i, n, question)
    {
      g_autoptr (ForlopRecord) asked = new_arguments ("save-form-question");
      g_autofree char *id = NULL;

      forlop_record_set_text (asked, "form_id", form_id);
      forlop_record_set_integer (asked, "position", (gint64) i + 1);
      forlop_record_set_text (asked, "question", yyjson_get_str (yyjson_obj_get (question, "question")));
      forlop_record_set_text (asked, "answers", yyjson_get_str (yyjson_obj_get (question, "answers")));
      id = make (self, "save-form-question", asked, error);
      if (id == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
make_template (Maker       *self,
               yyjson_val  *template,
               GError     **error)
{
  g_autoptr (ForlopRecord) arguments = new_arguments ("save-template");
  g_autofree char *body = yyjson_val_write (yyjson_obj_get (template, "body"), YYJSON_WRITE_PRETTY_TWO_SPACES, NULL);
  g_autofree char *id = NULL;

  forlop_record_set_text (arguments, "code", yyjson_get_str (yyjson_obj_get (template, "code")));
  forlop_record_set_text (arguments, "kind", "plan");
  forlop_record_set_text (arguments, "title", yyjson_get_str (yyjson_obj_get (template, "title")));
  forlop_record_set_text (arguments, "body", body);
  forlop_record_set_text (arguments, "language", "nb");
  forlop_record_set_boolean (arguments, "proposal", TRUE);
  id = make (self, "save-template", arguments, error);

  return id != NULL;
}

static gboolean
has_code (GPtrArray  *records,
          yyjson_val *object)
{
  const char *code = yyjson_get_str (yyjson_obj_get (object, "code"));

  for (unsigned int i = 0; i < records->len; i++)
    if (forlop_record_text_is (g_ptr_array_index (records, i), "code", code))
      return TRUE;

  return FALSE;
}

/**
 * forlop_set_up_templates:
 *
 * Makes the templates for plans that come with the program, and the symptom forms they ask for. All
 * are marked as proposals; what the municipality has by the same code stays as it is.
 */
gboolean
forlop_set_up_templates (ForlopConnection   *connection,
                         ForlopIdSource     *ids,
                         gint64              now,
                         GError            **error)
{
  g_autoptr (ForlopActor) actor = forlop_actor_new (NULL, "administrator", NULL);
  g_autoptr (yyjson_doc) doc = load_data (TEMPLATES, error);
  g_autoptr (GPtrArray) forms = NULL;
  g_autoptr (GPtrArray) templates = NULL;
  Maker self = { connection, ids, actor, now };
  yyjson_val *object;
  size_t i, n;

  g_return_val_if_fail (connection != NULL, FALSE);

  forms = doc != NULL ? forlop_record_store_list (connection, "form", NULL, NULL, error) : NULL;
  templates = forms != NULL ? forlop_record_store_list (connection, "template", NULL, NULL, error) : NULL;
  if (templates == NULL)
    return FALSE;

  yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "forms"), i, n, object)
    if (!has_code (forms, object) && !make_form (&self, object, error))
      return FALSE;
  yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "templates"), i, n, object)
    if (!has_code (templates, object) && !make_template (&self, object, error))
      return FALSE;

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
      !make_profile (&self, set_up, error))
    return NULL;
  report->n_references = forlop_set_up_references (connection, ids, now, error);
  if (report->n_references == 0 || !forlop_set_up_templates (connection, ids, now, error))
    return NULL;
  report->made = TRUE;

  return g_steal_pointer (&report);
}
