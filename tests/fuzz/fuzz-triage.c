/* SPDX-License-Identifier: EUPL-1.2 */

/* A file with a plan and measurements: it is refused with a sentence, or every measurement in it gets a
 * result, and twice the same. */

#include "fuzz.h"

#include <string.h>

#include "forlop-triage-file.h"

int
LLVMFuzzerInitialize (G_GNUC_UNUSED int    *argc,
                      G_GNUC_UNUSED char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

static char *
judge (ForlopTriageFile *file)
{
  yyjson_mut_doc *doc = forlop_triage_file_judge (file);
  yyjson_mut_val *results = yyjson_mut_obj_get (yyjson_mut_doc_get_root (doc), "results");
  char *text = yyjson_mut_write (doc, 0, NULL);

  g_assert_nonnull (text);
  g_assert_cmpuint (yyjson_mut_arr_size (results), ==, file->items->len);
  yyjson_mut_doc_free (doc);

  return text;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTriageFile) file = forlop_triage_file_parse (text, &error);
  char *first, *second;

  g_assert_true ((file == NULL) == (error != NULL));
  if (file == NULL)
    return 0;

  first = judge (file);
  second = judge (file);
  g_assert_cmpstr (first, ==, second);
  free (first);
  free (second);

  return 0;
}
