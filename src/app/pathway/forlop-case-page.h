/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-view.h"

G_BEGIN_DECLS

/* A citizen and the case: where it stands, what comes next and whose it is, all that is recorded,
 * and all that happened. The subject is the id of a case. */

#define FORLOP_TYPE_CASE_PAGE (forlop_case_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (ForlopCasePage, forlop_case_page, FORLOP, CASE_PAGE, ForlopView)

/**
 * ForlopCasePageClass:
 * @kind: what the subject is the id of: "case", or "citizen" for the newest case of a citizen.
 */
struct _ForlopCasePageClass
{
  ForlopViewClass parent_class;

  const char *kind;
};

/* The same about a citizen: the newest case, or the way to begin one. */
#define FORLOP_TYPE_CITIZEN_PAGE (forlop_citizen_page_get_type ())
G_DECLARE_FINAL_TYPE (ForlopCitizenPage, forlop_citizen_page, FORLOP, CITIZEN_PAGE, ForlopCasePage)

G_END_DECLS
