/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-cli.h"

int
main (int    argc,
      char **argv)
{
  forlop_cli_init_runtime ();

  return forlop_cli_run (argc, argv);
}
