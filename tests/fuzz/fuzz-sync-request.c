/* SPDX-License-Identifier: EUPL-1.2 */

/* What any machine may send to the server: it is refused with a sentence, or read, and what was read
 * can be laid over nothing and over itself without harm. */

#include "fuzz.h"

#include <string.h>

#include "forlop-json.h"
#include "forlop-sync-server-private.h"

int
LLVMFuzzerInitialize (G_GNUC_UNUSED int    *argc,
                      G_GNUC_UNUSED char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

static void
merge (ForlopChangeset           *changeset,
       const ForlopSyncOperation *operation)
{
  const ForlopMergeTarget nothing = { 0 };
  const ForlopField *field;
  g_autoptr (GError) error = NULL;
  ForlopMergeOutcome outcome =
    forlop_merge_operation (changeset, operation, &nothing, &field, &error);

  g_assert_true (outcome == FORLOP_MERGE_CLEAN || outcome == FORLOP_MERGE_INVALID);
  g_assert_true ((error != NULL) == (outcome == FORLOP_MERGE_INVALID));
}

static void
take (ForlopSyncChangeset *incoming)
{
  g_autoptr (ForlopActor) actor =
    forlop_actor_new (incoming->user_id, incoming->role, incoming->unit_id);
  g_autoptr (ForlopChangeset) changeset =
    forlop_changeset_new (incoming->op_id, incoming->act, actor, incoming->created_at);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (incoming->op_no, >, 0);
  g_assert_cmpuint (strlen (incoming->hash), ==, 64);
  for (unsigned int i = 0; i < incoming->operations->len; i++)
    merge (changeset, &g_array_index (incoming->operations, ForlopSyncOperation, i));
  if (!forlop_changeset_finish (changeset, &error))
    g_assert_nonnull (error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  ForlopSyncReply *refusal = NULL;
  g_autoptr (yyjson_doc) doc = forlop_sync_read_request (text, strlen (text), &refusal);
  g_autoptr (ForlopSyncReply) reply = refusal;
  yyjson_val *value;
  size_t i, n;

  g_assert_true ((doc == NULL) == (reply != NULL));
  if (doc == NULL)
    return 0;

  yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "changesets"), i, n, value)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ForlopSyncChangeset) incoming = forlop_sync_changeset_read (value, FORLOP_SYNC_OPERATIONS, &error);

      g_assert_true ((incoming == NULL) == (error != NULL));
      if (incoming != NULL)
        take (incoming);
    }

  return 0;
}
