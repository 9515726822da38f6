/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-access-checkpoint.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "forlop-checkpoint.h"
#include "forlop-date.h"
#include "forlop-error.h"
#include "forlop-json.h"

G_STATIC_ASSERT (FORLOP_SIGNATURE_BYTES == crypto_sign_BYTES);
G_STATIC_ASSERT (FORLOP_AUDIT_KEY_BYTES == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (FORLOP_KEY_LENGTH == crypto_sign_SEEDBYTES);

static char *
dup_hex (const guint8 *bytes,
         gsize         length)
{
  char *text = g_malloc (2 * length + 1);

  return sodium_bin2hex (text, 2 * length + 1, bytes, length);
}

/* What is signed. */
static char *
dup_message (const ForlopServerCheckpoint *checkpoint)
{
  g_autofree char *hash = dup_hex (checkpoint->hash, sizeof checkpoint->hash);

  return forlop_checkpoint_dup_message (checkpoint->n, checkpoint->at, hash);
}

static void
make_keys (ForlopKey *key,
           guint8     public_key[crypto_sign_PUBLICKEYBYTES],
           guint8     secret_key[crypto_sign_SECRETKEYBYTES])
{
  g_autoptr (ForlopKey) seed = forlop_key_derive (key, "auditlog", 0);

  crypto_sign_seed_keypair (public_key, secret_key, forlop_key_get_bytes (seed));
}

void
forlop_access_checkpoint_public_key (ForlopKey *key,
                                     guint8     public_key[FORLOP_AUDIT_KEY_BYTES])
{
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];

  g_return_if_fail (key != NULL);

  make_keys (key, public_key, secret_key);
  sodium_memzero (secret_key, sizeof secret_key);
}

static void
sign (ForlopServerCheckpoint *checkpoint,
      ForlopKey              *key)
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
  g_autofree char *message = dup_message (checkpoint);

  make_keys (key, public_key, secret_key);
  crypto_sign_detached (checkpoint->signature, NULL, (const guint8 *) message, strlen (message), secret_key);
  sodium_memzero (secret_key, sizeof secret_key);
}

gboolean
forlop_access_checkpoint_is_signed (const ForlopServerCheckpoint *checkpoint,
                                    const guint8                  public_key[FORLOP_AUDIT_KEY_BYTES])
{
  g_autofree char *message = NULL;

  g_return_val_if_fail (checkpoint != NULL, FALSE);

  message = dup_message (checkpoint);

  return crypto_sign_verify_detached (checkpoint->signature, (const guint8 *) message, strlen (message),
                                      public_key) == 0;
}

static gboolean
is_due (const ForlopServerCheckpoint *last,
        gint64                        n,
        gint64                        now)
{
  if (last == NULL)
    return n > 0;

  return n >= last->n + FORLOP_CHECKPOINT_ROWS || (n > last->n && now >= last->at + FORLOP_CHECKPOINT_MS);
}

/* Inside a write transaction, so that the end of the chain stands still. */
static gboolean
keep (ForlopTenantStorage     *self,
      ForlopKey               *key,
      gint64                   now,
      ForlopServerCheckpoint **checkpoint,
      gboolean                *is_made,
      GError                 **error)
{
  ForlopServerCheckpoint *made;

  *is_made = FALSE;
  if (!forlop_tenant_storage_know_head (self, error) ||
      !self->funcs->last_checkpoint (&self->parent, checkpoint, error))
    return FALSE;
  if (!is_due (*checkpoint, self->state.access_n, now))
    return TRUE;

  made = g_new0 (ForlopServerCheckpoint, 1);
  made->n = self->state.access_n;
  made->at = now;
  memcpy (made->hash, self->state.access_hash, sizeof made->hash);
  sign (made, key);
  g_free (*checkpoint);
  *checkpoint = made;
  *is_made = TRUE;

  return self->funcs->put_checkpoint (&self->parent, made, error) &&
         self->parent.funcs->commit (&self->parent, error);
}

gboolean
forlop_access_checkpoint_keep (ForlopServerStorage     *storage,
                               ForlopKey               *key,
                               gint64                   now,
                               ForlopServerCheckpoint **checkpoint,
                               GError                 **error)
{
  gboolean is_kept, is_made;

  g_return_val_if_fail (storage != NULL && key != NULL && checkpoint != NULL, FALSE);

  *checkpoint = NULL;
  if (!storage->funcs->begin (storage, TRUE, error))
    return FALSE;
  is_kept = keep ((ForlopTenantStorage *) storage, key, now, checkpoint, &is_made, error);
  if (!is_kept || !is_made)
    storage->funcs->rollback (storage);
  if (!is_kept)
    g_clear_pointer (checkpoint, g_free);

  return is_kept;
}

char *
forlop_access_checkpoint_to_json (const ForlopServerCheckpoint *checkpoint,
                                  ForlopKey                    *key)
{
  guint8 public_key[FORLOP_AUDIT_KEY_BYTES];
  g_autofree char *at = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *public_text = NULL;

  g_return_val_if_fail (checkpoint != NULL && key != NULL, NULL);

  forlop_access_checkpoint_public_key (key, public_key);
  at = forlop_instant_to_iso (checkpoint->at);
  hash = dup_hex (checkpoint->hash, sizeof checkpoint->hash);
  signature = dup_hex (checkpoint->signature, sizeof checkpoint->signature);
  public_text = dup_hex (public_key, sizeof public_key);

  return g_strdup_printf ("{\"n\":%" G_GINT64_FORMAT ",\"at\":\"%s\",\"hash\":\"%s\",\"signature\":\"%s\","
                          "\"key\":\"%s\"}", checkpoint->n, at, hash, signature, public_text);
}

gboolean
forlop_access_checkpoint_newest (ForlopServerStorage  *storage,
                                 ForlopKey            *key,
                                 char                **text,
                                 GError              **error)
{
  g_autofree ForlopServerCheckpoint *checkpoint = NULL;
  gboolean is_read;

  g_return_val_if_fail (storage != NULL && key != NULL && text != NULL, FALSE);

  *text = NULL;
  if (!storage->funcs->begin (storage, FALSE, error))
    return FALSE;
  is_read = ((ForlopTenantStorage *) storage)->funcs->last_checkpoint (storage, &checkpoint, error);
  storage->funcs->rollback (storage);
  if (is_read && checkpoint != NULL)
    *text = forlop_access_checkpoint_to_json (checkpoint, key);

  return is_read;
}

gboolean
forlop_access_checkpoint_prove (ForlopServerStorage  *storage,
                                ForlopKey            *key,
                                gint64                n,
                                char                **text,
                                GError              **error)
{
  g_autofree ForlopServerCheckpoint *checkpoint = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *newest = NULL;
  g_autofree char *known = NULL;
  gboolean is_read;

  g_return_val_if_fail (storage != NULL && key != NULL && text != NULL, FALSE);

  if (!storage->funcs->begin (storage, FALSE, error))
    return FALSE;
  is_read = ((ForlopTenantStorage *) storage)->funcs->last_checkpoint (storage, &checkpoint, error);
  rows = is_read ? forlop_tenant_storage_list_access (storage, NULL, n - 1, 1, error) : NULL;
  storage->funcs->rollback (storage);
  if (rows == NULL)
    return FALSE;

  newest = checkpoint != NULL ? forlop_access_checkpoint_to_json (checkpoint, key) : g_strdup ("null");
  if (rows->len == 1 && ((const ForlopServerAccessRow *) g_ptr_array_index (rows, 0))->n == n)
    known = dup_hex (((const ForlopServerAccessRow *) g_ptr_array_index (rows, 0))->hash, FORLOP_SYNC_HASH_BYTES);
  *text = known != NULL ? g_strdup_printf ("{\"known\":\"%s\",\"checkpoint\":%s}", known, newest)
                        : g_strdup_printf ("{\"checkpoint\":%s}", newest);

  return TRUE;
}

/* Whether the log has row @n, and with this hash. */
static gboolean
check_row (ForlopServerStorage  *storage,
           gint64                n,
           const guint8          hash[FORLOP_SYNC_HASH_BYTES],
           GError              **error)
{
  ForlopTenantStorage *self = (ForlopTenantStorage *) storage;
  g_autoptr (GPtrArray) rows = forlop_tenant_storage_list_access (storage, NULL, n - 1, 1, error);
  const ForlopServerAccessRow *row = rows != NULL && rows->len == 1 ? g_ptr_array_index (rows, 0) : NULL;

  if (rows == NULL || !forlop_tenant_storage_know_head (self, error))
    return FALSE;
  if (row != NULL && row->n == n && memcmp (row->hash, hash, FORLOP_SYNC_HASH_BYTES) == 0)
    return TRUE;
  if (row == NULL)
    forlop_access_chain_set_short (MIN (self->state.access_n, n - 1), n, error);
  else
    forlop_access_chain_set_other (n, error);

  return FALSE;
}

static gboolean
check_one (ForlopServerStorage           *storage,
           const ForlopServerCheckpoint  *checkpoint,
           const guint8                   public_key[FORLOP_AUDIT_KEY_BYTES],
           GError                       **error)
{
  if (!check_row (storage, checkpoint->n, checkpoint->hash, error))
    return FALSE;
  if (forlop_access_checkpoint_is_signed (checkpoint, public_key))
    return TRUE;
  forlop_access_chain_set_other (checkpoint->n, error);

  return FALSE;
}

gboolean
forlop_access_checkpoint_read_remembered (const char *text,
                                          gint64     *n,
                                          guint8      hash[FORLOP_SYNC_HASH_BYTES])
{
  const char *colon;
  g_autofree char *number = NULL;
  gsize length = 0;

  g_return_val_if_fail (text != NULL && n != NULL, FALSE);

  colon = strchr (text, ':');
  if (colon == NULL || strlen (colon + 1) != 2 * FORLOP_SYNC_HASH_BYTES)
    return FALSE;
  number = g_strndup (text, colon - text);

  return g_ascii_string_to_signed (number, 10, 1, G_MAXINT64, n, NULL) &&
         sodium_hex2bin (hash, FORLOP_SYNC_HASH_BYTES, colon + 1, strlen (colon + 1), NULL, &length, NULL) == 0 &&
         length == FORLOP_SYNC_HASH_BYTES;
}

gboolean
forlop_access_checkpoint_has (ForlopServerStorage  *storage,
                              gint64                n,
                              const guint8          hash[FORLOP_SYNC_HASH_BYTES],
                              GError              **error)
{
  gboolean has;

  g_return_val_if_fail (storage != NULL, FALSE);

  if (!storage->funcs->begin (storage, FALSE, error))
    return FALSE;
  has = check_row (storage, n, hash, error);
  storage->funcs->rollback (storage);

  return has;
}

gboolean
forlop_access_checkpoint_verify (ForlopServerStorage  *storage,
                                 ForlopKey            *key,
                                 gint64               *n_checkpoints,
                                 GError              **error)
{
  ForlopTenantStorage *self = (ForlopTenantStorage *) storage;
  guint8 public_key[FORLOP_AUDIT_KEY_BYTES];
  g_autoptr (GPtrArray) checkpoints = NULL;
  gboolean fits;

  g_return_val_if_fail (storage != NULL && key != NULL && n_checkpoints != NULL, FALSE);

  forlop_access_checkpoint_public_key (key, public_key);
  if (!storage->funcs->begin (storage, FALSE, error))
    return FALSE;
  checkpoints = self->funcs->list_checkpoints (storage, 0, error);
  fits = checkpoints != NULL;
  for (unsigned int i = 0; fits && i < checkpoints->len; i++)
    fits = check_one (storage, g_ptr_array_index (checkpoints, i), public_key, error);
  storage->funcs->rollback (storage);
  if (fits)
    *n_checkpoints = checkpoints->len;

  return fits;
}
