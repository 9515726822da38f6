/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-cli.h"

G_BEGIN_DECLS

/* The commands. @argv begins with the command's last word and is ended by NULL. Each returns a
 * ForlopExit. */

typedef int (*ForlopCommandFunc) (ForlopCli  *self,
                                  char      **argv);

/**
 * ForlopCommand:
 * @name: one word, or two for a command with an object: "case show".
 * @arguments: what follows it in the help, marked with N_(); "" for nothing.
 * @summary: one line, marked with N_().
 */
typedef struct {
  const char *name;
  const char *arguments;
  const char *summary;
  ForlopCommandFunc func;
} ForlopCommand;

/* Ended by a command without name, in the order of the help. */
extern const ForlopCommand forlop_commands[];

const ForlopCommand *forlop_command_find (const char *name);

int forlop_command_init            (ForlopCli *self, char **argv);
int forlop_command_act             (ForlopCli *self, char **argv);
int forlop_command_case_show       (ForlopCli *self, char **argv);
int forlop_command_list_worklist   (ForlopCli *self, char **argv);
int forlop_command_list_citizens   (ForlopCli *self, char **argv);
int forlop_command_list_cases      (ForlopCli *self, char **argv);
int forlop_command_list_items      (ForlopCli *self, char **argv);
int forlop_command_list_access     (ForlopCli *self, char **argv);
int forlop_command_import_citizens (ForlopCli *self, char **argv);
int forlop_command_import_measurements (ForlopCli *self, char **argv);
int forlop_command_triage          (ForlopCli *self, char **argv);
int forlop_command_score_news2     (ForlopCli *self, char **argv);
int forlop_command_check           (ForlopCli *self, char **argv);
int forlop_command_backup          (ForlopCli *self, char **argv);
int forlop_command_pin             (ForlopCli *self, char **argv);
int forlop_command_pair            (ForlopCli *self, char **argv);
int forlop_command_audit_verify    (ForlopCli *self, char **argv);
int forlop_command_audit_extract   (ForlopCli *self, char **argv);
int forlop_command_gateway_status  (ForlopCli *self, char **argv);
int forlop_command_gateway_test    (ForlopCli *self, char **argv);
int forlop_command_sync_once       (ForlopCli *self, char **argv);
int forlop_command_rekey           (ForlopCli *self, char **argv);
int forlop_command_export_csv      (ForlopCli *self, char **argv);
int forlop_command_gp_summary      (ForlopCli *self, char **argv);
int forlop_command_letter_decision (ForlopCli *self, char **argv);
int forlop_command_letter_plan     (ForlopCli *self, char **argv);
int forlop_command_meeting_agenda  (ForlopCli *self, char **argv);
int forlop_command_meeting_minutes (ForlopCli *self, char **argv);
int forlop_command_id_check        (ForlopCli *self, char **argv);
int forlop_command_dictionary      (ForlopCli *self, char **argv);
int forlop_command_demo_create     (ForlopCli *self, char **argv);

G_END_DECLS
