/* SPDX-License-Identifier: EUPL-1.2 */

/* What another system waits for when it reads: the first page, one in the middle, and what is new, when that is ten
 * measurements and when it is nothing; when it follows up 200 citizens, and when it follows up 20,000. The shipped server
 * answers over HTTP. */

#include <libdex.h>
#include <stdio.h>
#include <string.h>

#include "bench-http.h"
#include "bench-server.h"
#include "forlop-sync-row.h"

#define FEW 200
#define MANY 20000
#define PER_POSITION 100
#define NEW 10
/* All of it stays below what a token may ask at once. */
#define ROUNDS 7
#define FEW_ROUNDS 3
#define SYSTEM "Heim"

static char *citizens[MANY];
static unsigned int n_citizens;
static unsigned int n_wanted;
static gint64 moved_at;

static void
move (ForlopServerStorage *storage,
      gint64               at)
{
  guint8 hash[FORLOP_SYNC_HASH_BYTES] = { 0 };
  ForlopServerHead head;
  g_autoptr (GError) error = NULL;

  g_assert_true (storage->funcs->get_head (storage, &head, &error));
  g_assert_true (storage->funcs->add_mark (storage, head.seq + 1, hash, at, &error));
  g_assert_no_error (error);
}

static void
put (ForlopServerStorage *storage,
     ForlopRecord        *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSyncRow) row = NULL;
  ForlopServerHead head;

  g_assert_true (storage->funcs->get_head (storage, &head, &error));
  forlop_record_set_vtag (record, forlop_record_get_id (record));
  row = forlop_sync_row_from_record (record, head.seq);
  g_assert_true (storage->funcs->put_row (storage, row, &error));
  g_assert_no_error (error);
}

static ForlopRecord *
make (const char *type)
{
  g_autofree char *id = g_uuid_string_random ();

  return forlop_record_new (forlop_record_type_find (type), id);
}

static void
put_measurement (ForlopServerStorage *storage,
                 const char          *citizen_id,
                 gint64               at)
{
  g_autoptr (ForlopRecord) record = make ("measurement");

  forlop_record_set_text (record, "citizen_id", citizen_id);
  forlop_record_set_text (record, "code", "spo2");
  forlop_record_set_real (record, "value", 95);
  forlop_record_set_instant (record, "measured_at", at);
  forlop_record_set_instant (record, "received_at", at);
  forlop_record_set_text (record, "source", "platform");
  put (storage, record);
}

static void
put_citizen (ForlopServerStorage *storage,
             unsigned int         i)
{
  g_autoptr (ForlopRecord) citizen = make ("citizen");
  g_autoptr (ForlopRecord) the_case = make ("case");

  citizens[i] = g_strdup (forlop_record_get_id (citizen));
  forlop_record_set_text (citizen, "given_name", "Liv");
  forlop_record_set_text (citizen, "family_name", "Haug");
  put (storage, citizen);
  forlop_record_set_text (the_case, "citizen_id", citizens[i]);
  forlop_record_set_text (the_case, "status", "running");
  forlop_record_set_text (the_case, "platform", SYSTEM);
  put (storage, the_case);
  for (unsigned int j = 0; j < 3; j++)
    put_measurement (storage, citizens[i], moved_at - FORLOP_DAY * (gint64) j);
}

/* Until there are n_wanted, and then ten measurements at moved_at. */
static void
fill (ForlopServerStorage *storage)
{
  g_autoptr (GError) error = NULL;

  for (; n_citizens < n_wanted; n_citizens++)
    {
      if (n_citizens % PER_POSITION == 0)
        {
          g_assert_true (storage->funcs->begin (storage, TRUE, &error));
          move (storage, moved_at - FORLOP_HOUR);
        }
      put_citizen (storage, n_citizens);
      if (n_citizens % PER_POSITION == PER_POSITION - 1)
        g_assert_true (storage->funcs->commit (storage, &error));
    }
  g_assert_true (storage->funcs->begin (storage, TRUE, &error));
  move (storage, moved_at);
  for (unsigned int i = 0; i < NEW; i++)
    put_measurement (storage, citizens[i * (n_citizens / NEW)], moved_at);
  g_assert_true (storage->funcs->commit (storage, &error));
}

/* The middle one of @rounds times, and what came. */
static double
ask (BenchServer  *server,
     const char   *token,
     const char   *path,
     unsigned int  rounds,
     GString      *answer)
{
  g_autofree char *request = bench_http_make_request ("GET", path, token, "");
  double seconds[ROUNDS];

  for (unsigned int i = 0; i < rounds; i++)
    {
      int fd = bench_http_connect (server->address);

      g_string_truncate (answer, 0);
      seconds[i] = bench_now ();
      bench_http_send (fd, request);
      while (bench_http_find_body (answer) == NULL)
        bench_http_receive (fd, answer);
      seconds[i] = bench_now () - seconds[i];
      close (fd);
      if (!g_str_has_prefix (answer->str, "HTTP/1.1 200"))
        g_error ("the benchmark cannot go on: %s", answer->str);
    }

  return bench_median (seconds, rounds);
}

static unsigned int
count (const GString *answer)
{
  unsigned int n = 0;

  for (const char *at = answer->str; (at = strstr (at, "\"fullUrl\"")) != NULL; at++)
    n++;

  return n;
}

/* The address behind the next link, some pages on. */
static char *
find_page (BenchServer *server,
           const char  *token,
           const char  *path,
           unsigned int pages)
{
  g_autofree char *at = g_strdup (path);

  for (unsigned int i = 0; i < pages; i++)
    {
      g_autoptr (GString) answer = g_string_new (NULL);
      g_autoptr (GRegex) regex = g_regex_new ("\"relation\":\"next\",\"url\":\"([^\"]*)\"", 0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;

      ask (server, token, at, 1, answer);
      if (!g_regex_match (regex, answer->str, 0, &match))
        break;
      g_free (at);
      at = g_match_info_fetch (match, 1);
    }

  return g_steal_pointer (&at);
}

enum { OBSERVATIONS, PATIENTS, NEW_OBSERVATIONS, NO_OBSERVATIONS, N_QUESTIONS };

static const char *const words[N_QUESTIONS] = {
  "The first 100 Observations", "The first 100 Patients", "Observations since an hour in which there were ten",
  "Observations since then, of which there are none",
};

/* In milliseconds. */
static void
ask_all (BenchServer *server,
         const char  *token,
         double       ms[N_QUESTIONS])
{
  g_autofree char *since = forlop_instant_to_iso (moved_at - FORLOP_MINUTE);
  g_autofree char *later = forlop_instant_to_iso (moved_at + FORLOP_MINUTE);
  g_autofree char *new_ones = g_strconcat ("/fhir/Observation?_since=", since, NULL);
  g_autofree char *none = g_strconcat ("/fhir/Observation?_since=", later, NULL);
  const char *const paths[N_QUESTIONS] = { "/fhir/Observation", "/fhir/Patient", new_ones, none };
  const unsigned int expected[N_QUESTIONS] = { 100, 100, NEW, 0 };

  for (unsigned int i = 0; i < N_QUESTIONS; i++)
    {
      g_autoptr (GString) answer = g_string_new (NULL);

      ms[i] = 1000 * ask (server, token, paths[i], ROUNDS, answer);
      g_assert_cmpuint (count (answer), ==, expected[i]);
    }
}

static void
ask_of (BenchServer  *server,
        const char   *token,
        unsigned int  n,
        gint64        at,
        double        ms[N_QUESTIONS])
{
  n_wanted = n;
  moved_at = at;
  bench_server_stop (server);
  bench_server_write (server, fill);
  bench_server_start (server);
  ask_all (server, token, ms);
}

static void
print (BenchServer *server,
       const char  *token,
       const char  *what,
       const char  *path)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  double seconds = ask (server, token, path, FEW_ROUNDS, answer);

  printf ("%s: %.1f ms, %u resources\n", what, 1000 * seconds, count (answer));
}

int
main (int   argc,
      char *argv[])
{
  gint64 now = g_get_real_time () / 1000;
  g_autoptr (BenchServer) server = NULL;
  g_autofree char *token = NULL;
  g_autofree char *since = forlop_instant_to_iso (now + 2 * FORLOP_DAY - FORLOP_MINUTE);
  g_autofree char *devices = g_strconcat ("/fhir/Device?_since=", since, NULL);
  g_autofree char *later = NULL;
  double few[N_QUESTIONS], many[N_QUESTIONS];

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  server = bench_server_new (1);
  token = bench_server_add_system (server, SYSTEM, TRUE);
  ask_of (server, token, FEW, now + FORLOP_DAY, few);
  ask_of (server, token, MANY, now + 2 * FORLOP_DAY, many);
  for (unsigned int i = 0; i < N_QUESTIONS; i++)
    printf ("%s: %.1f ms of %d citizens, %.1f ms of %d, ratio %.2f\n", words[i], few[i], FEW, many[i], MANY,
            many[i] / few[i]);
  later = find_page (server, token, "/fhir/Patient?_count=500", 4);
  print (server, token, "500 Patients, after 2,000 others", later);
  print (server, token, "Devices since then, of which there are none", devices);

  return 0;
}
