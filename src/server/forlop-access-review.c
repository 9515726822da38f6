/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-access-review.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-tenant-storage.h"

#define CHUNK 1000
#define DAY_MS ((gint64) 24 * 3600 * 1000)
#define HOUR_MS ((gint64) 3600 * 1000)

typedef struct {
  ForlopServerStorage *storage;
  gint64 from;
  GHashTable *seen;    /* user, scope and hour: owned text */
  GHashTable *hours;   /* user and hour → number of records */
  GHashTable *written; /* user and scope of what was changed */
  GPtrArray *broken;   /* owned user and scope of emergency access */
  GHashTable *lines;   /* owned text */
} Review;

static char *
dup_name (Review     *self,
          const char *type,
          const char *id)
{
  g_autoptr (ForlopSyncRow) row = NULL;
  g_autoptr (ForlopRecord) record = NULL;

  if (self->storage->funcs->load_row (self->storage, forlop_record_type_find (type), id, &row, NULL) &&
      row != NULL)
    record = forlop_sync_row_to_record (row, NULL);
  if (record == NULL)
    return g_strdup ("");
  if (g_str_equal (type, "user"))
    return g_strdup (forlop_record_get_text (record, "name"));

  return g_strdup_printf ("%s %s", forlop_record_get_text (record, "given_name"),
                          forlop_record_get_text (record, "family_name"));
}

static void
check_names (Review                   *self,
             const ForlopServerAccess *access)
{
  g_autofree char *user = dup_name (self, "user", access->user_id);
  g_autofree char *citizen = dup_name (self, "citizen", access->scope + 2);
  const char *user_surname = strrchr (user, ' ');
  const char *surname = strrchr (citizen, ' ');

  if (user_surname == NULL || surname == NULL || g_utf8_collate (user_surname, surname) != 0)
    return;
  g_hash_table_add (self->lines,
                    g_utf8_collate (user, citizen) == 0
                      ? g_strdup_printf (_("%s has opened a record with their own name."), user)
                      : g_strdup_printf (_("%s has opened the record of %s, who has the same surname."), user,
                                         citizen));
}

static void
count_opened (Review                   *self,
              const ForlopServerAccess *access)
{
  gint64 hour = access->at / HOUR_MS;
  g_autofree char *key = g_strdup_printf ("%s %" G_GINT64_FORMAT, access->user_id, hour);
  char *once = g_strdup_printf ("%s %s", key, access->scope);
  unsigned int n;

  if (!g_hash_table_add (self->seen, once))
    return;
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->hours, key)) + 1;
  g_hash_table_insert (self->hours, g_strdup (key), GUINT_TO_POINTER (n));
  if (n == FORLOP_REVIEW_PER_HOUR + 1)
    {
      g_autofree char *user = dup_name (self, "user", access->user_id);
      g_autofree char *at = forlop_instant_format (hour * HOUR_MS);

      g_hash_table_add (self->lines,
                        g_strdup_printf (_("%s has opened or found more than %d records in the hour from %s."),
                                         user, FORLOP_REVIEW_PER_HOUR, at));
    }
  check_names (self, access);
}

static void
take_row (Review                      *self,
          const ForlopServerAccessRow *row)
{
  static const char *const opening[] = { "opened", "search hit", "break-glass", NULL };
  const ForlopServerAccess *access = &row->access;

  if (access->at < self->from || access->user_id == NULL || access->scope == NULL ||
      !g_str_has_prefix (access->scope, "c:"))
    return;
  if (g_strv_contains (opening, access->action))
    count_opened (self, access);
  if (g_str_equal (access->action, "break-glass"))
    g_ptr_array_add (self->broken, g_strdup_printf ("%s %s", access->user_id, access->scope));
  if (g_str_equal (access->action, "changed"))
    g_hash_table_add (self->written, g_strdup_printf ("%s %s", access->user_id, access->scope));
}

static gboolean
read_log (Review  *self,
          GError **error)
{
  gint64 after = 0;

  while (TRUE)
    {
      g_autoptr (GPtrArray) page =
        forlop_tenant_storage_list_access (self->storage, NULL, after, CHUNK, error);

      if (page == NULL)
        return FALSE;
      if (page->len == 0)
        return TRUE;
      for (unsigned int i = 0; i < page->len; i++)
        take_row (self, g_ptr_array_index (page, i));
      after = ((const ForlopServerAccessRow *) g_ptr_array_index (page, page->len - 1))->n;
    }
}

static void
check_broken (Review *self)
{
  for (unsigned int i = 0; i < self->broken->len; i++)
    {
      const char *key = g_ptr_array_index (self->broken, i);
      g_auto (GStrv) parts = g_strsplit (key, " ", 2);
      g_autofree char *user = dup_name (self, "user", parts[0]);
      g_autofree char *citizen = dup_name (self, "citizen", parts[1] + 2);

      if (!g_hash_table_contains (self->written, key))
        g_hash_table_add (self->lines,
                          g_strdup_printf (_("%s opened the record of %s by emergency access and has written "
                                             "nothing in it."), user, citizen));
    }
}

static char *
join_lines (Review *self)
{
  g_autoptr (GPtrArray) lines = g_hash_table_get_keys_as_ptr_array (self->lines);
  GString *text = g_string_new (NULL);

  g_ptr_array_sort_values (lines, (GCompareFunc) strcmp);
  for (unsigned int i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (lines, i));

  return g_string_free (text, FALSE);
}

char *
forlop_access_review (ForlopServerStorage  *storage,
                      gint64                now,
                      GError              **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) hours = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) broken = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Review self = { storage, now - DAY_MS, seen, hours, written, broken, lines };
  gboolean is_read;

  g_return_val_if_fail (storage != NULL, NULL);

  if (!storage->funcs->begin (storage, FALSE, error))
    return NULL;
  is_read = read_log (&self, error);
  if (is_read)
    check_broken (&self);
  storage->funcs->rollback (storage);

  return is_read ? join_lines (&self) : NULL;
}
