/* SPDX-License-Identifier: EUPL-1.2 */

/* Any text at all: what is right today has a kind and eleven digits, and blanks change nothing. */

#include "fuzz.h"

#include <string.h>

#include "forlop-id-number.h"

#define TODAY 20779 /* 22.11.2026 */

int
LLVMFuzzerInitialize (G_GNUC_UNUSED int    *argc,
                      G_GNUC_UNUSED char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

static void
check_texts (const char               *text,
             const ForlopIdNumberInfo *info)
{
  g_autofree char *number = forlop_id_number_normalize (text);
  g_autofree char *shown = forlop_id_number_format (number);
  g_autofree char *masked = forlop_id_number_mask (number, FORLOP_DATE_NONE);
  g_autofree char *again = forlop_id_number_normalize (shown);
  ForlopIdNumberInfo shown_info;

  g_assert_cmpstr (again, ==, number);
  forlop_id_number_examine (shown, &shown_info);
  g_assert_cmpint (shown_info.kind, ==, info->kind);
  g_assert_cmpint (shown_info.valid_today, ==, info->valid_today);

  if (info->valid_today)
    {
      g_assert_cmpuint (strlen (number), ==, FORLOP_ID_NUMBER_LENGTH);
      g_assert_null (strstr (masked, number + 6));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  ForlopIdNumberInfo info, validated;

  forlop_id_number_examine (text, &info);
  gboolean valid = forlop_id_number_validate (text, TODAY, &validated, &error);

  g_assert_true (valid == info.valid_today);
  g_assert_true (valid == (error == NULL));
  g_assert_true (!info.valid_today || info.valid_2032);
  g_assert_true (!info.valid_2032 || info.kind != FORLOP_ID_NUMBER_NONE);
  g_assert_true (!valid || validated.kind == info.kind);
  if (g_utf8_validate (text, -1, NULL))
    check_texts (text, &info);

  return 0;
}
