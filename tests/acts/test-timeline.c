/* SPDX-License-Identifier: EUPL-1.2 */

#include "acts-test-util.h"

#include "forlop-acts-many.h"
#include "forlop-draft-store.h"
#include "forlop-error.h"
#include "forlop-timeline-store.h"

#define REFERRAL \
  "{\"given_name\":\"Liv\",\"family_name\":\"Haug\",\"birth_date\":\"1950-02-03\",\"source\":\"gp\"," \
  "\"channel\":\"phone\",\"received_on\":\"2026-03-10\",\"reason\":\"KOLS\"}"

typedef struct {
  char *citizen_id;
  char *case_id;
  char *op_id;
} Referred;

static void
refer (ActsTest *test,
       Referred *referred)
{
  g_autoptr (ForlopActResult) result =
    acts_test_do (test, test->caseworker, "register-referral", REFERRAL);

  referred->citizen_id = g_steal_pointer (&result->citizen_id);
  referred->case_id = g_steal_pointer (&result->case_id);
  referred->op_id = g_steal_pointer (&result->op_id);
}

static void
referred_clear (Referred *referred)
{
  g_free (referred->citizen_id);
  g_free (referred->case_id);
  g_free (referred->op_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Referred, referred_clear)

static gpointer
list_on_worker (ForlopConnection  *connection,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  return forlop_timeline_store_list (connection, user_data, error);
}

static GPtrArray *
list (ActsTest            *test,
      ForlopTimelineQuery *query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = forlop_store_read_sync (test->store, list_on_worker, query,
                                               (GDestroyNotify) g_ptr_array_unref, NULL, &error);

  g_assert_no_error (error);

  return entries;
}

static void
test_newest_first (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_auto (Referred) referred = { NULL };
  g_autoptr (GPtrArray) entries = NULL;
  const ForlopTimelineEntry *entry;

  refer (test, &referred);
  acts_test_set_day (test, "2026-03-13");
  acts_test_must (test, test->caseworker, "save-assessment",
                  "{\"case_id\":\"%s\",\"need\":\"Måle\"}", referred.case_id);

  entries = list (test, &(ForlopTimelineQuery) { .citizen_id = referred.citizen_id,
                                                 .case_id = referred.case_id,
                                                 .before_at = FORLOP_INSTANT_NONE, .limit = 10 });
  g_assert_cmpuint (entries->len, ==, 2);
  entry = g_ptr_array_index (entries, 0);
  g_assert_cmpstr (entry->act, ==, "save-assessment");
  g_assert_cmpint (entry->kind, ==, FORLOP_EVENT_KIND_PATHWAY);
  g_assert_nonnull (entry->by);
  g_assert_null (entry->taken_back_by);
  entry = g_ptr_array_index (entries, 1);
  g_assert_cmpstr (entry->act, ==, "register-referral");
  g_assert_cmpstr (entry->op_id, ==, referred.op_id);
}

static void
test_pages_follow_each_other (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_auto (Referred) referred = { NULL };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *last = NULL;
  gint64 last_at = FORLOP_INSTANT_NONE;

  refer (test, &referred);
  /* All at the same instant: the id alone keeps them apart. */
  for (unsigned int i = 0; i < 10; i++)
    acts_test_must (test, test->caseworker, "add-goal", "{\"case_id\":\"%s\",\"goal\":\"Mål %u\"}",
                    referred.case_id, i);

  for (;;)
    {
      g_autoptr (GPtrArray) page =
        list (test, &(ForlopTimelineQuery) { .citizen_id = referred.citizen_id,
                                             .before_at = last_at, .before_id = last, .limit = 4 });

      for (unsigned int i = 0; i < page->len; i++)
        {
          const ForlopTimelineEntry *entry = g_ptr_array_index (page, i);

          g_assert_true (g_hash_table_add (seen, g_strdup (entry->id)));
          g_set_str (&last, entry->id);
          last_at = entry->at;
        }
      if (page->len < 4)
        break;
    }

  g_assert_cmpuint (g_hash_table_size (seen), ==, 11);
}

static void
test_taken_back_says_by_whom (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_auto (Referred) referred = { NULL };
  g_autoptr (ForlopActResult) goal = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  const ForlopTimelineEntry *entry;

  refer (test, &referred);
  goal = acts_test_do (test, test->nurse, "add-goal", "{\"case_id\":\"%s\",\"goal\":\"Gå tur\"}",
                       referred.case_id);
  acts_test_must (test, test->nurse, "undo", "{\"op_id\":\"%s\"}", goal->op_id);

  entries = list (test, &(ForlopTimelineQuery) { .citizen_id = referred.citizen_id,
                                                 .before_at = FORLOP_INSTANT_NONE, .limit = 10 });
  g_assert_cmpuint (entries->len, ==, 2);
  entry = g_ptr_array_index (entries, 0);
  g_assert_cmpstr (entry->act, ==, "add-goal");
  g_assert_nonnull (entry->taken_back_by);
  g_assert_cmpint (entry->taken_back_at, ==, forlop_clock_now (test->clock));
}

static void
test_only_the_kind_that_is_asked_for (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_auto (Referred) referred = { NULL };
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GPtrArray) plans = NULL;

  refer (test, &referred);
  acts_test_must (test, test->nurse, "write-note", "{\"citizen_id\":\"%s\",\"text\":\"Ringte\"}",
                  referred.citizen_id);

  notes = list (test, &(ForlopTimelineQuery) { .citizen_id = referred.citizen_id, .kind = "note",
                                               .case_id = referred.case_id,
                                               .before_at = FORLOP_INSTANT_NONE, .limit = 10 });
  plans = list (test, &(ForlopTimelineQuery) { .citizen_id = referred.citizen_id, .kind = "plan",
                                               .before_at = FORLOP_INSTANT_NONE, .limit = 10 });
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_cmpuint (plans->len, ==, 0);
}

static void
test_words_come_from_the_declaration (void)
{
  g_autofree char *text =
    forlop_event_describe ("decide", "{\"kind\":\"grant\",\"decided_on\":\"2026-03-12\","
                                     "\"unit_id\":\"018f0000-0000-7000-8000-000000000001\"}");
  g_autofree char *unknown = forlop_event_describe ("of-tomorrow", "{\"kind\":\"grant\"}");
  g_autofree char *odd = forlop_event_describe ("decide", "{\"kind\":\"grant\",\"later\":1}");

  g_assert_cmpstr (forlop_event_title ("decide"), ==, "Decision made");
  g_assert_cmpstr (forlop_event_title ("of-tomorrow"), ==, "of-tomorrow");
  g_assert_cmpstr (text, ==, "Decision: Granted · Decided: 12.03.2026");
  g_assert_null (unknown);
  g_assert_cmpstr (odd, ==, "Decision: Granted");
}

static void
test_answers_stand_apart (void)
{
  g_autofree char *text = forlop_event_describe (
    "answer-form", "{\"answered_by\":\"citizen\",\"answers\":\"Breath? As usual\\nLegs? Swollen.\\n\\nAsleep? Yes\\n\"}");

  g_assert_true (g_str_has_suffix (text, "Answers: Breath? As usual; Legs? Swollen. Asleep? Yes"));
}

static void
test_identity_number_is_never_on_it (void)
{
  g_autofree char *text = forlop_event_describe (
    "register-referral", "{\"id_number\":\"12835430098\",\"given_name\":\"Liv\"}");

  g_assert_cmpstr (text, ==, "Given name: Liv");
}

static ForlopRecord *
criterion (const ForlopAct *act,
           const char      *case_id,
           const char      *code)
{
  ForlopRecord *arguments = forlop_acts_new_arguments (act, NULL);

  forlop_record_set_text (arguments, "case_id", case_id);
  forlop_record_set_text (arguments, "criterion", code);
  forlop_record_set_text (arguments, "answer", "yes");

  return arguments;
}

static void
test_many_acts_are_all_done (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  const ForlopAct *act = forlop_act_find ("answer-criterion");
  g_auto (Referred) referred = { NULL };
  g_autoptr (ForlopRecord) one = NULL;
  g_autoptr (ForlopRecord) other = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  refer (test, &referred);
  one = criterion (act, referred.case_id, "motivated");
  other = criterion (act, referred.case_id, "has_device");
  results = forlop_acts_run_many_sync (
    test->store, test->nurse, (ForlopActCall[]) { { act, one }, { act, other } }, 2, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, 2);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM criterion"), ==, 2);
}

static void
test_one_refused_act_leaves_nothing_of_the_others (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  const ForlopAct *act = forlop_act_find ("answer-criterion");
  g_auto (Referred) referred = { NULL };
  g_autoptr (ForlopRecord) good = NULL;
  g_autoptr (ForlopRecord) bad = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before;

  refer (test, &referred);
  before = acts_test_count (test, "SELECT count (*) FROM changeset");
  good = criterion (act, referred.case_id, "motivated");
  bad = criterion (act, referred.case_id, "has_device");
  forlop_record_clear (bad, "answer");
  results = forlop_acts_run_many_sync (
    test->store, test->nurse, (ForlopActCall[]) { { act, good }, { act, bad } }, 2, &error);

  g_assert_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID);
  g_assert_null (results);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM criterion"), ==, 0);
  g_assert_cmpint (acts_test_count (test, "SELECT count (*) FROM changeset"), ==, before);
}

static gpointer
put_draft_on_worker (ForlopConnection  *connection,
                     gpointer           user_data,
                     GCancellable      *cancellable G_GNUC_UNUSED,
                     GError           **error)
{
  forlop_draft_store_put (connection, "act decide", user_data, 1000, "{\"reasons\":\"Ford\"}", error);
  forlop_draft_store_put (connection, "act decide", user_data, 2000, "{\"reasons\":\"Fordi\"}", error);

  return NULL;
}

static gpointer
remove_draft_on_worker (ForlopConnection  *connection,
                        gpointer           user_data,
                        GCancellable      *cancellable G_GNUC_UNUSED,
                        GError           **error)
{
  forlop_draft_store_remove (connection, "act decide", user_data, error);

  return NULL;
}

static gpointer
find_draft_on_worker (ForlopConnection  *connection,
                      gpointer           user_data,
                      GCancellable      *cancellable G_GNUC_UNUSED,
                      GError           **error)
{
  ForlopDraft *draft = NULL;

  forlop_draft_store_find (connection, "act decide", user_data, &draft, error);

  return draft;
}

static ForlopDraft *
find_draft (ActsTest   *test,
            const char *user_id)
{
  g_autoptr (GError) error = NULL;
  ForlopDraft *draft = forlop_store_read_sync (test->store, find_draft_on_worker, (gpointer) user_id,
                                               (GDestroyNotify) forlop_draft_free, NULL, &error);

  g_assert_no_error (error);

  return draft;
}

static void
test_draft_is_ones_own_until_it_is_saved (void)
{
  g_autoptr (ActsTest) test = acts_test_new ("2026-03-12");
  g_autoptr (ForlopDraft) own = NULL;
  g_autoptr (ForlopDraft) others = NULL;
  g_autoptr (ForlopDraft) gone = NULL;
  g_autoptr (GError) error = NULL;

  forlop_store_write_sync (test->store, put_draft_on_worker, test->nurse->user_id, NULL, NULL, &error);
  g_assert_no_error (error);
  own = find_draft (test, test->nurse->user_id);
  others = find_draft (test, test->caseworker->user_id);
  g_assert_cmpstr (own->body, ==, "{\"reasons\":\"Fordi\"}");
  g_assert_cmpint (own->saved_at, ==, 2000);
  g_assert_null (others);

  forlop_store_write_sync (test->store, remove_draft_on_worker, test->nurse->user_id, NULL, NULL,
                           &error);
  g_assert_no_error (error);
  gone = find_draft (test, test->nurse->user_id);
  g_assert_null (gone);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timeline/newest-first", test_newest_first);
  g_test_add_func ("/timeline/pages-follow-each-other", test_pages_follow_each_other);
  g_test_add_func ("/timeline/taken-back-says-by-whom", test_taken_back_says_by_whom);
  g_test_add_func ("/timeline/only-the-kind-that-is-asked-for", test_only_the_kind_that_is_asked_for);
  g_test_add_func ("/timeline/words-come-from-the-declaration", test_words_come_from_the_declaration);
  g_test_add_func ("/timeline/answers-stand-apart", test_answers_stand_apart);
  g_test_add_func ("/timeline/identity-number-is-never-on-it", test_identity_number_is_never_on_it);
  g_test_add_func ("/many/acts-are-all-done", test_many_acts_are_all_done);
  g_test_add_func ("/many/one-refused-act-leaves-nothing-of-the-others",
                   test_one_refused_act_leaves_nothing_of_the_others);
  g_test_add_func ("/draft/is-ones-own-until-it-is-saved", test_draft_is_ones_own_until_it_is_saved);

  return g_test_run ();
}
