/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-demo-course-private.h"
#include "forlop-set-up.h"

static char *
save_unit (ForlopDemo *self,
           const char *name,
           const char *kind,
           const char *hours)
{
  return forlop_demo_make (self, self->setup, "save-unit",
                           "{\"name\":\"%s\",\"kind\":\"%s\",\"phone\":\"33%06u\",%s}", name, kind,
                           100000 + forlop_demo_pick (self, 800000), hours);
}

static ForlopActor *
save_user (ForlopDemo *self,
           const char *name,
           const char *short_name,
           const char *role,
           const char *unit_id)
{
  g_autofree char *user_id = forlop_demo_make (
    self, self->setup, "save-user", "{\"name\":\"%s\",\"short_name\":\"%s\"}", name, short_name);

  forlop_demo_do (self, self->setup, "save-membership",
                  "{\"user_id\":\"%s\",\"role\":\"%s\",\"unit_id\":\"%s\"}", user_id, role, unit_id);

  return forlop_actor_new (user_id, role, unit_id);
}

static void
save_units (ForlopDemo *self)
{
  static const char day[] = "\"opens_at\":480,\"closes_at\":930,\"open_weekdays\":\"1,2,3,4,5\"";
  static const char long_day[] =
    "\"opens_at\":450,\"closes_at\":1320,\"open_weekdays\":\"1,2,3,4,5,6,7\",\"shift_phone\":\"40000100\"";

  g_autofree char *address = g_strdup_printf (
    "\"postal_address\":\"%s kommune, Tildelingskontoret, Postboks 1, %s\",%s", self->place->place,
    self->place->place, day);

  self->office = save_unit (self, "Tildelingskontoret", "allocation_office", address);
  for (unsigned int i = 0; i < DEMO_N_ZONES; i++)
    self->zones[i] = save_unit (self, self->place->zones[i], "zone", long_day);
  self->centre = save_unit (self, "Oppfølgingssenteret", "follow_up_centre", long_day);
  self->stock = save_unit (self, "Velferdsteknologilageret", "store", day);
}

static void
save_users (ForlopDemo *self)
{
  g_autoptr (ForlopActor) administrator = NULL;
  g_autoptr (ForlopActor) colleague = NULL; /* whom Kari can hand her shift over to */

  self->caseworkers[0] = save_user (self, "Siri Vold", "Siri", "caseworker", self->office);
  self->caseworkers[1] = save_user (self, "Tor Bakken", "Tor", "caseworker", self->office);
  self->nurses[0] = save_user (self, "Kari Nes", "Kari", "resource_person", self->zones[0]);
  colleague = save_user (self, "Hanne Moe", "Hanne", "resource_person", self->zones[0]);
  self->nurses[1] = save_user (self, "Ola Rud", "Ola", "resource_person", self->zones[1]);
  self->nurses[2] = save_user (self, "Mona Li", "Mona", "resource_person", self->zones[2]);
  self->centre_nurse = save_user (self, "Jon Elvestad", "Jon", "resource_person", self->centre);
  self->coordinator = save_user (self, "Geir Holt", "Geir", "coordinator", self->stock);
  self->devices = forlop_actor_copy (self->nurses[0]);
  self->manager = save_user (self, "Anne-Lise Krog", "Anne-Lise", "manager", self->zones[0]);
  administrator = save_user (self, "Systemansvarlig", "System", "administrator", self->office);
}

static void
save_profiles (ForlopDemo *self)
{
  self->profile = forlop_demo_make (
    self, self->setup, "save-profile",
    "{\"name\":\"Sonene følger opp\",\"municipality_number\":\"%s\",\"decision_required\":true,"
    "\"trial_days\":14,\"evaluation_months\":3,\"hand_over\":false,\"prepared_by\":\"zone\","
    "\"limits_owned_by\":\"forlop\",\"escalate_minutes\":60}", self->place->number);
  self->centre_profile = forlop_demo_make (
    self, self->setup, "save-profile",
    "{\"name\":\"Senteret følger opp etter prøveperioden\",\"municipality_number\":\"%s\","
    "\"decision_required\":true,\"trial_days\":21,\"evaluation_months\":3,\"hand_over\":true,"
    "\"follow_up_unit_id\":\"%s\",\"prepared_by\":\"store\",\"limits_owned_by\":\"forlop\","
    "\"escalate_minutes\":30}", self->place->number, self->centre);
}

static void
save_phrases (ForlopDemo *self)
{
  static const struct {
    const char *code;
    const char *title;
    const char *body;
  } phrases[] = {
    { "ringte-ny-maling", "Ringte, ny måling", "Ringte. Bedt om ny måling om 30 minutter." },
    { "ringte-avtalt-fastlege", "Ringte, avtalt med fastlege",
      "Ringte. Avtalt at innbygger tar kontakt med fastlege i dag." },
    { "ringte-ingen-tiltak", "Ringte, ingen tiltak",
      "Ringte. Kjenner seg som vanlig. Ingen tiltak nå." },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (phrases); i++)
    forlop_demo_do (self, self->setup, "save-template",
                    "{\"code\":\"%s\",\"kind\":\"phrase\",\"title\":\"%s\",\"body\":\"%s\","
                    "\"language\":\"nb\"}", phrases[i].code, phrases[i].title, phrases[i].body);
}

static void
save_indicators (ForlopDemo *self)
{
  static const struct {
    const char *name;
    const char *source;
    const char *by;
    const char *unit;
  } indicators[] = {
    { "Besøk per måned", "Nullpunkt og oppfølging", "Ressursperson", "besøk" },
    { "Kjøretid per måned, tur-retur", "Nullpunkt og oppfølging", "Ressursperson", "min" },
    { "Innleggelser", "Evaluering", "Ressursperson", "antall" },
    { "Trygghet", "Innbyggerundersøkelse", "Leder", "andel" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (indicators); i++)
    forlop_demo_do (self, self->setup, "save-indicator",
                    "{\"name\":\"%s\",\"source\":\"%s\",\"measured_by\":\"%s\",\"unit\":\"%s\"}",
                    indicators[i].name, indicators[i].source, indicators[i].by, indicators[i].unit);
}

void
forlop_demo_set_up (ForlopDemo *self)
{
  save_units (self);
  save_users (self);
  if (self->error == NULL)
    forlop_set_up_references (self->connection, self->ids, self->now, &self->error);
  save_profiles (self);
  save_phrases (self);
  save_indicators (self);
  forlop_demo_save_form (self);
  if (self->error == NULL)
    forlop_set_up_templates (self->connection, self->ids, self->now, &self->error);
}
