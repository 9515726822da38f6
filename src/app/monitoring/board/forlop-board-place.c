/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-place.h"

#include "forlop-begun-store.h"
#include "forlop-epj-store.h"
#include "forlop-shift-store.h"
#include "forlop-unknown-store.h"
#include "forlop-worker.h"

/* Rows whose course is read with the board: more than one screen of them. */
#define FIRST_TRENDS 40
#define MOST_EPJ_ENTRIES 500
#define MOST_UNKNOWN 200

typedef struct {
  char *unit_id;
  char *part;
  char *plan_kind;
  char *user_id; /* whose entries for the EPJ; NULL for everybody's */
  char *reader_id;
  char *actor_id;
  char *actor_unit_id;
  gboolean fall_back;
  gint64 now;
} Question;

typedef struct {
  ForlopBoard *board;
  GPtrArray *epj;
  GPtrArray *unknown;
  GHashTable *unknown_names;
  GPtrArray *shifts;
  GPtrArray *colleagues;
  GHashTable *begun;
  char *reader_id;
  char *unit_id;
} Reply;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->unit_id);
  g_free (question->part);
  g_free (question->plan_kind);
  g_free (question->user_id);
  g_free (question->reader_id);
  g_free (question->actor_id);
  g_free (question->actor_unit_id);
  g_free (question);
}

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_clear_pointer (&reply->board, forlop_board_free);
  g_clear_pointer (&reply->epj, g_ptr_array_unref);
  g_clear_pointer (&reply->unknown, g_ptr_array_unref);
  g_clear_pointer (&reply->unknown_names, g_hash_table_unref);
  g_clear_pointer (&reply->shifts, g_ptr_array_unref);
  g_clear_pointer (&reply->colleagues, g_ptr_array_unref);
  g_clear_pointer (&reply->begun, g_hash_table_unref);
  g_free (reply->reader_id);
  g_free (reply->unit_id);
  g_free (reply);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)

static gboolean
load_shifts (ForlopConnection  *connection,
             const Question    *question,
             Reply             *reply,
             GError           **error)
{
  if (question->actor_unit_id == NULL)
    return TRUE;
  reply->shifts = forlop_shift_store_list (connection, question->actor_unit_id, error);
  if (reply->shifts == NULL)
    return FALSE;
  reply->colleagues = forlop_shift_store_list_colleagues (connection, question->actor_unit_id, question->actor_id,
                                                          forlop_instant_to_date (question->now), error);

  return reply->colleagues != NULL;
}

/* A unit that follows nobody up has no board of its own: then everybody is shown. */
static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Question *question = user_data;
  ForlopBoardQuery query = { question->unit_id, question->now, FIRST_TRENDS, question->part,
                             question->plan_kind };
  g_autoptr(Reply) reply = g_new0 (Reply, 1);

  reply->board = forlop_board_load (connection, &query, error);
  if (reply->board != NULL && reply->board->n_running == 0 && question->unit_id != NULL &&
      question->fall_back)
    {
      query.unit_id = NULL;
      g_clear_pointer (&reply->board, forlop_board_free);
      reply->board = forlop_board_load (connection, &query, error);
    }
  if (reply->board == NULL)
    return NULL;

  reply->unit_id = g_strdup (query.unit_id);
  reply->epj = forlop_epj_store_list (connection, NULL, question->user_id, MOST_EPJ_ENTRIES, error);
  if (reply->epj == NULL)
    return NULL;
  reply->unknown = forlop_unknown_store_list (connection, MOST_UNKNOWN, error);
  if (reply->unknown == NULL)
    return NULL;
  reply->unknown_names = forlop_unknown_store_list_names (connection, reply->unknown, error);
  if (reply->unknown_names == NULL || !load_shifts (connection, question, reply, error))
    return NULL;
  reply->reader_id = g_strdup (question->reader_id);
  reply->begun = forlop_begun_store_list (connection, question->reader_id, error);
  if (reply->begun == NULL)
    return NULL;

  return g_steal_pointer (&reply);
}

static void
clear (gpointer data)
{
  ForlopBoardPlace *self = data;

  g_clear_object (&self->workplace);
  g_clear_object (&self->session);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->unit_id, g_free);
  g_clear_pointer (&self->board, forlop_board_free);
  g_clear_pointer (&self->epj, g_ptr_array_unref);
  g_clear_pointer (&self->unknown, g_ptr_array_unref);
  g_clear_pointer (&self->unknown_names, g_hash_table_unref);
  g_clear_pointer (&self->shifts, g_ptr_array_unref);
  g_clear_pointer (&self->colleagues, g_ptr_array_unref);
  g_clear_pointer (&self->begun, g_hash_table_unref);
  g_clear_pointer (&self->reader_id, g_free);
  dex_clear (&self->asked);
  g_clear_error (&self->error);
}

ForlopBoardPlace *
forlop_board_place_new (ForlopSession *session)
{
  ForlopBoardPlace *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);

  self = g_rc_box_new0 (ForlopBoardPlace);
  self->session = g_object_ref (session);

  return self;
}

ForlopBoardPlace *
forlop_board_place_ref (ForlopBoardPlace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
forlop_board_place_unref (ForlopBoardPlace *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, clear);
}

GPtrArray *
forlop_board_places_new (ForlopSession *own,
                         gboolean       everywhere)
{
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_board_place_unref);
  g_autoptr(GPtrArray) all = NULL;

  g_return_val_if_fail (FORLOP_IS_SESSION (own), places);

  all = forlop_places_new (own, everywhere);
  for (unsigned int i = 0; i < all->len; i++)
    {
      ForlopPlace *place = g_ptr_array_index (all, i);
      ForlopBoardPlace *self = forlop_board_place_new (place->session);

      self->workplace = g_steal_pointer (&place->workplace);
      self->name = g_steal_pointer (&place->name);
      g_ptr_array_add (places, self);
    }

  return places;
}

const ForlopBoardRound *
forlop_board_place_get_round (ForlopBoardPlace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->board != NULL ? self->board->round : NULL;
}

ForlopPlace
forlop_board_place_get_place (ForlopBoardPlace *self)
{
  g_return_val_if_fail (self != NULL, (ForlopPlace) { 0 });

  return (ForlopPlace) { self->workplace, self->session, self->name };
}

gboolean
forlop_board_places_have_round (GPtrArray *places)
{
  g_return_val_if_fail (places != NULL, FALSE);

  for (unsigned int i = 0; i < places->len; i++)
    if (forlop_board_place_get_round (g_ptr_array_index (places, i)) != NULL)
      return TRUE;

  return FALSE;
}

/* Everybody carries over what she wrote herself; a manager sees what lies behind. */
static char *
dup_writer (const ForlopActor *actor)
{
  return actor != NULL && g_strcmp0 (actor->role, "manager") != 0 ? g_strdup (actor->user_id) : NULL;
}

/* NULL where there is nothing to ask. */
static DexFuture *
ask (ForlopBoardPlace       *self,
     const ForlopBoardQuery *query,
     gboolean                usual)
{
  ForlopStore *store = forlop_session_get_store (self->session);
  g_autoptr(ForlopActor) actor = forlop_session_dup_actor (self->session);
  Question *question;

  if (store == NULL)
    return NULL;

  question = g_new0 (Question, 1);
  question->unit_id = g_strdup (!usual ? query->unit_id : actor != NULL ? actor->unit_id : NULL);
  question->part = g_strdup (query->part);
  question->plan_kind = g_strdup (query->plan_kind);
  question->user_id = dup_writer (actor);
  question->reader_id = g_strdup (actor != NULL ? actor->user_id : NULL);
  if (actor != NULL && g_strcmp0 (actor->role, "resource_person") == 0)
    {
      question->actor_id = g_strdup (actor->user_id);
      question->actor_unit_id = g_strdup (actor->unit_id);
    }
  question->fall_back = usual;
  question->now = query->now;

  return forlop_store_read (store, load_on_worker, question, question_free, reply_free);
}

void
forlop_board_places_ask (GPtrArray              *places,
                         const ForlopBoardQuery *query,
                         gboolean                usual)
{
  g_return_if_fail (places != NULL);
  g_return_if_fail (query != NULL);

  for (unsigned int i = 0; i < places->len; i++)
    {
      ForlopBoardPlace *place = g_ptr_array_index (places, i);

      dex_clear (&place->asked);
      place->asked = ask (place, query, usual || i > 0);
    }
}

ForlopBoard *
forlop_board_places_await (GPtrArray *places)
{
  g_autofree ForlopBoard **boards = NULL;

  g_return_val_if_fail (places != NULL, NULL);

  boards = g_new0 (ForlopBoard *, places->len);
  for (unsigned int i = 0; i < places->len; i++)
    {
      ForlopBoardPlace *place = g_ptr_array_index (places, i);
      g_autoptr(Reply) reply = NULL;

      if (place->asked != NULL)
        reply = forlop_worker_await (g_steal_pointer (&place->asked), &place->error);
      if (reply == NULL)
        continue;
      boards[i] = place->board = g_steal_pointer (&reply->board);
      place->n_rows = place->board->n_running;
      place->epj = g_steal_pointer (&reply->epj);
      place->unknown = g_steal_pointer (&reply->unknown);
      place->unknown_names = g_steal_pointer (&reply->unknown_names);
      place->shifts = g_steal_pointer (&reply->shifts);
      place->colleagues = g_steal_pointer (&reply->colleagues);
      place->begun = g_steal_pointer (&reply->begun);
      place->reader_id = g_steal_pointer (&reply->reader_id);
      place->unit_id = g_steal_pointer (&reply->unit_id);
    }

  return forlop_board_merge (boards, places->len);
}
