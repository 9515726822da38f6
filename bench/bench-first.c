/* SPDX-License-Identifier: EUPL-1.2 */

/* The first fetch of a municipality of 20,000 records: until those whom somebody must do something about are
 * here, and until all of it is. */

#include <libdex.h>
#include <stdio.h>

#include "bench-client.h"
#include "follow-up-test-util.h"
#include "forlop-changeset-store.h"

#define ROUNDS 5
#define CITIZENS 2000
#define NOTES 9

static const char *const id_numbers[] = {
  "15872949884", "12835430098", "03916230191",
};

static void
add_note (ForlopChangeset *changeset,
          ForlopIdSource  *ids,
          const char      *citizen_id,
          const char      *user_id,
          gint64           now)
{
  g_autofree char *id = forlop_id_source_next (ids, now);
  ForlopRecord *note = forlop_changeset_make (changeset, "note", id);

  forlop_record_set_text (note, "citizen_id", citizen_id);
  forlop_record_set_instant (note, "written_at", now);
  forlop_record_set_text (note, "user_id", user_id);
  forlop_record_set_text (note, "text", "Ringte, alt vel. Ringer igjen i morgen, som avtalt.");
}

static void
write_citizen (ForlopConnection *connection,
               ActsTest         *acts,
               unsigned int      number,
               gint64            now,
               GError          **error)
{
  g_autofree char *op_id = forlop_id_source_next (acts->ids, now);
  g_autofree char *note_op_id = forlop_id_source_next (acts->ids, now);
  g_autofree char *id = forlop_id_source_next (acts->ids, now);
  g_autofree char *family_name = g_strdup_printf ("Innbygger%u", number);
  g_autoptr (ForlopChangeset) changeset = forlop_changeset_new (op_id, "register-citizen", acts->nurse, now);
  g_autoptr (ForlopChangeset) notes = forlop_changeset_new (note_op_id, "write-note", acts->nurse, now);
  ForlopRecord *citizen = forlop_changeset_make (changeset, "citizen", id);

  forlop_record_set_text (citizen, "given_name", "Kari");
  forlop_record_set_text (citizen, "family_name", family_name);
  forlop_record_set_date (citizen, "birth_date", 4000 + (ForlopDate) number);
  forlop_record_set_text (citizen, "unit_id", acts->zone);
  for (unsigned int i = 0; i < NOTES; i++)
    add_note (notes, acts->ids, id, acts->nurse->user_id, now);
  forlop_changeset_stamp (changeset);
  forlop_changeset_stamp (notes);
  if (!forlop_changeset_store_apply (connection, changeset, NULL, NULL, error) ||
      !forlop_changeset_store_apply (connection, notes, NULL, NULL, error))
    g_error ("%s", (*error)->message);
}

static gpointer
write_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  ActsTest *acts = user_data;

  for (unsigned int i = 0; i < CITIZENS; i++)
    write_citizen (connection, acts, i, forlop_clock_now (acts->clock), error);

  return acts;
}

/* Those who are followed up, each with a red value. */
static void
fill (ActsTest *acts)
{
  g_autoptr (GError) error = NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (id_numbers); i++)
    {
      g_autofree char *case_id =
        follow_up_start_for (acts, id_numbers[i], "Anne", "Berg", "2026-03-12");
      g_autofree char *measured = NULL;

      follow_up_set_time (acts, "2026-03-13T09:00:00");
      measured = follow_up_measure (acts, case_id, "spo2", "84", "2026-03-13T08:00:00");
    }
  if (forlop_store_write_sync (acts->store, write_on_worker, acts, NULL, NULL, &error) == NULL)
    g_error ("%s", error->message);
}

int
main (void)
{
  g_autoptr (BenchServer) server = NULL;
  double first[ROUNDS], whole[ROUNDS];
  gint64 n_alerts = 0, n_rows = 0;

  forlop_http_transport_init ();
  dex_init ();
  server = bench_server_new_filled (ROUNDS, fill);
  bench_server_start (server);
  for (unsigned int i = 0; i < ROUNDS; i++)
    {
      g_autoptr (BenchClient) client = bench_client_new (server, i);
      double start = bench_now ();

      bench_client_sync_first (client);
      first[i] = bench_now () - start;
      n_alerts = bench_client_count (client, "SELECT count (*) FROM alert WHERE status = 'new'");
      n_rows = bench_client_count (client, "SELECT count (*) FROM citizen");
      bench_client_sync (client);
      whole[i] = bench_now () - start;
      if (bench_client_count (client, "SELECT count (*) FROM note") != CITIZENS * NOTES)
        g_error ("not everything has come");
    }
  printf ("medians of %u first fetches of %u citizens with %u records\n", ROUNDS, CITIZENS, CITIZENS * (NOTES + 1));
  printf ("until the own worklist is here (%" G_GINT64_FORMAT " citizens, %" G_GINT64_FORMAT " open alerts)  %6.3f s\n",
          n_rows, n_alerts, bench_median (first, ROUNDS));
  printf ("until everything is here                            %6.3f s\n", bench_median (whole, ROUNDS));

  return EXIT_SUCCESS;
}
