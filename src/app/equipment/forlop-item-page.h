/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-item-list.h"
#include "forlop-store.h"

G_BEGIN_DECLS

/* Everything the page about one item shows, read in one go. */

/**
 * ForlopItemLine:
 * @title: what happened or is to be done.
 * @detail: (nullable): when, by whom, why.
 * @subject_type, @subject_id: (nullable): what the act of the line is done on.
 * @act: (nullable): static: the act the line asks for.
 * @urgent: whether it is overdue or open.
 */
typedef struct {
  char *title;
  char *detail;
  const char *subject_type;
  char *subject_id;
  const char *act;
  gboolean urgent;
} ForlopItemLine;

/**
 * ForlopItemPage:
 * @facts, @due, @faults, @service, @life: of #ForlopItemLine.
 */
typedef struct {
  ForlopItemFields *item;
  GPtrArray *facts;
  GPtrArray *due;
  GPtrArray *faults;
  GPtrArray *service;
  GPtrArray *life;
} ForlopItemPage;

void            forlop_item_page_free (ForlopItemPage    *self);
ForlopItemPage *forlop_item_page_load (ForlopConnection  *connection,
                                       const char        *item_id,
                                       ForlopDate         today,
                                       gboolean           with_holder,
                                       GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopItemPage, forlop_item_page_free)

G_END_DECLS
