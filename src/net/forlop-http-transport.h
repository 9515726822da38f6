/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Requests to the municipality's server. Blocks; made and used on one thread. It has no cookies,
 * follows nothing, accepts no certificate but a right one, and takes no answer without end. */

/**
 * FORLOP_HTTP_ERROR:
 *
 * Why there was no answer. The message is a sentence for the user.
 */
#define FORLOP_HTTP_ERROR (forlop_http_error_quark ())

/**
 * ForlopHttpError:
 * @FORLOP_HTTP_ERROR_ADDRESS: The address in the settings is wrong, or without encryption.
 * @FORLOP_HTTP_ERROR_UNREACHABLE: Nobody answers there, or there is no network.
 * @FORLOP_HTTP_ERROR_CERTIFICATE: Whoever answers is not the server, or its certificate is wrong.
 * @FORLOP_HTTP_ERROR_TIMED_OUT: The answer did not come in time.
 * @FORLOP_HTTP_ERROR_TOO_LARGE: The answer was larger than any is.
 * @FORLOP_HTTP_ERROR_NOT_UNDERSTOOD: The answer is not one of the server's.
 */
typedef enum {
  FORLOP_HTTP_ERROR_ADDRESS,
  FORLOP_HTTP_ERROR_UNREACHABLE,
  FORLOP_HTTP_ERROR_CERTIFICATE,
  FORLOP_HTTP_ERROR_TIMED_OUT,
  FORLOP_HTTP_ERROR_TOO_LARGE,
  FORLOP_HTTP_ERROR_NOT_UNDERSTOOD,
} ForlopHttpError;

GQuark forlop_http_error_quark (void);

/**
 * ForlopHttpSettings:
 * @address: "https://forlop.kommune.no"; "http://" on this machine alone.
 * @ca_file: (nullable): the municipality's own certificate authority; otherwise the system's are used.
 * @proxy: (nullable): "none", or a proxy's URL; %NULL for what the system says.
 * @timeout_seconds: without a byte; 0 for 30.
 */
typedef struct {
  const char *address;
  const char *ca_file;
  const char *proxy;
  unsigned int timeout_seconds;
} ForlopHttpSettings;

/**
 * ForlopHttpAnswer:
 * @text: the body, ended by NUL.
 * @retry_after: seconds the server asks to wait, or 0.
 * @server_time: the instant at which the server says it answered, to the second; 0 when it does not.
 */
typedef struct {
  unsigned int status;
  char *text;
  gint64 retry_after;
  gint64 server_time;
} ForlopHttpAnswer;

typedef struct _ForlopHttpTransport ForlopHttpTransport;

/* Only TLS 1.2 and 1.3 with forward secrecy answer. Before anything that knows GIO, in main(). */
void                 forlop_http_transport_init   (void);

ForlopHttpTransport *forlop_http_transport_new    (const ForlopHttpSettings  *settings,
                                                   GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
void                 forlop_http_transport_free   (ForlopHttpTransport       *self);
/* @token and @body are nullable. TRUE with @answer for every HTTP status. */
gboolean             forlop_http_transport_send   (ForlopHttpTransport       *self,
                                                   const char                *method,
                                                   const char                *path,
                                                   const char                *token,
                                                   const char                *body,
                                                   ForlopHttpAnswer          *answer,
                                                   GCancellable              *cancellable,
                                                   GError                   **error);
/* Opens a stream; @status is that of its answer. */
GInputStream        *forlop_http_transport_open   (ForlopHttpTransport       *self,
                                                   const char                *path,
                                                   const char                *token,
                                                   unsigned int              *status,
                                                   GCancellable              *cancellable,
                                                   GError                   **error) G_GNUC_WARN_UNUSED_RESULT;

void                 forlop_http_answer_clear     (ForlopHttpAnswer          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopHttpTransport, forlop_http_transport_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ForlopHttpAnswer, forlop_http_answer_clear)

G_END_DECLS
