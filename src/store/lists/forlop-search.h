/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-date.h"

G_BEGIN_DECLS

/* Search as you type over citizens, cases and items: by name, identity number, address, telephone,
 * case number, serial number and asset tag. */

#define FORLOP_SEARCH_MAX_HITS 50

/**
 * ForlopSearchKinds:
 *
 * What is looked for.
 */
typedef enum {
  FORLOP_SEARCH_CITIZENS = 1 << 0,
  FORLOP_SEARCH_CASES = 1 << 1,
  FORLOP_SEARCH_ITEMS = 1 << 2,
} ForlopSearchKinds;

#define FORLOP_SEARCH_EVERYTHING \
  (FORLOP_SEARCH_CITIZENS | FORLOP_SEARCH_CASES | FORLOP_SEARCH_ITEMS)

/**
 * ForlopSearchHit:
 * @kind: one kind.
 * @id: of the citizen, the case or the item.
 * @citizen_id: (nullable): whose it is; for an item who has it on loan.
 * @title: the citizen's name; of an item the product and serial number.
 * @number: (nullable): of a case its number, of an item its asset tag.
 * @birth_date: of the citizen, or %FORLOP_DATE_NONE.
 * @unit_name: (nullable): the citizen's unit; of an item where it is.
 * @state: (nullable): code: of a citizen or case the status of the case, of an item its state.
 * @step: (nullable): code of the step of the pathway.
 * @case_id: (nullable): the newest case of the citizen, or the case.
 */
typedef struct {
  ForlopSearchKinds kind;
  char *id;
  char *citizen_id;
  char *case_id;
  char *title;
  char *number;
  ForlopDate birth_date;
  char *unit_name;
  char *state;
  char *step;
} ForlopSearchHit;

void       forlop_search_hit_free (ForlopSearchHit   *self);
/* GPtrArray of ForlopSearchHit, best first, at most @limit and FORLOP_SEARCH_MAX_HITS. Text that
 * has no letter or digit finds nothing. */
GPtrArray *forlop_search_run      (ForlopConnection  *connection,
                                   const char        *text,
                                   ForlopSearchKinds  kinds,
                                   unsigned int       limit,
                                   GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSearchHit, forlop_search_hit_free)

G_END_DECLS
