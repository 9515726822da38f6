/* SPDX-License-Identifier: EUPL-1.2 */

/* The figures without names of a municipality with 20,000 cases and a million measurements: how long the server reads and
 * works them out, and how long it writes them. Only the writing is on the thread where others wait. */

#include <glib/gstdio.h>
#include <stdio.h>

#include "bench-server.h"
#include "forlop-sqlite-storage.h"
#include "forlop-sync-row.h"
#include "forlop-sync-server.h"

#define CASES 20000
#define MEASUREMENTS_PER_CASE 50
#define ALERTS_PER_CASE 10
#define UNITS 12
#define PER_POSITION 500

static gint64 now;
static ForlopServerHead head;

static void
must (gboolean   well,
      GError   **error)
{
  if (!well)
    g_error ("the benchmark cannot go on: %s", (*error)->message);
}

static ForlopRecord *
make (const char *type,
      const char *citizen_id,
      const char *case_id)
{
  g_autofree char *id = g_uuid_string_random ();
  ForlopRecord *record = forlop_record_new (forlop_record_type_find (type), id);

  if (citizen_id != NULL)
    forlop_record_set_text (record, "citizen_id", citizen_id);
  if (case_id != NULL)
    forlop_record_set_text (record, "case_id", case_id);

  return record;
}

static void
put (ForlopServerStorage *storage,
     ForlopRecord        *record)
{
  g_autoptr (ForlopRecord) owned = record;
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSyncRow) row = NULL;

  forlop_record_set_vtag (record, forlop_record_get_id (record));
  row = forlop_sync_row_from_record (record, head.seq);
  must (storage->funcs->put_row (storage, row, &error), &error);
}

/* What a case has that the figures are made of, and more measurements than anybody needs for it. */
static void
put_case (ForlopServerStorage *storage,
          char *const         *units,
          unsigned int         i)
{
  static const char *const periods[] = { "before", "after" }, *const cost_periods[] = { "without", "with" };
  g_autofree char *citizen_id = g_uuid_string_random ();
  ForlopRecord *record = make ("case", citizen_id, NULL);
  g_autofree char *case_id = g_strdup (forlop_record_get_id (record));
  ForlopDate today = forlop_instant_to_date (now);

  forlop_record_set_text (record, "status", i % 5 == 0 ? "ended" : "running");
  forlop_record_set_text (record, "unit_id", units[i % UNITS]);
  forlop_record_set_date (record, "started_on", today - 200);
  forlop_record_set_date (record, "next_evaluation_on", today + (ForlopDate) (i % 90));
  put (storage, record);
  for (unsigned int j = 0; j < 2; j++)
    {
      record = make ("baseline", citizen_id, case_id);
      forlop_record_set_text (record, "period", periods[j]);
      forlop_record_set_real (record, "visits", 30 - 10.0 * j);
      put (storage, record);
      record = make ("benefit_cost", citizen_id, case_id);
      forlop_record_set_text (record, "period", cost_periods[j]);
      forlop_record_set_text (record, "kind", "wages");
      forlop_record_set_real (record, "amount", 9000 - 2000.0 * j);
      put (storage, record);
      record = make ("evaluation", citizen_id, case_id);
      forlop_record_set_date (record, "held_on", today - 30 * (ForlopDate) j);
      put (storage, record);
    }
  record = make ("survey_answer", citizen_id, case_id);
  forlop_record_set_text (record, "safety", "increased");
  put (storage, record);
  for (unsigned int j = 0; j < ALERTS_PER_CASE; j++)
    {
      record = make ("alert", citizen_id, case_id);
      forlop_record_set_text (record, "kind", "measurement");
      forlop_record_set_text (record, "rule", "yellow_low");
      forlop_record_set_text (record, "severity", j % 4 == 0 ? "red" : "yellow");
      forlop_record_set_text (record, "status", j == 0 ? "new" : "handled");
      forlop_record_set_instant (record, "raised_at", now - (gint64) j * 5 * FORLOP_DAY);
      forlop_record_set_instant (record, "taken_at", now - (gint64) j * 5 * FORLOP_DAY + (gint64) i * 1000);
      put (storage, record);
    }
  for (unsigned int j = 0; j < MEASUREMENTS_PER_CASE; j++)
    {
      record = make ("measurement", citizen_id, NULL);
      forlop_record_set_text (record, "code", "spo2");
      forlop_record_set_real (record, "value", 95);
      forlop_record_set_instant (record, "measured_at", now - (gint64) j * FORLOP_DAY);
      forlop_record_set_instant (record, "received_at", now - (gint64) j * FORLOP_DAY);
      forlop_record_set_text (record, "source", "platform");
      put (storage, record);
    }
}

static void
fill (ForlopServerStorage *storage)
{
  g_autoptr (GError) error = NULL;
  guint8 hash[FORLOP_SYNC_HASH_BYTES] = { 0 };
  char *units[UNITS];

  for (unsigned int i = 0; i < UNITS; i++)
    units[i] = g_uuid_string_random ();
  for (unsigned int i = 0; i < CASES; i++)
    {
      if (i % PER_POSITION == 0)
        {
          must (storage->funcs->begin (storage, TRUE, &error) && storage->funcs->get_head (storage, &head, &error) &&
                  storage->funcs->add_mark (storage, head.seq + 1, hash, now, &error), &error);
          head.seq++;
        }
      put_case (storage, units, i);
      if (i % PER_POSITION == PER_POSITION - 1)
        must (storage->funcs->commit (storage, &error), &error);
    }
  for (unsigned int i = 0; i < UNITS; i++)
    g_free (units[i]);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("forlop-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "log.db", NULL);
  g_autoptr (ForlopKey) key = forlop_key_new_random ();
  g_autoptr (ForlopIdSource) ids = forlop_id_source_new_system ();
  ForlopServerStorage *storage = forlop_sqlite_storage_open (path, key, TRUE, ids, &error);
  g_autoptr (GPtrArray) figures = NULL;
  double start;
  gint64 at;

  must (storage != NULL, &error);
  now = g_get_real_time () / 1000;
  fill (storage);
  start = bench_now ();
  must (forlop_sync_server_work_out_figures (storage, now, &figures, &error), &error);
  printf ("Figures of %u cases, worked out where nobody waits: %.0f ms\n", CASES, 1000 * (bench_now () - start));
  start = bench_now ();
  must (forlop_sync_server_write_figures (storage, now, figures, &at, &error), &error);
  printf ("Written for %u units on the municipality's thread: %.1f ms\n", UNITS, 1000 * (bench_now () - start));
  storage->funcs->free (storage);
  g_unlink (path);
  g_rmdir (folder);

  return 0;
}
