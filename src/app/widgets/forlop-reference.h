/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Something one can refer to: the id of a record and what people call it. Immutable. */

#define FORLOP_TYPE_REFERENCE (forlop_reference_get_type ())
G_DECLARE_FINAL_TYPE (ForlopReference, forlop_reference, FORLOP, REFERENCE, GObject)

ForlopReference *forlop_reference_new       (const char      *id,
                                             const char      *label) G_GNUC_WARN_UNUSED_RESULT;
const char      *forlop_reference_get_id    (ForlopReference *self);
const char      *forlop_reference_get_label (ForlopReference *self);

G_END_DECLS
