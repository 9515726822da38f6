/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-interop-error.h"

G_DEFINE_QUARK (forlop-interop-error-quark, forlop_interop_error)
