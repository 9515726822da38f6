/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib/gi18n-lib.h>

#include "forlop-record-type.h"

/* The words the declarations are written in. A row is: kind (column, label, flags, …). */

#define REQ FORLOP_FIELD_REQUIRED
#define IMM FORLOP_FIELD_IMMUTABLE
#define FIRST FORLOP_FIELD_FIRST
#define PAST FORLOP_FIELD_PAST
#define FIND FORLOP_FIELD_SEARCHABLE
#define CARE FORLOP_FIELD_CAREFUL
#define HIDE FORLOP_FIELD_SENSITIVE

#define FIELD(k, n, l, f, ...) { .name = n, .label = l, .kind = FORLOP_KIND_##k, .flags = f, __VA_ARGS__ }
#define TEXT(n, l, f, ...) FIELD (TEXT, n, l, f, __VA_ARGS__)
/* Several of the choices. */
#define CODES(n, l, f, c, ...) FIELD (TEXT, n, l, f, .choices = c, __VA_ARGS__)
#define NOTE(n, l, f, ...) FIELD (NOTE, n, l, f, __VA_ARGS__)
#define DATE(n, l, f, ...) FIELD (DATE, n, l, f, __VA_ARGS__)
#define INSTANT(n, l, f, ...) FIELD (INSTANT, n, l, f, __VA_ARGS__)
#define MINUTE(n, l, f, ...) FIELD (MINUTE, n, l, f, __VA_ARGS__)
#define BOOL(n, l, f, ...) FIELD (BOOLEAN, n, l, f, __VA_ARGS__)
#define PHONE(n, l, f, ...) FIELD (PHONE, n, l, f, __VA_ARGS__)
#define BLOB(n, l, f, ...) FIELD (BLOB, n, l, f, __VA_ARGS__)
#define CHOICE(n, l, f, c, ...) FIELD (CHOICE, n, l, f, .choices = c, __VA_ARGS__)
#define REF(n, l, f, t, ...) FIELD (REF, n, l, f, .target = t, __VA_ARGS__)
#define INTEGER(n, l, f, lo, hi, ...) FIELD (INTEGER, n, l, f, .min = lo, .max = hi, __VA_ARGS__)
#define REAL(n, l, f, lo, hi, ...) FIELD (REAL, n, l, f, .min = lo, .max = hi, __VA_ARGS__)
#define GROUP(g) .merge_group = g
#define HINT(h) .hint = h
#define END_FIELDS { .name = NULL }
#define END_CHOICES { NULL, NULL }

#define OF_CITIZEN REF ("citizen_id", N_("Citizen"), REQ | IMM, "citizen")
#define OF_CASE REF ("case_id", N_("Case"), REQ | IMM, "case")
#define MAYBE_CASE REF ("case_id", N_("Case"), 0, "case")
#define BY_USER(n, l) REF (n, l, 0, "user")

/* Ended by a type without name. */
extern const ForlopRecordType forlop_records_organisation[];
extern const ForlopRecordType forlop_records_people[];
extern const ForlopRecordType forlop_records_pathway[];
extern const ForlopRecordType forlop_records_follow_up[];
extern const ForlopRecordType forlop_records_equipment[];
extern const ForlopRecordType forlop_records_benefits[];

extern const ForlopChoice forlop_choices_role[];
extern const ForlopChoice forlop_choices_written_language[];
extern const ForlopChoice forlop_choices_activity[];
extern const ForlopChoice forlop_choices_measure[];
extern const ForlopChoice forlop_choices_recorded_measure[];
extern const ForlopChoice forlop_choices_severity[];
extern const ForlopChoice forlop_choices_weekday[];
