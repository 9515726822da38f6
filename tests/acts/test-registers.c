/* SPDX-License-Identifier: EUPL-1.2 */

#include "acts-test-util.h"

#include "forlop-benefits-store.h"
#include "forlop-error.h"
#include "forlop-field-value.h"
#include "forlop-item-list.h"
#include "forlop-json.h"
#include "forlop-list-store.h"
#include "forlop-record-list.h"
#include "forlop-record-store.h"
#include "forlop-wheel-store.h"

/* Records as another machine would have sent them: written as they are, without an act. */

typedef struct {
  const ForlopRecordType *type;
  char *id;
  const char *json;
} Put;

static gpointer
put_on_worker (ForlopConnection  *connection,
               gpointer           user_data,
               GCancellable      *cancellable G_GNUC_UNUSED,
               GError           **error)
{
  Put *put = user_data;
  g_autoptr (ForlopRecord) record = forlop_record_new (put->type, put->id);
  g_autoptr (yyjson_doc) doc = forlop_json_parse (put->json, -1, error);
  ForlopOperation operation = { put->type, put->id, NULL, record };

  if (doc == NULL || !forlop_record_fill_json (record, yyjson_doc_get_root (doc), error))
    return NULL;
  forlop_record_set_vtag (record, put->id);
  if (!forlop_record_store_write (connection, &operation, error) ||
      !forlop_list_store_update (connection, &operation, error))
    return NULL;

  return g_strdup (put->id);
}

G_GNUC_WARN_UNUSED_RESULT G_GNUC_PRINTF (3, 4)
static char *
put (ActsTest   *test,
     const char *type,
     const char *format,
     ...)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = forlop_id_source_next (test->ids, forlop_clock_now (test->clock));
  g_autofree char *json = NULL;
  va_list arguments;
  char *result;

  va_start (arguments, format);
  json = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  result = forlop_store_write_sync (test->store, put_on_worker,
                                    &(Put) { forlop_record_type_find (type), id, json }, g_free,
                                    NULL, &error);
  g_assert_no_error (error);

  return result;
}

#define PUT(test, type, ...) g_free (put (test, type, __VA_ARGS__))

static char *
put_citizen (ActsTest   *test,
             const char *given,
             const char *family)
{
  return put (test, "citizen",
              "{\"given_name\":\"%s\",\"family_name\":\"%s\",\"birth_date\":\"1954-03-12\"}", given,
              family);
}

static char *
put_case (ActsTest   *test,
          const char *citizen_id,
          const char *number,
          const char *next_evaluation_on)
{
  return put (test, "case",
              "{\"citizen_id\":\"%s\",\"number\":\"%s\",\"status\":\"running\",\"profile_id\":\"%s\","
              "\"office_unit_id\":\"%s\",\"unit_id\":\"%s\",\"opened_on\":\"2026-01-02\","
              "\"started_on\":\"2026-01-09\",\"next_evaluation_on\":\"%s\"}",
              citizen_id, number, test->profile, test->office, test->zone, next_evaluation_on);
}

static gpointer
counts_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  return forlop_item_list_counts (connection, NULL, user_data, error);
}

typedef struct {
  const char *code;
  const char *gtin;
  const char *serial;
  gboolean with_holder;
} Find;

static gpointer
find_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Find *find = user_data;

  return forlop_item_list_find (connection, find->code, find->gtin, find->serial, find->with_holder,
                                error);
}

static GPtrArray *
find_items (ActsTest *test,
            Find      find)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *found = forlop_store_read_sync (test->store, find_on_worker, &find,
                                             (GDestroyNotify) g_ptr_array_unref, NULL, &error);

  g_assert_no_error (error);

  return found;
}

typedef struct {
  const ForlopPagedSource *source;
  gconstpointer query;
} Read;

static gpointer
read_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  Read *read = user_data;
  g_autoptr (GArray) order = read->source->load_order (connection, read->query, error);

  if (order == NULL)
    return NULL;

  return read->source->load_fields (connection, read->query,
                                    (const gint64 *) (gpointer) order->data, order->len, error);
}

/* Everything a list shows, in its order. */
static GPtrArray *
read_all (ActsTest                *test,
          const ForlopPagedSource *source,
          gconstpointer            query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *all = forlop_store_read_sync (test->store, read_on_worker, &(Read) { source, query },
                                           (GDestroyNotify) g_ptr_array_unref, NULL, &error);

  g_assert_no_error (error);

  return all;
}

static gpointer
wheel_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  ForlopDate today;

  g_assert_true (forlop_date_from_iso ("2026-04-09", &today));

  return forlop_wheel_store_load (connection, today, user_data, error);
}

static gpointer
benefits_on_worker (ForlopConnection  *connection,
                    gpointer           user_data,
                    GCancellable      *cancellable G_GNUC_UNUSED,
                    GError           **error)
{
  return forlop_benefits_store_load (connection, user_data, error);
}

static gpointer
figures_on_worker (ForlopConnection  *connection,
                   gpointer           user_data,
                   GCancellable      *cancellable G_GNUC_UNUSED,
                   GError           **error)
{
  g_autoptr (ForlopFigures) figures = NULL;

  if (!forlop_benefits_store_figures (connection, NULL, &figures, error))
    return NULL;
  g_assert_null (figures);

  return user_data;
}

static ForlopBenefits *
load_benefits (ActsTest   *test,
               const char *unit_id)
{
  return forlop_store_read_sync (test->store, benefits_on_worker, (gpointer) unit_id,
                                 (GDestroyNotify) forlop_benefits_free, NULL, NULL);
}

typedef struct {
  char *product;
  char *case_id;
  char *citizen_id;
} Register;

static void
register_clear (Register *self)
{
  g_free (self->product);
  g_free (self->case_id);
  g_free (self->citizen_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Register, register_clear)

static char *
put_item (ActsTest   *test,
          const char *product,
          const char *serial,
          const char *tag,
          const char *state)
{
  return put (test, "item",
              "{\"product_id\":\"%s\",\"serial_number\":\"%s\",\"asset_tag\":\"%s\","
              "\"ownership\":\"own\",\"state\":\"%s\"}", product, serial, tag, state);
}

static void
fill_register (ActsTest *test,
               Register *self)
{
  g_autofree char *lent = NULL;

  self->product = put (test, "product",
                       "{\"name\":\"Nonin 3150\",\"kind\":\"oximeter\",\"gtin\":\"07038010000010\"}");
  self->citizen_id = put_citizen (test, "Liv", "Haug");
  self->case_id = put_case (test, self->citizen_id, "2026-0001", "2026-04-09");
  g_free (put_item (test, self->product, "500123", "T-1", "ready"));
  g_free (put_item (test, self->product, "500124", "T-2", "ready"));
  g_free (put_item (test, self->product, "5001%", "T-3", "cleaning"));
  lent = put_item (test, self->product, "500200", "T-4", "on_loan");
  PUT (test, "loan",
       "{\"case_id\":\"%s\",\"citizen_id\":\"%s\",\"item_id\":\"%s\",\"handed_out_on\":\"2026-01-05\"}",
       self->case_id, self->citizen_id, lent);
}

static void
test_items_are_counted_by_state (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-04-09");
  g_auto (Register) equipment = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) counts = NULL;
  g_autoptr (GHashTable) some = NULL;

  fill_register (test, &equipment);
  counts = forlop_store_read_sync (test->store, counts_on_worker, NULL,
                                   (GDestroyNotify) g_hash_table_unref, NULL, &error);
  g_assert_no_error (error);
  some = forlop_store_read_sync (test->store, counts_on_worker, (gpointer) "1%",
                                 (GDestroyNotify) g_hash_table_unref, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (counts, "ready")), ==, 2);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (counts, "on_loan")), ==, 1);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (counts, "lost")), ==, 0);
  /* The per cent sign is a letter like any other. */
  g_assert_cmpuint (g_hash_table_size (some), ==, 1);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (some, "cleaning")), ==, 1);
}

static void
test_a_holder_is_shown_to_those_who_may_see_it (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-04-09");
  g_auto (Register) equipment = { 0 };
  g_autoptr (ForlopItemQuery) open = forlop_item_query_new ("on_loan", NULL, NULL, TRUE);
  g_autoptr (ForlopItemQuery) closed = forlop_item_query_new ("on_loan", NULL, NULL, FALSE);
  g_autoptr (GPtrArray) seen = NULL;
  g_autoptr (GPtrArray) unseen = NULL;
  const ForlopItemFields *item;

  fill_register (test, &equipment);
  seen = read_all (test, &forlop_item_list_source, open);
  unseen = read_all (test, &forlop_item_list_source, closed);

  g_assert_cmpuint (seen->len, ==, 1);
  item = g_ptr_array_index (seen, 0);
  g_assert_cmpstr (item->serial_number, ==, "500200");
  g_assert_cmpstr (item->holder_name, ==, "Liv Haug");
  g_assert_cmpstr (item->case_id, ==, equipment.case_id);
  g_assert_nonnull (item->loan_id);

  item = g_ptr_array_index (unseen, 0);
  g_assert_null (item->holder_name);
  g_assert_null (item->citizen_id);
  g_assert_null (item->case_id);
}

static void
test_a_scanned_code_finds_the_item (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-04-09");
  g_auto (Register) equipment = { 0 };
  g_autoptr (GPtrArray) by_tag = NULL;
  g_autoptr (GPtrArray) by_serial = NULL;
  g_autoptr (GPtrArray) by_gs1 = NULL;
  g_autoptr (GPtrArray) other_product = NULL;
  g_autoptr (GPtrArray) nothing = NULL;

  fill_register (test, &equipment);
  by_tag = find_items (test, (Find) { .code = "t-2" });
  by_serial = find_items (test, (Find) { .code = "500123" });
  by_gs1 = find_items (test, (Find) { .code = "x", .gtin = "07038010000010", .serial = "500124" });
  other_product = find_items (test, (Find) { .code = "x", .gtin = "07038010000027",
                                             .serial = "500124" });
  nothing = find_items (test, (Find) { .code = "5001" });

  g_assert_cmpuint (by_tag->len, ==, 1);
  g_assert_cmpstr (((ForlopItemFields *) g_ptr_array_index (by_tag, 0))->serial_number, ==, "500124");
  g_assert_cmpuint (by_serial->len, ==, 1);
  g_assert_cmpstr (((ForlopItemFields *) g_ptr_array_index (by_serial, 0))->asset_tag, ==, "T-1");
  g_assert_cmpuint (by_gs1->len, ==, 1);
  g_assert_cmpuint (other_product->len, ==, 0);
  g_assert_cmpuint (nothing->len, ==, 0);
}

static void
test_the_wheel_counts_held_due_and_overdue (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-04-09");
  g_autofree char *anna = put_citizen (test, "Anna", "Berg");
  g_autofree char *odd = put_citizen (test, "Odd", "Lie");
  g_autofree char *per = put_citizen (test, "Per", "Vik");
  g_autofree char *late = put_case (test, anna, "1", "2026-04-08");
  g_autofree char *today = put_case (test, odd, "2", "2026-04-09");
  g_autofree char *older = put_case (test, per, "3", "2025-01-15");
  g_autoptr (GError) error = NULL;
  g_autofree ForlopWheel *wheel = NULL;
  g_autofree ForlopWheel *other = NULL;
  g_autofree char *first = NULL;

  PUT (test, "evaluation",
       "{\"citizen_id\":\"%s\",\"case_id\":\"%s\",\"number\":1,\"held_on\":\"2026-03-31\","
       "\"outcome\":\"continue\",\"appropriate\":true}", odd, today);

  wheel = forlop_store_read_sync (test->store, wheel_on_worker, NULL, g_free, NULL, &error);
  g_assert_no_error (error);
  other = forlop_store_read_sync (test->store, wheel_on_worker, test->other_zone, g_free, NULL, &error);
  g_assert_no_error (error);
  first = forlop_date_to_iso (wheel->first[0]);

  g_assert_cmpstr (first, ==, "2025-10-01");
  g_assert_cmpuint (wheel->counts[6][FORLOP_WHEEL_OVERDUE], ==, 1);
  g_assert_cmpuint (wheel->counts[6][FORLOP_WHEEL_DUE], ==, 1);
  g_assert_cmpuint (wheel->counts[5][FORLOP_WHEEL_DONE], ==, 1);
  g_assert_cmpuint (wheel->counts[0][FORLOP_WHEEL_OVERDUE], ==, 1);
  g_assert_cmpuint (wheel->n_overdue, ==, 2);
  g_assert_cmpuint (wheel->n_due_this_month, ==, 1);
  g_assert_cmpuint (other->n_overdue, ==, 0);
}

static void
test_this_month_begins_with_what_is_overdue_from_ever (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-04-09");
  g_autofree char *anna = put_citizen (test, "Anna", "Berg");
  g_autofree char *odd = put_citizen (test, "Odd", "Lie");
  g_autofree char *due = put_case (test, anna, "1", "2026-04-20");
  g_autofree char *old = put_case (test, odd, "2", "2026-01-15");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) january = NULL;
  ForlopDate today;
  ForlopWheelQuery *query;
  const ForlopWheelFields *row;

  g_assert_true (forlop_date_from_iso ("2026-04-09", &today));
  query = forlop_wheel_query_new (today, test->zone, FORLOP_WHEEL_THIS_MONTH);
  rows = read_all (test, &forlop_wheel_list_source, query);
  query->month = 3;
  january = read_all (test, &forlop_wheel_list_source, query);
  forlop_wheel_query_free (query);

  g_assert_cmpuint (rows->len, ==, 2);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpint (row->state, ==, FORLOP_WHEEL_OVERDUE);
  g_assert_cmpstr (row->name, ==, "Odd Lie");
  g_assert_cmpstr (row->case_id, ==, old);
  g_assert_cmpstr (row->unit_name, ==, "Sone Nord");
  row = g_ptr_array_index (rows, 1);
  g_assert_cmpint (row->state, ==, FORLOP_WHEEL_DUE);
  g_assert_cmpstr (row->case_id, ==, due);
  g_assert_cmpuint (january->len, ==, 1);
}

static void
put_baseline (ActsTest   *test,
              const char *citizen_id,
              const char *case_id,
              const char *period,
              const char *numbers)
{
  PUT (test, "baseline", "{\"citizen_id\":\"%s\",\"case_id\":\"%s\",\"period\":\"%s\",%s}",
       citizen_id, case_id, period, numbers);
}

static void
test_benefits_compare_the_same_people (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-04-09");
  g_autofree char *anna = put_citizen (test, "Anna", "Berg");
  g_autofree char *odd = put_citizen (test, "Odd", "Lie");
  g_autofree char *first = put_case (test, anna, "1", "2026-05-01");
  g_autofree char *second = put_case (test, odd, "2", "2026-05-01");
  g_autoptr (ForlopBenefits) benefits = NULL;
  g_autoptr (ForlopBenefits) elsewhere = NULL;

  /* Three months of visits are 30 a month; the latest of two entries counts. */
  put_baseline (test, anna, first, "before",
                "\"from_date\":\"2025-10-01\",\"to_date\":\"2025-12-31\",\"visits\":999");
  put_baseline (test, anna, first, "before",
                "\"from_date\":\"2025-10-01\",\"to_date\":\"2025-12-31\",\"visits\":90,"
                "\"skilled_visits\":60,\"unskilled_visits\":30,\"hospital_admissions\":2,"
                "\"origin\":\"EPJ\"");
  put_baseline (test, anna, first, "after",
                "\"from_date\":\"2026-02-01\",\"to_date\":\"2026-02-28\",\"visits\":4,"
                "\"skilled_visits\":1,\"unskilled_visits\":13,\"hospital_admissions\":0,"
                "\"origin\":\"EPJ\"");
  /* Somebody without numbers after start is in no sum. */
  put_baseline (test, odd, second, "before", "\"visits\":50");

  /* A file without a server has none of the server's figures. */
  g_assert_nonnull (forlop_store_read_sync (test->store, figures_on_worker, test, NULL, NULL, NULL));
  benefits = load_benefits (test, NULL);
  elsewhere = load_benefits (test, test->other_zone);

  g_assert_cmpuint (benefits->n_started, ==, 2);
  g_assert_cmpuint (benefits->n_baseline, ==, 2);
  g_assert_cmpuint (benefits->n_both, ==, 1);
  g_assert_cmpuint (benefits->n_moved, ==, 1);
  g_assert_cmpuint (benefits->sums[FORLOP_BENEFIT_VISITS].n, ==, 1);
  g_assert_cmpfloat (benefits->sums[FORLOP_BENEFIT_VISITS].before, ==, 30);
  g_assert_cmpfloat (benefits->sums[FORLOP_BENEFIT_VISITS].after, ==, 4);
  g_assert_cmpfloat (benefits->sums[FORLOP_BENEFIT_HOSPITAL_ADMISSIONS].before, ==, 2);
  g_assert_cmpuint (benefits->sums[FORLOP_BENEFIT_GP_CONTACTS].n, ==, 0);
  g_assert_cmpfloat (benefits->months_before, ==, 3);
  g_assert_cmpuint (benefits->origins->len, ==, 1);
  g_assert_cmpuint (elsewhere->n_started, ==, 0);
  g_assert_cmpuint (elsewhere->n_both, ==, 0);
}

static void
put_cost (ActsTest   *test,
          const char *citizen_id,
          const char *case_id,
          const char *period,
          const char *kind,
          int         amount)
{
  PUT (test, "benefit_cost",
       "{\"citizen_id\":\"%s\",\"case_id\":\"%s\",\"period\":\"%s\",\"kind\":\"%s\",\"amount\":%d}",
       citizen_id, case_id, period, kind, amount);
}

static void
test_costs_and_answers_are_summed_as_entered (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-04-09");
  g_autofree char *anna = put_citizen (test, "Anna", "Berg");
  g_autofree char *odd = put_citizen (test, "Odd", "Lie");
  g_autofree char *first = put_case (test, anna, "1", "2026-05-01");
  g_autofree char *second = put_case (test, odd, "2", "2026-05-01");
  g_autoptr (ForlopBenefits) benefits = NULL;

  put_cost (test, anna, first, "without", "wages", 7920);
  put_cost (test, anna, first, "without", "driving", 2391);
  put_cost (test, anna, first, "with", "follow_up_wages", 731);
  put_cost (test, anna, first, "with", "licence", 590);
  put_cost (test, anna, first, "with", "start_up", 500);
  put_cost (test, anna, first, "with", "equipment", 3490);
  put_cost (test, odd, second, "without", "wages", 100000);
  for (int i = 0; i < 3; i++)
    PUT (test, "survey_answer",
         "{\"citizen_id\":\"%s\",\"case_id\":\"%s\",\"answered_on\":\"2026-04-01\","
         "\"safety\":\"%s\"}", anna, first, i == 0 ? "unchanged" : "increased");

  benefits = load_benefits (test, test->zone);

  g_assert_cmpuint (benefits->n_costs, ==, 1);
  g_assert_cmpfloat (forlop_benefits_cost (benefits, "without", NULL), ==, 10311);
  g_assert_cmpfloat (forlop_benefits_cost (benefits, "with", NULL), ==, 5311);
  g_assert_cmpfloat (forlop_benefits_cost (benefits, "with", "equipment"), ==, 3490);
  g_assert_cmpuint (benefits->n_surveys, ==, 3);
  g_assert_cmpuint (forlop_benefits_survey (benefits, "safety", "increased"), ==, 2);
  g_assert_cmpuint (forlop_benefits_survey (benefits, "safety", "reduced"), ==, 0);
}

static void
test_records_of_any_type_become_rows (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-04-09");
  const ForlopRecordType *type = forlop_record_type_find ("membership");
  ForlopRecordQuery *query = forlop_record_query_new (type, "unit_id", test->stock);
  const ForlopField *columns[FORLOP_RECORD_LIST_MAX_COLUMNS + 1];
  g_autoptr (GPtrArray) rows = read_all (test, &forlop_record_list_source, query);
  const ForlopRecordFields *row;

  forlop_record_query_free (query);
  forlop_record_list_columns (type, columns);
  g_assert_cmpstr (columns[0]->name, ==, "user_id");
  g_assert_cmpuint (rows->len, ==, 1);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->cells[0], ==, "Geir");
  g_assert_cmpstr (row->cells[1], ==, "Welfare-technology coordinator");
  g_assert_cmpstr (row->cells[2], ==, "Lageret");
  g_assert_null (row->cells[3]);
  g_assert_true (row->active);
}

static void
test_every_declared_type_can_be_listed (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-04-09");
  unsigned int n_types;
  const ForlopRecordType *const *types = forlop_record_types (&n_types);

  for (unsigned int i = 0; i < n_types; i++)
    {
      ForlopRecordQuery *query = forlop_record_query_new (types[i], NULL, NULL);
      g_autoptr (GPtrArray) rows = NULL;

      if (!g_str_equal (types[i]->name, "measurement"))
        rows = read_all (test, &forlop_record_list_source, query);
      forlop_record_query_free (query);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/items/are-counted-by-state", test_items_are_counted_by_state);
  g_test_add_func ("/items/holder-is-shown-to-those-who-may-see-it",
                   test_a_holder_is_shown_to_those_who_may_see_it);
  g_test_add_func ("/items/scanned-code-finds-the-item", test_a_scanned_code_finds_the_item);
  g_test_add_func ("/wheel/counts-held-due-and-overdue", test_the_wheel_counts_held_due_and_overdue);
  g_test_add_func ("/wheel/this-month-begins-with-what-is-overdue-from-ever",
                   test_this_month_begins_with_what_is_overdue_from_ever);
  g_test_add_func ("/benefits/compare-the-same-people", test_benefits_compare_the_same_people);
  g_test_add_func ("/benefits/costs-and-answers-are-summed-as-entered",
                   test_costs_and_answers_are_summed_as_entered);
  g_test_add_func ("/records/of-any-type-become-rows", test_records_of_any_type_become_rows);
  g_test_add_func ("/records/every-declared-type-can-be-listed",
                   test_every_declared_type_can_be_listed);

  return g_test_run ();
}
