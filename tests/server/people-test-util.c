/* SPDX-License-Identifier: EUPL-1.2 */

#include "people-test-util.h"

#include <libdex.h>
#include <string.h>

#include "forlop-tenant-storage.h"
#include "forlop-upkeep-run.h"

static gpointer
count_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error)
{
  PeopleCount *self = user_data;
  ForlopServerStorage *storage = self->tenant->storage;
  g_autoptr (GPtrArray) rows = NULL;

  if (!storage->funcs->begin (storage, FALSE, error))
    return NULL;
  rows = forlop_tenant_storage_list_access (storage, NULL, 0, 100000, error);
  storage->funcs->rollback (storage);
  for (unsigned int i = 0; i < rows->len; i++)
    {
      const ForlopServerAccess *access = &((ForlopServerAccessRow *) g_ptr_array_index (rows, i))->access;

      if (g_str_equal (access->action, self->action) && g_strcmp0 (access->user_id, self->user_id) == 0 &&
          (self->reason == NULL || g_strcmp0 (access->reason, self->reason) == 0))
        self->n++;
    }

  return self;
}

/* Rows of Skien's access log. */
unsigned int
people_count_access (HttpTest   *test,
                     const char *action,
                     const char *user_id,
                     const char *reason)
{
  g_autoptr (GError) error = NULL;
  PeopleCount count = { forlop_tenants_find (test->tenants, "skien"), action, user_id, reason, 0 };

  g_assert_nonnull (forlop_worker_run_sync (count.tenant->worker, count_on_worker, &count, NULL, &error));
  g_assert_no_error (error);

  return count.n;
}

void
people_move_clock (HttpTest *test,
                   gint64    ms)
{
  forlop_clock_set (test->acts->clock, forlop_clock_now (test->acts->clock) + ms);
}

char *
people_ask_for (const char *citizen_id,
                const char *reason)
{
  return g_strdup_printf ("{\"citizen_id\":\"%s\",\"reason\":\"%s\"}", citizen_id, reason);
}

/* Pushes the device's first changeset, with one operation that makes a record. */
HttpResult *
people_push_new (HttpTest          *test,
                 HttpSession       *session,
                 const ForlopActor *actor,
                 unsigned int       op_no,
                 const char        *act,
                 const char        *ops)
{
  g_autofree char *op_id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *body = g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":%u,\"op_id\":\"%s\",\"act\":\"%s\","
    "\"created_at\":\"2026-03-12T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"%s\","
    "\"unit_id\":\"%s\"},\"ops\":[%s]}]}",
    test->epoch, op_no, op_id, act, session->user_id, actor->role, actor->unit_id, ops);

  return http_test_expect (test, 200, "POST", "/v1/sync/push", session->access, body);
}

/* Ola registers somebody who has no case. */
char *
people_register (HttpTest    *test,
                 HttpSession *ola,
                 const char  *more)
{
  char *id = forlop_id_source_next (test->acts->ids, 0);
  g_autofree char *ops = g_strdup_printf (
    "{\"type\":\"citizen\",\"id\":\"%s\",\"scope\":\"c:%s\",\"set\":{\"given_name\":\"Sverre\","
    "\"family_name\":\"Sund\",\"birth_date\":\"1941-05-17\",\"address\":\"Storgata 1\",\"unit_id\":\"%s\"%s}}",
    id, id, test->acts->other_zone, more);
  g_autoptr (HttpResult) pushed =
    people_push_new (test, ola, test->acts->other_nurse, 1, "register-citizen", ops);

  if (strstr (pushed->body, "\"status\":\"applied\"") == NULL)
    g_error ("%s", pushed->body);

  return id;
}

static gpointer
upkeep_on_worker (gpointer       user_data,
                  GCancellable  *cancellable G_GNUC_UNUSED,
                  GError       **error)
{
  PeopleCount *self = user_data;
  gint64 head;

  if (!forlop_upkeep_tenant (self->tenant, &head, error))
    return NULL;
  self->n = (unsigned int) head;

  return self;
}

/* The new position, or 0. */
unsigned int
people_keep_up (HttpTest *test)
{
  g_autoptr (GError) error = NULL;
  gint64 figures;
  PeopleCount self = { .tenant = forlop_tenants_find (test->tenants, "skien") };

  g_assert_nonnull (forlop_worker_run_sync (self.tenant->worker, upkeep_on_worker, &self, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (forlop_upkeep_figures (self.tenant, &figures, &error));
  g_assert_no_error (error);

  return MAX (self.n, (unsigned int) figures);
}
