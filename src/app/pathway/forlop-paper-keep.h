/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-act-run.h"
#include "forlop-paper.h"

G_BEGIN_DECLS

/* A finished page becomes a document of the case, and is printed when that is wished. */

/**
 * ForlopPaperPrint:
 * @citizen_id: whom it is logged on that it was printed.
 * @draw: draws one of the @n_pages, with @data.
 */
typedef struct {
  const char *job_name;
  const char *citizen_id;
  unsigned int n_pages;
  ForlopPaperFunc draw;
  gpointer data;
  GDestroyNotify data_free;
} ForlopPaperPrint;

/* One page on the screen, as it will be printed. */
GdkTexture *forlop_paper_texture_new (ForlopPaperFunc       draw,
                                      gpointer              data,
                                      unsigned int          page) G_GNUC_WARN_UNUSED_RESULT;

/* Stores @pdf, puts its name in the field “content” of @calls's last act, and does @calls, all or none. @page: a widget
 * that outlives the dialog. @done is called when it is kept or refused. After that it is printed, where @print is not
 * NULL; its data are taken in any case. */
void        forlop_paper_keep        (GtkWidget              *page,
                                      ForlopSession          *session,
                                      GBytes                 *pdf,
                                      const ForlopActCall    *calls,
                                      unsigned int            n_calls,
                                      const ForlopPaperPrint *print,
                                      ForlopActDoneFunc       done,
                                      gpointer                user_data,
                                      GDestroyNotify          user_data_free);

G_END_DECLS
