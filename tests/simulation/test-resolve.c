/* SPDX-License-Identifier: EUPL-1.2 */

#include <string.h>

#include "forlop-id.h"
#include "forlop-json.h"
#include "forlop-sqlite-storage.h"
#include "forlop-sync-server.h"
#include "sim-template.h"

/* Conflicts and their ends, said to the shipped endpoint in raw JSON by two of the same unit, each at
 * a machine of their own. */

typedef struct {
  char *folder;
  SimTemplate *template;
  ForlopIdSource *ids;
  ForlopServerStorage *storage;
  char *epoch;
  gint64 now;
  char *task_id;
  char *made; /* changesets */
  char *theirs;
  char *mine;
  char *conflict_id;
} Fixture;

static yyjson_doc *
ask (Fixture      *self,
     unsigned int  machine,
     const char   *user_id,
     const char   *body)
{
  const ForlopSyncCaller caller = {
    .user_id = user_id, .device_id = self->template->device_ids[machine],
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopSyncReply) reply =
    body != NULL ? forlop_sync_server_push (self->storage, &caller, self->ids, self->now, body,
                                            strlen (body), &error)
                 : forlop_sync_server_hello (self->storage, &caller, self->now, &error);
  yyjson_doc *doc;

  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 200);
  doc = forlop_json_parse (reply->body, -1, &error);
  g_assert_no_error (error);

  return doc;
}

static const ForlopActor *
actor (Fixture *self)
{
  return self->template->actors[1];
}

/* One changeset with the next number of the machine; its id, and the reply's result. */
static char *
push_as (Fixture            *self,
         unsigned int        machine,
         const ForlopActor  *who,
         const char         *act,
         const char         *more,
         const char         *ops,
         yyjson_doc        **result)
{
  char *op_id = forlop_id_source_next (self->ids, self->now);
  g_autoptr (yyjson_doc) hello = ask (self, machine, who->user_id, NULL);
  yyjson_val *last = yyjson_obj_get (yyjson_doc_get_root (hello), "last_op_no");
  g_autofree char *at = forlop_instant_to_iso (self->now);
  g_autofree char *body = g_strdup_printf (
    "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[{\"op_no\":%" G_GINT64_FORMAT ",\"op_id\":\"%s\","
    "\"act\":\"%s\",\"created_at\":\"%s\",\"by\":{\"user_id\":\"%s\",\"role\":\"%s\",\"unit_id\":\"%s\"},"
    "%s\"ops\":[%s]}]}", self->epoch, yyjson_get_sint (last) + 1, op_id, act, at, who->user_id, who->role,
    who->unit_id, more, ops);

  *result = ask (self, machine, who->user_id, body);

  return op_id;
}

static void
assert_result (yyjson_doc *doc,
               const char *status,
               const char *code)
{
  yyjson_val *result = yyjson_arr_get (yyjson_obj_get (yyjson_doc_get_root (doc), "results"), 0);

  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (result, "status")), ==, status);
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (result, "code")), ==, code);
}

static char *
push (Fixture      *self,
      unsigned int  machine,
      const char   *act,
      const char   *more,
      const char   *ops,
      const char   *status,
      const char   *code)
{
  g_autoptr (yyjson_doc) doc = NULL;
  char *op_id = push_as (self, machine, self->template->actors[machine], act, more, ops, &doc);

  assert_result (doc, status, code);

  return op_id;
}

static ForlopRecord *
load (Fixture    *self,
      const char *type,
      const char *id)
{
  g_autoptr (ForlopSyncRow) row = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (self->storage->funcs->begin (self->storage, FALSE, NULL));
  g_assert_true (self->storage->funcs->load_row (self->storage, forlop_record_type_find (type), id, &row,
                                                 &error));
  self->storage->funcs->rollback (self->storage);
  g_assert_nonnull (row);

  return forlop_sync_row_to_record (row, &error);
}

static char *
title_op (Fixture    *self,
          const char *title,
          const char *base)
{
  return g_strdup_printf ("{\"type\":\"task\",\"id\":\"%s\",\"scope\":\"org:%s\","
                          "\"set\":{\"title\":\"%s\"},\"base\":{\"title\":\"%s\"}}",
                          self->task_id, actor (self)->unit_id, title, base);
}

/* The end of the conflict as the client writes it; @set is more of it. */
static char *
end_op (Fixture    *self,
        const char *resolution,
        const char *set)
{
  g_autofree char *at = forlop_instant_to_iso (self->now);

  return g_strdup_printf (
    "{\"type\":\"conflict\",\"id\":\"%s\",\"scope\":\"u:%s\",\"set\":{%s\"status\":\"resolved\","
    "\"resolution\":\"%s\",\"resolved_at\":\"%s\"},\"base\":{\"status\":\"%s\",\"resolution\":\"%s\","
    "\"resolved_at\":\"%s\"}}", self->conflict_id, actor (self)->user_id, set, resolution, at,
    self->mine, self->mine, self->mine);
}

static char *
cites (Fixture *self)
{
  return g_strdup_printf ("\"resolves\":\"%s\",", self->conflict_id);
}

static void
make_conflict (Fixture *self)
{
  g_autofree char *task = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  self->task_id = forlop_id_source_next (self->ids, self->now);
  task = g_strdup_printf ("{\"type\":\"task\",\"id\":\"%s\",\"scope\":\"org:%s\",\"set\":{\"unit_id\":\"%s\","
                          "\"role\":\"%s\",\"kind\":\"general\",\"title\":\"Ring\",\"status\":\"open\"}}",
                          self->task_id, actor (self)->unit_id, actor (self)->unit_id,
                          actor (self)->role);
  self->made = push (self, 1, "add-task", "", task, "applied", NULL);
  first = title_op (self, "Ring i dag", self->made);
  self->theirs = push (self, 2, "add-task", "", first, "applied", NULL);
  second = title_op (self, "Ring i morgen", self->made);
  self->mine = push (self, 1, "add-task", "", second, "conflict", "field");
  self->conflict_id = forlop_id_derive (self->mine, "conflict");
}

static void
set_up (Fixture       *self,
        gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (yyjson_doc) hello = NULL;
  g_autofree char *path = NULL;

  self->folder = g_dir_make_tmp ("forlop-resolve-XXXXXX", NULL);
  self->template = sim_template_new (self->folder);
  self->ids = forlop_id_source_new_seeded (11);
  self->now = self->template->now + FORLOP_HOUR;
  path = sim_template_path (self->template, "server.forlop");
  self->storage = forlop_sqlite_storage_open (path, self->template->key, FALSE, self->ids, &error);
  g_assert_no_error (error);
  hello = ask (self, 1, actor (self)->user_id, NULL);
  self->epoch = g_strdup (yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (hello), "epoch")));
  make_conflict (self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data G_GNUC_UNUSED)
{
  char *texts[] = {
    self->epoch, self->task_id, self->made, self->theirs, self->mine, self->conflict_id,
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  forlop_server_storage_free (self->storage);
  forlop_id_source_unref (self->ids);
  sim_template_free (self->template);
  sim_remove_folder (self->folder);
  g_free (self->folder);
}

static void
assert_state (Fixture    *self,
              const char *title,
              const char *status)
{
  g_autoptr (ForlopRecord) task = load (self, "task", self->task_id);
  g_autoptr (ForlopRecord) conflict = load (self, "conflict", self->conflict_id);

  g_assert_cmpstr (forlop_record_get_text (task, "title"), ==, title);
  g_assert_cmpstr (forlop_record_get_text (conflict, "status"), ==, status);
}

static void
test_mine (Fixture       *self,
           gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *end = end_op (self, "mine", "");
  g_autofree char *title = title_op (self, "Ring i morgen", self->theirs);
  g_autofree char *ops = g_strjoin (",", title, end, NULL);
  g_autofree char *more = cites (self);

  assert_state (self, "Ring i dag", "open");
  g_free (push (self, 1, "resolve-conflict", more, ops, "applied", NULL));
  assert_state (self, "Ring i morgen", "resolved");
  g_free (push (self, 1, "resolve-conflict", more, end, "rejected", "field"));
}

static void
test_theirs (Fixture       *self,
             gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *end = end_op (self, "theirs", "");
  g_autofree char *more = cites (self);

  g_free (push (self, 1, "resolve-conflict", more, end, "applied", NULL));
  assert_state (self, "Ring i dag", "resolved");
}

/* While one chooses, a third change comes: the new conflict takes the old one's place. */
static void
test_again (Fixture       *self,
            gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *third = title_op (self, "Ikke ring", self->theirs);
  g_autofree char *end = end_op (self, "mine", "");
  g_autofree char *title = title_op (self, "Ring i morgen", self->theirs);
  g_autofree char *ops = g_strjoin (",", title, end, NULL);
  g_autofree char *more = cites (self);
  g_autofree char *choice = NULL;
  g_autofree char *next_id = NULL;
  g_autoptr (ForlopRecord) next = NULL;

  g_free (push (self, 2, "add-task", "", third, "applied", NULL));
  choice = push (self, 1, "resolve-conflict", more, ops, "conflict", "field");
  assert_state (self, "Ikke ring", "resolved");
  next_id = forlop_id_derive (choice, "conflict");
  next = load (self, "conflict", next_id);
  g_assert_cmpstr (forlop_record_get_text (next, "status"), ==, "open");
  g_assert_cmpstr (forlop_record_get_text (next, "act"), ==, "add-task");
}

static void
test_refused (Fixture       *self,
              gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *end = end_op (self, "theirs", "");
  g_autofree char *forged = end_op (self, "theirs", "\"mine\":\"{}\",");
  g_autofree char *more = cites (self);
  g_autofree char *unit = g_strdup_printf (
    "%s,{\"type\":\"unit\",\"id\":\"%s\",\"scope\":\"cat\",\"set\":{\"name\":\"X\"},"
    "\"base\":{\"name\":\"%s\"}}", end, actor (self)->unit_id, self->made);

  g_free (push (self, 1, "resolve-conflict", "", end, "rejected", "invalid"));
  g_free (push (self, 1, "resolve-conflict", more, forged, "rejected", "invalid"));
  g_free (push (self, 1, "resolve-conflict", more, unit, "rejected", "not_allowed"));
  g_free (push (self, 1, "add-task", more, end, "rejected", "not_allowed"));
  g_free (push (self, 2, "resolve-conflict", more, end, "rejected", "not_allowed"));
  assert_state (self, "Ring i dag", "open");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/resolve/mine-is-written-and-the-conflict-closed", Fixture, NULL, set_up, test_mine,
              tear_down);
  g_test_add ("/resolve/theirs-stays-and-the-conflict-is-closed", Fixture, NULL, set_up, test_theirs,
              tear_down);
  g_test_add ("/resolve/a-choice-that-is-late-is-a-new-conflict", Fixture, NULL, set_up, test_again,
              tear_down);
  g_test_add ("/resolve/nothing-else-may-be-written-and-by-nobody-else", Fixture, NULL, set_up,
              test_refused, tear_down);

  return g_test_run ();
}
