/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-access-log.h"

#include <string.h>

#include "forlop-access-store.h"
#include "forlop-record-store.h"

typedef struct {
  ForlopActor *actor;
  const char *kind;
  char *id;
  const char *action;
  GStrv citizen_ids;
  gint64 at;
} Access;

static void
access_free (gpointer data)
{
  Access *access = data;

  g_clear_pointer (&access->actor, forlop_actor_free);
  g_free (access->id);
  g_strfreev (access->citizen_ids);
  g_free (access);
}

static Access *
access_new (ForlopSession *session,
            const char    *kind,
            const char    *id)
{
  Access *access = g_new0 (Access, 1);

  access->actor = forlop_session_dup_actor (session);
  access->kind = g_intern_string (kind);
  access->id = g_strdup (id);
  access->at = forlop_session_now (session);

  return access;
}

static gpointer
opened_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  Access *access = user_data;
  g_autoptr (ForlopRecord) the_case = NULL;
  const char *citizen_id = access->id;

  if (!g_str_equal (access->kind, "citizen"))
    {
      the_case = forlop_record_store_load (connection, "case", access->id, error);
      if (the_case == NULL)
        return NULL;
      citizen_id = forlop_record_get_text (the_case, "citizen_id");
    }

  return GINT_TO_POINTER (forlop_access_store_append (connection, access->actor, citizen_id,
                                                      FORLOP_ACCESS_OPENED,
                                                      g_str_equal (access->kind, "plan") ? "care_plan" : access->kind,
                                                      NULL, access->at, error));
}

static DexFuture *
logged_cb (DexFuture *future,
           gpointer   user_data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    g_warning ("What was looked at could not be logged: %s", error->message);

  return NULL;
}

void
forlop_access_log_opened (ForlopSession *session,
                          const char    *kind,
                          const char    *id)
{
  ForlopStore *store;

  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (kind != NULL && id != NULL);

  store = forlop_session_get_store (session);
  if (store == NULL || (!g_str_equal (kind, "case") && !g_str_equal (kind, "plan") &&
                        !g_str_equal (kind, "citizen")))
    return;

  dex_future_disown (
    dex_future_finally (forlop_store_write (store, opened_on_worker, access_new (session, kind, id),
                                            access_free, NULL),
                        logged_cb, NULL, NULL));
}

static gpointer
show_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Access *access = user_data;
  g_autoptr (ForlopRecord) citizen =
    forlop_record_store_load (connection, "citizen", access->id, error);
  const char *number;

  if (citizen == NULL ||
      !forlop_access_store_append (connection, access->actor, access->id,
                                   FORLOP_ACCESS_SHOWED_ID_NUMBER, "citizen", NULL, access->at,
                                   error))
    return NULL;

  number = forlop_record_get_text (citizen, "id_number");
  if (number == NULL || strlen (number) != 11)
    return g_strdup (number != NULL ? number : "");

  return g_strdup_printf ("%.6s %s", number, number + 6);
}

DexFuture *
forlop_access_log_show_id_number (ForlopSession *session,
                                  const char    *citizen_id)
{
  ForlopStore *store;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (citizen_id != NULL, NULL);

  store = forlop_session_get_store (session);
  g_return_val_if_fail (store != NULL, NULL);

  return forlop_store_write (store, show_on_worker, access_new (session, "citizen", citizen_id),
                             access_free, g_free);
}

static gpointer
append_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  Access *access = user_data;

  return GINT_TO_POINTER (forlop_access_store_append (connection, access->actor, access->id,
                                                      access->action, access->kind, NULL, access->at,
                                                      error));
}

DexFuture *
forlop_access_log_append (ForlopSession *session,
                          const char    *citizen_id,
                          const char    *action,
                          const char    *kinds)
{
  ForlopStore *store;
  Access *access;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);
  g_return_val_if_fail (action != NULL && kinds != NULL, NULL);

  store = forlop_session_get_store (session);
  g_return_val_if_fail (store != NULL, NULL);

  access = access_new (session, kinds, citizen_id);
  access->action = g_intern_string (action);

  return forlop_store_write (store, append_on_worker, access, access_free, NULL);
}

static gpointer
found_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  Access *access = user_data;

  return GINT_TO_POINTER (forlop_access_store_found (connection, access->actor,
                                                     (const char *const *) access->citizen_ids,
                                                     access->at, error));
}

void
forlop_access_log_found (ForlopSession     *session,
                         const char *const *citizen_ids)
{
  ForlopStore *store;
  Access *access;

  g_return_if_fail (FORLOP_IS_SESSION (session));
  g_return_if_fail (citizen_ids != NULL);

  store = forlop_session_get_store (session);
  if (store == NULL)
    return;

  access = access_new (session, "citizen", NULL);
  access->citizen_ids = g_strdupv ((char **) citizen_ids);
  dex_future_disown (dex_future_finally (
    forlop_store_write (store, found_on_worker, access, access_free, NULL), logged_cb, NULL, NULL));
}
