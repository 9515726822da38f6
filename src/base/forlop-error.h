/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FORLOP_ERROR:
 *
 * The error domain for problems that any module can meet. The message is always a whole
 * sentence for the user: what happened, what was kept and what to do.
 */
#define FORLOP_ERROR (forlop_error_quark ())

/**
 * ForlopError:
 * @FORLOP_ERROR_INVALID: A value was refused; the message names it and what to write instead.
 * @FORLOP_ERROR_NOT_FOUND: What was asked for does not exist.
 * @FORLOP_ERROR_NOT_ALLOWED: The person's function may not do this.
 * @FORLOP_ERROR_GATE: A condition of the pathway is not met; the message names it and its owner.
 * @FORLOP_ERROR_ALREADY: It is already done; the message says by whom and when.
 * @FORLOP_ERROR_CONFLICT: Somebody changed the same thing in between.
 */
typedef enum {
  FORLOP_ERROR_INVALID,
  FORLOP_ERROR_NOT_FOUND,
  FORLOP_ERROR_NOT_ALLOWED,
  FORLOP_ERROR_GATE,
  FORLOP_ERROR_ALREADY,
  FORLOP_ERROR_CONFLICT,
} ForlopError;

GQuark forlop_error_quark (void);

G_END_DECLS
