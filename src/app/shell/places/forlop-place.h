/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-view.h"
#include "forlop-workplace.h"

G_BEGIN_DECLS

/* One of the municipalities that a list is made of. Each row stays in its own file: what is done with it is
 * done there, by whoever one is there. */

/**
 * ForlopPlace:
 * @workplace: (nullable): NULL where the window knows of no others.
 * @session: its file, and who acts there.
 * @name: (nullable): the municipality's, where there are several.
 */
typedef struct {
  ForlopWorkplace *workplace;
  ForlopSession *session;
  char *name;
} ForlopPlace;

void       forlop_place_free          (ForlopPlace   *self);
/* The session's own first, and then, @everywhere, the others it knows of: of ForlopPlace. */
GPtrArray *forlop_places_new          (ForlopSession *own,
                                       gboolean       everywhere) G_GNUC_WARN_UNUSED_RESULT;
/* The view is read anew when something happens in the other municipalities. */
void       forlop_places_follow       (ForlopView    *view);
/* The window where its records have their pages, brought to the front when it is not that of @widget. */
GtkWidget *forlop_place_go_to         (const ForlopPlace *self,
                                       GtkWidget     *widget);
/* Why it shows nobody, or may show what is old; NULL where there is nothing to tell. @error: (nullable):
 * why it could not be read. */
char      *forlop_place_dup_notice    (const ForlopPlace *self,
                                       const GError  *error) G_GNUC_WARN_UNUSED_RESULT;
/* Says it over a list, with a button where the file must be opened. */
void       forlop_place_add_notice    (const ForlopPlace *self,
                                       GtkBox        *notices,
                                       const char    *sentence);
/* Any other notice; @button is nullable. */
void       forlop_place_add_notice_with (GtkBox     *notices,
                                       const char    *sentence,
                                       GtkWidget     *button);
void       forlop_place_clear_notices (GtkBox        *notices);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopPlace, forlop_place_free)

G_END_DECLS
