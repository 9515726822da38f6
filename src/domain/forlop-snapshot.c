/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-snapshot.h"

struct _ForlopSnapshot
{
  gint64 now;
  GHashTable *lists;         /* type name → GPtrArray of ForlopRecord by id */
  GHashTable *last_measured; /* measure code → gint64 */
  GHashTable *waiting;       /* id → whether it is new */
  GPtrArray *none;
  gboolean is_delivery;
};

ForlopSnapshot *
forlop_snapshot_new (gint64 now)
{
  ForlopSnapshot *self = g_atomic_rc_box_new0 (ForlopSnapshot);

  self->now = now;
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                       (GDestroyNotify) g_ptr_array_unref);
  self->last_measured = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->none = g_ptr_array_new ();

  return self;
}

ForlopSnapshot *
forlop_snapshot_ref (ForlopSnapshot *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
snapshot_clear (ForlopSnapshot *self)
{
  g_hash_table_unref (self->lists);
  g_hash_table_unref (self->last_measured);
  g_hash_table_unref (self->waiting);
  g_ptr_array_unref (self->none);
}

void
forlop_snapshot_unref (ForlopSnapshot *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) snapshot_clear);
}

gint64
forlop_snapshot_get_now (ForlopSnapshot *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->now;
}

/* The day in Oslo. */
ForlopDate
forlop_snapshot_get_today (ForlopSnapshot *self)
{
  g_return_val_if_fail (self != NULL, FORLOP_DATE_NONE);

  return forlop_instant_to_date (self->now);
}

void
forlop_snapshot_set_now (ForlopSnapshot *self,
                         gint64          now)
{
  g_return_if_fail (self != NULL);

  self->now = now;
}

/* The place of @id in a list ordered by id: the index where it stands or would stand. */
static unsigned int
place_of (GPtrArray  *list,
          const char *id,
          gboolean   *found)
{
  unsigned int low = 0, high = list->len;

  *found = FALSE;
  while (low < high)
    {
      unsigned int middle = (low + high) / 2;
      int order = g_strcmp0 (forlop_record_get_id (g_ptr_array_index (list, middle)), id);

      if (order == 0)
        {
          *found = TRUE;
          return middle;
        }
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/**
 * forlop_snapshot_put:
 *
 * Adds @record, or replaces the one with its id.
 */
void
forlop_snapshot_put (ForlopSnapshot *self,
                     ForlopRecord   *record)
{
  const char *type;
  GPtrArray *list;
  gboolean found;
  unsigned int place;

  g_return_if_fail (self != NULL);
  g_return_if_fail (FORLOP_IS_RECORD (record));

  type = forlop_record_get_rtype (record)->name;
  list = g_hash_table_lookup (self->lists, type);
  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (self->lists, (gpointer) type, list);
    }

  place = place_of (list, forlop_record_get_id (record), &found);
  if (found)
    g_ptr_array_remove_index (list, place);
  g_ptr_array_insert (list, (int) place, g_object_ref (record));
}

void
forlop_snapshot_remove (ForlopSnapshot *self,
                        const char     *type,
                        const char     *id)
{
  GPtrArray *list;
  gboolean found;
  unsigned int place;

  g_return_if_fail (self != NULL);

  list = g_hash_table_lookup (self->lists, type);
  if (list == NULL)
    return;

  place = place_of (list, id, &found);
  if (found)
    g_ptr_array_remove_index (list, place);
}

GPtrArray *
forlop_snapshot_list (ForlopSnapshot *self,
                      const char     *type)
{
  GPtrArray *list;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (forlop_record_type_find (type) != NULL, NULL);

  list = g_hash_table_lookup (self->lists, type);

  return list != NULL ? list : self->none;
}

ForlopRecord *
forlop_snapshot_get (ForlopSnapshot *self,
                     const char     *type,
                     const char     *id)
{
  GPtrArray *list = forlop_snapshot_list (self, type);
  gboolean found;
  unsigned int place;

  if (id == NULL)
    return NULL;
  place = place_of (list, id, &found);

  return found ? g_ptr_array_index (list, place) : NULL;
}

/* The day on which what the record says happened; NULL for a type that has none. */
static const char *
day_of (const char *type)
{
  static const struct {
    const char *type;
    const char *field;
  } days[] = {
    { "referral", "received_on" }, { "assessment", "started_on" }, { "decision", "decided_on" },
    { "loan", "handed_out_on" }, { "evaluation", "held_on" }, { "closure", "ended_on" },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (days); i++)
    if (g_str_equal (days[i].type, type))
      return days[i].field;

  return NULL;
}

/**
 * forlop_snapshot_latest:
 *
 * The latest by the day that the record itself gives, and of one day, or where the type has none, the one that was
 * made last. An id tells only what the clock of the machine said that made it, and two machines may differ.
 *
 * Returns: (nullable): %NULL when there is none.
 */
ForlopRecord *
forlop_snapshot_latest (ForlopSnapshot *self,
                        const char     *type)
{
  GPtrArray *list = forlop_snapshot_list (self, type);
  const char *day = day_of (type);
  ForlopRecord *latest = NULL;

  for (unsigned int i = list->len; i > 0; i--)
    {
      ForlopRecord *record = g_ptr_array_index (list, i - 1);

      if (latest == NULL || forlop_record_get_date (record, day) > forlop_record_get_date (latest, day))
        latest = record;
      if (day == NULL)
        break;
    }

  return latest;
}

ForlopRecord *
forlop_snapshot_find (ForlopSnapshot *self,
                      const char     *type,
                      const char     *field,
                      const char     *value)
{
  GPtrArray *list = forlop_snapshot_list (self, type);

  for (unsigned int i = list->len; i > 0; i--)
    if (forlop_record_text_is (g_ptr_array_index (list, i - 1), field, value))
      return g_ptr_array_index (list, i - 1);

  return NULL;
}

ForlopRecord *
forlop_snapshot_get_citizen (ForlopSnapshot *self)
{
  return forlop_snapshot_latest (self, "citizen");
}

/* A snapshot holds one case. */
ForlopRecord *
forlop_snapshot_get_case (ForlopSnapshot *self)
{
  return forlop_snapshot_latest (self, "case");
}

gboolean
forlop_snapshot_is_delivery (ForlopSnapshot *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_delivery;
}

void
forlop_snapshot_set_delivery (ForlopSnapshot *self)
{
  g_return_if_fail (self != NULL);

  self->is_delivery = TRUE;
}

ForlopRecord *
forlop_snapshot_get_profile (ForlopSnapshot *self)
{
  ForlopRecord *the_case = forlop_snapshot_get_case (self);

  if (the_case == NULL)
    return NULL;

  return forlop_snapshot_get (self, "profile", forlop_record_get_text (the_case, "profile_id"));
}

gint64
forlop_snapshot_get_last_measured (ForlopSnapshot *self,
                                   const char     *code)
{
  const gint64 *at;

  g_return_val_if_fail (self != NULL, FORLOP_INSTANT_NONE);

  at = g_hash_table_lookup (self->last_measured, code);

  return at != NULL ? *at : FORLOP_INSTANT_NONE;
}

void
forlop_snapshot_set_last_measured (ForlopSnapshot *self,
                                   const char     *code,
                                   gint64          at)
{
  g_return_if_fail (self != NULL);

  g_hash_table_insert (self->last_measured, g_strdup (code), g_memdup2 (&at, sizeof at));
}

void
forlop_snapshot_set_waiting (ForlopSnapshot *self,
                             const char     *id,
                             gboolean        made)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);

  g_hash_table_insert (self->waiting, g_strdup (id), GINT_TO_POINTER (made));
}

gboolean
forlop_snapshot_waits (ForlopSnapshot *self,
                       const char     *id)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return id != NULL && g_hash_table_contains (self->waiting, id);
}

gboolean
forlop_snapshot_waits_as_new (ForlopSnapshot *self,
                              const char     *id)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return id != NULL && GPOINTER_TO_INT (g_hash_table_lookup (self->waiting, id));
}

/**
 * forlop_snapshot_leaves_out:
 *
 * The history of a case is long and no rule asks for it: events, answered alerts and log entries are
 * read by the views that show them. Open alerts are put in by the store.
 */
gboolean
forlop_snapshot_leaves_out (const char *type)
{
  static const char *const left_out[] = {
    "measurement", "event", "contact_log", "carry_over", "alert", "round_tick", "shift_note", "invalidation", "board_take",
    "form_answer", "document", "note", "block", "conflict", "citizen_alias", NULL,
  };

  g_return_val_if_fail (type != NULL, FALSE);

  return g_strv_contains (left_out, type);
}
