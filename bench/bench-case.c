/* SPDX-License-Identifier: EUPL-1.2 */

/* What opening a case reads: the snapshot, the first page of the time line and two years of
 * measurements, in one job. The reference is reading the same measurements alone. */

#include "bench-municipality.h"
#include "forlop-measurement-store.h"
#include "forlop-snapshot-store.h"

#define ROUNDS 60

typedef struct {
  BenchMunicipality *municipality;
  GArray *whole;
  GArray *bare;
  unsigned int n_measurements;
} Job;

static gpointer
read_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Job *job = user_data;
  const gint64 now = forlop_clock_now (job->municipality->clock);

  for (int i = 0; i < ROUNDS; i++)
    {
      double start = bench_seconds (), taken;
      g_autoptr (GPtrArray) alone = forlop_measurement_store_list (
        connection, job->municipality->citizen_id, NULL, now - 731 * FORLOP_DAY, now, error);
      g_autoptr (GPtrArray) measurements = NULL;
      g_autoptr (ForlopSnapshot) snapshot = NULL;

      if (alone == NULL)
        return NULL;
      taken = bench_seconds () - start;
      g_array_append_val (job->bare, taken);

      start = bench_seconds ();
      snapshot = forlop_snapshot_store_load_case (connection, job->municipality->case_id, now, error);
      measurements = forlop_measurement_store_list (connection, job->municipality->citizen_id, NULL,
                                                    now - 731 * FORLOP_DAY, now, error);
      if (snapshot == NULL || measurements == NULL)
        return NULL;
      taken = bench_seconds () - start;
      g_array_append_val (job->whole, taken);
      job->n_measurements = measurements->len;
    }

  return NULL;
}

int
main (void)
{
  g_autoptr (BenchMunicipality) municipality = NULL;
  g_autoptr (GError) error = NULL;
  Job job = { .whole = g_array_new (FALSE, FALSE, sizeof (double)),
              .bare = g_array_new (FALSE, FALSE, sizeof (double)) };

  dex_init ();
  municipality = bench_municipality_open ();
  job.municipality = municipality;
  forlop_store_read_sync (municipality->store, read_on_worker, &job, NULL, NULL, &error);
  g_assert_no_error (error);
  g_array_sort (job.whole, bench_compare_doubles);
  g_array_sort (job.bare, bench_compare_doubles);

  g_print ("reading a case with %u measurements: %.1f ms; the measurements alone: %.1f ms; ratio %.2f "
           "(aim: the page opens in 50 ms)\n", job.n_measurements,
           g_array_index (job.whole, double, ROUNDS / 2) * 1000,
           g_array_index (job.bare, double, ROUNDS / 2) * 1000,
           g_array_index (job.whole, double, ROUNDS / 2) / g_array_index (job.bare, double, ROUNDS / 2));

  g_array_unref (job.whole);
  g_array_unref (job.bare);

  return 0;
}
