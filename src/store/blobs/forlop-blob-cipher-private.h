/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

#include "forlop-key.h"

G_BEGIN_DECLS

/* The encrypted form of a blob: a mark, the header of an XChaCha20-Poly1305 stream and its chunks,
 * the last of them marked, so that a shortened file is noticed. */

GByteArray *forlop_blob_cipher_seal (ForlopKey  *key,
                                     GBytes     *contents) G_GNUC_WARN_UNUSED_RESULT;
/* NULL when it is not what was sealed. */
GBytes     *forlop_blob_cipher_open (ForlopKey  *key,
                                     GBytes     *sealed) G_GNUC_WARN_UNUSED_RESULT;
/* Of how many bytes the sealed form of @length bytes is. */
gsize       forlop_blob_cipher_size (gsize       length);

G_END_DECLS
