/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-accounts-query.h"

#include <glib/gi18n-lib.h>

#include "forlop-server-question.h"

void
forlop_server_user_free (ForlopServerUser *self)
{
  if (self == NULL)
    return;

  g_free (self->user_id);
  g_free (self->name);
  g_free (self);
}

static const ForlopRefusal refusals[] = {
  { 0, "not_allowed", N_("Only an administrator decides who signs in. Nothing was changed.") },
  { 0, "no_browser_sign_in",
    N_("The municipality has no sign-in by browser on this server. Nothing was changed.") },
  { 0, "invalid", NULL },
  { 0 },
};

GPtrArray *
forlop_accounts_list_users (ForlopServerAccount  *account,
                            ForlopHttpTransport  *transport,
                            GCancellable         *cancellable,
                            GError              **error)
{
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_server_user_free);
  g_autoptr (yyjson_doc) doc =
    forlop_server_question_ask (account, transport, "/v1/accounts", NULL, refusals, cancellable, error);
  yyjson_val *each;
  size_t i, n;

  if (doc == NULL)
    return NULL;

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
  g_autoptr (yyjson_doc) doc = NULL;

  g_return_val_if_fail (user_id != NULL, FALSE);

  yyjson_mut_doc_set_root (question, root);
  yyjson_mut_obj_add_str (question, root, "user_id", user_id);
  if (subject != NULL)
    yyjson_mut_obj_add_str (question, root, "subject", subject);
  doc = forlop_server_question_ask (account, transport, subject != NULL ? "/v1/accounts/link" : "/v1/accounts/unlink",
                                    question, refusals, cancellable, error);

  return doc != NULL;
}
