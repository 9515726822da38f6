/* SPDX-License-Identifier: EUPL-1.2 */

/* One item through whatever anybody tries with it, with a seed that is printed. */

#include "equipment-test-util.h"

/* What @act is asked for, about the newest loan and the newest open fault of the one item. */
static char *
dup_arguments (Stock      *stock,
               GRand      *random,
               const char *act,
               const char *case_id,
               const char *item_id)
{
  g_autoptr (GPtrArray) loans = acts_test_list (stock->test, "loan", "item_id", item_id);
  g_autoptr (GPtrArray) faults = acts_test_list (stock->test, "fault", "item_id", item_id);
  g_autoptr (ForlopRecord) item = acts_test_load (stock->test, "item", item_id);
  const char *loan_id =
    loans->len > 0 ? forlop_record_get_id (g_ptr_array_index (loans, loans->len - 1)) : case_id;
  const char *fault_id = case_id;

  for (unsigned int i = 0; i < faults->len; i++)
    if (!forlop_record_text_is (g_ptr_array_index (faults, i), "status", "repaired"))
      fault_id = forlop_record_get_id (g_ptr_array_index (faults, i));

  if (g_str_equal (act, "undo"))
    return g_strdup_printf ("{\"op_id\":\"%s\"}", forlop_record_get_vtag (item));
  if (g_str_equal (act, "return-item"))
    return g_strdup_printf ("{\"loan_id\":\"%s\"," CHECKLIST "}", loan_id);
  if (g_str_equal (act, "void-loan"))
    return g_strdup_printf ("{\"loan_id\":\"%s\",\"reason\":\"Feil\"}", loan_id);
  if (g_str_equal (act, "hand-out-item") || g_str_equal (act, "reserve-item"))
    return g_strdup_printf ("{\"case_id\":\"%s\",\"item_id\":\"%s\"}", case_id, item_id);
  if (g_str_equal (act, "resolve-fault"))
    return g_strdup_printf ("{\"fault_id\":\"%s\",\"resolution\":\"Byttet\"}", fault_id);
  if (g_str_equal (act, "report-fault"))
    return g_strdup_printf ("{\"item_id\":\"%s\",\"description\":\"Feil\"}", item_id);
  if (g_str_equal (act, "record-service"))
    return g_strdup_printf ("{\"item_id\":\"%s\",\"kind\":\"calibration\",\"result\":\"ok\"}",
                            item_id);
  if (g_str_equal (act, "finish-check") || g_str_equal (act, "return-from-repair"))
    return g_strdup_printf ("{\"item_id\":\"%s\",\"result\":\"%s\"}", item_id,
                            g_rand_int_range (random, 0, 4) > 0 ? "ok" : "failed");
  if (g_str_equal (act, "send-to-repair") || g_str_equal (act, "quarantine-item") ||
      g_str_equal (act, "mark-item-lost"))
    return g_strdup_printf ("{\"item_id\":\"%s\",\"reason\":\"Prøve\"}", item_id);

  return g_strdup_printf ("{\"item_id\":\"%s\"}", item_id);
}

/* What has been seen of the item since it was last with a citizen. */
typedef struct {
  gboolean lent;
  gboolean cleaned;
  gboolean checked;
  unsigned int n_loans;
  unsigned int n_ready_again;
} Walk;

/* Whether the item may have this state now. */
static gboolean
follow (Walk       *walk,
        const char *state)
{
  if (g_str_equal (state, "on_loan"))
    {
      walk->n_loans += !walk->lent;
      walk->lent = TRUE;
      walk->cleaned = walk->checked = FALSE;
    }
  else if (walk->lent && g_str_equal (state, "cleaning"))
    walk->cleaned = TRUE;
  else if (walk->lent && walk->cleaned && g_str_equal (state, "checking"))
    walk->checked = TRUE;
  else if (walk->lent && (g_str_equal (state, "ready") || g_str_equal (state, "reserved")))
    {
      if (!walk->cleaned || !walk->checked)
        return FALSE;
      walk->n_ready_again++;
      walk->lent = FALSE;
    }

  return TRUE;
}

/* Every other time what is right for the item's state, so that it comes round; else anything. */
static const char *
choose_act (Stock      *stock,
            GRand      *random,
            const char *item_id)
{
  static const char *const anything[] = {
    "prepare-item", "make-item-ready", "reserve-item", "release-item", "hand-out-item",
    "return-item", "void-loan", "mark-item-lost", "mark-item-found", "start-cleaning", "finish-cleaning",
    "start-check", "finish-check", "send-to-repair", "return-from-repair", "quarantine-item",
    "report-fault", "resolve-fault", "record-service", "undo", "undo", "undo",
  };
  static const char *const right[][2] = {
    { "received", "prepare-item" }, { "preparing", "make-item-ready" },
    { "ready", "hand-out-item" },
    { "reserved", "hand-out-item" }, { "on_loan", "return-item" }, { "returned", "start-cleaning" },
    { "cleaning", "finish-cleaning" }, { "checking", "finish-check" },
    { "lost", "mark-item-found" },
    { "repair", "return-from-repair" }, { "quarantine", "start-cleaning" },
  };
  g_autoptr (ForlopRecord) item = acts_test_load (stock->test, "item", item_id);

  if (g_rand_boolean (random))
    return anything[g_rand_int_range (random, 0, G_N_ELEMENTS (anything))];
  if (g_rand_int_range (random, 0, 3) == 0)
    return "resolve-fault";
  for (unsigned int i = 0; i < G_N_ELEMENTS (right); i++)
    if (forlop_record_text_is (item, "state", right[i][0]))
      return right[i][1];

  g_assert_not_reached ();
}

/* Whatever is tried, a lent item never becomes ready without cleaning and check. */
static void
test_random_acts_never_skip_cleaning_and_check (void)
{
  const guint32 seed = 20260312;
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (Stock) stock = stock_new ();
  g_autofree char *case_id = stock_grant (stock, "Liv");
  g_autofree char *item_id = stock_make_ready (stock, "1");
  Walk walk = { FALSE };

  g_test_message ("seed %u", seed);
  for (unsigned int i = 0; i < 900; i++)
    {
      const char *act = choose_act (stock, random, item_id);
      g_autofree char *json = dup_arguments (stock, random, act, case_id, item_id);
      g_autoptr (ForlopRecord) item = NULL;

      if (!stock_try (stock, stock->test->nurse, act, json) &&
          !stock_try (stock, stock->test->coordinator, act, json))
        continue;

      item = acts_test_load (stock->test, "item", item_id);
      if (!follow (&walk, forlop_record_get_text (item, "state")))
        g_error ("seed %u, act %u: %s made a lent item fit for use", seed, i, act);
    }

  /* The walk went round often enough to mean something. */
  g_assert_cmpuint (walk.n_loans, >, 10);
  g_assert_cmpuint (walk.n_ready_again, >, 10);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/equipment/random-acts-never-skip-cleaning-and-check",
                   test_random_acts_never_skip_cleaning_and_check);

  return g_test_run ();
}
