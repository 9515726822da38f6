/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-trends.h"

#include "forlop-worker.h"

typedef struct {
  char *citizen_id;
  ForlopMeasure measure;
} Question;

typedef struct {
  GArray *questions; /* Question */
  gint64 now;
} Request;

static void
question_clear (gpointer data)
{
  Question *question = data;

  g_free (question->citizen_id);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_array_unref (request->questions);
  g_free (request);
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Request *request = user_data;
  g_autoptr(GPtrArray) trends = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (unsigned int i = 0; i < request->questions->len; i++)
    {
      Question *question = &g_array_index (request->questions, Question, i);
      GArray *trend = forlop_board_load_trend (connection, question->citizen_id, question->measure,
                                               request->now, error);

      if (trend == NULL)
        return NULL;
      g_ptr_array_add (trends, trend);
    }

  return g_steal_pointer (&trends);
}

/* Without its course a line says the same in words, so that a failure needs no message here. */
static DexFuture *
loaded_cb (DexFuture *completed,
           gpointer   user_data)
{
  GPtrArray *items = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) trends = forlop_worker_steal (completed, &error);

  if (trends == NULL)
    {
      g_debug ("Courses were not read: %s", error->message);
      return NULL;
    }
  for (unsigned int i = 0; i < items->len; i++)
    forlop_board_item_set_trend (g_ptr_array_index (items, i), g_ptr_array_index (trends, i));

  return NULL;
}

/**
 * forlop_board_trends_request:
 * @items: (element-type ForlopBoardItem): Those to fill; each about a citizen and a measure.
 * @now: The end of the course.
 */
void
forlop_board_trends_request (ForlopStore *store,
                             GPtrArray   *items,
                             gint64       now)
{
  Request *request;

  g_return_if_fail (FORLOP_IS_STORE (store));
  g_return_if_fail (items != NULL);

  request = g_new0 (Request, 1);
  request->now = now;
  request->questions = g_array_new (FALSE, FALSE, sizeof (Question));
  g_array_set_clear_func (request->questions, question_clear);
  for (unsigned int i = 0; i < items->len; i++)
    {
      const ForlopBoardRow *row = forlop_board_item_get_row (g_ptr_array_index (items, i));
      Question question = { g_strdup (row->citizen_id), row->measure };

      g_array_append_val (request->questions, question);
    }

  dex_future_disown (dex_future_then (
    forlop_store_read (store, load_on_worker, request, request_free,
                       (GDestroyNotify) g_ptr_array_unref),
    loaded_cb, g_ptr_array_ref (items), (GDestroyNotify) g_ptr_array_unref));
}
