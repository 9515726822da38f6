/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-demo-course-private.h"

/* How many citizens stand at each stage: sixty in the service or on their way to it, and a few that
 * have left, so that waiting times and benefits have something to count. */
static const struct {
  ForlopDemoStage stage;
  unsigned int count;
} spread[] = {
  { DEMO_REFERRED, 4 },  { DEMO_MAPPING, 3 },     { DEMO_ASSESSING, 4 }, { DEMO_DECIDING, 4 },
  { DEMO_PREPARING, 4 }, { DEMO_TRAINING, 4 },    { DEMO_TRIAL, 6 },     { DEMO_RUNNING, 20 },
  { DEMO_HANDED_OVER, 8 }, { DEMO_ENDED, 3 },     { DEMO_CLOSED, 8 },    { DEMO_REFUSED, 2 },
};

static const char *const reasons[] = {
  "Har vært innlagt to ganger siste halvår med forverring. Ønsker tettere oppfølging hjemme.",
  "Fastlegen ønsker jevnlige målinger. Bor alene og er utrygg.",
  "Hjemmetjenesten måler tre ganger i uken. Kan trolig måle selv med opplæring.",
  "Pårørende melder om økende tung pust og uro om natten.",
};

static const char *const goals[] = {
  "Bo hjemme så lenge som mulig", "Kjenne seg trygg om natten", "Slippe innleggelser",
  "Forstå egne målinger", "Gå tur hver dag",
};

static const char *const conditions[DEMO_N_CONDITIONS] = {
  [DEMO_COPD] = "KOLS",
  [DEMO_HEART_FAILURE] = "Hjertesvikt",
  [DEMO_DIABETES] = "Diabetes type 2",
  [DEMO_FRAIL] = "Skrøpelig eldre, flere sykdommer",
};

unsigned int
forlop_demo_n_courses (void)
{
  unsigned int n = 0;

  for (unsigned int i = 0; i < G_N_ELEMENTS (spread); i++)
    n += spread[i].count;

  return n;
}

static ForlopDemoStage
stage_of (unsigned int  n,
          unsigned int *place)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (spread); i++)
    {
      if (n < spread[i].count)
        {
          *place = n;
          return spread[i].stage;
        }
      n -= spread[i].count;
    }

  g_assert_not_reached ();
}

/* The day of referral, so that the stage is reached today. */
static ForlopDate
referral_day (ForlopDemo      *self,
              ForlopDemoStage  stage,
              unsigned int     place)
{
  switch (stage)
    {
    case DEMO_REFERRED: return self->today - 1 - (ForlopDate) place * 9;
    case DEMO_MAPPING: return self->today - 6 - (ForlopDate) place * 3;
    case DEMO_ASSESSING: return self->today - 8 - (ForlopDate) place * 4;
    case DEMO_DECIDING: return self->today - 12 - (ForlopDate) place * 6;
    case DEMO_PREPARING: return self->today - 17 - (ForlopDate) place * 3;
    case DEMO_TRAINING: return self->today - 24 - (ForlopDate) place * 2;
    case DEMO_TRIAL: return self->today - DEMO_START_DAY - 1 - (ForlopDate) place * 3;
    case DEMO_ENDED: return self->today - 170 - (ForlopDate) place * 20;
    case DEMO_CLOSED: return self->today - 290 - (ForlopDate) place * 10;
    case DEMO_REFUSED: return self->today - 40 - (ForlopDate) place * 30;
    case DEMO_RUNNING:
    case DEMO_HANDED_OVER:
    default: return self->today - DEMO_START_DAY - 18 - (ForlopDate) place * 11;
    }
}

static void
refer (ForlopDemoCourse *course,
       unsigned int      n)
{
  static const char *const sources[] = { "gp", "hospital", "home_care", "next_of_kin", "citizen" };
  ForlopDemo *self = course->demo;
  const unsigned int source = forlop_demo_pick (self, G_N_ELEMENTS (sources));
  g_autofree char *person = forlop_demo_person (self, 5000 + n, 94, 52);
  g_autofree char *received = forlop_date_to_iso (course->referred);
  g_autoptr (ForlopActResult) result = NULL;
  g_autofree char *citizen_id = NULL;

  forlop_demo_at (self, course->referred, 10, 12);
  citizen_id = forlop_demo_make (self, course->caseworker, "register-citizen", "%s", person);
  forlop_demo_do (self, course->caseworker, "change-citizen",
                  "{\"citizen_id\":\"%s\",\"condition\":\"%s\"}", citizen_id,
                  conditions[course->condition]);
  forlop_demo_do (self, course->caseworker, "save-next-of-kin",
                  "{\"citizen_id\":\"%s\",\"name\":\"%s\",\"relation\":\"%s\",\"phone\":\"9%07u\","
                  "\"closest\":true}", citizen_id, n % 2 == 0 ? "Marianne Lund" : "Eirik Solli",
                  n % 2 == 0 ? "datter" : "sønn", 2000000 + n * 91);
  result = forlop_demo_act (
    self, course->caseworker, "register-referral",
    "{\"citizen_id\":\"%s\",\"source\":\"%s\",\"channel\":\"%s\",\"received_on\":\"%s\","
    "\"reason\":\"%s\",\"profile_id\":\"%s\"%s}",
    citizen_id, sources[source], source < 2 ? "e_message" : "phone", received,
    reasons[forlop_demo_pick (self, G_N_ELEMENTS (reasons))],
    course->handed_over ? self->centre_profile : self->profile,
    source == 1 ? ",\"dho_considered\":\"yes\",\"plan_exists\":\"no\",\"limits_set\":\"no\"" : "");
  if (result == NULL)
    return;
  course->citizen_id = g_steal_pointer (&citizen_id);
  course->case_id = g_strdup (result->case_id);
}

static void
map_need (ForlopDemoCourse *course)
{
  ForlopDemo *self = course->demo;

  forlop_demo_at (self, course->referred + 2, 11, 5);
  forlop_demo_do (self, course->caseworker, "save-assessment",
                  "{\"case_id\":\"%s\",\"what_matters\":\"%s\",\"need\":\"Oppfølging ved %s\"}",
                  course->case_id, goals[forlop_demo_pick (self, G_N_ELEMENTS (goals))],
                  conditions[course->condition]);
  forlop_demo_do (self, course->caseworker, "add-goal", "{\"case_id\":\"%s\",\"goal\":\"%s\"}",
                  course->case_id, goals[forlop_demo_pick (self, G_N_ELEMENTS (goals))]);
}

static void
send_to_zone (ForlopDemoCourse *course)
{
  forlop_demo_at (course->demo, course->referred + 3, 9, 40);
  forlop_demo_do (course->demo, course->caseworker, "finish-office-mapping",
                  "{\"case_id\":\"%s\",\"unit_id\":\"%s\"}", course->case_id, course->zone);
}

static void
assess (ForlopDemoCourse *course,
        gboolean          suitable)
{
  static const char *const criteria[] = {
    "motivated", "has_device", "chronic_illness", "needs_home_service", "can_measure",
  };
  ForlopDemo *self = course->demo;

  forlop_demo_at (self, course->referred + 7, 13, 20);
  for (unsigned int i = 0; i < G_N_ELEMENTS (criteria); i++)
    if (!suitable && i == 0)
      forlop_demo_do (self, course->nurse, "answer-criterion",
                      "{\"case_id\":\"%s\",\"criterion\":\"motivated\",\"answer\":\"no\","
                      "\"reason\":\"Ønsker besøk, ikke målinger på egen hånd.\"}", course->case_id);
    else
      forlop_demo_do (self, course->nurse, "answer-criterion",
                      "{\"case_id\":\"%s\",\"criterion\":\"%s\",\"answer\":\"%s\"}", course->case_id,
                      criteria[i], i == 4 && course->number % 5 == 0 ? "with_help" : "yes");
  forlop_demo_do (self, course->nurse, "answer-criterion",
                  "{\"case_id\":\"%s\",\"criterion\":\"cognitive_impairment\",\"answer\":\"no\"}",
                  course->case_id);
  forlop_demo_do (self, course->nurse, "add-risk",
                  "{\"case_id\":\"%s\",\"risk\":\"Dårlig mobildekning hjemme\",\"likelihood\":2,"
                  "\"consequence\":3,\"measure\":\"Prøves ved installering\"}", course->case_id);
  forlop_demo_at (self, course->referred + 8, 10, 0);
  forlop_demo_do (self, course->nurse, "complete-assessment",
                  "{\"case_id\":\"%s\",\"conclusion\":\"%s\",\"conclusion_reason\":\"%s\"}",
                  course->case_id, suitable ? "suitable" : "not_suitable",
                  suitable ? "Motivert, kan måle selv og har behov for jevnlig oppfølging."
                           : "Ikke motivert. Behovet dekkes av besøk.");
}

static void
consent (ForlopDemoCourse  *course,
         const ForlopActor *actor,
         const char        *kind,
         ForlopDate         on)
{
  g_autofree char *date = forlop_date_to_iso (on);

  forlop_demo_at (course->demo, on, 12, 30);
  forlop_demo_do (course->demo, actor, "record-consent",
                  "{\"case_id\":\"%s\",\"kind\":\"%s\",\"given\":true,\"assessed_on\":\"%s\","
                  "\"capacity\":\"full\",\"given_by\":\"citizen\"}", course->case_id, kind, date);
}

static void
decide (ForlopDemoCourse *course,
        const char       *kind)
{
  const ForlopDate day = course->referred + 11;
  g_autofree char *decided = forlop_date_to_iso (day);
  g_autofree char *until = forlop_date_to_iso (forlop_date_add_months (day, 24));
  g_autofree char *sent = forlop_date_to_iso (day + 1);
  g_autofree char *received = forlop_date_to_iso (day + 4);
  gboolean granted = !g_str_equal (kind, "refusal");
  g_autofree char *decision_id = NULL;
  g_autofree char *period = granted ? g_strdup_printf (",\"valid_to\":\"%s\",\"hours_per_week\":0.5", until)
                                    : g_strdup ("");

  forlop_demo_at (course->demo, day, 14, 10);
  decision_id = forlop_demo_make (
    course->demo, course->caseworker, "decide",
    "{\"case_id\":\"%s\",\"kind\":\"%s\",\"decided_on\":\"%s\",\"granted\":\"%s\","
    "\"reasons\":\"%s\"%s}",
    course->case_id, kind, decided,
    granted ? "Digital hjemmeoppfølging som del av helsetjenester i hjemmet."
            : "Digital hjemmeoppfølging innvilges ikke.",
    granted ? "Behovet for jevnlig oppfølging er kartlagt, og vilkårene er oppfylt."
            : "Behovet dekkes av besøk fra hjemmetjenesten.", period);
  forlop_demo_at (course->demo, day + 1, 9, 15);
  forlop_demo_do (course->demo, course->caseworker, "send-decision-letter",
                  "{\"decision_id\":\"%s\",\"letter_sent_on\":\"%s\"}", decision_id, sent);
  if (day + 4 > course->demo->today)
    return;
  forlop_demo_at (course->demo, day + 4, 9, 30);
  forlop_demo_do (course->demo, course->caseworker, "record-decision-receipt",
                  "{\"decision_id\":\"%s\",\"received_on\":\"%s\"}", decision_id, received);
}

static void
record_baseline (ForlopDemoCourse *course)
{
  ForlopDemo *self = course->demo;
  g_autofree char *from = forlop_date_to_iso (course->referred - 56);
  g_autofree char *to = forlop_date_to_iso (course->referred - 1);
  const unsigned int visits = 16 + forlop_demo_pick (self, 40);

  forlop_demo_at (self, course->referred + 13, 14, 45);
  if (course->number % 9 == 4)
    {
      forlop_demo_do (self, course->nurse, "record-baseline",
                      "{\"case_id\":\"%s\",\"period\":\"before\","
                      "\"missing_reason\":\"Ny i kommunen, ingen tall før start.\"}", course->case_id);
      return;
    }
  forlop_demo_do (self, course->nurse, "record-baseline",
                  "{\"case_id\":\"%s\",\"period\":\"before\",\"from_date\":\"%s\",\"to_date\":\"%s\","
                  "\"visits\":%u,\"visit_minutes\":%u,\"driving_minutes\":%u,\"driving_km\":%u,"
                  "\"skilled_visits\":%u,\"unskilled_visits\":%u,\"hospital_admissions\":%u,"
                  "\"gp_contacts\":%u,\"emergency_contacts\":%u,\"origin\":\"Uttrekk fra EPJ\"}",
                  course->case_id, from, to, visits, visits * 22, visits * 14, visits * 9,
                  visits / 2, visits - visits / 2, forlop_demo_pick (self, 3),
                  1 + forlop_demo_pick (self, 4), forlop_demo_pick (self, 3));
}

static void
plan_training (ForlopDemoCourse *course)
{
  g_autofree char *when = NULL;

  forlop_demo_at (course->demo, course->referred + 18, 9, 0);
  when = forlop_instant_to_iso (forlop_instant_from_wall (MAX (course->referred + DEMO_START_DAY,
                                                               course->demo->today + 1 +
                                                                 (ForlopDate) (course->number % 4)),
                                                          13 * 60));
  if (course->referred + DEMO_START_DAY <= course->demo->today)
    {
      g_free (when);
      when = forlop_instant_to_iso (forlop_instant_from_wall (course->referred + DEMO_START_DAY, 13 * 60));
    }
  forlop_demo_do (course->demo, course->nurse, "plan-training",
                  "{\"case_id\":\"%s\",\"planned_at\":\"%s\",\"place\":\"Hjemme\"}", course->case_id,
                  when);
}

static void
start (ForlopDemoCourse *course)
{
  ForlopDemo *self = course->demo;
  g_autofree char *date = NULL;

  course->started = course->referred + DEMO_START_DAY;
  date = forlop_date_to_iso (course->started);
  forlop_demo_at (self, course->started, 13, 50);
  forlop_demo_do (self, course->nurse, "hold-training",
                  "{\"case_id\":\"%s\",\"held_on\":\"%s\",\"participants\":\"Innbygger, pårørende\","
                  "\"devices_tested\":true,\"network_tested\":true,\"device_use\":true,"
                  "\"plan_explained\":true,\"teach_back\":true}", course->case_id, date);
  forlop_demo_at (self, course->started, 14, 20);
  forlop_demo_do (self, course->nurse, "start-service",
                  "{\"case_id\":\"%s\",\"started_on\":\"%s\"}", course->case_id, date);
}

static void
hand_over (ForlopDemoCourse *course,
           ForlopDate        day)
{
  ForlopDemo *self = course->demo;
  g_autofree char *handover_id = NULL;

  forlop_demo_at (self, day, 11, 0);
  handover_id = forlop_demo_make (
    self, course->nurse, "offer-handover",
    "{\"case_id\":\"%s\",\"to_unit_id\":\"%s\","
    "\"message\":\"Kjent med utstyret. Måler hver morgen.\"}", course->case_id, self->centre);
  if (course->number % 8 == 0)
    return;
  forlop_demo_at (self, day + 1, 8, 30);
  forlop_demo_do (self, self->centre_nurse, "accept-handover", "{\"handover_id\":\"%s\"}", handover_id);
}

/* After the trial, and then at least every third month; a few are left overdue on purpose. */
static void
evaluate_until (ForlopDemoCourse *course,
                ForlopDate        until)
{
  ForlopDemo *self = course->demo;
  const ForlopActor *actor = course->nurse;
  ForlopDate day = course->started + (course->handed_over ? 22 : 15);

  while (day <= until && self->error == NULL)
    {
      g_autofree char *held = forlop_date_to_iso (day);

      forlop_demo_at (self, day, 13, 0);
      forlop_demo_do (self, actor, "evaluate",
                      "{\"case_id\":\"%s\",\"held_on\":\"%s\",\"participants\":\"Innbygger\","
                      "\"appropriate\":true,\"gained\":\"Tryggere hjemme, færre besøk.\","
                      "\"outcome\":\"continue\"}", course->case_id, held);
      if (course->number % 3 == 0)
        forlop_demo_do (self, actor, "answer-survey",
                        "{\"case_id\":\"%s\",\"answered_on\":\"%s\",\"safety\":\"%s\","
                        "\"admissions\":\"%s\",\"plan_use\":\"great\",\"satisfaction\":\"%s\"}",
                        course->case_id, held, course->number % 4 == 0 ? "unchanged" : "increased",
                        course->number % 2 == 0 ? "fewer" : "unchanged",
                        course->number % 5 == 0 ? "satisfied" : "very_satisfied");
      day = forlop_date_add_months (day, 3) - 2;
    }
}

static void
follow_up (ForlopDemoCourse *course,
           ForlopDate        until)
{
  const int trial = course->handed_over ? 21 : 14;
  const ForlopDate reviewed = course->started + trial;

  if (reviewed <= until)
    {
      g_autofree char *date = forlop_date_to_iso (reviewed);

      forlop_demo_at (course->demo, reviewed, 14, 0);
      forlop_demo_do (course->demo, course->nurse, "review-trial",
                      "{\"case_id\":\"%s\",\"trial_reviewed_on\":\"%s\","
                      "\"text\":\"Grensene passer. Videreføres.\"}", course->case_id, date);
      if (course->handed_over && reviewed + 1 < until)
        hand_over (course, reviewed + 1);
    }
  forlop_demo_measure (course, until);
  evaluate_until (course, MIN (until, course->demo->today - 20));
}

static void
end (ForlopDemoCourse *course,
     ForlopDate        day,
     gboolean          close)
{
  ForlopDemo *self = course->demo;
  g_autofree char *ended = forlop_date_to_iso (day);
  g_autofree char *sent = forlop_date_to_iso (day + 1);
  g_autofree char *held = forlop_date_to_iso (day + 3);
  g_autofree char *closed = forlop_date_to_iso (day + 8);
  g_autofree char *decision_id = NULL;

  forlop_demo_at (self, day, 13, 15);
  decision_id = forlop_demo_make (
    self, course->caseworker, "end-service",
    "{\"case_id\":\"%s\",\"decided_on\":\"%s\",\"ended_on\":\"%s\",\"reason\":\"goal_reached\","
    "\"reasons\":\"Stabil. Målene er nådd.\",\"treatment_to\":\"Fastlegen\",\"may_resume\":true}",
    course->case_id, ended, ended);
  forlop_demo_at (self, day + 1, 9, 0);
  forlop_demo_do (self, course->caseworker, "send-decision-letter",
                  "{\"decision_id\":\"%s\",\"letter_sent_on\":\"%s\"}", decision_id, sent);
  if (!close)
    return;
  forlop_demo_at (self, day + 3, 13, 0);
  forlop_demo_do (self, course->nurse, "evaluate",
                  "{\"case_id\":\"%s\",\"held_on\":\"%s\",\"appropriate\":true,\"outcome\":\"end\","
                  "\"gained\":\"Kjenner egne tegn på forverring.\",\"final\":true}",
                  course->case_id, held);
  forlop_demo_take_back (course, day + 4);
  forlop_demo_at (self, day + 8, 10, 0);
  forlop_demo_do (self, course->caseworker, "close-case",
                  "{\"case_id\":\"%s\",\"closed_on\":\"%s\",\"letter_sent_on\":\"%s\"}",
                  course->case_id, closed, closed);
}

static void
course_clear (ForlopDemoCourse *course)
{
  g_free (course->citizen_id);
  g_free (course->case_id);
  g_clear_pointer (&course->loans, g_ptr_array_unref);
}

/* The stages in their order; each returns when the citizen has come as far as today. */
static void
go_through (ForlopDemoCourse *course)
{
  const ForlopDemoStage stage = course->stage;

  refer (course, course->number);
  if (stage == DEMO_REFERRED)
    return;
  map_need (course);
  if (stage == DEMO_MAPPING)
    return;
  send_to_zone (course);
  if (stage == DEMO_ASSESSING)
    return;
  assess (course, stage != DEMO_REFUSED);
  if (stage == DEMO_REFUSED)
    {
      decide (course, "refusal");
      return;
    }
  if (stage == DEMO_DECIDING && course->number % 2 == 0)
    return;
  consent (course, course->caseworker, "service", course->referred + 9);
  if (stage == DEMO_DECIDING)
    return;
  decide (course, "grant");
  if (stage == DEMO_PREPARING && course->number % 2 == 0)
    return;
  consent (course, course->nurse, "measure", course->referred + 13);
  record_baseline (course);
  forlop_demo_plan (course, stage != DEMO_PREPARING);
  forlop_demo_equip (course, stage != DEMO_PREPARING);
  if (stage == DEMO_PREPARING)
    return;
  plan_training (course);
  if (stage == DEMO_TRAINING)
    return;
  start (course);
  if (stage == DEMO_ENDED || stage == DEMO_CLOSED)
    {
      follow_up (course, course->started + 120);
      end (course, course->started + 121, stage == DEMO_CLOSED);
    }
  else
    follow_up (course, course->demo->today);
}

void
forlop_demo_course (ForlopDemo   *self,
                    unsigned int  n)
{
  unsigned int place = 0;
  const ForlopDemoStage stage = stage_of (n, &place);
  ForlopDemoCourse course = {
    .demo = self,
    .number = n,
    .stage = stage,
    .condition = (ForlopDemoCondition) (n % DEMO_N_CONDITIONS),
    .handed_over = stage == DEMO_HANDED_OVER,
    .caseworker = self->caseworkers[n % 2],
    .nurse = self->nurses[n % DEMO_N_ZONES],
    .zone = self->zones[n % DEMO_N_ZONES],
    .referred = referral_day (self, stage, place),
    .loans = g_ptr_array_new_with_free_func (g_free),
  };

  go_through (&course);
  course_clear (&course);
}
