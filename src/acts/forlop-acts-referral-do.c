/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-citizen-private.h"
#include "forlop-error.h"
#include "forlop-person-store.h"

/* Numbers run within the year: "2026-0001". The server may give the case another if two offline
 * machines chose the same. */
static char *
next_case_number (ForlopActContext  *self,
                  GError           **error)
{
  static const char sql[] =
    "SELECT max (CAST (substr (number, 6) AS INTEGER)) FROM \"case\" "
    "WHERE number >= ?1 AND number < ?2";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (self->connection, sql, error);
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  gboolean has_row;
  int year;

  if (statement == NULL)
    return NULL;

  forlop_date_to_ymd (self->today, &year, NULL, NULL);
  low = g_strdup_printf ("%04d-", year);
  high = g_strdup_printf ("%04d-:", year);
  forlop_statement_bind_text (statement, 1, low);
  forlop_statement_bind_text (statement, 2, high);
  if (!forlop_statement_step (statement, &has_row, error))
    return NULL;

  return g_strdup_printf ("%04d-%04d", year,
                          has_row ? (int) forlop_statement_get_integer (statement, 0) + 1 : 1);
}

/* The profile asked for, or the one in use when there is only one. */
static char *
choose_profile (ForlopActContext  *self,
                GError           **error)
{
  g_autoptr (GPtrArray) profiles = NULL;
  char *chosen = NULL;

  if (forlop_record_type_field (forlop_record_get_rtype (self->arguments), "profile_id") != NULL &&
      forlop_record_has (self->arguments, "profile_id"))
    return g_strdup (forlop_act_text (self, "profile_id"));

  profiles = forlop_record_store_list (self->connection, "profile", NULL, NULL, error);
  if (profiles == NULL)
    return NULL;
  for (unsigned int i = 0; i < profiles->len && chosen == NULL; i++)
    if (forlop_record_get_boolean (g_ptr_array_index (profiles, i), "active"))
      chosen = g_strdup (forlop_record_get_id (g_ptr_array_index (profiles, i)));

  if (chosen == NULL)
    forlop_act_refuse (error, FORLOP_ERROR_NOT_FOUND,
                       _("No organisation profile is in use. An administrator must save one before "
                         "a case can be opened."));

  return chosen;
}

/* The allocation office: the unit that registers, if it is one, else the first there is. */
static char *
choose_office (ForlopActContext  *self,
               GError           **error)
{
  g_autoptr (GPtrArray) offices =
    forlop_record_store_list (self->connection, "unit", "kind", "allocation_office", error);

  if (offices == NULL)
    return NULL;
  for (unsigned int i = 0; i < offices->len; i++)
    if (g_strcmp0 (forlop_record_get_id (g_ptr_array_index (offices, i)), self->actor->unit_id) == 0)
      return g_strdup (self->actor->unit_id);
  if (offices->len > 0)
    return g_strdup (forlop_record_get_id (g_ptr_array_index (offices, 0)));

  forlop_act_refuse (error, FORLOP_ERROR_NOT_FOUND,
                     _("There is no allocation office. An administrator must save the unit before a "
                       "case can be opened."));
  return NULL;
}

ForlopRecord *
forlop_act_open_case (ForlopActContext  *self,
                      GError           **error)
{
  g_autofree char *number = next_case_number (self, error);
  g_autofree char *profile_id = number != NULL ? choose_profile (self, error) : NULL;
  g_autofree char *office_id = profile_id != NULL ? choose_office (self, error) : NULL;
  ForlopRecord *the_case;

  if (office_id == NULL)
    return NULL;

  g_clear_pointer (&self->case_id, g_free);
  the_case = forlop_act_make (self, "case");
  self->case_id = g_strdup (forlop_record_get_id (the_case));
  forlop_record_set_text (the_case, "number", number);
  forlop_record_set_text (the_case, "status", "open");
  forlop_record_set_text (the_case, "profile_id", profile_id);
  forlop_record_set_text (the_case, "office_unit_id", office_id);
  forlop_record_set_date (the_case, "opened_on", self->today);

  return the_case;
}

/* The citizen the referral is for: given, known by number, or registered now. */
static gboolean
find_or_register_citizen (ForlopActContext  *self,
                          GError           **error)
{
  g_autofree char *known = NULL;
  const char *number = forlop_act_text (self, "id_number");
  ForlopRecord *citizen;

  if (self->citizen_id != NULL)
    return TRUE;

  known = number != NULL ? forlop_person_store_find (self->connection, number, error) : g_strdup ("");
  if (known == NULL)
    return FALSE;
  if (*known != '\0')
    {
      self->citizen_id = g_steal_pointer (&known);
      return TRUE;
    }
  if (!forlop_record_has (self->arguments, "given_name") ||
      !forlop_record_has (self->arguments, "family_name"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("The citizen is not registered. Write given name and family name, and "
                                "the identity number if there is one."));

  citizen = forlop_act_make (self, "citizen");
  forlop_record_set_text (citizen, "id_number", number);
  forlop_record_set_text (citizen, "birth_date", forlop_act_text (self, "birth_date"));
  forlop_record_set_text (citizen, "given_name", forlop_act_text (self, "given_name"));
  forlop_record_set_text (citizen, "family_name", forlop_act_text (self, "family_name"));
  self->citizen_id = g_strdup (forlop_record_get_id (citizen));

  return forlop_act_check_citizen (self, citizen, error);
}

static gboolean
check_no_open_case (ForlopActContext  *self,
                    GError           **error)
{
  g_autoptr (GPtrArray) cases =
    forlop_record_store_list (self->connection, "case", "citizen_id", self->citizen_id, error);

  if (cases == NULL)
    return FALSE;
  for (unsigned int i = 0; i < cases->len; i++)
    {
      ForlopRecord *other = g_ptr_array_index (cases, i);

      if (!forlop_record_has (other, "closed_on"))
        return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                                  _("The citizen already has an open case, number %s. Nothing was "
                                    "registered; write what is new in that case."),
                                  forlop_record_get_text (other, "number"));
    }

  return TRUE;
}

static gboolean
check_not_future (ForlopActContext  *self,
                  const char        *argument,
                  GError           **error)
{
  const ForlopField *field =
    forlop_record_type_field (forlop_record_get_rtype (self->arguments), argument);
  ForlopDate date = forlop_record_get_date (self->arguments, argument);

  if (date != FORLOP_DATE_NONE && date > self->today)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("%s: the date is in the future. Write the day it happened."),
                              _(field->label));

  return TRUE;
}

static gboolean
register_referral (ForlopActContext  *self,
                   GError           **error)
{
  ForlopRecord *the_case, *referral;

  if (!check_not_future (self, "received_on", error) || !find_or_register_citizen (self, error) ||
      !check_no_open_case (self, error))
    return FALSE;

  the_case = forlop_act_open_case (self, error);
  if (the_case == NULL)
    return FALSE;
  if (forlop_record_has (self->arguments, "unit_id"))
    forlop_record_set_text (the_case, "unit_id", forlop_act_text (self, "unit_id"));

  referral = forlop_act_make (self, "referral");
  forlop_act_copy_arguments (self, referral);
  forlop_record_set_text (referral, "registered_by", self->actor->user_id);

  return TRUE;
}

/* The citizen may come back later: a new case that remembers the one before. */
static gboolean
resume_service (ForlopActContext  *self,
                GError           **error)
{
  g_autofree char *old_case_id = g_strdup (self->case_id);
  const char *profile_id = forlop_record_get_text (self->the_case, "profile_id");
  const char *unit_id = forlop_record_get_text (self->the_case, "unit_id");
  ForlopRecord *the_case, *referral;

  if (!check_not_future (self, "received_on", error) || !check_no_open_case (self, error))
    return FALSE;

  the_case = forlop_act_open_case (self, error);
  if (the_case == NULL)
    return FALSE;
  forlop_record_set_text (the_case, "profile_id", profile_id);
  forlop_record_set_text (the_case, "unit_id", unit_id);
  forlop_record_set_text (the_case, "resumes_case_id", old_case_id);

  referral = forlop_act_make (self, "referral");
  forlop_act_copy_arguments (self, referral);
  forlop_record_set_text (referral, "source", "citizen");
  forlop_record_set_text (referral, "channel", "internal");
  forlop_record_set_text (referral, "registered_by", self->actor->user_id);

  return TRUE;
}

static gboolean
withdraw_case (ForlopActContext  *self,
               GError           **error G_GNUC_UNUSED)
{
  ForlopRecord *the_case = forlop_act_change (self, self->the_case);
  ForlopRecord *closure = forlop_act_make (self, "closure");

  forlop_record_set_text (the_case, "status", "withdrawn");
  forlop_record_set_date (the_case, "closed_on", self->today);
  forlop_act_copy_arguments (self, closure);
  forlop_record_set_date (closure, "ended_on", self->today);
  forlop_record_set_date (closure, "closed_on", self->today);

  return TRUE;
}

static gboolean
send_provisional_answer (ForlopActContext  *self,
                         GError           **error)
{
  ForlopRecord *referral = forlop_snapshot_latest (self->snapshot, "referral");

  if (referral == NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_NOT_FOUND, _("The case has no referral to answer."));
  if (!check_not_future (self, "provisional_answer_on", error))
    return FALSE;

  forlop_act_copy_arguments (self, forlop_act_change (self, referral));

  return TRUE;
}

const ForlopActFunction forlop_act_functions_referral[] = {
  { "register-referral", register_referral },
  { "resume-service", resume_service },
  { "withdraw-case", withdraw_case },
  { "send-provisional-answer", send_provisional_answer },
  { NULL, NULL },
};
