/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-letter.h"

#include <cairo.h>

G_BEGIN_DECLS

/* A letter or a plan for a citizen, on as many pages of A4 as it needs. */

/* INVALID with the sentences of forlop_letter_find_missing() when something is missing. */
gboolean      forlop_letter_paper_check       (const ForlopLetter  *letter,
                                               GError             **error);
unsigned int  forlop_letter_paper_count_pages (const ForlopLetter  *letter);
/* On any surface, @page from 0: the preview and the printer get the same pages as the file. */
void          forlop_letter_paper_draw        (const ForlopLetter  *letter,
                                               unsigned int         page,
                                               cairo_t             *cr);
/* Fails as forlop_letter_paper_check(). */
GBytes       *forlop_letter_paper_to_pdf      (const ForlopLetter  *letter,
                                               GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* What the document is called in the case: "Decision letter 22.11.2026.pdf". */
char         *forlop_letter_paper_dup_title   (const ForlopLetter  *letter) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
