/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-fhir-outcome.h"

#include "forlop-json.h"

yyjson_mut_val *
forlop_fhir_outcome_new (yyjson_mut_doc *doc,
                         const char     *severity,
                         const char     *code,
                         const char     *diagnostics)
{
  yyjson_mut_val *outcome = yyjson_mut_obj (doc);
  yyjson_mut_val *issue = yyjson_mut_obj (doc);
  yyjson_mut_val *issues = yyjson_mut_arr (doc);

  yyjson_mut_obj_add_str (doc, outcome, "resourceType", "OperationOutcome");
  yyjson_mut_obj_add_val (doc, outcome, "issue", issues);
  yyjson_mut_arr_append (issues, issue);
  yyjson_mut_obj_add_strcpy (doc, issue, "severity", severity);
  yyjson_mut_obj_add_strcpy (doc, issue, "code", code);
  forlop_json_add_text (doc, issue, "diagnostics", diagnostics);

  return outcome;
}

ForlopSyncReply *
forlop_fhir_refuse (unsigned int  status,
                    const char   *code,
                    const char   *sentence)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);

  yyjson_mut_doc_set_root (doc, forlop_fhir_outcome_new (doc, "error", code, sentence));

  return forlop_sync_reply_new (status, forlop_json_write (doc, FALSE));
}

static const char *
code_of (unsigned int status)
{
  switch (status)
    {
    case 401: return "login";
    case 403: return "forbidden";
    case 404: return "not-found";
    case 405: return "not-supported";
    case 411:
    case 413:
    case 414: return "too-long";
    case 415: return "not-supported";
    case 429: return "throttled";
    case 500: return "exception";
    case 503: return "transient";
    default: return "invalid";
    }
}

void
forlop_fhir_outcome_take_problem (ForlopSyncReply *reply)
{
  g_autoptr (yyjson_doc) problem = NULL;
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_val *root;

  g_return_if_fail (reply != NULL && reply->body != NULL);

  problem = forlop_json_parse (reply->body, -1, NULL);
  root = yyjson_doc_get_root (problem);
  if (root == NULL || yyjson_obj_get (root, "resourceType") != NULL)
    return;
  yyjson_mut_doc_set_root (doc, forlop_fhir_outcome_new (doc, "error", code_of (reply->status),
                                                         yyjson_get_str (yyjson_obj_get (root, "detail"))));
  g_free (reply->body);
  reply->body = forlop_json_write (doc, FALSE);
}
