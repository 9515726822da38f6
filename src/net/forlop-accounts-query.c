/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-accounts-query.h"

#include <glib/gi18n-lib.h>

#include "forlop-json.h"

void
forlop_server_user_free (ForlopServerUser *self)
{
  if (self == NULL)
    return;

  g_free (self->user_id);
  g_free (self->name);
  g_free (self);
}

static gboolean
explain (const ForlopHttpAnswer  *answer,
         GError                 **error)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (answer->text, -1, NULL);
  yyjson_val *root = yyjson_doc_get_root (doc);
  const char *code = yyjson_get_str (yyjson_obj_get (root, "code"));
  const char *detail = yyjson_get_str (yyjson_obj_get (root, "detail"));
  const char *sentence = _("The server did not answer the question. Nothing was changed. Try again in a while.");

  if (answer->status == 401)
    sentence = _("You are not signed in to the server. Nothing was changed. Sign in, and try once more.");
  else if (g_strcmp0 (code, "not_allowed") == 0)
    sentence = _("Only an administrator decides who signs in. Nothing was changed.");
  else if (g_strcmp0 (code, "no_browser_sign_in") == 0)
    sentence = _("The municipality has no sign-in by browser on this server. Nothing was changed.");
  else if (g_strcmp0 (code, "invalid") == 0 && detail != NULL)
    sentence = detail;
  g_set_error_literal (error, FORLOP_SIGN_IN_ERROR, FORLOP_SIGN_IN_ERROR_REFUSED, sentence);

  return FALSE;
}

GPtrArray *
forlop_accounts_list_users (ForlopServerAccount  *account,
                            ForlopHttpTransport  *transport,
                            GCancellable         *cancellable,
                            GError              **error)
{
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_server_user_free);
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *each;
  size_t i, n;

  if (!forlop_server_account_send (account, transport, "GET", "/v1/accounts", NULL, &answer, cancellable, error))
    return NULL;
  if (answer.status != 200)
    return explain (&answer, error), NULL;

  doc = forlop_json_parse (answer.text, -1, NULL);
  yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "accounts"), i, n, each)
    {
      const char *user_id = yyjson_get_str (yyjson_obj_get (each, "user_id"));
      ForlopServerUser *user;

      if (user_id == NULL)
        continue;
      user = g_new0 (ForlopServerUser, 1);
      user->user_id = g_strdup (user_id);
      user->name = g_strdup (yyjson_get_str (yyjson_obj_get (each, "name")));
      user->is_open = g_strcmp0 (yyjson_get_str (yyjson_obj_get (each, "state")), "active") == 0;
      user->by_browser = yyjson_get_bool (yyjson_obj_get (each, "browser"));
      g_ptr_array_add (users, user);
    }

  return g_steal_pointer (&users);
}

gboolean
forlop_accounts_link_user (ForlopServerAccount  *account,
                           ForlopHttpTransport  *transport,
                           const char           *user_id,
                           const char           *subject,
                           GCancellable         *cancellable,
                           GError              **error)
{
  g_autoptr (yyjson_mut_doc) question = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (question);
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autofree char *body = NULL;

  g_return_val_if_fail (user_id != NULL, FALSE);

  yyjson_mut_doc_set_root (question, root);
  yyjson_mut_obj_add_str (question, root, "user_id", user_id);
  if (subject != NULL)
    yyjson_mut_obj_add_str (question, root, "subject", subject);
  body = forlop_json_write (question, FALSE);

  return forlop_server_account_send (account, transport, "POST",
                                     subject != NULL ? "/v1/accounts/link" : "/v1/accounts/unlink", body, &answer,
                                     cancellable, error) &&
         (answer.status == 200 || explain (&answer, error));
}
