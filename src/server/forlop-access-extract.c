/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-access-extract.h"

#include <glib/gi18n-lib.h>

#include "forlop-act.h"
#include "forlop-csv-writer.h"
#include "forlop-error.h"
#include "forlop-people-search.h"
#include "forlop-sync-reading.h"
#include "forlop-tenant-storage.h"

#define CHUNK 1000

typedef struct {
  ForlopServerStorage *storage;
  GHashTable *names; /* id → owned name of a user or a unit */
  GPtrArray *lines;  /* of Line */
} Extract;

/* Something that was done, in words. */
typedef struct {
  gint64 at;
  char *who;
  char *role; /* as people call it; nullable */
  char *unit;
  char *what;
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->who);
  g_free (line->role);
  g_free (line->unit);
  g_free (line->what);
  g_free (line);
}

static ForlopRecord *
load (ForlopServerStorage  *storage,
      const char           *type,
      const char           *id,
      GError              **error)
{
  g_autoptr (ForlopSyncRow) row = NULL;

  if (!storage->funcs->load_row (storage, forlop_record_type_find (type), id, &row, error) || row == NULL)
    return NULL;

  return forlop_sync_row_to_record (row, error);
}

/* Borrowed; an empty text for who is not known. */
static const char *
name_of (Extract    *self,
         const char *type,
         const char *id)
{
  g_autoptr (ForlopRecord) record = NULL;
  const char *name;

  if (id == NULL)
    return "";
  name = g_hash_table_lookup (self->names, id);
  if (name != NULL)
    return name;
  record = load (self->storage, type, id, NULL);
  name = record != NULL ? forlop_record_get_text (record, "name") : NULL;
  g_hash_table_insert (self->names, g_strdup (id), g_strdup (name != NULL ? name : ""));

  return g_hash_table_lookup (self->names, id);
}

static const ForlopServerAccess *
get_access (GPtrArray    *rows,
            unsigned int  i)
{
  return &((const ForlopServerAccessRow *) g_ptr_array_index (rows, i))->access;
}

/* The labels of the record types in the rows from @begin to before @end, each once. */
static char *
dup_kinds (GPtrArray    *rows,
           unsigned int  begin,
           unsigned int  end)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  for (unsigned int i = begin; i < end; i++)
    {
      const char *kinds = get_access (rows, i)->kinds;
      g_auto (GStrv) names = g_strsplit_set (kinds != NULL ? kinds : "", " ,", -1);

      for (char **name = names; *name != NULL; name++)
        {
          const ForlopRecordType *type = forlop_record_type_find (*name);
          g_autofree char *label = type != NULL ? g_utf8_strdown (_(type->label_plural), -1) : NULL;

          if (label != NULL && !g_ptr_array_find_with_equal_func (labels, label, g_str_equal, NULL))
            g_ptr_array_add (labels, g_steal_pointer (&label));
        }
    }
  g_ptr_array_sort_values (labels, (GCompareFunc) g_utf8_collate);
  g_ptr_array_add (labels, NULL);

  return g_strjoinv (", ", (char **) labels->pdata);
}

/* What a machine tells of its user. */
static char *
dup_on_machine (const char *action,
                const char *kinds)
{
  static const struct { const char *action; const char *sentence; } sentences[] = {
    { "found", N_("saw your name in a search on their machine") },
    { "listed", N_("had your name in a list: %s") },
    { "printed", N_("printed from your record: %s") },
    { "exported", N_("took out of your record: %s") },
    { "showed-id-number", N_("looked at your identity number") },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (sentences[i].action, action))
      {
        g_auto (GStrv) parts = g_strsplit (_(sentences[i].sentence), "%s", 2);

        return g_strjoinv (kinds, parts);
      }

  return NULL;
}

/* What the server does by itself with what came: it judges measurements, keeps a blocked note apart. */
static gboolean
is_of_server (const ForlopServerAccess *access)
{
  return access->user_id == NULL && g_str_equal (access->action, "changed");
}

static char *
dup_what (const ForlopServerAccess *access,
          const char               *kinds)
{
  const char *reason = access->reason != NULL ? access->reason : "";
  const ForlopAct *act;
  char *on_machine;

  if (g_str_equal (access->action, "delivered"))
    return g_strdup_printf (_("got information onto the machine they work on: %s"), kinds);
  if (g_str_equal (access->action, "search hit"))
    return g_strdup (g_strcmp0 (access->kinds, FORLOP_PEOPLE_TOLD_OF_BLOCKING) == 0
                       ? _("looked for your identity number, and saw your name, your date of birth and that you have "
                           "blocked them")
                       : _("saw your name, date of birth and unit in a search"));
  if (g_str_equal (access->action, "break-glass"))
    return g_strdup_printf (_("opened your record by emergency access. Reason: %s"), reason);
  if (g_str_equal (access->action, "break-glass ended"))
    return g_strdup (_("the emergency access ended"));
  if (g_str_equal (access->action, "taken up"))
    return g_strdup_printf (_("got access to your record to register a referral. Reason: %s"), reason);
  if (g_str_equal (access->action, "take-up ended"))
    return g_strdup (_("no longer has access to your record"));
  if (g_str_equal (access->action, "log extracted"))
    return g_strdup (_("took out this list of who has opened your record"));
  if (g_str_equal (access->action, "purged"))
    return g_strdup (_("the information was deleted from the machine"));
  if (is_of_server (access))
    return g_strdup_printf (_("followed up by itself what was sent or written: %s"), kinds);
  if (g_str_equal (access->action, "changed"))
    {
      act = forlop_act_find (reason);
      return g_strdup_printf (_("wrote in your record: %s"), act != NULL ? _(act->done) : kinds);
    }
  if (g_str_equal (access->action, FORLOP_SYNC_READ_BY_SYSTEM))
    return g_strdup_printf (_("the system read from your record: %s"), kinds);
  on_machine = dup_on_machine (access->action, kinds);
  if (on_machine != NULL)
    return on_machine;
  if (*reason != '\0')
    return g_strdup_printf (_("opened your record. Reason: %s"), reason);

  return g_strdup (_("opened your record"));
}

/* Another system has its own name where a user has a reason. Borrowed; an empty text where a whole function is meant. */
static const char *
who_of (Extract                  *self,
        const ForlopServerAccess *access)
{
  const char *name;

  if (g_str_equal (access->action, FORLOP_SYNC_READ_BY_SYSTEM))
    return access->reason;
  if (is_of_server (access))
    return _("the server");
  if (access->user_id == NULL)
    return "";
  name = name_of (self, "user", access->user_id);

  return *name != '\0' ? name : _("somebody who is no longer registered");
}

/* What is done at once is a row in the log for each scope that it touches, one after the other. */
static unsigned int
find_end (GPtrArray    *rows,
          unsigned int  begin)
{
  const ForlopServerAccess *first = get_access (rows, begin);
  unsigned int end;

  for (end = begin + 1; end < rows->len; end++)
    {
      const ForlopServerAccess *next = get_access (rows, end);

      if (g_strcmp0 (next->request_id, first->request_id) != 0 || g_strcmp0 (next->user_id, first->user_id) != 0 ||
          g_strcmp0 (next->action, first->action) != 0 || g_strcmp0 (next->reason, first->reason) != 0 ||
          next->client_at != first->client_at)
        break;
      /* The same scope again is done again. */
      for (unsigned int i = begin; i < end; i++)
        if (g_strcmp0 (get_access (rows, i)->scope, next->scope) == 0)
          return end;
    }

  return end;
}

static void
add_line (Extract      *self,
          GPtrArray    *rows,
          unsigned int  begin,
          unsigned int  end)
{
  const ForlopServerAccess *access = get_access (rows, begin);
  g_autofree char *kinds = dup_kinds (rows, begin, end);
  Line *line = g_new0 (Line, 1);

  line->at = access->client_at != FORLOP_INSTANT_NONE ? access->client_at : access->at;
  line->who = g_strdup (who_of (self, access));
  line->role = access->role != NULL ? g_utf8_strdown (forlop_role_label (access->role), -1) : NULL;
  line->unit = g_strdup (name_of (self, "unit", access->unit_id));
  line->what = dup_what (access, kinds);
  g_ptr_array_add (self->lines, line);
}

/* Who did what, without when. */
static char *
dup_sentence (const Line *line)
{
  const char *const parts[] = { line->who, line->role != NULL ? line->role : "", line->unit };
  GString *text = g_string_new (NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*parts[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", parts[i]);
  g_string_append_printf (text, ": %s", line->what);

  return g_string_free (text, FALSE);
}

/* The same, done again on the same day, is one line that says how often and when last. */
typedef struct {
  gint64 first;
  gint64 last;
  unsigned int n;
  char *sentence;
} Day;

static void
day_free (gpointer data)
{
  Day *day = data;

  g_free (day->sentence);
  g_free (day);
}

static GPtrArray *
gather_days (GPtrArray *lines)
{
  GPtrArray *days = g_ptr_array_new_with_free_func (day_free);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned int i = 0; i < lines->len; i++)
    {
      const Line *line = g_ptr_array_index (lines, i);
      g_autofree char *sentence = dup_sentence (line);
      g_autofree char *key = g_strdup_printf ("%d %s", (int) forlop_instant_to_date (line->at), sentence);
      Day *day = g_hash_table_lookup (known, key);

      if (day == NULL)
        {
          day = g_new0 (Day, 1);
          day->first = line->at;
          day->sentence = g_steal_pointer (&sentence);
          g_ptr_array_add (days, day);
          g_hash_table_insert (known, g_steal_pointer (&key), day);
        }
      day->last = line->at;
      day->n++;
    }

  return days;
}

static char *
write_text (Extract      *self,
            ForlopRecord *citizen)
{
  g_autoptr (GPtrArray) days = gather_days (self->lines);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _("Who has opened the record of %s %s"),
                          forlop_record_get_text (citizen, "given_name"),
                          forlop_record_get_text (citizen, "family_name"));
  g_string_append (text, "\n\n");
  for (unsigned int i = 0; i < days->len; i++)
    {
      const Day *day = g_ptr_array_index (days, i);
      g_autofree char *at = forlop_instant_format (day->first);
      g_autofree char *last = forlop_instant_format (day->last);

      g_string_append_printf (text, "%s  %s", at, day->sentence);
      if (day->n > 1)
        {
          g_string_append_c (text, ' ');
          g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "(%u time that day, last %s)",
                                                     "(%u times that day, last %s)", day->n), day->n, last);
        }
      g_string_append_c (text, '\n');
    }
  if (days->len == 0)
    g_string_append_printf (text, "%s\n", _("Nobody has opened it."));

  return g_string_free (text, FALSE);
}

static char *
write_csv (Extract  *self,
           GError  **error)
{
  const char *const titles[] = { _("When"), _("Who"), _("Function"), _("Unit"), _("What") };
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (ForlopCsvWriter) writer = forlop_csv_writer_new (stream, 0);
  gboolean is_written;

  for (unsigned int i = 0; i < G_N_ELEMENTS (titles); i++)
    forlop_csv_writer_add_text (writer, titles[i]);
  is_written = forlop_csv_writer_end_row (writer, NULL, error);
  for (unsigned int i = 0; is_written && i < self->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (self->lines, i);

      forlop_csv_writer_add_instant (writer, line->at);
      forlop_csv_writer_add_text (writer, line->who);
      forlop_csv_writer_add_text (writer, line->role);
      forlop_csv_writer_add_text (writer, line->unit);
      forlop_csv_writer_add_text (writer, line->what);
      is_written = forlop_csv_writer_end_row (writer, NULL, error);
    }
  if (!is_written || !forlop_csv_writer_finish (writer, NULL, error) ||
      !g_output_stream_write_all (stream, "", 1, NULL, NULL, error) || !g_output_stream_close (stream, NULL, error))
    return NULL;

  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static gboolean
collect (ForlopServerStorage  *storage,
         const char           *scope,
         GPtrArray            *rows,
         GError              **error)
{
  gint64 after = 0;

  while (TRUE)
    {
      g_autoptr (GPtrArray) page = forlop_tenant_storage_list_access (storage, scope, after, CHUNK, error);

      if (page == NULL)
        return FALSE;
      if (page->len == 0)
        return TRUE;
      after = ((const ForlopServerAccessRow *) g_ptr_array_index (page, page->len - 1))->n;
      g_ptr_array_extend_and_steal (rows, g_steal_pointer (&page));
    }
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const ForlopServerAccessRow *one = a, *other = b;

  return (one->n > other->n) - (one->n < other->n);
}

/* The citizen's scope, those of blocked notes, and the delivery side of each case. */
static gboolean
collect_of_record (ForlopServerStorage  *storage,
                   const char           *citizen_id,
                   GPtrArray            *rows,
                   GError              **error)
{
  g_autofree char *scope = g_strconcat ("c:", citizen_id, NULL);
  g_autoptr (GPtrArray) cases =
    storage->funcs->list_scope (storage, scope, forlop_record_type_find ("case"), error);

  g_autofree char *prefix = g_strdup_printf ("n:%s:", citizen_id);
  g_autoptr (GPtrArray) apart = NULL;

  if (cases == NULL || !collect (storage, scope, rows, error))
    return FALSE;
  apart = storage->funcs->list_scopes (storage, prefix, error);
  if (apart == NULL)
    return FALSE;
  for (unsigned int i = 0; i < apart->len; i++)
    if (!collect (storage, g_ptr_array_index (apart, i), rows, error))
      return FALSE;
  for (unsigned int i = 0; i < cases->len; i++)
    {
      const ForlopSyncRow *the_case = g_ptr_array_index (cases, i);
      g_autofree char *delivery = g_strconcat ("d:", the_case->id, NULL);

      if (!collect (storage, delivery, rows, error))
        return FALSE;
    }

  return TRUE;
}

/* Under every record of the person. */
static GPtrArray *
collect_all (ForlopServerStorage  *storage,
             const char           *citizen_id,
             GError              **error)
{
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_server_access_row_free);
  g_autoptr (GPtrArray) ids = forlop_sync_server_list_person (storage, citizen_id, error);

  if (ids == NULL)
    return NULL;
  for (unsigned int i = 0; i < ids->len; i++)
    if (!collect_of_record (storage, g_ptr_array_index (ids, i), rows, error))
      return NULL;
  g_ptr_array_sort_values (rows, compare_rows);

  return g_steal_pointer (&rows);
}

/* (transfer full): the citizen, after every row was put in words. */
static ForlopRecord *
put_in_words (Extract     *self,
              const char  *citizen_id,
              GError     **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (ForlopRecord) citizen = load (self->storage, "citizen", citizen_id, &problem);
  g_autoptr (GPtrArray) rows = NULL;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (citizen == NULL)
    {
      g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                           _("There is no such citizen in the municipality. Nothing was written."));
      return NULL;
    }
  rows = collect_all (self->storage, citizen_id, error);
  if (rows == NULL)
    return NULL;
  for (unsigned int i = 0, end; i < rows->len; i = end)
    {
      end = find_end (rows, i);
      add_line (self, rows, i, end);
    }

  return g_steal_pointer (&citizen);
}

char *
forlop_access_extract (ForlopServerStorage  *storage,
                       const char           *citizen_id,
                       ForlopExtractFormat   format,
                       GError              **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr (ForlopRecord) citizen = NULL;
  Extract self = { storage, names, lines };

  g_return_val_if_fail (storage != NULL && citizen_id != NULL, NULL);

  if (!storage->funcs->begin (storage, FALSE, error))
    return NULL;
  citizen = put_in_words (&self, citizen_id, error);
  storage->funcs->rollback (storage);
  if (citizen == NULL)
    return NULL;

  return format == FORLOP_EXTRACT_CSV ? write_csv (&self, error) : write_text (&self, citizen);
}
