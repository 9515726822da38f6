/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-date.h"
#include "forlop-paged-list.h"

G_BEGIN_DECLS

/* The register of equipment: how many items stand in each state, the items of one state as a list
 * model, and the item a scanned code means. */

/**
 * ForlopItemQuery:
 * @state: (nullable): code of a state; %NULL for every state.
 * @location_id: (nullable): %NULL for every location.
 * @text: (nullable): part of a serial number, an asset tag or a product's name.
 * @with_holder: whether the reader may see whom an item is lent to or reserved for.
 */
typedef struct {
  char *state;
  char *location_id;
  char *text;
  gboolean with_holder;
} ForlopItemQuery;

/**
 * ForlopItemFields:
 * @state, @kind: interned codes.
 * @location_name: (nullable): where it lies.
 * @loan_id: (nullable): the open loan.
 * @case_id: (nullable): the case it is lent or reserved to, where the reader may see it.
 * @citizen_id, @holder_name: (nullable): the same.
 * @next_calibration_on: %FORLOP_DATE_NONE where none is due.
 * @since: since when it has had its state; %FORLOP_INSTANT_NONE when unknown.
 * @n_faults: faults that are not resolved.
 * @waits: the server has not confirmed that it is new, or who has it.
 */
typedef struct {
  gint64 n;
  char *id;
  const char *state;
  const char *kind;
  char *product_id;
  char *product_name;
  char *serial_number;
  char *asset_tag;
  char *location_name;
  char *loan_id;
  char *case_id;
  char *citizen_id;
  char *holder_name;
  ForlopDate next_calibration_on;
  gint64 since;
  unsigned int n_faults;
  gboolean waits;
} ForlopItemFields;

extern const ForlopPagedSource forlop_item_list_source;

ForlopItemQuery *forlop_item_query_new     (const char        *state,
                                            const char        *location_id,
                                            const char        *text,
                                            gboolean           with_holder) G_GNUC_WARN_UNUSED_RESULT;
void             forlop_item_query_free    (ForlopItemQuery   *self);
void             forlop_item_fields_free   (ForlopItemFields  *self);

/* code of a state → how many (GUINT_TO_POINTER); states without items are not in it. */
GHashTable      *forlop_item_list_counts   (ForlopConnection  *connection,
                                            const char        *location_id,
                                            const char        *text,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* GPtrArray of ForlopItemFields: those a scanned code can mean, at most 20. With @gtin and @serial
 * the item of that product, else those whose asset tag or serial number is @code. */
GPtrArray       *forlop_item_list_find     (ForlopConnection  *connection,
                                            const char        *code,
                                            const char        *gtin,
                                            const char        *serial,
                                            gboolean           with_holder,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* The item itself, or NULL with NOT_FOUND. */
ForlopItemFields *forlop_item_list_load    (ForlopConnection  *connection,
                                            const char        *item_id,
                                            gboolean           with_holder,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopItemQuery, forlop_item_query_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopItemFields, forlop_item_fields_free)

G_END_DECLS
