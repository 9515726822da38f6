/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-delivery.h"

static gboolean
contains (GPtrArray  *kinds,
          const char *kind)
{
  for (unsigned int i = 0; i < kinds->len; i++)
    if (g_str_equal (g_ptr_array_index (kinds, i), kind))
      return TRUE;

  return FALSE;
}

static gboolean
is_kind (const char *word)
{
  const ForlopField *field = forlop_record_type_field (forlop_record_type_find ("product"), "kind");

  for (const ForlopChoice *choice = field->choices; choice->code != NULL; choice++)
    if (g_str_equal (choice->code, word))
      return TRUE;

  return FALSE;
}

/**
 * forlop_delivery_is_complete:
 * @kinds_out: codes of the kinds of product that the citizen has on loan in the case.
 * @n_reserved: items that are still reserved for the case.
 *
 * Whether everything that was wanted is handed out. Where the wish is written in other words than
 * the codes of kinds, it is complete when the coordinator has delivered and nothing reserved is
 * left.
 */
gboolean
forlop_delivery_is_complete (ForlopRecord *delivery,
                             GPtrArray    *kinds_out,
                             unsigned int  n_reserved)
{
  g_auto (GStrv) wanted = NULL;
  gboolean all_known = TRUE;

  g_return_val_if_fail (FORLOP_IS_RECORD (delivery), FALSE);
  g_return_val_if_fail (kinds_out != NULL, FALSE);

  if (n_reserved > 0 || kinds_out->len == 0)
    return FALSE;

  wanted = g_strsplit (forlop_record_get_text (delivery, "wanted"), ",", -1);
  for (unsigned int i = 0; wanted[i] != NULL; i++)
    {
      g_strstrip (wanted[i]);
      if (!is_kind (wanted[i]))
        all_known = FALSE;
      else if (!contains (kinds_out, wanted[i]))
        return FALSE;
    }

  return all_known || forlop_record_text_is (delivery, "status", "ready");
}
