/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-authority.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-http-transport.h"

#define BEGINNING "-----BEGIN CERTIFICATE-----"

void
forlop_authority_free (ForlopAuthority *self)
{
  if (self == NULL)
    return;

  g_free (self->subject);
  g_free (self->fingerprint);
  g_free (self->pem);
  g_free (self);
}

static char *
dup_fingerprint (GByteArray *certificate)
{
  g_autofree char *digits = g_compute_checksum_for_data (G_CHECKSUM_SHA256, certificate->data, certificate->len);
  GString *text = g_string_new (NULL);

  for (const char *digit = digits; *digit != '\0'; digit += 2)
    g_string_append_printf (text, "%s%c%c", text->len > 0 ? ":" : "", g_ascii_toupper (digit[0]),
                            g_ascii_toupper (digit[1]));

  return g_string_free (text, FALSE);
}

static ForlopAuthority *
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_CERTIFICATE, sentence);

  return NULL;
}

ForlopAuthority *
forlop_authority_read (GBytes  *bytes,
                       GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GByteArray) encoded = NULL;
  ForlopAuthority *self;
  const char *first;
  gsize length;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_bytes_get_size (bytes) > 0 ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                                      : g_strdup ("");
  length = strlen (text);
  first = strstr (text, BEGINNING);
  if (first != NULL)
    certificate = g_tls_certificate_new_from_pem (text, (gssize) length, NULL);
  if (certificate == NULL)
    return refuse (error, _("There is no certificate in the file. Nothing was changed. Choose the file that you "
                            "have from the municipality; its name often ends in .pem or .crt."));
  /* All of them would be trusted, and only one is shown. */
  if (strstr (first + strlen (BEGINNING), BEGINNING) != NULL)
    return refuse (error, _("There are several certificates in the file. Nothing was changed. Ask the municipality "
                            "for a file with that of its authority alone."));

  self = g_new0 (ForlopAuthority, 1);
  g_object_get (certificate, "certificate", &encoded, "certificate-pem", &self->pem, "subject-name",
                &self->subject, NULL);
  self->fingerprint = dup_fingerprint (encoded);

  return self;
}
