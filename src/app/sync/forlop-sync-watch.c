/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-watch.h"

#include "forlop-mirror-store.h"
#include "forlop-outbox-store.h"
#include "forlop-worker.h"

#include <time.h>

#define TICK_SECONDS 30
/* How much time is lost at most when the program is killed and the clock put back. */
#define NOTE_MS ((gint64) 10 * 60 * 1000)

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
  gboolean is_known;
  gint64 seen_at;   /* by the clock, and by how long the machine has run since */
  gint64 seen_boot; /* seconds */
  gint64 noted_at;
  ForlopLeaseState lease;
  unsigned int source;
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

/* Seconds that nobody can put back, and that pass while the machine sleeps. */
static gint64
boot_seconds (void)
{
  struct timespec time;

  clock_gettime (CLOCK_BOOTTIME, &time);

  return time.tv_sec;
}

static gpointer
note_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  return GINT_TO_POINTER (forlop_mirror_store_note_seen (connection, *(gint64 *) user_data, error));
}

/* Time goes on: by the clock, and where that was put back, by how long the machine has run. */
static void
see_time (ForlopSyncWatch *self)
{
  gint64 now = forlop_session_now (self->session);
  gint64 boot = boot_seconds ();
  ForlopStore *store = forlop_session_get_store (self->session);

  if (self->seen_at != FORLOP_INSTANT_NONE)
    now = MAX (now, self->seen_at + (boot - self->seen_boot) * 1000);
  self->seen_at = now;
  self->seen_boot = boot;
  self->facts.seen_at = now;
  if (store == NULL || now < self->noted_at + NOTE_MS)
    return;
  self->noted_at = now;
  dex_future_disown (forlop_store_write (store, note_on_worker, g_memdup2 (&now, sizeof now), g_free, NULL));
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

static gpointer
put_right_on_worker (ForlopConnection  *connection,
                     gpointer           user_data,
                     GCancellable      *cancellable G_GNUC_UNUSED,
                     GError           **error)
{
  return GINT_TO_POINTER (forlop_mirror_store_put_clock_right (connection, *(gint64 *) user_data, error));
}

/* A clock that was ahead when the server was last reached gives no more time when it is put right. */
static void
put_clock_right (ForlopSyncWatch *self,
                 ForlopSyncState *state)
{
  ForlopStore *store = forlop_session_get_store (self->session);
  gint64 skew_ms = state->skew_ms;

  if (store == NULL ||
      !forlop_lease_was_put_right (state->last_ok_at, skew_ms, forlop_session_now (self->session)))
    return;
  state->last_ok_at -= skew_ms;
  if (state->seen_at != FORLOP_INSTANT_NONE)
    state->seen_at -= skew_ms;
  state->skew_ms = 0;
  dex_future_disown (forlop_store_write (store, put_right_on_worker, g_memdup2 (&skew_ms, sizeof skew_ms), g_free,
                                         NULL));
}

static void
take_state (ForlopSyncWatch *self,
            ForlopSyncState *state)
{
  g_autofree char *text = NULL;
  ForlopStatus status;

  gint64 ok_before = self->facts.last_ok_at;

  forlop_sync_facts_clear (&self->facts);
  self->is_known = TRUE;
  self->facts.is_paired = state->server != NULL;
  if (self->facts.is_paired)
    {
      put_clock_right (self, state);
      /* What a wrong clock said is forgotten when the server has been reached. */
      if (state->last_ok_at != ok_before)
        {
          self->seen_at = state->seen_at;
          self->seen_boot = boot_seconds ();
          self->noted_at = 0;
        }
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
      self->facts.clock_is_wrong =
        ABS (self->facts.skew_ms) >= forlop_clock_get_tolerance (forlop_session_get_clock (self->session));
      see_time (self);
      self->lease = forlop_sync_words_judge_lease (&self->facts, forlop_session_now (self->session)).state;
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
      if (self != NULL && self->session != NULL && !self->is_known)
        {
          self->is_known = TRUE;
          g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
        }
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
  self->is_known = FALSE;
  self->seen_at = FORLOP_INSTANT_NONE;
  self->noted_at = 0;
  self->lease = FORLOP_LEASE_GOOD;
  g_signal_group_set_target (self->store_signals, forlop_session_get_store (self->session));
  forlop_sync_watch_read (self);
}

/* The lease runs out also when nothing happens. */
static gboolean
tick_cb (gpointer user_data)
{
  ForlopSyncWatch *self = user_data;

  if (self->session == NULL || !self->facts.is_paired)
    return G_SOURCE_CONTINUE;

  see_time (self);
  if (forlop_sync_words_judge_lease (&self->facts, forlop_session_now (self->session)).state != self->lease)
    forlop_sync_watch_read (self);

  return G_SOURCE_CONTINUE;
}

static void
forlop_sync_watch_dispose (GObject *object)
{
  ForlopSyncWatch *self = FORLOP_SYNC_WATCH (object);

  g_clear_handle_id (&self->source, g_source_remove);
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
  self->seen_at = FORLOP_INSTANT_NONE;
  self->source = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
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

gboolean
forlop_sync_watch_is_known (ForlopSyncWatch *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_WATCH (self), FALSE);

  return self->is_known;
}

ForlopLeaseState
forlop_sync_watch_get_lease (ForlopSyncWatch *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_WATCH (self), FORLOP_LEASE_GOOD);

  return self->lease;
}

gboolean
forlop_sync_watch_is_arriving (ForlopSession *session)
{
  ForlopSyncWatch *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), FALSE);

  self = forlop_session_get_sync (session);

  return self != NULL && self->facts.is_paired && self->facts.is_first;
}

const ForlopSyncFacts *
forlop_sync_watch_get_facts (ForlopSyncWatch *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_WATCH (self), NULL);

  return &self->facts;
}
