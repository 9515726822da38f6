/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-server-account.h"

G_BEGIN_DECLS

/* Sign-in with the municipality's own service, in the system's browser: the server says where, the person signs
 * in there, and the server takes what the browser brings back. No password passes through this program. */

/* Shows @url to the user. Called on the thread that signs in. */
typedef void (*ForlopBrowserOpen) (const char *url,
                                   gpointer    user_data);

/**
 * ForlopBrowserWords:
 * @tenant: the municipality's name on the server.
 * @device_id: this file's id, made once.
 * @device_name: what the list of devices calls it.
 * @is_fresh: whether the service asks who it is also when it knows.
 */
typedef struct {
  const char *tenant;
  const char *device_id;
  const char *device_name;
  gboolean is_fresh;
  ForlopBrowserOpen open;
  gpointer user_data;
} ForlopBrowserWords;

/* Blocks until the browser has come back, ten minutes at most. Refused: an error of %FORLOP_SIGN_IN_ERROR. */
gboolean forlop_browser_sign_in (ForlopServerAccount       *account,
                                 ForlopHttpTransport       *transport,
                                 const ForlopBrowserWords  *words,
                                 GCancellable              *cancellable,
                                 GError                   **error);

G_END_DECLS
