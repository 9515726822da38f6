/* SPDX-License-Identifier: EUPL-1.2 */

/* One act durably committed, against one raw single-row commit with the same pragmas on the same
 * file, one after the other so that both meet the same disk. */

#include <glib/gstdio.h>

#include "bench-municipality.h"

#define ROUNDS 200

static gpointer
raw_on_worker (ForlopConnection  *connection,
               gpointer           user_data,
               GCancellable      *cancellable G_GNUC_UNUSED,
               GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (
    connection, "INSERT INTO draft (key, saved_at, body) VALUES (?1, ?2, '{}') "
    "ON CONFLICT (key) DO UPDATE SET saved_at = ?2", error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_text (statement, 1, "bench");
  forlop_statement_bind_integer (statement, 2, *(int *) user_data);
  forlop_statement_execute (statement, error);

  return NULL;
}

static double
median (GArray *seconds)
{
  g_array_sort (seconds, bench_compare_doubles);

  return g_array_index (seconds, double, seconds->len / 2);
}

int
main (void)
{
  g_autoptr (BenchMunicipality) municipality = NULL;
  g_autoptr (GArray) raw = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) acts = g_array_new (FALSE, FALSE, sizeof (double));
  const ForlopAct *act = forlop_act_find ("write-note");

  dex_init ();
  municipality = bench_municipality_open ();

  for (int i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ForlopRecord) arguments = forlop_acts_new_arguments (act, NULL);
      double start = bench_seconds (), taken;

      forlop_store_write_sync (municipality->store, raw_on_worker, &i, NULL, NULL, &error);
      g_assert_no_error (error);
      taken = bench_seconds () - start;
      g_array_append_val (raw, taken);

      forlop_record_set_text (arguments, "citizen_id", municipality->written_citizen_id);
      forlop_record_set_text (arguments, "case_id", municipality->written_case_id);
      forlop_record_set_text (arguments, "text", "Ringte. Alt vel.");
      start = bench_seconds ();
      forlop_act_result_free (forlop_acts_run_sync (municipality->store, municipality->nurse, act,
                                                    arguments, &error));
      g_assert_no_error (error);
      taken = bench_seconds () - start;
      g_array_append_val (acts, taken);
    }

  g_print ("one act, durable: %.2f ms; one raw row, durable: %.2f ms; ratio %.2f (aim at most 3)\n",
           median (acts) * 1000, median (raw) * 1000, median (acts) / median (raw));

  return 0;
}
