/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-private.h"

const ForlopAct forlop_acts_equipment[] = {
  { .name = NULL },
};
