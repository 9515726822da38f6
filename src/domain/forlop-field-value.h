/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <yyjson.h>

#include "forlop-record.h"

G_BEGIN_DECLS

/* The value of one field in JSON (wire, command line), in text that a person typed (forms, CSV) and
 * in text that a person reads. Dates and instants are ISO text in JSON. */

gboolean        forlop_field_check_text     (const ForlopField  *field,
                                             const char         *text,
                                             GError            **error);
gboolean        forlop_field_check_number   (const ForlopField  *field,
                                             double              number,
                                             GError            **error);

gboolean        forlop_record_set_json      (ForlopRecord       *self,
                                             const char         *field,
                                             yyjson_val         *value,
                                             GError            **error);
yyjson_mut_val *forlop_record_get_json      (ForlopRecord       *self,
                                             const char         *field,
                                             yyjson_mut_doc     *doc);
gboolean        forlop_record_set_typed     (ForlopRecord       *self,
                                             const char         *field,
                                             const char         *typed,
                                             ForlopDate          today,
                                             GError            **error);
char           *forlop_record_dup_shown     (ForlopRecord       *self,
                                             const char         *field) G_GNUC_WARN_UNUSED_RESULT;
char           *forlop_record_dup_typed     (ForlopRecord       *self,
                                             const char         *field) G_GNUC_WARN_UNUSED_RESULT;

gboolean        forlop_record_fill_json     (ForlopRecord       *self,
                                             yyjson_val         *object,
                                             GError            **error);
yyjson_mut_val *forlop_record_to_json       (ForlopRecord       *self,
                                             yyjson_mut_doc     *doc);

G_END_DECLS
