/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-audit-query.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-server-question.h"

static const ForlopRefusal refusals[] = {
  { 401, NULL, N_("You are not signed in to the server. Nothing was asked. Sign in, and try once more.") },
  { 403, NULL, N_("The list of who has opened a record is taken out by a caseworker or a leader who has access to it. "
                  "Nothing was taken out. Ask one of them.") },
  { 0 },
};

gboolean
forlop_audit_compare (ForlopServerAccount  *account,
                      ForlopHttpTransport  *transport,
                      const char           *remembered,
                      GCancellable         *cancellable,
                      GError              **error)
{
  g_autoptr (yyjson_mut_doc) question = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (question);
  g_autoptr (yyjson_doc) doc = NULL;
  g_auto (GStrv) parts = NULL;
  const char *known;

  g_return_val_if_fail (account != NULL && remembered != NULL, FALSE);

  parts = g_strsplit (remembered, ":", 2);
  g_return_val_if_fail (g_strv_length (parts) == 2, FALSE);
  yyjson_mut_doc_set_root (question, root);
  yyjson_mut_obj_add_sint (question, root, "n", g_ascii_strtoll (parts[0], NULL, 10));
  doc = forlop_server_question_ask (account, transport, "/v1/audit/checkpoint", question, refusals, cancellable, error);
  if (doc == NULL)
    return FALSE;

  known = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "known"));
  if (g_strcmp0 (known, parts[1]) == 0)
    return TRUE;
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_CONFLICT,
               known != NULL
                 ? _("The server's access log is another one at row %s than this machine remembers. What is here is "
                     "kept. Tell the administrator: “forlop-server audit verify --remembered %s”.")
                 : _("The server's access log ends before row %s, which this machine remembers. What is here is kept. "
                     "Tell the administrator: “forlop-server audit verify --remembered %s”."),
               parts[0], remembered);

  return FALSE;
}

char *
forlop_audit_extract (ForlopServerAccount  *account,
                      ForlopHttpTransport  *transport,
                      const char           *citizen_id,
                      gboolean              as_csv,
                      GCancellable         *cancellable,
                      GError              **error)
{
  g_autoptr (yyjson_mut_doc) question = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (question);
  g_autoptr (yyjson_doc) doc = NULL;
  const char *text;

  g_return_val_if_fail (account != NULL && citizen_id != NULL, NULL);

  yyjson_mut_doc_set_root (question, root);
  yyjson_mut_obj_add_str (question, root, "citizen_id", citizen_id);
  yyjson_mut_obj_add_bool (question, root, "csv", as_csv);
  doc = forlop_server_question_ask (account, transport, "/v1/audit/extract", question, refusals, cancellable, error);
  if (doc == NULL)
    return NULL;

  text = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "text"));
  if (text == NULL)
    forlop_server_question_miss (refusals, error);

  return g_strdup (text);
}
