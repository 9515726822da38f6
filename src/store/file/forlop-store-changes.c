/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-store-changes-private.h"

struct _ForlopStoreChanges
{
  /* Borrowed references */
  GObject *owner;

  /* Owned references */
  GMainContext *context;
  unsigned int signal_id;

  GMutex mutex;
  GHashTable *pending; /* set of interned names, guarded by mutex */
};

/* The owner may be gone when the source runs, and its changes with it. */
typedef struct {
  GWeakRef owner;
  ForlopStoreChanges *changes;
} Emission;

ForlopStoreChanges *
forlop_store_changes_new (GObject      *owner,
                          unsigned int  signal_id)
{
  g_return_val_if_fail (G_IS_OBJECT (owner), NULL);

  ForlopStoreChanges *self = g_new0 (ForlopStoreChanges, 1);
  self->owner = owner;
  self->signal_id = signal_id;
  self->context = g_main_context_ref_thread_default ();
  self->pending = g_hash_table_new (NULL, NULL);
  g_mutex_init (&self->mutex);
  return self;
}

void
forlop_store_changes_free (ForlopStoreChanges *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->pending);
  g_mutex_clear (&self->mutex);
  g_main_context_unref (self->context);
  g_free (self);
}

static int
compare_names (const void *a,
               const void *b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
emit_cb (gpointer user_data)
{
  Emission *emission = user_data;
  g_autoptr(GObject) owner = g_weak_ref_get (&emission->owner);

  if (owner == NULL)
    return G_SOURCE_REMOVE;

  ForlopStoreChanges *self = emission->changes;
  unsigned int n;
  g_mutex_lock (&self->mutex);
  g_autofree const char **tables =
    (const char **) g_hash_table_get_keys_as_array (self->pending, &n);
  g_hash_table_remove_all (self->pending);
  g_mutex_unlock (&self->mutex);

  qsort (tables, n, sizeof *tables, compare_names);
  g_signal_emit (owner, self->signal_id, 0, tables);
  return G_SOURCE_REMOVE;
}

static void
emission_free (gpointer data)
{
  Emission *emission = data;

  g_weak_ref_clear (&emission->owner);
  g_free (emission);
}

void
forlop_store_changes_announce (ForlopStoreChanges *self,
                               const char *const  *tables)
{
  g_return_if_fail (self != NULL && tables != NULL);

  g_mutex_lock (&self->mutex);
  gboolean waiting = g_hash_table_size (self->pending) > 0;
  for (unsigned int i = 0; tables[i] != NULL; i++)
    g_hash_table_add (self->pending, (gpointer) g_intern_string (tables[i]));
  g_mutex_unlock (&self->mutex);
  if (waiting)
    return;

  Emission *emission = g_new0 (Emission, 1);
  g_weak_ref_init (&emission->owner, self->owner);
  emission->changes = self;
  g_autoptr(GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, emit_cb, emission, emission_free);
  g_source_set_static_name (source, "forlop-store-changed");
  g_source_attach (source, self->context);
}
