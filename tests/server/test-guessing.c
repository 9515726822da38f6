/* SPDX-License-Identifier: EUPL-1.2 */

/* What guessing is worth. */

#include "people-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-password.h"
#include "forlop-rate-limit.h"
#include "forlop-sign-in-guard.h"

static void
guessing_is_slowed_and_a_known_machine_is_not (HttpTest *test)
{
  g_autoptr (HttpSession) kari = http_test_sign_in (test, "skien", "kari");
  g_autofree char *device = forlop_id_source_next (test->acts->ids, 0);
  int n_refused = 0;

  for (int i = 0; i < 8; i++)
    {
      g_autoptr (HttpResult) result = http_test_try_sign_in (test, "skien", "kari", "feil passord helt", device);

      g_assert_true (result->status == 401 || result->status == 429);
      if (result->status == 429)
        {
          n_refused++;
          g_assert_nonnull (strstr (result->head, "retry-after: "));
        }
    }
  g_assert_cmpint (n_refused, ==, 4);
  {
    g_autoptr (HttpResult) known =
      http_test_try_sign_in (test, "skien", "kari", HTTP_TEST_PASSWORD, kari->device_id);
    g_autoptr (HttpResult) early = http_test_try_sign_in (test, "skien", "kari", HTTP_TEST_PASSWORD, device);

    g_assert_cmpint (known->status, ==, 200);
    g_assert_cmpint (early->status, ==, 429);
  }
  people_move_clock (test, FORLOP_MINUTE);
  {
    g_autoptr (HttpResult) late = http_test_try_sign_in (test, "skien", "kari", HTTP_TEST_PASSWORD, device);

    g_assert_cmpint (late->status, ==, 200);
  }
}

/* Pure: what a guesser gets in a day, with a clock that is given. */
static void
test_guard_lets_few_guesses_through (void)
{
  ForlopSignInCount counts[FORLOP_SIGN_IN_N_COUNTS] = { 0 };
  int n = 0;

  for (gint64 now = FORLOP_DAY; now < 2 * FORLOP_DAY; now += 1000)
    if (forlop_sign_in_guard_wait (counts, now) == 0)
      {
        forlop_sign_in_guard_count (counts, now);
        n++;
      }
  g_test_message ("%d guesses in a day", n);
  g_assert_cmpint (n, >, 3);
  g_assert_cmpint (n, <, 120);
}

static void
test_guard_counts_an_address_over_all_accounts (void)
{
  ForlopSignInCount address = { 0 };
  int n = 0;

  for (int i = 0; i < 5000; i++)
    {
      ForlopSignInCount counts[FORLOP_SIGN_IN_N_COUNTS] = { [FORLOP_SIGN_IN_ADDRESS] = address };

      if (forlop_sign_in_guard_wait (counts, FORLOP_DAY + i * 10) > 0)
        continue;
      forlop_sign_in_guard_count (counts, FORLOP_DAY + i * 10);
      address = counts[FORLOP_SIGN_IN_ADDRESS];
      n++;
    }
  g_test_message ("%d guesses in 50 seconds", n);
  g_assert_cmpint (n, >, 5);
  g_assert_cmpint (n, <=, 20);
}

/* A stranger with a thousand addresses: nobody is refused, answers are late by seconds. */
static void
test_guard_locks_nobody_out (void)
{
  static ForlopSignInCount addresses[1000], pairs[1000];
  ForlopSignInCount account = { 0 };
  ForlopSignInCount owner[FORLOP_SIGN_IN_N_COUNTS] = { 0 };
  ForlopSignInCount known[FORLOP_SIGN_IN_N_COUNTS] = { 0 };

  for (int i = 0; i < 20000; i++)
    {
      ForlopSignInCount counts[FORLOP_SIGN_IN_N_COUNTS] = { pairs[i % 1000], addresses[i % 1000], account };

      if (forlop_sign_in_guard_wait (counts, FORLOP_DAY) > 0)
        continue;
      forlop_sign_in_guard_count (counts, FORLOP_DAY);
      pairs[i % 1000] = counts[FORLOP_SIGN_IN_OWN];
      addresses[i % 1000] = counts[FORLOP_SIGN_IN_ADDRESS];
      account = counts[FORLOP_SIGN_IN_ACCOUNT];
    }
  owner[FORLOP_SIGN_IN_ACCOUNT] = account;
  g_assert_cmpint (forlop_sign_in_guard_wait (owner, FORLOP_DAY), ==, 0);
  g_assert_cmpint (forlop_sign_in_guard_hold (owner, FORLOP_DAY), ==, 5000);
  g_assert_cmpint (forlop_sign_in_guard_wait (known, FORLOP_DAY), ==, 0);
  g_assert_cmpint (forlop_sign_in_guard_hold (known, FORLOP_DAY), ==, 0);
}

typedef struct {
  ForlopTenant *tenant;
  ForlopSignInAttempt attempt;
  gint64 wait;
  gint64 hold;
} Guess;

static gpointer
guess_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error)
{
  Guess *self = user_data;

  return forlop_sign_in_guard_try (self->tenant->accounts, &self->attempt, forlop_clock_now (self->tenant->clock),
                                   &self->wait, &self->hold, error)
           ? self
           : NULL;
}

static gint64
guess (ForlopTenants *tenants,
       const char    *tenant)
{
  g_autoptr (GError) error = NULL;
  Guess self = { forlop_tenants_find (tenants, tenant), { "kari", "127.0.0.1", NULL }, 0, 0 };

  g_assert_nonnull (forlop_worker_run_sync (self.tenant->worker, guess_on_worker, &self, NULL, &error));
  g_assert_no_error (error);

  return self.wait;
}

/* In PostgreSQL a second process has the same municipalities. */
static void
wrong_passwords_are_counted_for_every_process (HttpTest *test)
{
  g_autofree char *device = forlop_id_source_next (test->acts->ids, 0);
  g_autoptr (ForlopTenants) others = http_test_open_tenants_again (test);
  ForlopTenants *tenants = others != NULL ? others : test->tenants;

  for (int i = 0; i < 4; i++)
    {
      g_autoptr (HttpResult) result = http_test_try_sign_in (test, "skien", "kari", "feil passord helt", device);

      g_assert_cmpint (result->status, ==, 401);
    }
  g_assert_cmpint (guess (tenants, "skien"), >, 0);
  g_assert_cmpint (guess (tenants, "bamble"), ==, 0);
}

static gpointer
fill_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Guess *self = user_data;
  gint64 now = forlop_clock_now (self->tenant->clock);

  for (int i = 0; i < 60; i++)
    {
      g_autofree char *account = g_strdup_printf ("%d", i);
      g_autofree char *address = g_strdup_printf ("2001:db8::%d", i);
      ForlopSignInAttempt attempt = { account, address, NULL };

      if (!forlop_sign_in_guard_try (self->tenant->accounts, &attempt, now, &self->wait, &self->hold, error))
        return NULL;
    }

  return forlop_sign_in_guard_trim (self->tenant->accounts, 100, now, error) ? self : NULL;
}

/* Counts of one go, those of somebody who really guesses stay. */
static void
counts_do_not_grow_for_ever (HttpTest *test)
{
  g_autoptr (GError) error = NULL;
  Guess self = { forlop_tenants_find (test->tenants, "skien"), { 0 }, 0, 0 };
  int n = 0;

  while (guess (test->tenants, "skien") == 0)
    n++;
  g_assert_cmpint (n, ==, 4);
  g_assert_nonnull (forlop_worker_run_sync (self.tenant->worker, fill_on_worker, &self, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (guess (test->tenants, "skien"), >, 0);
  g_assert_cmpint (http_test_count_rows (test, "sign_in_count"), <, 100);
}

static void
test_rate_comes_back_with_time (void)
{
  g_autoptr (ForlopRateLimit) rate = forlop_rate_limit_new (10, 40);
  gint64 wait_ms = 0;
  int n = 0;

  while (forlop_rate_limit_take (rate, "a", 0, &wait_ms))
    n++;
  g_assert_cmpint (n, ==, 40);
  g_assert_cmpint (wait_ms, >, 0);
  g_assert_cmpint (wait_ms, <=, 101);
  g_assert_true (forlop_rate_limit_take (rate, "b", 0, &wait_ms));
  for (n = 0; forlop_rate_limit_take (rate, "a", G_USEC_PER_SEC, &wait_ms);)
    n++;
  g_assert_cmpint (n, ==, 10);
}

static void
test_passwords_are_checked_and_not_kept (void)
{
  g_autofree char *hash = forlop_password_hash ("fire ord uten sammenheng");
  g_autofree char *one = forlop_password_new_one_time ();
  g_autofree char *two = forlop_password_new_one_time ();

  g_assert_true (g_str_has_prefix (hash, "$argon2id$"));
  g_assert_null (strstr (hash, "sammenheng"));
  g_assert_true (forlop_password_verify (hash, "fire ord uten sammenheng"));
  g_assert_false (forlop_password_verify (hash, "fire ord uten sammenhenG"));
  g_assert_false (forlop_password_verify (NULL, "fire ord uten sammenheng"));
  g_assert_cmpint (strlen (one), ==, 23);
  g_assert_cmpstr (one, !=, two);
  g_assert_true (forlop_password_check (one, "kari", NULL));
  g_assert_false (forlop_password_check ("aaaaaaaaaaaaaaaa", "kari", NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/guard/lets-few-guesses-through", test_guard_lets_few_guesses_through);
  g_test_add_func ("/guard/counts-an-address-over-all-accounts", test_guard_counts_an_address_over_all_accounts);
  g_test_add_func ("/guard/locks-nobody-out", test_guard_locks_nobody_out);
  g_test_add_func ("/rate/comes-back-with-time", test_rate_comes_back_with_time);
  g_test_add_func ("/password/is-checked-and-not-kept", test_passwords_are_checked_and_not_kept);
  http_test_add ("/accounts/wrong-passwords-are-counted-for-every-process",
                 wrong_passwords_are_counted_for_every_process, NULL);
  http_test_add ("/accounts/counts-do-not-grow-for-ever", counts_do_not_grow_for_ever, NULL);
  http_test_add ("/accounts/guessing-is-slowed-and-a-known-machine-is-not",
                 guessing_is_slowed_and_a_known_machine_is_not, NULL);

  return g_test_run ();
}
