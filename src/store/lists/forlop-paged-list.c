/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-paged-list.h"

#include "forlop-worker.h"

/* Rows nobody shows any more are let go when there are more of them than this. */
#define MAX_ROWS 2048

/* A query on its way: shared between the list and the threads that read. */
typedef struct {
  gatomicrefcount references;
  const ForlopPagedSource *source;
  gpointer data;
} Query;

struct _ForlopPagedList
{
  GObject parent_instance;

  /* Owned */
  ForlopStore *store;
  Query *query;
  GArray *order;    /* gint64: the row numbers as they are shown */
  GHashTable *rows; /* row number → ForlopPagedRow */
  GArray *wanted;   /* gint64: rows to fill, the newest wish last */

  const ForlopPagedSource *source;
  unsigned int n_loading;
  unsigned int is_ordering : 1;
  unsigned int is_filling : 1;
  unsigned int is_stale : 1;
};

/* One reading on its way. */
typedef struct {
  ForlopPagedList *list;
  Query *query;
  GArray *rows;
} Load;

enum {
  PROP_0,
  PROP_LOADING,
  N_PROPS
};

enum {
  SIGNAL_FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static unsigned int signals[N_SIGNALS];

static void forlop_paged_list_model_init (GListModelInterface *iface);
static void forlop_paged_list_fill (ForlopPagedList *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (ForlopPagedList, forlop_paged_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      forlop_paged_list_model_init))

static Query *
query_new (const ForlopPagedSource *source,
           gpointer                 data)
{
  Query *query = g_new0 (Query, 1);

  g_atomic_ref_count_init (&query->references);
  query->source = source;
  query->data = data;

  return query;
}

static Query *
query_ref (Query *query)
{
  g_atomic_ref_count_inc (&query->references);

  return query;
}

static void
query_unref (Query *query)
{
  if (!g_atomic_ref_count_dec (&query->references))
    return;

  if (query->source->query_free != NULL)
    query->source->query_free (query->data);
  g_free (query);
}

static Load *
load_new (ForlopPagedList *self,
          GArray          *rows)
{
  Load *load = g_new0 (Load, 1);

  load->list = g_object_ref (self);
  load->query = query_ref (self->query);
  load->rows = rows;

  return load;
}

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_object (&load->list);
  query_unref (load->query);
  g_clear_pointer (&load->rows, g_array_unref);
  g_free (load);
}

/* What the thread of the store gets never holds the list: it may not be the last to let it go. */
static Load *
job_new (ForlopPagedList *self,
         GArray          *rows)
{
  Load *job = load_new (self, rows);

  g_clear_object (&job->list);

  return job;
}

static gpointer
load_order_on_worker (ForlopConnection  *connection,
                      gpointer           user_data,
                      GCancellable      *cancellable G_GNUC_UNUSED,
                      GError           **error)
{
  Load *job = user_data;

  return job->query->source->load_order (connection, job->query->data, error);
}

static gpointer
load_fields_on_worker (ForlopConnection  *connection,
                       gpointer           user_data,
                       GCancellable      *cancellable G_GNUC_UNUSED,
                       GError           **error)
{
  Load *job = user_data;

  return job->query->source->load_fields (connection, job->query->data,
                                          (const gint64 *) (gpointer) job->rows->data,
                                          job->rows->len, error);
}

static gint64
row_at (ForlopPagedList *self,
        unsigned int     position)
{
  return g_array_index (self->order, gint64, position);
}

static void
set_loading (ForlopPagedList *self,
             int              change)
{
  gboolean before = self->n_loading > 0;

  self->n_loading = (unsigned int) ((int) self->n_loading + change);
  if (before != (self->n_loading > 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
report (ForlopPagedList *self,
        GError          *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

/* Rows that only this list holds are not on the screen. */
static void
let_go_of_hidden (ForlopPagedList *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (G_OBJECT (row)->ref_count == 1)
      g_hash_table_iter_remove (&iter);
}

static void
want_shown (ForlopPagedList *self)
{
  GHashTableIter iter;
  gpointer row;

  g_array_set_size (self->wanted, 0);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      gint64 n = forlop_paged_row_get_n (row);

      g_array_append_val (self->wanted, n);
    }
}

/* Says what differs between the old order and the new one, as one range. */
static void
take_order (ForlopPagedList *self,
            GArray          *order)
{
  g_autoptr (GArray) old = self->order;
  const gint64 *a = (const gint64 *) (gpointer) old->data;
  const gint64 *b = (const gint64 *) (gpointer) order->data;
  unsigned int least = MIN (old->len, order->len);
  unsigned int first = 0;
  unsigned int last = 0;

  while (first < least && a[first] == b[first])
    first++;
  while (last < least - first && a[old->len - 1 - last] == b[order->len - 1 - last])
    last++;

  self->order = order;
  let_go_of_hidden (self);
  want_shown (self);
  if (old->len != order->len || first < order->len)
    g_list_model_items_changed (G_LIST_MODEL (self), first, old->len - first - last,
                                order->len - first - last);
}

static DexFuture *
order_loaded_cb (DexFuture *future,
                 gpointer   user_data)
{
  Load *load = user_data;
  ForlopPagedList *self = load->list;
  g_autoptr (GError) error = NULL;
  GArray *order = forlop_worker_steal (future, &error);

  self->is_ordering = FALSE;
  if (order == NULL)
    report (self, error);
  else if (load->query != self->query)
    g_array_unref (order);
  else
    {
      take_order (self, order);
      forlop_paged_list_fill (self);
    }
  if (self->is_stale)
    forlop_paged_list_refresh (self);
  set_loading (self, -1);

  return NULL;
}

static DexFuture *
fields_loaded_cb (DexFuture *future,
                  gpointer   user_data)
{
  Load *load = user_data;
  ForlopPagedList *self = load->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = forlop_worker_steal (future, &error);

  self->is_filling = FALSE;
  if (all == NULL)
    report (self, error);

  for (unsigned int i = 0; all != NULL && i < all->len; i++)
    {
      gpointer fields = g_ptr_array_index (all, i);
      ForlopPagedRow *row = load->query == self->query ? g_hash_table_lookup (self->rows, fields)
                                                       : NULL;

      if (row == NULL)
        continue;
      all->pdata[i] = NULL;
      forlop_paged_row_take_fields (row, fields, self->source->fields_free);
    }
  if (g_hash_table_size (self->rows) > MAX_ROWS)
    let_go_of_hidden (self);
  forlop_paged_list_fill (self);
  set_loading (self, -1);

  return NULL;
}

/* The newest wishes first, a page at a time, one page under way: who scrolls past thousands of rows
 * waits for the last of them only. */
static void
forlop_paged_list_fill (ForlopPagedList *self)
{
  GArray *page;

  if (self->is_filling)
    return;

  page = g_array_sized_new (FALSE, FALSE, sizeof (gint64), FORLOP_PAGED_LIST_PAGE);
  while (self->wanted->len > 0 && page->len < FORLOP_PAGED_LIST_PAGE)
    {
      gint64 n = g_array_index (self->wanted, gint64, self->wanted->len - 1);

      g_array_set_size (self->wanted, self->wanted->len - 1);
      if (g_hash_table_contains (self->rows, &n))
        g_array_append_val (page, n);
    }
  if (page->len == 0)
    {
      g_array_unref (page);
      return;
    }

  self->is_filling = TRUE;
  set_loading (self, 1);
  dex_future_disown (
    dex_future_finally (forlop_store_read (self->store, load_fields_on_worker, job_new (self, page),
                                           load_free, (GDestroyNotify) g_ptr_array_unref),
                        fields_loaded_cb, load_new (self, NULL), load_free));
}

static void
add_row (ForlopPagedList *self,
         gint64           n)
{
  g_hash_table_insert (self->rows, g_memdup2 (&n, sizeof n), forlop_paged_row_new (n));
  g_array_append_val (self->wanted, n);
}

static GType
forlop_paged_list_get_item_type (GListModel *model G_GNUC_UNUSED)
{
  return FORLOP_TYPE_PAGED_ROW;
}

static guint
forlop_paged_list_get_n_items (GListModel *model)
{
  return FORLOP_PAGED_LIST (model)->order->len;
}

/* Asking for one row makes the page it stands on, so that the next one is there already. */
static gpointer
forlop_paged_list_get_item (GListModel *model,
                            guint       position)
{
  ForlopPagedList *self = FORLOP_PAGED_LIST (model);
  ForlopPagedRow *row;
  gint64 n;
  unsigned int first;
  unsigned int end;

  if (position >= self->order->len)
    return NULL;
  n = row_at (self, position);
  row = g_hash_table_lookup (self->rows, &n);
  if (row != NULL)
    return g_object_ref (row);

  first = position - position % FORLOP_PAGED_LIST_PAGE;
  end = MIN (first + FORLOP_PAGED_LIST_PAGE, self->order->len);
  for (unsigned int i = end; i > first; i--)
    {
      gint64 other = row_at (self, i - 1);

      if (!g_hash_table_contains (self->rows, &other))
        add_row (self, other);
    }
  row = g_object_ref (g_hash_table_lookup (self->rows, &n));
  forlop_paged_list_fill (self);

  return row;
}

static void
forlop_paged_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = forlop_paged_list_get_item_type;
  iface->get_n_items = forlop_paged_list_get_n_items;
  iface->get_item = forlop_paged_list_get_item;
}

static void
forlop_paged_list_store_changed_cb (ForlopPagedList   *self,
                                    const char *const *tables)
{
  for (unsigned int i = 0; self->source->tables[i] != NULL; i++)
    if (g_strv_contains (tables, self->source->tables[i]))
      {
        forlop_paged_list_refresh (self);
        return;
      }
}

static void
forlop_paged_list_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, FORLOP_PAGED_LIST (object)->n_loading > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_paged_list_finalize (GObject *object)
{
  ForlopPagedList *self = FORLOP_PAGED_LIST (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->query, query_unref);
  g_clear_pointer (&self->order, g_array_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_array_unref);

  G_OBJECT_CLASS (forlop_paged_list_parent_class)->finalize (object);
}

static void
forlop_paged_list_class_init (ForlopPagedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = forlop_paged_list_get_property;
  object_class->finalize = forlop_paged_list_finalize;

  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ForlopPagedList::failed:
   * @error: what happened; what was shown before is kept.
   */
  signals[SIGNAL_FAILED] =
    g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
forlop_paged_list_init (ForlopPagedList *self)
{
  self->order = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

/**
 * forlop_paged_list_new:
 * @source: (transfer none): static.
 * @query: (transfer full) (nullable): what @source is asked; not changed any more.
 *
 * Makes the list and begins to read. It is empty until the store has answered.
 */
ForlopPagedList *
forlop_paged_list_new (ForlopStore             *store,
                       const ForlopPagedSource *source,
                       gpointer                 query)
{
  ForlopPagedList *self;

  g_return_val_if_fail (FORLOP_IS_STORE (store), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_PAGED_LIST, NULL);
  self->store = g_object_ref (store);
  self->source = source;
  self->query = query_new (source, query);
  g_signal_connect_object (store, "changed", G_CALLBACK (forlop_paged_list_store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  forlop_paged_list_refresh (self);

  return self;
}

void
forlop_paged_list_refresh (ForlopPagedList *self)
{
  g_return_if_fail (FORLOP_IS_PAGED_LIST (self));

  /* Many changes after each other make one reading at a time, and one after the last. */
  if (self->is_ordering)
    {
      self->is_stale = TRUE;
      return;
    }

  self->is_stale = FALSE;
  self->is_ordering = TRUE;
  set_loading (self, 1);
  dex_future_disown (
    dex_future_finally (forlop_store_read (self->store, load_order_on_worker, job_new (self, NULL),
                                           load_free, (GDestroyNotify) g_array_unref),
                        order_loaded_cb, load_new (self, NULL), load_free));
}

void
forlop_paged_list_take_query (ForlopPagedList *self,
                              gpointer         query)
{
  g_return_if_fail (FORLOP_IS_PAGED_LIST (self));

  /* What is on its way answers a question nobody asks any more. */
  query_unref (self->query);
  self->query = query_new (self->source, query);
  forlop_paged_list_refresh (self);
}

gconstpointer
forlop_paged_list_get_query (ForlopPagedList *self)
{
  g_return_val_if_fail (FORLOP_IS_PAGED_LIST (self), NULL);

  return self->query->data;
}

gboolean
forlop_paged_list_is_loading (ForlopPagedList *self)
{
  g_return_val_if_fail (FORLOP_IS_PAGED_LIST (self), FALSE);

  return self->n_loading > 0;
}
