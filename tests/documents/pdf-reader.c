/* SPDX-License-Identifier: EUPL-1.2 */

#include "pdf-reader.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

char *
pdf_reader_ask (const char *program,
                GBytes     *pdf)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  char *out = NULL;
  int handle = g_file_open_tmp ("forlop-XXXXXX.pdf", &path, &error);

  g_assert_no_error (error);
  g_assert_true (g_close (handle, &error));
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  process = g_str_equal (program, "pdftotext")
              ? g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "-raw", path, "-", NULL)
              : g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, path, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  g_remove (path);

  return out;
}

char *
pdf_reader_text (GBytes *pdf)
{
  g_autofree char *text = pdf_reader_ask ("pdftotext", pdf);
  g_autoptr (GRegex) space = g_regex_new ("\\s+", 0, 0, NULL);

  return g_regex_replace_literal (space, text, -1, 0, " ", 0, NULL);
}

void
pdf_reader_assert_pages (GBytes       *pdf,
                         unsigned int  n_pages)
{
  g_autofree char *info = pdf_reader_ask ("pdfinfo", pdf);
  g_autofree char *pattern = g_strdup_printf ("^Pages:\\s+%u$", n_pages);
  g_autoptr (GRegex) pages = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);

  if (!g_regex_match (pages, info, 0, NULL))
    g_error ("Not %u pages:\n%s", n_pages, info);
  pdf_reader_assert_says (info, "(A4)");
  pdf_reader_assert_says (info, "Tagged:          yes");
}

void
pdf_reader_assert_says (const char *text,
                        const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("The page does not say “%s”:\n%s", part, text);
}

void
pdf_reader_assert_not (const char *text,
                       const char *part)
{
  if (strstr (text, part) != NULL)
    g_error ("The page says “%s”:\n%s", part, text);
}
