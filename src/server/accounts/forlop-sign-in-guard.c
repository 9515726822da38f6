/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sign-in-guard.h"

#include "forlop-date.h"

/* Wrong passwords that cost nothing: people mistype. */
#define FREE_FAILURES 3
#define MAX_WAIT (15 * FORLOP_MINUTE)
/* A whole office may sit behind one address: ten wrong passwords a minute, over all its accounts. */
#define ADDRESS_FAILURES 10
/* From here every answer for the account is held back, up to the longest. */
#define HOLD_FAILURES 20
#define MAX_HOLD ((gint64) 5000)
#define FORGET_AFTER FORLOP_DAY
#define MAX_COUNTS 50000

typedef struct {
  gint64 n;
  gint64 last_at;
} Count;

struct _ForlopSignInGuard
{
  GHashTable *counts; /* owned text → Count */
};

ForlopSignInGuard *
forlop_sign_in_guard_new (void)
{
  ForlopSignInGuard *self = g_new0 (ForlopSignInGuard, 1);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
forlop_sign_in_guard_free (ForlopSignInGuard *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->counts);
  g_free (self);
}

/* Who is counted: the known device, or the account from the address. */
static char *
dup_key (const ForlopSignInAttempt *attempt)
{
  if (attempt->device_id != NULL)
    return g_strconcat ("device ", attempt->device_id, " ", attempt->account, NULL);

  return g_strconcat ("pair ", attempt->address, " ", attempt->account, NULL);
}

static const Count *
find (ForlopSignInGuard *self,
      const char        *key,
      gint64             now)
{
  const Count *count = g_hash_table_lookup (self->counts, key);

  return count != NULL && now - count->last_at < FORGET_AFTER ? count : NULL;
}

/* Tokens that come back, one every six seconds; a token is a wrong password that is still free. */
static gint64
address_wait (ForlopSignInGuard *self,
              const char        *address,
              gint64             now)
{
  g_autofree char *key = g_strconcat ("address ", address, NULL);
  const Count *count = find (self, key, now);
  gint64 each = FORLOP_MINUTE / ADDRESS_FAILURES;

  if (count == NULL)
    return 0;

  return MAX (0, (count->n - ADDRESS_FAILURES + 1) * each - (now - count->last_at));
}

gint64
forlop_sign_in_guard_wait (ForlopSignInGuard         *self,
                           const ForlopSignInAttempt *attempt,
                           gint64                     now)
{
  g_autofree char *key = NULL;
  const Count *count;
  gint64 wait = 0;

  g_return_val_if_fail (self != NULL && attempt != NULL, 0);

  key = dup_key (attempt);
  count = find (self, key, now);
  if (count != NULL && count->n > FREE_FAILURES)
    {
      gint64 n = MIN (count->n - FREE_FAILURES - 1, 20);

      wait = MAX (0, count->last_at + MIN (MAX_WAIT, (gint64) 1000 << n) - now);
    }
  if (attempt->device_id == NULL)
    wait = MAX (wait, address_wait (self, attempt->address, now));

  return wait;
}

gint64
forlop_sign_in_guard_hold (ForlopSignInGuard         *self,
                           const ForlopSignInAttempt *attempt,
                           gint64                     now)
{
  g_autofree char *key = NULL;
  const Count *count;

  g_return_val_if_fail (self != NULL && attempt != NULL, 0);

  if (attempt->device_id != NULL)
    return 0;
  key = g_strconcat ("account ", attempt->account, NULL);
  count = find (self, key, now);

  return count != NULL && count->n > HOLD_FAILURES
           ? MIN (MAX_HOLD, (count->n - HOLD_FAILURES) * 250)
           : 0;
}

static gboolean
is_forgotten (gpointer key G_GNUC_UNUSED,
              gpointer value,
              gpointer user_data)
{
  return *(gint64 *) user_data - ((Count *) value)->last_at >= FORGET_AFTER;
}

static gboolean
is_small (gpointer key G_GNUC_UNUSED,
          gpointer value,
          gpointer user_data G_GNUC_UNUSED)
{
  return ((Count *) value)->n <= FREE_FAILURES;
}

/* Somebody who tries a new name each time fills the table with counts of one: those go first. */
static void
make_room (ForlopSignInGuard *self,
           gint64             now)
{
  if (g_hash_table_size (self->counts) < MAX_COUNTS)
    return;
  g_hash_table_foreach_remove (self->counts, is_forgotten, &now);
  if (g_hash_table_size (self->counts) < MAX_COUNTS)
    return;
  g_hash_table_foreach_remove (self->counts, is_small, NULL);
  if (g_hash_table_size (self->counts) >= MAX_COUNTS)
    g_hash_table_remove_all (self->counts);
}

/* @each: milliseconds after which one is forgotten, or 0. */
static void
count_one (ForlopSignInGuard *self,
           char              *key,
           gint64             each,
           gint64             now)
{
  Count *count = g_hash_table_lookup (self->counts, key);

  if (count == NULL)
    {
      count = g_new0 (Count, 1);
      g_hash_table_insert (self->counts, key, count);
    }
  else
    {
      if (now - count->last_at >= FORGET_AFTER)
        count->n = 0;
      else if (each > 0)
        count->n = MAX (0, count->n - (now - count->last_at) / each);
      g_free (key);
    }
  count->n++;
  count->last_at = now;
}

void
forlop_sign_in_guard_failed (ForlopSignInGuard         *self,
                             const ForlopSignInAttempt *attempt,
                             gint64                     now)
{
  g_return_if_fail (self != NULL && attempt != NULL);

  make_room (self, now);
  count_one (self, dup_key (attempt), 0, now);
  if (attempt->device_id != NULL)
    return;
  count_one (self, g_strconcat ("address ", attempt->address, NULL), FORLOP_MINUTE / ADDRESS_FAILURES, now);
  count_one (self, g_strconcat ("account ", attempt->account, NULL), FORLOP_MINUTE, now);
}

void
forlop_sign_in_guard_passed (ForlopSignInGuard         *self,
                             const ForlopSignInAttempt *attempt)
{
  g_autofree char *key = NULL;

  g_return_if_fail (self != NULL && attempt != NULL);

  key = dup_key (attempt);
  g_hash_table_remove (self->counts, key);
}

unsigned int
forlop_sign_in_guard_size (ForlopSignInGuard *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->counts);
}
