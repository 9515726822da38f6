/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>
#include <yyjson.h>

#include "forlop-clock.h"
#include "forlop-field-row.h"
#include "forlop-record.h"

G_BEGIN_DECLS

/* A form made from the declarations of a record's fields, in groups. It is filled with what is
 * known, says what is wrong beside the field, and gives what was written as JSON or as a draft.
 * Ctrl+Return asks for saving. */

#define FORLOP_TYPE_FORM (forlop_form_get_type ())
G_DECLARE_FINAL_TYPE (ForlopForm, forlop_form, FORLOP, FORM, AdwBin)

GtkWidget      *forlop_form_new         (ForlopClock             *clock) G_GNUC_WARN_UNUSED_RESULT;
/* The fields of @names in their order, ended by NULL; @table is the record's declaration. */
void            forlop_form_add_group   (ForlopForm              *self,
                                         const char              *title,
                                         const ForlopRecordType  *table,
                                         const char *const       *names);
/* All fields but those of @skip, which may be NULL. */
void            forlop_form_add_all     (ForlopForm              *self,
                                         const char              *title,
                                         const ForlopRecordType  *table,
                                         const char *const       *skip);
/* One field that need not belong to a record, in the last group. */
ForlopFieldRow *forlop_form_add_field   (ForlopForm              *self,
                                         const ForlopField       *field);
/* NULL when the form has no such field. */
ForlopFieldRow *forlop_form_get_row     (ForlopForm              *self,
                                         const char              *name);

/* Fills the form; what the form does not have is left out. Not a change by the user. */
void            forlop_form_load_record (ForlopForm              *self,
                                         ForlopRecord            *record);
void            forlop_form_load_json   (ForlopForm              *self,
                                         yyjson_val              *object);
/* Shows every mistake beside its field and goes to the first. */
gboolean        forlop_form_validate    (ForlopForm              *self,
                                         GError                 **error);
/* The values as a JSON object. A field that was emptied is null, one that never had a value is
 * left out. NULL when something is wrong, and then it is shown. */
yyjson_mut_doc *forlop_form_collect     (ForlopForm              *self,
                                         GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
/* What an act said: beside the field, or above the form when @name is NULL or unknown. */
void            forlop_form_set_error   (ForlopForm              *self,
                                         const char              *name,
                                         const char              *sentence);

/* Whether the user changed anything since the form was filled. */
gboolean        forlop_form_get_changed (ForlopForm              *self);
/* What is typed, as JSON text; kept by whoever keeps drafts. */
char           *forlop_form_dup_draft   (ForlopForm              *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean        forlop_form_load_draft  (ForlopForm              *self,
                                         const char              *draft);
void            forlop_form_save        (ForlopForm              *self);

G_END_DECLS
