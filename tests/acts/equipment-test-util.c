/* SPDX-License-Identifier: EUPL-1.2 */

#include "equipment-test-util.h"

char *
stock_do (Stock             *stock,
          const ForlopActor *actor,
          const char        *act,
          const char        *json,
          ...)
{
  g_autofree char *text = NULL;
  g_autoptr (ForlopActResult) result = NULL;
  va_list args;

  va_start (args, json);
  text = g_strdup_vprintf (json, args);
  va_end (args);
  result = acts_test_do (stock->test, actor, act, "%s", text);

  return g_steal_pointer (&result->subject_id);
}

Stock *
stock_new (void)
{
  Stock *stock = g_new0 (Stock, 1);
  ActsTest *test = stock->test = acts_test_new ("2026-03-12");

  stock->store_place = stock_do (stock, test->coordinator, "save-location",
                                 "{\"name\":\"Lageret\",\"kind\":\"store\",\"unit_id\":\"%s\"}",
                                 test->stock);
  stock->zone_place = stock_do (stock, test->coordinator, "save-location",
                                "{\"name\":\"Sone Nord\",\"kind\":\"zone\",\"unit_id\":\"%s\"}",
                                test->zone);
  stock->supplier = stock_do (stock, test->coordinator, "save-supplier",
                              "{\"name\":\"Måleutstyr AS\"}");
  stock->oximeter = stock_do (stock, test->coordinator, "save-product",
                              "{\"name\":\"Oksymeter\",\"kind\":\"oximeter\",\"supplier_id\":\"%s\","
                              "\"gtin\":\"7012345678908\",\"measures\":\"spo2,pulse\","
                              "\"lead_days\":14}", stock->supplier);
  stock->plan = stock_do (stock, test->coordinator, "save-service-plan",
                          "{\"product_id\":\"%s\",\"kind\":\"calibration\",\"interval_days\":30}",
                          stock->oximeter);

  return stock;
}

void
stock_free (Stock *stock)
{
  acts_test_free (stock->test);
  g_free (stock->store_place);
  g_free (stock->zone_place);
  g_free (stock->supplier);
  g_free (stock->oximeter);
  g_free (stock->plan);
  g_free (stock);
}

static void
assess (ActsTest   *test,
        const char *case_id)
{
  static const char *const criteria[] = {
    "motivated", "has_device", "chronic_illness", "needs_home_service", "can_measure",
  };

  acts_test_must (test, test->caseworker, "save-assessment", "{\"case_id\":\"%s\"}", case_id);
  acts_test_must (test, test->caseworker, "finish-office-mapping",
                  "{\"case_id\":\"%s\",\"unit_id\":\"%s\"}", case_id, test->zone);
  for (unsigned int i = 0; i < G_N_ELEMENTS (criteria); i++)
    acts_test_must (test, test->nurse, "answer-criterion",
                    "{\"case_id\":\"%s\",\"criterion\":\"%s\",\"answer\":\"yes\"}", case_id,
                    criteria[i]);
  acts_test_must (test, test->nurse, "answer-criterion",
                  "{\"case_id\":\"%s\",\"criterion\":\"cognitive_impairment\",\"answer\":\"no\"}",
                  case_id);
  acts_test_must (test, test->nurse, "complete-assessment",
                  "{\"case_id\":\"%s\",\"conclusion\":\"suitable\",\"conclusion_reason\":\"Kan måle\"}",
                  case_id);
}

char *
stock_grant (Stock      *stock,
             const char *given_name)
{
  ActsTest *test = stock->test;
  g_autoptr (ForlopActResult) referral =
    acts_test_do (test, test->caseworker, "register-referral",
                  "{\"given_name\":\"%s\",\"family_name\":\"Haug\",\"source\":\"gp\","
                  "\"channel\":\"paper\",\"received_on\":\"2026-03-10\",\"reason\":\"KOLS\"}",
                  given_name);

  assess (test, referral->case_id);
  acts_test_must (test, test->caseworker, "record-consent",
                  "{\"case_id\":\"%s\",\"kind\":\"service\",\"given\":true,"
                  "\"assessed_on\":\"2026-03-12\",\"capacity\":\"full\",\"given_by\":\"citizen\"}",
                  referral->case_id);
  acts_test_must (test, test->caseworker, "decide",
                  "{\"case_id\":\"%s\",\"kind\":\"grant\",\"decided_on\":\"2026-03-12\","
                  "\"granted\":\"DHO\",\"reasons\":\"Vilkårene er oppfylt\"}", referral->case_id);

  return g_steal_pointer (&referral->case_id);
}

char *
stock_receive (Stock      *stock,
               const char *serial)
{
  return stock_do (stock, stock->test->coordinator, "receive-item",
                   "{\"product_id\":\"%s\",\"serial_number\":\"%s\"}", stock->oximeter, serial);
}

char *
stock_make_ready (Stock      *stock,
                  const char *serial)
{
  ActsTest *test = stock->test;
  char *item_id = stock_receive (stock, serial);

  acts_test_must (test, test->coordinator, "prepare-item", "{\"item_id\":\"%s\"}", item_id);
  acts_test_must (test, test->coordinator, "make-item-ready", "{\"item_id\":\"%s\"}", item_id);

  return item_id;
}

gboolean
stock_try (Stock             *stock,
           const ForlopActor *actor,
           const char        *act,
           const char        *json)
{
  const ForlopAct *found = forlop_act_find (act);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopRecord) arguments = forlop_acts_parse_arguments (found, json, &error);
  g_autoptr (ForlopActResult) result = NULL;

  g_assert_no_error (error);
  result = forlop_acts_run_sync (stock->test->store, actor, found, arguments, &error);
  if (result == NULL)
    g_assert_cmpstr (error->message, !=, "");

  return result != NULL;
}

char *
stock_hand_out (Stock      *stock,
                const char *case_id,
                const char *item_id)
{
  return stock_do (stock, stock->test->nurse, "hand-out-item",
                   "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", case_id, item_id);
}

void
stock_return (Stock      *stock,
              const char *loan_id)
{
  acts_test_must (stock->test, stock->test->nurse, "return-item",
                  "{\"loan_id\":\"%s\"," CHECKLIST "}",
                  loan_id);
}

void
stock_assert_state (Stock      *stock,
                    const char *item_id,
                    const char *state)
{
  g_autoptr (ForlopRecord) item = acts_test_load (stock->test, "item", item_id);

  g_assert_cmpstr (forlop_record_get_text (item, "state"), ==, state);
}

char *
stock_life_line (Stock      *stock,
                 const char *item_id)
{
  g_autoptr (GPtrArray) moves = acts_test_list (stock->test, "stock_move", "item_id", item_id);
  g_autoptr (GString) line = g_string_new (NULL);

  for (unsigned int i = 0; i < moves->len; i++)
    g_string_append_printf (line, "%s%s", i > 0 ? " " : "",
                            forlop_record_get_text (g_ptr_array_index (moves, i), "to_state"));

  return g_string_free (g_steal_pointer (&line), FALSE);
}

typedef struct {
  const char *source_id;
  const char *rule;
} DutyQuery;

static gpointer
count_duties_on_worker (ForlopConnection  *connection,
                        gpointer           user_data,
                        GCancellable      *cancellable G_GNUC_UNUSED,
                        GError           **error)
{
  DutyQuery *query = user_data;
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (
    connection, "SELECT count (*) FROM duty WHERE source_id = ?1 AND rule = ?2", error);
  gboolean has_row;
  gint64 n;

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, query->source_id);
  forlop_statement_bind_text (statement, 2, query->rule);
  if (!forlop_statement_step (statement, &has_row, error))
    return NULL;
  n = forlop_statement_get_integer (statement, 0);

  return g_memdup2 (&n, sizeof n);
}

unsigned int
stock_n_duties (Stock      *stock,
                const char *source_id,
                const char *rule)
{
  DutyQuery query = { source_id, rule };
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *n = forlop_store_read_sync (stock->test->store, count_duties_on_worker, &query,
                                                 g_free, NULL, &error);

  g_assert_no_error (error);

  return (unsigned int) *n;
}
