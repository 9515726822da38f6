/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-field.h"

#include <glib/gi18n-lib.h>

/**
 * forlop_field_kind_name:
 *
 * The kind's name in the data dictionary and in `--json` output.
 */
const char *
forlop_field_kind_name (ForlopFieldKind kind)
{
  switch (kind)
    {
    case FORLOP_KIND_TEXT: return "text";
    case FORLOP_KIND_NOTE: return "note";
    case FORLOP_KIND_CHOICE: return "choice";
    case FORLOP_KIND_REF: return "reference";
    case FORLOP_KIND_DATE: return "date";
    case FORLOP_KIND_ID_NUMBER: return "identity number";
    case FORLOP_KIND_PHONE: return "telephone";
    case FORLOP_KIND_BLOB: return "file";
    case FORLOP_KIND_INTEGER: return "integer";
    case FORLOP_KIND_BOOLEAN: return "yes/no";
    case FORLOP_KIND_INSTANT: return "instant";
    case FORLOP_KIND_MINUTE: return "time of day";
    case FORLOP_KIND_REAL: return "number";
    default: g_return_val_if_reached ("");
    }
}

/**
 * forlop_field_choice_label:
 *
 * The word for @code in the reader's language, or @code itself when the field does not know it
 * (a newer program wrote it).
 *
 * Returns: (transfer none): borrowed text; %NULL when @code is %NULL.
 */
const char *
forlop_field_choice_label (const ForlopField *field,
                           const char        *code)
{
  g_return_val_if_fail (field != NULL, NULL);

  if (code == NULL || field->choices == NULL)
    return code;

  for (const ForlopChoice *choice = field->choices; choice->code != NULL; choice++)
    if (g_str_equal (choice->code, code))
      return _(choice->label);

  return code;
}
