/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-commands.h"

#include <glib/gi18n-lib.h>

const ForlopCommand forlop_commands[] = {
  { "init", "", N_("Make a new file with units, roles and a first user"), forlop_command_init },
  { "act", N_("NAME --json ARGS | --from FILE"), N_("Do what a user does, as in the window"), forlop_command_act },
  { "case show", N_("CASE"), N_("Show a case with steps, duties and time line"),
    forlop_command_case_show },
  { "gp-summary", N_("CASE [--output FILE.pdf] [--since DATE] [--question TEXT]"),
    N_("Make the trend summary for the GP, one page, and keep it in the case"), forlop_command_gp_summary },
  { "letter decision", N_("CASE [--output FILE.pdf]"),
    N_("Write the letter of the newest decision and keep it in the case"), forlop_command_letter_decision },
  { "letter plan", N_("CASE [--output FILE.pdf]"),
    N_("Write the self-treatment plan in force for the citizen and keep it in the case"), forlop_command_letter_plan },
  { "meeting agenda", N_("UNIT"), N_("Who is on the agenda of the weekly meeting, and who might be"),
    forlop_command_meeting_agenda },
  { "meeting minutes", N_("UNIT [--held DATE]"), N_("What a weekly meeting decided, and who does what"),
    forlop_command_meeting_minutes },
  { "list worklist", N_("--role ROLE"), N_("What a function must do, worst first"),
    forlop_command_list_worklist },
  { "list citizens", "", N_("Every citizen"), forlop_command_list_citizens },
  { "list cases", "", N_("Every case"), forlop_command_list_cases },
  { "list items", "", N_("Every item of equipment"), forlop_command_list_items },
  { "list access", "", N_("The access log: who saw what of whom"), forlop_command_list_access },
  { "audit verify", "", N_("Check the access log here, and that the server's is the one remembered"),
    forlop_command_audit_verify },
  { "audit extract", N_("CITIZEN"), N_("Who has opened a record, for the citizen who asks; from the server"),
    forlop_command_audit_extract },
  { "gateway status", "", N_("How the municipality's message gateway stands, and what was sent last; from the server"),
    forlop_command_gateway_status },
  { "gateway test", N_("UNIT"), N_("Send a unit's shift phone a test message through the server"),
    forlop_command_gateway_test },
  { "import citizens", N_("FILE.csv"), N_("Take in a list of citizens"),
    forlop_command_import_citizens },
  { "import measurements", N_("FILE.csv"), N_("Take in measurements and judge them"),
    forlop_command_import_measurements },
  { "check", "", N_("Read the whole file and check that all of it is right"), forlop_command_check },
  { "backup", N_("FILE"), N_("Copy the file as it is now, encrypted"), forlop_command_backup },
  { "pin", "", N_("Choose a PIN for this computer"), forlop_command_pin },
  { "pair", N_("ADDRESS"), N_("Give a new file a server, sign in and fetch what the user may see"),
    forlop_command_pair },
  { "sync-once", "", N_("Send what waits and fetch what is new"), forlop_command_sync_once },
  { "rekey", "", N_("Give the file a new key and passphrase"), forlop_command_rekey },
  { "export csv", N_("TYPE DIR"), N_("Write one kind of record, or all, as CSV"),
    forlop_command_export_csv },
  { "id check", N_("NUMBER"), N_("Say what kind of identity number it is; needs no file"),
    forlop_command_id_check },
  { "triage", N_("FILE.json"), N_("Judge measurements by a plan; needs no file"), forlop_command_triage },
  { "score news2", N_("--json VALUES"), N_("Work out a NEWS2 score; needs no file"),
    forlop_command_score_news2 },
  { "dictionary", "", N_("Describe every record and act; needs no file"), forlop_command_dictionary },
  { "demo create", N_("[--today DATE] [--municipality NAME]"), N_("Make a new file with the demo municipality"),
    forlop_command_demo_create },
  { NULL, NULL, NULL, NULL },
};

const ForlopCommand *
forlop_command_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (const ForlopCommand *command = forlop_commands; command->name != NULL; command++)
    if (g_str_equal (command->name, name))
      return command;

  return NULL;
}
