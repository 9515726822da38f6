/* SPDX-License-Identifier: EUPL-1.2 */

#include <string.h>

#include "app-test.h"
#include "forlop-http-transport.h"
#include "forlop-store-error.h"
#include "forlop-sync-words.h"

static void
assert_words (const ForlopSyncFacts *facts,
              ForlopStatus           status,
              const char            *expected)
{
  ForlopStatus said;
  g_autofree char *words = forlop_sync_words_dup (facts, NOON, &said);

  /* A long sentence is given by its beginning; nothing may follow on a line of its own. */
  if (!g_str_has_prefix (words, expected) || strchr (words + strlen (expected), '\n') != NULL)
    g_assert_cmpstr (words, ==, expected);
  g_assert_cmpint (said, ==, status);
}

static void
test_sent (void)
{
  ForlopSyncFacts facts = {
    .is_paired = TRUE, .seen_at = FORLOP_INSTANT_NONE, .standing = FORLOP_SYNC_IDLE, .last_ok_at = NOON - 18 * FORLOP_MINUTE,
  };

  assert_words (&facts, FORLOP_STATUS_SETTLED, "Everything sent at 11.42");
  facts.n_waiting = 3;
  assert_words (&facts, FORLOP_STATUS_WAITING, "3 changes wait for the server");
  facts.n_refused = 1;
  assert_words (&facts, FORLOP_STATUS_REFUSED, "1 change needs you\n3 changes wait for the server");
  facts.n_waiting = 0;
  assert_words (&facts, FORLOP_STATUS_REFUSED, "1 change needs you");
  facts.n_refused = 0;
  facts.n_uploads = 2;
  assert_words (&facts, FORLOP_STATUS_WAITING, "2 attachments are on their way to the server");
  facts.is_paired = FALSE;
  assert_words (&facts, FORLOP_STATUS_SETTLED, "Everything is saved on this machine");
}

static void
test_yesterday (void)
{
  const ForlopSyncFacts facts = {
    .is_paired = TRUE, .seen_at = FORLOP_INSTANT_NONE, .standing = FORLOP_SYNC_OFFLINE, .last_ok_at = NOON - FORLOP_DAY,
  };

  assert_words (&facts, FORLOP_STATUS_OFFLINE, "No contact with the server since 21.11.2026 12.00;");
}

static void
test_lease (void)
{
  ForlopSyncFacts facts = {
    .is_paired = TRUE, .seen_at = FORLOP_INSTANT_NONE, .standing = FORLOP_SYNC_OFFLINE, .last_ok_at = NOON - 2 * FORLOP_DAY, .n_waiting = 2,
  };
  ForlopStatus status;
  g_autofree char *warned = forlop_sync_words_dup (&facts, NOON, &status);
  g_autofree char *calm = NULL;
  g_autofree char *early = NULL;

  g_assert_nonnull (strstr (warned, "2 changes are on this machine alone. Connect it to the network before 23.11.2026"));
  facts.n_waiting = 0;
  calm = forlop_sync_words_dup (&facts, NOON, &status);
  g_assert_null (strstr (calm, "Connect"));
  facts.last_ok_at = NOON - FORLOP_HOUR;
  facts.n_waiting = 2;
  early = forlop_sync_words_dup (&facts, NOON, &status);
  g_assert_null (strstr (early, "alone"));
}

static void
test_first (void)
{
  ForlopSyncFacts facts = {
    .is_paired = TRUE, .seen_at = FORLOP_INSTANT_NONE, .standing = FORLOP_SYNC_WORKING, .last_ok_at = FORLOP_INSTANT_NONE,
    .is_first = TRUE,
  };

  assert_words (&facts, FORLOP_STATUS_RECEIVING, "Fetching from the server");
  facts.pos = 5000;
  facts.head = 20000;
  assert_words (&facts, FORLOP_STATUS_RECEIVING, "Fetching from the server: 25 %");
  facts.last_ok_at = NOON;
  assert_words (&facts, FORLOP_STATUS_RECEIVING,
                "What is most urgent is here. The rest is being fetched: 25 %");
  facts.last_ok_at = FORLOP_INSTANT_NONE;
  facts.standing = FORLOP_SYNC_OFFLINE;
  assert_words (&facts, FORLOP_STATUS_OFFLINE, "No contact with the server yet;");
}

/* Whatever the standing is, something is said, and no two say the same. */
static void
test_standings (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (ForlopSyncStanding standing = FORLOP_SYNC_IDLE; standing <= FORLOP_SYNC_LOCAL_FAULT; standing++)
    {
      const ForlopSyncFacts facts = { .is_paired = TRUE, .standing = standing, .last_ok_at = NOON };
      ForlopStatus status;

      g_assert_true (g_hash_table_add (seen, forlop_sync_words_dup (&facts, NOON, &status)));
      g_assert_true ((status == FORLOP_STATUS_SETTLED) == (standing == FORLOP_SYNC_IDLE));
    }
}

static void
test_causes (void)
{
  g_autoptr (GError) certificate =
    g_error_new_literal (FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_CERTIFICATE, "No");
  g_autoptr (GError) disk =
    g_error_new_literal (FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_DISK_FULL, "No");
  ForlopSyncFacts facts = {
    .is_paired = TRUE, .seen_at = FORLOP_INSTANT_NONE, .standing = FORLOP_SYNC_OFFLINE, .last_ok_at = NOON, .error = certificate,
  };

  assert_words (&facts, FORLOP_STATUS_OFFLINE, "The server cannot prove who it is");
  facts.standing = FORLOP_SYNC_LOCAL_FAULT;
  facts.error = disk;
  assert_words (&facts, FORLOP_STATUS_STOPPED, "The disk is full");
}

static void
test_clock (void)
{
  ForlopSyncFacts facts = {
    .is_paired = TRUE, .seen_at = FORLOP_INSTANT_NONE, .standing = FORLOP_SYNC_IDLE, .last_ok_at = NOON, .skew_ms = 59 * FORLOP_MINUTE,
  };

  assert_words (&facts, FORLOP_STATUS_SETTLED, "Everything sent at 12.00");
  facts.clock_is_wrong = TRUE;
  facts.skew_ms = 3 * FORLOP_HOUR;
  assert_words (&facts, FORLOP_STATUS_REFUSED,
                "Everything sent at 12.00\nThe clock of this machine is 3 h fast");
  facts.skew_ms = -FORLOP_HOUR;
  assert_words (&facts, FORLOP_STATUS_REFUSED,
                "Everything sent at 12.00\nThe clock of this machine is 1 h slow");
  facts.skew_ms = 10 * FORLOP_DAY - 1;
  assert_words (&facts, FORLOP_STATUS_REFUSED,
                "Everything sent at 12.00\nThe clock of this machine is 10 days fast");
}

static void
test_reasons (void)
{
  static const char *const codes[] = {
    "field", "deleted", "gate", "taken", "invalid", "not_allowed", "scope_revoked", "unknown_act",
    "not_found", "stale_role", "ahead", "depends", "reused_id",
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      const ForlopSyncEntry entry = { .code = (char *) codes[i] };

      g_assert_true (g_hash_table_add (seen, forlop_sync_words_dup_reason (&entry)));
    }
}

static void
test_gate (void)
{
  const ForlopSyncEntry gate = {
    .code = (char *) "gate", .gate = (char *) "consent-service", .role = (char *) "caseworker",
    .unit = (char *) "Tildelingskontoret",
  };
  const ForlopSyncEntry taken = {
    .code = (char *) "taken", .type = "loan", .holder = (char *) "Odd Lie",
  };
  g_autofree char *missing = forlop_sync_words_dup_reason (&gate);
  g_autofree char *holder = forlop_sync_words_dup_reason (&taken);

  g_assert_cmpstr (missing, ==, "Consent to the service is missing. It belongs to: Caseworker, "
                   "Tildelingskontoret.");
  g_assert_true (g_str_has_prefix (holder, "The item is lent to Odd Lie already,"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync-words/all-sent-only-when-nothing-waits", test_sent);
  g_test_add_func ("/sync-words/a-time-of-another-day-has-its-date", test_yesterday);
  g_test_add_func ("/sync-words/unsent-work-is-warned-of-from-the-first-day", test_lease);
  g_test_add_func ("/sync-words/the-first-time-says-how-much-has-come", test_first);
  g_test_add_func ("/sync-words/each-standing-has-its-own-sentence", test_standings);
  g_test_add_func ("/sync-words/a-wrong-certificate-and-a-full-disk-are-told-apart", test_causes);
  g_test_add_func ("/sync-words/a-clock-that-is-wrong-by-hours-is-told", test_clock);
  g_test_add_func ("/sync-words/each-refusal-has-its-own-sentence", test_reasons);
  g_test_add_func ("/sync-words/a-gate-names-condition-and-owner", test_gate);

  return g_test_run ();
}
