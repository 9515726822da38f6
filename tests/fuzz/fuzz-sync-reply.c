/* SPDX-License-Identifier: EUPL-1.2 */

/* What a server, or somebody in its place, may answer: every reader refuses with a sentence or reads,
 * and a record that was read is written as the same bytes. */

#include "fuzz.h"

#include "forlop-json.h"
#include "forlop-sync-answer.h"

int
LLVMFuzzerInitialize (G_GNUC_UNUSED int    *argc,
                      G_GNUC_UNUSED char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

static void
take_rows (GPtrArray *rows)
{
  for (unsigned int i = 0; i < rows->len; i++)
    {
      const ForlopSyncRow *row = g_ptr_array_index (rows, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (ForlopRecord) record = forlop_sync_row_to_record (row, &error);
      g_autoptr (ForlopSyncRow) again = NULL;
      g_autoptr (ForlopRecord) copy = NULL;
      g_autoptr (ForlopSyncRow) third = NULL;

      g_assert_true (record == NULL || error == NULL);
      if (record == NULL)
        continue;
      again = forlop_sync_row_from_record (record, row->seq);
      copy = forlop_sync_row_to_record (again, &error);
      g_assert_no_error (error);
      third = forlop_sync_row_from_record (copy, row->seq);
      g_assert_cmpstr (third->body, ==, again->body);
      g_assert_cmpstr (third->field_vtags, ==, again->field_vtags);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  const ForlopSyncPlace start = { 0 };
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (yyjson_doc) doc = forlop_json_parse (text, -1, NULL);
  yyjson_val *root = yyjson_doc_get_root (doc);
  g_autoptr (GError) hello_error = NULL;
  g_autoptr (GError) results_error = NULL;
  g_autoptr (GError) page_error = NULL;
  g_autoptr (GError) scope_error = NULL;
  ForlopSyncHello hello;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (ForlopSyncPage) page = NULL;
  g_autoptr (ForlopSyncScopePage) scope = NULL;

  if (root == NULL)
    return 0;

  g_assert_true (forlop_sync_answer_read_hello (root, &hello, &hello_error) == (hello_error == NULL));
  results = forlop_sync_answer_read_results (root, &results_error);
  g_assert_true ((results == NULL) == (results_error != NULL));
  page = forlop_sync_answer_read_page (root, 0, &page_error);
  g_assert_true ((page == NULL) == (page_error != NULL));
  scope = forlop_sync_answer_read_scope (root, "cat", &start, &scope_error);
  g_assert_true ((scope == NULL) == (scope_error != NULL));
  if (page != NULL)
    take_rows (page->rows);
  if (scope != NULL)
    take_rows (scope->rows);

  return 0;
}
