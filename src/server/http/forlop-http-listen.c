/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-http-listen.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>

#include "forlop-error.h"

#define BACKLOG 128
#define UNIX_PREFIX "unix:"

static void
set_address_error (GError    **error,
                   const char *address)
{
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               _("“%s” is not an address to listen on. Write “127.0.0.1:8080”, or “unix:” and the path of a "
                 "socket."), address);
}

static GSocketAddress *
parse_inet (const char  *address,
            gboolean     allow_remote,
            GError     **error)
{
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (address, 0, NULL);
  g_autoptr (GInetAddress) host = NULL;
  const char *colon = strrchr (address, ':');

  if (parsed != NULL && colon != NULL && g_ascii_isdigit (colon[1]))
    host = g_inet_address_new_from_string (
      g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed)));
  if (host == NULL)
    {
      set_address_error (error, address);
      return NULL;
    }
  if (!allow_remote && !g_inet_address_get_is_loopback (host))
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_ALLOWED,
                   _("“%s” can be reached from other machines, without encryption. Nothing was started. "
                     "Listen on this machine behind a proxy with TLS, or say --allow-remote."), address);
      return NULL;
    }

  return g_inet_socket_address_new (host, g_network_address_get_port (G_NETWORK_ADDRESS (parsed)));
}

/* A socket that an earlier run left is in the way. */
static GSocketAddress *
prepare_unix (const char *path)
{
  struct stat status;

  if (g_lstat (path, &status) == 0 && S_ISSOCK (status.st_mode))
    g_unlink (path);

  return g_unix_socket_address_new (path);
}

GSocket *
forlop_http_listen (const char  *address,
                    gboolean     allow_remote,
                    GError     **error)
{
  g_autoptr (GSocketAddress) at = NULL;
  g_autoptr (GSocket) socket = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  at = g_str_has_prefix (address, UNIX_PREFIX) ? prepare_unix (address + strlen (UNIX_PREFIX))
                                               : parse_inet (address, allow_remote, error);
  if (at == NULL)
    return NULL;
  socket = g_socket_new (g_socket_address_get_family (at), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                         error);
  if (socket == NULL)
    return NULL;
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, at, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  if (G_IS_UNIX_SOCKET_ADDRESS (at) && g_chmod (address + strlen (UNIX_PREFIX), 0660) != 0)
    g_warning ("The mode of the socket could not be set");

  return g_steal_pointer (&socket);
}

GPtrArray *
forlop_http_listen_inherited (GError **error)
{
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  int n = sd_listen_fds (TRUE);

  for (int i = 0; i < n; i++)
    {
      GSocket *socket = g_socket_new_from_fd (SD_LISTEN_FDS_START + i, error);

      if (socket == NULL)
        return NULL;
      g_ptr_array_add (sockets, socket);
    }

  return g_steal_pointer (&sockets);
}

char *
forlop_http_describe (GSocket *socket)
{
  g_autoptr (GSocketAddress) at = NULL;

  g_return_val_if_fail (G_IS_SOCKET (socket), NULL);

  at = g_socket_get_local_address (socket, NULL);
  if (G_IS_INET_SOCKET_ADDRESS (at))
    {
      g_autofree char *text = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (at));

      return g_strconcat ("http://", text, NULL);
    }
  if (G_IS_UNIX_SOCKET_ADDRESS (at))
    return g_strconcat (UNIX_PREFIX, g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (at)), NULL);

  return g_strdup ("");
}
