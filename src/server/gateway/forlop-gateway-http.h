/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <libsoup/soup.h>

#include "forlop-gateway-settings.h"

G_BEGIN_DECLS

/* How long the gateway may take to answer. */
#define FORLOP_GATEWAY_SECONDS 10

SoupSession *forlop_gateway_http_new  (const ForlopGatewaySettings  *settings,
                                       GError                      **error) G_GNUC_WARN_UNUSED_RESULT;
/* Posts one message, which begins with a word when it is only a test. Blocks, with an end; follows nothing. TRUE when the gateway has taken it. @result: (out):
 * what it answered or why it could not be asked; never what it was sent. */
gboolean     forlop_gateway_http_post (SoupSession                  *session,
                                       const ForlopGatewaySettings  *settings,
                                       const char                   *id,
                                       const char                   *address,
                                       gboolean                      is_test,
                                       GCancellable                 *cancellable,
                                       char                        **result);

G_END_DECLS
