/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-follow-up-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-duty.h"
#include "forlop-error.h"

/* The shift that @from has handed over in the actor's unit and that is not accepted; NULL without an error when
 * there is none. */
static ForlopRecord *
find_offered (ForlopActContext  *self,
              const char        *from,
              GError           **error)
{
  g_autoptr (GPtrArray) handovers =
    forlop_record_store_list (self->connection, "shift_handover", "status", "offered", error);

  for (unsigned int i = 0; handovers != NULL && i < handovers->len; i++)
    {
      ForlopRecord *handover = g_ptr_array_index (handovers, i);

      if (forlop_record_text_is (handover, "from_user_id", from) &&
          forlop_record_text_is (handover, "unit_id", self->actor->unit_id))
        return g_object_ref (handover);
    }

  return NULL;
}

/* Whoever accepts must work in the unit. */
static gboolean
check_receiver (ForlopActContext  *self,
                GError           **error)
{
  const char *to = forlop_act_text (self, "to_user_id");
  g_autoptr (GPtrArray) functions = forlop_record_store_list (self->connection, "membership", "user_id", to, error);

  if (functions == NULL)
    return FALSE;
  if (g_strcmp0 (to, self->actor->user_id) == 0)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID, _("To: choose somebody else than yourself."));
  for (unsigned int i = 0; i < functions->len; i++)
    {
      ForlopRecord *function = g_ptr_array_index (functions, i);
      ForlopDate valid_to = forlop_record_get_date (function, "valid_to");

      if (forlop_record_text_is (function, "role", "resource_person") &&
          forlop_record_text_is (function, "unit_id", self->actor->unit_id) &&
          (valid_to == FORLOP_DATE_NONE || valid_to >= self->today))
        return TRUE;
    }

  return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                            _("To: choose somebody who is a resource person in your unit."));
}

static gboolean
add_note (ForlopActContext  *self,
          ForlopRecord      *handover,
          const char        *line,
          GError           **error)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 2);
  g_autoptr (ForlopRecord) the_case =
    forlop_id_is_valid (parts[0]) ? forlop_record_store_load (self->connection, "case", parts[0], NULL) : NULL;
  ForlopRecord *note;

  if (the_case == NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Cases: “%s” does not begin with the id of a case. Write a case on each line."), line);
  note = forlop_act_make (self, "shift_note");
  forlop_record_set_text (note, "citizen_id", forlop_record_get_text (the_case, "citizen_id"));
  forlop_record_set_text (note, "case_id", parts[0]);
  forlop_record_set_text (note, "handover_id", forlop_record_get_id (handover));
  if (parts[1] != NULL && *g_strstrip (parts[1]) != '\0')
    forlop_record_set_text (note, "note", parts[1]);
  forlop_record_set_instant (note, "at", self->now);
  forlop_record_set_text (note, "user_id", self->actor->user_id);

  return TRUE;
}

gboolean
forlop_do_hand_over_shift (ForlopActContext  *self,
                           GError           **error)
{
  const char *cases = forlop_act_text (self, "cases");
  g_auto (GStrv) lines = g_strsplit (cases != NULL ? cases : "", "\n", -1);
  g_autoptr (GError) problem = NULL;
  g_autoptr (ForlopRecord) present = find_offered (self, self->actor->user_id, &problem);
  ForlopRecord *handover;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (present != NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                              _("You have handed over a shift that is not accepted. Take it back first."));
  if (!check_receiver (self, error))
    return FALSE;

  handover = forlop_act_make (self, "shift_handover");
  forlop_act_copy_arguments (self, handover);
  forlop_record_set_text (handover, "unit_id", self->actor->unit_id);
  forlop_record_set_text (handover, "from_user_id", self->actor->user_id);
  forlop_record_set_instant (handover, "offered_at", self->now);
  forlop_record_set_text (handover, "status", "offered");
  for (unsigned int i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0' && !add_note (self, handover, lines[i], error))
      return FALSE;

  return TRUE;
}

/* @whose: the field of the only one who may answer. */
static ForlopRecord *
answer (ForlopActContext  *self,
        const char        *whose,
        const char        *status,
        GError           **error)
{
  ForlopRecord *handover = forlop_act_load (self, "shift_handover", "shift_handover_id", error);

  if (handover == NULL)
    return NULL;
  if (!forlop_record_text_is (handover, "status", "offered"))
    {
      forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("The hand-over of the shift is already answered."));
      return NULL;
    }
  if (!forlop_record_text_is (handover, whose, self->actor->user_id))
    {
      forlop_act_refuse (error, FORLOP_ERROR_NOT_ALLOWED,
                         _("A shift is accepted by the one it is handed over to, and taken back by the one who "
                           "handed it over."));
      return NULL;
    }
  handover = forlop_act_change (self, handover);
  forlop_record_set_text (handover, "status", status);
  forlop_record_set_instant (handover, "answered_at", self->now);

  return handover;
}

/* What the first had taken is the next one's; what nobody had taken stays the team's. */
static gboolean
take_over (ForlopActContext  *self,
           const char        *case_id,
           const char        *from,
           GError           **error)
{
  g_autoptr (GPtrArray) alerts = forlop_record_store_list (self->connection, "alert", "case_id", case_id, error);

  for (unsigned int i = 0; alerts != NULL && i < alerts->len; i++)
    {
      ForlopRecord *alert = g_ptr_array_index (alerts, i);

      if (!forlop_alert_is_open (alert) || !forlop_record_text_is (alert, "taken_by", from))
        continue;
      alert = forlop_act_change (self, alert);
      forlop_record_set_text (alert, "taken_by", self->actor->user_id);
      forlop_record_set_instant (alert, "taken_at", self->now);
    }

  return alerts != NULL;
}

gboolean
forlop_do_accept_shift (ForlopActContext  *self,
                        GError           **error)
{
  ForlopRecord *handover = answer (self, "to_user_id", "accepted", error);
  g_autoptr (GPtrArray) notes = NULL;

  if (handover == NULL)
    return FALSE;
  notes = forlop_record_store_list (self->connection, "shift_note", "handover_id", forlop_record_get_id (handover),
                                    error);
  for (unsigned int i = 0; notes != NULL && i < notes->len; i++)
    if (!take_over (self, forlop_record_get_text (g_ptr_array_index (notes, i), "case_id"),
                    forlop_record_get_text (handover, "from_user_id"), error))
      return FALSE;

  return notes != NULL;
}

gboolean
forlop_do_withdraw_shift (ForlopActContext  *self,
                          GError           **error)
{
  return answer (self, "from_user_id", "withdrawn", error) != NULL;
}
