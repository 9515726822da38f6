/* SPDX-License-Identifier: EUPL-1.2 */

#include "acts-test-util.h"

#include <glib/gstdio.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-store-create.h"

static gint64
nine_o_clock (const char *today)
{
  ForlopDate date;

  g_assert_true (forlop_date_from_iso (today, &date));

  return forlop_instant_from_wall (date, 9 * 60);
}

static void
open_store (ActsTest *test)
{
  g_autoptr (GError) error = NULL;

  test->store = forlop_store_open (test->path, test->key, test->clock, test->ids,
                                   FORLOP_STORE_NO_SIGNALS, &error);
  g_assert_no_error (error);
}

static char *
save (ActsTest          *test,
      const ForlopActor *actor,
      const char        *act,
      const char        *json)
{
  g_autoptr (ForlopActResult) result = acts_test_do (test, actor, act, "%s", json);

  return g_steal_pointer (&result->subject_id);
}

static char *
save_unit (ActsTest          *test,
           const ForlopActor *actor,
           const char        *name,
           const char        *kind)
{
  g_autofree char *json = g_strdup_printf ("{\"name\":\"%s\",\"kind\":\"%s\"}", name, kind);

  return save (test, actor, "save-unit", json);
}

static ForlopActor *
save_user (ActsTest          *test,
           const ForlopActor *setup,
           const char        *name,
           const char        *role,
           const char        *unit_id)
{
  g_autofree char *user = g_strdup_printf ("{\"name\":\"%s\",\"short_name\":\"%s\"}", name, name);
  g_autofree char *user_id = save (test, setup, "save-user", user);
  g_autofree char *function =
    g_strdup_printf ("{\"user_id\":\"%s\",\"role\":\"%s\",\"unit_id\":\"%s\"}", user_id, role, unit_id);
  g_autofree char *membership_id = save (test, setup, "save-membership", function);

  g_assert_nonnull (membership_id);

  return forlop_actor_new (user_id, role, unit_id);
}

static void
set_up_municipality (ActsTest *test)
{
  g_autoptr (ForlopActor) setup = forlop_actor_new (NULL, "administrator", NULL);

  test->office = save_unit (test, setup, "Tildelingskontoret", "allocation_office");
  test->zone = save_unit (test, setup, "Sone Nord", "zone");
  test->other_zone = save_unit (test, setup, "Sone Sør", "zone");
  test->centre = save_unit (test, setup, "Oppfølgingssenteret", "follow_up_centre");
  test->stock = save_unit (test, setup, "Lageret", "store");
  test->profile = save (test, setup, "save-profile",
                        "{\"name\":\"Standard\",\"decision_required\":true,\"trial_days\":14,"
                        "\"evaluation_months\":3,\"prepared_by\":\"zone\"}");
  acts_test_must (test, setup, "save-legal-reference",
                  "{\"code\":\"hol-3-2\",\"citation\":\"helse- og omsorgstjenesteloven § 3-2\","
                  "\"version\":\"2011\"}");

  test->caseworker = save_user (test, setup, "Siri", "caseworker", test->office);
  test->nurse = save_user (test, setup, "Kari", "resource_person", test->zone);
  test->other_nurse = save_user (test, setup, "Ola", "resource_person", test->other_zone);
  test->centre_nurse = save_user (test, setup, "Mona", "resource_person", test->centre);
  test->coordinator = save_user (test, setup, "Geir", "coordinator", test->stock);
  test->manager = save_user (test, setup, "Liv", "manager", test->zone);
  test->administrator = save_user (test, setup, "Per", "administrator", test->office);
}

static ActsTest *
prepare (const char *folder,
         const char *today)
{
  static const guint8 bytes[FORLOP_KEY_LENGTH] = { 7 };
  ActsTest *test = g_new0 (ActsTest, 1);

  test->folder = g_strdup (folder);
  test->path = g_build_filename (test->folder, "test.forlop", NULL);
  test->key = forlop_key_new (bytes);
  test->clock = forlop_clock_new_manual (nine_o_clock (today));
  test->ids = forlop_id_source_new_seeded (1);

  return test;
}

ActsTest *
acts_test_new_in (const char *folder,
                  const char *today)
{
  g_autoptr (GError) error = NULL;
  ActsTest *test = prepare (folder, today);

  g_assert_true (forlop_store_create (test->path, test->key, NULL, &error));
  g_assert_no_error (error);
  open_store (test);
  set_up_municipality (test);

  return test;
}

ActsTest *
acts_test_open_in (const char *folder,
                   const char *today)
{
  ActsTest *test = prepare (folder, today);

  open_store (test);

  return test;
}

ActsTest *
acts_test_new (const char *today)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("forlop-acts-XXXXXX", &error);

  g_assert_no_error (error);

  return acts_test_new_in (folder, today);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

void
acts_test_free (ActsTest *test)
{
  ForlopActor *actors[] = {
    test->caseworker, test->nurse, test->other_nurse, test->centre_nurse,
    test->coordinator, test->manager, test->administrator,
  };
  char *texts[] = {
    test->path, test->office, test->zone, test->other_zone, test->centre, test->stock, test->profile,
  };

  g_clear_object (&test->store);
  for (unsigned int i = 0; i < G_N_ELEMENTS (actors); i++)
    g_clear_pointer (&actors[i], forlop_actor_free);
  for (unsigned int i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  forlop_key_unref (test->key);
  forlop_clock_unref (test->clock);
  forlop_id_source_unref (test->ids);
  remove_folder (test->folder);
  g_free (test->folder);
  g_free (test);
}

void
acts_test_set_day (ActsTest   *test,
                   const char *today)
{
  forlop_clock_set (test->clock, nine_o_clock (today));
}

void
acts_test_reopen (ActsTest *test)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (forlop_store_close (test->store, &error));
  g_assert_no_error (error);
  g_clear_object (&test->store);
  open_store (test);
}

static ForlopActResult *
run (ActsTest          *test,
     const ForlopActor *actor,
     const char        *name,
     const char        *json,
     GError           **error)
{
  const ForlopAct *act = forlop_act_find (name);
  g_autoptr (ForlopRecord) arguments = NULL;

  if (act == NULL)
    g_error ("no act is called %s", name);
  arguments = forlop_acts_parse_arguments (act, json, error);
  if (arguments == NULL)
    return NULL;

  return forlop_acts_run_sync (test->store, actor, act, arguments, error);
}

static ForlopActResult *
run_well (ActsTest          *test,
          const ForlopActor *actor,
          const char        *act,
          const char        *json)
{
  g_autoptr (GError) error = NULL;
  ForlopActResult *result = run (test, actor, act, json, &error);

  if (error != NULL)
    g_error ("%s was refused: %s", act, error->message);

  return result;
}

ForlopActResult *
acts_test_do (ActsTest          *test,
              const ForlopActor *actor,
              const char        *act,
              const char        *json,
              ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, json);
  text = g_strdup_vprintf (json, args);
  va_end (args);

  return run_well (test, actor, act, text);
}

void
acts_test_must (ActsTest          *test,
                const ForlopActor *actor,
                const char        *act,
                const char        *json,
                ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, json);
  text = g_strdup_vprintf (json, args);
  va_end (args);
  forlop_act_result_free (run_well (test, actor, act, text));
}

void
acts_test_refused (ActsTest          *test,
                   const ForlopActor *actor,
                   const char        *act,
                   int                code,
                   const char        *part,
                   const char        *json,
                   ...)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopActResult) result = NULL;
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, json);
  text = g_strdup_vprintf (json, args);
  va_end (args);

  result = run (test, actor, act, text, &error);
  g_assert_null (result);
  g_assert_error (error, FORLOP_ERROR, code);
  if (strstr (error->message, part) == NULL)
    g_error ("%s was refused, but not because of “%s”: %s", act, part, error->message);
}

typedef struct {
  const char *type;
  const char *field;
  const char *value;
} Query;

static gpointer
load_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Query *query = user_data;

  return forlop_record_store_load (connection, query->type, query->value, error);
}

static gpointer
list_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Query *query = user_data;

  return forlop_record_store_list (connection, query->type, query->field, query->value, error);
}

ForlopRecord *
acts_test_load (ActsTest   *test,
                const char *type,
                const char *id)
{
  Query query = { type, NULL, id };
  g_autoptr (GError) error = NULL;
  ForlopRecord *record = forlop_store_read_sync (test->store, load_on_worker, &query, g_object_unref,
                                                 NULL, &error);

  g_assert_no_error (error);

  return record;
}

GPtrArray *
acts_test_list (ActsTest   *test,
                const char *type,
                const char *field,
                const char *value)
{
  Query query = { type, field, value };
  g_autoptr (GError) error = NULL;
  GPtrArray *records = forlop_store_read_sync (test->store, list_on_worker, &query,
                                               (GDestroyNotify) g_ptr_array_unref, NULL, &error);

  g_assert_no_error (error);

  return records;
}

static gpointer
count_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  gint64 value = 0;

  if (!forlop_connection_query_integer (connection, user_data, &value, error))
    return NULL;

  return g_memdup2 (&value, sizeof value);
}

gint64
acts_test_count (ActsTest   *test,
                 const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *value = forlop_store_read_sync (test->store, count_on_worker, (gpointer) sql,
                                                     g_free, NULL, &error);

  g_assert_no_error (error);

  return *value;
}

static gpointer
duty_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Query *query = user_data;
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (
    connection, "SELECT 1 FROM duty WHERE case_id = ?1 AND rule = ?2", error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, query->value);
  forlop_statement_bind_text (statement, 2, query->field);
  if (!forlop_statement_step (statement, &has_row, error))
    return NULL;

  return g_memdup2 (&has_row, sizeof has_row);
}

gboolean
acts_test_has_duty (ActsTest   *test,
                    const char *case_id,
                    const char *rule)
{
  Query query = { NULL, rule, case_id };
  g_autoptr (GError) error = NULL;
  g_autofree gboolean *found =
    forlop_store_read_sync (test->store, duty_on_worker, &query, g_free, NULL, &error);

  g_assert_no_error (error);

  return *found;
}
