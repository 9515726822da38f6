/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-case-data.h"
#include "forlop-session.h"

G_BEGIN_DECLS

/* The documents of a citizen: the list, a file that is added, and a copy that is saved outside. */

/* @with_extract: with the list of who has opened the record, for a citizen who asks. */
GtkWidget *forlop_case_documents_new    (ForlopCaseData *data,
                                         const char     *role,
                                         gboolean        with_extract) G_GNUC_WARN_UNUSED_RESULT;
/* Asks for a file, keeps it encrypted, and then asks what it is. */
void       forlop_case_documents_attach (GtkWidget      *widget,
                                         ForlopSession  *session,
                                         const char     *case_id,
                                         const char     *citizen_id);
/* Opens the document in the program that the desktop has for it. */
void       forlop_case_documents_show   (GtkWidget      *widget,
                                         ForlopSession  *session,
                                         ForlopRecord   *document);
/* Asks where, and writes the document there. */
void       forlop_case_documents_export (GtkWidget      *widget,
                                         ForlopSession  *session,
                                         ForlopRecord   *document);

G_END_DECLS
