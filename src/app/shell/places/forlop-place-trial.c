/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-place-trial.h"

#include <string.h>

typedef struct {
  GPtrArray *places;
  char *passphrase;
} Trial;

static void
trial_free (gpointer data)
{
  Trial *trial = data;

  g_ptr_array_unref (trial->places);
  explicit_bzero (trial->passphrase, strlen (trial->passphrase));
  g_free (trial->passphrase);
  g_free (trial);
}

/* One after the other: each try fills a lot of memory by design. */
static DexFuture *
try_fiber (gpointer user_data)
{
  Trial *trial = user_data;

  for (unsigned int i = 0; i < trial->places->len; i++)
    forlop_workplace_try_await (g_ptr_array_index (trial->places, i), trial->passphrase);

  return NULL;
}

void
forlop_place_trial_begin (GListModel *places,
                          const char *passphrase)
{
  Trial *trial;

  g_return_if_fail (G_IS_LIST_MODEL (places));
  g_return_if_fail (passphrase != NULL);

  trial = g_new0 (Trial, 1);
  trial->places = g_ptr_array_new_with_free_func (g_object_unref);
  trial->passphrase = g_strdup (passphrase);
  for (unsigned int i = 0; i < g_list_model_get_n_items (places); i++)
    g_ptr_array_add (trial->places, g_list_model_get_item (places, i));
  dex_future_disown (dex_scheduler_spawn (NULL, 0, try_fiber, trial, trial_free));
}
