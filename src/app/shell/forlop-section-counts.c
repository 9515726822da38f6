/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-section-counts.h"

#include "forlop-act.h"
#include "forlop-benefits-store.h"
#include "forlop-board-store.h"
#include "forlop-item-list.h"
#include "forlop-wheel-store.h"
#include "forlop-worker.h"
#include "forlop-worklist.h"

/* Milliseconds in which the view that is shown is filled, and seconds after which time alone may have
 * changed the numbers. */
#define DELAY 800
#define AGAIN 60

struct _ForlopSectionCounts
{
  GObject parent_instance;

  ForlopSession *session;
  unsigned int delay_source;
  unsigned int again_source;
  unsigned int question;

  /* Ids of the red alerts that were counted last, and for whom; NULL before that */
  GHashTable *reds;
  char *reds_of;
};

typedef struct {
  char *role;
  char *unit_id;
  gint64 now;
  gboolean equipment;
} Question;

typedef struct {
  unsigned int today;
  unsigned int red;
  unsigned int yellow;
  unsigned int equipment;
  unsigned int wheel;
  GHashTable *reds;
} Counts;

typedef struct {
  GWeakRef self;
  unsigned int question;
  char *of;
} Answer;

G_DEFINE_FINAL_TYPE (ForlopSectionCounts, forlop_section_counts, G_TYPE_OBJECT)

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->role);
  g_free (question->unit_id);
  g_free (question);
}

static void
counts_free (gpointer data)
{
  Counts *counts = data;

  g_clear_pointer (&counts->reds, g_hash_table_unref);
  g_free (counts);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Counts, counts_free)

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->of);
  g_weak_ref_clear (&answer->self);
  g_free (answer);
}

static gboolean
count_today (ForlopConnection  *connection,
             const Question    *question,
             Counts            *counts,
             GError           **error)
{
  const ForlopWorklistQuery query = {
    .role = question->role, .unit_id = question->unit_id, .now = question->now, .by_case = TRUE,
  };
  unsigned int groups[FORLOP_WORKLIST_N_GROUPS];

  if (!forlop_worklist_count (connection, &query, groups, error))
    return FALSE;
  counts->today = forlop_worklist_count_urgent (groups);

  return TRUE;
}

/* Where a unit follows up nobody, the board shows everybody's. */
static gboolean
count_follow_up (ForlopConnection  *connection,
                 const Question    *question,
                 Counts            *counts,
                 GError           **error)
{
  ForlopBoardQuery query = { .unit_id = question->unit_id, .now = question->now };
  g_autoptr (ForlopBoard) board = forlop_board_load (connection, &query, error);

  if (board != NULL && board->rows->len == 0 && query.unit_id != NULL)
    {
      query.unit_id = NULL;
      g_clear_pointer (&board, forlop_board_free);
      board = forlop_board_load (connection, &query, error);
    }
  if (board == NULL)
    return FALSE;
  counts->red = board->counts[FORLOP_BOARD_RED];
  counts->yellow = board->counts[FORLOP_BOARD_YELLOW];
  /* The worst stand first. */
  for (unsigned int i = 0; i < counts->red; i++)
    g_hash_table_add (counts->reds, g_strdup (((const ForlopBoardRow *) g_ptr_array_index (board->rows, i))->alert_id));

  return TRUE;
}

/* Only for those who do that work. */
static gboolean
count_equipment (ForlopConnection  *connection,
                 const Question    *question,
                 Counts            *counts,
                 GError           **error)
{
  static const char *const states[] = {
    "received", "preparing", "returned", "cleaning", "checking", "quarantine",
  };
  g_autoptr (GHashTable) items = NULL;

  if (!question->equipment)
    return TRUE;
  items = forlop_item_list_counts (connection, NULL, NULL, error);
  if (items == NULL)
    return FALSE;
  for (unsigned int i = 0; i < G_N_ELEMENTS (states); i++)
    counts->equipment += GPOINTER_TO_UINT (g_hash_table_lookup (items, states[i]));

  return TRUE;
}

static gboolean
count_wheel (ForlopConnection  *connection,
             const Question    *question,
             Counts            *counts,
             GError           **error)
{
  ForlopDate today = forlop_instant_to_date (question->now);
  g_autoptr (ForlopFigures) figures = NULL;
  g_autofree ForlopWheel *wheel = NULL;

  if (g_str_equal (question->role, "manager") &&
      !forlop_benefits_store_figures (connection, question->unit_id, &figures, error))
    return FALSE;
  wheel = figures != NULL ? forlop_wheel_from_figures (figures, today)
                          : forlop_wheel_store_load (connection, today, question->unit_id, error);
  if (wheel == NULL)
    return FALSE;
  counts->wheel = wheel->n_overdue;

  return TRUE;
}

static gpointer
count_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  const Question *question = user_data;
  g_autoptr (Counts) counts = g_new0 (Counts, 1);

  counts->reds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!count_today (connection, question, counts, error) ||
      !count_follow_up (connection, question, counts, error) ||
      !count_equipment (connection, question, counts, error) ||
      !count_wheel (connection, question, counts, error))
    return NULL;

  return g_steal_pointer (&counts);
}

/* What was there when the file was opened, or another function was chosen, is not news. */
static void
forlop_section_counts_look_for_red (ForlopSectionCounts *self,
                                    const char          *of,
                                    Counts              *counts)
{
  unsigned int n_new = 0;
  GHashTableIter iter;
  gpointer id;

  if (g_strcmp0 (self->reds_of, of) == 0)
    {
      g_hash_table_iter_init (&iter, counts->reds);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        if (!g_hash_table_contains (self->reds, id))
          n_new++;
    }
  g_set_str (&self->reds_of, of);
  g_clear_pointer (&self->reds, g_hash_table_unref);
  self->reds = g_steal_pointer (&counts->reds);
  if (n_new > 0)
    forlop_session_tell_red (self->session, n_new);
}

/* A number that is missing needs no message: opening the section tells what is wrong. */
static DexFuture *
counted_cb (DexFuture *future,
            gpointer   user_data)
{
  Answer *answer = user_data;
  g_autoptr (ForlopSectionCounts) self = g_weak_ref_get (&answer->self);
  g_autoptr (GError) error = NULL;
  g_autoptr (Counts) counts = forlop_worker_steal (future, &error);

  if (counts == NULL)
    {
      g_debug ("The sections were not counted: %s", error->message);
      return NULL;
    }
  if (self == NULL || self->question != answer->question)
    return NULL;

  forlop_session_set_count (self->session, "today", counts->today);
  forlop_session_set_count (self->session, "follow-up", counts->red + counts->yellow);
  forlop_session_set_count (self->session, "follow-up/red", counts->red);
  forlop_session_set_count (self->session, "follow-up/yellow", counts->yellow);
  forlop_session_set_count (self->session, "follow-up/counted", 1);
  forlop_session_set_count (self->session, "equipment", counts->equipment);
  forlop_session_set_count (self->session, "wheel", counts->wheel);
  forlop_section_counts_look_for_red (self, answer->of, counts);

  return NULL;
}

static gboolean
count_cb (gpointer user_data)
{
  ForlopSectionCounts *self = user_data;
  ForlopStore *store = forlop_session_get_store (self->session);
  ForlopIdentity *actor = forlop_session_get_actor (self->session);
  const ForlopAct *check = forlop_act_find ("finish-check");
  Question *question;
  Answer *answer;

  self->delay_source = 0;
  if (store == NULL || actor == NULL)
    return G_SOURCE_REMOVE;

  question = g_new0 (Question, 1);
  question->role = g_strdup (forlop_identity_get_role (actor));
  question->unit_id = g_strdup (forlop_identity_get_unit_id (actor));
  question->now = forlop_session_now (self->session);
  question->equipment = check != NULL && forlop_act_allows_role (check, question->role);
  answer = g_new0 (Answer, 1);
  g_weak_ref_init (&answer->self, self);
  answer->question = ++self->question;
  answer->of = g_strdup_printf ("%s %s", question->role, question->unit_id != NULL ? question->unit_id : "");
  dex_future_disown (dex_future_finally (
    forlop_store_read (store, count_on_worker, question, question_free, counts_free), counted_cb, answer,
    answer_free));

  return G_SOURCE_REMOVE;
}

static void
forlop_section_counts_queue (ForlopSectionCounts *self)
{
  if (self->delay_source == 0)
    self->delay_source = g_timeout_add_full (G_PRIORITY_LOW, DELAY, count_cb, self, NULL);
}

static gboolean
again_cb (gpointer user_data)
{
  forlop_section_counts_queue (user_data);

  return G_SOURCE_CONTINUE;
}

static void
forlop_section_counts_dispose (GObject *object)
{
  ForlopSectionCounts *self = FORLOP_SECTION_COUNTS (object);

  g_clear_handle_id (&self->delay_source, g_source_remove);
  g_clear_handle_id (&self->again_source, g_source_remove);
  g_clear_pointer (&self->reds, g_hash_table_unref);
  g_clear_pointer (&self->reds_of, g_free);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (forlop_section_counts_parent_class)->dispose (object);
}

static void
forlop_section_counts_class_init (ForlopSectionCountsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = forlop_section_counts_dispose;
}

static void
forlop_section_counts_init (ForlopSectionCounts *self)
{
  self->again_source = g_timeout_add_seconds_full (G_PRIORITY_LOW, AGAIN, again_cb, self, NULL);
}

ForlopSectionCounts *
forlop_section_counts_new (ForlopSession *session)
{
  ForlopSectionCounts *self;

  g_return_val_if_fail (FORLOP_IS_SESSION (session), NULL);

  self = g_object_new (FORLOP_TYPE_SECTION_COUNTS, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (forlop_section_counts_queue), self,
                           G_CONNECT_SWAPPED);
  forlop_section_counts_queue (self);

  return self;
}
