/* SPDX-License-Identifier: EUPL-1.2 */

/* What somebody gives to an act as JSON: it is refused with a sentence, or it is arguments that the act's
 * declaration can judge. */

#include "fuzz.h"

#include "forlop-acts.h"

int
LLVMFuzzerInitialize (G_GNUC_UNUSED int    *argc,
                      G_GNUC_UNUSED char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

static void
validate (ForlopRecord *arguments)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (forlop_record_validate (arguments, &error) == (error == NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  unsigned int n_acts;
  const ForlopAct *const *acts = forlop_acts (&n_acts);

  for (unsigned int i = g_str_hash (text) % 8; i < n_acts; i += 8)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ForlopRecord) arguments = forlop_acts_parse_arguments (acts[i], text, &error);

      g_assert_true ((arguments == NULL) == (error != NULL));
      if (arguments != NULL)
        validate (arguments);
    }

  return 0;
}
