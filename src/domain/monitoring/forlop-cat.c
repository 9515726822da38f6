/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-cat.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"

/**
 * forlop_cat_score:
 * @answers: Eight answers from 0 to 5.
 * @total: (out): 0 to 40.
 *
 * Adds up a COPD assessment test. Only the sum: the wording of the questions is licensed and not
 * part of the product, and sources disagree on what a total means. A change of 2 matters.
 *
 * Returns: FALSE with %FORLOP_ERROR_INVALID and a sentence that names the answer.
 */
gboolean
forlop_cat_score (const int   answers[FORLOP_CAT_ITEMS],
                  int        *total,
                  GError    **error)
{
  g_return_val_if_fail (answers != NULL && total != NULL, FALSE);

  int sum = 0;

  for (int i = 0; i < FORLOP_CAT_ITEMS; i++)
    {
      if (answers[i] < 0 || answers[i] > 5)
        {
          g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                       _("CAT was not calculated: answer %d must be from 0 to 5."), i + 1);
          return FALSE;
        }
      sum += answers[i];
    }
  *total = sum;
  return TRUE;
}
