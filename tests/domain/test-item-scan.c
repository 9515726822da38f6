/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act.h"
#include "forlop-item-scan.h"

static void
test_an_item_goes_on_from_where_it_stands (void)
{
  g_assert_cmpstr (forlop_item_scan_act (FORLOP_ITEM_RECEIVED, FORLOP_ITEM_RECEIVED), ==,
                   "prepare-item");
  g_assert_cmpstr (forlop_item_scan_act (FORLOP_ITEM_PREPARING, FORLOP_ITEM_PREPARING), ==,
                   "make-item-ready");
  g_assert_cmpstr (forlop_item_scan_act (FORLOP_ITEM_ON_LOAN, FORLOP_ITEM_ON_LOAN), ==,
                   "return-item");
  g_assert_cmpstr (forlop_item_scan_act (FORLOP_ITEM_CHECKING, FORLOP_ITEM_CHECKING), ==,
                   "finish-check");
  g_assert_null (forlop_item_next_act (FORLOP_ITEM_DISCARDED));
}

static void
test_an_item_is_brought_from_the_step_before (void)
{
  g_assert_cmpstr (forlop_item_scan_act (FORLOP_ITEM_RETURNED, FORLOP_ITEM_CLEANING), ==,
                   "start-cleaning");
  g_assert_cmpstr (forlop_item_scan_act (FORLOP_ITEM_CLEANING, FORLOP_ITEM_CHECKING), ==,
                   "finish-cleaning");
  g_assert_cmpstr (forlop_item_scan_act (FORLOP_ITEM_ON_LOAN, FORLOP_ITEM_RETURNED), ==,
                   "return-item");
}

static void
test_a_scan_never_skips_cleaning_and_check (void)
{
  g_assert_null (forlop_item_scan_act (FORLOP_ITEM_ON_LOAN, FORLOP_ITEM_READY));
  g_assert_null (forlop_item_scan_act (FORLOP_ITEM_RETURNED, FORLOP_ITEM_READY));
  g_assert_null (forlop_item_scan_act (FORLOP_ITEM_CLEANING, FORLOP_ITEM_READY));
  g_assert_null (forlop_item_scan_act (FORLOP_ITEM_READY, FORLOP_ITEM_LOST));
  g_assert_null (forlop_item_scan_act (FORLOP_ITEM_READY, FORLOP_ITEM_DISCARDED));
}

static void
test_every_act_of_an_item_is_declared (void)
{
  for (int state = 0; state < FORLOP_N_ITEM_STATES; state++)
    {
      const char *acts[FORLOP_ITEM_MAX_ACTS + 1];
      const char *next = forlop_item_next_act ((ForlopItemState) state);

      forlop_item_acts ((ForlopItemState) state, acts);
      for (unsigned int i = 0; acts[i] != NULL; i++)
        g_assert_nonnull (forlop_act_find (acts[i]));
      if (next != NULL)
        g_assert_true (g_strv_contains (acts, next));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scan/item-goes-on-from-where-it-stands",
                   test_an_item_goes_on_from_where_it_stands);
  g_test_add_func ("/scan/item-is-brought-from-the-step-before",
                   test_an_item_is_brought_from_the_step_before);
  g_test_add_func ("/scan/never-skips-cleaning-and-check",
                   test_a_scan_never_skips_cleaning_and_check);
  g_test_add_func ("/scan/every-act-of-an-item-is-declared", test_every_act_of_an_item_is_declared);

  return g_test_run ();
}
