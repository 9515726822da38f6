/* SPDX-License-Identifier: EUPL-1.2 */

#include <adwaita.h>

#include "app-test.h"
#include "forlop-bar.h"
#include "forlop-citizen-cell.h"
#include "forlop-item-columns.h"
#include "forlop-row-list.h"
#include "forlop-scan-entry.h"
#include "forlop-wheel-ring.h"

static const ForlopRowColumn columns[] = {
  { "Name", 20, 0 },
  { "Number", 6, 1 },
  { NULL },
};

static char *
text_cb (gconstpointer fields,
         unsigned int  column,
         gpointer      user_data G_GNUC_UNUSED)
{
  return column == 0 ? g_strdup (fields) : g_strdup ("7");
}

static void
test_wheel_tells_a_month_once (void)
{
  GtkWidget *ring = g_object_ref_sink (forlop_wheel_ring_new ());
  ForlopWheel wheel = { .n_overdue = 2 };
  unsigned int changes = 0;

  for (int i = 0; i < FORLOP_WHEEL_MONTHS; i++)
    wheel.first[i] = forlop_wheel_month_start (20000, i);
  wheel.counts[6][FORLOP_WHEEL_OVERDUE] = 2;
  wheel.counts[7][FORLOP_WHEEL_DUE] = 400;
  g_signal_connect_swapped (ring, "notify::month", G_CALLBACK (count_cb), &changes);
  forlop_wheel_ring_set_wheel (FORLOP_WHEEL_RING (ring), &wheel);
  g_assert_cmpuint (forlop_wheel_ring_get_month (FORLOP_WHEEL_RING (ring)), ==, 6);
  forlop_wheel_ring_set_month (FORLOP_WHEEL_RING (ring), 7);
  forlop_wheel_ring_set_month (FORLOP_WHEEL_RING (ring), 7);

  g_assert_cmpuint (changes, ==, 1);
  g_assert_finalize_object (ring);
}

static void
test_wheel_says_a_month_in_words (void)
{
  const unsigned int some[] = { 1, 2, 3 };
  const unsigned int none[] = { 0, 0, 0 };
  g_autofree char *name = forlop_wheel_month_name (0);
  g_autofree char *counts = forlop_wheel_month_counts (some);
  g_autofree char *nothing = forlop_wheel_month_counts (none);

  g_assert_cmpstr (name, ==, "January 1970");
  g_assert_cmpstr (counts, ==, "1 overdue, 2 due, 3 held");
  g_assert_cmpstr (nothing, ==, "no evaluations");
}

static void
test_rows_take_two_lines_when_narrow (void)
{
  GtkWidget *list = g_object_ref_sink (forlop_row_list_new ());
  g_autoptr (GListStore) rows = g_list_store_new (FORLOP_TYPE_PAGED_ROW);
  g_autoptr (ForlopPagedRow) row = forlop_paged_row_new (1);
  GtkWidget *window;

  forlop_row_list_set_columns (FORLOP_ROW_LIST (list), columns, text_cb, NULL, NULL);
  g_list_store_append (rows, row);
  forlop_row_list_set_model (FORLOP_ROW_LIST (list), G_LIST_MODEL (rows));
  window = show_in_window (list, 600);
  forlop_paged_row_take_fields (row, g_strdup ("Anna"), g_free);
  g_object_set (list, "narrow", TRUE, NULL);
  g_assert_nonnull (find_by_type (list, GTK_TYPE_LIST_VIEW));

  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (list);
}

static GtkWidget *
find_text (GtkWidget  *root,
           const char *text)
{
  if (GTK_IS_INSCRIPTION (root) && g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (root)), text) == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_text (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_a_row_that_waits_says_nothing_of_another (void)
{
  GtkWidget *list = g_object_ref_sink (forlop_row_list_new ());
  g_autoptr (GListStore) rows = g_list_store_new (FORLOP_TYPE_PAGED_ROW);
  g_autoptr (ForlopPagedRow) anna = forlop_paged_row_new (1);
  g_autoptr (ForlopPagedRow) unread = forlop_paged_row_new (1);
  GtkWidget *window, *row;

  forlop_paged_row_take_fields (anna, g_strdup ("Anna"), g_free);
  forlop_row_list_set_columns (FORLOP_ROW_LIST (list), columns, text_cb, NULL, NULL);
  g_list_store_append (rows, anna);
  forlop_row_list_set_model (FORLOP_ROW_LIST (list), G_LIST_MODEL (rows));
  window = show_in_window (list, 600);
  settle ();
  g_assert_nonnull (find_text (find_by_type (list, GTK_TYPE_LIST_VIEW), "Anna"));
  row = gtk_widget_get_first_child (find_by_type (list, GTK_TYPE_LIST_VIEW));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Anna, Number 7");

  g_list_store_splice (rows, 0, 1, (gpointer *) &unread, 1);
  settle ();
  g_assert_null (find_text (find_by_type (list, GTK_TYPE_LIST_VIEW), "Anna"));
  row = gtk_widget_get_first_child (find_by_type (list, GTK_TYPE_LIST_VIEW));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Loading…");

  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (list);
}

static void
citizen_free (gpointer fields)
{
  g_free (fields);
}

static void
test_a_citizen_that_waits_is_not_read_out (void)
{
  GtkWidget *cell = g_object_ref_sink (forlop_citizen_cell_new ());
  g_autoptr (ForlopPagedRow) anna = forlop_paged_row_new (1);
  g_autoptr (ForlopPagedRow) other = forlop_paged_row_new (2);
  ForlopCitizenFields *fields = g_new0 (ForlopCitizenFields, 1);
  g_autofree char *sentence = forlop_citizen_cell_dup_sentence (other);

  fields->name = (char *) "Anna";
  fields->birth_date = FORLOP_DATE_NONE;
  forlop_paged_row_take_fields (anna, fields, citizen_free);
  forlop_citizen_cell_set_row (FORLOP_CITIZEN_CELL (cell), anna);
  g_assert_nonnull (find_text (cell, "Anna"));

  forlop_citizen_cell_set_row (FORLOP_CITIZEN_CELL (cell), other);
  gtk_test_accessible_assert_state (cell, GTK_ACCESSIBLE_STATE_HIDDEN, TRUE);
  g_assert_cmpstr (sentence, ==, "Loading…");

  forlop_citizen_cell_set_row (FORLOP_CITIZEN_CELL (cell), anna);
  gtk_test_accessible_assert_state (cell, GTK_ACCESSIBLE_STATE_HIDDEN, FALSE);
  g_assert_finalize_object (cell);
}

static void
test_columns_begin_where_the_first_work_is (void)
{
  GtkWidget *states = g_object_ref_sink (g_object_new (FORLOP_TYPE_ITEM_COLUMNS, NULL));
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (counts, (gpointer) "ready", GUINT_TO_POINTER (9));
  g_hash_table_insert (counts, (gpointer) "returned", GUINT_TO_POINTER (2));
  forlop_item_columns_set_counts (FORLOP_ITEM_COLUMNS (states), counts);
  g_assert_cmpint (forlop_item_columns_get_state (FORLOP_ITEM_COLUMNS (states)), ==,
                   FORLOP_ITEM_RETURNED);

  /* Later counts leave one where one stands. */
  g_hash_table_insert (counts, (gpointer) "received", GUINT_TO_POINTER (1));
  forlop_item_columns_set_counts (FORLOP_ITEM_COLUMNS (states), counts);
  g_assert_cmpint (forlop_item_columns_get_state (FORLOP_ITEM_COLUMNS (states)), ==,
                   FORLOP_ITEM_RETURNED);
  g_assert_finalize_object (states);
}

static void
test_scan_entry_gives_the_separator_back (void)
{
  GtkWidget *scan = g_object_ref_sink (forlop_scan_entry_new ());
  GtkWidget *entry = find_by_type (scan, GTK_TYPE_ENTRY);
  g_autofree char *code = NULL;

  gtk_editable_set_text (GTK_EDITABLE (entry), " 10L7\xe2\x90\x9d" "21500124 ");
  code = forlop_scan_entry_dup_code (FORLOP_SCAN_ENTRY (scan));
  g_assert_cmpstr (code, ==, "10L7\x1d" "21500124");
  g_assert_finalize_object (scan);
}

static void
test_a_bar_is_finalized (void)
{
  GtkWidget *bar = g_object_ref_sink (forlop_bar_new (2));

  g_assert_finalize_object (bar);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/wheel/tells-a-month-once", test_wheel_tells_a_month_once);
  g_test_add_func ("/wheel/says-a-month-in-words", test_wheel_says_a_month_in_words);
  g_test_add_func ("/row-list/takes-two-lines-when-narrow", test_rows_take_two_lines_when_narrow);
  g_test_add_func ("/row-list/a-row-that-waits-says-nothing-of-another",
                   test_a_row_that_waits_says_nothing_of_another);
  g_test_add_func ("/citizens/one-that-waits-is-not-read-out", test_a_citizen_that_waits_is_not_read_out);
  g_test_add_func ("/item-columns/begin-where-the-first-work-is",
                   test_columns_begin_where_the_first_work_is);
  g_test_add_func ("/scan-entry/gives-the-separator-back", test_scan_entry_gives_the_separator_back);
  g_test_add_func ("/bar/is-finalized", test_a_bar_is_finalized);

  return g_test_run ();
}
