/* SPDX-License-Identifier: EUPL-1.2 */

#include "gp-fixture.h"

#define DAYS 30

gint64
gp_fixture_at (GpFixture *self,
               int        days)
{
  return self->now - days * FORLOP_DAY;
}

ForlopRecord *
gp_fixture_add (GpFixture  *self,
                const char *type)
{
  g_autofree char *id = g_strdup_printf ("00000000-0000-7000-8000-%012u", 100 + self->n_records++);
  g_autoptr (ForlopRecord) record = forlop_record_new (forlop_record_type_find (type), id);

  forlop_record_set_text (record, "citizen_id", GP_CITIZEN);
  if (forlop_record_type_field (forlop_record_get_rtype (record), "case_id") != NULL)
    forlop_record_set_text (record, "case_id", GP_CASE);
  forlop_snapshot_put (self->snapshot, record);

  return record;
}

void
gp_fixture_init (GpFixture *self)
{
  g_autoptr (ForlopRecord) citizen = forlop_record_new (forlop_record_type_find ("citizen"), GP_CITIZEN);
  g_autoptr (ForlopRecord) the_case = forlop_record_new (forlop_record_type_find ("case"), GP_CASE);
  ForlopDate today;

  *self = (GpFixture) { .n_records = 0 };
  g_assert_true (forlop_date_from_ymd (2026, 11, 22, &today));
  self->now = forlop_instant_from_wall (today, 12 * 60);
  self->period = (ForlopGpPeriod) { self->now - 2 * DAYS * FORLOP_DAY, self->now - DAYS * FORLOP_DAY, self->now };
  self->snapshot = forlop_snapshot_new (self->now);
  self->readings = g_array_new (FALSE, FALSE, sizeof (ForlopGpReading));

  forlop_record_set_text (citizen, "given_name", "Liv");
  forlop_record_set_text (citizen, "family_name", "Haug");
  forlop_record_set_text (citizen, "id_number", "12835430098");
  forlop_record_set_text (citizen, "gp", "Trond Vangen");
  forlop_record_set_text (the_case, "citizen_id", GP_CITIZEN);
  forlop_record_set_text (the_case, "number", "2026-0001");
  forlop_snapshot_put (self->snapshot, citizen);
  forlop_snapshot_put (self->snapshot, the_case);
}

void
gp_fixture_clear (GpFixture *self)
{
  g_clear_pointer (&self->snapshot, forlop_snapshot_unref);
  g_clear_pointer (&self->readings, g_array_unref);
}

ForlopRecord *
gp_fixture_add_plan (GpFixture *self,
                     int        version,
                     int        days,
                     double     yellow_high)
{
  ForlopRecord *plan = gp_fixture_add (self, "care_plan");
  ForlopRecord *limit = gp_fixture_add (self, "limit");

  forlop_record_set_integer (plan, "version", version);
  forlop_record_set_text (plan, "status", "in_force");
  forlop_record_set_instant (plan, "valid_from", gp_fixture_at (self, days));
  forlop_record_set_text (plan, "approved_by", "Trond Vangen");
  forlop_record_set_text (limit, "care_plan_id", forlop_record_get_id (plan));
  forlop_record_set_text (limit, "code", "weight");
  forlop_record_set_real (limit, "yellow_high", yellow_high);
  forlop_record_set_real (limit, "red_high", yellow_high + 2);

  return plan;
}

void
gp_fixture_add_reading (GpFixture      *self,
                        ForlopMeasure   measure,
                        int             days,
                        double          value,
                        ForlopSeverity  severity)
{
  ForlopGpReading reading = { measure, gp_fixture_at (self, days) - FORLOP_HOUR, value, severity };

  g_array_append_val (self->readings, reading);
}

ForlopRecord *
gp_fixture_add_alert (GpFixture  *self,
                      const char *severity,
                      const char *status,
                      int         days)
{
  ForlopRecord *alert = gp_fixture_add (self, "alert");

  forlop_record_set_text (alert, "kind", "measurement");
  forlop_record_set_text (alert, "severity", severity);
  forlop_record_set_text (alert, "status", status);
  forlop_record_set_instant (alert, "raised_at", gp_fixture_at (self, days) - FORLOP_HOUR);

  return alert;
}

ForlopRecord *
gp_fixture_add_contact (GpFixture    *self,
                        ForlopRecord *alert,
                        const char   *way,
                        int           days,
                        const char   *text)
{
  ForlopRecord *contact = gp_fixture_add (self, "contact_log");

  if (alert != NULL)
    {
      forlop_record_set_text (contact, "alert_id", forlop_record_get_id (alert));
      forlop_record_set_instant (alert, "handled_at", gp_fixture_at (self, days) - FORLOP_MINUTE);
    }
  forlop_record_set_text (contact, "way", way);
  forlop_record_set_instant (contact, "at", gp_fixture_at (self, days) - FORLOP_MINUTE);
  forlop_record_set_integer (contact, "minutes", 6);
  forlop_record_set_text (contact, "text", text);

  return contact;
}

ForlopGpSummary *
gp_fixture_make (GpFixture  *self,
                 const char *question)
{
  return forlop_gp_summary_new (self->snapshot, self->readings, &self->period, question);
}
