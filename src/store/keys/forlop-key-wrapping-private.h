/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <sodium.h>
#include <yyjson.h>

#include "forlop-key.h"
#include "forlop-keyring.h"

G_BEGIN_DECLS

/* One wrapping of a data key: XChaCha20-Poly1305 under a key made of a passphrase, or of a PIN and a
 * secret. What the wrapping says of itself is sealed with it. */

#define FORLOP_KEY_WRAPPING_BOX \
  (FORLOP_KEY_LENGTH + crypto_aead_xchacha20poly1305_ietf_ABYTES)

typedef struct {
  ForlopKeyringKind kind;
  ForlopKeyringCost cost;
  guint8 salt[crypto_pwhash_SALTBYTES];
  guint8 nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];
  guint8 box[FORLOP_KEY_WRAPPING_BOX];
} ForlopKeyWrapping;

/* @phrase: the passphrase or PIN. @secret: (nullable): what the PIN is worth nothing without. */
ForlopKeyWrapping *forlop_key_wrapping_new     (ForlopKeyringKind         kind,
                                                const char               *store_id,
                                                ForlopKey                *data_key,
                                                ForlopKey                *secret,
                                                const char               *phrase,
                                                const ForlopKeyringCost  *cost,
                                                GError                  **error)
                                                G_GNUC_WARN_UNUSED_RESULT;
ForlopKey         *forlop_key_wrapping_unwrap  (const ForlopKeyWrapping  *self,
                                                const char               *store_id,
                                                ForlopKey                *secret,
                                                const char               *phrase,
                                                GError                  **error)
                                                G_GNUC_WARN_UNUSED_RESULT;

/* NULL where @object is no wrapping this version understands. */
ForlopKeyWrapping *forlop_key_wrapping_read    (yyjson_val               *object)
                                                G_GNUC_WARN_UNUSED_RESULT;
yyjson_mut_val    *forlop_key_wrapping_write   (const ForlopKeyWrapping  *self,
                                                yyjson_mut_doc           *doc);

/* Binary fields of the side file are base64. */
void               forlop_key_wrapping_add_bytes  (yyjson_mut_doc  *doc,
                                                   yyjson_mut_val  *object,
                                                   const char      *key,
                                                   const guint8    *bytes,
                                                   gsize            length);
gboolean           forlop_key_wrapping_get_bytes  (yyjson_val      *object,
                                                   const char      *key,
                                                   guint8          *bytes,
                                                   gsize            length);

G_END_DECLS
