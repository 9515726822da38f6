/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "forlop-error.h"

#define MAX_SECRET 4096

void
forlop_secret_free (char *secret)
{
  if (secret == NULL)
    return;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
say (int         fd,
     const char *text)
{
  if (write (fd, text, strlen (text)) < 0)
    g_debug ("the terminal does not take text: %s", g_strerror (errno));
}

/* Waits for a key or for Ctrl+C. */
static gboolean
wait_for_input (int            fd,
                GCancellable  *cancellable,
                GError       **error)
{
  struct pollfd polled[] = {
    { .fd = fd, .events = POLLIN },
    { .fd = g_cancellable_get_fd (cancellable), .events = POLLIN },
  };

  while (poll (polled, G_N_ELEMENTS (polled), -1) < 0 && errno == EINTR)
    ;
  g_cancellable_release_fd (cancellable);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static char *
read_line (int            fd,
           GCancellable  *cancellable,
           GError       **error)
{
  char *line = g_malloc0 (MAX_SECRET + 1);
  gsize length = 0;

  while (length < MAX_SECRET)
    {
      gssize n;

      if (!wait_for_input (fd, cancellable, error))
        {
          explicit_bzero (line, MAX_SECRET);
          g_free (line);
          return NULL;
        }
      n = read (fd, line + length, MAX_SECRET - length);
      if (n <= 0)
        break;
      length += (gsize) n;
      if (memchr (line, '\n', length) != NULL)
        break;
    }
  line[strcspn (line, "\r\n")] = '\0';

  return line;
}

char *
forlop_terminal_ask (const char    *prompt,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autofd int fd = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  struct termios shown, hidden;
  char *answer;

  g_return_val_if_fail (prompt != NULL, NULL);

  if (fd < 0 || tcgetattr (fd, &shown) != 0)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("The passphrase is needed and there is no terminal to ask on. Nothing was done. "
                     "Give it with --passphrase-file FILE."));
      return NULL;
    }

  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (fd, TCSAFLUSH, &hidden);
  say (fd, prompt);
  answer = read_line (fd, cancellable, error);
  say (fd, "\n");
  tcsetattr (fd, TCSAFLUSH, &shown);

  return answer;
}
