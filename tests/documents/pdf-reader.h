/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a PDF says, read with poppler-utils. */

/* What @program of poppler-utils prints of @pdf. */
char *pdf_reader_ask          (const char   *program,
                               GBytes       *pdf) G_GNUC_WARN_UNUSED_RESULT;
/* In the order it was written, with one space wherever a line ends or a column begins. */
char *pdf_reader_text         (GBytes       *pdf) G_GNUC_WARN_UNUSED_RESULT;
void  pdf_reader_assert_pages (GBytes       *pdf,
                               unsigned int  n_pages);
void  pdf_reader_assert_says  (const char   *text,
                               const char   *part);
void  pdf_reader_assert_not   (const char   *text,
                               const char   *part);

G_END_DECLS
