/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-citizen-row.h"
#include "forlop-store.h"

G_BEGIN_DECLS

/* The citizens of the municipality as a list model, in the order of their names. Which there are is
 * known as soon as one index has been read; what a row says is read when somebody asks for it, a
 * page at a time. Lives in the main thread. */

/**
 * ForlopCitizenFilter:
 * @FORLOP_CITIZEN_EVERYBODY: All citizens.
 * @FORLOP_CITIZEN_IN_SERVICE: Those in service.
 * @FORLOP_CITIZEN_BEFORE_START: Those with a case that has not started.
 * @FORLOP_CITIZEN_ENDED: Those whose service has ended and whose case is not closed.
 */
typedef enum {
  FORLOP_CITIZEN_EVERYBODY,
  FORLOP_CITIZEN_IN_SERVICE,
  FORLOP_CITIZEN_BEFORE_START,
  FORLOP_CITIZEN_ENDED,
} ForlopCitizenFilter;

/* What one page holds. */
#define FORLOP_CITIZEN_LIST_PAGE 128

#define FORLOP_TYPE_CITIZEN_LIST (forlop_citizen_list_get_type ())
G_DECLARE_FINAL_TYPE (ForlopCitizenList, forlop_citizen_list, FORLOP, CITIZEN_LIST, GObject)

ForlopCitizenList *forlop_citizen_list_new        (ForlopStore          *store) G_GNUC_WARN_UNUSED_RESULT;
/* Reads anew with another filter; @unit_id NULL for every unit. */
void               forlop_citizen_list_set_filter (ForlopCitizenList    *self,
                                                   ForlopCitizenFilter   filter,
                                                   const char           *unit_id);
/* Reads anew; called by itself when the store says that the citizens have changed. */
void               forlop_citizen_list_refresh    (ForlopCitizenList    *self);
/* Whether something is on its way. */
gboolean           forlop_citizen_list_is_loading (ForlopCitizenList    *self);

/* The queries, for whoever has a connection: GArray of gint64 in order, and GPtrArray of
 * ForlopCitizenFields for those that still exist, in no order. */
GArray            *forlop_citizen_list_load_order (ForlopConnection     *connection,
                                                   ForlopCitizenFilter   filter,
                                                   const char           *unit_id,
                                                   GError              **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray         *forlop_citizen_list_load_fields (ForlopConnection    *connection,
                                                   const gint64         *rows,
                                                   unsigned int          n_rows,
                                                   GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
