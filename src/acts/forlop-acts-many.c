/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-many.h"

typedef struct {
  ForlopIdSource *ids;
  ForlopClock *clock;
  ForlopActor *actor;
  GArray *calls; /* of ForlopActCall that own their arguments */
} RunMany;

static void
call_clear (gpointer data)
{
  ForlopActCall *call = data;

  g_object_unref (call->arguments);
}

static RunMany *
run_many_new (ForlopStore         *store,
              const ForlopActor   *actor,
              const ForlopActCall *calls,
              unsigned int         n_calls)
{
  RunMany *run = g_new0 (RunMany, 1);

  run->ids = forlop_id_source_ref (forlop_store_get_ids (store));
  run->clock = forlop_clock_ref (forlop_store_get_clock (store));
  run->actor = forlop_actor_copy (actor);
  run->calls = g_array_sized_new (FALSE, FALSE, sizeof (ForlopActCall), n_calls);
  g_array_set_clear_func (run->calls, call_clear);
  for (unsigned int i = 0; i < n_calls; i++)
    {
      /* The caller's form may go on changing; what crosses to the writer's thread does not. */
      ForlopActCall call = { calls[i].act, forlop_record_copy (calls[i].arguments) };

      g_array_append_val (run->calls, call);
    }

  return run;
}

static void
run_many_free (gpointer data)
{
  RunMany *run = data;

  forlop_id_source_unref (run->ids);
  forlop_clock_unref (run->clock);
  forlop_actor_free (run->actor);
  g_array_unref (run->calls);
  g_free (run);
}

/* An error here undoes the whole transaction, so that what the first acts wrote goes with it. */
static gpointer
run_many_on_worker (ForlopConnection  *connection,
                    gpointer           user_data,
                    GCancellable      *cancellable G_GNUC_UNUSED,
                    GError           **error)
{
  RunMany *run = user_data;
  g_autoptr (GPtrArray) results =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_act_result_free);

  for (unsigned int i = 0; i < run->calls->len; i++)
    {
      const ForlopActCall *call = &g_array_index (run->calls, ForlopActCall, i);
      ForlopActResult *result =
        forlop_acts_perform (connection, run->actor, run->ids, forlop_clock_now (run->clock),
                             call->act, call->arguments, error);

      if (result == NULL)
        return NULL;
      g_ptr_array_add (results, result);
    }

  return g_steal_pointer (&results);
}

/**
 * forlop_acts_run_many:
 * @calls: done in this order; each sees what those before it wrote.
 *
 * Returns: (transfer full): a future that resolves when all are durable on disk; read it with
 *   forlop_worker_await() or forlop_worker_steal(). Its error is that of the first act that was
 *   refused, and then nothing of any of them is kept.
 */
DexFuture *
forlop_acts_run_many (ForlopStore         *store,
                      const ForlopActor   *actor,
                      const ForlopActCall *calls,
                      unsigned int         n_calls)
{
  g_return_val_if_fail (FORLOP_IS_STORE (store), NULL);
  g_return_val_if_fail (actor != NULL, NULL);
  g_return_val_if_fail (calls != NULL || n_calls == 0, NULL);

  return forlop_store_write (store, run_many_on_worker, run_many_new (store, actor, calls, n_calls),
                             run_many_free, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
forlop_acts_run_many_sync (ForlopStore          *store,
                           const ForlopActor    *actor,
                           const ForlopActCall  *calls,
                           unsigned int          n_calls,
                           GError              **error)
{
  RunMany *run;
  GPtrArray *results;

  g_return_val_if_fail (FORLOP_IS_STORE (store), NULL);
  g_return_val_if_fail (actor != NULL, NULL);
  g_return_val_if_fail (calls != NULL || n_calls == 0, NULL);

  run = run_many_new (store, actor, calls, n_calls);
  results = forlop_store_write_sync (store, run_many_on_worker, run,
                                     (GDestroyNotify) g_ptr_array_unref, NULL, error);
  run_many_free (run);

  return results;
}
