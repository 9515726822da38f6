/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib-object.h>

#include "forlop-date.h"
#include "forlop-record-type.h"

G_BEGIN_DECLS

/* A record is an id and the values its type declares. For every record type there is a GObject
 * class whose properties are the declared fields, so that the interface can bind to them.
 *
 * A record that a store handed out is shared between threads and is never changed; to change one,
 * copy it. Reading a field the type does not declare is a programming error and aborts. */

#define FORLOP_TYPE_RECORD (forlop_record_get_type ())
G_DECLARE_DERIVABLE_TYPE (ForlopRecord, forlop_record, FORLOP, RECORD, GObject)

struct _ForlopRecordClass
{
  GObjectClass parent_class;
  const ForlopRecordType *type;
  GParamSpec **properties; /* of the declared fields, in their order */
};

GType                   forlop_record_type_get_gtype (const ForlopRecordType *type);

ForlopRecord           *forlop_record_new         (const ForlopRecordType *type,
                                                   const char             *id) G_GNUC_WARN_UNUSED_RESULT;
ForlopRecord           *forlop_record_copy        (ForlopRecord *self) G_GNUC_WARN_UNUSED_RESULT;
const ForlopRecordType *forlop_record_get_rtype   (ForlopRecord *self);
const char             *forlop_record_get_id      (ForlopRecord *self);
gboolean                forlop_record_is          (ForlopRecord *self,
                                                   const char   *type_name);
/* Opaque tag of the changeset that made the present value; NULL for a record not yet stored. */
const char             *forlop_record_get_vtag    (ForlopRecord *self);
void                    forlop_record_set_vtag    (ForlopRecord *self,
                                                   const char   *vtag);
const char             *forlop_record_get_field_vtag (ForlopRecord *self,
                                                      const char   *field);
void                    forlop_record_set_field_vtag (ForlopRecord *self,
                                                      const char   *field,
                                                      const char   *vtag);

char                   *forlop_record_dup_field_vtags (ForlopRecord *self) G_GNUC_WARN_UNUSED_RESULT;
void                    forlop_record_fill_field_vtags (ForlopRecord *self,
                                                        const char   *json);
void                    forlop_record_copy_field  (ForlopRecord *self,
                                                   ForlopRecord *from,
                                                   const char   *field);
void                    forlop_record_copy_fields (ForlopRecord *self,
                                                   ForlopRecord *from);

gboolean    forlop_record_has         (ForlopRecord *self,
                                       const char   *field);
/* text kinds: NULL when empty; borrowed */
const char *forlop_record_get_text    (ForlopRecord *self,
                                       const char   *field);
/* 0 when empty: ask forlop_record_has() where 0 is a value */
gint64      forlop_record_get_integer (ForlopRecord *self,
                                       const char   *field);
gboolean    forlop_record_get_boolean (ForlopRecord *self,
                                       const char   *field);
double      forlop_record_get_real    (ForlopRecord *self,
                                       const char   *field);
/* FORLOP_DATE_NONE when empty */
ForlopDate  forlop_record_get_date    (ForlopRecord *self,
                                       const char   *field);
/* FORLOP_INSTANT_NONE when empty */
gint64      forlop_record_get_instant (ForlopRecord *self,
                                       const char   *field);
gboolean    forlop_record_text_is     (ForlopRecord *self,
                                       const char   *field,
                                       const char   *value);

void        forlop_record_clear       (ForlopRecord *self,
                                       const char   *field);
/* Empties a field on purpose, so that an act takes the value away; see the function. */
void        forlop_record_set_emptied (ForlopRecord *self,
                                       const char   *field);
gboolean    forlop_record_is_emptied  (ForlopRecord *self,
                                       const char   *field);
void        forlop_record_set_text    (ForlopRecord *self,
                                       const char   *field,
                                       const char   *value);
void        forlop_record_set_integer (ForlopRecord *self,
                                       const char   *field,
                                       gint64        value);
void        forlop_record_set_boolean (ForlopRecord *self,
                                       const char   *field,
                                       gboolean      value);
void        forlop_record_set_real    (ForlopRecord *self,
                                       const char   *field,
                                       double        value);
void        forlop_record_set_date    (ForlopRecord *self,
                                       const char   *field,
                                       ForlopDate    value);
void        forlop_record_set_instant (ForlopRecord *self,
                                       const char   *field,
                                       gint64        value);
gboolean    forlop_record_field_equal (ForlopRecord *self,
                                       ForlopRecord *other,
                                       const char   *field);
/* Every rule the declarations state: required, kind, choice, range, length. The message names the
 * field and says what to write. */
gboolean    forlop_record_validate    (ForlopRecord  *self,
                                       GError       **error);

G_END_DECLS
