/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-drafts.h"

#include "forlop-act-draft.h"
#include "forlop-begun-store.h"
#include "forlop-board-call.h"

/* Milliseconds between what is written and the file. */
#define WRITE_DELAY 500

struct _ForlopBoardDrafts
{
  GObject parent_instance;

  /* Owned */
  GHashTable *entries; /* "user case" → Entry, of all that was seen or written */
  unsigned int write_source;
};

typedef struct {
  ForlopSession *session;
  char *user_id;
  char *case_id;
  ForlopBoardDraft *draft; /* NULL where nothing is left */
  gboolean is_written;
} Entry;

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopBoardDrafts, forlop_board_drafts, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->session);
  g_free (entry->user_id);
  g_free (entry->case_id);
  g_clear_pointer (&entry->draft, forlop_board_draft_free);
  g_free (entry);
}

static Entry *
find_entry (ForlopBoardDrafts *self,
            const char        *user_id,
            const char        *case_id)
{
  g_autofree char *key = g_strjoin (" ", user_id, case_id, NULL);

  return g_hash_table_lookup (self->entries, key);
}

static Entry *
add_entry (ForlopBoardDrafts *self,
           ForlopSession     *session,
           const char        *user_id,
           const char        *case_id)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->session = g_object_ref (session);
  entry->user_id = g_strdup (user_id);
  entry->case_id = g_strdup (case_id);
  entry->is_written = TRUE;
  g_hash_table_insert (self->entries, g_strjoin (" ", user_id, case_id, NULL), entry);

  return entry;
}

static void
write_entry (Entry *entry)
{
  g_autofree char *key = forlop_begun_dup_key (entry->case_id);

  forlop_draft_keep_of (entry->session, entry->user_id, key,
                        entry->draft != NULL ? forlop_board_draft_to_text (entry->draft) : NULL);
  entry->is_written = TRUE;
}

static gboolean
write_cb (gpointer user_data)
{
  ForlopBoardDrafts *self = user_data;

  self->write_source = 0;
  forlop_board_drafts_flush (self);

  return G_SOURCE_REMOVE;
}

static void
forlop_board_drafts_dispose (GObject *object)
{
  forlop_board_drafts_flush (FORLOP_BOARD_DRAFTS (object));

  G_OBJECT_CLASS (forlop_board_drafts_parent_class)->dispose (object);
}

static void
forlop_board_drafts_finalize (GObject *object)
{
  g_hash_table_unref (FORLOP_BOARD_DRAFTS (object)->entries);

  G_OBJECT_CLASS (forlop_board_drafts_parent_class)->finalize (object);
}

static void
forlop_board_drafts_class_init (ForlopBoardDraftsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = forlop_board_drafts_dispose;
  object_class->finalize = forlop_board_drafts_finalize;

  /**
   * ForlopBoardDrafts::changed:
   * @case_id: Of whom something is begun now, or nothing is any longer.
   * @begun: Which of the two.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

/* What was written in the last half second is there also when the program is ended: the files are closed after
 * this, when all that was asked of them is done. */
static void
forlop_board_drafts_init (ForlopBoardDrafts *self)
{
  GApplication *application = g_application_get_default ();

  if (application != NULL)
    g_signal_connect_object (application, "shutdown", G_CALLBACK (forlop_board_drafts_flush), self, G_CONNECT_SWAPPED);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
}

ForlopBoardDrafts *
forlop_board_drafts_new (void)
{
  return g_object_new (FORLOP_TYPE_BOARD_DRAFTS, NULL);
}

const ForlopBoardDraft *
forlop_board_drafts_find (ForlopBoardDrafts *self,
                          ForlopBoardPlace  *place,
                          const char        *case_id)
{
  ForlopIdentity *me;
  const ForlopBegun *begun;
  Entry *entry;

  g_return_val_if_fail (FORLOP_IS_BOARD_DRAFTS (self), NULL);
  g_return_val_if_fail (place != NULL && case_id != NULL, NULL);

  me = forlop_session_get_actor (place->session);
  if (me == NULL)
    return NULL;
  entry = find_entry (self, forlop_identity_get_user_id (me), case_id);
  if (entry != NULL)
    return entry->draft;

  /* Written before this window was there. */
  begun = place->begun != NULL && g_strcmp0 (place->reader_id, forlop_identity_get_user_id (me)) == 0
    ? g_hash_table_lookup (place->begun, case_id) : NULL;
  if (begun == NULL)
    return NULL;
  entry = add_entry (self, place->session, forlop_identity_get_user_id (me), case_id);
  entry->draft = forlop_board_draft_from_text (begun->body);

  return entry->draft;
}

void
forlop_board_drafts_put (ForlopBoardDrafts *self,
                         ForlopSession     *session,
                         const char        *user_id,
                         const char        *case_id,
                         ForlopBoardDraft  *draft)
{
  g_autoptr (ForlopBoardDraft) owned = draft;
  gboolean begun = draft != NULL && !forlop_board_draft_is_empty (draft);
  gboolean was_begun;
  Entry *entry;

  g_return_if_fail (FORLOP_IS_BOARD_DRAFTS (self));
  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (user_id != NULL && case_id != NULL);

  entry = find_entry (self, user_id, case_id);
  if (entry == NULL)
    entry = add_entry (self, session, user_id, case_id);
  was_begun = entry->draft != NULL;
  g_clear_pointer (&entry->draft, forlop_board_draft_free);
  if (begun)
    entry->draft = g_steal_pointer (&owned);
  if (begun || was_begun)
    {
      entry->is_written = FALSE;
      if (self->write_source == 0)
        self->write_source = g_timeout_add (WRITE_DELAY, write_cb, self);
    }
  if (begun != was_begun)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, case_id, begun);
}

void
forlop_board_drafts_stop_calls (ForlopBoardDrafts *self,
                                gint64             now)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (FORLOP_IS_BOARD_DRAFTS (self));

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      if (entry->draft == NULL || entry->draft->call_began_at == FORLOP_INSTANT_NONE)
        continue;
      if (entry->draft->is_counting)
        entry->draft->minutes = forlop_board_call_count (entry->draft->call_began_at, now);
      entry->draft->call_began_at = FORLOP_INSTANT_NONE;
      entry->draft->is_counting = FALSE;
      write_entry (entry);
    }
}

void
forlop_board_drafts_flush (ForlopBoardDrafts *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (FORLOP_IS_BOARD_DRAFTS (self));

  g_clear_handle_id (&self->write_source, g_source_remove);
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!((Entry *) value)->is_written)
      write_entry (value);
}
