/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-session.h"

G_BEGIN_DECLS

/* A page of the window: header bar, the content a subclass gives, and when to read anew. */

#define FORLOP_TYPE_VIEW (forlop_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (ForlopView, forlop_view, FORLOP, VIEW, AdwNavigationPage)

/**
 * ForlopViewClass:
 * @refresh: What is shown may have changed. Called when the view is shown for the first time, and
 *   later at most once for every change, never while the view is hidden.
 * @get_scenes: (nullable): Names of further states worth a picture, ended by NULL: tabs, filters.
 * @show_scene: (nullable): Shows one of them.
 */
struct _ForlopViewClass
{
  AdwNavigationPageClass parent_class;

  void               (*refresh)    (ForlopView *self);
  const char *const *(*get_scenes) (ForlopView *self);
  void               (*show_scene) (ForlopView *self,
                                    const char *scene);
};

ForlopSession     *forlop_view_get_session    (ForlopView    *self);
/* The id of the record the page is about, or NULL. */
const char        *forlop_view_get_subject_id (ForlopView    *self);
void               forlop_view_set_content    (ForlopView    *self,
                                               GtkWidget     *content);
gboolean           forlop_view_get_narrow     (ForlopView    *self);
/* Name of the help page, without language and ending. */
const char        *forlop_view_get_help       (ForlopView    *self);
/* While busy, the first data is still on its way; pictures wait for it. */
gboolean           forlop_view_get_busy       (ForlopView    *self);
void               forlop_view_set_busy       (ForlopView    *self,
                                               gboolean       busy);
/* When what came first is shown: whether the keyboard is nowhere, or in the bar only because there was nothing else. */
gboolean           forlop_view_wants_keyboard (ForlopView    *self);
void               forlop_view_take_keyboard  (ForlopView    *self);
/* Marks what is shown as old and reads anew now or when the view is shown next. */
void               forlop_view_queue_refresh  (ForlopView    *self);
const char *const *forlop_view_get_scenes     (ForlopView    *self);
void               forlop_view_show_scene     (ForlopView    *self,
                                               const char    *scene);

G_END_DECLS
