/* SPDX-License-Identifier: EUPL-1.2 */

#include "app-test.h"

#include "forlop-board-draft.h"
#include "forlop-board-line.h"
#include "forlop-board-list.h"
#include "forlop-board-pane.h"
#include "forlop-board-response.h"
#include "forlop-board-splice.h"
#include "forlop-board-text.h"
#include "forlop-epj-page.h"
#include "forlop-follow-up-view.h"

static ForlopBoardRow *
new_row (const char      *name,
         ForlopBoardNeed  need,
         ForlopSeverity   severity)
{
  ForlopBoardRow *row = g_new0 (ForlopBoardRow, 1);

  row->case_id = g_strdup (name);
  row->citizen_id = g_strdup (name);
  row->name = g_strdup (name);
  row->birth_date = FORLOP_DATE_NONE;
  row->need = need;
  row->severity = severity;
  row->alert_id = need <= FORLOP_BOARD_YELLOW ? g_strdup (name) : NULL;
  row->measure = FORLOP_MEASURE_SPO2;
  row->value = 86;
  row->since = NOON - 14 * FORLOP_MINUTE;
  row->waits_until = row->snoozed_until = row->escalates_at = FORLOP_INSTANT_NONE;

  return row;
}

static ForlopBoard *
new_board (void)
{
  ForlopBoard *board = g_new0 (ForlopBoard, 1);

  board->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_board_row_free);
  board->units = g_ptr_array_new ();

  return board;
}

static void
fill (ForlopBoardList *list,
      gboolean         with_red)
{
  g_autoptr (ForlopBoard) board = new_board ();
  g_autoptr (ForlopClock) clock = forlop_clock_new_from (NOON);
  g_autoptr (ForlopSession) session = forlop_session_new (clock);
  g_autoptr (GPtrArray) places = forlop_board_places_new (session, TRUE);

  if (with_red)
    g_ptr_array_add (board->rows, new_row ("Anne", FORLOP_BOARD_RED, FORLOP_SEVERITY_RED));
  g_ptr_array_add (board->rows, new_row ("Liv", FORLOP_BOARD_YELLOW, FORLOP_SEVERITY_YELLOW));
  g_ptr_array_add (board->rows, new_row ("Arne", FORLOP_BOARD_CALM, FORLOP_SEVERITY_GREEN));
  g_ptr_array_add (board->rows, new_row ("Eva", FORLOP_BOARD_CALM, FORLOP_SEVERITY_GREEN));
  forlop_board_list_take_board (list, board, places, NOON, TRUE);
}

static ForlopBoardList *
new_list (void)
{
  return g_object_ref_sink (g_object_new (FORLOP_TYPE_BOARD_LIST, NULL));
}

static const char *
selected (ForlopBoardList *list)
{
  const ForlopBoardRow *row = forlop_board_list_get_selected (list);

  return row != NULL ? row->name : NULL;
}

static void
test_calm_are_folded (void)
{
  ForlopBoardList *list = new_list ();

  fill (list, TRUE);
  g_assert_cmpuint (forlop_board_list_get_n_lines (list), ==, 3);
  forlop_board_list_set_expanded (list, TRUE);
  g_assert_cmpuint (forlop_board_list_get_n_lines (list), ==, 5);
  forlop_board_list_set_expanded (list, FALSE);
  g_assert_cmpuint (forlop_board_list_get_n_lines (list), ==, 3);
  g_assert_finalize_object (list);
}

static void
test_filter (void)
{
  ForlopBoardList *list = new_list ();

  fill (list, TRUE);
  forlop_board_list_set_filter (list, FORLOP_BOARD_YELLOW);
  g_assert_cmpuint (forlop_board_list_get_n_lines (list), ==, 1);
  g_assert_cmpstr (selected (list), ==, "Liv");
  forlop_board_list_set_filter (list, -1);
  g_assert_cmpuint (forlop_board_list_get_n_lines (list), ==, 3);
  g_assert_finalize_object (list);
}

/* A new red comes in at the top; who is looked at stays who she is. */
static void
test_new_red_moves_nobody (void)
{
  ForlopBoardList *list = new_list ();
  unsigned int chosen = 0;

  fill (list, FALSE);
  g_assert_cmpstr (selected (list), ==, "Liv");
  g_signal_connect_swapped (list, "chosen", G_CALLBACK (count_cb), &chosen);
  fill (list, TRUE);
  g_assert_cmpstr (selected (list), ==, "Liv");
  g_assert_cmpuint (chosen, ==, 0);
  g_assert_finalize_object (list);
}

static void
test_done_goes_on (void)
{
  ForlopBoardList *list = new_list ();

  fill (list, TRUE);
  g_assert_cmpstr (selected (list), ==, "Anne");
  fill (list, FALSE);
  g_assert_cmpstr (selected (list), ==, "Liv");
  g_assert_finalize_object (list);
}

/* A line that looks the same is not made anew, and yet is of the newest reading. */
static void
test_same_line_has_newest_row (void)
{
  ForlopBoardList *list = new_list ();
  const ForlopBoardRow *before;
  g_autoptr (ForlopBoardPlace) place = NULL;

  fill (list, TRUE);
  place = forlop_board_place_ref (forlop_board_list_get_selected_place (list));
  fill (list, TRUE);
  before = forlop_board_list_get_selected (list);
  g_assert_true (forlop_board_list_get_selected_place (list) != place);
  g_assert_cmpstr (before->name, ==, "Anne");
  /* By way of a filter, and back. */
  forlop_board_list_set_filter (list, FORLOP_BOARD_YELLOW);
  forlop_board_list_set_filter (list, -1);
  g_assert_true (forlop_board_list_select (list, "Anne"));
  g_assert_true (forlop_board_list_get_selected (list) == before);
  g_assert_true (forlop_board_list_get_selected_place (list) != place);
  fill (list, TRUE);
  g_assert_cmpstr (selected (list), ==, "Anne");
  g_assert_finalize_object (list);
}

static void
changed_cb (GListModel   *model G_GNUC_UNUSED,
            unsigned int  position,
            unsigned int  removed,
            unsigned int  added,
            unsigned int *what)
{
  what[0] = position;
  what[1] = removed;
  what[2] = added;
}

static void
test_splice_is_small (void)
{
  g_autoptr (GListStore) store = g_list_store_new (FORLOP_TYPE_BOARD_ITEM);
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) after = g_ptr_array_new_with_free_func (g_object_unref);
  unsigned int what[3] = { 9, 9, 9 };

  for (int i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d", i);

      g_ptr_array_add (before, forlop_board_item_new (
        new_row (name, FORLOP_BOARD_RED, FORLOP_SEVERITY_RED), NULL, NOON));
      if (i != 2)
        g_ptr_array_add (after, forlop_board_item_new (
          new_row (name, FORLOP_BOARD_RED, FORLOP_SEVERITY_RED), NULL, NOON));
    }
  forlop_board_splice (store, before);
  g_signal_connect (store, "items-changed", G_CALLBACK (changed_cb), what);
  forlop_board_splice (store, after);

  g_assert_cmpuint (what[0], ==, 2);
  g_assert_cmpuint (what[1], ==, 1);
  g_assert_cmpuint (what[2], ==, 0);
}

/* One comes in above, one says something else, the last goes: whoever stays is not taken out. */
static void
test_splice_keeps_whoever_stays (void)
{
  g_autoptr (GListStore) store = g_list_store_new (FORLOP_TYPE_BOARD_ITEM);
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) after = g_ptr_array_new_with_free_func (g_object_unref);
  const char *const names[] = { "new", "first", "third", "second" };
  g_autoptr (ForlopBoardItem) kept = NULL;

  g_ptr_array_add (before, forlop_board_item_new (new_row ("first", FORLOP_BOARD_RED, FORLOP_SEVERITY_RED), NULL, NOON));
  g_ptr_array_add (before, forlop_board_item_new (new_row ("second", FORLOP_BOARD_RED, FORLOP_SEVERITY_RED), NULL, NOON));
  g_ptr_array_add (before, forlop_board_item_new (new_row ("gone", FORLOP_BOARD_RED, FORLOP_SEVERITY_RED), NULL, NOON));
  g_ptr_array_add (before, forlop_board_item_new (new_row ("third", FORLOP_BOARD_RED, FORLOP_SEVERITY_RED), NULL, NOON));
  g_ptr_array_add (before, forlop_board_item_new_fold (2, 0, FALSE, FALSE));
  for (unsigned int i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (after, forlop_board_item_new (new_row (names[i], FORLOP_BOARD_RED, FORLOP_SEVERITY_RED), NULL, NOON));
  g_ptr_array_add (after, forlop_board_item_new_fold (1, 0, FALSE, FALSE));

  forlop_board_splice (store, before);
  kept = g_list_model_get_item (G_LIST_MODEL (store), 0);
  forlop_board_splice (store, after);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, after->len);
  for (unsigned int i = 0; i < after->len; i++)
    {
      g_autoptr (ForlopBoardItem) item = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_assert_true (forlop_board_item_equal (item, g_ptr_array_index (after, i)));
      if (i == 1)
        g_assert_true (item == kept);
    }
}

static void
test_words (void)
{
  g_autoptr (ForlopBoardItem) item =
    forlop_board_item_new (new_row ("Anne", FORLOP_BOARD_RED, FORLOP_SEVERITY_RED), NULL, NOON);
  ForlopBoardRow *missing = new_row ("Liv", FORLOP_BOARD_MISSING, FORLOP_SEVERITY_NOT_REPORTED);
  g_autofree char *sentence = forlop_board_item_dup_sentence (item);
  g_autofree char *why = NULL;

  g_assert_cmpstr (sentence, ==, "Red, Anne, SpO₂ 86 %, 14 min");

  missing->duty_rule = "missing-measurement";
  missing->since = forlop_instant_from_wall (forlop_instant_to_date (NOON), 8 * 60);
  why = forlop_board_text_why (missing, NOON);
  g_assert_cmpstr (why, ==, "SpO₂, expected 08.00");
  g_assert_cmpstr (forlop_board_text_word (missing), ==, "Missing");
  forlop_board_row_free (missing);
}

static void
assert_deadline (const ForlopBoardRow *row,
                 const char           *expected)
{
  g_autofree char *found = forlop_board_text_deadline (row, NOON);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_deadline (void)
{
  g_autoptr (ForlopBoardRow) row = new_row ("Anne", FORLOP_BOARD_RED, FORLOP_SEVERITY_RED);

  assert_deadline (row, NULL);
  row->escalates_at = NOON + 16 * FORLOP_MINUTE;
  assert_deadline (row, "Goes to the leader at 12.16 unless somebody takes it");
  row->escalates_at = NOON + 5 * FORLOP_DAY;
  {
    g_autofree char *date = forlop_instant_format (row->escalates_at);
    g_autofree char *expected = g_strdup_printf ("Goes to the leader on %s unless somebody takes it", date);

    assert_deadline (row, expected);
  }
  row->escalates_at = NOON - FORLOP_MINUTE;
  assert_deadline (row, "Went to the leader at 11.59");
  row->need = FORLOP_BOARD_SNOOZED;
  assert_deadline (row, NULL);
}

static void
test_finalize (void)
{
  const GType types[] = {
    FORLOP_TYPE_BOARD_LINE, FORLOP_TYPE_BOARD_LIST, FORLOP_TYPE_BOARD_PANE,
    FORLOP_TYPE_BOARD_RESPONSE, FORLOP_TYPE_EPJ_PAGE, FORLOP_TYPE_FOLLOW_UP_VIEW,
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *widget = g_object_ref_sink (g_object_new (types[i], NULL));

      settle ();
      g_assert_finalize_object (widget);
    }
}

/* Everything but the call that lasted: whoever finds it again does not speak with anybody. */
static void
test_draft_as_text (void)
{
  g_autoptr (ForlopBoardDraft) draft = forlop_board_draft_new ();
  g_autoptr (ForlopBoardDraft) again = NULL;
  g_autofree char *text = NULL;

  g_assert_true (forlop_board_draft_is_empty (draft));
  draft->text = g_strdup ("Sa \"takk\"\nog la på");
  draft->way = g_strdup ("video");
  draft->outcome = g_strdup ("ill");
  draft->minutes = 7;
  draft->leaves_others = TRUE;
  draft->task = g_strdup ("Ring igjen");
  draft->task_day = g_strdup ("");
  draft->task_person = g_strdup ("019a8b3c-1111-7aaa-8bbb-0123456789ab");
  draft->alert_id = g_strdup ("019a8b3c-2222-7aaa-8bbb-0123456789ab");
  draft->call_began_at = NOON;
  draft->is_counting = TRUE;
  text = forlop_board_draft_to_text (draft);
  again = forlop_board_draft_from_text (text);

  g_assert_nonnull (again);
  g_assert_cmpstr (again->text, ==, draft->text);
  g_assert_cmpstr (again->way, ==, "video");
  g_assert_cmpstr (again->outcome, ==, "ill");
  g_assert_cmpint (again->minutes, ==, 7);
  g_assert_true (again->leaves_others);
  g_assert_cmpstr (again->task, ==, "Ring igjen");
  g_assert_cmpstr (again->task_day, ==, "");
  g_assert_cmpstr (again->task_person, ==, draft->task_person);
  g_assert_cmpstr (again->alert_id, ==, draft->alert_id);
  g_assert_cmpint (again->call_began_at, ==, FORLOP_INSTANT_NONE);
  g_assert_false (again->is_counting);
  g_assert_null (forlop_board_draft_from_text ("[]"));
  g_assert_null (forlop_board_draft_from_text ("{\"text\""));
}

/* Any of it alone is something that somebody could miss. */
static void
test_draft_is_begun (void)
{
  static const char *const begun[] = {
    "{\"text\":\"a\"}", "{\"way\":\"visit\"}", "{\"minutes\":6}", "{\"task\":\"Ring\"}", "{\"outcome\":\"ill\"}",
    "{\"leaves_others\":true}",
  };
  static const char *const nothing[] = {
    "{}", "{\"text\":\" \\n\",\"way\":\"phone\",\"minutes\":5}", "{\"task_day\":\"2026-03-13\"}",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (begun); i++)
    {
      g_autoptr (ForlopBoardDraft) draft = forlop_board_draft_from_text (begun[i]);

      g_assert_false (forlop_board_draft_is_empty (draft));
    }
  for (unsigned int i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr (ForlopBoardDraft) draft = forlop_board_draft_from_text (nothing[i]);

      g_assert_true (forlop_board_draft_is_empty (draft));
    }
}

/* Lines are made, bound and thrown away as a view does it. */
static void
test_lines_in_a_window (void)
{
  ForlopBoardList *list = new_list ();
  GtkWidget *window;

  fill (list, TRUE);
  window = show_in_window (GTK_WIDGET (list), 470);
  forlop_board_list_set_expanded (list, TRUE);
  settle ();
  g_assert_nonnull (find_by_type (window, FORLOP_TYPE_BOARD_LINE));
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  g_assert_finalize_object (list);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  adw_init ();

  g_test_add_func ("/board/calm-ones-are-folded", test_calm_are_folded);
  g_test_add_func ("/board/a-filter-shows-one-need", test_filter);
  g_test_add_func ("/board/a-new-red-moves-nobody", test_new_red_moves_nobody);
  g_test_add_func ("/board/who-is-done-gives-way-to-the-next", test_done_goes_on);
  g_test_add_func ("/board/a-line-that-stays-is-of-the-newest-reading", test_same_line_has_newest_row);
  g_test_add_func ("/board/a-change-touches-only-what-changed", test_splice_is_small);
  g_test_add_func ("/board/whoever-stays-keeps-the-line", test_splice_keeps_whoever_stays);
  g_test_add_func ("/board/a-line-says-everything-in-words", test_words);
  g_test_add_func ("/board/when-it-goes-to-the-leader-is-said", test_deadline);
  g_test_add_func ("/board/a-draft-survives-as-text", test_draft_as_text);
  g_test_add_func ("/board/whatever-is-begun-is-a-draft", test_draft_is_begun);
  g_test_add_func ("/board/widgets-are-freed", test_finalize);
  g_test_add_func ("/board/lines-are-freed-with-their-window", test_lines_in_a_window);

  return g_test_run ();
}
