/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-checkpoint.h"

#include <sodium.h>
#include <string.h>

char *
forlop_checkpoint_dup_message (gint64      n,
                               gint64      at,
                               const char *hash)
{
  return g_strdup_printf ("forlop access log\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%s\n", n, at, hash);
}

static gboolean
read_hex (const char *text,
          guint8     *bytes,
          gsize       length)
{
  gsize n = 0;
  const char *end = NULL;

  return text != NULL && strlen (text) == 2 * length &&
         sodium_hex2bin (bytes, length, text, strlen (text), NULL, &n, &end) == 0 && n == length;
}

gboolean
forlop_checkpoint_is_signed (const ForlopSyncCheckpoint *self)
{
  guint8 signature[crypto_sign_BYTES];
  guint8 key[crypto_sign_PUBLICKEYBYTES];
  g_autofree char *message = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->hash == NULL || !read_hex (self->signature, signature, sizeof signature) ||
      !read_hex (self->key, key, sizeof key))
    return FALSE;
  message = forlop_checkpoint_dup_message (self->n, self->at, self->hash);

  return crypto_sign_verify_detached (signature, (const guint8 *) message, strlen (message), key) == 0;
}

typedef struct {
  gint64 n;
  char *hash;
  char *key;
} Remembered;

static void
remembered_clear (Remembered *self)
{
  g_free (self->hash);
  g_free (self->key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Remembered, remembered_clear)

static gboolean
load (ForlopConnection  *connection,
      Remembered        *remembered,
      GError           **error)
{
  static const char sql[] = "SELECT checkpoint_n, checkpoint_hash, checkpoint_key FROM sync_state";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL || !forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      remembered->n = forlop_statement_get_integer (statement, 0);
      remembered->hash = forlop_statement_dup_text (statement, 1);
      remembered->key = forlop_statement_dup_text (statement, 2);
    }

  return TRUE;
}

static gboolean
remember (ForlopConnection            *connection,
          const ForlopSyncCheckpoint  *checkpoint,
          GError                     **error)
{
  static const char sql[] =
    "UPDATE sync_state SET checkpoint_n = ?1, checkpoint_seen = ?1, checkpoint_hash = ?2, checkpoint_key = ?3";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, checkpoint->n);
  forlop_statement_bind_text (statement, 2, checkpoint->hash);
  forlop_statement_bind_text (statement, 3, checkpoint->key);

  return forlop_statement_execute (statement, error);
}

/* What is remembered stays: it is what somebody has to compare with. */
static gboolean
note_differs (ForlopConnection  *connection,
              GError           **error)
{
  forlop_connection_touch (connection, "sync_state");

  return forlop_connection_execute (connection, "UPDATE sync_state SET log_differs = 1", error);
}

static gboolean
note_seen (ForlopConnection  *connection,
           gint64             n,
           GError           **error)
{
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (connection, "UPDATE sync_state SET checkpoint_seen = ?1", error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_integer (statement, 1, n);

  return forlop_statement_execute (statement, error);
}

gboolean
forlop_checkpoint_store_see (ForlopConnection            *connection,
                             const ForlopSyncCheckpoint  *checkpoint,
                             GError                     **error)
{
  g_auto (Remembered) remembered = { 0 };

  g_return_val_if_fail (connection != NULL && checkpoint != NULL, FALSE);

  if (!load (connection, &remembered, error))
    return FALSE;
  if (remembered.n == 0 && checkpoint->n == 0)
    return TRUE;
  if (checkpoint->n < remembered.n || !forlop_checkpoint_is_signed (checkpoint))
    return note_differs (connection, error);
  if (remembered.n == 0)
    return remember (connection, checkpoint, error);
  if (g_strcmp0 (checkpoint->key, remembered.key) != 0 ||
      (checkpoint->n == remembered.n && g_strcmp0 (checkpoint->hash, remembered.hash) != 0))
    return note_differs (connection, error);

  return note_seen (connection, checkpoint->n, error);
}

gboolean
forlop_checkpoint_store_prove (ForlopConnection       *connection,
                               const ForlopSyncProof  *proof,
                               GError                **error)
{
  g_auto (Remembered) remembered = { 0 };

  g_return_val_if_fail (connection != NULL && proof != NULL, FALSE);

  if (!load (connection, &remembered, error))
    return FALSE;
  if (g_strcmp0 (proof->known, remembered.hash) != 0 || proof->newest.n < remembered.n ||
      g_strcmp0 (proof->newest.key, remembered.key) != 0 || !forlop_checkpoint_is_signed (&proof->newest))
    return note_differs (connection, error);

  return remember (connection, &proof->newest, error);
}

gboolean
forlop_checkpoint_store_forget (ForlopConnection  *connection,
                                GError           **error)
{
  static const char sql[] =
    "UPDATE sync_state SET checkpoint_n = 0, checkpoint_seen = 0, checkpoint_hash = NULL, checkpoint_key = NULL";

  g_return_val_if_fail (connection != NULL, FALSE);

  return forlop_connection_execute (connection, sql, error);
}

char *
forlop_checkpoint_store_dup_remembered (ForlopConnection  *connection,
                                        GError           **error)
{
  g_auto (Remembered) remembered = { 0 };

  g_return_val_if_fail (connection != NULL, NULL);

  if (!load (connection, &remembered, error))
    return NULL;

  return remembered.n > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT ":%s", remembered.n, remembered.hash) : g_strdup ("");
}
