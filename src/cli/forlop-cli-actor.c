/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-cli-store.h"
#include "forlop-error.h"

/* More than every unit of a case together. */
#define ALLOWED 8

/* What --as says, taken apart: USER[:ROLE[@UNIT]]. */
typedef struct {
  char *user;
  char *role;
  char *unit;
} As;

static void
as_clear (As *self)
{
  g_free (self->user);
  g_free (self->role);
  g_free (self->unit);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (As, as_clear)

static gboolean
as_parse (As          *self,
          const char  *text,
          GError     **error)
{
  const char *colon = text != NULL ? strchr (text, ':') : NULL;
  const char *at = colon != NULL ? strchr (colon, '@') : NULL;

  if (text == NULL || *text == '\0')
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_ALLOWED,
                   _("Say who does it: --as USER, with the short name of a user. Nothing was changed."));
      return FALSE;
    }

  self->user = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : g_strdup (text);
  if (colon != NULL)
    self->role = at != NULL ? g_strndup (colon + 1, (gsize) (at - colon - 1)) : g_strdup (colon + 1);
  if (at != NULL)
    self->unit = g_strdup (at + 1);

  if (self->role != NULL && forlop_role_from_code (self->role) == 0)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("“%s” is not a role. Write caseworker, resource_person, coordinator, manager or "
                     "administrator. Nothing was changed."),
                   self->role);
      return FALSE;
    }

  return TRUE;
}

static gboolean
holds_on (ForlopRecord *membership,
          ForlopDate    today)
{
  ForlopDate from = forlop_record_get_date (membership, "valid_from");
  ForlopDate to = forlop_record_get_date (membership, "valid_to");

  return (from == FORLOP_DATE_NONE || from <= today) && (to == FORLOP_DATE_NONE || to >= today);
}

/* How well a function suits the act on the case; higher is better, negative is out of question. */
static int
score (ForlopRecord    *membership,
       const As        *as,
       const char      *unit_id,
       const ForlopAct *act,
       ForlopRecord    *the_case)
{
  static const char *const fields[] = { "office_unit_id", "unit_id", "follow_up_unit_id" };
  const char *role = forlop_record_get_text (membership, "role");
  const char *unit = forlop_record_get_text (membership, "unit_id");
  int points = 0;

  if (as->role != NULL && !g_str_equal (as->role, role))
    return -1;
  if (unit_id != NULL && !g_str_equal (unit_id, unit))
    return -1;

  if (act != NULL && forlop_act_allows_role (act, role))
    points += ALLOWED;
  for (unsigned int i = 0; the_case != NULL && i < G_N_ELEMENTS (fields); i++)
    if (forlop_record_text_is (the_case, fields[i], unit))
      points += 1 + (int) i;

  return points;
}

typedef struct {
  ForlopRecord *membership;
  int points;
  unsigned int place;
} Candidate;

/* Best first; of equals the one that was given first. */
static int
by_points (gconstpointer a,
           gconstpointer b)
{
  const Candidate *one = a;
  const Candidate *other = b;

  if (one->points != other->points)
    return one->points > other->points ? -1 : 1;

  return (one->place > other->place) - (one->place < other->place);
}

/* The functions that come into question, best first: those the act allows, or all of them where it
 * allows none, so that the act says why not. */
static GPtrArray *
rank_functions (GPtrArray       *memberships,
                const As        *as,
                const char      *unit_id,
                const ForlopAct *act,
                ForlopRecord    *the_case,
                const char      *user_id,
                ForlopDate       today)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  GPtrArray *actors = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_actor_free);

  for (unsigned int i = 0; i < memberships->len; i++)
    {
      ForlopRecord *membership = g_ptr_array_index (memberships, i);
      Candidate candidate = { membership, score (membership, as, unit_id, act, the_case), i };

      if (candidate.points >= 0 && holds_on (membership, today))
        g_array_append_val (candidates, candidate);
    }
  g_array_sort (candidates, by_points);

  for (unsigned int i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (i > 0 && candidate->points < ALLOWED)
        break;
      g_ptr_array_add (actors, forlop_actor_new (user_id, forlop_record_get_text (candidate->membership, "role"),
                                                 forlop_record_get_text (candidate->membership, "unit_id")));
    }

  return actors;
}

GPtrArray *
forlop_cli_find_actors (ForlopConnection  *connection,
                        const char        *text,
                        const ForlopAct   *act,
                        const char        *case_id,
                        ForlopDate         today,
                        GError           **error)
{
  g_auto (As) as = { NULL, NULL, NULL };
  g_autofree char *user_id = NULL;
  g_autofree char *unit_id = NULL;
  g_autoptr (GPtrArray) memberships = NULL;
  g_autoptr (GPtrArray) actors = NULL;
  g_autoptr (ForlopRecord) the_case = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  if (!as_parse (&as, text, error))
    return NULL;
  user_id = forlop_cli_resolve (connection, "user", as.user, error);
  if (user_id == NULL)
    return NULL;
  if (as.unit != NULL && (unit_id = forlop_cli_resolve (connection, "unit", as.unit, error)) == NULL)
    return NULL;
  if (case_id != NULL)
    the_case = forlop_record_store_load (connection, "case", case_id, NULL);

  memberships = forlop_record_store_list (connection, "membership", "user_id", user_id, error);
  if (memberships == NULL)
    return NULL;
  actors = rank_functions (memberships, &as, unit_id, act, the_case, user_id, today);
  if (actors->len == 0)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_ALLOWED,
                   _("“%s” does not have that function today. Nothing was changed. Ask the administrator."),
                   text);
      return NULL;
    }

  return g_steal_pointer (&actors);
}

ForlopActor *
forlop_cli_find_actor (ForlopConnection  *connection,
                       const char        *text,
                       const ForlopAct   *act,
                       const char        *case_id,
                       ForlopDate         today,
                       GError           **error)
{
  g_autoptr (GPtrArray) actors = forlop_cli_find_actors (connection, text, act, case_id, today, error);

  return actors != NULL ? forlop_actor_copy (g_ptr_array_index (actors, 0)) : NULL;
}
