/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-base"

#include "forlop-id.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

/* An id of version 7 holds 48 bits of milliseconds, then (around the version and variant bits) 74
 * free bits. The first 42 of those are a counter that starts anywhere in its lower half and counts
 * up within one millisecond; the other 32 are random in every id. */

#define COUNTER_BITS 42
#define COUNTER_LIMIT (G_GUINT64_CONSTANT (1) << COUNTER_BITS)
#define TIME_LIMIT (G_GINT64_CONSTANT (1) << 48)

struct _ForlopIdSource
{
  gatomicrefcount ref_count;
  gboolean seeded;

  GMutex mutex; /* guards what follows */
  guint64 state;
  gint64 last_ms;
  guint64 counter;
};

static ForlopIdSource *
id_source_new (gboolean seeded,
               guint64  seed)
{
  ForlopIdSource *self = g_new0 (ForlopIdSource, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->seeded = seeded;
  self->state = seed;
  self->last_ms = -1;
  return self;
}

/* SplitMix64: adds a constant to the state and mixes the sum. */
static guint64
next_seeded (ForlopIdSource *self)
{
  guint64 mixed = self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  mixed = (mixed ^ (mixed >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  mixed = (mixed ^ (mixed >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return mixed ^ (mixed >> 31);
}

static guint64
next_random (ForlopIdSource *self)
{
  guint64 value = 0;
  ssize_t n_read;

  if (self->seeded)
    return next_seeded (self);

  do
    n_read = getrandom (&value, sizeof value, 0);
  while (n_read < 0 && errno == EINTR);

  if (n_read != sizeof value)
    g_error ("The system gives no random numbers: %s", g_strerror (errno));

  return value;
}

/**
 * forlop_id_source_new_system:
 *
 * Returns: (transfer full): a source of ids that nobody can guess
 */
ForlopIdSource *
forlop_id_source_new_system (void)
{
  return id_source_new (FALSE, 0);
}

/**
 * forlop_id_source_new_seeded:
 * @seed: any number
 *
 * For tests, the demo and simulation.
 *
 * Returns: (transfer full): a source that gives the same ids for the same seed and instants
 */
ForlopIdSource *
forlop_id_source_new_seeded (guint64 seed)
{
  return id_source_new (TRUE, seed);
}

/**
 * forlop_id_source_ref:
 * @self: a source
 *
 * Returns: (transfer full): @self
 */
ForlopIdSource *
forlop_id_source_ref (ForlopIdSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * forlop_id_source_unref:
 * @self: (transfer full): a source
 */
void
forlop_id_source_unref (ForlopIdSource *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
advance (ForlopIdSource *self,
         gint64          at_ms)
{
  /* A clock that was set back must not make ids that sort before earlier ones. */
  if (at_ms <= self->last_ms && ++self->counter < COUNTER_LIMIT)
    return;

  self->last_ms = MAX (at_ms, self->last_ms + 1);
  self->counter = next_random (self) % (COUNTER_LIMIT / 2);
}

static void
put_bits (guint8  *bytes,
          guint64  value,
          int      n_bytes)
{
  for (int i = 0; i < n_bytes; i++)
    bytes[i] = value >> (8 * (n_bytes - 1 - i));
}

/**
 * forlop_id_source_next:
 * @self: a source
 * @at_ms: the instant the thing is made, from 1970 on
 *
 * Makes a UUID of version 7 (RFC 9562). Ids of one source always ascend, also within one
 * millisecond and when @at_ms goes backwards.
 *
 * Returns: (transfer full): a new id
 */
char *
forlop_id_source_next (ForlopIdSource *self,
                       gint64          at_ms)
{
  guint8 bytes[16];

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (at_ms >= 0 && at_ms < TIME_LIMIT, NULL);

  g_mutex_lock (&self->mutex);
  advance (self, at_ms);

  guint64 high_counter = self->counter >> 30;
  guint64 low_counter = self->counter & 0x3fffffff;

  put_bits (bytes, self->last_ms, 6);
  put_bits (bytes + 6, 0x7000 | high_counter, 2);
  put_bits (bytes + 8, 0x80000000 | low_counter, 4);
  put_bits (bytes + 12, next_random (self) >> 32, 4);
  g_mutex_unlock (&self->mutex);

  return forlop_id_from_bytes (bytes);
}

/* Where the two digits of each byte stand; what is between is hyphens. */
static const guint8 places[16] = { 0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34 };

static int
nibble_of (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';

  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/**
 * forlop_id_is_valid:
 * @id: (nullable): text
 *
 * Returns: whether @id is a UUID in lower-case text, of any version
 */
gboolean
forlop_id_is_valid (const char *id)
{
  guint8 bytes[16];

  return forlop_id_to_bytes (id, bytes);
}

/**
 * forlop_id_to_bytes:
 * @id: (nullable): text
 * @bytes: (out): the sixteen bytes that the database keeps
 *
 * Returns: %FALSE unless @id is a UUID in lower-case text
 */
gboolean
forlop_id_to_bytes (const char *id,
                    guint8      bytes[16])
{
  if (id == NULL || strnlen (id, FORLOP_ID_LENGTH + 1) != FORLOP_ID_LENGTH)
    return FALSE;
  if (id[8] != '-' || id[13] != '-' || id[18] != '-' || id[23] != '-')
    return FALSE;

  for (unsigned int i = 0; i < G_N_ELEMENTS (places); i++)
    {
      int high = nibble_of (id[places[i]]);
      int low = nibble_of (id[places[i] + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      bytes[i] = (guint8) (high << 4 | low);
    }

  return TRUE;
}

/**
 * forlop_id_from_bytes:
 * @bytes: sixteen bytes
 *
 * Returns: (transfer full): the id as lower-case text
 */
char *
forlop_id_from_bytes (const guint8 bytes[16])
{
  static const char digits[] = "0123456789abcdef";

  g_return_val_if_fail (bytes != NULL, NULL);

  char *id = g_malloc (FORLOP_ID_LENGTH + 1);

  id[8] = id[13] = id[18] = id[23] = '-';
  for (unsigned int i = 0; i < G_N_ELEMENTS (places); i++)
    {
      id[places[i]] = digits[bytes[i] >> 4];
      id[places[i] + 1] = digits[bytes[i] & 0xf];
    }
  id[FORLOP_ID_LENGTH] = '\0';

  return id;
}

/**
 * forlop_id_derive:
 * @base_id: the id of what it is derived from
 * @rule: the name of the rule that derives it
 *
 * Two judges that derive the same thing get the same id: a UUID of version 8 from the SHA-256 of
 * the base id's bytes and @rule.
 *
 * Returns: (transfer full) (nullable): an id
 */
char *
forlop_id_derive (const char *base_id,
                  const char *rule)
{
  g_autoptr (GChecksum) checksum = NULL;
  guint8 base[16], digest[32];
  gsize digest_length = sizeof digest;

  g_return_val_if_fail (rule != NULL, NULL);
  g_return_val_if_fail (forlop_id_to_bytes (base_id, base), NULL);

  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, base, sizeof base);
  g_checksum_update (checksum, (const guchar *) rule, strlen (rule));
  g_checksum_get_digest (checksum, digest, &digest_length);

  digest[6] = 0x80 | (digest[6] & 0x0f);
  digest[8] = 0x80 | (digest[8] & 0x3f);
  return forlop_id_from_bytes (digest);
}
