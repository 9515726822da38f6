/* SPDX-License-Identifier: EUPL-1.2 */

#define G_LOG_DOMAIN "forlop-store"

#include "forlop-citizen-list.h"

#include "forlop-worker.h"

/* Rows nobody shows any more are let go when there are more of them than this. */
#define MAX_ROWS 2048

struct _ForlopCitizenList
{
  GObject parent_instance;

  /* Owned */
  ForlopStore *store;
  char *unit_id;
  GArray *order;      /* gint64: the row numbers as they are shown */
  GHashTable *rows;   /* row number → ForlopCitizenRow that somebody may hold */
  GArray *wanted;     /* gint64: rows to fill, the newest wish last */

  ForlopCitizenFilter filter;
  unsigned int generation;
  unsigned int n_loading;
  unsigned int is_ordering : 1;
  unsigned int is_filling : 1;
  unsigned int is_stale : 1;
};

typedef struct {
  ForlopCitizenFilter filter;
  char *unit_id;
} OrderQuery;

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

static void forlop_citizen_list_model_init (GListModelInterface *iface);
static void forlop_citizen_list_fill (ForlopCitizenList *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (ForlopCitizenList, forlop_citizen_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      forlop_citizen_list_model_init))

static void
order_query_free (gpointer data)
{
  OrderQuery *query = data;

  g_free (query->unit_id);
  g_free (query);
}

static gpointer
load_order_on_worker (ForlopConnection  *connection,
                      gpointer           user_data,
                      GCancellable      *cancellable G_GNUC_UNUSED,
                      GError           **error)
{
  OrderQuery *query = user_data;

  return forlop_citizen_list_load_order (connection, query->filter, query->unit_id, error);
}

static gpointer
load_fields_on_worker (ForlopConnection  *connection,
                       gpointer           user_data,
                       GCancellable      *cancellable G_GNUC_UNUSED,
                       GError           **error)
{
  GArray *rows = user_data;

  return forlop_citizen_list_load_fields (connection, (const gint64 *) (gpointer) rows->data,
                                          rows->len, error);
}

static gint64
row_at (ForlopCitizenList *self,
        unsigned int       position)
{
  return g_array_index (self->order, gint64, position);
}

static void
set_loading (ForlopCitizenList *self,
             int                change)
{
  gboolean before = self->n_loading > 0;

  self->n_loading = (unsigned int) ((int) self->n_loading + change);
  if (before != (self->n_loading > 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
report (ForlopCitizenList *self,
        GError            *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

/* Rows that only this list holds are not on the screen. */
static void
let_go_of_hidden (ForlopCitizenList *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (G_OBJECT (row)->ref_count == 1)
      g_hash_table_iter_remove (&iter);
}

static void
want_shown (ForlopCitizenList *self)
{
  GHashTableIter iter;
  gpointer row;

  g_array_set_size (self->wanted, 0);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      gint64 n = forlop_citizen_row_get_n (row);

      g_array_append_val (self->wanted, n);
    }
}

/* Says what differs between the old order and the new one, as one range. */
static void
take_order (ForlopCitizenList *self,
            GArray            *order)
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

typedef struct {
  ForlopCitizenList *list;
  unsigned int generation;
} Load;

static DexFuture *
order_loaded_cb (DexFuture *future,
                 gpointer   user_data)
{
  Load *load = user_data;
  ForlopCitizenList *self = load->list;
  g_autoptr (GError) error = NULL;
  GArray *order = forlop_worker_steal (future, &error);

  self->is_ordering = FALSE;
  set_loading (self, -1);
  if (order == NULL)
    report (self, error);
  else if (load->generation != self->generation)
    g_array_unref (order);
  else
    {
      take_order (self, order);
      forlop_citizen_list_fill (self);
    }
  if (self->is_stale)
    forlop_citizen_list_refresh (self);

  return NULL;
}

static void
load_free (gpointer data)
{
  Load *load = data;

  g_object_unref (load->list);
  g_free (load);
}

static Load *
load_new (ForlopCitizenList *self)
{
  Load *load = g_new0 (Load, 1);

  load->list = g_object_ref (self);
  load->generation = self->generation;

  return load;
}

static DexFuture *
fields_loaded_cb (DexFuture *future,
                  gpointer   user_data)
{
  Load *load = user_data;
  ForlopCitizenList *self = load->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = forlop_worker_steal (future, &error);

  self->is_filling = FALSE;
  set_loading (self, -1);
  if (all == NULL)
    {
      report (self, error);
      return NULL;
    }

  for (unsigned int i = 0; i < all->len; i++)
    {
      ForlopCitizenFields *fields = g_steal_pointer (&all->pdata[i]);
      ForlopCitizenRow *row = g_hash_table_lookup (self->rows, &fields->n);

      if (row != NULL)
        forlop_citizen_row_take_fields (row, fields);
      else
        forlop_citizen_fields_free (fields);
    }
  if (g_hash_table_size (self->rows) > MAX_ROWS)
    let_go_of_hidden (self);
  forlop_citizen_list_fill (self);

  return NULL;
}

/* The newest wishes first, a page at a time, one page under way: who scrolls past thousands of rows
 * waits for the last of them only. */
static void
forlop_citizen_list_fill (ForlopCitizenList *self)
{
  GArray *page;

  if (self->is_filling)
    return;

  page = g_array_sized_new (FALSE, FALSE, sizeof (gint64), FORLOP_CITIZEN_LIST_PAGE);
  while (self->wanted->len > 0 && page->len < FORLOP_CITIZEN_LIST_PAGE)
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
    dex_future_finally (forlop_store_read (self->store, load_fields_on_worker, page,
                                           (GDestroyNotify) g_array_unref,
                                           (GDestroyNotify) g_ptr_array_unref),
                        fields_loaded_cb, load_new (self), load_free));
}

static void
add_row (ForlopCitizenList *self,
         gint64             n)
{
  g_hash_table_insert (self->rows, g_memdup2 (&n, sizeof n), forlop_citizen_row_new (n));
  g_array_append_val (self->wanted, n);
}

static GType
forlop_citizen_list_get_item_type (GListModel *model G_GNUC_UNUSED)
{
  return FORLOP_TYPE_CITIZEN_ROW;
}

static guint
forlop_citizen_list_get_n_items (GListModel *model)
{
  return FORLOP_CITIZEN_LIST (model)->order->len;
}

/* Asking for one row makes the page it stands on, so that the next one is there already. */
static gpointer
forlop_citizen_list_get_item (GListModel *model,
                              guint       position)
{
  ForlopCitizenList *self = FORLOP_CITIZEN_LIST (model);
  ForlopCitizenRow *row;
  gint64 n;
  unsigned int first;
  unsigned int end;

  if (position >= self->order->len)
    return NULL;
  n = row_at (self, position);
  row = g_hash_table_lookup (self->rows, &n);
  if (row != NULL)
    return g_object_ref (row);

  first = position - position % FORLOP_CITIZEN_LIST_PAGE;
  end = MIN (first + FORLOP_CITIZEN_LIST_PAGE, self->order->len);
  for (unsigned int i = end; i > first; i--)
    {
      gint64 other = row_at (self, i - 1);

      if (!g_hash_table_contains (self->rows, &other))
        add_row (self, other);
    }
  row = g_object_ref (g_hash_table_lookup (self->rows, &n));
  forlop_citizen_list_fill (self);

  return row;
}

static void
forlop_citizen_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = forlop_citizen_list_get_item_type;
  iface->get_n_items = forlop_citizen_list_get_n_items;
  iface->get_item = forlop_citizen_list_get_item;
}

static void
forlop_citizen_list_store_changed_cb (ForlopCitizenList  *self,
                                      const char *const  *tables)
{
  if (g_strv_contains (tables, "citizen_row") || g_strv_contains (tables, "unit"))
    forlop_citizen_list_refresh (self);
}

static void
forlop_citizen_list_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, FORLOP_CITIZEN_LIST (object)->n_loading > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_citizen_list_finalize (GObject *object)
{
  ForlopCitizenList *self = FORLOP_CITIZEN_LIST (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->unit_id, g_free);
  g_clear_pointer (&self->order, g_array_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_array_unref);

  G_OBJECT_CLASS (forlop_citizen_list_parent_class)->finalize (object);
}

static void
forlop_citizen_list_class_init (ForlopCitizenListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = forlop_citizen_list_get_property;
  object_class->finalize = forlop_citizen_list_finalize;

  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ForlopCitizenList::failed:
   * @error: what happened; what was shown before is kept.
   */
  signals[SIGNAL_FAILED] =
    g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
forlop_citizen_list_init (ForlopCitizenList *self)
{
  self->order = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

/**
 * forlop_citizen_list_new:
 *
 * Makes the list and begins to read. It is empty until the first turn of the main loop in which the
 * store has answered.
 */
ForlopCitizenList *
forlop_citizen_list_new (ForlopStore *store)
{
  ForlopCitizenList *self;

  g_return_val_if_fail (FORLOP_IS_STORE (store), NULL);

  self = g_object_new (FORLOP_TYPE_CITIZEN_LIST, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (forlop_citizen_list_store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  forlop_citizen_list_refresh (self);

  return self;
}

void
forlop_citizen_list_refresh (ForlopCitizenList *self)
{
  OrderQuery *query;

  g_return_if_fail (FORLOP_IS_CITIZEN_LIST (self));

  /* Many changes after each other make one reading at a time, and one after the last. */
  if (self->is_ordering)
    {
      self->is_stale = TRUE;
      return;
    }

  self->is_stale = FALSE;
  self->is_ordering = TRUE;
  query = g_new0 (OrderQuery, 1);
  query->filter = self->filter;
  query->unit_id = g_strdup (self->unit_id);
  set_loading (self, 1);
  dex_future_disown (
    dex_future_finally (forlop_store_read (self->store, load_order_on_worker, query,
                                           order_query_free, (GDestroyNotify) g_array_unref),
                        order_loaded_cb, load_new (self), load_free));
}

void
forlop_citizen_list_set_filter (ForlopCitizenList   *self,
                                ForlopCitizenFilter  filter,
                                const char          *unit_id)
{
  g_return_if_fail (FORLOP_IS_CITIZEN_LIST (self));

  if (self->filter == filter && g_strcmp0 (self->unit_id, unit_id) == 0)
    return;

  self->filter = filter;
  g_set_str (&self->unit_id, unit_id);
  /* What is on its way answers a question nobody asks any more. */
  self->generation++;
  forlop_citizen_list_refresh (self);
}

gboolean
forlop_citizen_list_is_loading (ForlopCitizenList *self)
{
  g_return_val_if_fail (FORLOP_IS_CITIZEN_LIST (self), FALSE);

  return self->n_loading > 0;
}
