/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-application.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr(ForlopApplication) application = NULL;
  int status;

  forlop_application_init_runtime ();
  application = forlop_application_new ();

  status = g_application_run (G_APPLICATION (application), argc, argv);

  return status != 0 ? status : forlop_application_get_status (application);
}
