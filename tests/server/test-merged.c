/* SPDX-License-Identifier: EUPL-1.2 */

/* One person with two records, on machines that hear of it in any order. Liv has a course in Kari's zone; Siri's
 * office, which handles the case, has registered her a second time. Nobody else has anything to do with her. */

#include "machine-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-accounts.h"
#include "forlop-measurement-store.h"
#include "forlop-record-store.h"
#include "forlop-search.h"

#define N_SEEDS 6
#define N_STEPS 24
#define D_NUMBER "52835400093"

typedef struct {
  Machine *kari;
  Machine *siri;
  char *stays;
  const char *goes;
} Person;

static char *
register_again (HttpTest   *test,
                Machine    *siri,
                const char *more)
{
  return machine_do (siri, test->acts->caseworker, "register-citizen",
                     "{\"given_name\":\"Liv\",\"family_name\":\"Haug\"%s}", more);
}

static void
merge (HttpTest   *test,
       Machine    *machine,
       const char *stays,
       const char *goes)
{
  g_free (machine_do (machine, test->acts->caseworker, "merge-citizens",
                      "{\"citizen_id\":\"%s\",\"other_id\":\"%s\"}", stays, goes));
}

static void
write_note (Machine           *machine,
            const ForlopActor *actor,
            const char        *citizen_id)
{
  g_free (machine_do (machine, actor, "write-note", "{\"citizen_id\":\"%s\",\"text\":\"Ringte\"}", citizen_id));
}

static void
measure (HttpTest     *test,
         Machine      *machine,
         int           value,
         unsigned int  minute)
{
  g_autofree char *at =
    forlop_instant_to_iso (forlop_clock_now (test->acts->clock) - FORLOP_HOUR + minute * FORLOP_MINUTE);

  g_free (machine_do (machine, test->acts->nurse, "record-measurement",
                      "{\"case_id\":\"%s\",\"code\":\"spo2\",\"value\":%d,\"measured_at\":\"%s\"}",
                      test->case_id, value, at));
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Everything that the machine says of the person when it is asked for one of the records. */
static char *
dup_person (Machine    *machine,
            const char *citizen_id)
{
  unsigned int n_types;
  const ForlopRecordType *const *types = forlop_record_types (&n_types);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) measured = NULL;
  g_autoptr (GError) error = NULL;

  for (unsigned int i = 0; i < n_types; i++)
    {
      g_autoptr (GPtrArray) records = NULL;

      if (types[i]->scope != FORLOP_SCOPE_CITIZEN || g_str_equal (types[i]->name, "measurement") ||
          forlop_record_type_field (types[i], "citizen_id") == NULL)
        continue;
      records = forlop_record_store_list (machine->connection, types[i]->name, "citizen_id", citizen_id, &error);
      g_assert_no_error (error);
      for (unsigned int j = 0; j < records->len; j++)
        g_ptr_array_add (lines, g_strdup_printf ("%s %s", types[i]->name,
                                                 forlop_record_get_id (g_ptr_array_index (records, j))));
    }
  measured = forlop_measurement_store_list (machine->connection, citizen_id, NULL, 0, G_MAXINT64, &error);
  g_assert_no_error (error);
  for (unsigned int i = 0; i < measured->len; i++)
    {
      const ForlopStoredMeasurement *row = g_ptr_array_index (measured, i);

      g_ptr_array_add (lines, g_strdup_printf ("measured %s %g %s v%d", row->id, row->value, row->severity,
                                               row->plan_version));
    }
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

static unsigned int
count_lines (const char *person,
             const char *prefix)
{
  g_auto (GStrv) lines = g_strsplit (person, "\n", -1);
  unsigned int n = 0;

  for (char **line = lines; *line != NULL; line++)
    n += g_str_has_prefix (*line, prefix);

  return n;
}

static void
assert_same (Machine    *machine,
             Person     *person,
             const char *expected)
{
  g_autofree char *by_one = dup_person (machine, person->stays);
  g_autofree char *by_other = dup_person (machine, person->goes);
  gint64 n = 0;

  g_assert_cmpstr (by_one, ==, expected);
  g_assert_cmpstr (by_other, ==, expected);
  g_assert_true (forlop_connection_query_integer (
    machine->connection, "SELECT count (*) FROM citizen_row WHERE sort_name LIKE 'haug%'", &n, NULL));
  g_assert_cmpint (n, ==, 1);
}

static Person *
person_new (HttpTest   *test,
            const char *more)
{
  Person *self = g_new0 (Person, 1);

  self->kari = machine_new (test, "kari", NULL);
  self->siri = machine_new (test, "siri", NULL);
  machine_catch_up (self->kari);
  machine_catch_up (self->siri);
  self->goes = test->citizen_id;
  self->stays = register_again (test, self->siri, more);
  machine_catch_up (self->siri);

  return self;
}

static void
person_free (Person *self)
{
  machine_free (self->kari);
  machine_free (self->siri);
  g_free (self->stays);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Person, person_free)

/* Until everybody has what the others wrote. */
static void
settle (Person *person)
{
  for (unsigned int n = 0; n < 3; n++)
    {
      machine_catch_up (person->kari);
      machine_catch_up (person->siri);
    }
}

static void
work_of_both_lands_on_one_citizen (HttpTest *test)
{
  g_autoptr (Person) person = person_new (test, "");
  g_autoptr (Machine) later = NULL;
  g_autofree char *all = NULL;

  /* Both are offline. Kari has never heard of the other record. */
  measure (test, person->kari, 86, 10);
  write_note (person->kari, test->acts->nurse, person->goes);
  g_free (machine_do (person->kari, test->acts->nurse, "save-next-of-kin",
                      "{\"citizen_id\":\"%s\",\"name\":\"Eva Haug\",\"relation\":\"datter\"}", person->goes));
  write_note (person->siri, test->acts->caseworker, person->stays);
  merge (test, person->siri, person->stays, person->goes);
  /* Between the merge and the server's answer Siri sees it all as one. */
  {
    g_autofree char *now = dup_person (person->siri, person->stays);

    g_assert_cmpuint (count_lines (now, "case "), ==, 1);
    g_assert_cmpuint (count_lines (now, "note "), ==, 1);
  }
  machine_catch_up (person->siri);
  /* Her changes come after the merge, to a record that is merged. */
  machine_catch_up (person->kari);
  settle (person);

  all = dup_person (person->siri, person->stays);
  g_assert_cmpuint (count_lines (all, "case "), ==, 1);
  g_assert_cmpuint (count_lines (all, "note "), ==, 2);
  g_assert_cmpuint (count_lines (all, "next_of_kin "), ==, 1);
  g_assert_cmpuint (count_lines (all, "alert "), ==, 1);
  g_assert_nonnull (strstr (all, " 86 red v1"));
  assert_same (person->siri, person, all);
  assert_same (person->kari, person, all);

  later = machine_new (test, "kari", "kari-later");
  machine_catch_up (later);
  assert_same (later, person, all);

  /* Taken back, each has its own again, and Kari's zone loses sight of what was never hers. */
  {
    gint64 n = 0;
    g_autofree char *own = NULL;
    g_autoptr (GPtrArray) aliases = forlop_record_store_list (
      person->siri->connection, "citizen_alias", "citizen_id", person->stays, NULL);
    ForlopRecord *alias = g_ptr_array_index (aliases, 0);

    g_free (machine_do (person->siri, test->acts->caseworker, "undo", "{\"op_id\":\"%s\"}",
                        forlop_record_get_vtag (alias)));
    machine_catch_up (person->siri);
    settle (person);
    own = dup_person (person->siri, person->stays);
    g_assert_cmpuint (count_lines (own, "case "), ==, 0);
    g_assert_cmpuint (count_lines (own, "note "), ==, 1);
    g_assert_true (forlop_connection_query_integer (
      person->kari->connection, "SELECT count (*) FROM citizen WHERE family_name = 'Haug'", &n, NULL));
    g_assert_cmpint (n, ==, 1);
  }
}

/* What a machine does next, and which of them speaks with the server, is thrown by dice. */
static void
take_step (HttpTest     *test,
           Person       *person,
           GRand        *rand,
           unsigned int  minute,
           gboolean     *is_merged)
{
  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
    case 1:
      measure (test, person->kari, g_rand_int_range (rand, 84, 99), minute);
      return;
    case 2:
      write_note (person->kari, test->acts->nurse, person->goes);
      return;
    case 3:
      write_note (person->siri, test->acts->caseworker,
                  g_rand_boolean (rand) ? person->stays : person->goes);
      return;
    case 4:
      if (!*is_merged)
        merge (test, person->siri, person->stays, person->goes);
      *is_merged = TRUE;
      return;
    case 5:
      machine_catch_up (person->kari);
      return;
    case 6:
      machine_catch_up (person->siri);
      return;
    default:
      /* Some of what there is to send, and then the line is gone. */
      forlop_sync_client_poke (person->kari->client, 0);
      machine_take_turns (person->kari, g_rand_boolean (rand) ? FORLOP_SYNC_REQUEST_PUSH
                                                              : FORLOP_SYNC_REQUEST_PULL);
      machine_restart (person->kari);
      return;
    }
}

static void
any_order_ends_alike (HttpTest *test)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (Person) person = person_new (test, "");
  g_autoptr (Machine) later = NULL;
  g_autofree char *all = NULL;
  gboolean is_merged = FALSE;
  unsigned int n_notes, n_measured;

  g_test_message ("seed %u", seed);
  for (unsigned int i = 0; i < N_STEPS; i++)
    take_step (test, person, rand, i, &is_merged);
  if (!is_merged)
    merge (test, person->siri, person->stays, person->goes);
  settle (person);

  all = dup_person (person->siri, person->stays);
  assert_same (person->siri, person, all);
  assert_same (person->kari, person, all);
  later = machine_new (test, "siri", "siri-later");
  machine_catch_up (later);
  assert_same (later, person, all);

  /* What each wrote is there, once. */
  n_notes = count_lines (all, "note ");
  n_measured = count_lines (all, "measured ");
  g_assert_cmpuint (n_notes + n_measured, >, 0);
  {
    gint64 n = 0;

    g_assert_true (forlop_connection_query_integer (
      person->kari->connection, "SELECT count (*) FROM changeset WHERE act = 'record-measurement'", &n, NULL));
    g_assert_cmpint (n_measured, >=, n);
    g_assert_true (forlop_connection_query_integer (
      person->kari->connection, "SELECT count (*) FROM outbox WHERE state = 'refused'", &n, NULL));
    g_assert_cmpint (n, ==, 0);
  }
}

/* A case that was opened offline in the other record goes on beside the one that is there, and the office is
 * asked which it is to be: once. */
static void
a_late_case_is_the_persons (HttpTest *test)
{
  g_autoptr (Person) person = person_new (test, "");
  g_autoptr (Machine) second = machine_new (test, "siri", "siri-second");
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (GError) error = NULL;

  machine_catch_up (second);
  g_free (machine_do (second, test->acts->caseworker, "register-referral",
                      "{\"citizen_id\":\"%s\",\"source\":\"gp\",\"channel\":\"paper\",\"received_on\":\"2026-03-12\","
                      "\"reason\":\"KOLS\"}", person->stays));
  merge (test, person->siri, person->stays, person->goes);
  machine_catch_up (person->siri);
  machine_catch_up (second);
  settle (person);

  cases = forlop_record_store_list (person->kari->connection, "case", "citizen_id", person->stays, &error);
  g_assert_cmpuint (cases->len, ==, 2);
  tasks = forlop_record_store_list (person->siri->connection, "task", "kind", "two_cases", &error);
  g_assert_cmpuint (tasks->len, ==, 1);
  g_assert_nonnull (strstr (forlop_record_get_text (g_ptr_array_index (tasks, 0), "title"), "two open cases"));
}

/* Who is kept from the one record is kept from the person. */
static void
a_blocking_holds_for_both (HttpTest *test)
{
  g_autoptr (Person) person = person_new (test, "");
  g_autofree char *rows = NULL;
  g_autofree char *after = NULL;

  merge (test, person->siri, person->stays, person->goes);
  settle (person);
  rows = http_test_pull_all (test, person->kari->session);
  g_assert_nonnull (strstr (rows, "\"Haug\""));

  g_free (machine_do (person->siri, test->acts->caseworker, "block-record",
                      "{\"citizen_id\":\"%s\",\"user_id\":\"%s\",\"reason\":\"Er i familie med henne\"}",
                      person->stays, person->kari->session->user_id));
  machine_catch_up (person->siri);
  after = http_test_pull_all (test, person->kari->session);
  g_assert_null (strstr (after, "\"Haug\""));
}

/* The number somebody had before finds the citizen, on the machine and in the whole municipality, and is not
 * given to another. */
static void
a_former_number_finds_the_citizen (HttpTest *test)
{
  g_autoptr (Person) person = person_new (test, ",\"id_number\":\"" D_NUMBER "\"");
  g_autoptr (HttpSession) tor = http_test_sign_in (test, "skien", "tor");
  g_autoptr (HttpResult) found = NULL;
  g_autoptr (HttpResult) hidden = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GError) error = NULL;
  const ForlopSearchHit *hit;

  merge (test, person->siri, person->goes, person->stays);
  machine_catch_up (person->siri);
  settle (person);
  hits = forlop_search_run (person->kari->connection, D_NUMBER, FORLOP_SEARCH_CITIZENS, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  hit = g_ptr_array_index (hits, 0);
  g_assert_cmpstr (hit->citizen_id, ==, person->goes);

  found = http_test_expect (test, 200, "POST", "/v1/search", tor->access, "{\"text\":\"" D_NUMBER "\"}");
  g_assert_nonnull (strstr (found->body, person->goes));
  g_assert_null (strstr (found->body, person->stays));

  g_free (machine_do (person->siri, test->acts->caseworker, "change-citizen",
                      "{\"citizen_id\":\"%s\",\"address_protection\":\"confidential\"}", person->goes));
  machine_catch_up (person->siri);
  hidden = http_test_expect (test, 200, "POST", "/v1/search", tor->access, "{\"text\":\"" D_NUMBER "\"}");
  g_assert_null (strstr (hidden->body, person->goes));
}

static HttpResult *
post_reading (HttpTest   *test,
              int         status,
              const char *token,
              const char *number,
              const char *value)
{
  g_autofree char *at = forlop_instant_to_iso (forlop_clock_now (test->acts->clock) - FORLOP_HOUR);
  g_autofree char *body = g_strdup_printf (
    "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\","
    "\"code\":\"2708-6\"}]},\"subject\":{\"identifier\":{\"system\":\"urn:oid:2.16.578.1.12.4.1.4.2\",\"value\":"
    "\"%s\"}},\"effectiveDateTime\":\"%s\",\"valueQuantity\":{\"value\":%s,\"code\":\"%%\"}}", number, at, value);

  return http_test_expect (test, status, "POST", "/fhir/Observation", token, body);
}

/* A supplier goes on with the number that it was given when the device was set up: its readings are the
 * citizen's and judged by the citizen's plan, and one that comes again after the merge is not two. */
static void
a_supplier_goes_on_with_the_former_number (HttpTest *test)
{
  g_autoptr (Person) person = person_new (test, ",\"id_number\":\"" D_NUMBER "\"");
  g_autoptr (GError) error = NULL;
  g_autofree char *token =
    forlop_accounts_add_system (forlop_tenants_find (test->tenants, "skien"), "Heim", test->acts->zone, FALSE, &error);
  g_autofree char *all = NULL;

  g_assert_no_error (error);
  http_result_free (post_reading (test, 201, token, D_NUMBER, "86"));
  machine_catch_up (person->siri);
  merge (test, person->siri, person->goes, person->stays);
  machine_catch_up (person->siri);
  http_result_free (post_reading (test, 200, token, D_NUMBER, "86"));
  http_result_free (post_reading (test, 201, token, D_NUMBER, "85"));
  settle (person);

  all = dup_person (person->kari, person->goes);
  g_assert_cmpuint (count_lines (all, "alert "), ==, 2);
  g_assert_nonnull (strstr (all, " 86 red v1"));
  g_assert_nonnull (strstr (all, " 85 red v1"));
  assert_same (person->siri, person, all);
}

static unsigned int
count_alerts (Person *person)
{
  g_autofree char *all = dup_person (person->kari, person->goes);

  assert_same (person->siri, person, all);

  return count_lines (all, "alert ");
}

/* What came before the merge, and under the record without a plan, is judged when the two become one: nobody
 * waits for the next reading. */
static void
what_was_measured_before_the_merge_is_judged (HttpTest *test)
{
  g_autoptr (Person) person = person_new (test, ",\"id_number\":\"" D_NUMBER "\"");
  g_autoptr (GError) error = NULL;
  g_autofree char *token =
    forlop_accounts_add_system (forlop_tenants_find (test->tenants, "skien"), "Heim", test->acts->zone, FALSE, &error);
  g_autoptr (GPtrArray) before = NULL;

  g_assert_no_error (error);
  http_result_free (post_reading (test, 201, token, D_NUMBER, "86"));
  settle (person);
  before = forlop_record_store_list (person->kari->connection, "alert", "citizen_id", person->goes, &error);
  g_assert_cmpuint (before->len, ==, 0);

  merge (test, person->siri, person->goes, person->stays);
  settle (person);
  g_assert_cmpuint (count_alerts (person), ==, 1);

  http_result_free (post_reading (test, 200, token, D_NUMBER, "86"));
  settle (person);
  g_assert_cmpuint (count_alerts (person), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  forlop_http_transport_init ();
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/merged/work-of-both-lands-on-one-citizen", work_of_both_lands_on_one_citizen, NULL);
  for (unsigned int n = 0; n < N_SEEDS; n++)
    {
      g_autofree char *path = g_strdup_printf ("/merged/any-order-ends-alike/%u", n);

      http_test_add (path, any_order_ends_alike, NULL);
    }
  http_test_add ("/merged/a-late-case-is-the-persons", a_late_case_is_the_persons, NULL);
  http_test_add ("/merged/a-blocking-holds-for-both", a_blocking_holds_for_both, NULL);
  http_test_add ("/merged/a-former-number-finds-the-citizen", a_former_number_finds_the_citizen, NULL);
  http_test_add ("/merged/a-supplier-goes-on-with-the-former-number", a_supplier_goes_on_with_the_former_number, NULL);
  http_test_add ("/merged/what-was-measured-before-the-merge-is-judged", what_was_measured_before_the_merge_is_judged,
                 NULL);

  return g_test_run ();
}
