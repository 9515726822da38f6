/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-gate.h"

G_BEGIN_DECLS

/* An act is what a user does. Its declaration says who may do it, what is asked for, which gates of
 * the pathway must be open, what it writes, and how it is taken back; the function that does it is
 * found by name in the acts module. */

typedef enum {
  FORLOP_ROLE_CASEWORKER = 1 << 0,
  FORLOP_ROLE_RESOURCE_PERSON = 1 << 1,
  FORLOP_ROLE_COORDINATOR = 1 << 2,
  FORLOP_ROLE_MANAGER = 1 << 3,
  FORLOP_ROLE_ADMINISTRATOR = 1 << 4,
} ForlopRoles;

/**
 * ForlopUndo:
 * @FORLOP_UNDO_NONE: It has left the house or is binding; what follows is a new act.
 * @FORLOP_UNDO_REVERT: Taken back as it was, as long as nobody has built on it.
 */
typedef enum {
  FORLOP_UNDO_NONE,
  FORLOP_UNDO_REVERT,
} ForlopUndo;

#define FORLOP_ACT_MAX_GATES 9

/**
 * ForlopAct:
 * @name: on the command line and in the history: "register-referral".
 * @label: on the button or in the menu that opens its form, a verb: N_("Add next of kin"). The form's
 *   own button says Save.
 * @change: (nullable): the same where what it @saves or, without that, @writes is there already:
 *   N_("Change next of kin").
 * @done: on the time line and in the toast: N_("Referral registered").
 * @roles: who may do it.
 * @arguments: what is asked for, declared like the fields of a record.
 * @saves: for an act that only makes or changes one record: its type; its fields are the arguments
 *   (with "id" to change an existing one).
 * @gates: what must hold, in the order they are explained.
 * @looks_at_nothing: it has no gate and adds to the case without looking at the records that are there,
 *   so that they are not read: only the citizen and the case are.
 * @is_discreet: the line on the time line says that it was done and nothing more.
 * @undo: how it is taken back when there is no @inverse.
 * @inverse: the act that takes it back, or %NULL.
 * @writes: the record types it writes, separated by spaces.
 * @worklists: whose worklist changes, in words for the documentation.
 */
typedef struct {
  const char *name;
  const char *label;
  const char *change;
  const char *done;
  unsigned int roles;
  const ForlopField *arguments;
  const char *saves;
  ForlopGate gates[FORLOP_ACT_MAX_GATES];
  gboolean looks_at_nothing;
  gboolean is_discreet;
  ForlopUndo undo;
  const char *inverse;
  const char *writes;
  const char *worklists;
} ForlopAct;

const ForlopAct        *forlop_act_find           (const char      *name);
const ForlopAct *const *forlop_acts               (unsigned int    *n_acts);
/* A record type whose fields are the act's arguments, so that an argument is read, checked and shown
 * like any field. */
const ForlopRecordType *forlop_act_get_arguments  (const ForlopAct *act);
gboolean                forlop_act_allows_role    (const ForlopAct *act,
                                                   const char      *role);
/* What it is called when it is done on a record of @subject_type, in the reader's language. */
const char             *forlop_act_title          (const ForlopAct *act,
                                                   const char      *subject_type);
/* "caseworker" → FORLOP_ROLE_CASEWORKER; 0 when unknown. */
unsigned int            forlop_role_from_code     (const char      *role);
const char             *forlop_role_label         (const char      *role);

G_END_DECLS
