/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-error.h"

G_DEFINE_QUARK (forlop-error-quark, forlop_error)
