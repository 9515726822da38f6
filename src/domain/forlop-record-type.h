/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-field.h"

G_BEGIN_DECLS

/**
 * ForlopScopeKind:
 * @FORLOP_SCOPE_CITIZEN: The citizen's whole record, `c:<citizen_id>`; what has an `apart_id` is kept apart from
 *   it with a blocked note, `n:<citizen_id>:<note_id>`.
 * @FORLOP_SCOPE_DELIVERY: The delivery side of a case, `d:<case_id>`: no clinical data.
 * @FORLOP_SCOPE_USER: One user's own things, `u:<user_id>`.
 * @FORLOP_SCOPE_UNIT: A unit's worklist, `org:<unit_id>`.
 * @FORLOP_SCOPE_EQUIPMENT: The equipment register without names, `eq`.
 * @FORLOP_SCOPE_FIGURES: Figures without names, `fig`.
 * @FORLOP_SCOPE_CATALOG: Code lists, organisation and templates, `cat`.
 *
 * The unit of access and transfer. A record type has one; the field that names the owner is
 * citizen_id, case_id, user_id or unit_id.
 */
typedef enum {
  FORLOP_SCOPE_CITIZEN,
  FORLOP_SCOPE_DELIVERY,
  FORLOP_SCOPE_USER,
  FORLOP_SCOPE_UNIT,
  FORLOP_SCOPE_EQUIPMENT,
  FORLOP_SCOPE_FIGURES,
  FORLOP_SCOPE_CATALOG,
} ForlopScopeKind;

/**
 * ForlopClaim:
 *
 * A unique claim: of the records of this type for which @when_null (if any) is empty, only one may
 * have the same values in @fields. The server decides claims before anything else.
 */
typedef struct {
  const char *name;
  const char *fields[3];  /* ended by NULL; a record where one is empty makes no claim */
  const char *when_null;  /* the claim stands only while this field is empty, or NULL */
  gboolean is_counted;    /* the first field is a number like "2026-0012" that each machine counts for itself;
                           * the server gives what comes second the next one */
} ForlopClaim;

/**
 * ForlopRecordType:
 * @name: Table name and wire name.
 * @append_only: Never changed after it is made; a correction is a new record.
 * @fields: Ended by a field without name.
 * @claims: Ended by a claim without name, or NULL.
 */
typedef struct {
  const char *name;
  const char *label;
  const char *label_plural;
  ForlopScopeKind scope;
  gboolean append_only;
  const ForlopField *fields;
  const ForlopClaim *claims;
} ForlopRecordType;

const ForlopRecordType *const *forlop_record_types (unsigned int *n_types);
const ForlopRecordType *forlop_record_type_find    (const char             *name);
unsigned int            forlop_record_type_n_fields (const ForlopRecordType *type);
/* Index of the field, or -1. */
int                     forlop_record_type_index   (const ForlopRecordType *type,
                                                    const char             *field);
const ForlopField      *forlop_record_type_field   (const ForlopRecordType *type,
                                                    const char             *field);

G_END_DECLS
