/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-flow.h"
#include "forlop-letter.h"

G_BEGIN_DECLS

/* The letter of a decision, from the sender's name to the signature. Nothing it needs may be missing. */
void forlop_decision_letter_write (ForlopFlow         *flow,
                                   const ForlopLetter *letter);

G_END_DECLS
