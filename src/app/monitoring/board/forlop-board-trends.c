/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-trends.h"

#include "forlop-worker.h"

struct _ForlopBoardTrends
{
  GPtrArray *wanted; /* lines in sight whose course has not been read */
  gint64 now;
  unsigned int source;
};

typedef struct {
  char *citizen_id;
  char *case_id;
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
  g_free (question->case_id);
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
  g_autoptr(GPtrArray) trends = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_board_trend_free);

  for (unsigned int i = 0; i < request->questions->len; i++)
    {
      Question *question = &g_array_index (request->questions, Question, i);
      ForlopBoardTrend *trend = forlop_board_load_trend (connection, question->citizen_id, question->case_id,
                                                         question->measure, request->now, error);

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

static void
request_trends (ForlopStore *store,
                GPtrArray   *items,
                gint64       now)
{
  Request *request;

  request = g_new0 (Request, 1);
  request->now = now;
  request->questions = g_array_new (FALSE, FALSE, sizeof (Question));
  g_array_set_clear_func (request->questions, question_clear);
  for (unsigned int i = 0; i < items->len; i++)
    {
      const ForlopBoardRow *row = forlop_board_item_get_row (g_ptr_array_index (items, i));
      Question question = { g_strdup (row->citizen_id), g_strdup (row->case_id), row->measure };

      g_array_append_val (request->questions, question);
    }

  dex_future_disown (dex_future_then (
    forlop_store_read (store, load_on_worker, request, request_free,
                       (GDestroyNotify) g_ptr_array_unref),
    loaded_cb, g_ptr_array_ref (items), (GDestroyNotify) g_ptr_array_unref));
}

/* Those of the first item's file, which leave @wanted. */
static void
request_trends_of_one (GPtrArray *wanted,
                       gint64     now)
{
  ForlopSession *session = forlop_board_item_get_place (g_ptr_array_index (wanted, 0))->session;
  ForlopStore *store = forlop_session_get_store (session);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (unsigned int i = wanted->len; i > 0; i--)
    if (forlop_board_item_get_place (g_ptr_array_index (wanted, i - 1))->session == session)
      g_ptr_array_add (items, g_ptr_array_steal_index (wanted, i - 1));
  if (store != NULL)
    request_trends (store, items, now);
}

static gboolean
wanted_cb (gpointer user_data)
{
  ForlopBoardTrends *self = user_data;
  g_autoptr(GPtrArray) wanted = g_steal_pointer (&self->wanted);

  self->wanted = g_ptr_array_new_with_free_func (g_object_unref);
  self->source = 0;
  while (wanted->len > 0)
    request_trends_of_one (wanted, self->now);

  return G_SOURCE_REMOVE;
}

ForlopBoardTrends *
forlop_board_trends_new (void)
{
  ForlopBoardTrends *self = g_new0 (ForlopBoardTrends, 1);

  self->wanted = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

void
forlop_board_trends_free (ForlopBoardTrends *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_unref (self->wanted);
  g_free (self);
}

/**
 * forlop_board_trends_want:
 * @now: The end of the course.
 *
 * Reads the course of a line that came into sight, unless it has it or nothing was measured.
 */
void
forlop_board_trends_want (ForlopBoardTrends *self,
                          ForlopBoardItem   *item,
                          gint64             now)
{
  const ForlopBoardRow *row;

  g_return_if_fail (self != NULL);
  g_return_if_fail (FORLOP_IS_BOARD_ITEM (item));

  row = forlop_board_item_get_row (item);
  if (row == NULL || row->measure == FORLOP_MEASURE_UNKNOWN ||
      forlop_board_item_get_place (item) == NULL || forlop_board_item_get_series (item) != NULL)
    return;

  g_ptr_array_add (self->wanted, g_object_ref (item));
  self->now = now;
  if (self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_LOW, wanted_cb, self, NULL);
}
