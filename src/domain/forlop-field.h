/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One declaration per record: a field is declared once, here, and store, wire format, merge, forms,
 * search, validation, CSV and the data dictionary all walk the same table. */

/**
 * ForlopFieldKind:
 * @FORLOP_KIND_TEXT: One line of text.
 * @FORLOP_KIND_NOTE: Text of several lines; never merged automatically.
 * @FORLOP_KIND_CHOICE: A code out of @choices.
 * @FORLOP_KIND_REF: The id of a record of type @target.
 * @FORLOP_KIND_DATE: A calendar day, kept as "2026-11-22".
 * @FORLOP_KIND_ID_NUMBER: A national identity number of any kind.
 * @FORLOP_KIND_PHONE: A telephone number, normalised.
 * @FORLOP_KIND_BLOB: The hash of an encrypted file beside the database.
 * @FORLOP_KIND_INTEGER: A whole number.
 * @FORLOP_KIND_BOOLEAN: Yes or no.
 * @FORLOP_KIND_INSTANT: A point in time, milliseconds since 1970 UTC.
 * @FORLOP_KIND_MINUTE: A time of day, minutes after midnight, Oslo wall time.
 * @FORLOP_KIND_REAL: A number with decimals.
 */
typedef enum {
  FORLOP_KIND_TEXT,
  FORLOP_KIND_NOTE,
  FORLOP_KIND_CHOICE,
  FORLOP_KIND_REF,
  FORLOP_KIND_DATE,
  FORLOP_KIND_ID_NUMBER,
  FORLOP_KIND_PHONE,
  FORLOP_KIND_BLOB,
  FORLOP_KIND_INTEGER,
  FORLOP_KIND_BOOLEAN,
  FORLOP_KIND_INSTANT,
  FORLOP_KIND_MINUTE,
  FORLOP_KIND_REAL,
} ForlopFieldKind;

/**
 * ForlopFieldFlags:
 * @FORLOP_FIELD_REQUIRED: A record without it is refused.
 * @FORLOP_FIELD_IMMUTABLE: Set when the record is made and never changed.
 * @FORLOP_FIELD_SEARCHABLE: Found by the full-text search.
 * @FORLOP_FIELD_CAREFUL: Any concurrent edit is a conflict a person must resolve (limits,
 *   decisions, consent, blocking).
 * @FORLOP_FIELD_SENSITIVE: Hidden on screen until asked for; never in a log.
 * @FORLOP_FIELD_FIRST: Where two made the same record, what the first one said stands: how it became
 *   known, not what it is. A note that the second one wrote is not dropped.
 * @FORLOP_FIELD_PAST: When something happened. What lies far ahead would stand as the newest for ever, so a server
 *   does not take it from a machine whose clock is that wrong.
 */
typedef enum {
  FORLOP_FIELD_REQUIRED = 1 << 0,
  FORLOP_FIELD_IMMUTABLE = 1 << 1,
  FORLOP_FIELD_SEARCHABLE = 1 << 2,
  FORLOP_FIELD_CAREFUL = 1 << 3,
  FORLOP_FIELD_SENSITIVE = 1 << 4,
  FORLOP_FIELD_FIRST = 1 << 5,
  FORLOP_FIELD_PAST = 1 << 6,
} ForlopFieldFlags;

typedef struct {
  const char *code;  /* what is stored */
  const char *label; /* marked with N_() */
} ForlopChoice;

/**
 * ForlopField:
 * @name: Column, property (with hyphens), JSON key and CSV heading.
 * @label: What people call it, marked with N_().
 * @choices: For a choice: the codes, ended by a NULL code. For a text: it holds several of them,
 *   separated by commas; other words may stand among them.
 * @target: For a reference: the record type it points to.
 * @merge_group: Fields with the same group are merged as one, never half.
 * @min: With @max, the range of a number; both zero for no range.
 * @hint: One sentence shown under the field in forms, or NULL.
 */
typedef struct {
  const char *name;
  const char *label;
  ForlopFieldKind kind;
  unsigned int flags;
  const ForlopChoice *choices;
  const char *target;
  const char *merge_group;
  double min;
  double max;
  const char *hint;
} ForlopField;

const char *forlop_field_kind_name    (ForlopFieldKind     kind);
const char *forlop_field_choice_label (const ForlopField  *field,
                                       const char         *code);

G_END_DECLS
