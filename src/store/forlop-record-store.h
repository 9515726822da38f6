/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-changeset.h"
#include "forlop-connection.h"

G_BEGIN_DECLS

/* Declared records in their tables. The statements are made from the declarations, so a field that
 * is declared is stored; values only ever go in as parameters. */

ForlopRecord *forlop_record_store_load   (ForlopConnection *connection,
                                          const char       *type,
                                          const char       *id,
                                          GError          **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopRecord *forlop_record_store_peek   (ForlopConnection *connection,
                                          const ForlopRecordType *type,
                                          const char       *id,
                                          GError          **error) G_GNUC_WARN_UNUSED_RESULT;
ForlopRecord *forlop_record_store_find   (ForlopConnection *connection,
                                          const char       *type,
                                          const char       *field,
                                          const char       *value,
                                          GError          **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *forlop_record_store_list   (ForlopConnection *connection,
                                          const char       *type,
                                          const char       *field,
                                          const char       *value,
                                          GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      forlop_record_store_insert (ForlopConnection *connection,
                                          ForlopRecord     *record,
                                          gboolean         *is_new,
                                          GError          **error);
gboolean      forlop_record_store_write  (ForlopConnection *connection,
                                          const ForlopOperation *operation,
                                          GError          **error);
gboolean      forlop_record_store_erase  (ForlopConnection *connection,
                                          const ForlopRecordType *type,
                                          const char       *id,
                                          GError          **error);
gboolean      forlop_record_store_claims (ForlopConnection *connection,
                                          const ForlopOperation *operation,
                                          GError          **error);

G_END_DECLS
