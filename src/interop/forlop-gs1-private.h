/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-gs1.h"

G_BEGIN_DECLS

typedef enum {
  FORLOP_GS1_KIND_GTIN,
  FORLOP_GS1_KIND_DATE,
  FORLOP_GS1_KIND_DIGITS,
  FORLOP_GS1_KIND_TEXT,
} ForlopGs1Kind;

typedef struct {
  const char *ai;
  ForlopGs1Kind kind;
  unsigned int length; /* exact, or the most for text */
} ForlopGs1Rule;

typedef struct {
  const ForlopGs1Rule *rule;
  char *value;
} ForlopGs1Element;

struct _ForlopGs1
{
  int current_year;
  GArray *elements; /* of ForlopGs1Element */
};

/* The rule whose AI @text begins with, or is when @exact; NULL for an unknown AI. */
const ForlopGs1Rule *forlop_gs1_find_rule   (const char           *text,
                                             gsize                 length,
                                             gboolean              exact);
gboolean             forlop_gs1_read_date   (const char           *digits,
                                             int                   current_year,
                                             ForlopDate           *date);
/* NULL, or the reason (transfer full) and the offset in @value where it is wrong. */
char                *forlop_gs1_check_value (const ForlopGs1Rule  *rule,
                                             const char           *value,
                                             gsize                 length,
                                             int                   current_year,
                                             gsize                *bad) G_GNUC_WARN_UNUSED_RESULT;
/* Checks the value and keeps it; as above. */
char                *forlop_gs1_keep_value  (ForlopGs1            *self,
                                             const ForlopGs1Rule  *rule,
                                             const char           *value,
                                             gsize                 length,
                                             gsize                *bad) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
