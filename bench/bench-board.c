/* SPDX-License-Identifier: EUPL-1.2 */

/* The follow-up board with 2,000 citizens in follow-up, 150 of them with an open alert: time from
 * asking for the view to the frame that shows it filled, against the same view of a file that is not
 * open, which shows its empty state. And its query against reading no more than whose cases run. */

#include <adwaita.h>

#include "bench-municipality.h"
#include "forlop-application.h"
#include "forlop-board-store.h"
#include "forlop-follow-up-view.h"

#define ROUNDS 15
#define ALERTS 150
/* Of the large municipality: 2,000 running cases. */
#define SCALE "0.1"


static gpointer
alerts_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  static const char sql[] =
    "INSERT OR IGNORE INTO alert (id, vtag, citizen_id, case_id, kind, rule, severity, reason, "
    "raised_at, status) SELECT citizen_id, citizen_id, citizen_id, id, 'measurement', 'limit', "
    "iif (n % 3 = 0, 'red', 'yellow'), ?2, ?1 - n * 60000, 'new' FROM \"case\" "
    "WHERE status = 'running' AND deleted = 0 ORDER BY n LIMIT ?3";
  static const char reason[] =
    "{\"code\":\"beyond-limit\",\"severity\":\"red\",\"measure\":\"spo2\",\"limit_kind\":\"red-low\","
    "\"value\":86,\"limit\":88,\"plan_version\":1,\"limits\":{\"red_low\":88,\"yellow_low\":92}}";
  BenchMunicipality *municipality = user_data;
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_instant (statement, 1, forlop_clock_now (municipality->clock));
  forlop_statement_bind_text (statement, 2, reason);
  forlop_statement_bind_integer (statement, 3, ALERTS);
  forlop_statement_execute (statement, error);

  return NULL;
}

static gpointer
board_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  BenchMunicipality *municipality = user_data;
  const ForlopBoardQuery query = { municipality->zone, forlop_clock_now (municipality->clock), 40 };

  return forlop_board_load (connection, &query, error);
}

static gpointer
raw_on_worker (ForlopConnection  *connection,
               gpointer           user_data G_GNUC_UNUSED,
               GCancellable      *cancellable G_GNUC_UNUSED,
               GError           **error)
{
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (
    connection, "SELECT \"case\".id, citizen_row.name FROM \"case\" JOIN citizen_row "
    "ON citizen_row.id = \"case\".citizen_id WHERE \"case\".status = 'running' "
    "AND \"case\".deleted = 0", error);
  gboolean has_row = statement != NULL;

  while (has_row)
    if (!forlop_statement_step (statement, &has_row, error))
      return NULL;

  return NULL;
}

static double
time_query (BenchMunicipality *municipality,
            ForlopStoreFunc    func)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (int i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      const double start = bench_seconds ();
      ForlopBoard *board =
        forlop_store_read_sync (municipality->store, func, municipality, NULL, NULL, &error);
      const double taken = bench_seconds () - start;

      g_assert_no_error (error);
      forlop_board_free (board);
      g_array_append_val (times, taken);
    }
  g_array_sort (times, bench_compare_doubles);

  return g_array_index (times, double, ROUNDS / 2);
}

static void
painted_cb (gboolean *painted)
{
  *painted = TRUE;
}

/* Until a frame is painted after the view has everything. */
static double
open_view (BenchMunicipality *municipality,
           gboolean           filled)
{
  g_autoptr (ForlopSession) session = forlop_session_new (municipality->clock);
  g_autoptr (ForlopIdentity) me = forlop_identity_new (municipality->nurse->user_id, "Kari",
                                                       "resource_person", "resource person",
                                                       municipality->zone, "Sone 1");
  GtkWidget *window = adw_window_new ();
  GtkWidget *navigation = adw_navigation_view_new ();
  AdwNavigationPage *view;
  gboolean painted = FALSE;
  unsigned long handler;
  double start, taken;

  if (filled)
    forlop_session_set_store (session, municipality->store);
  forlop_session_set_actor (session, me);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  adw_window_set_content (ADW_WINDOW (window), navigation);
  adw_navigation_view_set_animate_transitions (ADW_NAVIGATION_VIEW (navigation), FALSE);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (window) || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);

  start = bench_seconds ();
  view = g_object_new (FORLOP_TYPE_FOLLOW_UP_VIEW, "session", session, NULL);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (navigation), view);
  while (!gtk_widget_get_mapped (GTK_WIDGET (view)) || forlop_view_get_busy (FORLOP_VIEW (view)))
    g_main_context_iteration (NULL, TRUE);
  handler = g_signal_connect_swapped (gtk_widget_get_frame_clock (window), "after-paint",
                                      G_CALLBACK (painted_cb), &painted);
  gtk_widget_queue_draw (GTK_WIDGET (view));
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  taken = bench_seconds () - start;

  g_signal_handler_disconnect (gtk_widget_get_frame_clock (window), handler);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  forlop_session_set_store (session, NULL);

  return taken;
}

int
main (void)
{
  g_autoptr (BenchMunicipality) municipality = NULL;
  g_autoptr (GArray) filled = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) empty = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GError) error = NULL;
  double board, raw;

  g_setenv ("FORLOP_BENCH_SCALE", SCALE, TRUE);
  forlop_application_init_runtime ();
  adw_init ();
  municipality = bench_municipality_open ();
  forlop_store_write_sync (municipality->store, alerts_on_worker, municipality, NULL, NULL, &error);
  g_assert_no_error (error);

  board = time_query (municipality, board_on_worker);
  raw = time_query (municipality, raw_on_worker);
  g_print ("the board's query of %u citizens: %.1f ms; their cases and names alone: %.1f ms; "
           "ratio %.2f\n", municipality->n_cases, board * 1000, raw * 1000, board / raw);

  for (int i = 0; i < ROUNDS; i++)
    {
      const double with = open_view (municipality, TRUE);
      const double without = open_view (municipality, FALSE);

      g_array_append_val (filled, with);
      g_array_append_val (empty, without);
    }
  g_array_sort (filled, bench_compare_doubles);
  g_array_sort (empty, bench_compare_doubles);
  g_print ("the board, open and filled: %.1f ms (aim at most 100); empty: %.1f ms; ratio %.2f\n",
           g_array_index (filled, double, ROUNDS / 2) * 1000,
           g_array_index (empty, double, ROUNDS / 2) * 1000,
           g_array_index (filled, double, ROUNDS / 2) / g_array_index (empty, double, ROUNDS / 2));

  return 0;
}
