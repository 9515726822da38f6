/* SPDX-License-Identifier: EUPL-1.2 */

#include "acts-test-util.h"
#include "forlop-integrity.h"

static gpointer
check_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  ActsTest *test = user_data;

  return forlop_integrity_check (connection, forlop_clock_now (test->clock), NULL, NULL, error);
}

static GPtrArray *
check (ActsTest *test)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *problems = forlop_store_read_sync (test->store, check_on_worker, test,
                                                (GDestroyNotify) g_ptr_array_unref, NULL, &error);

  g_assert_no_error (error);

  return problems;
}

static gpointer
execute_on_worker (ForlopConnection  *connection,
                   gpointer           user_data,
                   GCancellable      *cancellable G_GNUC_UNUSED,
                   GError           **error)
{
  forlop_connection_execute_script (connection, user_data, error);

  return NULL;
}

static ActsTest *
new_case (void)
{
  ActsTest *test = acts_test_new ("2026-03-12");

  acts_test_must (test, test->caseworker, "register-referral",
                  "{\"id_number\":\"15872949884\",\"given_name\":\"Anne\",\"family_name\":\"Ås\","
                  "\"source\":\"gp\",\"channel\":\"phone\",\"received_on\":\"2026-03-11\","
                  "\"reason\":\"hjertesvikt\"}");

  return test;
}

static void
test_what_acts_write_agrees (void)
{
  g_autoptr (ActsTest) test = new_case ();
  g_autoptr (GPtrArray) problems = NULL;

  /* Time alone is no problem. */
  acts_test_set_day (test, "2027-03-12");
  problems = check (test);
  g_assert_cmpuint (problems->len, ==, 0);
}

static const struct {
  const char *name;
  const char *damage;
  const char *kind;
  const char *field;
} damages[] = {
  { "reference", "UPDATE referral SET citizen_id = randomblob (16)", "reference", "citizen_id" },
  { "case-without-citizen", "UPDATE citizen SET deleted = 1", "reference", "citizen_id" },
  { "required-field", "UPDATE referral SET reason = NULL", "required", "reason" },
  { "history", "DELETE FROM changeset WHERE act = 'register-referral'", "history", NULL },
  { "search-entry", "DELETE FROM search_entry WHERE type = 'citizen'", "search", NULL },
  { "search-text", "DELETE FROM search", "search", NULL },
  { "search-orphan", "UPDATE \"case\" SET deleted = 1", "search", NULL },
  { "list-row", "DELETE FROM citizen_row", "list", NULL },
  { "duty-lost", "DELETE FROM duty", "duties", NULL },
  { "duty-invented", "UPDATE duty SET rule = 'decide'", "duties", NULL },
};

static void
test_damage_is_found (gconstpointer data)
{
  unsigned int which = GPOINTER_TO_UINT (data);
  g_autoptr (ActsTest) test = new_case ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  forlop_store_write_sync (test->store, execute_on_worker, (gpointer) damages[which].damage, NULL, NULL,
                           &error);
  g_assert_no_error (error);
  problems = check (test);

  for (unsigned int i = 0; i < problems->len; i++)
    {
      const ForlopIntegrityProblem *problem = g_ptr_array_index (problems, i);

      if (g_str_equal (problem->kind, damages[which].kind) &&
          (damages[which].field == NULL || g_strcmp0 (problem->field, damages[which].field) == 0))
        found = TRUE;
      g_assert_nonnull (problem->text);
    }
  g_assert_true (found);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/integrity/what-acts-write-agrees", test_what_acts_write_agrees);
  for (unsigned int i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *name = g_strconcat ("/integrity/finds/", damages[i].name, NULL);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_damage_is_found);
    }

  return g_test_run ();
}
