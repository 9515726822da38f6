/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-cli.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <libdex.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "forlop-cli-paths.h"
#include "forlop-commands.h"
#include "forlop-http-transport.h"
#include "forlop-process.h"
#include "forlop-store-error.h"

static void
set_language (void)
{
  setlocale (LC_ALL, "");
  /* A machine that names no language still has Norwegian names in its files and arguments. */
  if (!g_str_equal (nl_langinfo (CODESET), "UTF-8"))
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, forlop_cli_get_locale_dir ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

void
forlop_cli_init_runtime (void)
{
  forlop_process_keep_memory_private ();
  forlop_http_transport_init ();
  set_language ();
  dex_init ();
}

void
forlop_cli_print (const char *format,
                  ...)
{
  va_list args;

  g_return_if_fail (format != NULL);

  va_start (args, format);
  vfprintf (stdout, format, args);
  va_end (args);
}

int
forlop_cli_fail (const GError *error)
{
  g_autofree char *sentence = NULL;
  g_autofree char *detail = NULL;

  g_return_val_if_fail (error != NULL, FORLOP_EXIT_REFUSED);

  sentence = forlop_store_error_dup_sentence (error);
  detail = forlop_store_error_dup_detail (error);
  fprintf (stderr, "%s\n", sentence);
  if (detail != NULL)
    fprintf (stderr, "(%s)\n", detail);

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? FORLOP_EXIT_INTERRUPTED
                                                                   : FORLOP_EXIT_REFUSED;
}

int
forlop_cli_usage (const char *format,
                  ...)
{
  va_list args;

  g_return_val_if_fail (format != NULL, FORLOP_EXIT_USAGE);

  va_start (args, format);
  vfprintf (stderr, format, args);
  va_end (args);
  fprintf (stderr, "\n");

  return FORLOP_EXIT_USAGE;
}

/* The options that every command takes, before or after its name. */
static GOptionGroup *
common_options (ForlopCli *self)
{
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &self->store_path,
      N_("The encrypted file to work on"), N_("FILE") },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &self->passphrase_file,
      N_("Read the passphrase from the first line of FILE"), N_("FILE") },
    { "as", 0, 0, G_OPTION_ARG_STRING, &self->as,
      N_("Who acts: short name or id, and the function where there are several"),
      N_("USER[:ROLE[@UNIT]]") },
    { "today", 0, 0, G_OPTION_ARG_STRING, &self->today_text,
      N_("Work as if it were this day"), N_("YYYY-MM-DD") },
    G_OPTION_ENTRY_NULL,
  };
  GOptionGroup *group = g_option_group_new ("common", _("Common options:"),
                                            _("Show the common options"), NULL, NULL);

  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);

  return group;
}

static gboolean
set_clock (ForlopCli *self,
           int       *exit_code)
{
  g_clear_pointer (&self->clock, forlop_clock_unref);
  if (self->today_text == NULL)
    {
      self->clock = forlop_clock_new_system ();
      return TRUE;
    }

  if (!forlop_date_from_iso (self->today_text, &self->today))
    {
      *exit_code = forlop_cli_usage (_("“%s” is not a date. Write the day as 2026-11-22."),
                                     self->today_text);
      return FALSE;
    }
  /* Noon, as in the window, so that the day is the same in every time zone. */
  self->clock = forlop_clock_new_from (forlop_instant_from_wall (self->today, 12 * 60));

  return TRUE;
}

static GOptionContext *
new_context (const char         *parameters,
             const GOptionEntry *entries)
{
  GOptionContext *context = g_option_context_new (parameters);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  return context;
}

void
forlop_cli_print_help (const char         *name,
                       const GOptionEntry *entries)
{
  const ForlopCommand *command = forlop_command_find (name);
  ForlopCli unused = { 0 };
  g_autofree char *parameters = NULL;
  g_autoptr (GOptionContext) context = NULL;
  g_autofree char *help = NULL;

  g_return_if_fail (command != NULL);

  parameters = g_strdup_printf ("%s %s", command->name,
                                *command->arguments != '\0' ? _(command->arguments) : "");
  context = new_context (g_strstrip (parameters), entries);
  g_option_context_set_summary (context, _(command->summary));
  g_option_context_add_group (context, common_options (&unused));
  help = g_option_context_get_help (context, FALSE, NULL);
  forlop_cli_print ("%s", help);
}

gboolean
forlop_cli_parse (ForlopCli           *self,
                  const char          *name,
                  char               **argv,
                  const GOptionEntry  *entries,
                  char              ***rest,
                  int                 *exit_code)
{
  const GOptionEntry help_entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &self->help, N_("Show this help"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = g_strdupv (argv);

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (argv != NULL, FALSE);

  context = new_context (NULL, entries);
  g_option_context_add_main_entries (context, help_entries, GETTEXT_PACKAGE);
  g_option_context_add_group (context, common_options (self));
  if (!g_option_context_parse_strv (context, &words, &error))
    {
      *exit_code = forlop_cli_usage ("%s", error->message);
      return FALSE;
    }
  if (!set_clock (self, exit_code))
    return FALSE;

  /* The first word is the command's own. */
  *rest = g_strdupv (words + 1);
  if (!self->help || name == NULL)
    return TRUE;

  forlop_cli_print_help (name, entries);
  *exit_code = FORLOP_EXIT_DONE;

  return FALSE;
}

static void
print_overview (void)
{
  forlop_cli_print ("%s\n  forlopctl %s %s\n\n%s\n", _("Usage:"),
                    _("[--store FILE] [--passphrase-file FILE] [--as USER]"), _("COMMAND …"),
                    _("Commands:"));
  for (const ForlopCommand *command = forlop_commands; command->name != NULL; command++)
    {
      g_autofree char *left = g_strdup_printf (
        "%s %s", command->name, *command->arguments != '\0' ? _(command->arguments) : "");
      int room = 34 - (int) g_utf8_strlen (left, -1);

      forlop_cli_print ("  %s%*s%s\n", left, MAX (room, 1), "", _(command->summary));
    }
  forlop_cli_print ("\n%s\n", _("“forlopctl COMMAND --help” tells more; “man forlopctl” tells all."));
}

/* Ctrl+C cancels what is going on, which then ends as it should; a second one ends at once, and the
 * store is whole all the same. */
static gpointer
wait_for_signals (gpointer data)
{
  GCancellable *cancellable = data;
  sigset_t signals;
  int number;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  while (sigwait (&signals, &number) == 0)
    {
      if (g_cancellable_is_cancelled (cancellable))
        _exit (FORLOP_EXIT_INTERRUPTED);
      g_cancellable_cancel (cancellable);
    }

  return NULL;
}

/* Before any other thread, so that they all leave the signals to this one. */
static void
watch_signals (GCancellable *cancellable)
{
  sigset_t signals;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  g_thread_unref (g_thread_new ("signals", wait_for_signals, g_object_ref (cancellable)));
}

/* Finds the command at the beginning of @words; @n_words receives how many words name it. */
static const ForlopCommand *
find_command (char         **words,
              unsigned int  *n_words)
{
  const ForlopCommand *command = forlop_command_find (words[0]);

  *n_words = 1;
  if (command == NULL && words[1] != NULL)
    {
      g_autofree char *name = g_strdup_printf ("%s %s", words[0], words[1]);

      *n_words = 2;
      command = forlop_command_find (name);
    }

  return command;
}

static int
run_command (ForlopCli  *self,
             char      **words)
{
  unsigned int n_words;
  const ForlopCommand *command;
  int exit_code;

  if (words[0] == NULL)
    {
      print_overview ();
      return FORLOP_EXIT_USAGE;
    }

  command = find_command (words, &n_words);
  if (command == NULL)
    return forlop_cli_usage (_("There is no command “%s”. “forlopctl --help” lists them."), words[0]);

  exit_code = command->func (self, words + n_words - 1);
  if (fflush (stdout) != 0 && exit_code == FORLOP_EXIT_DONE)
    return forlop_cli_usage (_("The result could not be written out. What was done is kept."));

  return exit_code;
}

static void
cli_clear (ForlopCli *self)
{
  g_free (self->store_path);
  g_free (self->passphrase_file);
  g_free (self->as);
  g_free (self->today_text);
  g_clear_pointer (&self->key, forlop_key_unref);
  g_clear_pointer (&self->clock, forlop_clock_unref);
  g_clear_object (&self->cancellable);
}

int
forlop_cli_run (int    argc,
                char **argv)
{
  gboolean help = FALSE;
  gboolean version = FALSE;
  const GOptionEntry entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  ForlopCli self = { .today = FORLOP_DATE_NONE };
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  int exit_code = FORLOP_EXIT_DONE;

  g_return_val_if_fail (argc > 0 && argv != NULL, FORLOP_EXIT_USAGE);

  words = g_strdupv (argv);
  g_set_prgname ("forlopctl");
  self.cancellable = g_cancellable_new ();
  watch_signals (self.cancellable);

  context = new_context (NULL, entries);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_group (context, common_options (&self));
  if (!g_option_context_parse_strv (context, &words, &error))
    exit_code = forlop_cli_usage ("%s", error->message);
  else if (version)
    forlop_cli_print ("forlopctl %s\n", FORLOP_VERSION);
  else if (help)
    print_overview ();
  else
    exit_code = run_command (&self, words + 1);

  cli_clear (&self);

  return exit_code;
}
