/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-watch.h"

#include "forlop-mirror-store.h"
#include "forlop-outbox-store.h"
#include "forlop-worker.h"

struct _ForlopSyncWatch
{
  GObject parent_instance;

  /* Borrowed references */
  ForlopSession *session;
  ForlopSyncAccount *account;

  /* Owned references */
  ForlopSyncRunner *runner;
  GSignalGroup *store_signals;

  ForlopSyncFacts facts;
  unsigned int n_reads; /* the newest of them counts */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

typedef struct {
  GWeakRef watch;
  unsigned int number;
} Reading;

G_DEFINE_FINAL_TYPE (ForlopSyncWatch, forlop_sync_watch, G_TYPE_OBJECT)

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_weak_ref_clear (&reading->watch);
  g_free (reading);
}

static void
state_free (gpointer data)
{
  forlop_sync_state_clear (data);
  g_free (data);
}

/* A state without server for a file that belongs to none. */
static gpointer
read_on_worker (ForlopConnection  *connection,
                gpointer           user_data G_GNUC_UNUSED,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  ForlopSyncState *state = g_new0 (ForlopSyncState, 1);
  gboolean is_paired;

  if (!forlop_outbox_store_is_paired (connection, &is_paired, error) ||
      (is_paired && !forlop_mirror_store_load_state (connection, state, error)))
    {
      state_free (state);
      return NULL;
    }

  return state;
}

static void
take_runner (ForlopSyncWatch *self,
             ForlopSyncFacts *facts)
{
  const GError *error;

  facts->standing = FORLOP_SYNC_SIGNED_OUT;
  if (self->runner == NULL)
    return;

  facts->standing = forlop_sync_runner_get_standing (self->runner);
  facts->skew_ms = forlop_sync_runner_get_skew (self->runner);
  error = forlop_sync_runner_get_error (self->runner);
  facts->error = error != NULL ? g_error_copy (error) : NULL;
}

static void
take_state (ForlopSyncWatch       *self,
            const ForlopSyncState *state)
{
  g_autofree char *text = NULL;
  ForlopStatus status;

  forlop_sync_facts_clear (&self->facts);
  self->facts.is_paired = state->server != NULL;
  if (self->facts.is_paired)
    {
      self->facts.server = g_strdup (state->server);
      self->facts.n_waiting = state->n_unsent + state->n_answered;
      self->facts.n_uploads = state->n_uploads;
      self->facts.n_refused = state->n_refused;
      self->facts.last_ok_at = state->last_ok_at;
      self->facts.skew_ms = state->skew_ms;
      self->facts.log_differs = state->log_differs;
      self->facts.lease_hours = state->lease_hours;
      self->facts.is_first = state->cursor == 0;
      self->facts.pos = state->pos;
      self->facts.head = state->head_seen;
      take_runner (self, &self->facts);
    }

  text = forlop_sync_words_dup (&self->facts, forlop_session_now (self->session), &status);
  forlop_session_set_status (self->session, status, text);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static DexFuture *
read_cb (DexFuture *future,
         gpointer   user_data)
{
  Reading *reading = user_data;
  g_autoptr (ForlopSyncWatch) self = g_weak_ref_get (&reading->watch);
  g_autoptr (GError) error = NULL;
  ForlopSyncState *state = forlop_worker_steal (future, &error);

  if (state == NULL)
    {
      g_debug ("How sync stands could not be read: %s", error->message);
      return NULL;
    }
  if (self != NULL && self->session != NULL && reading->number == self->n_reads)
    take_state (self, state);
  state_free (state);

  return NULL;
}

static void
forlop_sync_watch_read (ForlopSyncWatch *self)
{
  ForlopStore *store = self->session != NULL ? forlop_session_get_store (self->session) : NULL;
  Reading *reading;

  if (store == NULL)
    return;

  reading = g_new0 (Reading, 1);
  g_weak_ref_init (&reading->watch, self);
  reading->number = ++self->n_reads;
  dex_future_disown (dex_future_finally (
    forlop_store_read (store, read_on_worker, NULL, NULL, state_free), read_cb, reading,
    reading_free));
}

static void
store_changed_cb (ForlopSyncWatch  *self,
                  char            **tables)
{
  const char *const *names = (const char *const *) tables;

  if (g_strv_contains (names, "outbox") || g_strv_contains (names, "sync_state") ||
      g_strv_contains (names, "conflict"))
    forlop_sync_watch_read (self);
}

static void
store_set_cb (ForlopSyncWatch *self)
{
  forlop_sync_watch_stop (self);
  g_signal_group_set_target (self->store_signals, forlop_session_get_store (self->session));
  forlop_sync_watch_read (self);
}

static void
forlop_sync_watch_dispose (GObject *object)
{
  ForlopSyncWatch *self = FORLOP_SYNC_WATCH (object);

  if (self->runner != NULL)
    forlop_sync_runner_stop (self->runner);
  g_clear_object (&self->runner);
  g_clear_object (&self->store_signals);
  g_clear_weak_pointer (&self->session);
  g_clear_weak_pointer (&self->account);
  forlop_sync_facts_clear (&self->facts);

  G_OBJECT_CLASS (forlop_sync_watch_parent_class)->dispose (object);
}

static void
forlop_sync_watch_class_init (ForlopSyncWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = forlop_sync_watch_dispose;

  /**
   * ForlopSyncWatch::changed:
   *
   * What forlop_sync_watch_get_facts() gives is new.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
forlop_sync_watch_init (ForlopSyncWatch *self)
{
  self->store_signals = g_signal_group_new (FORLOP_TYPE_STORE);
  g_signal_group_connect_swapped (self->store_signals, "changed", G_CALLBACK (store_changed_cb), self);
}

/* The session gets the watch, and knows it by forlop_session_get_sync(). */
ForlopSyncWatch *
forlop_sync_watch_new (ForlopSession *session)
{
  ForlopSyncWatch *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);

  self = g_object_new (FORLOP_TYPE_SYNC_WATCH, NULL);
  g_set_weak_pointer (&self->session, session);
  g_signal_connect_object (session, "notify::store", G_CALLBACK (store_set_cb), self,
                           G_CONNECT_SWAPPED);
  forlop_session_set_sync (session, self);
  if (forlop_session_get_store (session) != NULL)
    store_set_cb (self);

  return self;
}

void
forlop_sync_watch_start (ForlopSyncWatch         *self,
                         ForlopSyncTransportFunc  func,
                         gpointer                 user_data,
                         GDestroyNotify           user_data_free)
{
  g_return_if_fail (FORLOP_IS_SYNC_WATCH (self));
  g_return_if_fail (func != NULL);
  g_return_if_fail (self->session != NULL && forlop_session_get_store (self->session) != NULL);

  forlop_sync_watch_stop (self);
  self->runner = forlop_sync_runner_new (forlop_session_get_store (self->session), func, user_data,
                                         user_data_free);
  g_signal_connect_object (self->runner, "notify::standing", G_CALLBACK (forlop_sync_watch_read), self,
                           G_CONNECT_SWAPPED);
}

void
forlop_sync_watch_stop (ForlopSyncWatch *self)
{
  g_return_if_fail (FORLOP_IS_SYNC_WATCH (self));

  if (self->runner == NULL)
    return;

  forlop_sync_runner_stop (self->runner);
  g_clear_object (&self->runner);
}

void
forlop_sync_watch_wake (ForlopSyncWatch *self)
{
  g_return_if_fail (FORLOP_IS_SYNC_WATCH (self));

  if (self->runner != NULL)
    forlop_sync_runner_wake (self->runner);
}

ForlopSyncRunner *
forlop_sync_watch_get_runner (ForlopSyncWatch *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_WATCH (self), NULL);

  return self->runner;
}

ForlopSyncAccount *
forlop_sync_watch_get_account (ForlopSyncWatch *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_WATCH (self), NULL);

  return self->account;
}

void
forlop_sync_watch_set_account (ForlopSyncWatch   *self,
                               ForlopSyncAccount *account)
{
  g_return_if_fail (FORLOP_IS_SYNC_WATCH (self));

  g_set_weak_pointer (&self->account, account);
}

const ForlopSyncFacts *
forlop_sync_watch_get_facts (ForlopSyncWatch *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_WATCH (self), NULL);

  return &self->facts;
}
