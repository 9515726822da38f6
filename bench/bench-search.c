/* SPDX-License-Identifier: EUPL-1.2 */

/* Search as you type: each name is typed letter by letter, and every keystroke is a search. The
 * reference is one look-up of a citizen by id on the same file. */

#include "bench-municipality.h"
#include "forlop-record-store.h"
#include "forlop-search.h"

static const char *const typed[] = {
  "berg12", "anne solberg", "øyvind", "pedersen40", "storgata 77", "90012345", "lie", "aasen250",
  "kari moen", "90000077", "nils", "ødegård", "2024-00123", "strand301", "trygve vik",
};

typedef struct {
  BenchMunicipality *municipality;
  GArray *searches;
  GArray *lookups;
} Job;

static void
add (GArray *seconds,
     double  start)
{
  const double taken = bench_seconds () - start;

  g_array_append_val (seconds, taken);
}

static gboolean
type_word (ForlopConnection  *connection,
           Job               *job,
           const char        *word,
           GError           **error)
{
  for (const char *end = g_utf8_next_char (word);; end = g_utf8_next_char (end))
    {
      g_autofree char *text = g_strndup (word, (gsize) (end - word));
      double start = bench_seconds ();
      g_autoptr (GPtrArray) hits = forlop_search_run (connection, text, FORLOP_SEARCH_EVERYTHING, FORLOP_SEARCH_MAX_HITS, error);
      g_autoptr (ForlopRecord) citizen = NULL;

      if (hits == NULL)
        return FALSE;
      add (job->searches, start);

      start = bench_seconds ();
      citizen = forlop_record_store_load (connection, "citizen", job->municipality->citizen_id, error);
      if (citizen == NULL)
        return FALSE;
      add (job->lookups, start);
      if (*end == '\0')
        return TRUE;
    }
}

static gpointer
type_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  for (int round = 0; round < 5; round++)
    for (unsigned int i = 0; i < G_N_ELEMENTS (typed); i++)
      if (!type_word (connection, user_data, typed[i], error))
        return NULL;

  return NULL;
}

static double
percentile (GArray *seconds,
            double  share)
{
  g_array_sort (seconds, bench_compare_doubles);

  return g_array_index (seconds, double, (guint) (share * (seconds->len - 1)));
}

int
main (void)
{
  g_autoptr (BenchMunicipality) municipality = NULL;
  g_autoptr (GError) error = NULL;
  Job job = { .searches = g_array_new (FALSE, FALSE, sizeof (double)),
              .lookups = g_array_new (FALSE, FALSE, sizeof (double)) };

  dex_init ();
  municipality = bench_municipality_open ();
  job.municipality = municipality;
  forlop_store_read_sync (municipality->store, type_on_worker, &job, NULL, NULL, &error);
  g_assert_no_error (error);

  g_print ("search per keystroke, %u citizens: 95th percentile %.2f ms, median %.2f ms, worst %.2f ms "
           "(aim at most 10 ms); ratio of the 95th percentile to one look-up by id %.1f\n",
           municipality->n_citizens, percentile (job.searches, 0.95) * 1000,
           percentile (job.searches, 0.5) * 1000, percentile (job.searches, 1) * 1000,
           percentile (job.searches, 0.95) / percentile (job.lookups, 0.5));

  g_array_unref (job.searches);
  g_array_unref (job.lookups);

  return 0;
}
