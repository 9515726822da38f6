/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-access-chain.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-date.h"
#include "forlop-error.h"

void
forlop_server_access_row_free (ForlopServerAccessRow *self)
{
  if (self == NULL)
    return;

  g_free ((char *) self->access.user_id);
  g_free ((char *) self->access.role);
  g_free ((char *) self->access.unit_id);
  g_free ((char *) self->access.device_id);
  g_free ((char *) self->access.scope);
  g_free ((char *) self->access.kinds);
  g_free ((char *) self->access.action);
  g_free ((char *) self->access.reason);
  g_free ((char *) self->access.request_id);
  g_free ((char *) self->access.result);
  g_free (self);
}

static void
add_number (GChecksum *sum,
            gint64     number)
{
  gint64 bytes = GINT64_TO_LE (number);

  g_checksum_update (sum, (const guchar *) &bytes, sizeof bytes);
}

/* Each part goes in with its length, so that no two different rows make the same bytes. Empty text is
 * no text. */
static void
add_text (GChecksum  *sum,
          const char *text)
{
  gint64 length = text != NULL ? (gint64) strlen (text) : 0;

  add_number (sum, length);
  if (length > 0)
    g_checksum_update (sum, (const guchar *) text, length);
}

void
forlop_access_chain_hash (const ForlopServerAccess *access,
                          gint64                    n,
                          const guint8              previous[FORLOP_SYNC_HASH_BYTES],
                          guint8                    hash[FORLOP_SYNC_HASH_BYTES])
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = FORLOP_SYNC_HASH_BYTES;

  g_return_if_fail (access != NULL);

  g_checksum_update (sum, previous, FORLOP_SYNC_HASH_BYTES);
  add_number (sum, n);
  add_number (sum, access->at);
  add_number (sum, access->client_at);
  add_text (sum, access->user_id);
  add_text (sum, access->role);
  add_text (sum, access->unit_id);
  add_text (sum, access->device_id);
  add_text (sum, access->scope);
  add_text (sum, access->kinds);
  add_text (sum, access->action);
  add_text (sum, access->reason);
  add_text (sum, access->request_id);
  add_text (sum, access->result);
  g_checksum_get_digest (sum, hash, &length);
}

gboolean
forlop_access_chain_follows (const ForlopServerAccessRow *row,
                             gint64                       n,
                             guint8                       hash[FORLOP_SYNC_HASH_BYTES])
{
  guint8 expected[FORLOP_SYNC_HASH_BYTES];

  g_return_val_if_fail (row != NULL, FALSE);

  forlop_access_chain_hash (&row->access, n + 1, hash, expected);
  if (row->n != n + 1 || memcmp (row->previous, hash, sizeof expected) != 0 ||
      memcmp (row->hash, expected, sizeof expected) != 0)
    return FALSE;

  memcpy (hash, expected, sizeof expected);

  return TRUE;
}

/* The first row that is broken, what is wrong with it, and what to do. */
static void
set_error (gint64       n,
           const char  *what,
           GError     **error)
{
  g_autofree char *row = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_CONFLICT,
               _("The access log does not hang together at row %s: %s Somebody or something has changed it "
                 "outside the program. Everything in it is kept; tell the administrator, and compare with a "
                 "backup."), row, what);
}

void
forlop_access_chain_set_broken (const ForlopServerAccessRow  *row,
                                gint64                        n,
                                const guint8                  hash[FORLOP_SYNC_HASH_BYTES],
                                GError                      **error)
{
  g_autofree char *at = NULL;
  g_autofree char *what = NULL;

  g_return_if_fail (row != NULL);

  if (row->n != n + 1)
    {
      set_error (n + 1, _("it is missing."), error);
      return;
    }
  at = forlop_instant_format (row->access.at);
  what = memcmp (row->previous, hash, FORLOP_SYNC_HASH_BYTES) != 0
           ? g_strdup_printf (_("it says %s, and does not continue the row before it, which may be the changed one."), at)
           : g_strdup_printf (_("it says %s, and is not what was written."), at);
  set_error (n + 1, what, error);
}

void
forlop_access_chain_set_short (gint64   n,
                               gint64   expected,
                               GError **error)
{
  g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, expected);
  g_autofree char *what = g_strdup_printf (_("the log ends before it, and has had %s rows."), last);

  set_error (n + 1, what, error);
}

void
forlop_access_chain_set_other (gint64   n,
                               GError **error)
{
  set_error (n, _("it is not what a signed checkpoint says."), error);
}
