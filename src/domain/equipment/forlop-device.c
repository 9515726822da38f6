/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-device.h"

gboolean
forlop_device_measures (ForlopRecord *product,
                        const char   *code)
{
  const char *measures;
  g_auto (GStrv) codes = NULL;

  g_return_val_if_fail (FORLOP_IS_RECORD (product), FALSE);
  g_return_val_if_fail (code != NULL, FALSE);

  measures = forlop_record_get_text (product, "measures");
  if (measures == NULL)
    return FALSE;

  codes = g_strsplit (measures, ",", -1);
  for (unsigned int i = 0; codes[i] != NULL; i++)
    if (g_str_equal (g_strstrip (codes[i]), code))
      return TRUE;

  return FALSE;
}

static gboolean
was_out (ForlopRecord *loan,
         ForlopDate    on)
{
  ForlopDate returned = forlop_record_get_date (loan, "returned_on");

  return !forlop_record_get_boolean (loan, "voided") &&
         forlop_record_get_date (loan, "handed_out_on") <= on &&
         (returned == FORLOP_DATE_NONE || returned >= on);
}

/**
 * forlop_device_find:
 * @snapshot: of a case, with its loans.
 * @code: a measure.
 * @on: the day it was measured.
 *
 * Returns: (transfer none) (nullable): the item on loan that measures it; %NULL where there is
 * none,
 *   and where there are several, because then nobody knows which.
 */
ForlopRecord *
forlop_device_find (ForlopSnapshot *snapshot,
                    const char     *code,
                    ForlopDate      on)
{
  GPtrArray *loans;
  ForlopRecord *found = NULL;

  g_return_val_if_fail (snapshot != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  loans = forlop_snapshot_list (snapshot, "loan");
  for (unsigned int i = 0; i < loans->len; i++)
    {
      ForlopRecord *loan = g_ptr_array_index (loans, i);
      ForlopRecord *item, *product;

      if (!was_out (loan, on))
        continue;
      item = forlop_snapshot_get (snapshot, "item", forlop_record_get_text (loan, "item_id"));
      product = item != NULL ? forlop_snapshot_get (snapshot, "product",
                                                    forlop_record_get_text (item, "product_id"))
                             : NULL;
      if (product == NULL || item == found || !forlop_device_measures (product, code))
        continue;
      if (found != NULL)
        return NULL;
      found = item;
    }

  return found;
}
