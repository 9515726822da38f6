/* SPDX-License-Identifier: EUPL-1.2 */

/* What the server's access log is told, and what a machine remembers of it. */

#include "mirror-test-util.h"

#include <sodium.h>
#include <string.h>

#include "forlop-access-store.h"
#include "forlop-checkpoint.h"
#include "forlop-mirror-store.h"
#include "forlop-transaction.h"

static void
open_record (MirrorTest *test,
             const char *citizen_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTransaction) transaction = forlop_transaction_begin (test->connection, &error);

  g_assert_true (forlop_access_store_append (test->connection, NULL, citizen_id, FORLOP_ACCESS_OPENED, "case",
                                             NULL, test->now, &error));
  g_assert_true (forlop_transaction_commit (transaction, &error));
  g_assert_no_error (error);
}

static gint64
count_unacked (MirrorTest *test)
{
  g_autoptr (GError) error = NULL;
  g_auto (ForlopSyncState) state = { 0 };

  g_assert_true (forlop_mirror_store_load_state (test->connection, &state, &error));
  g_assert_no_error (error);

  return state.n_unacked;
}

static void
test_openings_are_told_once (void)
{
  MirrorTest *test = mirror_test_new ();
  g_autofree char *citizen_id = forlop_id_source_next (test->ids, test->now);
  g_autoptr (ForlopSyncRequest) ack = NULL;
  g_autoptr (ForlopSyncRequest) again = NULL;

  open_record (test, citizen_id);
  open_record (test, citizen_id);
  mirror_test_hello (test, 0);
  mirror_test_page (test, 1, "", "");
  ack = mirror_test_ask (test, FORLOP_SYNC_REQUEST_ACK);
  g_assert_nonnull (strstr (ack->body, citizen_id));
  g_assert_nonnull (strstr (ack->body, "\"action\":\"opened\""));
  g_assert_cmpint (ack->ack->opened_to, ==, 2);
  /* The answer is lost: they are told again, with the same numbers. */
  mirror_test_answer (test, ack, 0, NULL);
  test->now += FORLOP_HOUR;
  forlop_sync_client_wake (test->client);
  mirror_test_page (test, 1, "", "");
  again = mirror_test_ask (test, FORLOP_SYNC_REQUEST_ACK);
  g_assert_cmpstr (again->body, ==, ack->body);
  mirror_test_answer (test, again, 200, "{}");
  g_assert_cmpint (count_unacked (test), ==, 0);
  mirror_test_free (test);
}

static void
test_a_restored_server_is_told_again (void)
{
  MirrorTest *test = mirror_test_new ();
  g_autofree char *citizen_id = forlop_id_source_next (test->ids, test->now);

  for (unsigned int i = 0; i < 3; i++)
    open_record (test, citizen_id);
  mirror_test_hello (test, 0);
  mirror_test_page (test, 1, "", "");
  mirror_test_tell (test, FORLOP_SYNC_REQUEST_ACK, "{}");
  g_assert_cmpint (count_unacked (test), ==, 0);

  test->epoch = "fedcba9876543210fedcba9876543210";
  forlop_sync_client_wake (test->client);
  {
    g_autoptr (ForlopSyncRequest) pull = mirror_test_ask (test, FORLOP_SYNC_REQUEST_PULL);
    g_autofree char *now = forlop_instant_to_iso (test->now);

    mirror_test_answer (test, pull, 410, "{\"code\":\"resync\",\"reason\":\"epoch\"}");
    mirror_test_tell (test, FORLOP_SYNC_REQUEST_HELLO,
                      "{\"epoch\":\"%s\",\"head\":0,\"lease_hours\":72,\"server_time\":\"%s\","
                      "\"last_op_no\":0,\"last_access_n\":1}", test->epoch, now);
  }
  g_assert_cmpint (count_unacked (test), ==, 2);
  mirror_test_free (test);
}

static void
test_what_was_purged_is_told (void)
{
  MirrorTest *test = mirror_test_new ();
  g_autoptr (ForlopSyncRequest) ack = NULL;
  const char *scope = "c:01900000-0000-7000-8000-00000000000c";
  g_autofree char *given =
    g_strdup_printf (",\"grants\":[{\"scope\":\"%s\",\"gen\":1,\"active\":true}]", scope);
  g_autofree char *taken =
    g_strdup_printf (",\"grants\":[{\"scope\":\"%s\",\"gen\":1,\"active\":false}]", scope);

  mirror_test_hello (test, 0);
  mirror_test_page (test, 1, "", given);
  forlop_sync_client_poke (test->client, 2);
  mirror_test_page (test, 2, "", taken);
  ack = mirror_test_ask (test, FORLOP_SYNC_REQUEST_ACK);
  g_assert_nonnull (strstr (ack->body, scope));
  mirror_test_answer (test, ack, 200, "{}");
  g_assert_cmpint (count_unacked (test), ==, 0);
  mirror_test_free (test);
}

typedef struct {
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  char key[2 * crypto_sign_PUBLICKEYBYTES + 1];
} Signer;

static Signer
new_signer (guint8 which)
{
  Signer self;
  guint8 seed[crypto_sign_SEEDBYTES] = { which };
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];

  crypto_sign_seed_keypair (public_key, self.secret, seed);
  sodium_bin2hex (self.key, sizeof self.key, public_key, sizeof public_key);

  return self;
}

/* The hash of row @n in a chain that is called @chain. */
static char *
hash_of (char   chain,
         gint64 n)
{
  g_autofree char *text = g_strdup_printf ("%c%" G_GINT64_FORMAT, chain, n);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static char *
checkpoint_json (const Signer *signer,
                 char          chain,
                 gint64        n)
{
  g_autofree char *hash = hash_of (chain, n);
  g_autofree char *message = forlop_checkpoint_dup_message (n, 1000 * n, hash);
  g_autofree char *at = forlop_instant_to_iso (1000 * n);
  guint8 signature[crypto_sign_BYTES];
  char signature_text[2 * crypto_sign_BYTES + 1];

  crypto_sign_detached (signature, NULL, (const guint8 *) message, strlen (message), signer->secret);
  sodium_bin2hex (signature_text, sizeof signature_text, signature, sizeof signature);

  return g_strdup_printf ("{\"n\":%" G_GINT64_FORMAT ",\"at\":\"%s\",\"hash\":\"%s\",\"signature\":\"%s\","
                          "\"key\":\"%s\"}", n, at, hash, signature_text, signer->key);
}

/* A greeting, as at each start of the program. */
static void
greet (MirrorTest   *test,
       const Signer *signer,
       char          chain,
       gint64        n)
{
  g_autofree char *now = forlop_instant_to_iso (test->now);
  g_autofree char *checkpoint = checkpoint_json (signer, chain, n);

  mirror_test_reopen (test);
  mirror_test_tell (test, FORLOP_SYNC_REQUEST_HELLO,
                    "{\"epoch\":\"%s\",\"head\":0,\"lease_hours\":72,\"server_time\":\"%s\","
                    "\"last_op_no\":0,\"checkpoint\":%s}", test->epoch, now, checkpoint);
  mirror_test_page (test, 1, "", "");
}

static void
prove (MirrorTest   *test,
       const Signer *signer,
       char          chain,
       gint64        n,
       char          known_chain,
       gint64        known)
{
  g_autofree char *hash = hash_of (known_chain, known);
  g_autofree char *checkpoint = checkpoint_json (signer, chain, n);

  mirror_test_tell (test, FORLOP_SYNC_REQUEST_PROOF, "{\"known\":\"%s\",\"checkpoint\":%s}", hash, checkpoint);
}

static gboolean
differs (MirrorTest *test)
{
  g_autoptr (GError) error = NULL;
  g_auto (ForlopSyncState) state = { 0 };

  g_assert_true (forlop_mirror_store_load_state (test->connection, &state, &error));
  g_assert_no_error (error);

  return state.log_differs;
}

static void
test_a_longer_log_must_hold_what_is_remembered (void)
{
  MirrorTest *test = mirror_test_new ();
  Signer signer = new_signer (1);

  greet (test, &signer, 'a', 10);
  greet (test, &signer, 'a', 10);
  g_assert_false (differs (test));
  greet (test, &signer, 'a', 20);
  prove (test, &signer, 'a', 21, 'a', 10);
  g_assert_false (differs (test));
  greet (test, &signer, 'b', 30);
  prove (test, &signer, 'b', 30, 'b', 21);
  g_assert_true (differs (test));
  mirror_test_free (test);
}

static void
test_another_log_is_noticed (void)
{
  Signer signer = new_signer (1);
  Signer stranger = new_signer (2);
  const struct { const Signer *signer; char chain; gint64 n; } others[] = {
    { &signer, 'b', 10 }, { &signer, 'a', 9 }, { &stranger, 'a', 10 }, { &stranger, 'a', 11 },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (others); i++)
    {
      MirrorTest *test = mirror_test_new ();

      greet (test, &signer, 'a', 10);
      g_assert_false (differs (test));
      greet (test, others[i].signer, others[i].chain, others[i].n);
      g_assert_true (differs (test));
      mirror_test_free (test);
    }
}

static void
test_a_forged_signature_is_noticed (void)
{
  MirrorTest *test = mirror_test_new ();
  Signer signer = new_signer (1);
  Signer stranger = new_signer (2);

  memcpy (stranger.key, signer.key, sizeof stranger.key);
  greet (test, &stranger, 'a', 10);
  g_assert_true (differs (test));
  mirror_test_free (test);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/acks/openings-are-told-once", test_openings_are_told_once);
  g_test_add_func ("/acks/a-restored-server-is-told-again", test_a_restored_server_is_told_again);
  g_test_add_func ("/acks/what-was-purged-is-told", test_what_was_purged_is_told);
  g_test_add_func ("/checkpoint/a-longer-log-must-hold-what-is-remembered",
                   test_a_longer_log_must_hold_what_is_remembered);
  g_test_add_func ("/checkpoint/another-log-is-noticed", test_another_log_is_noticed);
  g_test_add_func ("/checkpoint/a-forged-signature-is-noticed", test_a_forged_signature_is_noticed);

  return g_test_run ();
}
