/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FORLOP_INTEROP_ERROR (forlop_interop_error_quark ())

/**
 * ForlopInteropError:
 * @FORLOP_INTEROP_ERROR_READ: The file could not be read to its end; try again or copy it first.
 * @FORLOP_INTEROP_ERROR_NOT_TEXT: The file is not text in an encoding that is understood.
 * @FORLOP_INTEROP_ERROR_HEADING: The heading line is missing, or a column in it is.
 * @FORLOP_INTEROP_ERROR_UNTERMINATED: A quotation mark is opened and never closed.
 * @FORLOP_INTEROP_ERROR_TOO_LONG: A row, or a file that cannot be read twice, is too large.
 * @FORLOP_INTEROP_ERROR_ROW: One row is damaged; the rows after it can still be read.
 * @FORLOP_INTEROP_ERROR_GS1: A barcode was refused; the message says where in it and why.
 * @FORLOP_INTEROP_ERROR_FHIR: What was sent is not the FHIR resource that is asked for.
 *
 * Every message is a whole sentence for the user.
 */
typedef enum {
  FORLOP_INTEROP_ERROR_READ,
  FORLOP_INTEROP_ERROR_NOT_TEXT,
  FORLOP_INTEROP_ERROR_HEADING,
  FORLOP_INTEROP_ERROR_UNTERMINATED,
  FORLOP_INTEROP_ERROR_TOO_LONG,
  FORLOP_INTEROP_ERROR_ROW,
  FORLOP_INTEROP_ERROR_GS1,
  FORLOP_INTEROP_ERROR_FHIR,
} ForlopInteropError;

GQuark forlop_interop_error_quark (void);

G_END_DECLS
