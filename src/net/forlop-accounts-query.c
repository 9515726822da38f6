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
  g_free (self->person);
  g_free (self);
}

static const ForlopRefusal refusals[] = {
  { 0, "not_allowed", N_("Only an administrator decides who signs in. Nothing was changed.") },
  { 0, "no_browser_sign_in",
    N_("The municipality has no sign-in by browser on this server. Nothing was changed.") },
  { 0, "invalid", NULL },
  { 0 },
};

static gpointer
read_user (yyjson_val *value)
{
  const char *user_id = yyjson_get_str (yyjson_obj_get (value, "user_id"));
  ForlopServerUser *user;

  if (user_id == NULL)
    return NULL;
  user = g_new0 (ForlopServerUser, 1);
  user->user_id = g_strdup (user_id);
  user->name = g_strdup (yyjson_get_str (yyjson_obj_get (value, "name")));
  user->person = g_strdup (yyjson_get_str (yyjson_obj_get (value, "person")));
  user->is_open = g_strcmp0 (yyjson_get_str (yyjson_obj_get (value, "state")), "active") == 0;
  user->by_password = yyjson_get_bool (yyjson_obj_get (value, "password"));
  user->by_browser = yyjson_get_bool (yyjson_obj_get (value, "browser"));

  return user;
}

GPtrArray *
forlop_accounts_list_users (ForlopServerAccount  *account,
                            ForlopHttpTransport  *transport,
                            GCancellable         *cancellable,
                            GError              **error)
{
  g_autoptr (yyjson_doc) doc =
    forlop_server_question_ask (account, transport, "/v1/accounts", NULL, refusals, cancellable, error);

  return doc != NULL ? forlop_server_question_list (doc, "accounts", refusals, read_user,
                                                    (GDestroyNotify) forlop_server_user_free, error) : NULL;
}

gboolean
forlop_accounts_link_user (ForlopServerAccount  *account,
                           ForlopHttpTransport  *transport,
                           const char           *user_id,
                           const char           *subject,
                           GCancellable         *cancellable,
                           GError              **error)
{
  g_autoptr (yyjson_mut_doc) question = forlop_server_question_new ("user_id", user_id, "subject", subject, NULL);
  g_autoptr (yyjson_doc) doc = NULL;

  g_return_val_if_fail (user_id != NULL, FALSE);

  doc = forlop_server_question_ask (account, transport, subject != NULL ? "/v1/accounts/link" : "/v1/accounts/unlink",
                                    question, refusals, cancellable, error);

  return doc != NULL;
}
