/* SPDX-License-Identifier: EUPL-1.2 */

#include <math.h>

#include "forlop-demo-course-private.h"
#include "forlop-record-store.h"

/* Six months of measurements, also for those who have been followed up longer. */
#define MEASURED_DAYS 183

typedef struct {
  const char *code;
  double mean;
  double spread;   /* from day to day */
  double between;  /* from person to person */
  double yellow;   /* distance from the person's own mean to the yellow limit; below zero: under it */
  double red;
  double step;     /* of the device */
} Measure;

static const Measure measures[DEMO_N_CONDITIONS][4] = {
  [DEMO_COPD] = {
    { "spo2", 93.5, 0.7, 1.0, -2, -5, 1 }, { "pulse", 78, 5, 6, 22, 38, 1 }, { NULL } },
  [DEMO_HEART_FAILURE] = {
    { "weight", 78, 0.35, 11, 1.6, 2.6, 0.1 }, { "systolic", 128, 6, 8, 20, 38, 1 },
    { "diastolic", 76, 4, 5, 16, 28, 1 }, { NULL } },
  [DEMO_DIABETES] = {
    { "glucose", 8.2, 1.3, 0.8, 5, 8, 0.1 }, { NULL } },
  [DEMO_FRAIL] = {
    { "systolic", 134, 7, 8, 22, 40, 1 }, { "diastolic", 74, 4, 5, 18, 30, 1 },
    { "pulse", 74, 5, 6, 24, 40, 1 }, { NULL } },
};

static const char *const plan_kinds[DEMO_N_CONDITIONS] = {
  [DEMO_COPD] = "kols", [DEMO_HEART_FAILURE] = "hjertesvikt", [DEMO_DIABETES] = "diabetes",
  [DEMO_FRAIL] = "skropelig-eldre",
};

static double
round_to (double value,
          double step)
{
  return floor (value / step + 0.5) * step;
}

/* The person's own usual value: the same wherever it is asked for. */
static double
own_mean (ForlopDemoCourse *course,
          const Measure    *measure)
{
  const unsigned int place = (course->number * 37u + (unsigned int) measure->code[0]) % 21;

  return measure->mean + measure->between * ((double) place - 10) / 10;
}

static void
set_limits (ForlopDemoCourse *course,
            const char       *plan_id)
{
  for (const Measure *measure = measures[course->condition]; measure->code != NULL; measure++)
    {
      const double mean = own_mean (course, measure);
      char yellow[G_ASCII_DTOSTR_BUF_SIZE], red[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (yellow, sizeof yellow, "%.1f", round_to (mean + measure->yellow, measure->step));
      g_ascii_formatd (red, sizeof red, "%.1f", round_to (mean + measure->red, measure->step));
      forlop_demo_do (course->demo, course->nurse, "set-limit",
                      measure->yellow < 0
                        ? "{\"care_plan_id\":\"%s\",\"code\":\"%s\",\"yellow_low\":%s,\"red_low\":%s}"
                        : "{\"care_plan_id\":\"%s\",\"code\":\"%s\",\"yellow_high\":%s,\"red_high\":%s}",
                      plan_id, measure->code, yellow, red);
    }
}

static void
set_schedules (ForlopDemoCourse *course,
               const char       *plan_id)
{
  g_autofree char *from = forlop_date_to_iso (course->referred + DEMO_START_DAY);

  for (const Measure *measure = measures[course->condition]; measure->code != NULL; measure++)
    forlop_demo_do (course->demo, course->nurse, "save-schedule",
                    "{\"care_plan_id\":\"%s\",\"code\":\"%s\",\"cadence\":\"daily\","
                    "\"times\":\"08.00\",\"weekdays\":\"1,2,3,4,5,6,7\",\"starts_on\":\"%s\","
                    "\"grace_minutes\":120}", plan_id, measure->code, from);
}

/* By what the template it might have been begun with is called. */
void
forlop_demo_plan_kind (ForlopDemoCourse *course,
                       const char       *plan_id,
                       const char       *code)
{
  ForlopDemo *self = course->demo;
  g_autoptr (GPtrArray) templates = NULL;

  if (self->error != NULL)
    return;
  templates = forlop_record_store_list (self->connection, "template", "code", code, &self->error);
  for (unsigned int i = 0; templates != NULL && i < templates->len; i++)
    {
      ForlopRecord *template = g_ptr_array_index (templates, i);

      if (forlop_record_text_is (template, "kind", "plan"))
        forlop_demo_do (self, course->nurse, "save-plan", "{\"care_plan_id\":\"%s\",\"template_id\":\"%s\"}",
                        plan_id, forlop_record_get_id (template));
    }
}

void
forlop_demo_plan (ForlopDemoCourse *course,
                  gboolean          in_force)
{
  ForlopDemo *self = course->demo;
  g_autofree char *sent = forlop_date_to_iso (course->referred + 15);
  g_autofree char *approved = forlop_date_to_iso (course->referred + 21);
  g_autofree char *valid_from = forlop_instant_to_iso (forlop_instant_from_wall (course->referred + 21, 16 * 60));
  g_autofree char *plan_id = NULL;

  forlop_demo_at (self, course->referred + 15, 13, 30);
  plan_id = forlop_demo_make (self, course->nurse, "draft-plan", "{\"case_id\":\"%s\"}", course->case_id);
  forlop_demo_do (self, course->nurse, "save-plan",
                  "{\"care_plan_id\":\"%s\",\"goal\":\"Bo hjemme og kjenne egne tegn på forverring\","
                  "\"green_signs\":\"Som vanlig\",\"green_actions\":\"Fortsett som avtalt\","
                  "\"yellow_signs\":\"Tyngre å puste, mer hoste eller hevelse i bena\","
                  "\"yellow_actions\":\"Mål igjen etter 30 minutter. Hjemmetjenesten ringer.\","
                  "\"red_signs\":\"Mye tyngre å puste i hvile, brystsmerter\","
                  "\"red_actions\":\"Ring 113 ved akutt fare. Ellers ringer hjemmetjenesten straks.\","
                  "\"contacts\":\"Hjemmetjenesten 07.30–22.00. Ikke en nødtjeneste: ring 113 eller "
                  "legevakt 116117.\"}", plan_id);
  if (plan_kinds[course->condition] != NULL)
    forlop_demo_plan_kind (course, plan_id, plan_kinds[course->condition]);
  set_limits (course, plan_id);
  set_schedules (course, plan_id);
  forlop_demo_do (self, course->nurse, "send-plan-to-gp",
                  "{\"care_plan_id\":\"%s\",\"sent_on\":\"%s\"}", plan_id, sent);
  if (!in_force)
    return;
  forlop_demo_at (self, course->referred + 21, 15, 0);
  forlop_demo_do (self, course->nurse, "approve-plan",
                  "{\"care_plan_id\":\"%s\",\"approved_on\":\"%s\",\"approved_by\":\"Fastlegen\","
                  "\"approved_how\":\"message\"}", plan_id, approved);
  forlop_demo_at (self, course->referred + 21, 16, 0);
  forlop_demo_do (self, course->nurse, "put-plan-in-force",
                  "{\"care_plan_id\":\"%s\",\"valid_from\":\"%s\"}", plan_id, valid_from);
}

/* Every new alert of the citizen is called about. */
void
forlop_demo_answer_alerts (ForlopDemo        *self,
                           const ForlopActor *nurse,
                           const char        *citizen_id,
                           gboolean           carry_over)
{
  static const char *const texts[] = {
    "Ringte. Kjenner seg som vanlig. Ny måling om 30 minutter.",
    "Ringte. Litt tyngre i pusten enn i går. Avtalt ny telefon i kveld.",
    "Ringte. Har glemt medisinen, tar den nå. Ny måling ved lunsj.",
    "Ringte. Avtalt at fastlegen kontaktes i dag.",
  };
  g_autoptr (GPtrArray) alerts = NULL;

  if (self->error != NULL)
    return;
  alerts = forlop_record_store_list (self->connection, "alert", "status", "new", &self->error);
  for (unsigned int i = 0; alerts != NULL && i < alerts->len; i++)
    {
      ForlopRecord *alert = g_ptr_array_index (alerts, i);
      g_autofree char *contact_id = NULL;

      if (!forlop_record_text_is (alert, "citizen_id", citizen_id))
        continue;
      self->now = forlop_record_get_instant (alert, "raised_at") +
                  (5 + forlop_demo_pick (self, 70)) * FORLOP_MINUTE;
      forlop_demo_do (self, nurse, "take-alert", "{\"alert_id\":\"%s\"}", forlop_record_get_id (alert));
      self->now += (3 + forlop_demo_pick (self, 12)) * FORLOP_MINUTE;
      contact_id = forlop_demo_make (
        self, nurse, "handle-alert",
        "{\"alert_id\":\"%s\",\"way\":\"phone\",\"minutes\":%u,\"text\":\"%s\"}",
        forlop_record_get_id (alert), 3 + forlop_demo_pick (self, 10),
        texts[forlop_demo_pick (self, G_N_ELEMENTS (texts))]);
      if (carry_over && contact_id != NULL)
        forlop_demo_carry_over (self, nurse, citizen_id, forlop_record_get_id (alert));
    }
}

/* The contact that answered the alert is marked as written in the patient record. */
void
forlop_demo_carry_over (ForlopDemo        *self,
                        const ForlopActor *nurse,
                        const char        *citizen_id,
                        const char        *alert_id)
{
  g_autoptr (ForlopRecord) contact =
    forlop_record_store_find (self->connection, "contact_log", "alert_id", alert_id, NULL);

  if (contact == NULL)
    return;
  forlop_demo_do (self, nurse, "mark-carried-over",
                  "{\"citizen_id\":\"%s\",\"target\":\"epj\",\"subject_type\":\"contact_log\","
                  "\"subject_id\":\"%s\"}", citizen_id, forlop_record_get_id (contact));
}

void
forlop_demo_reading (ForlopDemo *self,
                     const char *citizen_id,
                     const char *code,
                     double      value,
                     gint64      measured_at)
{
  g_autofree char *at = forlop_instant_to_iso (measured_at);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  self->now = measured_at + 2 * FORLOP_MINUTE;
  g_ascii_formatd (number, sizeof number, "%.1f", value);
  forlop_demo_do (self, self->devices, "record-measurement",
                  "{\"citizen_id\":\"%s\",\"code\":\"%s\",\"value\":%s,\"measured_at\":\"%s\","
                  "\"source\":\"device\"}", citizen_id, code, number, at);
}

/* Every six weeks something is wrong for some days. */
static double
episode (ForlopDemoCourse *course,
         ForlopDate        day)
{
  const int phase = (int) ((day + (ForlopDate) course->number * 29) % 43);

  if (phase >= 3)
    return 0;

  return phase == 1 ? 1.15 : 0.75;
}

/* This morning: one red and one yellow in each zone, and somebody who has not measured. */
static double
this_morning (ForlopDemoCourse *course)
{
  switch (course->number % 10)
    {
    case 3: return 1.3;
    case 6: return 0.75;
    default: return 0;
    }
}

static gboolean
forgets (ForlopDemoCourse *course,
         ForlopDate        day)
{
  if (day == course->demo->today)
    return course->number % 10 == 8;

  return forlop_demo_pick (course->demo, 100) < 4;
}

void
forlop_demo_measure (ForlopDemoCourse *course,
                     ForlopDate        until)
{
  ForlopDemo *self = course->demo;
  const ForlopDate first = MAX (course->started + 1, self->today - MEASURED_DAYS);

  for (ForlopDate day = first; day <= until && self->error == NULL; day++)
    {
      const double worse = day == self->today ? this_morning (course) : episode (course, day);
      const gint64 at = forlop_instant_from_wall (day, 7 * 60 + 30 + (int) forlop_demo_pick (self, 60));

      if (forgets (course, day))
        continue;
      for (const Measure *measure = measures[course->condition]; measure->code != NULL; measure++)
        {
          double value = own_mean (course, measure) + forlop_demo_bell (self, 0, measure->spread) +
                         worse * measure->red;

          if (g_str_equal (measure->code, "spo2"))
            value = MIN (value, 99);
          forlop_demo_reading (self, course->citizen_id, measure->code,
                               round_to (value, measure->step), at);
        }
      if (day < self->today)
        forlop_demo_answer_alerts (self, course->nurse, course->citizen_id, day < self->today - 5);
    }
}
