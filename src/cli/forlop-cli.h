/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-store.h"

G_BEGIN_DECLS

/* The command line: what is said before the command, the table of commands, and what every command
 * needs. Results go to standard output, everything else to standard error. */

/**
 * ForlopExit:
 * @FORLOP_EXIT_DONE: All of it was done.
 * @FORLOP_EXIT_REFUSED: Refused or failed; a sentence on standard error says why and what was kept.
 * @FORLOP_EXIT_PARTLY: An import took in the good rows and refused others, which it names.
 * @FORLOP_EXIT_USAGE: The command line itself was not understood.
 * @FORLOP_EXIT_INTERRUPTED: Ended by Ctrl+C; nothing is half done.
 *
 * The exit codes, described for users in data/forlopctl.1.
 */
typedef enum {
  FORLOP_EXIT_DONE = 0,
  FORLOP_EXIT_REFUSED = 1,
  FORLOP_EXIT_PARTLY = 2,
  FORLOP_EXIT_USAGE = 64,
  FORLOP_EXIT_INTERRUPTED = 130,
} ForlopExit;

/**
 * ForlopCli:
 * @store_path: (nullable): the file that was named.
 * @passphrase_file: (nullable): where the passphrase is read from.
 * @as: (nullable): who acts, as it was written.
 * @key: (nullable): the key of a file that was just made.
 * @help: whether help was asked for.
 * @today: the day it is done as if it were, or %FORLOP_DATE_NONE.
 * @clock: what shows that day.
 * @cancellable: cancelled by Ctrl+C.
 *
 * What was said for every command.
 */
typedef struct {
  char *store_path;
  char *passphrase_file;
  char *as;
  char *today_text;
  ForlopKey *key;
  gboolean help;
  ForlopDate today;
  ForlopClock *clock;
  GCancellable *cancellable;
} ForlopCli;

/* Language, character set and libraries; before anything else. */
void         forlop_cli_init_runtime (void);
int          forlop_cli_run          (int                 argc,
                                      char              **argv);

/* Reads the own options of the command @name, in @entries, and the common ones. What is left goes
 * to @rest. FALSE when the command shall end with @exit_code at once, as after its help. A command
 * that gives NULL for @name looks at @self->help itself. */
gboolean     forlop_cli_parse        (ForlopCli          *self,
                                      const char         *name,
                                      char              **argv,
                                      const GOptionEntry *entries,
                                      char             ***rest,
                                      int                *exit_code);
/* Prints how @command, such as "import citizens", is used. */
void         forlop_cli_print_help   (const char         *command,
                                      const GOptionEntry *entries);
/* The sentence of @error and its technical detail, on standard error. */
int          forlop_cli_fail         (const GError       *error);
int          forlop_cli_usage        (const char         *format,
                                      ...) G_GNUC_PRINTF (1, 2);
/* UTF-8 to standard output, as it stands. */
void         forlop_cli_print        (const char         *format,
                                      ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
