/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-browser-sign-in.h"

G_BEGIN_DECLS

/* A file gets its server, or its user signs in again. What is wrong is told in the words of somebody who
 * has just written an address and a password. */

/**
 * ForlopServerJoin:
 * @address: (nullable): as somebody writes it; %NULL for the server that the file has.
 * @ca_file: (nullable): the municipality's own certificate authority; %NULL for the one the file knows,
 *   if any.
 * @tenant: the municipality's name on the server.
 * @name: (nullable): of the account; %NULL to sign in by browser. Afterwards the file knows it, or the empty name.
 * @password: (nullable): with @name.
 * @new_password: (nullable): one's own, where @password turns out to be for one time.
 * @open: (nullable): shows the browser, without @name.
 */
typedef struct {
  const char *address;
  const char *ca_file;
  const char *tenant;
  const char *name;
  const char *password;
  const char *new_password;
  ForlopBrowserOpen open;
  gpointer user_data;
} ForlopServerJoin;

/* Blocks; not on the main thread, and not while a runner syncs @store. A file that has no server yet gets
 * this one when the server has taken the sign-in; otherwise it stays as it is. */
gboolean  forlop_server_join             (ForlopStore             *store,
                                          const ForlopServerJoin  *join,
                                          GCancellable            *cancellable,
                                          GError                 **error);
/* "forlop.kommune.no" becomes "https://forlop.kommune.no". */
char     *forlop_server_join_dup_address (const char              *written) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
