/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-demo-course-private.h"

/* Anne, Liv and Arne: three courses that are told from referral to today. The people are invented
 * and their numbers synthetic. */

static ForlopDate
day (int year,
     int month,
     int day_of_month)
{
  ForlopDate date;

  if (!forlop_date_from_ymd (year, month, day_of_month, &date))
    g_assert_not_reached ();

  return date;
}

typedef struct {
  const char *person;     /* JSON without unit */
  const char *condition;
  const char *reason;
  const char *source;
  const char *what_matters;
  const char *baseline;   /* JSON members */
  const char *const *kinds;
  ForlopDate referred;
  ForlopDate decided;
  ForlopDate started;
} Story;

static void
tell_until_decision (ForlopDemoCourse *course,
                     const Story      *story)
{
  static const char *const criteria[] = {
    "motivated", "has_device", "chronic_illness", "needs_home_service", "can_measure",
  };
  ForlopDemo *self = course->demo;
  g_autofree char *received = forlop_date_to_iso (story->referred);
  g_autofree char *decided = forlop_date_to_iso (story->decided);
  g_autofree char *sent = forlop_date_to_iso (story->decided + 1);
  g_autofree char *letter_received = forlop_date_to_iso (story->decided + 4);
  g_autofree char *decision_id = NULL;
  g_autoptr (ForlopActResult) referral = NULL;

  forlop_demo_at (self, story->referred, 9, 30);
  course->citizen_id = forlop_demo_make (self, course->caseworker, "register-citizen",
                                         "{%s,\"unit_id\":\"%s\",\"condition\":\"%s\"}",
                                         story->person, course->zone, story->condition);
  referral = forlop_demo_act (
    self, course->caseworker, "register-referral",
    "{\"citizen_id\":\"%s\",\"source\":\"%s\",\"channel\":\"e_message\",\"received_on\":\"%s\","
    "\"reason\":\"%s\",\"profile_id\":\"%s\"}", course->citizen_id, story->source, received,
    story->reason, self->profile);
  course->case_id = referral != NULL ? g_strdup (referral->case_id) : NULL;
  forlop_demo_do (self, course->caseworker, "save-assessment",
                  "{\"case_id\":\"%s\",\"what_matters\":\"%s\"}", course->case_id,
                  story->what_matters);
  forlop_demo_at (self, story->referred + 1, 10, 0);
  forlop_demo_do (self, course->caseworker, "finish-office-mapping",
                  "{\"case_id\":\"%s\",\"unit_id\":\"%s\"}", course->case_id, course->zone);
  forlop_demo_at (self, story->referred + 3, 11, 0);
  for (unsigned int i = 0; i < G_N_ELEMENTS (criteria); i++)
    forlop_demo_do (self, course->nurse, "answer-criterion",
                    "{\"case_id\":\"%s\",\"criterion\":\"%s\",\"answer\":\"yes\"}", course->case_id,
                    criteria[i]);
  forlop_demo_do (self, course->nurse, "answer-criterion",
                  "{\"case_id\":\"%s\",\"criterion\":\"cognitive_impairment\",\"answer\":\"no\"}",
                  course->case_id);
  forlop_demo_do (self, course->nurse, "complete-assessment",
                  "{\"case_id\":\"%s\",\"conclusion\":\"suitable\","
                  "\"conclusion_reason\":\"Ønsker å måle selv og mestrer utstyret.\"}",
                  course->case_id);
  forlop_demo_at (self, story->decided, 9, 0);
  forlop_demo_do (self, course->caseworker, "record-consent",
                  "{\"case_id\":\"%s\",\"kind\":\"service\",\"given\":true,\"assessed_on\":\"%s\","
                  "\"capacity\":\"full\",\"given_by\":\"citizen\"}", course->case_id, decided);
  forlop_demo_at (self, story->decided, 13, 0);
  decision_id = forlop_demo_make (
    self, course->caseworker, "decide",
    "{\"case_id\":\"%s\",\"kind\":\"grant\",\"decided_on\":\"%s\",\"hours_per_week\":0.25,"
    "\"granted\":\"Digital hjemmeoppfølging som del av helsetjenester i hjemmet.\","
    "\"reasons\":\"Jevnlige målinger hjemme gir trygghet og kan oppdage forverring tidlig.\"}",
    course->case_id, decided);
  forlop_demo_at (self, story->decided + 1, 9, 0);
  forlop_demo_do (self, course->caseworker, "send-decision-letter",
                  "{\"decision_id\":\"%s\",\"letter_sent_on\":\"%s\"}", decision_id, sent);
  forlop_demo_at (self, story->decided + 4, 9, 0);
  forlop_demo_do (self, course->caseworker, "record-decision-receipt",
                  "{\"decision_id\":\"%s\",\"received_on\":\"%s\"}", decision_id, letter_received);
}

static char *
draft_plan (ForlopDemoCourse *course,
            const Story      *story,
            const char       *goal)
{
  ForlopDemo *self = course->demo;
  char *plan_id;

  forlop_demo_at (self, story->decided + 5, 10, 0);
  plan_id = forlop_demo_make (self, course->nurse, "draft-plan", "{\"case_id\":\"%s\"}", course->case_id);
  forlop_demo_do (self, course->nurse, "save-plan",
                  "{\"care_plan_id\":\"%s\",\"goal\":\"%s\","
                  "\"green_actions\":\"Fortsett som avtalt\","
                  "\"yellow_actions\":\"Mål igjen etter 30 minutter. Hjemmetjenesten ringer.\","
                  "\"red_actions\":\"Hjemmetjenesten ringer straks. Ring 113 ved akutt fare.\","
                  "\"contacts\":\"Hjemmetjenesten 07.30–22.00. Ikke en nødtjeneste: ring 113 eller "
                  "legevakt 116117.\"}", plan_id, goal);

  return plan_id;
}

static void
set_limit (ForlopDemoCourse *course,
           const char       *plan_id,
           const char       *code,
           const char       *limits)
{
  g_autofree char *from = forlop_date_to_iso (course->started);

  forlop_demo_do (course->demo, course->nurse, "set-limit",
                  "{\"care_plan_id\":\"%s\",\"code\":\"%s\",%s}", plan_id, code, limits);
  forlop_demo_do (course->demo, course->nurse, "save-schedule",
                  "{\"care_plan_id\":\"%s\",\"code\":\"%s\",\"cadence\":\"daily\",\"times\":\"08.00\","
                  "\"weekdays\":\"1,2,3,4,5,6,7\",\"starts_on\":\"%s\",\"grace_minutes\":120}",
                  plan_id, code, from);
}

static void
approve (ForlopDemoCourse *course,
         const char       *plan_id,
         ForlopDate        sent_on)
{
  ForlopDemo *self = course->demo;
  g_autofree char *sent = forlop_date_to_iso (sent_on);
  g_autofree char *approved = forlop_date_to_iso (sent_on + 2);
  g_autofree char *valid_from = forlop_instant_to_iso (forlop_instant_from_wall (sent_on + 2, 12 * 60));

  forlop_demo_do (self, course->nurse, "send-plan-to-gp",
                  "{\"care_plan_id\":\"%s\",\"sent_on\":\"%s\"}", plan_id, sent);
  forlop_demo_at (self, sent_on + 2, 11, 0);
  forlop_demo_do (self, course->nurse, "approve-plan",
                  "{\"care_plan_id\":\"%s\",\"approved_on\":\"%s\",\"approved_by\":\"Fastlegen\","
                  "\"approved_how\":\"meeting\"}", plan_id, approved);
  forlop_demo_at (self, sent_on + 2, 12, 0);
  forlop_demo_do (self, course->nurse, "put-plan-in-force",
                  "{\"care_plan_id\":\"%s\",\"valid_from\":\"%s\"}", plan_id, valid_from);
}

static void
tell_until_start (ForlopDemoCourse *course,
                  const Story      *story)
{
  ForlopDemo *self = course->demo;
  g_autofree char *assessed = forlop_date_to_iso (story->decided + 4);
  g_autofree char *started = forlop_date_to_iso (story->started);

  forlop_demo_at (self, story->decided + 4, 13, 0);
  forlop_demo_do (self, course->nurse, "record-consent",
                  "{\"case_id\":\"%s\",\"kind\":\"measure\",\"given\":true,\"assessed_on\":\"%s\","
                  "\"capacity\":\"full\",\"given_by\":\"citizen\"}", course->case_id, assessed);
  forlop_demo_do (self, course->nurse, "record-baseline",
                  "{\"case_id\":\"%s\",\"period\":\"before\",%s}", course->case_id, story->baseline);
  forlop_demo_at (self, story->started, 11, 0);
  forlop_demo_hand_out (self, course->nurse, course->case_id, story->kinds, course->loans);
  forlop_demo_at (self, story->started, 12, 0);
  forlop_demo_do (self, course->nurse, "hold-training",
                  "{\"case_id\":\"%s\",\"held_on\":\"%s\",\"devices_tested\":true,"
                  "\"network_tested\":true,\"device_use\":true,\"plan_explained\":true,"
                  "\"teach_back\":true}", course->case_id, started);
  forlop_demo_do (self, course->nurse, "start-service",
                  "{\"case_id\":\"%s\",\"started_on\":\"%s\"}", course->case_id, started);
}

static void
review_and_evaluate (ForlopDemoCourse *course,
                     ForlopDate        on)
{
  ForlopDemo *self = course->demo;
  g_autofree char *date = forlop_date_to_iso (on);

  forlop_demo_at (self, on, 13, 0);
  forlop_demo_do (self, course->nurse, "review-trial",
                  "{\"case_id\":\"%s\",\"trial_reviewed_on\":\"%s\",\"text\":\"Grensene passer.\"}",
                  course->case_id, date);
  forlop_demo_do (self, course->nurse, "evaluate",
                  "{\"case_id\":\"%s\",\"held_on\":\"%s\",\"appropriate\":true,"
                  "\"gained\":\"Tryggere, færre besøk.\",\"outcome\":\"continue\"}", course->case_id, date);
}

static void
review_quarter (ForlopDemoCourse *course,
                ForlopDate        on)
{
  g_autofree char *date = forlop_date_to_iso (on);

  forlop_demo_at (course->demo, on, 13, 0);
  forlop_demo_do (course->demo, course->nurse, "evaluate",
                  "{\"case_id\":\"%s\",\"held_on\":\"%s\",\"appropriate\":true,"
                  "\"gained\":\"Ingen innleggelser etter start.\",\"outcome\":\"continue\"}",
                  course->case_id, date);
}

static ForlopDemoCourse
begin (ForlopDemo   *self,
       unsigned int  zone,
       const Story  *story)
{
  return (ForlopDemoCourse) {
    .demo = self,
    .caseworker = self->caseworkers[0],
    .nurse = self->nurses[zone],
    .zone = self->zones[zone],
    .referred = story->referred,
    .started = story->started,
    .loans = g_ptr_array_new_with_free_func (g_free),
  };
}

static void
finish (ForlopDemoCourse *course)
{
  g_free (course->citizen_id);
  g_free (course->case_id);
  g_ptr_array_unref (course->loans);
}

/* From 9 January to 27 April 2023: 21 yellow and 20 red readings, each answered by telephone. From
 * April she measures once a week. */
static void
measure_anne (ForlopDemoCourse *course)
{
  ForlopDemo *self = course->demo;
  unsigned int yellow = 0, red = 0, n = 0;

  for (ForlopDate date = course->started + 1; date <= day (2023, 4, 24) && self->error == NULL; date++)
    {
      const gint64 at = forlop_instant_from_wall (date, 8 * 60 + 5);
      double spo2 = 94, systolic = 128;

      if (date >= day (2023, 4, 1) && forlop_date_weekday (date) != 1)
        continue;
      n++;
      if (n % 2 == 0 && yellow < 21)
        {
          spo2 = yellow % 2 == 0 ? 91 : 90;
          yellow++;
        }
      else if (n % 4 != 0 && n % 2 == 1 && n > 3 && red < 20)
        {
          if (red % 3 == 0)
            systolic = 172;
          else
            spo2 = 86;
          red++;
        }
      forlop_demo_reading (self, course->citizen_id, "spo2", spo2, at);
      forlop_demo_reading (self, course->citizen_id, "systolic", systolic, at + 2 * FORLOP_MINUTE);
      forlop_demo_reading (self, course->citizen_id, "weight", 61.2 + (n % 3) * 0.1,
                           at + 4 * FORLOP_MINUTE);
      forlop_demo_answer_alerts (self, course->nurse, course->citizen_id, TRUE);
    }

  g_assert (self->error != NULL || (yellow == 21 && red == 20));
}

static void
end_anne (ForlopDemoCourse *course)
{
  ForlopDemo *self = course->demo;
  g_autofree char *decision_id = NULL;

  forlop_demo_at (self, day (2023, 4, 27), 10, 0);
  decision_id = forlop_demo_make (
    self, course->caseworker, "end-service",
    "{\"case_id\":\"%s\",\"decided_on\":\"2023-04-27\",\"ended_on\":\"2023-04-27\","
    "\"reason\":\"goal_reached\",\"reasons\":\"Stabil over tid. Ønsker å avslutte, og er positiv til å "
    "begynne igjen.\",\"treatment_to\":\"Fastlegen\",\"coordination_to\":\"Hjemmetjenesten\","
    "\"may_resume\":true}", course->case_id);
  forlop_demo_do (self, course->caseworker, "send-decision-letter",
                  "{\"decision_id\":\"%s\",\"letter_sent_on\":\"2023-04-27\"}", decision_id);
  forlop_demo_at (self, day (2023, 4, 28), 11, 0);
  forlop_demo_do (self, course->nurse, "record-baseline",
                  "{\"case_id\":\"%s\",\"period\":\"after\",\"from_date\":\"2023-01-09\","
                  "\"to_date\":\"2023-04-27\",\"visits\":0,\"visit_minutes\":216,"
                  "\"driving_minutes\":0,\"hospital_admissions\":0,"
                  "\"origin\":\"Hjemmetjenestens liste: 1 time i måneden\"}", course->case_id);
  forlop_demo_do (self, course->nurse, "evaluate",
                  "{\"case_id\":\"%s\",\"held_on\":\"2023-04-28\",\"appropriate\":true,"
                  "\"gained\":\"Ingen faste besøk etter start. Trygg.\",\"outcome\":\"end\","
                  "\"final\":true}", course->case_id);
  forlop_demo_take_back (course, day (2023, 4, 28));
  forlop_demo_at (self, day (2023, 5, 2), 9, 0);
  forlop_demo_do (self, course->caseworker, "record-decision-receipt",
                  "{\"decision_id\":\"%s\",\"received_on\":\"2023-05-02\"}", decision_id);
  forlop_demo_do (self, course->caseworker, "close-case",
                  "{\"case_id\":\"%s\",\"closed_on\":\"2023-05-02\",\"letter_sent_on\":\"2023-05-02\","
                  "\"may_resume\":true}", course->case_id);
}

void
forlop_demo_anne (ForlopDemo *self)
{
  static const char *const kinds[] = { "scale", "blood_pressure_monitor", "oximeter", NULL };
  const Story story = {
    .person = "\"id_number\":\"15872949884\",\"birth_date\":\"1929-07-15\",\"sex\":\"female\","
              "\"given_name\":\"Anne\",\"family_name\":\"Berg\",\"address\":\"Liaveien 12\","
              "\"postal_code\":\"9999\",\"postal_place\":\"Fjordvik\",\"phone\":\"91234567\","
              "\"gp\":\"Fjordvik legesenter, Hege Brekke\",\"lives_alone\":true",
    .condition = "Hjertesvikt, atrieflimmer, pacemaker",
    .reason = "Innlagt i desember 2022 med forverret hjertesvikt. Ønskes fulgt opp hjemme.",
    .source = "hospital",
    .what_matters = "Å bo hjemme og slippe å vente på besøk",
    .baseline = "\"from_date\":\"2022-11-14\",\"to_date\":\"2023-01-08\",\"visits\":56,"
                "\"visit_minutes\":3360,\"driving_minutes\":784,\"hospital_admissions\":1,"
                "\"origin\":\"Hjemmetjenestens liste: 60 minutter daglig, 14 minutter kjøring\"",
    .kinds = kinds,
    .referred = day (2022, 12, 19),
    .decided = day (2022, 12, 28),
    .started = day (2023, 1, 9),
  };
  ForlopDemoCourse course = begin (self, 0, &story);
  g_autofree char *plan_id = NULL;

  tell_until_decision (&course, &story);
  plan_id = draft_plan (&course, &story, "Å bo hjemme og slippe å vente på besøk");
  forlop_demo_plan_kind (&course, plan_id, "kols");
  set_limit (&course, plan_id, "spo2", "\"red_low\":88,\"yellow_low\":92");
  set_limit (&course, plan_id, "systolic", "\"yellow_high\":150,\"red_high\":165");
  set_limit (&course, plan_id, "weight", "\"yellow_high\":63,\"red_high\":64.5");
  approve (&course, plan_id, story.decided + 5);
  tell_until_start (&course, &story);
  review_and_evaluate (&course, day (2023, 1, 23));
  measure_anne (&course);
  end_anne (&course);
  finish (&course);
}

/* On the agenda of the zone's weekly meeting. */
static void
take_up (ForlopDemoCourse *course,
         const char       *question)
{
  forlop_demo_do (course->demo, course->nurse, "add-meeting-item", "{\"case_id\":\"%s\",\"question\":\"%s\"}",
                  course->case_id, question);
}

/* Today's regular: heart failure and early kidney failure, measures every morning. */
void
forlop_demo_liv (ForlopDemo *self)
{
  static const char *const kinds[] = { "scale", "blood_pressure_monitor", "tablet", NULL };
  const Story story = {
    .person = "\"id_number\":\"12835430098\",\"birth_date\":\"1954-03-12\",\"sex\":\"female\","
              "\"given_name\":\"Liv\",\"family_name\":\"Haug\",\"address\":\"Strandgata 4\","
              "\"postal_code\":\"9999\",\"postal_place\":\"Fjordvik\",\"phone\":\"92345678\","
              "\"gp\":\"Sentrum legekontor, Trond Vangen\"",
    .condition = "Hjertesvikt, begynnende nyresvikt",
    .reason = "Flere innleggelser siste år. Fastlegen justerer medisiner etter målinger.",
    .source = "gp",
    .what_matters = "Å slippe flere innleggelser",
    .baseline = "\"visits\":24,\"visit_minutes\":480,\"driving_minutes\":340,"
                "\"hospital_admissions\":3,\"gp_contacts\":6,\"origin\":\"Uttrekk fra EPJ\","
                "\"from_date\":\"2026-01-05\",\"to_date\":\"2026-03-01\"",
    .kinds = kinds,
    .referred = self->today - 240,
    .decided = self->today - 228,
    .started = self->today - 210,
  };
  ForlopDemoCourse course = begin (self, 0, &story);
  g_autofree char *plan_id = NULL;

  tell_until_decision (&course, &story);
  plan_id = draft_plan (&course, &story, "Slippe flere innleggelser");
  forlop_demo_plan_kind (&course, plan_id, "hjertesvikt");
  set_limit (&course, plan_id, "weight", "\"yellow_high\":73.5,\"red_high\":75");
  set_limit (&course, plan_id, "systolic", "\"yellow_low\":100,\"yellow_high\":140,\"red_high\":165");
  set_limit (&course, plan_id, "diastolic", "\"yellow_high\":92,\"red_high\":105");
  forlop_demo_do (self, course.nurse, "save-plan-rule",
                  "{\"care_plan_id\":\"%s\",\"kind\":\"change\",\"code\":\"weight\",\"amount\":2,"
                  "\"days\":3,\"severity\":\"red\"}", plan_id);
  forlop_demo_schedule_form (&course, plan_id);
  approve (&course, plan_id, story.decided + 5);
  tell_until_start (&course, &story);
  review_and_evaluate (&course, story.started + 15);
  for (ForlopDate date = self->today - 183; date <= self->today && self->error == NULL; date++)
    {
      const gint64 at = forlop_instant_from_wall (date, 7 * 60 + 55);
      const double systolic = date == self->today ? 148 : 126 + forlop_demo_pick (self, 14);

      forlop_demo_reading (self, course.citizen_id, "weight",
                           71.5 + (double) forlop_demo_pick (self, 12) / 10, at);
      forlop_demo_reading (self, course.citizen_id, "systolic", systolic, at + FORLOP_MINUTE);
      forlop_demo_reading (self, course.citizen_id, "diastolic", 80 + forlop_demo_pick (self, 8),
                           at + FORLOP_MINUTE);
      if (date < self->today)
        forlop_demo_answer_alerts (self, course.nurse, course.citizen_id, TRUE);
      forlop_demo_answer_form (&course, date);
    }
  review_quarter (&course, story.started + 100);
  review_quarter (&course, story.started + 188);
  take_up (&course, "Blodtrykket er høyere enn før. Skal fastlegen se på medisinene?");
  finish (&course);
}

void
forlop_demo_arne (ForlopDemo *self)
{
  static const char *const kinds[] = { "oximeter", "glucose_meter", "tablet", NULL };
  const Story story = {
    .person = "\"id_number\":\"03916230191\",\"birth_date\":\"1962-11-03\",\"sex\":\"male\","
              "\"given_name\":\"Arne\",\"family_name\":\"Moen\",\"address\":\"Fjellveien 31\","
              "\"postal_code\":\"9999\",\"postal_place\":\"Fjordvik\",\"phone\":\"93456789\","
              "\"gp\":\"Østby legegruppe, Jan Hoel\",\"lives_alone\":true",
    .condition = "KOLS og diabetes type 2, oksygen hjemme",
    .reason = "KOLS-forløp ved sykehuset. Trenger oppfølging hjemme etter utskriving.",
    .source = "hospital",
    .what_matters = "Å klare seg selv i eget hus",
    .baseline = "\"visits\":40,\"visit_minutes\":800,\"driving_minutes\":620,"
                "\"hospital_admissions\":2,\"emergency_contacts\":3,\"origin\":\"Uttrekk fra EPJ\","
                "\"from_date\":\"2026-02-02\",\"to_date\":\"2026-03-29\"",
    .kinds = kinds,
    .referred = self->today - 225,
    .decided = self->today - 214,
    .started = self->today - 196,
  };
  ForlopDemoCourse course = begin (self, 0, &story);
  g_autofree char *plan_id = NULL;

  tell_until_decision (&course, &story);
  plan_id = draft_plan (&course, &story, "Klare seg selv i eget hus");
  forlop_demo_plan_kind (&course, plan_id, "kols");
  set_limit (&course, plan_id, "spo2", "\"red_low\":86,\"yellow_low\":89");
  set_limit (&course, plan_id, "glucose", "\"red_low\":3.5,\"yellow_low\":4.5,\"yellow_high\":14,\"red_high\":18");
  approve (&course, plan_id, story.decided + 5);
  tell_until_start (&course, &story);
  review_and_evaluate (&course, story.started + 15);
  for (ForlopDate date = self->today - 183; date <= self->today && self->error == NULL; date++)
    {
      const gint64 at = forlop_instant_from_wall (date, 8 * 60 + 10);

      /* He has not measured this morning. */
      if (date == self->today || forlop_demo_pick (self, 20) == 0)
        continue;
      forlop_demo_reading (self, course.citizen_id, "spo2", 90 + forlop_demo_pick (self, 4), at);
      forlop_demo_reading (self, course.citizen_id, "glucose",
                           7 + (double) forlop_demo_pick (self, 60) / 10, at + 3 * FORLOP_MINUTE);
      forlop_demo_answer_alerts (self, course.nurse, course.citizen_id, TRUE);
    }
  review_quarter (&course, story.started + 100);
  take_up (&course, "Måler ikke hver morgen. Er to ganger i uken nok?");
  finish (&course);
}
