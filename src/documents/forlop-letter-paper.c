/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-letter-paper.h"

#include <glib/gi18n-lib.h>

#include "forlop-decision-letter.h"
#include "forlop-error.h"
#include "forlop-letter-words.h"
#include "forlop-plan-paper.h"

static void
write_letter (ForlopFlow *flow,
              gpointer    user_data)
{
  const ForlopLetter *letter = user_data;

  if (forlop_letter_is_plan (letter))
    forlop_plan_paper_write (flow, letter);
  else
    forlop_decision_letter_write (flow, letter);
}

gboolean
forlop_letter_paper_check (const ForlopLetter  *letter,
                           GError             **error)
{
  g_auto (GStrv) missing = NULL;
  g_autofree char *sentences = NULL;

  g_return_val_if_fail (letter != NULL, FALSE);

  missing = forlop_letter_find_missing (letter);
  if (*missing == NULL)
    return TRUE;
  sentences = g_strjoinv ("\n", missing);
  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_INVALID, sentences);

  return FALSE;
}

unsigned int
forlop_letter_paper_count_pages (const ForlopLetter *letter)
{
  g_return_val_if_fail (letter != NULL, 0);

  return forlop_flow_count (write_letter, (gpointer) letter);
}

static void
draw_page (const ForlopLetter *letter,
           unsigned int        page,
           unsigned int        n_pages,
           cairo_t            *cr)
{
  g_autofree char *number = g_strdup_printf ("%u", page + 1);
  g_autofree char *of = g_strdup_printf ("%u", n_pages);
  g_autofree char *foot = forlop_letter_words_fill (forlop_letter_get_language (letter), "page", "page", number,
                                                    "pages", of, NULL);

  forlop_flow_draw (write_letter, (gpointer) letter, page, foot, cr);
}

void
forlop_letter_paper_draw (const ForlopLetter *letter,
                          unsigned int        page,
                          cairo_t            *cr)
{
  g_return_if_fail (letter != NULL);
  g_return_if_fail (cr != NULL);

  draw_page (letter, page, forlop_letter_paper_count_pages (letter), cr);
}

typedef struct {
  const ForlopLetter *letter;
  unsigned int n_pages;
} Pages;

static void
draw_cb (cairo_t      *cr,
         unsigned int  page,
         gpointer      user_data)
{
  const Pages *pages = user_data;

  draw_page (pages->letter, page, pages->n_pages, cr);
}

/**
 * forlop_letter_paper_to_pdf:
 *
 * Returns: (transfer full): the file's contents.
 */
GBytes *
forlop_letter_paper_to_pdf (const ForlopLetter  *letter,
                            GError             **error)
{
  Pages pages = { letter, 0 };
  ForlopPaperInfo info;
  const char *language;

  g_return_val_if_fail (letter != NULL, NULL);

  if (!forlop_letter_paper_check (letter, error))
    return NULL;
  language = forlop_letter_get_language (letter);
  pages.n_pages = forlop_letter_paper_count_pages (letter);
  info = (ForlopPaperInfo) {
    .title = forlop_letter_words (language, forlop_letter_is_plan (letter) ? "plan-title" : "decision-about"),
    .author = letter->office != NULL ? forlop_record_get_text (letter->office, "name") : NULL,
    .made_at = forlop_snapshot_get_now (letter->snapshot),
  };

  return forlop_paper_to_pdf (draw_cb, &pages, pages.n_pages, &info, error);
}

char *
forlop_letter_paper_dup_title (const ForlopLetter *letter)
{
  g_autofree char *date = NULL;

  g_return_val_if_fail (letter != NULL, NULL);

  date = forlop_date_format (forlop_snapshot_get_today (letter->snapshot));

  /* Translators: the name of a file; a date. */
  return g_strdup_printf (forlop_letter_is_plan (letter) ? _("Self-treatment plan %s.pdf") : _("Decision letter %s.pdf"),
                          date);
}
