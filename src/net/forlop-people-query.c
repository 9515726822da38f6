/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-people-query.h"

#include <glib/gi18n-lib.h>

#include "forlop-server-question.h"

void
forlop_person_free (ForlopPerson *self)
{
  if (self == NULL)
    return;

  g_free (self->citizen_id);
  g_free (self->given_name);
  g_free (self->family_name);
  g_free (self->birth_date);
  g_free (self->unit);
  g_free (self);
}

static const ForlopRefusal refusals[] = {
  { 0, "too_short", N_("Write at least three letters, a whole date of birth or a whole identity number.") },
  { 0, "not_allowed",
    N_("Your function does not open records of others. Nothing was opened. Ask the unit that has the citizen.") },
  { 0, "reason", N_("Write why, in at least ten characters. The citizen and the leader can read it.") },
  { 0, "not_found", N_("The server has nobody of that kind any more. Search again.") },
  { 0, "already", N_("You have access to this record already. Synchronise, and look for the citizen here.") },
  { 0, "sign_in_again",
    N_("Emergency access needs a sign-in from the last fifteen minutes. Nothing was opened. Sign in again, and "
       "try once more.") },
  { 401, NULL, N_("You are not signed in to the server. Nothing was opened. Sign in, and try once more.") },
  { 0, NULL, N_("The server did not answer the question. Nothing was opened. Try again in a while.") },
  { 0 },
};

static gpointer
read_person (yyjson_val *value)
{
  g_autoptr (ForlopPerson) person = g_new0 (ForlopPerson, 1);
  const struct {
    const char *key;
    char **text;
  } fields[] = {
    { "citizen_id", &person->citizen_id }, { "given_name", &person->given_name },
    { "family_name", &person->family_name }, { "birth_date", &person->birth_date },
    { "unit", &person->unit },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (fields); i++)
    *fields[i].text = g_strdup (yyjson_get_str (yyjson_obj_get (value, fields[i].key)));
  person->is_blocked = yyjson_get_bool (yyjson_obj_get (value, "blocked"));

  return person->citizen_id != NULL && person->family_name != NULL ? g_steal_pointer (&person) : NULL;
}

GPtrArray *
forlop_people_search (ForlopServerAccount  *account,
                      ForlopHttpTransport  *transport,
                      const char           *text,
                      gboolean             *more,
                      GCancellable         *cancellable,
                      GError              **error)
{
  g_autoptr (yyjson_mut_doc) question = forlop_server_question_new ("text", text, NULL);
  g_autoptr (yyjson_doc) doc = NULL;

  g_return_val_if_fail (text != NULL && more != NULL, NULL);

  doc = forlop_server_question_ask (account, transport, "/v1/search", question, refusals, cancellable, error);
  if (doc == NULL)
    return NULL;
  *more = yyjson_get_bool (yyjson_obj_get (yyjson_doc_get_root (doc), "more"));

  return forlop_server_question_list (doc, "hits", refusals, read_person, (GDestroyNotify) forlop_person_free, error);
}

gboolean
forlop_people_open (ForlopServerAccount  *account,
                    ForlopHttpTransport  *transport,
                    ForlopPeopleWay       way,
                    const char           *citizen_id,
                    const char           *reason,
                    gint64               *until,
                    GCancellable         *cancellable,
                    GError              **error)
{
  g_autoptr (yyjson_mut_doc) question = forlop_server_question_new ("citizen_id", citizen_id, "reason", reason, NULL);
  g_autoptr (yyjson_doc) doc = NULL;
  const char *valid_to;

  g_return_val_if_fail (citizen_id != NULL && reason != NULL && until != NULL, FALSE);

  doc = forlop_server_question_ask (account, transport,
                                    way == FORLOP_PEOPLE_TAKE_UP ? "/v1/take-up" : "/v1/break-glass", question,
                                    refusals, cancellable, error);
  if (doc == NULL)
    return FALSE;
  valid_to = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "valid_to"));
  if (valid_to == NULL || !forlop_instant_from_iso (valid_to, until))
    *until = FORLOP_INSTANT_NONE;

  return TRUE;
}
