/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-server-program.h"

int
main (int    argc,
      char **argv)
{
  forlop_server_init_runtime ();

  return forlop_server_program_run (argc, argv);
}
