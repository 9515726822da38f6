/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <string.h>

#include "forlop-json.h"

/* A number that each machine counts for itself: two that have not heard of each other, or do not see each
 * other's records, count to the same. Nobody's work is refused for that: what comes second gets the next
 * number that is free, by a change of the server's own. */

/* Where the digits begin that are counted up, as in "2026-0012"; NULL when there are none. */
static const char *
find_digits (const char *number)
{
  const char *digits = number != NULL ? strrchr (number, '-') : NULL;
  size_t length;

  if (digits == NULL)
    return NULL;
  digits++;
  length = strspn (digits, "0123456789");

  return length > 0 && length <= 9 && digits[length] == '\0' ? digits : NULL;
}

gboolean
forlop_sync_can_renumber (const ForlopClaim     *claim,
                          const ForlopOperation *operation)
{
  return claim->is_counted && operation->before == NULL && operation->after != NULL &&
         find_digits (forlop_record_get_text (operation->after, claim->fields[0])) != NULL;
}

static gboolean
find_holder (ForlopSyncSession  *self,
             const ForlopClaim  *claim,
             ForlopRecord       *record,
             char              **holder,
             GError            **error)
{
  g_autofree char *key = forlop_sync_claim_key (forlop_record_get_rtype (record), claim, record);

  *holder = NULL;

  return key == NULL || self->storage->funcs->find_claim (self->storage, key, holder, error);
}

gboolean
forlop_sync_is_held_by_another (ForlopSyncSession     *self,
                                const ForlopClaim     *claim,
                                const ForlopOperation *operation,
                                gboolean              *is_held,
                                GError               **error)
{
  g_autofree char *holder = NULL;

  if (!find_holder (self, claim, operation->after, &holder, error))
    return FALSE;
  *is_held = holder != NULL && !g_str_equal (holder, operation->id);

  return TRUE;
}

/* Gives @record the number @n places after @number, and says whether somebody has it. */
static gboolean
try_number (ForlopSyncSession  *self,
            const ForlopClaim  *claim,
            ForlopRecord       *record,
            const char         *number,
            gint64              n,
            gboolean           *is_taken,
            GError            **error)
{
  const char *digits = find_digits (number);
  g_autofree char *holder = NULL;
  g_autofree char *next = g_strdup_printf ("%.*s%0*" G_GINT64_FORMAT, (int) (digits - number), number,
                                           (int) strlen (digits), g_ascii_strtoll (digits, NULL, 10) + n);

  forlop_record_set_text (record, claim->fields[0], next);
  if (!find_holder (self, claim, record, &holder, error))
    return FALSE;
  *is_taken = holder != NULL;

  return TRUE;
}

/* The first free one after a run that is taken, found in few steps: a machine that sees little has counted
 * far behind the others. */
static gboolean
take_free_number (ForlopSyncSession  *self,
                  const ForlopClaim  *claim,
                  ForlopRecord       *record,
                  GError            **error)
{
  g_autofree char *number = g_strdup (forlop_record_get_text (record, claim->fields[0]));
  gint64 taken = 0;
  gint64 step = 1;
  gint64 end;
  gboolean is_taken = TRUE;

  while (TRUE)
    {
      if (!try_number (self, claim, record, number, taken + step, &is_taken, error))
        return FALSE;
      if (!is_taken)
        break;
      taken += step;
      step *= 2;
    }
  for (end = taken + step; end - taken > 1;)
    {
      gint64 middle = taken + (end - taken) / 2;

      if (!try_number (self, claim, record, number, middle, &is_taken, error))
        return FALSE;
      if (is_taken)
        taken = middle;
      else
        end = middle;
    }

  return try_number (self, claim, record, number, end, &is_taken, error);
}

/* The line on the time line that says so. */
static void
add_event (ForlopSyncSession *self,
           ForlopChangeset   *changeset,
           ForlopRecord      *record,
           const char        *from,
           const char        *to)
{
  g_autofree char *id = forlop_id_derive (forlop_record_get_id (record), to);
  g_autofree char *arguments = NULL;
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  ForlopRecord *event = forlop_changeset_make (changeset, "event", id);

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "from", from);
  forlop_json_add_text (doc, root, "to", to);
  arguments = forlop_json_write (doc, FALSE);
  forlop_record_set_text (event, "citizen_id", forlop_record_get_text (record, "citizen_id"));
  forlop_record_set_text (event, "case_id", forlop_record_get_id (record));
  forlop_record_set_instant (event, "at", self->now);
  forlop_record_set_text (event, "act", "renumber-case");
  forlop_record_set_text (event, "subject_type", "case");
  forlop_record_set_text (event, "subject_id", forlop_record_get_id (record));
  forlop_record_set_text (event, "arguments", arguments);
}

static gboolean
renumber (ForlopSyncSession      *self,
          const ForlopClaim      *claim,
          const ForlopOperation  *operation,
          GError                **error)
{
  g_autoptr (ForlopChangeset) changeset = forlop_sync_author_begin (self, "renumber-case", error);
  ForlopRecord *record;

  if (changeset == NULL)
    return FALSE;
  record = forlop_changeset_change (changeset, operation->after);
  if (!take_free_number (self, claim, record, error))
    return FALSE;
  add_event (self, changeset, record, forlop_record_get_text (operation->after, claim->fields[0]),
             forlop_record_get_text (record, claim->fields[0]));

  return forlop_sync_author_finish (self, changeset, error);
}

/**
 * forlop_sync_renumber:
 * @changeset: what was written.
 *
 * What was made with a number that another record has gets the next free one, before anybody reads it.
 */
gboolean
forlop_sync_renumber (ForlopSyncSession  *self,
                      ForlopChangeset    *changeset,
                      GError            **error)
{
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  for (unsigned int i = 0; i < operations->len; i++)
    {
      const ForlopOperation *operation = g_ptr_array_index (operations, i);

      for (const ForlopClaim *claim = operation->type->claims; claim != NULL && claim->name != NULL; claim++)
        {
          gboolean is_held = FALSE;

          if (!forlop_sync_can_renumber (claim, operation))
            continue;
          if (!forlop_sync_is_held_by_another (self, claim, operation, &is_held, error) ||
              (is_held && !renumber (self, claim, operation, error)))
            return FALSE;
        }
    }

  return TRUE;
}
