/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-fhir-endpoints.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "forlop-fhir-bundle.h"
#include "forlop-fhir-observation.h"
#include "forlop-fhir-outcome.h"
#include "forlop-json.h"
#include "forlop-sync-ingest.h"

/* So many measurements are stored by one commit. */
#define COMMIT_ENTRIES 500

static ForlopSyncReply *
refuse_sender (ForlopServerCall *call)
{
  return call->system->sends
           ? NULL
           : forlop_fhir_refuse (403, "forbidden", _("This system may not send measurements. Nothing was stored."));
}

/* Why it is kept apart, for those who run the system that sent it. */
static const char *
words_of_fault (const char *fault)
{
  static const struct { const char *fault; const char *words; } all[] = {
    { "unknown_citizen", N_("The citizen is not known here. The measurement is kept for somebody to look at.") },
    { "unknown_code", N_("What was measured is not known here. The measurement is kept for somebody to look at.") },
    { "wrong_unit", N_("The unit does not belong to the measure. The measurement is kept for somebody to look at.") },
    { "no_time", N_("It is not said when it was measured. The measurement is kept for somebody to look at.") },
    { "future_time", N_("It is measured in the future. The measurement is kept for somebody to look at.") },
    { "unclear", N_("The value is not a number. The measurement is kept for somebody to look at.") },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_str_equal (all[i].fault, fault))
      return _(all[i].words);

  return NULL;
}

static const char *
status_of (const ForlopSyncReceipt *receipt)
{
  switch (receipt->received)
    {
    case FORLOP_SYNC_RECEIVED_STORED:
    case FORLOP_SYNC_RECEIVED_CORRECTED: return "201 Created";
    case FORLOP_SYNC_RECEIVED_KEPT: return "202 Accepted";
    case FORLOP_SYNC_RECEIVED_ALREADY:
    case FORLOP_SYNC_RECEIVED_WITHDRAWN:
    default: return "200 OK";
    }
}

static yyjson_mut_val *
outcome_of (yyjson_mut_doc          *doc,
            const ForlopSyncReceipt *receipt)
{
  switch (receipt->received)
    {
    case FORLOP_SYNC_RECEIVED_STORED:
      return forlop_fhir_outcome_new (doc, "information", "informational", _("The measurement is stored."));
    case FORLOP_SYNC_RECEIVED_KEPT:
      return forlop_fhir_outcome_new (doc, "warning",
                                      g_str_equal (receipt->fault, "unknown_citizen") ? "not-found" : "business-rule",
                                      words_of_fault (receipt->fault));
    case FORLOP_SYNC_RECEIVED_WITHDRAWN:
      return forlop_fhir_outcome_new (doc, "information", "informational", _("The measurement is marked as invalid."));
    case FORLOP_SYNC_RECEIVED_CORRECTED:
      return forlop_fhir_outcome_new (doc, "information", "informational",
                                      _("The measurement is stored, and the one that it corrects is marked as invalid."));
    case FORLOP_SYNC_RECEIVED_ALREADY:
    default:
      return forlop_fhir_outcome_new (doc, "information", "duplicate",
                                      _("The measurement was here already. Nothing was changed."));
    }
}

/* All of it or nothing; batches of it are stored one after the other. */
static gboolean
take (ForlopServerCall   *call,
      ForlopIncoming    **incoming,
      unsigned int        n_incoming,
      ForlopSyncReceipt  *receipts,
      gint64             *head,
      GError            **error)
{
  const ForlopSyncSender sender = {
    .name = call->system->name, .unit_id = call->system->unit_id, .request_id = call->request_id,
  };
  gint64 now = forlop_clock_now (call->tenant->clock);

  *head = 0;
  for (unsigned int i = 0; i < n_incoming; i += COMMIT_ENTRIES)
    {
      gint64 at;

      if (!forlop_sync_server_ingest (call->tenant->storage, &sender, now, incoming + i,
                                      MIN (COMMIT_ENTRIES, n_incoming - i), receipts + i, &at, error))
        return FALSE;
      *head = MAX (*head, at);
    }

  return TRUE;
}

static yyjson_doc *
read_body (ForlopServerCall  *call,
           ForlopSyncReply  **reply)
{
  *reply = refuse_sender (call);

  return *reply == NULL ? forlop_sync_read_request (call->text, call->length, reply) : NULL;
}

ForlopSyncReply *
forlop_fhir_post_observation (ForlopServerCall  *call,
                              GError           **error)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) body = read_body (call, &reply);
  g_autoptr (yyjson_mut_doc) doc = NULL;
  g_autoptr (ForlopIncoming) incoming = NULL;
  g_autoptr (GError) refusal = NULL;
  ForlopSyncReceipt receipt = { 0 };
  gint64 head;

  if (body == NULL)
    return reply;
  incoming = forlop_fhir_observation_read (yyjson_doc_get_root (body), NULL, &refusal);
  if (incoming == NULL)
    return forlop_fhir_refuse (422, "invalid", refusal->message);
  if (!take (call, &incoming, 1, &receipt, &head, error))
    return NULL;

  doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_doc_set_root (doc, outcome_of (doc, &receipt));
  reply = forlop_sync_reply_new ((unsigned int) atoi (status_of (&receipt)), forlop_json_write (doc, FALSE));
  reply->head = head;
  if (receipt.received != FORLOP_SYNC_RECEIVED_KEPT)
    reply->location = g_strconcat ("/fhir/Observation/", receipt.id, NULL);

  return reply;
}

static void
add_response (yyjson_mut_doc *doc,
              yyjson_mut_val *entries,
              const char     *status,
              const char     *id,
              yyjson_mut_val *outcome)
{
  yyjson_mut_val *entry = yyjson_mut_obj (doc);
  yyjson_mut_val *response = yyjson_mut_obj (doc);
  g_autofree char *location = id != NULL ? g_strconcat ("Observation/", id, NULL) : NULL;

  yyjson_mut_arr_append (entries, entry);
  yyjson_mut_obj_add_val (doc, entry, "response", response);
  yyjson_mut_obj_add_strcpy (doc, response, "status", status);
  forlop_json_add_text (doc, response, "location", location);
  if (outcome != NULL)
    yyjson_mut_obj_add_val (doc, response, "outcome", outcome);
}

/* In the order of the entries; @receipts are those of the readings among them. */
static char *
write_responses (const ForlopFhirBundle   *bundle,
                 const ForlopSyncReceipt  *receipts)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *entries = yyjson_mut_arr (doc);

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "resourceType", "Bundle");
  yyjson_mut_obj_add_str (doc, root, "type", bundle->is_whole ? "transaction-response" : "batch-response");
  yyjson_mut_obj_add_val (doc, root, "entry", entries);
  for (unsigned int i = 0; i < bundle->entries->len; i++)
    {
      const ForlopFhirEntry *entry = g_ptr_array_index (bundle->entries, i);

      if (entry->incoming != NULL)
        {
          add_response (doc, entries, status_of (receipts),
                        receipts->received != FORLOP_SYNC_RECEIVED_KEPT ? receipts->id : NULL,
                        outcome_of (doc, receipts));
          receipts++;
        }
      else if (entry->is_beside)
        add_response (doc, entries, "200 OK", NULL,
                      forlop_fhir_outcome_new (doc, "information", "informational",
                                               _("Only its identifiers were read; it is not stored.")));
      else
        add_response (doc, entries, "422 Unprocessable Entity", NULL,
                      forlop_fhir_outcome_new (doc, "error", "invalid", entry->refusal));
    }

  return forlop_json_write (doc, FALSE);
}

/* A transaction with a wrong entry is refused whole; NULL when there is none. */
static ForlopSyncReply *
refuse_whole (const ForlopFhirBundle *bundle,
              unsigned int            n_readings)
{
  if (!bundle->is_whole)
    return NULL;
  for (unsigned int i = 0; i < bundle->entries->len; i++)
    {
      const ForlopFhirEntry *entry = g_ptr_array_index (bundle->entries, i);
      g_autofree char *sentence = NULL;

      if (entry->refusal == NULL)
        continue;
      sentence = g_strdup_printf (_("Entry %u: %s Nothing of the transaction was stored."), i + 1, entry->refusal);
      return forlop_fhir_refuse (422, "invalid", sentence);
    }
  if (n_readings > COMMIT_ENTRIES)
    return forlop_fhir_refuse (413, "too-long", _("A transaction has at most 500 measurements. Nothing was stored; send it "
                                                  "in parts, or as a batch."));

  return NULL;
}

ForlopSyncReply *
forlop_fhir_post_bundle (ForlopServerCall  *call,
                         GError           **error)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) body = read_body (call, &reply);
  g_autoptr (ForlopFhirBundle) bundle = NULL;
  g_autoptr (GPtrArray) readings = g_ptr_array_new ();
  g_autofree ForlopSyncReceipt *receipts = NULL;
  g_autoptr (GError) refusal = NULL;
  gint64 head;

  if (body == NULL)
    return reply;
  bundle = forlop_fhir_bundle_read (yyjson_doc_get_root (body), &refusal);
  if (bundle == NULL)
    return forlop_fhir_refuse (422, "invalid", refusal->message);
  for (unsigned int i = 0; i < bundle->entries->len; i++)
    {
      const ForlopFhirEntry *entry = g_ptr_array_index (bundle->entries, i);

      if (entry->incoming != NULL)
        g_ptr_array_add (readings, entry->incoming);
    }
  reply = refuse_whole (bundle, readings->len);
  if (reply != NULL)
    return reply;

  receipts = g_new0 (ForlopSyncReceipt, readings->len + 1);
  if (!take (call, (ForlopIncoming **) readings->pdata, readings->len, receipts, &head, error))
    return NULL;
  reply = forlop_sync_reply_new (200, write_responses (bundle, receipts));
  reply->head = head;

  return reply;
}
