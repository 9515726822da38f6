/* SPDX-License-Identifier: EUPL-1.2 */

#include "acts-test-util.h"
#include "forlop-citizen-list.h"
#include "forlop-record-list.h"

/* Lists that read their order first and their rows a page at a time. */

static char *
refer (ActsTest   *test,
       const char *given,
       const char *family,
       const char *extra)
{
  g_autoptr (ForlopActResult) result = acts_test_do (
    test, test->caseworker, "register-referral",
    "{\"given_name\":\"%s\",\"family_name\":\"%s\",\"source\":\"gp\",\"channel\":\"e_message\","
    "\"received_on\":\"2026-03-10\",\"reason\":\"KOLS\"%s}", given, family, extra);

  return g_steal_pointer (&result->case_id);
}

static void
wait_for (ForlopPagedList *list)
{
  while (forlop_paged_list_is_loading (list))
    g_main_context_iteration (NULL, TRUE);
}

static char *
names (ForlopPagedList *list)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GListModel *model = G_LIST_MODEL (list);

  for (unsigned int i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (ForlopPagedRow) row = g_list_model_get_item (model, i);

      wait_for (list);
      g_string_append_printf (text, "%s%s", i > 0 ? ";" : "",
                              forlop_citizen_row_get_fields (row)->name);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
changed_cb (GListModel   *model G_GNUC_UNUSED,
            unsigned int  position,
            unsigned int  removed,
            unsigned int  added,
            gpointer      user_data)
{
  unsigned int *change = user_data;

  change[0] = position;
  change[1] = removed;
  change[2] = added;
  change[3]++;
}

static void
test_citizens_in_order (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *b = refer (test, "Anna", "Berg", "");
  g_autofree char *o = refer (test, "Odd", "Åsen", "");
  g_autofree char *a = refer (test, "Per", "Ås", "");
  g_autofree char *h = refer (test, "Liv", "Haug", "");
  g_autoptr (ForlopPagedList) list = forlop_citizen_list_new (test->store);
  g_autofree char *all = NULL;
  g_autofree char *running = NULL;
  g_autofree char *before = NULL;

  wait_for (list);
  all = names (list);
  g_assert_cmpstr (all, ==, "Anna Berg;Liv Haug;Per Ås;Odd Åsen");

  forlop_citizen_list_set_filter (list, FORLOP_CITIZEN_IN_SERVICE, NULL);
  wait_for (list);
  running = names (list);
  g_assert_cmpstr (running, ==, "");

  forlop_citizen_list_set_filter (list, FORLOP_CITIZEN_BEFORE_START, NULL);
  wait_for (list);
  before = names (list);
  g_assert_cmpstr (before, ==, "Anna Berg;Liv Haug;Per Ås;Odd Åsen");
}

/* Scrolling from end to end takes a row and gives it back, thousands of times, on a list longer than
 * what is kept of it. */
static void
test_scrolled_past_rows_are_let_go (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autoptr (ForlopPagedList) list = NULL;
  unsigned int n;

  for (unsigned int i = 0; i < 2300; i++)
    acts_test_must (test, test->caseworker, "register-citizen",
                    "{\"given_name\":\"Anna\",\"family_name\":\"Berg %u\"}", i);

  list = forlop_citizen_list_new (test->store);
  wait_for (list);
  n = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_assert_cmpuint (n, ==, 2300);
  for (int round = 0; round < 2; round++)
    for (unsigned int i = 0; i < n; i += 16)
      {
        g_autoptr (ForlopPagedRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);

        g_assert_true (FORLOP_IS_PAGED_ROW (row));
        wait_for (list);
      }
}

static void
test_new_citizen_moves_as_little_as_possible (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  unsigned int change[4] = { 0 };
  g_autoptr (ForlopPagedList) list = NULL;
  g_autoptr (ForlopPagedRow) first = NULL;
  g_autoptr (ForlopPagedRow) same = NULL;
  g_autofree char *h = NULL;

  for (unsigned int i = 0; i < 300; i++)
    {
      g_autofree char *family = g_strdup_printf ("Berg%c%c", (char) ('b' + i / 26), (char) ('a' + i % 26));
      g_autofree char *id = refer (test, "Anna", family, "");
    }

  list = forlop_citizen_list_new (test->store);
  wait_for (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 300);
  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  wait_for (list);
  g_assert_cmpstr (forlop_citizen_row_get_fields (first)->name, ==, "Anna Bergba");

  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), change);
  h = refer (test, "Anna", "Bergbab", "");
  forlop_paged_list_refresh (list);
  wait_for (list);
  g_assert_cmpuint (change[0], ==, 1);
  g_assert_cmpuint (change[1], ==, 0);
  g_assert_cmpuint (change[2], ==, 1);
  g_assert_cmpuint (change[3], ==, 1);
  same = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (same == first);

  forlop_paged_list_refresh (list);
  wait_for (list);
  g_assert_cmpuint (change[3], ==, 1);
}

static void
test_a_paged_list_fills_rows_that_are_asked_for (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-04-09");
  ForlopPagedList *list = forlop_record_list_new (test->store, "unit", NULL, NULL);
  g_autoptr (ForlopPagedRow) row = NULL;
  const ForlopRecordFields *fields;

  wait_for (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 5);
  row = g_list_model_get_item (G_LIST_MODEL (list), 0);
  wait_for (list);
  fields = forlop_paged_row_get_fields (row);
  g_assert_cmpstr (fields->cells[0], ==, "Lageret");

  forlop_paged_list_take_query (list, forlop_record_query_new (forlop_record_type_find ("unit"),
                                                               "kind", "zone"));
  wait_for (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  g_assert_finalize_object (list);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/citizens/in-order-of-name", test_citizens_in_order);
  g_test_add_func ("/citizens/scrolled-past-rows-are-let-go", test_scrolled_past_rows_are_let_go);
  g_test_add_func ("/citizens/new-one-moves-as-little-as-possible",
                   test_new_citizen_moves_as_little_as_possible);
  g_test_add_func ("/records/paged-list-fills-rows-that-are-asked-for",
                   test_a_paged_list_fills_rows_that_are_asked_for);

  return g_test_run ();
}
