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

yyjson_mut_doc *
forlop_server_question_new (const char *name,
                            ...)
{
  yyjson_mut_doc *self = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (self);
  va_list arguments;

  yyjson_mut_doc_set_root (self, root);
  va_start (arguments, name);
  for (const char *each = name; each != NULL; each = va_arg (arguments, const char *))
    forlop_json_add_text (self, root, each, va_arg (arguments, const char *));
  va_end (arguments);

  return self;
}

GPtrArray *
forlop_server_question_list (yyjson_doc            *answer,
                             const char            *name,
                             const ForlopRefusal   *refusals,
                             ForlopServerReadFunc   read,
                             GDestroyNotify         destroy,
                             GError               **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (destroy);
  yyjson_val *values, *value;
  size_t i, n;

  g_return_val_if_fail (answer != NULL && name != NULL && read != NULL, NULL);

  values = yyjson_obj_get (yyjson_doc_get_root (answer), name);
  if (!yyjson_is_arr (values))
    {
      forlop_server_question_miss (refusals, error);
      return NULL;
    }
  yyjson_arr_foreach (values, i, n, value)
    {
      gpointer each = read (value);

      if (each != NULL)
        g_ptr_array_add (list, each);
    }

  return g_steal_pointer (&list);
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
