/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-net"

#include "forlop-sync-runner.h"

#include "forlop-store-mirror.h"

/* How it stands, handed from the thread to the main loop. */
typedef struct {
  ForlopSyncStanding standing;
  gint64 n_waiting;
  gint64 n_refused;
  gint64 last_ok_at;
  gint64 skew_ms;
  char *detail;
  GError *error;
} Report;

struct _ForlopSyncRunner
{
  GObject parent_instance;

  /* Owned references */
  ForlopStore *store;
  GCancellable *cancellable;
  GMainContext *context;
  GThread *thread;
  gpointer user_data;
  GDestroyNotify user_data_free;

  ForlopSyncTransportFunc func;
  gulong changed_id;

  GMutex mutex;
  GCond cond;
  gboolean is_stopped; /* the four are guarded by mutex */
  gboolean is_woken;
  gboolean has_news;
  gint64 poked_head;

  GError *problem; /* of the last request; of the runner's thread */
  Report shown;
};

enum {
  PROP_STANDING = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (ForlopSyncRunner, forlop_sync_runner, G_TYPE_OBJECT)

static void
report_clear (Report *self)
{
  g_clear_pointer (&self->detail, g_free);
  g_clear_error (&self->error);
}

static void
report_free (Report *self)
{
  report_clear (self);
  g_free (self);
}

typedef struct {
  GWeakRef runner;
  Report *report;
} Delivery;

static void
delivery_free (Delivery *self)
{
  g_weak_ref_clear (&self->runner);
  g_clear_pointer (&self->report, report_free);
  g_free (self);
}

static gboolean
deliver_cb (gpointer user_data)
{
  Delivery *delivery = user_data;
  g_autoptr (ForlopSyncRunner) self = g_weak_ref_get (&delivery->runner);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  report_clear (&self->shown);
  self->shown = *delivery->report;
  *delivery->report = (Report) { 0 };
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STANDING]);

  return G_SOURCE_REMOVE;
}

static void
report (ForlopSyncRunner *self,
        ForlopSyncMirror *mirror,
        ForlopSyncClient *client)
{
  const GError *problem = self->problem;
  g_auto (ForlopSyncState) state = { 0 };
  g_autoptr (GSource) source = NULL;
  Delivery *delivery;
  Report *made;

  if (!mirror->funcs->load_state (mirror, &state, NULL))
    return;

  made = g_new0 (Report, 1);
  made->standing = forlop_sync_client_get_standing (client);
  made->n_waiting = state.n_unsent + state.n_answered + state.n_uploads;
  made->n_refused = state.n_refused;
  made->last_ok_at = state.last_ok_at;
  made->skew_ms = forlop_sync_client_get_skew (client);
  made->detail =
    g_strdup (problem != NULL ? problem->message : forlop_sync_client_get_detail (client));
  made->error = problem != NULL ? g_error_copy (problem) : NULL;

  delivery = g_new0 (Delivery, 1);
  g_weak_ref_init (&delivery->runner, self);
  delivery->report = made;
  /* Not invoked: that would deliver it on this thread while nobody has the context. */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, delivery, (GDestroyNotify) delivery_free);
  g_source_attach (source, self->context);
}

static void
take_problem (ForlopSyncRunner *self,
              GError           *problem)
{
  g_clear_error (&self->problem);
  self->problem = problem;
}

/* One request and its reply. FALSE when there is nothing to do now. */
static gboolean
step (ForlopSyncRunner *self,
      ForlopSyncMirror *mirror,
      ForlopSyncClient *client)
{
  ForlopClock *clock = forlop_store_get_clock (self->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unreachable = NULL;
  g_autoptr (ForlopSyncRequest) request =
    forlop_sync_client_next (client, forlop_clock_now (clock), &error);
  g_autofree char *text = NULL;
  ForlopSyncAnswer answer = { .random = g_random_int () };

  if (request == NULL)
    {
      /* While it waits, what went wrong last is still so. */
      if (error != NULL)
        take_problem (self, g_steal_pointer (&error));
      report (self, mirror, client);
      return FALSE;
    }

  answer.status = self->func (request, &text, &answer.retry_after, &answer.server_time, self->user_data,
                              self->cancellable, &unreachable);
  answer.text = text;
  forlop_sync_client_take (client, request, &answer, forlop_clock_now (clock), &error);
  take_problem (self, error != NULL ? g_steal_pointer (&error) : g_steal_pointer (&unreachable));
  report (self, mirror, client);

  return TRUE;
}

/* Sleeps until there may be something to do. FALSE when the runner is to end. */
static gboolean
rest (ForlopSyncRunner *self,
      ForlopSyncClient *client)
{
  gint64 now = forlop_clock_now (forlop_store_get_clock (self->store));
  gint64 next_at = CLAMP (forlop_sync_client_get_next_at (client), now, now + FORLOP_HOUR);
  gint64 until = g_get_monotonic_time () + (next_at - now) * 1000;
  gboolean goes_on;

  g_mutex_lock (&self->mutex);
  while (!self->is_stopped && !self->is_woken && !self->has_news && self->poked_head == 0)
    if (!g_cond_wait_until (&self->cond, &self->mutex, until))
      break;
  if (self->is_woken)
    forlop_sync_client_wake (client);
  if (self->poked_head > 0)
    forlop_sync_client_poke (client, self->poked_head);
  self->is_woken = FALSE;
  self->has_news = FALSE;
  self->poked_head = 0;
  goes_on = !self->is_stopped;
  g_mutex_unlock (&self->mutex);

  return goes_on;
}

static gboolean
is_going_on (ForlopSyncRunner *self)
{
  gboolean is_stopped;

  g_mutex_lock (&self->mutex);
  is_stopped = self->is_stopped;
  g_mutex_unlock (&self->mutex);

  return !is_stopped;
}

static gpointer
run (gpointer user_data)
{
  ForlopSyncRunner *self = user_data;
  g_autoptr (ForlopSyncMirror) mirror = forlop_store_mirror_new (self->store);
  g_autoptr (ForlopSyncClient) client = forlop_sync_client_new (mirror);

  do
    while (is_going_on (self) && step (self, mirror, client))
      ;
  while (rest (self, client));

  if (self->user_data_free != NULL)
    self->user_data_free (self->user_data);

  return NULL;
}

/* An act was saved: it is sent as soon as the server may be asked. */
static void
changed_cb (ForlopSyncRunner  *self,
            char             **tables)
{
  if (!g_strv_contains ((const char *const *) tables, "changeset"))
    return;

  g_mutex_lock (&self->mutex);
  self->has_news = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static void
forlop_sync_runner_finalize (GObject *object)
{
  ForlopSyncRunner *self = FORLOP_SYNC_RUNNER (object);

  forlop_sync_runner_stop (self);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  report_clear (&self->shown);
  g_clear_error (&self->problem);

  G_OBJECT_CLASS (forlop_sync_runner_parent_class)->finalize (object);
}

static void
forlop_sync_runner_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  ForlopSyncRunner *self = FORLOP_SYNC_RUNNER (object);

  if (property_id == PROP_STANDING)
    g_value_set_uint (value, self->shown.standing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
forlop_sync_runner_class_init (ForlopSyncRunnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = forlop_sync_runner_finalize;
  object_class->get_property = forlop_sync_runner_get_property;

  /**
   * ForlopSyncRunner:standing:
   *
   * A #ForlopSyncStanding. Notified whenever anything that is told of sync has changed.
   */
  properties[PROP_STANDING] = g_param_spec_uint ("standing", NULL, NULL, 0, FORLOP_SYNC_LOCAL_FAULT,
                                                 FORLOP_SYNC_WORKING,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
forlop_sync_runner_init (ForlopSyncRunner *self)
{
  self->cancellable = g_cancellable_new ();
  self->context = g_main_context_ref_thread_default ();
  self->shown.last_ok_at = FORLOP_INSTANT_NONE;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
}

ForlopSyncRunner *
forlop_sync_runner_new (ForlopStore             *store,
                        ForlopSyncTransportFunc  func,
                        gpointer                 user_data,
                        GDestroyNotify           user_data_free)
{
  ForlopSyncRunner *self;

  g_return_val_if_fail (FORLOP_IS_STORE (store), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_SYNC_RUNNER, NULL);
  self->store = g_object_ref (store);
  self->func = func;
  self->user_data = user_data;
  self->user_data_free = user_data_free;
  self->changed_id = g_signal_connect_swapped (store, "changed", G_CALLBACK (changed_cb), self);
  self->thread = g_thread_new ("forlop-sync", run, self);

  return self;
}

void
forlop_sync_runner_stop (ForlopSyncRunner *self)
{
  g_return_if_fail (FORLOP_IS_SYNC_RUNNER (self));

  if (self->thread == NULL)
    return;

  g_clear_signal_handler (&self->changed_id, self->store);
  g_mutex_lock (&self->mutex);
  self->is_stopped = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_cancellable_cancel (self->cancellable);
  g_thread_join (g_steal_pointer (&self->thread));
}

void
forlop_sync_runner_wake (ForlopSyncRunner *self)
{
  g_return_if_fail (FORLOP_IS_SYNC_RUNNER (self));

  g_mutex_lock (&self->mutex);
  self->is_woken = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

void
forlop_sync_runner_poke (ForlopSyncRunner *self,
                         gint64            head)
{
  g_return_if_fail (FORLOP_IS_SYNC_RUNNER (self));

  g_mutex_lock (&self->mutex);
  self->poked_head = MAX (self->poked_head, head);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

ForlopSyncStanding
forlop_sync_runner_get_standing (ForlopSyncRunner *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_RUNNER (self), FORLOP_SYNC_IDLE);

  return self->shown.standing;
}

gint64
forlop_sync_runner_get_n_waiting (ForlopSyncRunner *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_RUNNER (self), 0);

  return self->shown.n_waiting;
}

gint64
forlop_sync_runner_get_n_refused (ForlopSyncRunner *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_RUNNER (self), 0);

  return self->shown.n_refused;
}

gint64
forlop_sync_runner_get_last_ok_at (ForlopSyncRunner *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_RUNNER (self), FORLOP_INSTANT_NONE);

  return self->shown.last_ok_at;
}

const char *
forlop_sync_runner_get_detail (ForlopSyncRunner *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_RUNNER (self), NULL);

  return self->shown.detail;
}

const GError *
forlop_sync_runner_get_error (ForlopSyncRunner *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_RUNNER (self), NULL);

  return self->shown.error;
}

gint64
forlop_sync_runner_get_skew (ForlopSyncRunner *self)
{
  g_return_val_if_fail (FORLOP_IS_SYNC_RUNNER (self), 0);

  return self->shown.skew_ms;
}
