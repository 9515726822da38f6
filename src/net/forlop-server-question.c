/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-server-question.h"

#include <glib/gi18n-lib.h>

static const ForlopRefusal otherwise[] = {
  { 401, NULL, N_("You are not signed in to the server. Nothing was changed. Sign in, and try once more.") },
  { 0, NULL, N_("The server did not answer the question. Nothing was changed. Try again in a while.") },
};

static const ForlopRefusal *
find_refusal (const ForlopRefusal *refusals,
              unsigned int         status,
              const char          *code,
              const char          *detail)
{
  for (const ForlopRefusal *each = refusals; each->status != 0 || each->code != NULL || each->sentence != NULL; each++)
    if ((each->status == 0 || each->status == status) &&
        (each->code == NULL || g_strcmp0 (each->code, code) == 0) && (each->sentence != NULL || detail != NULL))
      return each;

  return status == otherwise[0].status ? &otherwise[0] : &otherwise[1];
}

static void
explain (const ForlopHttpAnswer  *answer,
         const ForlopRefusal     *refusals,
         GError                 **error)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (answer->text != NULL ? answer->text : "", -1, NULL);
  yyjson_val *root = yyjson_doc_get_root (doc);
  const char *code = yyjson_get_str (yyjson_obj_get (root, "code"));
  const char *detail = yyjson_get_str (yyjson_obj_get (root, "detail"));
  const ForlopRefusal *refusal = find_refusal (refusals, answer->status, code, detail);

  g_set_error_literal (error, FORLOP_SIGN_IN_ERROR,
                       answer->status == 401 ? FORLOP_SIGN_IN_ERROR_WRONG : FORLOP_SIGN_IN_ERROR_REFUSED,
                       refusal->sentence != NULL ? _(refusal->sentence) : detail);
}

void
forlop_server_question_miss (const ForlopRefusal  *refusals,
                             GError              **error)
{
  const ForlopHttpAnswer nothing = { 0 };

  g_return_if_fail (refusals != NULL);

  explain (&nothing, refusals, error);
}

yyjson_doc *
forlop_server_question_ask (ForlopServerAccount  *account,
                            ForlopHttpTransport  *transport,
                            const char           *path,
                            yyjson_mut_doc       *question,
                            const ForlopRefusal  *refusals,
                            GCancellable         *cancellable,
                            GError              **error)
{
  g_auto (ForlopHttpAnswer) answer = { 0 };
  g_autofree char *body = NULL;
  yyjson_doc *doc = NULL;

  g_return_val_if_fail (account != NULL && path != NULL && refusals != NULL, NULL);

  body = question != NULL ? forlop_json_write (question, FALSE) : NULL;
  if (!forlop_server_account_send (account, transport, body != NULL ? "POST" : "GET", path, body, &answer, cancellable,
                                   error))
    return NULL;
  if (answer.status == 200)
    doc = forlop_json_parse (answer.text, -1, NULL);
  if (doc == NULL)
    explain (&answer, refusals, error);

  return doc;
}
