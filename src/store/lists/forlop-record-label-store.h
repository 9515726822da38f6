/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-record-type.h"

G_BEGIN_DECLS

/* What people call a record: the name of a unit, the title of a template, the number of a case. */

/* The field a record of this type is called by, or NULL. */
const ForlopField *forlop_record_label_field (const ForlopRecordType *type);
/* NULL without an error when there is no such record or nothing to call it by. */
char              *forlop_record_label_dup   (ForlopConnection       *connection,
                                              const char             *type,
                                              const char             *id,
                                              GError                **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
