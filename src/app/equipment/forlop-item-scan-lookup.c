/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-item-scan-lookup.h"

#include "forlop-error.h"
#include "forlop-gs1.h"
#include "forlop-json.h"
#include "forlop-record-store.h"

/* A code is GS1 where it can be read as such and has a serial number; anything else is the number
 * itself. */
static void
read_gs1 (ForlopItemScan *self,
          ForlopDate      today)
{
  g_autoptr (ForlopGs1) gs1 = NULL;
  int year;

  forlop_date_to_ymd (today, &year, NULL, NULL);
  gs1 = forlop_gs1_parse (self->code, -1, year, NULL, NULL);
  if (gs1 == NULL || forlop_gs1_get_value (gs1, FORLOP_GS1_SERIAL) == NULL)
    return;

  self->is_gs1 = TRUE;
  self->gtin = g_strdup (forlop_gs1_get_value (gs1, FORLOP_GS1_GTIN));
  g_set_str (&self->serial, forlop_gs1_get_value (gs1, FORLOP_GS1_SERIAL));
  self->lot = g_strdup (forlop_gs1_get_value (gs1, FORLOP_GS1_BATCH));
  self->expires_on = forlop_gs1_get_date (gs1, FORLOP_GS1_EXPIRY_DATE);
}

ForlopItemScan *
forlop_item_scan_new (const char *code,
                      ForlopDate  today,
                      gboolean    with_holder)
{
  ForlopItemScan *self;

  g_return_val_if_fail (code != NULL, NULL);

  self = g_new0 (ForlopItemScan, 1);
  self->code = g_strdup (code);
  self->serial = g_strdup (code);
  self->expires_on = FORLOP_DATE_NONE;
  self->with_holder = with_holder;
  read_gs1 (self, today);

  return self;
}

void
forlop_item_scan_free (ForlopItemScan *self)
{
  if (self == NULL)
    return;

  g_free (self->code);
  g_free (self->gtin);
  g_free (self->serial);
  g_free (self->lot);
  g_free (self->product_id);
  g_free (self->product_name);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self);
}

/* The article number is written with 14 digits, or as it stands under the bars. */
static gboolean
find_product (ForlopItemScan    *self,
              ForlopConnection  *connection,
              GError           **error)
{
  const char *shorter = self->gtin;

  while (TRUE)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (ForlopRecord) product =
        forlop_record_store_find (connection, "product", "gtin", shorter, &local_error);

      if (product != NULL)
        {
          self->product_id = g_strdup (forlop_record_get_id (product));
          self->product_name = g_strdup (forlop_record_get_text (product, "name"));
          return TRUE;
        }
      if (local_error != NULL &&
          !g_error_matches (local_error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (*shorter != '0')
        return TRUE;
      shorter++;
    }
}

gboolean
forlop_item_scan_look_up (ForlopItemScan    *self,
                          ForlopConnection  *connection,
                          GError           **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (connection != NULL, FALSE);

  self->found = forlop_item_list_find (connection, self->code, self->gtin,
                                       self->is_gs1 ? self->serial : NULL, self->with_holder, error);
  if (self->found == NULL)
    return FALSE;

  return self->found->len > 0 || self->gtin == NULL || find_product (self, connection, error);
}

char *
forlop_item_scan_to_json (ForlopItemScan *self)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  g_return_val_if_fail (self != NULL, NULL);

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "serial_number", self->serial);
  if (self->product_id != NULL)
    forlop_json_add_text (doc, root, "product_id", self->product_id);
  if (self->lot != NULL)
    forlop_json_add_text (doc, root, "lot", self->lot);
  if (self->expires_on != FORLOP_DATE_NONE)
    {
      g_autofree char *date = forlop_date_to_iso (self->expires_on);

      forlop_json_add_text (doc, root, "expires_on", date);
    }

  return forlop_json_write (doc, FALSE);
}

char *
forlop_item_scan_numbers (const char *lines,
                          ForlopDate  today)
{
  g_auto (GStrv) codes = NULL;

  g_return_val_if_fail (lines != NULL, NULL);

  codes = g_strsplit (lines, "\n", -1);
  for (unsigned int i = 0; codes[i] != NULL; i++)
    {
      g_autoptr (ForlopItemScan) scan = forlop_item_scan_new (g_strstrip (codes[i]), today, FALSE);

      g_set_str (&codes[i], scan->serial);
    }

  return g_strjoinv ("\n", codes);
}
