/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-follow-up-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-error.h"
#include "forlop-id.h"
#include "forlop-missing.h"
#include "forlop-record-store.h"

/* Taking what no alert stands behind: a measurement or a form that has not come, a fault on the equipment. */

static gboolean
is_missing (ForlopActContext *self,
            const char       *rule)
{
  g_auto (GStrv) parts = g_strsplit (rule, "/", 3);
  g_autofree char *present = NULL;
  ForlopSlot slot;

  if (g_strv_length (parts) != 3 || !g_str_equal (parts[0], "missing") ||
      !forlop_missing_find (self->snapshot, parts[1], &slot))
    return FALSE;
  present = forlop_missing_rule (parts[1], slot.at_ms);

  return slot.deadline_ms < self->now && g_str_equal (present, rule);
}

/* @is_there: (out): a fault that is not mended. */
static gboolean
find_fault (ForlopActContext  *self,
            const char        *rule,
            gboolean          *is_there,
            GError           **error)
{
  g_autoptr (ForlopRecord) fault = NULL;
  g_autoptr (GError) problem = NULL;
  const char *id = g_str_has_prefix (rule, "fault/") ? rule + strlen ("fault/") : "";

  *is_there = FALSE;
  if (!forlop_id_is_valid (id))
    return TRUE;
  fault = forlop_record_store_load (self->connection, "fault", id, &problem);
  if (problem != NULL && !g_error_matches (problem, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  *is_there = fault != NULL && (forlop_record_text_is (fault, "status", "reported") ||
                                forlop_record_text_is (fault, "status", "at_supplier"));

  return TRUE;
}

/* The one of this occasion, made or there already; NULL when there is nothing to take. */
static ForlopRecord *
open_take (ForlopActContext  *self,
           gboolean          *is_new,
           GError           **error)
{
  const char *rule = forlop_act_text (self, "rule");
  g_autofree char *id = NULL;
  g_autoptr (GError) problem = NULL;
  ForlopRecord *take;
  gboolean is_there = is_missing (self, rule);

  if (!is_there && !find_fault (self, rule, &is_there, error))
    return NULL;
  if (!is_there)
    {
      forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                         _("There is nothing to take: it has come, is answered or mended. Nothing was changed."));
      return NULL;
    }

  id = forlop_id_derive (self->case_id, rule);
  take = forlop_record_store_load (self->connection, "board_take", id, &problem);
  if (problem != NULL && !g_error_matches (problem, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  *is_new = take == NULL;
  if (take != NULL)
    return take;

  take = forlop_act_make_with_id (self, "board_take", id);
  forlop_record_set_text (take, "rule", rule);

  return g_object_ref (take);
}

gboolean
forlop_do_take_need (ForlopActContext  *self,
                     GError           **error)
{
  gboolean is_new;
  g_autoptr (ForlopRecord) take = open_take (self, &is_new, error);
  ForlopRecord *changed = take;

  if (take == NULL)
    return FALSE;
  if (!is_new && forlop_record_text_is (take, "status", "taken"))
    {
      g_autofree char *who = forlop_act_who_and_when (self, forlop_record_get_text (take, "taken_by"),
                                                      forlop_record_get_instant (take, "taken_at"));

      return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("It is already taken by %s."), who);
    }

  if (!is_new)
    changed = forlop_act_change (self, take);
  forlop_record_set_text (changed, "status", "taken");
  forlop_record_set_text (changed, "taken_by", self->actor->user_id);
  forlop_record_set_instant (changed, "taken_at", self->now);

  return TRUE;
}

/* Anybody in the team may give it back: the one who took it may have gone home. */
gboolean
forlop_do_release_need (ForlopActContext  *self,
                        GError           **error)
{
  gboolean is_new;
  g_autoptr (ForlopRecord) take = open_take (self, &is_new, error);
  ForlopRecord *changed;

  if (take == NULL)
    return FALSE;
  if (is_new || !forlop_record_text_is (take, "status", "taken"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("Nobody has taken it."));

  changed = forlop_act_change (self, take);
  forlop_record_set_text (changed, "status", "free");
  forlop_record_clear (changed, "taken_by");
  forlop_record_clear (changed, "taken_at");

  return TRUE;
}
