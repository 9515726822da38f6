/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-server-program.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <libdex.h>
#include <locale.h>
#include <stdio.h>

#include "forlop-process.h"
#include "forlop-store-error.h"

typedef struct {
  const char *name;
  int (*run) (const ForlopServerOptions *options,
              char                     **words);
} Command;

static const Command commands[] = {
  { "run", forlop_server_run },
  { "tenant", forlop_server_tenant },
  { "account", forlop_server_account },
  { "openid", forlop_server_openid },
  { "audit", forlop_server_audit },
  { "backup", forlop_server_backup },
  { "device", forlop_server_device },
  { "gateway", forlop_server_gateway },
  { "system", forlop_server_system },
  { "safe", forlop_server_safe },
  { "restore", forlop_server_restore },
};

void
forlop_server_init_runtime (void)
{
  forlop_process_keep_memory_private ();
  forlop_process_limit_tls ();
  setlocale (LC_ALL, "");
  if (!g_str_equal (nl_langinfo (CODESET), "UTF-8"))
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, FORLOP_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  dex_init ();
}

int
forlop_server_fail (const GError *error)
{
  g_autofree char *sentence = NULL;
  g_autofree char *detail = NULL;

  g_return_val_if_fail (error != NULL, FORLOP_SERVER_REFUSED);

  sentence = forlop_store_error_dup_sentence (error);
  detail = forlop_store_error_dup_detail (error);
  fprintf (stderr, "%s\n", sentence);
  if (detail != NULL)
    fprintf (stderr, "%s\n", detail);

  return FORLOP_SERVER_REFUSED;
}

int
forlop_server_usage (const char *format,
                     ...)
{
  va_list arguments;

  va_start (arguments, format);
  vfprintf (stderr, format, arguments);
  va_end (arguments);
  fputc ('\n', stderr);

  return FORLOP_SERVER_USAGE;
}

static void
options_clear (ForlopServerOptions *self)
{
  g_free (self->folder);
  g_free (self->postgres);
  g_free (self->role);
  g_free (self->key_file);
  g_strfreev (self->listen);
  g_free (self->tenant);
  g_free (self->user);
  g_free (self->full_name);
  g_free (self->unit);
  g_free (self->openid_folder);
  g_free (self->gateway_folder);
  g_free (self->issuer);
  g_free (self->subject);
  g_free (self->citizen);
  g_free (self->remembered);
  g_free (self->store);
  g_free (self->passphrase_file);
  g_free (self->to);
  g_free (self->from);
  g_free (self->backup_folder);
  g_clear_pointer (&self->clock, forlop_clock_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ForlopServerOptions, options_clear)

static int
run_command (const ForlopServerOptions *options,
             char                     **words)
{
  for (unsigned int i = 0; words[0] != NULL && i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_equal (commands[i].name, words[0]))
        continue;
      if (options->folder == NULL && options->postgres == NULL && commands[i].run != forlop_server_openid)
        return forlop_server_usage (_("Say where the data are: --dir DIR or --postgres CONNINFO."));
      return commands[i].run (options, words + 1);
    }

  return forlop_server_usage (_("Say what to do; “forlop-server --help” tells more."));
}

/* Of the demo, whose day is always the same; noon is that day in every time zone of ours. */
static ForlopClock *
new_clock (const char *today)
{
  ForlopDate date;

  if (today == NULL)
    return forlop_clock_new_system ();

  return forlop_date_from_iso (today, &date)
           ? forlop_clock_new_from (forlop_instant_from_wall (date, 12 * 60))
           : NULL;
}

int
forlop_server_program_run (int    argc,
                           char **argv)
{
  g_auto (ForlopServerOptions) options = { 0 };
  g_auto (GStrv) words = NULL;
  g_autofree char *today = NULL;
  const GOptionEntry entries[] = {
    { "dir", 0, 0, G_OPTION_ARG_FILENAME, &options.folder, N_("Where the municipalities' data are"), N_("DIR") },
    { "postgres", 0, 0, G_OPTION_ARG_STRING, &options.postgres,
      N_("The database instead of files: the server's role, or the owner's for tenant create, move and upgrade"),
      N_("CONNINFO") },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role,
      N_("The role that the server has in the database, for tenant create, move and upgrade"), N_("NAME") },
    { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &options.key_file,
      N_("The server's key; else the credential forlop-key, else DIR/server.key"), N_("FILE") },
    { "listen", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.listen,
      N_("Where to listen: 127.0.0.1:8080 or unix:/run/forlop/socket"), N_("ADDRESS") },
    { "allow-remote", 0, 0, G_OPTION_ARG_NONE, &options.allow_remote,
      N_("Listen also where other machines can reach it"), NULL },
    { "behind-proxy", 0, 0, G_OPTION_ARG_NONE, &options.behind_proxy,
      N_("Believe the last address of X-Forwarded-For"), NULL },
    { "tenant", 0, 0, G_OPTION_ARG_STRING, &options.tenant, N_("The municipality"), N_("NAME") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &options.user, N_("Short name of the user"), N_("NAME") },
    { "openid", 0, 0, G_OPTION_ARG_FILENAME, &options.openid_folder,
      N_("Where the settings for sign-in by browser are, NAME.json for each municipality"), N_("DIR") },
    { "gateway", 0, 0, G_OPTION_ARG_FILENAME, &options.gateway_folder,
      N_("Where the settings of message gateways are, NAME.json for each municipality"), N_("DIR") },
    { "issuer", 0, 0, G_OPTION_ARG_STRING, &options.issuer, N_("Address of the provider of sign-ins"), N_("URL") },
    { "subject", 0, 0, G_OPTION_ARG_STRING, &options.subject, N_("The user's number with the provider"),
      N_("NUMBER") },
    { "full-name", 0, 0, G_OPTION_ARG_STRING, &options.full_name,
      N_("The first administrator's name, for account first"), N_("NAME") },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &options.unit,
      N_("The unit that the first administrator is in, or that looks at what a system sends"), N_("NAME") },
    { "reads", 0, 0, G_OPTION_ARG_NONE, &options.reads, N_("The system may read what the municipality has"), NULL },
    { "citizen", 0, 0, G_OPTION_ARG_STRING, &options.citizen, N_("Id of the citizen"), N_("ID") },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &options.as_csv, N_("The extract as a table instead of sentences"), NULL },
    { "remembered", 0, 0, G_OPTION_ARG_STRING, &options.remembered,
      N_("What a machine or the journal has kept of the access log"), N_("ROW:HASH") },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &options.store, N_("A machine's own file"), N_("FILE") },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &options.passphrase_file,
      N_("The file with its passphrase"), N_("FILE") },
    { "backup-dir", 0, 0, G_OPTION_ARG_FILENAME, &options.backup_folder,
      N_("Where the running server makes a copy when it gets SIGUSR1"), N_("DIR") },
    { "safe", 0, 0, G_OPTION_ARG_NONE, &options.is_safe,
      N_("The copy is on another machine: clients need not keep what is in it"), NULL },
    { "take-up-days", 0, 0, G_OPTION_ARG_INT, &options.take_up_days,
      N_("How long a take-up lasts that no case follows; 14"), N_("DAYS") },
    { "lease-hours", 0, 0, G_OPTION_ARG_INT, &options.lease_hours,
      N_("How long a machine works without the server before it locks; 72"), N_("HOURS") },
    { "today", 0, 0, G_OPTION_ARG_STRING, &today, N_("Start as if it were this day"), N_("YYYY-MM-DD") },
    { "to", 0, 0, G_OPTION_ARG_FILENAME, &options.to, N_("The folder of the copy"), N_("DIR") },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &options.from, N_("The folder of the copy"), N_("DIR") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context =
    g_option_context_new ("run | tenant create|list|import|move|upgrade [NAME] | account add|first|link NAME | device list|block|wipe|activate [ID] | system list|add|end [NAME] | gateway log|status|try [TELEPHONE] | openid key FILE | audit verify|extract|review | backup | safe [NAME POSITION] | restore");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) copy = g_strdupv (argv);

  g_return_val_if_fail (argc > 0, FORLOP_SERVER_USAGE);

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, &copy, &error))
    return forlop_server_usage ("%s", error->message);
  words = g_strdupv (copy + 1);
  options.clock = new_clock (today);
  if (options.clock == NULL)
    return forlop_server_usage (_("“%s” is not a date. Write the day as 2026-11-22."), today);

  return run_command (&options, words);
}
