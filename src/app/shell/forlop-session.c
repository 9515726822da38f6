/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-session.h"

#include <glib/gi18n-lib.h>

struct _ForlopSession
{
  GObject parent_instance;

  /* Owned */
  ForlopClock *clock;
  ForlopStore *store;
  GSignalGroup *store_signals;
  ForlopIdentity *actor;
  GListModel *actors;
  GHashTable *counts;
  char *status_text;

  /* Borrowed */
  ForlopSyncWatch *sync;
  GListModel *places; /* of ForlopWorkplace */

  ForlopStatus status;
};

enum {
  PROP_0,
  PROP_ACTOR,
  PROP_ACTORS,
  PROP_STORE,
  PROP_STATUS_TEXT,
  N_PROPS
};

enum {
  SIGNAL_CHANGED,
  SIGNAL_LOGGED,
  SIGNAL_COUNT_CHANGED,
  SIGNAL_RED_CAME,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopSession, forlop_session, G_TYPE_OBJECT)

static void
forlop_session_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  ForlopSession *self = FORLOP_SESSION (object);

  switch (prop_id)
    {
    case PROP_ACTOR:
      g_value_set_object (value, self->actor);
      break;
    case PROP_ACTORS:
      g_value_set_object (value, self->actors);
      break;
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_STATUS_TEXT:
      g_value_set_string (value, self->status_text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_session_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  ForlopSession *self = FORLOP_SESSION (object);

  switch (prop_id)
    {
    case PROP_ACTOR:
      forlop_session_set_actor (self, g_value_get_object (value));
      break;
    case PROP_ACTORS:
      forlop_session_set_actors (self, g_value_get_object (value));
      break;
    case PROP_STORE:
      forlop_session_set_store (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_session_dispose (GObject *object)
{
  ForlopSession *self = FORLOP_SESSION (object);

  g_clear_weak_pointer (&self->sync);
  g_clear_weak_pointer (&self->places);
  g_signal_group_set_target (self->store_signals, NULL);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (forlop_session_parent_class)->dispose (object);
}

static void
forlop_session_finalize (GObject *object)
{
  ForlopSession *self = FORLOP_SESSION (object);

  g_clear_pointer (&self->clock, forlop_clock_unref);
  g_clear_object (&self->store_signals);
  g_clear_object (&self->actor);
  g_clear_object (&self->actors);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_clear_pointer (&self->status_text, g_free);

  G_OBJECT_CLASS (forlop_session_parent_class)->finalize (object);
}

static void
forlop_session_class_init (ForlopSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = forlop_session_get_property;
  object_class->set_property = forlop_session_set_property;
  object_class->dispose = forlop_session_dispose;
  object_class->finalize = forlop_session_finalize;

  properties[PROP_ACTOR] =
    g_param_spec_object ("actor", NULL, NULL, FORLOP_TYPE_IDENTITY,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ACTORS] =
    g_param_spec_object ("actors", NULL, NULL, G_TYPE_LIST_MODEL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_STORE] =
    g_param_spec_object ("store", NULL, NULL, FORLOP_TYPE_STORE,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_STATUS_TEXT] =
    g_param_spec_string ("status-text", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ForlopSession::changed:
   *
   * What views show may have changed: another actor, or something was committed that is more than a
   * line of the access log.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * ForlopSession::logged:
   *
   * The access log has another line, and nothing else changed.
   */
  signals[SIGNAL_LOGGED] =
    g_signal_new ("logged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * ForlopSession::count-changed:
   *
   * The number that waits in a section changed; the detail is the section's name.
   */
  signals[SIGNAL_COUNT_CHANGED] =
    g_signal_new ("count-changed", G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  /**
   * ForlopSession::red-came:
   *
   * So many red alerts have come that were not there when they were counted the last time for the same actor.
   */
  signals[SIGNAL_RED_CAME] =
    g_signal_new ("red-came", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);
}

/* Every opening and every search is logged; that alone changes what the log shows and nothing else. */
static void
store_changed_cb (ForlopSession      *self,
                  const char *const  *tables)
{
  for (unsigned int i = 0; tables[i] != NULL; i++)
    if (!g_str_equal (tables[i], "access_log"))
      {
        forlop_session_emit_changed (self);
        return;
      }
  g_signal_emit (self, signals[SIGNAL_LOGGED], 0);
}

static void
forlop_session_init (ForlopSession *self)
{
  self->actors = G_LIST_MODEL (g_list_store_new (FORLOP_TYPE_IDENTITY));
  self->store_signals = g_signal_group_new (FORLOP_TYPE_STORE);
  g_signal_group_connect_swapped (self->store_signals, "changed",
                                  G_CALLBACK (store_changed_cb), self);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->status_text = g_strdup ("");
}

/**
 * forlop_session_new:
 * @clock: The clock every view reads the time from; a reference is taken.
 */
ForlopSession *
forlop_session_new (ForlopClock *clock)
{
  ForlopSession *self;

  g_return_val_if_fail (clock != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_SESSION, NULL);
  self->clock = forlop_clock_ref (clock);

  return self;
}

ForlopClock *
forlop_session_get_clock (ForlopSession *self)
{
  g_return_val_if_fail (FORLOP_IS_SESSION (self), NULL);

  return self->clock;
}

gint64
forlop_session_now (ForlopSession *self)
{
  g_return_val_if_fail (FORLOP_IS_SESSION (self), FORLOP_INSTANT_NONE);

  return forlop_clock_now (self->clock);
}

ForlopDate
forlop_session_today (ForlopSession *self)
{
  g_return_val_if_fail (FORLOP_IS_SESSION (self), FORLOP_DATE_NONE);

  return forlop_clock_today (self->clock);
}

ForlopIdentity *
forlop_session_get_actor (ForlopSession *self)
{
  g_return_val_if_fail (FORLOP_IS_SESSION (self), NULL);

  return self->actor;
}

/**
 * forlop_session_set_actor:
 * @actor: (nullable): Who acts from now on.
 *
 * Notifies the property and tells every view to read anew.
 */
void
forlop_session_set_actor (ForlopSession *self,
                          ForlopIdentity   *actor)
{
  g_return_if_fail (FORLOP_IS_SESSION (self));

  if (!g_set_object (&self->actor, actor))
    return;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTOR]);
  forlop_session_emit_changed (self);
}

ForlopStore *
forlop_session_get_store (ForlopSession *self)
{
  g_return_val_if_fail (FORLOP_IS_SESSION (self), NULL);

  return self->store;
}

/**
 * forlop_session_set_store:
 * @store: (nullable): The open file.
 *
 * From now on what is committed to @store tells every view to read anew.
 */
void
forlop_session_set_store (ForlopSession *self,
                          ForlopStore   *store)
{
  g_return_if_fail (FORLOP_IS_SESSION (self));
  g_return_if_fail (store == NULL || FORLOP_IS_STORE (store));

  if (!g_set_object (&self->store, store))
    return;

  g_signal_group_set_target (self->store_signals, store);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STORE]);
  forlop_session_emit_changed (self);
}

gboolean
forlop_session_is_role (ForlopSession *self,
                        const char    *role)
{
  g_return_val_if_fail (FORLOP_IS_SESSION (self), FALSE);
  g_return_val_if_fail (role != NULL, FALSE);

  return self->actor != NULL && g_str_equal (forlop_identity_get_role (self->actor), role);
}

ForlopActor *
forlop_session_dup_actor (ForlopSession *self)
{
  g_return_val_if_fail (FORLOP_IS_SESSION (self), NULL);

  if (self->actor == NULL)
    return NULL;

  return forlop_actor_new (forlop_identity_get_user_id (self->actor),
                           forlop_identity_get_role (self->actor),
                           forlop_identity_get_unit_id (self->actor));
}

GListModel *
forlop_session_get_actors (ForlopSession *self)
{
  g_return_val_if_fail (FORLOP_IS_SESSION (self), NULL);

  return self->actors;
}

void
forlop_session_set_actors (ForlopSession *self,
                           GListModel    *actors)
{
  g_return_if_fail (FORLOP_IS_SESSION (self));
  g_return_if_fail (G_IS_LIST_MODEL (actors));

  if (g_set_object (&self->actors, actors))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTORS]);
}

unsigned int
forlop_session_get_count (ForlopSession *self,
                          const char    *section)
{
  g_return_val_if_fail (FORLOP_IS_SESSION (self), 0);
  g_return_val_if_fail (section != NULL, 0);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, section));
}

void
forlop_session_set_count (ForlopSession *self,
                          const char    *section,
                          unsigned int   count)
{
  g_return_if_fail (FORLOP_IS_SESSION (self));
  g_return_if_fail (section != NULL);

  if (forlop_session_get_count (self, section) == count)
    return;

  g_hash_table_replace (self->counts, g_strdup (section), GUINT_TO_POINTER (count));
  g_signal_emit (self, signals[SIGNAL_COUNT_CHANGED], g_quark_from_string (section), count);
}

void
forlop_session_tell_red (ForlopSession *self,
                         unsigned int   n)
{
  g_return_if_fail (FORLOP_IS_SESSION (self));

  g_signal_emit (self, signals[SIGNAL_RED_CAME], 0, n);
}

ForlopStatus
forlop_session_get_status (ForlopSession *self)
{
  g_return_val_if_fail (FORLOP_IS_SESSION (self), FORLOP_STATUS_SETTLED);

  return self->status;
}

const char *
forlop_session_get_status_text (ForlopSession *self)
{
  g_return_val_if_fail (FORLOP_IS_SESSION (self), NULL);

  return self->status_text;
}

ForlopSyncWatch *
forlop_session_get_sync (ForlopSession *self)
{
  g_return_val_if_fail (FORLOP_IS_SESSION (self), NULL);

  return self->sync;
}

/* Whoever made it owns it. */
void
forlop_session_set_sync (ForlopSession   *self,
                         ForlopSyncWatch *sync)
{
  g_return_if_fail (FORLOP_IS_SESSION (self));

  g_set_weak_pointer (&self->sync, sync);
}

GListModel *
forlop_session_get_places (ForlopSession *self)
{
  g_return_val_if_fail (FORLOP_IS_SESSION (self), NULL);

  return self->places;
}

void
forlop_session_set_places (ForlopSession *self,
                           GListModel    *places)
{
  g_return_if_fail (FORLOP_IS_SESSION (self));

  g_set_weak_pointer (&self->places, places);
}

const char *
forlop_status_get_icon_name (ForlopStatus status)
{
  static const char *const icon_names[] = {
    [FORLOP_STATUS_SETTLED] = "object-select-symbolic",
    [FORLOP_STATUS_RECEIVING] = "folder-download-symbolic",
    [FORLOP_STATUS_WAITING] = "document-send-symbolic",
    [FORLOP_STATUS_OFFLINE] = "network-offline-symbolic",
    [FORLOP_STATUS_REFUSED] = "dialog-warning-symbolic",
    [FORLOP_STATUS_STOPPED] = "dialog-error-symbolic",
  };

  g_return_val_if_fail (status < G_N_ELEMENTS (icon_names), NULL);

  return icon_names[status];
}

void
forlop_session_set_status (ForlopSession *self,
                           ForlopStatus   status,
                           const char    *text)
{
  g_return_if_fail (FORLOP_IS_SESSION (self));
  g_return_if_fail (text != NULL);

  if (!g_set_str (&self->status_text, text) && self->status == status)
    return;

  self->status = status;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS_TEXT]);
}

void
forlop_session_emit_changed (ForlopSession *self)
{
  g_return_if_fail (FORLOP_IS_SESSION (self));

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
