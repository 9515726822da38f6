/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-item-private.h"
#include "forlop-error.h"
#include "forlop-item-store.h"

/* Stock count: what stands in the register against what stands on the shelf. */

typedef struct {
  GPtrArray *seen;     /* items, in the order they were written */
  GHashTable *seen_ids;
  GString *unknown;    /* numbers without an item */
  GString *elsewhere;  /* items the register has with a citizen, in repair, ordered or discarded */
  GString *missing;    /* items that were not seen */
  unsigned int n_expected;
  unsigned int n_moved;
  unsigned int n_missing;
} Count;

static void
count_clear (Count *count)
{
  g_clear_pointer (&count->seen, g_ptr_array_unref);
  g_clear_pointer (&count->seen_ids, g_hash_table_unref);
  g_string_free (count->unknown, TRUE);
  g_string_free (count->elsewhere, TRUE);
  g_string_free (count->missing, TRUE);
}

static void
add_to_list (GString    *list,
             const char *text)
{
  g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", text);
}

static const char *
state_label (ForlopRecord *item)
{
  return forlop_field_choice_label (
    forlop_record_type_field (forlop_record_get_rtype (item), "state"),
    forlop_record_get_text (item, "state"));
}

/* An item of these states stands on a shelf. */
static gboolean
is_in_house (ForlopRecord *item)
{
  static const char *const states[] = {
    "received", "preparing", "ready", "reserved", "returned", "cleaning", "checking", "quarantine",
    NULL,
  };

  return g_strv_contains (states, forlop_record_get_text (item, "state"));
}

static gboolean
see (ForlopActContext  *self,
     Count             *count,
     const char        *number,
     GError           **error)
{
  g_autoptr (ForlopRecord) item = NULL;

  if (!forlop_item_store_find_scanned (self->connection, number, NULL, NULL, &item, error))
    return FALSE;
  if (item == NULL)
    {
      add_to_list (count->unknown, number);
      return TRUE;
    }
  if (!is_in_house (item) && !forlop_record_text_is (item, "state", "lost"))
    {
      g_autofree char *where = g_strdup_printf ("%s (%s)", number, state_label (item));

      add_to_list (count->elsewhere, where);
      return TRUE;
    }
  if (!g_hash_table_add (count->seen_ids, g_strdup (forlop_record_get_id (item))))
    return TRUE;
  g_ptr_array_add (count->seen, g_steal_pointer (&item));

  return TRUE;
}

static gboolean
read_seen (ForlopActContext  *self,
           Count             *count,
           GError           **error)
{
  const char *text = forlop_act_text (self, "seen");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (unsigned int i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0' && !see (self, count, lines[i], error))
      return FALSE;

  if (count->unknown->len > 0)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              /* Translators: one or several numbers. */
                              _("Not in the register: %s. Nothing was counted. Receive it first, or "
                                "take the line away."), count->unknown->str);
  if (count->elsewhere->len > 0)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              /* Translators: items, each with its state in brackets. */
                              _("Seen here, but not in the house by the register: %s. Nothing was "
                                "counted. Register the return or the receipt first, or take the "
                                "line away."), count->elsewhere->str);

  return TRUE;
}

/* Brings what was seen to this place; what was lost is found and is cleaned before it is used. */
static gboolean
correct_seen (ForlopActContext  *self,
              Count             *count,
              const char        *location_id,
              GError           **error)
{
  for (unsigned int i = 0; i < count->seen->len; i++)
    {
      ForlopRecord *item = g_ptr_array_index (count->seen, i);
      gboolean lost = forlop_record_text_is (item, "state", "lost");

      if (!lost && forlop_record_text_is (item, "location_id", location_id))
        continue;
      count->n_moved++;
      forlop_record_set_text (forlop_act_change (self, item), "location_id", location_id);
      if (!lost)
        forlop_act_log_item (self, item, _("Stock count"));
      else if (!forlop_act_set_item_state (self, item, FORLOP_ITEM_RETURNED, _("Stock count"), error))
        return FALSE;
    }

  return TRUE;
}

/* What should stand here and was not seen. It is lost only where the one who counts says so. */
static gboolean
look_for_missing (ForlopActContext  *self,
                  Count             *count,
                  const char        *location_id,
                  GError           **error)
{
  gboolean mark_lost = forlop_record_get_boolean (self->arguments, "mark_lost");
  g_autoptr (GPtrArray) items =
    forlop_record_store_list (self->connection, "item", "location_id", location_id, error);

  if (items == NULL)
    return FALSE;
  for (unsigned int i = 0; i < items->len; i++)
    {
      ForlopRecord *item = g_ptr_array_index (items, i);

      if (!is_in_house (item))
        continue;
      count->n_expected++;
      if (g_hash_table_contains (count->seen_ids, forlop_record_get_id (item)))
        continue;
      count->n_missing++;
      add_to_list (count->missing, forlop_record_get_text (item, "serial_number"));
      if (mark_lost &&
          !forlop_act_set_item_state (self, item, FORLOP_ITEM_LOST, _("Not found in the stock count"),
                                      error))
        return FALSE;
    }

  return TRUE;
}

static void
keep_result (ForlopActContext *self,
             ForlopRecord     *result,
             const Count      *count)
{
  forlop_act_copy_arguments (self, result);
  forlop_record_set_instant (result, "counted_at", self->now);
  forlop_record_set_text (result, "counted_by", self->actor->user_id);
  forlop_record_set_integer (result, "expected", count->n_expected);
  forlop_record_set_integer (result, "seen", count->seen->len);
  forlop_record_set_integer (result, "moved", count->n_moved);
  forlop_record_set_integer (result, "missing", count->n_missing);
  if (count->missing->len > 0)
    forlop_record_set_text (result, "not_found", count->missing->str);
}

/* Corrects the register by what stands on the shelf of one location. A number that is not known, or
 * that is with a citizen by the register, stops the count: that is somebody's return or receipt. */
static gboolean
count_stock (ForlopActContext  *self,
             GError           **error)
{
  ForlopRecord *location = forlop_act_load (self, "location", "location_id", error);
  ForlopRecord *result;
  const char *id;
  gboolean done;
  Count count;

  if (location == NULL)
    return FALSE;

  count = (Count) {
    .seen = g_ptr_array_new_with_free_func (g_object_unref),
    .seen_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .unknown = g_string_new (NULL),
    .elsewhere = g_string_new (NULL),
    .missing = g_string_new (NULL),
  };
  id = forlop_record_get_id (location);
  result = forlop_act_make (self, "stock_count");
  done = read_seen (self, &count, error) && look_for_missing (self, &count, id, error) &&
         correct_seen (self, &count, id, error);
  if (done)
    keep_result (self, result, &count);
  count_clear (&count);

  return done;
}

const ForlopActFunction forlop_act_functions_count[] = {
  { "count-stock", count_stock },
  { NULL, NULL },
};
