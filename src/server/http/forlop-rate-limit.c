/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-rate-limit.h"

typedef struct {
  double left;
  gint64 at_us;
} Bucket;

struct _ForlopRateLimit
{
  double per_second;
  double burst;
  GHashTable *buckets; /* owned text → Bucket */
};

ForlopRateLimit *
forlop_rate_limit_new (double per_second,
                       double burst)
{
  ForlopRateLimit *self;

  g_return_val_if_fail (per_second > 0 && burst >= 1, NULL);

  self = g_new0 (ForlopRateLimit, 1);
  self->per_second = per_second;
  self->burst = burst;
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
forlop_rate_limit_free (ForlopRateLimit *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->buckets);
  g_free (self);
}

static double
left_in (ForlopRateLimit *self,
         const Bucket    *bucket,
         gint64           now_us)
{
  double back = (double) (now_us - bucket->at_us) * self->per_second / G_USEC_PER_SEC;

  return MIN (self->burst, bucket->left + MAX (0.0, back));
}

gboolean
forlop_rate_limit_has (ForlopRateLimit *self,
                       const char      *key,
                       gint64           now_us,
                       gint64          *wait_ms)
{
  const Bucket *bucket;
  double left;

  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  bucket = g_hash_table_lookup (self->buckets, key);
  left = bucket != NULL ? left_in (self, bucket, now_us) : self->burst;
  *wait_ms = left >= 1.0 ? 0 : 1 + (gint64) ((1.0 - left) * 1000.0 / self->per_second);

  return left >= 1.0;
}

gboolean
forlop_rate_limit_take (ForlopRateLimit *self,
                        const char      *key,
                        gint64           now_us,
                        gint64          *wait_ms)
{
  Bucket *bucket;

  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  if (!forlop_rate_limit_has (self, key, now_us, wait_ms))
    return FALSE;
  bucket = g_hash_table_lookup (self->buckets, key);
  if (bucket == NULL)
    {
      bucket = g_new0 (Bucket, 1);
      bucket->left = self->burst;
      g_hash_table_insert (self->buckets, g_strdup (key), bucket);
    }
  else
    {
      bucket->left = left_in (self, bucket, now_us);
    }
  bucket->left -= 1.0;
  bucket->at_us = now_us;

  return TRUE;
}

void
forlop_rate_limit_forget (ForlopRateLimit *self,
                          gint64           now_us)
{
  GHashTableIter iter;
  gpointer bucket;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &bucket))
    if (left_in (self, bucket, now_us) >= self->burst)
      g_hash_table_iter_remove (&iter);
}
