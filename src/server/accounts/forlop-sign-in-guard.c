/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sign-in-guard.h"

#include <sodium.h>
#include <string.h>

#include "forlop-account-query.h"
#include "forlop-date.h"

/* Wrong passwords that cost nothing: people mistype. */
#define FREE_FAILURES 3
#define MAX_WAIT (15 * FORLOP_MINUTE)
/* A whole office may sit behind one address: ten wrong passwords a minute, over all its accounts. */
#define ADDRESS_FAILURES 10
#define ADDRESS_EACH (FORLOP_MINUTE / ADDRESS_FAILURES)
/* From here every answer for the account is held back, up to the longest. */
#define HOLD_FAILURES 20
#define MAX_HOLD ((gint64) 5000)
#define FORGET_AFTER FORLOP_DAY

G_STATIC_ASSERT (FORLOP_TOKEN_HASH_BYTES == crypto_generichash_BYTES);

typedef ForlopSignInCount Counts[FORLOP_SIGN_IN_N_COUNTS];

/* Milliseconds after which one is forgotten, or 0. */
static const gint64 forget_each[] = { 0, ADDRESS_EACH, FORLOP_MINUTE };

static gint64
known (const ForlopSignInCount *count,
       gint64                   now)
{
  return now - count->last_at < FORGET_AFTER ? count->n : 0;
}

gint64
forlop_sign_in_guard_wait (const Counts counts,
                           gint64       now)
{
  const ForlopSignInCount *own = &counts[FORLOP_SIGN_IN_OWN];
  const ForlopSignInCount *address = &counts[FORLOP_SIGN_IN_ADDRESS];
  gint64 n = known (own, now) - FREE_FAILURES - 1;
  gint64 wait = 0;

  if (n >= 0)
    wait = MAX (0, own->last_at + MIN (MAX_WAIT, (gint64) 1000 << MIN (n, 20)) - now);
  /* Tokens that come back; a token is a wrong password that is still free. */
  n = known (address, now) - ADDRESS_FAILURES + 1;

  return n > 0 ? MAX (wait, n * ADDRESS_EACH - (now - address->last_at)) : wait;
}

gint64
forlop_sign_in_guard_hold (const Counts counts,
                           gint64       now)
{
  gint64 n = known (&counts[FORLOP_SIGN_IN_ACCOUNT], now);

  return n > HOLD_FAILURES ? MIN (MAX_HOLD, (n - HOLD_FAILURES) * 250) : 0;
}

void
forlop_sign_in_guard_count (Counts counts,
                            gint64 now)
{
  for (unsigned int i = 0; i < FORLOP_SIGN_IN_N_COUNTS; i++)
    {
      ForlopSignInCount *count = &counts[i];
      gint64 n = known (count, now);

      if (forget_each[i] > 0)
        n = MAX (0, n - (now - count->last_at) / forget_each[i]);
      count->n = n + 1;
      count->last_at = now;
    }
}

/* What was written as a name may be anything, also a password: only its hash is kept. */
static gboolean
make_key (const ForlopSignInAttempt *attempt,
          unsigned int               which,
          guint8                     hash[FORLOP_TOKEN_HASH_BYTES])
{
  g_autofree char *text = NULL;

  if (which != FORLOP_SIGN_IN_OWN && attempt->device_id != NULL)
    return FALSE;
  if (which == FORLOP_SIGN_IN_ADDRESS)
    text = g_strconcat ("address ", attempt->address, NULL);
  else if (which == FORLOP_SIGN_IN_ACCOUNT)
    text = g_strconcat ("account ", attempt->account, NULL);
  else if (attempt->device_id != NULL)
    text = g_strconcat ("device ", attempt->device_id, " ", attempt->account, NULL);
  else
    text = g_strconcat ("pair ", attempt->address, " ", attempt->account, NULL);
  crypto_generichash (hash, FORLOP_TOKEN_HASH_BYTES, (const guint8 *) text, strlen (text), NULL, 0);

  return TRUE;
}

static gboolean
load (ForlopAccountStore  *store,
      const guint8         hash[FORLOP_TOKEN_HASH_BYTES],
      ForlopSignInCount   *count,
      GError             **error)
{
  static const char sql[] = "SELECT n, last_at FROM sign_in_count WHERE hash = $1";
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (store, sql, error);
  gboolean has_row;

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_hash (query, hash);
  if (!forlop_account_query_step (query, &has_row, error))
    return FALSE;
  if (has_row)
    {
      count->n = forlop_account_query_get_integer (query, 0);
      count->last_at = forlop_account_query_get_instant (query, 1);
    }

  return TRUE;
}

static gboolean
save (ForlopAccountStore       *store,
      const guint8              hash[FORLOP_TOKEN_HASH_BYTES],
      const ForlopSignInCount  *count,
      GError                  **error)
{
  const char *sql =
    FORLOP_ACCOUNT_PUT (store, "INSERT INTO sign_in_count (hash, n, last_at) VALUES ($1, $2, $3)", "hash",
                        "n = $2, last_at = $3");
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (store, sql, error);

  if (query == NULL)
    return FALSE;
  forlop_account_query_bind_hash (query, hash);
  forlop_account_query_bind_integer (query, count->n);
  forlop_account_query_bind_instant (query, count->last_at);

  return forlop_account_query_execute (query, error);
}

static gboolean
load_all (ForlopAccountStore         *store,
          const ForlopSignInAttempt  *attempt,
          Counts                      counts,
          GError                    **error)
{
  guint8 hash[FORLOP_TOKEN_HASH_BYTES];

  memset (counts, 0, sizeof (Counts));
  for (unsigned int i = 0; i < FORLOP_SIGN_IN_N_COUNTS; i++)
    if (make_key (attempt, i, hash) && !load (store, hash, &counts[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
save_all (ForlopAccountStore         *store,
          const ForlopSignInAttempt  *attempt,
          const Counts                counts,
          GError                    **error)
{
  guint8 hash[FORLOP_TOKEN_HASH_BYTES];

  for (unsigned int i = 0; i < FORLOP_SIGN_IN_N_COUNTS; i++)
    if (make_key (attempt, i, hash) && !save (store, hash, &counts[i], error))
      return FALSE;

  return TRUE;
}

/* @sql: with at most one number. */
static gboolean
run (ForlopAccountStore  *store,
     const char          *sql,
     gint64               number,
     GError             **error)
{
  g_autoptr (ForlopAccountQuery) query = forlop_account_query_new (store, sql, error);

  if (query == NULL)
    return FALSE;
  if (strchr (sql, '$') != NULL)
    forlop_account_query_bind_integer (query, number);

  return forlop_account_query_execute (query, error);
}

static gboolean
is_full (ForlopAccountStore  *store,
         gint64               max,
         gboolean            *full,
         GError             **error)
{
  g_autoptr (ForlopAccountQuery) query =
    forlop_account_query_new (store, "SELECT count (*) FROM sign_in_count", error);
  gboolean has_row;

  if (query == NULL || !forlop_account_query_step (query, &has_row, error))
    return FALSE;
  *full = has_row && forlop_account_query_get_integer (query, 0) >= max;

  return TRUE;
}

/* Somebody who tries a new name each time fills the table with counts of one: those go first. */
gboolean
forlop_sign_in_guard_trim (ForlopAccountStore  *store,
                           gint64               max,
                           gint64               now,
                           GError             **error)
{
  static const struct { const char *sql; gboolean is_time; } steps[] = {
    { "DELETE FROM sign_in_count WHERE last_at <= $1", TRUE },
    { "DELETE FROM sign_in_count WHERE n <= $1", FALSE },
    { "DELETE FROM sign_in_count", FALSE },
  };
  gboolean full;

  g_return_val_if_fail (store != NULL, FALSE);

  for (unsigned int i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (!is_full (store, max, &full, error))
        return FALSE;
      if (!full)
        return TRUE;
      if (!run (store, steps[i].sql, steps[i].is_time ? now - FORGET_AFTER : FREE_FAILURES, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
forlop_sign_in_guard_try (ForlopAccountStore         *store,
                          const ForlopSignInAttempt  *attempt,
                          gint64                      now,
                          gint64                     *wait,
                          gint64                     *hold,
                          GError                    **error)
{
  g_autoptr (ForlopAccountChange) change = NULL;
  Counts counts;

  g_return_val_if_fail (store != NULL && attempt != NULL && wait != NULL && hold != NULL, FALSE);

  change = forlop_account_change_begin (store, error);
  if (change == NULL || !load_all (store, attempt, counts, error))
    return FALSE;
  *hold = forlop_sign_in_guard_hold (counts, now);
  *wait = forlop_sign_in_guard_wait (counts, now);
  if (*wait > 0)
    return TRUE;
  if (counts[FORLOP_SIGN_IN_OWN].n == 0 &&
      !forlop_sign_in_guard_trim (store, FORLOP_SIGN_IN_MAX_COUNTS, now, error))
    return FALSE;
  forlop_sign_in_guard_count (counts, now);

  return save_all (store, attempt, counts, error) && forlop_account_change_commit (change, error);
}

gboolean
forlop_sign_in_guard_passed (ForlopAccountStore         *store,
                             const ForlopSignInAttempt  *attempt,
                             GError                    **error)
{
  g_autoptr (ForlopAccountChange) change = NULL;
  Counts counts;

  g_return_val_if_fail (store != NULL && attempt != NULL, FALSE);

  change = forlop_account_change_begin (store, error);
  if (change == NULL || !load_all (store, attempt, counts, error))
    return FALSE;
  counts[FORLOP_SIGN_IN_OWN].n = 0;
  for (unsigned int i = FORLOP_SIGN_IN_ADDRESS; i < FORLOP_SIGN_IN_N_COUNTS; i++)
    counts[i].n = MAX (0, counts[i].n - 1);

  return save_all (store, attempt, counts, error) &&
         run (store, "DELETE FROM sign_in_count WHERE n <= $1", 0, error) &&
         forlop_account_change_commit (change, error);
}
