/* SPDX-License-Identifier: EUPL-1.2 */

/* The lists the desktop opens with, on a real file and made by real acts. */

#include "acts-test-util.h"

#include <string.h>

#include "forlop-access-store.h"
#include "forlop-citizen-list.h"
#include "forlop-duty-store.h"
#include "forlop-list-store.h"
#include "forlop-search.h"
#include "forlop-store-error.h"
#include "forlop-worklist.h"

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

static gpointer
worklist_on_worker (ForlopConnection  *connection,
                    gpointer           user_data,
                    GCancellable      *cancellable G_GNUC_UNUSED,
                    GError           **error)
{
  return forlop_worklist_load (connection, user_data, error);
}

static ForlopWorklist *
load_worklist (ActsTest            *test,
               ForlopWorklistQuery *query)
{
  g_autoptr (GError) error = NULL;
  ForlopWorklist *list;

  if (query->now == 0)
    query->now = forlop_clock_now (test->clock);
  list = forlop_store_read_sync (test->store, worklist_on_worker, query,
                                 (GDestroyNotify) forlop_worklist_free, NULL, &error);
  g_assert_no_error (error);

  return list;
}

/* Rules of the rows, with a blank between them. */
static char *
rules (ForlopWorklist *list)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned int i = 0; i < list->rows->len; i++)
    {
      ForlopWorklistRow *row = g_ptr_array_index (list->rows, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", row->rule);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct {
  const char *rule;
  const char *severity;
  gint64 due_at;
  gint64 since;
  const char *role;
  const char *unit_id;
  gint64 visible_from;
  const char *case_id;
  const char *arguments;
} Wanted;

typedef struct {
  ActsTest *test;
  const Wanted *wanted;
  unsigned int n;
} Plant;

/* Duties with the fields that decide the order, whatever rules the product has. */
static gpointer
plant_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  Plant *plant = user_data;
  g_autoptr (GPtrArray) duties = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_duty_free);

  for (unsigned int i = 0; i < plant->n; i++)
    {
      ForlopDuty *duty = g_new0 (ForlopDuty, 1);

      duty->rule = plant->wanted[i].rule;
      duty->severity = plant->wanted[i].severity;
      duty->subject_type = "case";
      duty->subject_id = g_strdup (plant->test->profile);
      duty->role = g_strdup (plant->wanted[i].role);
      duty->unit_id = g_strdup (plant->wanted[i].unit_id);
      duty->visible_from = plant->wanted[i].visible_from;
      duty->due_at = plant->wanted[i].due_at != 0 ? plant->wanted[i].due_at : FORLOP_INSTANT_NONE;
      duty->case_id = g_strdup (plant->wanted[i].case_id);
      duty->arguments = g_strdup (plant->wanted[i].arguments);
      duty->since = plant->wanted[i].since != 0 ? plant->wanted[i].since : FORLOP_INSTANT_NONE;
      g_ptr_array_add (duties, duty);
    }

  return GINT_TO_POINTER (forlop_duty_store_replace (connection, plant->test->profile, duties, error));
}

static void
plant (ActsTest     *test,
       const Wanted *wanted,
       unsigned int  n)
{
  Plant plant = { test, wanted, n };
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (forlop_store_write_sync (test->store, plant_on_worker, &plant, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
test_worst_first (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  const gint64 now = forlop_clock_now (test->clock);
  const Wanted wanted[] = {
    { "undated", NULL, 0, now - FORLOP_DAY, "resource_person", test->zone, now },
    { "undated-older", NULL, 0, now - 3 * FORLOP_DAY, "resource_person", test->zone, now },
    { "next-month", NULL, now + 30 * FORLOP_DAY, 0, "resource_person", test->zone, now },
    { "in-three-days", NULL, now + 3 * FORLOP_DAY, 0, "resource_person", test->zone, now },
    { "tonight", NULL, now + 8 * FORLOP_HOUR, 0, "resource_person", NULL, now },
    { "missing-morning", NULL, now + FORLOP_HOUR, 0, "resource_person", test->zone, now },
    { "yellow", "yellow", 0, now - FORLOP_HOUR, "resource_person", test->zone, now },
    { "overdue", NULL, now - FORLOP_DAY, 0, "resource_person", test->zone, now },
    { "red-new", "red", 0, now - FORLOP_MINUTE, "resource_person", test->zone, now },
    { "red-old", "red", 0, now - FORLOP_HOUR, "resource_person", test->zone, now },
    { "tomorrow-only", NULL, 0, 0, "resource_person", test->zone, now + FORLOP_DAY },
    { "other-zone", "red", 0, 0, "resource_person", test->other_zone, now },
    { "other-role", "red", 0, 0, "coordinator", test->zone, now },
  };
  ForlopWorklistQuery query = { .role = "resource_person", .unit_id = test->zone };
  g_autoptr (ForlopWorklist) list = NULL;
  g_autofree char *order = NULL;
  const ForlopWorklistSection sections[] = { 0, 0, 0, 1, 1, 1, 2, 2, 2, 3 };

  plant (test, wanted, G_N_ELEMENTS (wanted));
  list = load_worklist (test, &query);
  order = rules (list);
  g_assert_cmpstr (order, ==, "red-old red-new overdue yellow missing-morning tonight in-three-days "
                              "undated-older undated next-month");
  for (unsigned int i = 0; i < list->rows->len; i++)
    g_assert_cmpint (((ForlopWorklistRow *) g_ptr_array_index (list->rows, i))->section, ==,
                     sections[i]);
  g_assert_cmpuint (list->counts[FORLOP_WORKLIST_ALL], ==, 10);
  g_assert_cmpuint (list->counts[FORLOP_WORKLIST_RED], ==, 2);
  g_assert_cmpuint (list->counts[FORLOP_WORKLIST_YELLOW], ==, 1);
  g_assert_cmpuint (list->counts[FORLOP_WORKLIST_MISSING], ==, 1);
  g_assert_cmpuint (list->counts[FORLOP_WORKLIST_DEADLINES], ==, 2);
}

static void
test_chips_and_pages_cut (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  const gint64 now = forlop_clock_now (test->clock);
  const Wanted wanted[] = {
    { "a", "red", 0, 1, "resource_person", test->zone, now },
    { "b", NULL, now - 2, 0, "resource_person", test->zone, now },
    { "c", NULL, now - 1, 0, "resource_person", test->zone, now },
    { "d", "yellow", 0, 0, "resource_person", test->zone, now },
    { "missing-x", NULL, now - 3, 0, "resource_person", test->zone, now },
  };
  ForlopWorklistQuery query = { .role = "resource_person", .unit_id = test->zone };
  const char *const groups[] = { "a missing-x b c d", "a", "d", "missing-x", "b c" };

  plant (test, wanted, G_N_ELEMENTS (wanted));
  for (unsigned int i = 0; i < FORLOP_WORKLIST_N_GROUPS; i++)
    {
      g_autoptr (ForlopWorklist) list = NULL;
      g_autofree char *order = NULL;

      query.group = (ForlopWorklistGroup) i;
      list = load_worklist (test, &query);
      order = rules (list);
      g_assert_cmpstr (order, ==, groups[i]);
      g_assert_cmpuint (list->counts[FORLOP_WORKLIST_ALL], ==, 5);
    }

  query.group = FORLOP_WORKLIST_ALL;
  query.limit = 2;
  query.offset = 2;
  {
    g_autoptr (ForlopWorklist) list = load_worklist (test, &query);
    g_autofree char *order = rules (list);

    g_assert_cmpstr (order, ==, "b c");
    g_assert_cmpuint (list->counts[FORLOP_WORKLIST_ALL], ==, 5);
  }
}

static void
test_a_case_has_one_row_for_what_is_the_matter (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  const gint64 now = forlop_clock_now (test->clock);
  const char *one = test->profile, *other = test->office;
  const Wanted wanted[] = {
    { "missing-x", NULL, 0, 0, "resource_person", test->zone, now, one, "{\"n\":4}" },
    { "red-new", "red", 0, now - 1, "resource_person", test->zone, now, one, "{\"n\":2}" },
    { "red-old", "red", 0, now - 9, "resource_person", test->zone, now, one, "{\"n\":1}" },
    { "yellow", "yellow", 0, now - 99, "resource_person", test->zone, now, one, "{\"n\":3}" },
    { "later", "red", 0, now - 99, "resource_person", test->zone, now + FORLOP_DAY, one },
    { "due", NULL, now + 1, 0, "resource_person", test->zone, now, one },
    { "other-yellow", "yellow", 0, now, "resource_person", test->zone, now, other },
    { "of-no-case", "yellow", 0, now - 1, "resource_person", test->zone, now },
  };
  ForlopWorklistQuery query = { .role = "resource_person", .unit_id = test->zone, .by_case = TRUE };
  g_autoptr (ForlopWorklist) list = NULL;
  g_autoptr (ForlopWorklist) yellow = NULL;
  g_autofree char *order = NULL;
  g_autofree char *yellow_order = NULL;
  ForlopWorklistRow *first;

  plant (test, wanted, G_N_ELEMENTS (wanted));
  list = load_worklist (test, &query);
  order = rules (list);
  g_assert_cmpstr (order, ==, "red-old of-no-case other-yellow due");
  g_assert_cmpuint (list->counts[FORLOP_WORKLIST_ALL], ==, 4);
  g_assert_cmpuint (list->counts[FORLOP_WORKLIST_RED], ==, 1);
  g_assert_cmpuint (list->counts[FORLOP_WORKLIST_YELLOW], ==, 2);
  g_assert_cmpuint (list->counts[FORLOP_WORKLIST_MISSING], ==, 0);

  first = g_ptr_array_index (list->rows, 0);
  g_assert_cmpuint (first->others->len, ==, 3);
  for (unsigned int i = 0; i < first->others->len; i++)
    {
      ForlopWorklistOther *one_other = g_ptr_array_index (first->others, i);
      g_autofree char *arguments = g_strdup_printf ("{\"n\":%u}", i + 2);

      g_assert_cmpstr (one_other->arguments, ==, arguments);
    }
  for (unsigned int i = 1; i < list->rows->len; i++)
    g_assert_null (((ForlopWorklistRow *) g_ptr_array_index (list->rows, i))->others);

  query.group = FORLOP_WORKLIST_YELLOW;
  yellow = load_worklist (test, &query);
  yellow_order = rules (yellow);
  g_assert_cmpstr (yellow_order, ==, "of-no-case other-yellow");
}

static void
test_manager_sees_what_is_overdue (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  const gint64 now = forlop_clock_now (test->clock);
  g_autofree char *json =
    g_strdup_printf ("{\"name\":\"Sone Nord 2\",\"kind\":\"zone\",\"parent_id\":\"%s\"}", test->zone);
  g_autoptr (ForlopActResult) below = acts_test_do (test, test->administrator, "save-unit", "%s", json);
  const Wanted wanted[] = {
    { "evaluation-overdue", NULL, now - FORLOP_DAY, 0, "resource_person", test->zone, now - FORLOP_DAY },
    { "below-overdue", NULL, now - FORLOP_HOUR, 0, "resource_person", below->subject_id, now - FORLOP_DAY },
    { "not-overdue", NULL, now + FORLOP_DAY, 0, "resource_person", test->zone, now - FORLOP_DAY },
    { "elsewhere", NULL, now - FORLOP_DAY, 0, "resource_person", test->other_zone, now - FORLOP_DAY },
    { "own", NULL, 0, 0, "manager", test->zone, now },
  };
  ForlopWorklistQuery query = { .role = "manager", .unit_id = test->zone };
  g_autoptr (ForlopWorklist) list = NULL;
  g_autofree char *order = NULL;
  ForlopWorklistRow *first;

  plant (test, wanted, G_N_ELEMENTS (wanted));
  list = load_worklist (test, &query);
  order = rules (list);
  g_assert_cmpstr (order, ==, "evaluation-overdue below-overdue own");
  first = g_ptr_array_index (list->rows, 0);
  g_assert_cmpstr (first->unit_name, ==, "Sone Nord");
  g_assert_cmpstr (first->role, ==, "resource_person");

  query.unit_id = NULL;
  g_clear_pointer (&list, forlop_worklist_free);
  g_clear_pointer (&order, g_free);
  list = load_worklist (test, &query);
  order = rules (list);
  g_assert_cmpstr (order, ==, "evaluation-overdue elsewhere below-overdue own");
}

static void
test_a_referral_is_on_the_worklist (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autofree char *case_id = refer (test, "Liv", "Haug", ",\"id_number\":\"12835430098\"");
  ForlopWorklistQuery query = { .role = "caseworker", .unit_id = test->office };
  ForlopWorklistQuery nurse = { .role = "resource_person", .unit_id = test->zone };
  g_autoptr (ForlopWorklist) list = load_worklist (test, &query);
  g_autoptr (ForlopWorklist) none = load_worklist (test, &nurse);
  ForlopWorklistRow *row;

  g_assert_cmpuint (list->rows->len, >, 0);
  row = g_ptr_array_index (list->rows, 0);
  g_assert_cmpstr (row->case_id, ==, case_id);
  g_assert_cmpstr (row->citizen_name, ==, "Liv Haug");
  g_assert_cmpint (row->birth_date, !=, FORLOP_DATE_NONE);
  g_assert_cmpstr (row->act, ==, "save-assessment");
  g_assert_cmpuint (none->rows->len, ==, 0);
}

typedef struct {
  const char *text;
  ForlopSearchKinds kinds;
  unsigned int limit;
} Search;

static gpointer
search_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  Search *search = user_data;

  return forlop_search_run (connection, search->text, search->kinds, search->limit, error);
}

/* Titles of the hits, with a semicolon between them. */
static char *
found (ActsTest          *test,
       const char        *text,
       ForlopSearchKinds  kinds)
{
  Search search = { text, kinds, FORLOP_SEARCH_MAX_HITS };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = forlop_store_read_sync (
    test->store, search_on_worker, &search, (GDestroyNotify) g_ptr_array_unref, NULL, &error);
  g_autoptr (GString) titles = g_string_new (NULL);

  g_assert_no_error (error);
  for (unsigned int i = 0; i < hits->len; i++)
    {
      ForlopSearchHit *hit = g_ptr_array_index (hits, i);

      g_string_append_printf (titles, "%s%s", i > 0 ? ";" : "", hit->title);
    }

  return g_string_free (g_steal_pointer (&titles), FALSE);
}

#define assert_found(text, kinds, titles) \
  G_STMT_START { \
    g_autofree char *is = found (test, text, kinds); \
    g_assert_cmpstr (is, ==, titles); \
  } G_STMT_END

static void
test_search_as_you_type (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autoptr (ForlopActResult) citizen = acts_test_do (
    test, test->caseworker, "register-citizen",
    "{\"given_name\":\"Liv\",\"family_name\":\"Haug\",\"id_number\":\"12835430098\","
    "\"phone\":\"41234567\",\"address\":\"Storgata 12\",\"postal_place\":\"Tønsberg\"}");
  g_autofree char *liv = refer (test, "Liv", "Haug", ",\"id_number\":\"12835430098\"");
  g_autofree char *arne = refer (test, "Arne", "Åsen", "");
  g_autofree char *aase = refer (test, "Åse", "Haugen", "");
  g_autofree char *longer = refer (test, "Trine", "Moen", "");
  g_autoptr (ForlopActResult) first = acts_test_do (
    test, test->caseworker, "register-citizen",
    "{\"given_name\":\"Trine\",\"family_name\":\"Moe\",\"address\":\"Solli 3\"}");
  g_autofree char *second = refer (test, "Trine", "Solberg", "");
  g_autofree char *number = NULL;
  g_autoptr (ForlopRecord) the_case = acts_test_load (test, "case", liv);

  assert_found ("h", FORLOP_SEARCH_CITIZENS, "Liv Haug;Åse Haugen");
  assert_found ("HA", FORLOP_SEARCH_CITIZENS, "Liv Haug;Åse Haugen");
  assert_found ("hauge", FORLOP_SEARCH_CITIZENS, "Åse Haugen");
  assert_found ("aas", FORLOP_SEARCH_CITIZENS, "Arne Åsen");
  assert_found ("åse", FORLOP_SEARCH_CITIZENS, "Arne Åsen;Åse Haugen");
  assert_found ("liv h", FORLOP_SEARCH_CITIZENS, "Liv Haug");
  assert_found ("haug l", FORLOP_SEARCH_CITIZENS, "Liv Haug");
  assert_found ("haug x", FORLOP_SEARCH_CITIZENS, "");
  assert_found ("12835430098", FORLOP_SEARCH_CITIZENS, "Liv Haug");
  assert_found ("128354 30098", FORLOP_SEARCH_CITIZENS, "Liv Haug");
  assert_found ("128354 3", FORLOP_SEARCH_CITIZENS, "Liv Haug");
  assert_found ("+47 412 34 567", FORLOP_SEARCH_CITIZENS, "Liv Haug");
  assert_found ("storgata", FORLOP_SEARCH_CITIZENS, "Liv Haug");
  assert_found ("tønsb", FORLOP_SEARCH_CITIZENS, "Liv Haug");
  assert_found ("\"; DROP", FORLOP_SEARCH_CITIZENS, "");
  assert_found ("  ", FORLOP_SEARCH_EVERYTHING, "");

  assert_found ("trine sol", FORLOP_SEARCH_CITIZENS, "Trine Solberg;Trine Moe");
  assert_found ("sol trine", FORLOP_SEARCH_CITIZENS, "Trine Solberg;Trine Moe");
  assert_found ("trine moe", FORLOP_SEARCH_CITIZENS, "Trine Moe;Trine Moen");
  assert_found ("moen trine", FORLOP_SEARCH_CITIZENS, "Trine Moen");

  number = g_strdup (forlop_record_get_text (the_case, "number"));
  assert_found (number, FORLOP_SEARCH_CASES, "Liv Haug");
  assert_found (number, FORLOP_SEARCH_CITIZENS, "");
}

/* An item as the equipment acts leave it. */
static gpointer
add_item_on_worker (ForlopConnection  *connection,
                    gpointer           user_data,
                    GCancellable      *cancellable G_GNUC_UNUSED,
                    GError           **error)
{
  ActsTest *test = user_data;
  g_autofree char *op_id = forlop_id_source_next (test->ids, 1);
  g_autofree char *product_id = forlop_id_source_next (test->ids, 1);
  g_autofree char *item_id = forlop_id_source_next (test->ids, 1);
  g_autoptr (ForlopChangeset) changeset =
    forlop_changeset_new (op_id, "register-item", test->coordinator, 1);
  ForlopRecord *product = forlop_changeset_make (changeset, "product", product_id);
  ForlopRecord *item = forlop_changeset_make (changeset, "item", item_id);
  GPtrArray *operations = forlop_changeset_get_operations (changeset);

  forlop_record_set_text (product, "name", "Pulsoksymeter");
  forlop_record_set_text (product, "kind", "oximeter");
  forlop_record_set_text (item, "product_id", product_id);
  forlop_record_set_text (item, "serial_number", "OX-4711");
  forlop_record_set_text (item, "ownership", "own");
  forlop_record_set_text (item, "state", "ready");
  if (!forlop_changeset_finish (changeset, error))
    return NULL;
  for (unsigned int i = 0; i < operations->len; i++)
    if (!forlop_record_store_write (connection, g_ptr_array_index (operations, i), error) ||
        !forlop_list_store_update (connection, g_ptr_array_index (operations, i), error))
      return NULL;

  return GINT_TO_POINTER (TRUE);
}

static void
test_search_finds_items (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autoptr (GError) error = NULL;

  forlop_store_write_sync (test->store, add_item_on_worker, test, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_found ("ox-47", FORLOP_SEARCH_ITEMS, "Pulsoksymeter · OX-4711");
  assert_found ("4711", FORLOP_SEARCH_EVERYTHING, "Pulsoksymeter · OX-4711");
  assert_found ("ox-47", FORLOP_SEARCH_CITIZENS, "");
}

typedef struct {
  const ForlopActor *actor;
  const char *citizen_id;
  const char *action;
  const char *kinds;
} Access;

static gpointer
append_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  Access *access = user_data;

  return GINT_TO_POINTER (forlop_access_store_append (connection, access->actor, access->citizen_id,
                                                      access->action, access->kinds, NULL, 1000,
                                                      error));
}

static gpointer
verify_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  return GINT_TO_POINTER (forlop_access_store_verify (connection, user_data, error));
}

static gpointer
execute_on_worker (ForlopConnection  *connection,
                   gpointer           user_data,
                   GCancellable      *cancellable G_GNUC_UNUSED,
                   GError           **error)
{
  return GINT_TO_POINTER (forlop_connection_execute (connection, user_data, error));
}

static void
log_three (ActsTest *test)
{
  Access access[] = {
    { test->nurse, test->zone, FORLOP_ACCESS_OPENED, "case" },
    { test->nurse, test->zone, FORLOP_ACCESS_SHOWED_ID_NUMBER, "citizen" },
    { NULL, NULL, FORLOP_ACCESS_EXPORTED, "citizen" },
  };
  g_autoptr (GError) error = NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (access); i++)
    {
      g_assert_nonnull (forlop_store_write_sync (test->store, append_on_worker, &access[i], NULL, NULL,
                                                 &error));
      g_assert_no_error (error);
    }
}

static void
test_access_log_hangs_together (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_nonnull (forlop_store_read_sync (test->store, verify_on_worker, &n, NULL, NULL, &error));
  g_assert_cmpint (n, ==, 0);
  log_three (test);
  g_assert_nonnull (forlop_store_read_sync (test->store, verify_on_worker, &n, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 3);
}

static gpointer
found_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  ActsTest *test = user_data;
  const char *citizens[] = { test->zone, test->office, NULL };

  return GINT_TO_POINTER (
    forlop_access_store_found (connection, test->nurse, citizens, 1000, error) &&
    forlop_access_store_found (connection, test->nurse, citizens, 2000, error) &&
    forlop_access_store_found (connection, test->caseworker, citizens + 1, 2000, error) &&
    forlop_access_store_found (connection, test->nurse, citizens + 1, 25 * 60 * 60 * 1000, error));
}

/* Typing the same name ten times a day makes one line. */
static void
test_search_hits_are_logged_once_a_day (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_nonnull (forlop_store_write_sync (test->store, found_on_worker, test, NULL, NULL, &error));
  g_assert_nonnull (forlop_store_read_sync (test->store, verify_on_worker, &n, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 4);
}

static void
test_access_log_shows_tampering (void)
{
  static const char *const harm[] = {
    "UPDATE access_log SET action = 'exported' WHERE n = 2",
    "UPDATE access_log SET at = at + 1 WHERE n = 1",
    "UPDATE access_log SET kinds = 'unit' WHERE n = 3",
    "DELETE FROM access_log WHERE n = 2",
    "DELETE FROM access_log WHERE n = 3",
    "DELETE FROM access_log",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (harm); i++)
    {
      g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
      g_autoptr (GError) error = NULL;

      log_three (test);
      forlop_store_write_sync (test->store, execute_on_worker, (gpointer) harm[i], NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_null (forlop_store_read_sync (test->store, verify_on_worker, NULL, NULL, NULL, &error));
      g_assert_error (error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_DAMAGED);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/worklist/worst-first", test_worst_first);
  g_test_add_func ("/worklist/chips-and-pages-cut", test_chips_and_pages_cut);
  g_test_add_func ("/worklist/a-case-has-one-row-for-what-is-the-matter",
                   test_a_case_has_one_row_for_what_is_the_matter);
  g_test_add_func ("/worklist/manager-sees-what-is-overdue", test_manager_sees_what_is_overdue);
  g_test_add_func ("/worklist/a-referral-is-on-the-worklist", test_a_referral_is_on_the_worklist);
  g_test_add_func ("/search/as-you-type", test_search_as_you_type);
  g_test_add_func ("/search/finds-items", test_search_finds_items);
  g_test_add_func ("/access-log/hangs-together", test_access_log_hangs_together);
  g_test_add_func ("/access-log/search-hits-are-logged-once-a-day",
                   test_search_hits_are_logged_once_a_day);
  g_test_add_func ("/access-log/shows-tampering", test_access_log_shows_tampering);

  return g_test_run ();
}
