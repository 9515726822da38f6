/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-cli-store.h"
#include "forlop-error.h"

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
    points += 8;
  for (unsigned int i = 0; the_case != NULL && i < G_N_ELEMENTS (fields); i++)
    if (forlop_record_text_is (the_case, fields[i], unit))
      points += 1 + (int) i;

  return points;
}

static ForlopRecord *
choose_function (GPtrArray       *memberships,
                 const As        *as,
                 const char      *unit_id,
                 const ForlopAct *act,
                 ForlopRecord    *the_case,
                 ForlopDate       today)
{
  ForlopRecord *best = NULL;
  int best_points = -1;

  for (unsigned int i = 0; i < memberships->len; i++)
    {
      ForlopRecord *membership = g_ptr_array_index (memberships, i);
      int points = score (membership, as, unit_id, act, the_case);

      if (points > best_points && holds_on (membership, today))
        {
          best = membership;
          best_points = points;
        }
    }

  return best;
}

ForlopActor *
forlop_cli_find_actor (ForlopConnection  *connection,
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
  g_autoptr (ForlopRecord) the_case = NULL;
  ForlopRecord *function;

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
  function = choose_function (memberships, &as, unit_id, act, the_case, today);
  if (function == NULL)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_ALLOWED,
                   _("“%s” does not have that function today. Nothing was changed. Ask the administrator."),
                   text);
      return NULL;
    }

  return forlop_actor_new (user_id, forlop_record_get_text (function, "role"),
                           forlop_record_get_text (function, "unit_id"));
}
