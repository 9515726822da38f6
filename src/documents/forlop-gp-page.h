/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-gp-summary.h"
#include "forlop-paper.h"

G_BEGIN_DECLS

/* The trend summary for the GP as one page of A4. What has no room is left out from the end of its list, and the list
 * says how many; the question is never shortened, and refused when it is too long for the page. */

#define FORLOP_GP_QUESTION_MAX_LENGTH 600
#define FORLOP_GP_QUESTION_MAX_LINES 8

/* INVALID when @question, or NULL, is longer than the page has room for. */
gboolean  forlop_gp_question_check (const char             *question,
                                    GError                **error);
/* On any surface: the preview and the printer get the same page as the file. */
void      forlop_gp_page_draw      (const ForlopGpSummary  *summary,
                                    cairo_t                *cr);
GBytes   *forlop_gp_page_to_pdf    (const ForlopGpSummary  *summary,
                                    GError                **error) G_GNUC_WARN_UNUSED_RESULT;
/* The page in short, for who does not see it. */
char     *forlop_gp_page_dup_words (const ForlopGpSummary  *summary) G_GNUC_WARN_UNUSED_RESULT;
/* What the document is called in the case: "Trend summary for the GP 22.11.2026.pdf". */
char     *forlop_gp_page_dup_title (const ForlopGpSummary  *summary) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
