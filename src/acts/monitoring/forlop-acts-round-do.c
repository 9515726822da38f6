/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-follow-up-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-board-store.h"
#include "forlop-error.h"

/* The round of @unit_id, @date and @part, or NULL. */
static ForlopRecord *
find_round (ForlopActContext  *self,
            const char        *unit_id,
            ForlopDate         date,
            const char        *part,
            GError           **error)
{
  g_autofree char *day = forlop_date_to_iso (date);
  g_autoptr (GPtrArray) rounds =
    forlop_record_store_list (self->connection, "round", "date", day, error);

  for (unsigned int i = 0; rounds != NULL && i < rounds->len; i++)
    {
      ForlopRecord *round = g_ptr_array_index (rounds, i);

      if (forlop_record_text_is (round, "unit_id", unit_id) &&
          forlop_record_text_is (round, "part", part))
        return g_object_ref (round);
    }

  return NULL;
}

gboolean
forlop_do_start_round (ForlopActContext  *self,
                       GError           **error)
{
  const char *unit_id = forlop_act_text (self, "unit_id");
  const char *part = forlop_act_text (self, "part");
  ForlopDate date = forlop_record_get_date (self->arguments, "date");
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ForlopRecord) started = NULL;
  ForlopRecord *round;

  if (date == FORLOP_DATE_NONE)
    date = self->today;
  if (date > self->today)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Date: a round is started on its own day."));

  started = find_round (self, unit_id, date, part, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (started != NULL)
    {
      g_autofree char *who =
        forlop_act_who_and_when (self, forlop_record_get_text (started, "started_by"),
                                 forlop_record_get_instant (started, "started_at"));

      return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                                _("The round is already started by %s. Go on with it."), who);
    }

  round = forlop_act_make (self, "round");
  forlop_record_set_text (round, "unit_id", unit_id);
  forlop_record_set_date (round, "date", date);
  forlop_record_set_text (round, "part", part);
  forlop_record_set_text (round, "started_by", self->actor->user_id);
  forlop_record_set_instant (round, "started_at", self->now);

  return TRUE;
}

static ForlopRecord *
load_round (ForlopActContext  *self,
            GError           **error)
{
  ForlopRecord *round = forlop_act_load (self, "round", "round_id", error);

  if (round == NULL)
    return NULL;
  if (forlop_record_has (round, "finished_at"))
    {
      g_autofree char *when = forlop_instant_format (forlop_record_get_instant (round, "finished_at"));

      forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("The round is already finished, %s."), when);
      return NULL;
    }

  return round;
}

static void
tick (ForlopActContext *self,
      ForlopRecord     *round,
      const char       *citizen_id,
      const char       *case_id)
{
  ForlopRecord *record = forlop_act_make (self, "round_tick");

  forlop_record_set_text (record, "citizen_id", citizen_id);
  forlop_record_set_text (record, "case_id", case_id);
  forlop_record_set_text (record, "round_id", forlop_record_get_id (round));
  forlop_record_set_instant (record, "at", self->now);
  forlop_record_set_text (record, "user_id", self->actor->user_id);
}

/* Who has seen @case_id in the round, or NULL. */
static ForlopRecord *
find_tick (GPtrArray  *ticks,
           const char *case_id)
{
  for (unsigned int i = 0; i < ticks->len; i++)
    if (forlop_record_text_is (g_ptr_array_index (ticks, i), "case_id", case_id))
      return g_ptr_array_index (ticks, i);

  return NULL;
}

static GPtrArray *
list_ticks (ForlopActContext  *self,
            ForlopRecord      *round,
            GError           **error)
{
  return forlop_record_store_list (self->connection, "round_tick", "round_id",
                                   forlop_record_get_id (round), error);
}

gboolean
forlop_do_tick_round (ForlopActContext  *self,
                      GError           **error)
{
  ForlopRecord *round = load_round (self, error);
  g_autoptr (GPtrArray) ticks = round != NULL ? list_ticks (self, round, error) : NULL;
  ForlopRecord *present;

  if (ticks == NULL)
    return FALSE;
  present = find_tick (ticks, self->case_id);
  if (present != NULL)
    {
      g_autofree char *who =
        forlop_act_who_and_when (self, forlop_record_get_text (present, "user_id"),
                                 forlop_record_get_instant (present, "at"));

      return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("Already seen by %s."), who);
    }
  tick (self, round, self->citizen_id, self->case_id);

  return TRUE;
}

/**
 * forlop_do_tick_green:
 *
 * Ticks everybody in the round who needs nothing. Alerts, missing measurements, faults and values
 * without a colour are looked at one by one.
 */
gboolean
forlop_do_tick_green (ForlopActContext  *self,
                      GError           **error)
{
  ForlopRecord *round = load_round (self, error);
  ForlopBoardQuery query = { NULL, self->now, 0 };
  g_autoptr (GPtrArray) ticks = round != NULL ? list_ticks (self, round, error) : NULL;
  g_autoptr (ForlopBoard) board = NULL;

  if (ticks == NULL)
    return FALSE;
  query.unit_id = forlop_record_get_text (round, "unit_id");
  board = forlop_board_load (self->connection, &query, error);
  if (board == NULL)
    return FALSE;
  for (unsigned int i = 0; i < board->rows->len; i++)
    {
      const ForlopBoardRow *row = g_ptr_array_index (board->rows, i);

      if (row->need == FORLOP_BOARD_CALM && find_tick (ticks, row->case_id) == NULL)
        tick (self, round, row->citizen_id, row->case_id);
    }

  return TRUE;
}

gboolean
forlop_do_finish_round (ForlopActContext  *self,
                        GError           **error)
{
  ForlopRecord *round = load_round (self, error);

  if (round == NULL)
    return FALSE;
  forlop_record_set_instant (forlop_act_change (self, round), "finished_at", self->now);

  return TRUE;
}
