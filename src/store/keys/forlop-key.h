/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A secret of 32 bytes in locked memory that is wiped when the last reference goes. It is never
 * changed after it is made and may be shared between threads. */

#define FORLOP_KEY_LENGTH 32

typedef struct _ForlopKey ForlopKey;

ForlopKey    *forlop_key_new_random (void) G_GNUC_WARN_UNUSED_RESULT;
/* Copies @bytes; the caller wipes its own copy. */
ForlopKey    *forlop_key_new        (const guint8      bytes[FORLOP_KEY_LENGTH])
                                     G_GNUC_WARN_UNUSED_RESULT;
/* An independent key for another purpose: @purpose is exactly eight characters. */
ForlopKey    *forlop_key_derive     (const ForlopKey  *self,
                                     const char       *purpose,
                                     guint64           number) G_GNUC_WARN_UNUSED_RESULT;
ForlopKey    *forlop_key_ref        (ForlopKey        *self);
void          forlop_key_unref      (ForlopKey        *self);
/* FORLOP_KEY_LENGTH bytes, borrowed. */
const guint8 *forlop_key_get_bytes  (const ForlopKey  *self);
gboolean      forlop_key_equal      (const ForlopKey  *self,
                                     const ForlopKey  *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopKey, forlop_key_unref)

G_END_DECLS
