/* SPDX-License-Identifier: EUPL-1.2 */

/* Observations from another system, durably stored and judged by the shipped server on one core, one by one and in
 * Bundles of 500. Beside it, in turns and on the same core: the HTTP library alone, which reads the same requests and
 * answers, and the encrypted file alone, which commits the same text, as many rows to a commit as in a request. And
 * what has to be written whoever does it: the measurements with their indexes, and the history. */

#include <libdex.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

#include "bench-http.h"
#include "bench-server.h"
#include "follow-up-test-util.h"
#include "forlop-http-listen.h"
#include "forlop-id-number.h"
#include "forlop-sqlite-storage.h"
#include "forlop-statement.h"
#include "forlop-store-create.h"

#define ROUNDS 3
#define CITIZENS 40
#define CONNECTIONS 16
#define SINGLES 2560
#define BUNDLES 32
#define PER_BUNDLE 500
/* A token may send 40 requests at once, four at a time, and ten a second after that: each connection has one for
 * every 40 single readings, and one for its Bundles. */
#define PER_TOKEN 40
#define TOKENS_FOR_SINGLES (SINGLES / CONNECTIONS / PER_TOKEN)
#define TOKENS (TOKENS_FOR_SINGLES + 1)
#define READING_MS (6 * FORLOP_HOUR)
#define ADDRESS_OF_SOUP "--soup"

static char *numbers[CITIZENS];
static char *bench_program;

/* Each has a plan with limits and a trend rule, from midnight on 20 March. */
static void
add_citizens (ActsTest *acts)
{
  for (unsigned int i = 0; i < CITIZENS; i++)
    {
      ForlopDate born;

      g_assert_true (forlop_date_from_ymd (1940, 1, 1, &born));
      numbers[i] = forlop_id_number_compose (born + (ForlopDate) i, 'f', i);
      g_free (follow_up_start_for (acts, numbers[i], "Liv", "Haug", "2026-03-20"));
    }
}

/* The @n-th reading: every citizen has one of each of three measures every six hours, and one in twelve is beyond a
 * limit. */
static void
append_observation (GString      *text,
                    unsigned int  n)
{
  static const struct { const char *code; const char *unit; int usual; int bad; } measures[] = {
    { "2708-6", "%", 95, 86 }, { "8867-4", "/min", 70, 71 }, { "29463-7", "kg", 80, 80 },
  };
  unsigned int citizen = n % CITIZENS, turn = n / CITIZENS;
  unsigned int measure = turn % G_N_ELEMENTS (measures);
  g_autofree char *at = forlop_instant_to_iso (follow_up_at ("2026-03-20T06:00:00") +
                                               (gint64) (turn / G_N_ELEMENTS (measures)) * READING_MS);

  g_string_append_printf (
    text, "{\"resourceType\":\"Observation\",\"status\":\"final\",\"category\":[{\"coding\":[{\"system\":"
    "\"http://terminology.hl7.org/CodeSystem/observation-category\",\"code\":\"vital-signs\"}]}],\"code\":{\"coding\":"
    "[{\"system\":\"http://loinc.org\",\"code\":\"%s\"}]},\"subject\":{\"identifier\":{\"system\":"
    "\"urn:oid:2.16.578.1.12.4.1.4.1\",\"value\":\"%s\"}},\"effectiveDateTime\":\"%s\",\"valueQuantity\":{\"value\":%d,"
    "\"unit\":\"%s\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"%s\"}}",
    measures[measure].code, numbers[citizen], at, turn % 12 == 0 ? measures[measure].bad : measures[measure].usual,
    measures[measure].unit, measures[measure].unit);
}

static char *
make_bundle (unsigned int first)
{
  GString *text = g_string_new ("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");

  for (unsigned int i = 0; i < PER_BUNDLE; i++)
    {
      g_string_append (text, i > 0 ? ",{\"resource\":" : "{\"resource\":");
      append_observation (text, first + i);
      g_string_append (text, ",\"request\":{\"method\":\"POST\",\"url\":\"Observation\"}}");
    }
  g_string_append (text, "]}");

  return g_string_free (text, FALSE);
}

/* Where it goes: the first readings one by one, or Bundles of what comes after them. */
typedef struct {
  const char *address;
  char *const *tokens; /* nullable */
  gboolean in_bundles;
} Run;

static const char *
choose_token (const Run    *run,
              unsigned int  i)
{
  unsigned int turn = run->in_bundles ? TOKENS_FOR_SINGLES : i / CONNECTIONS / PER_TOKEN;

  return run->tokens != NULL ? run->tokens[i % CONNECTIONS * TOKENS + turn] : NULL;
}

static double
drive (const Run *run)
{
  unsigned int n = run->in_bundles ? BUNDLES : SINGLES;
  GPtrArray *requests[CONNECTIONS];
  double seconds;

  for (unsigned int i = 0; i < CONNECTIONS; i++)
    requests[i] = g_ptr_array_new_with_free_func (g_free);
  for (unsigned int i = 0; i < n; i++)
    {
      g_autoptr (GString) single = g_string_new (NULL);
      g_autofree char *bundle = run->in_bundles ? make_bundle (SINGLES + i * PER_BUNDLE) : NULL;

      if (bundle == NULL)
        append_observation (single, i);
      g_ptr_array_add (requests[i % CONNECTIONS],
                       bench_http_make_request ("POST", run->in_bundles ? "/fhir" : "/fhir/Observation",
                                                choose_token (run, i), bundle != NULL ? bundle : single->str));
    }
  seconds = bench_http_drive (run->address, requests, CONNECTIONS, run->in_bundles ? "200" : "201", "stored");
  for (unsigned int i = 0; i < CONNECTIONS; i++)
    g_ptr_array_unref (requests[i]);

  return (run->in_bundles ? BUNDLES * PER_BUNDLE : SINGLES) / seconds;
}

/* The HTTP library, which answers what it was asked for with the shortest that will do. */
static void
soup_cb (SoupServer        *soup G_GNUC_UNUSED,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query G_GNUC_UNUSED,
         gpointer           user_data G_GNUC_UNUSED)
{
  static const char answer[] = "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"information\",\"code\":"
                               "\"informational\",\"diagnostics\":\"The measurement is stored.\"}]}";
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));

  g_assert_cmpuint (g_bytes_get_size (body), >, 0);
  soup_server_message_set_status (message, g_str_equal (path, "/fhir") ? 200 : 201, NULL);
  soup_server_message_set_response (message, "application/fhir+json", SOUP_MEMORY_STATIC, answer, strlen (answer));
}

static int
be_soup (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupServer) soup = soup_server_new (NULL, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GSocket) socket = NULL;
  GSList *addresses;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  bench_use_one_core (TRUE);
  soup_server_add_handler (soup, NULL, soup_cb, NULL, NULL);
  /* With a queue for connections as long as ours: the library's own is full at ten, and the next waits a second. */
  socket = forlop_http_listen ("127.0.0.1:0", FALSE, &error);
  if (socket == NULL || !soup_server_listen_socket (soup, socket, 0, &error))
    g_error ("the benchmark cannot go on: %s", error->message);
  addresses = soup_server_get_uris (soup);
  printf ("http://127.0.0.1:%d\n", g_uri_get_port (addresses->data));
  fflush (stdout);
  g_slist_free_full (addresses, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (loop);

  return 0;
}

static double
drive_soup (gboolean in_bundles)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, bench_program, ADDRESS_OF_SOUP, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *address = NULL;
  Run run = { .in_bundles = in_bundles };
  double rate;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  run.address = address = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  rate = drive (&run);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);

  return rate;
}

/* The encrypted file, with the settings of ours. */
static double
commit_rows (const char   *folder,
             unsigned int  n_rows,
             unsigned int  per_commit)
{
  g_autofree char *path = g_strdup_printf ("%s/raw-%u-%" G_GINT64_FORMAT ".db", folder, per_commit,
                                           g_get_monotonic_time ());
  g_autoptr (ForlopKey) key = forlop_key_new_random ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopConnection) connection = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  double start;

  g_assert_true (forlop_store_create (path, key, NULL, &error));
  connection = forlop_connection_open (path, key, FORLOP_CONNECTION_WRITER, &error);
  g_assert_no_error (error);
  g_assert_true (forlop_connection_execute (connection, "CREATE TABLE raw (n INTEGER PRIMARY KEY, body TEXT) STRICT",
                                            &error));
  append_observation (text, 0);
  bench_use_one_core (TRUE);
  start = bench_now ();
  for (unsigned int i = 0; i < n_rows; i++)
    {
      g_autoptr (ForlopStatement) statement = NULL;

      if (i % per_commit == 0)
        g_assert_true (forlop_connection_begin (connection, &error));
      statement = forlop_connection_prepare (connection, "INSERT INTO raw (body) VALUES (?1)", &error);
      forlop_statement_bind_text (statement, 1, text->str);
      g_assert_true (forlop_statement_execute (statement, &error));
      if (i % per_commit == per_commit - 1)
        g_assert_true (forlop_connection_commit (connection, &error));
    }
  start = bench_now () - start;
  bench_use_one_core (FALSE);

  return n_rows / start;
}

static void
bind_measurement (ForlopStatement *statement,
                  unsigned int     n,
                  const char      *id,
                  const char      *citizen_id)
{
  g_autofree char *scope = g_strconcat ("c:", citizen_id, NULL);
  gint64 at = follow_up_at ("2026-03-20T06:00:00") + (gint64) (n / CITIZENS / 3) * READING_MS;

  forlop_statement_bind_id (statement, 1, id);
  forlop_statement_bind_text (statement, 2, scope);
  forlop_statement_bind_integer (statement, 3, n / PER_BUNDLE);
  forlop_statement_bind_id (statement, 4, citizen_id);
  forlop_statement_bind_id (statement, 5, citizen_id);
  forlop_statement_bind_real (statement, 6, 95);
  forlop_statement_bind_integer (statement, 7, at);
  forlop_statement_bind_integer (statement, 8, at);
}

static void
append_operation (GString    *history,
                  const char *id,
                  const char *citizen_id)
{
  g_string_append_printf (history, "{\"type\":\"measurement\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":{\"citizen_id\":"
                          "\"%s\",\"code\":\"spo2\",\"value\":95,\"measured_at\":\"2026-03-20T06:00:00.000Z\","
                          "\"received_at\":\"2026-03-20T06:00:00.000Z\",\"source\":\"platform\",\"sender\":\"Heim 1\","
                          "\"codings\":\"http://loinc.org|2708-6\"},\"base\":{}},", id, citizen_id, citizen_id);
}

static void
add_history (ForlopConnection *connection,
             unsigned int      seq,
             GString          *history)
{
  static const char sql[] = "INSERT INTO changeset (seq, body) VALUES (?1, ?2)";
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, &error);

  forlop_statement_bind_integer (statement, 1, seq);
  forlop_statement_bind_text (statement, 2, history->str);
  g_assert_true (forlop_statement_execute (statement, &error));
  g_string_truncate (history, 0);
}

/* The server's own file and tables, written to without reading, judging, ids made of what was measured, receipts,
 * sums or a log of access. */
static double
commit_measurements (const BenchServer *server,
                     unsigned int       n_rows,
                     unsigned int       per_commit)
{
  static const char sql[] =
    "INSERT INTO measurement (id, scope, seq, vtag, deleted, citizen_id, code, value, measured_at, received_at, source, "
    "sender, codings) VALUES (?1, ?2, ?3, ?4, 0, ?5, 'spo2', ?6, ?7, ?8, 'platform', 'Heim 1', 'http://loinc.org|2708-6')";
  g_autofree char *path = g_strdup_printf ("%s/rows-%u-%" G_GINT64_FORMAT ".db", server->folder, per_commit,
                                           g_get_monotonic_time ());
  g_autoptr (ForlopKey) key = forlop_key_new_random ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopConnection) connection = NULL;
  g_autoptr (GString) history = g_string_new (NULL);
  ForlopServerStorage *storage = forlop_sqlite_storage_open (path, key, TRUE, server->ids, &error);
  char *citizens[CITIZENS];
  double start;

  g_assert_no_error (error);
  storage->funcs->free (storage);
  connection = forlop_connection_open (path, key, FORLOP_CONNECTION_WRITER, &error);
  g_assert_no_error (error);
  for (unsigned int i = 0; i < CITIZENS; i++)
    citizens[i] = g_uuid_string_random ();
  bench_use_one_core (TRUE);
  start = bench_now ();
  for (unsigned int i = 0; i < n_rows; i++)
    {
      g_autofree char *id = g_uuid_string_random ();
      g_autoptr (ForlopStatement) statement = NULL;

      if (i % per_commit == 0)
        g_assert_true (forlop_connection_begin (connection, &error));
      statement = forlop_connection_prepare (connection, sql, &error);
      bind_measurement (statement, i, id, citizens[i % CITIZENS]);
      g_assert_true (forlop_statement_execute (statement, &error));
      append_operation (history, id, citizens[i % CITIZENS]);
      if (i % per_commit < per_commit - 1)
        continue;
      add_history (connection, i, history);
      g_assert_true (forlop_connection_commit (connection, &error));
    }
  start = bench_now () - start;
  bench_use_one_core (FALSE);
  for (unsigned int i = 0; i < CITIZENS; i++)
    g_free (citizens[i]);

  return n_rows / start;
}

typedef struct {
  double ours[ROUNDS];
  double soup[ROUNDS];
  double raw[ROUNDS];
  double rows[ROUNDS];
} Figures;

static void
print (const char *what,
       Figures    *figures)
{
  double ours = bench_median (figures->ours, ROUNDS), soup = bench_median (figures->soup, ROUNDS);
  double raw = bench_median (figures->raw, ROUNDS), rows = bench_median (figures->rows, ROUNDS);

  printf ("%s: %.0f/s; the HTTP library alone %.0f/s, raw commits alone %.0f/s; %.2f of the slower one (aim 0.5); "
          "the measurements with indexes and history alone %.0f/s, %.2f of it\n", what, ours, soup, raw,
          ours / MIN (soup, raw), rows, ours / rows);
}

static void
run_round (unsigned int  i,
           Figures      *singles,
           Figures      *bundles)
{
  g_autoptr (BenchServer) server = bench_server_new_filled (1, add_citizens);
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_free);
  Run run = { .in_bundles = FALSE };

  for (unsigned int j = 0; j < CONNECTIONS * TOKENS; j++)
    {
      g_autofree char *name = g_strdup_printf ("Heim %u", j);

      g_ptr_array_add (tokens, bench_server_add_system (server, name, FALSE));
    }
  server->on_one_core = TRUE;
  bench_server_start (server);
  run.address = server->address;
  run.tokens = (char *const *) tokens->pdata;
  singles->ours[i] = drive (&run);
  singles->soup[i] = drive_soup (FALSE);
  singles->raw[i] = commit_rows (server->folder, SINGLES, 1);
  singles->rows[i] = commit_measurements (server, SINGLES, 1);
  run.in_bundles = TRUE;
  bundles->ours[i] = drive (&run);
  bundles->soup[i] = drive_soup (TRUE);
  bundles->raw[i] = commit_rows (server->folder, BUNDLES * PER_BUNDLE, PER_BUNDLE);
  bundles->rows[i] = commit_measurements (server, BUNDLES * PER_BUNDLE, PER_BUNDLE);
}

int
main (int   argc,
      char *argv[])
{
  Figures singles, bundles;

  if (argc > 1 && g_str_equal (argv[1], ADDRESS_OF_SOUP))
    return be_soup ();
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  bench_program = argv[0];
  for (unsigned int i = 0; i < ROUNDS; i++)
    run_round (i, &singles, &bundles);
  print ("Observations one by one, over 16 connections", &singles);
  print ("Observations in Bundles of 500", &bundles);

  return 0;
}
