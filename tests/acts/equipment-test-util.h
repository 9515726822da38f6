/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "acts-test-util.h"

G_BEGIN_DECLS

/* The register of the municipality: a place for the store and one for the zone, a supplier, and an
 * oximeter that is calibrated every 30 days. */
typedef struct {
  ActsTest *test;
  char *store_place;
  char *zone_place;
  char *supplier;
  char *oximeter;
  char *plan;
} Stock;

/* The clock stands on 12 March 2026. */
Stock        *stock_new          (void);
void          stock_free         (Stock             *stock);

/* What @act made or changed first. */
char         *stock_do           (Stock             *stock,
                                  const ForlopActor *actor,
                                  const char        *act,
                                  const char        *json,
                                  ...) G_GNUC_PRINTF (4, 5);
/* A citizen whose service is granted: the case. */
char         *stock_grant        (Stock             *stock,
                                  const char        *given_name) G_GNUC_WARN_UNUSED_RESULT;
/* An oximeter, received or ready. */
char         *stock_receive      (Stock             *stock,
                                  const char        *serial) G_GNUC_WARN_UNUSED_RESULT;
char         *stock_make_ready   (Stock             *stock,
                                  const char        *serial) G_GNUC_WARN_UNUSED_RESULT;
/* Whether @act with @item_id as its one argument is done; the reason why not is thrown away. */
gboolean      stock_try          (Stock             *stock,
                                  const ForlopActor *actor,
                                  const char        *act,
                                  const char        *json);
char         *stock_hand_out     (Stock             *stock,
                                  const char        *case_id,
                                  const char        *item_id) G_GNUC_WARN_UNUSED_RESULT;
void          stock_return       (Stock             *stock,
                                  const char        *loan_id);
void          stock_assert_state (Stock             *stock,
                                  const char        *item_id,
                                  const char        *state);
/* "returned cleaning": the states the item's life line went through, in order. */
char         *stock_life_line    (Stock             *stock,
                                  const char        *item_id) G_GNUC_WARN_UNUSED_RESULT;
/* How many duties follow from @source_id by @rule. */
unsigned int  stock_n_duties     (Stock             *stock,
                                  const char        *source_id,
                                  const char        *rule);

#define CHECKLIST \
  "\"parts_complete\":true,\"cleaned\":false,\"factory_reset\":true,\"unpaired\":true"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stock, stock_free)

G_END_DECLS
