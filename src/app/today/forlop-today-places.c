/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-today-places.h"

#include "forlop-worker.h"

typedef struct {
  ForlopWorklistQuery query;
  char *role;
  char *unit_id;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->role);
  g_free (question->unit_id);
  g_free (question);
}

static void
today_place_free (gpointer data)
{
  ForlopTodayPlace *self = data;

  forlop_place_free (self->place);
  g_free (self->role);
  dex_clear (&self->asked);
  g_clear_error (&self->error);
  g_free (self);
}

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Question *question = user_data;

  return forlop_worklist_load (connection, &question->query, error);
}

static void
ask (ForlopTodayPlace    *self,
     ForlopWorklistGroup  group,
     unsigned int         limit,
     gint64               now)
{
  ForlopStore *store = forlop_session_get_store (self->place->session);
  ForlopIdentity *actor = forlop_session_get_actor (self->place->session);
  Question *question;

  if (store == NULL || actor == NULL)
    return;

  self->role = g_strdup (forlop_identity_get_role (actor));
  question = g_new0 (Question, 1);
  question->role = g_strdup (self->role);
  question->unit_id = g_strdup (forlop_identity_get_unit_id (actor));
  question->query = (ForlopWorklistQuery) {
    .role = question->role,
    .unit_id = question->unit_id,
    .now = now,
    .group = group,
    .by_case = TRUE,
    .limit = limit,
  };
  self->asked = forlop_store_read (store, load_on_worker, question, question_free,
                                   (GDestroyNotify) forlop_worklist_free);
}

GPtrArray *
forlop_today_places_ask (ForlopSession       *own,
                         ForlopWorklistGroup  group,
                         unsigned int         limit,
                         gint64               now)
{
  GPtrArray *places = g_ptr_array_new_with_free_func (today_place_free);
  g_autoptr(GPtrArray) all = NULL;

  g_return_val_if_fail (FORLOP_IS_SESSION (own), places);

  all = forlop_places_new (own, TRUE);
  g_ptr_array_set_free_func (all, NULL);
  for (unsigned int i = 0; i < all->len; i++)
    {
      ForlopTodayPlace *self = g_new0 (ForlopTodayPlace, 1);

      self->place = g_ptr_array_index (all, i);
      ask (self, group, limit, now);
      g_ptr_array_add (places, self);
    }

  return places;
}

ForlopWorklist *
forlop_today_places_await (GPtrArray    *places,
                           unsigned int  limit)
{
  g_autoptr(GPtrArray) lists = NULL;

  g_return_val_if_fail (places != NULL, NULL);

  lists = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_worklist_free);
  for (unsigned int i = 0; i < places->len; i++)
    {
      ForlopTodayPlace *self = g_ptr_array_index (places, i);
      ForlopWorklist *list = NULL;

      if (self->asked != NULL)
        list = forlop_worker_await (g_steal_pointer (&self->asked), &self->error);
      /* Each municipality's own sidebar says what waits there. */
      if (list != NULL)
        forlop_session_set_count (self->place->session, "today", forlop_worklist_count_urgent (list->counts));
      g_ptr_array_add (lists, list);
    }

  return forlop_worklist_merge ((ForlopWorklist *const *) lists->pdata, lists->len, limit);
}
