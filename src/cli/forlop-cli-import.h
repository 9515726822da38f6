/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-cli.h"
#include "forlop-intake.h"

G_BEGIN_DECLS

/* The command @name, which takes in the rows of one file and prints what became of them; a ForlopExit. */
int forlop_cli_import (ForlopCli         *self,
                       ForlopIntakeKind   kind,
                       const char        *name,
                       char             **argv);

G_END_DECLS
