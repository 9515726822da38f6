/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-people-query.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "forlop-json.h"

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

static gboolean
explain (const ForlopHttpAnswer  *answer,
         GError                 **error)
{
  static const struct {
    const char *code;
    ForlopSignInError error;
    const char *sentence;
  } refusals[] = {
    { "too_short", FORLOP_SIGN_IN_ERROR_REFUSED,
      N_("Write at least three letters, a whole date of birth or a whole identity number.") },
    { "not_allowed", FORLOP_SIGN_IN_ERROR_REFUSED,
      N_("Your function does not open records of others. Nothing was opened. Ask the unit that has the citizen.") },
    { "reason", FORLOP_SIGN_IN_ERROR_REFUSED,
      N_("Write why, in at least ten characters. The citizen and the leader can read it.") },
    { "not_found", FORLOP_SIGN_IN_ERROR_REFUSED,
      N_("The server has nobody of that kind any more. Search again.") },
    { "already", FORLOP_SIGN_IN_ERROR_REFUSED,
      N_("You have access to this record already. Synchronise, and look for the citizen here.") },
    { "sign_in_again", FORLOP_SIGN_IN_ERROR_WRONG,
      N_("Emergency access needs a sign-in from the last fifteen minutes. Nothing was opened. Sign in again, and "
         "try once more.") },
  };
  g_autoptr (yyjson_doc) doc = forlop_json_parse (answer->text, -1, NULL);
  const char *code = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "code"));

  for (unsigned int i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_strcmp0 (refusals[i].code, code) == 0)
      {
        g_set_error_literal (error, FORLOP_SIGN_IN_ERROR, (int) refusals[i].error, _(refusals[i].sentence));
        return FALSE;
      }
  if (answer->status == 401)
    g_set_error_literal (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_WRONG,
                         _("You are not signed in to the server. Nothing was opened. Sign in, and try once more."));
  else
    g_set_error_literal (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_REFUSED,
                         _("The server did not answer the question. Nothing was opened. Try again in a while."));

  return FALSE;
}

static gboolean
ask (ForlopServerAccount  *account,
     ForlopHttpTransport  *transport,
     const char           *path,
     yyjson_mut_doc       *question,
     ForlopHttpAnswer     *answer,
     GCancellable         *cancellable,
     GError              **error)
{
  char *body = yyjson_mut_write (question, 0, NULL);
  gboolean is_sent = forlop_server_account_send (account, transport, "POST", path, body, answer, cancellable, error);

  free (body);

  return is_sent && (answer->status == 200 || explain (answer, error));
}

static ForlopPerson *
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
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_person_free);
  g_autoptr (yyjson_mut_doc) question = yyjson_mut_doc_new (NULL);
  g_autoptr (yyjson_doc) doc = NULL;
  g_auto (ForlopHttpAnswer) answer = { 0 };
  yyjson_mut_val *root = yyjson_mut_obj (question);
  yyjson_val *hits, *hit;
  size_t i, n;

  g_return_val_if_fail (text != NULL && more != NULL, NULL);

  yyjson_mut_doc_set_root (question, root);
  yyjson_mut_obj_add_str (question, root, "text", text);
  if (!ask (account, transport, "/v1/search", question, &answer, cancellable, error))
    return NULL;

  doc = forlop_json_parse (answer.text, -1, NULL);
  hits = yyjson_obj_get (yyjson_doc_get_root (doc), "hits");
  *more = yyjson_get_bool (yyjson_obj_get (yyjson_doc_get_root (doc), "more"));
  if (hits == NULL)
    return explain (&answer, error), NULL;
  yyjson_arr_foreach (hits, i, n, hit)
    {
      ForlopPerson *person = read_person (hit);

      if (person != NULL)
        g_ptr_array_add (people, person);
    }

  return g_steal_pointer (&people);
}

gboolean
forlop_people_open (ForlopServerAccount  *account,
                    ForlopHttpTransport  *transport,
                    ForlopPeopleWay       way,
                    const char           *citizen_id,
                    const char           *reason,
                    GCancellable         *cancellable,
                    GError              **error)
{
  g_autoptr (yyjson_mut_doc) question = yyjson_mut_doc_new (NULL);
  g_auto (ForlopHttpAnswer) answer = { 0 };
  yyjson_mut_val *root = yyjson_mut_obj (question);

  g_return_val_if_fail (citizen_id != NULL && reason != NULL, FALSE);

  yyjson_mut_doc_set_root (question, root);
  yyjson_mut_obj_add_str (question, root, "citizen_id", citizen_id);
  yyjson_mut_obj_add_str (question, root, "reason", reason);

  return ask (account, transport, way == FORLOP_PEOPLE_TAKE_UP ? "/v1/take-up" : "/v1/break-glass", question,
              &answer, cancellable, error);
}
