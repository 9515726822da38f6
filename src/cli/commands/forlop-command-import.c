/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-cli-import.h"
#include "forlop-commands.h"

int
forlop_command_import_citizens (ForlopCli  *self,
                                char      **argv)
{
  return forlop_cli_import (self, FORLOP_INTAKE_CITIZENS, "import citizens", argv);
}

int
forlop_command_import_measurements (ForlopCli  *self,
                                    char      **argv)
{
  return forlop_cli_import (self, FORLOP_INTAKE_MEASUREMENTS, "import measurements", argv);
}
