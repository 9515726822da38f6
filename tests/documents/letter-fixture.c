/* SPDX-License-Identifier: EUPL-1.2 */

#include "letter-fixture.h"

#include "pdf-reader.h"

#define FORM "00000000-0000-7000-8000-000000000900"

static ForlopRecord *
new_record (const char *type,
            const char *id)
{
  return forlop_record_new (forlop_record_type_find (type), id);
}

static ForlopRecord *
new_unit (const char *id,
          const char *name)
{
  ForlopRecord *unit = new_record ("unit", id);

  forlop_record_set_text (unit, "name", name);
  forlop_record_set_text (unit, "phone", "33516129");

  return unit;
}

static void
add_facts (ForlopLetter *letter)
{
  letter->office = new_unit ("00000000-0000-7000-8000-000000000901", "Tildelingskontoret");
  forlop_record_set_text (letter->office, "postal_address", "Fjordvik kommune, Postboks 1, 9999 Fjordvik");
  letter->answers = new_unit ("00000000-0000-7000-8000-000000000902", "Sone Nord");
  forlop_record_set_integer (letter->answers, "opens_at", 480);
  forlop_record_set_integer (letter->answers, "closes_at", 930);
  forlop_record_set_text (letter->answers, "open_weekdays", "1,2,3,4,5");
  letter->signatory = new_record ("user", "00000000-0000-7000-8000-000000000903");
  forlop_record_set_text (letter->signatory, "name", "Siri Vold");
  g_hash_table_replace (letter->references, g_strdup ("appeal"), g_strdup ("lov A § 7"));
  g_hash_table_replace (letter->references, g_strdup ("access"), g_strdup ("lov B § 18"));
  g_hash_table_replace (letter->references, g_strdup ("ombud"), g_strdup ("lov A kapittel 8"));
}

static void
add_decision (LetterFixture *self)
{
  ForlopRecord *decision = gp_fixture_add (&self->base, "decision");

  forlop_record_set_text (decision, "kind", "grant");
  forlop_record_set_text (decision, "decided_on", "2026-11-20");
  forlop_record_set_text (decision, "valid_from", "2026-12-01");
  forlop_record_set_real (decision, "hours_per_week", 0.25);
  forlop_record_set_text (decision, "granted", "Digital hjemmeoppfølging med vekt og blodtrykk.");
  forlop_record_set_text (decision, "reasons", "Målinger hjemme gir trygghet.");
  forlop_record_set_text (decision, "legal_references", "lov C § 3-2");
  self->decision = forlop_letter_new (self->base.snapshot, decision);
  add_facts (self->decision);
}

static void
add_schedule (LetterFixture *self,
              ForlopRecord  *plan,
              const char    *code,
              const char    *cadence,
              const char    *weekdays)
{
  ForlopRecord *schedule = gp_fixture_add (&self->base, "schedule");

  forlop_record_set_text (schedule, "care_plan_id", forlop_record_get_id (plan));
  forlop_record_set_text (schedule, code != NULL ? "code" : "form_id", code != NULL ? code : FORM);
  forlop_record_set_text (schedule, "cadence", cadence);
  forlop_record_set_text (schedule, "times", "08:00,20:00");
  if (weekdays != NULL)
    forlop_record_set_text (schedule, "weekdays", weekdays);
  forlop_record_set_text (schedule, "starts_on", "2026-11-02");
  forlop_record_set_integer (schedule, "grace_minutes", 120);
}

static void
add_plan (LetterFixture *self)
{
  ForlopRecord *plan = gp_fixture_add_plan (&self->base, 3, 10, 73.5);
  ForlopRecord *rule = gp_fixture_add (&self->base, "plan_rule");

  forlop_record_set_text (plan, "goal", "Gå tur med hunden.");
  forlop_record_set_text (plan, "yellow_signs", "Hovne bein.");
  forlop_record_set_text (plan, "green_actions", "Fortsett som avtalt.");
  forlop_record_set_text (plan, "yellow_actions", "Mål igjen.");
  forlop_record_set_text (plan, "red_actions", "Ring 113.");
  forlop_record_set_text (plan, "approved_on", "2026-11-10");
  forlop_record_set_integer (plan, "repeat_minutes", 30);
  forlop_record_set_text (rule, "care_plan_id", forlop_record_get_id (plan));
  forlop_record_set_text (rule, "kind", "change");
  forlop_record_set_text (rule, "code", "weight");
  forlop_record_set_real (rule, "amount", 2);
  forlop_record_set_integer (rule, "days", 3);
  forlop_record_set_text (rule, "severity", "red");
  add_schedule (self, plan, "weight", "daily", NULL);
  add_schedule (self, plan, NULL, "weekly", "1,4");
  self->plan = forlop_letter_new (self->base.snapshot, plan);
  add_facts (self->plan);
  g_hash_table_replace (self->plan->names, g_strdup (FORM), g_strdup ("Symptomer"));
}

void
letter_fixture_init (LetterFixture *self)
{
  ForlopRecord *citizen;

  gp_fixture_init (&self->base);
  citizen = forlop_snapshot_get_citizen (self->base.snapshot);
  forlop_record_set_text (citizen, "birth_date", "1954-03-12");
  forlop_record_set_text (citizen, "address", "Strandgata 4");
  forlop_record_set_text (citizen, "postal_code", "9999");
  forlop_record_set_text (citizen, "postal_place", "Fjordvik");
  add_decision (self);
  add_plan (self);
}

void
letter_fixture_clear (LetterFixture *self)
{
  forlop_letter_free (self->decision);
  forlop_letter_free (self->plan);
  gp_fixture_clear (&self->base);
}

void
letter_fixture_lend (LetterFixture *self,
                     ForlopLetter  *letter,
                     const char    *product)
{
  ForlopRecord *loan = gp_fixture_add (&self->base, "loan");
  g_autoptr (ForlopRecord) item = new_record ("item", "00000000-0000-7000-8000-000000000904");

  forlop_record_set_text (item, "product_id", "00000000-0000-7000-8000-000000000905");
  forlop_snapshot_put (self->base.snapshot, item);
  forlop_record_set_text (loan, "item_id", forlop_record_get_id (item));
  g_hash_table_replace (letter->names, g_strdup (forlop_record_get_text (item, "product_id")), g_strdup (product));
}

char *
letter_fixture_missing (const ForlopLetter *letter)
{
  g_auto (GStrv) missing = forlop_letter_find_missing (letter);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = forlop_letter_paper_to_pdf (letter, &error);

  g_assert_null (pdf);
  g_assert_cmpuint (g_strv_length (missing), ==, 1);
  g_assert_cmpstr (error->message, ==, missing[0]);

  return g_strdup (missing[0]);
}

char *
letter_fixture_read (const ForlopLetter *letter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = forlop_letter_paper_to_pdf (letter, &error);

  g_assert_no_error (error);
  pdf_reader_assert_pages (pdf, forlop_letter_paper_count_pages (letter));

  return pdf_reader_text (pdf);
}
