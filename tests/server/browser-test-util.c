/* SPDX-License-Identifier: EUPL-1.2 */

#include "browser-test-util.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_STEPS 20

struct _TestBrowser
{
  SoupSession *session;
  unsigned int n_asked;
};

TestBrowser *
test_browser_new (void)
{
  TestBrowser *self = g_new0 (TestBrowser, 1);
  g_autoptr (GProxyResolver) none = g_simple_proxy_resolver_new (NULL, NULL);

  self->session = soup_session_new_with_options ("timeout", 20, NULL);
  soup_session_set_proxy_resolver (self->session, none);
  soup_session_add_feature_by_type (self->session, SOUP_TYPE_COOKIE_JAR);

  return self;
}

void
test_browser_free (TestBrowser *self)
{
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_free (self);
}

unsigned int
test_browser_asked (TestBrowser *self)
{
  return self->n_asked;
}

/* The page, or where it leads. */
static char *
load (TestBrowser *self,
      SoupMessage *message,
      char       **location)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GUri) target = NULL;
  const char *where;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  body = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  where = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  if (where != NULL)
    target = g_uri_parse_relative (soup_message_get_uri (message), where, SOUP_HTTP_URI_FLAGS, NULL);
  if (target != NULL)
    *location = g_uri_to_string (target);
  else if (soup_message_get_status (message) != 200)
    g_error ("%u at %s", soup_message_get_status (message), g_uri_to_string (soup_message_get_uri (message)));

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static char *
attribute (const char *tag,
           const char *name)
{
  g_autofree char *pattern = g_strdup_printf ("^<[^>]*\\b%s=\"([^\"]*)\"", name);
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, tag, G_REGEX_MATCH_DEFAULT, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/* The page's first form, filled in. */
static SoupMessage *
fill_in (TestBrowser *self,
         const char  *address,
         const char  *page,
         const char  *name)
{
  const char *form = strstr (page, "<form");
  const char *end = form != NULL ? strstr (form, "</form>") : NULL;
  g_autofree char *action = form != NULL ? attribute (form, "action") : NULL;
  g_autofree char *target = NULL;
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (end == NULL || action == NULL)
    g_error ("Nothing to go on with at %s: %s", address, page);
  for (const char *input = strstr (form, "<input"); input != NULL && input < end; input = strstr (input + 1, "<input"))
    {
      char *key = attribute (input, "name");
      g_autofree char *value = attribute (input, "value");

      if (key == NULL)
        continue;
      if (g_str_equal (key, "login"))
        {
          g_assert_nonnull (name);
          g_set_str (&value, name);
          self->n_asked++;
        }
      else if (value == NULL)
        {
          value = g_strdup ("anything");
        }
      g_hash_table_insert (fields, key, g_steal_pointer (&value));
    }
  target = g_uri_resolve_relative (address, action, SOUP_HTTP_URI_FLAGS, NULL);

  return soup_message_new_from_encoded_form ("POST", target, soup_form_encode_hash (fields));
}

static gboolean
is_end (const char *location,
        const char *address,
        const char *until)
{
  g_autoptr (GUri) there = g_uri_parse (location, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GUri) here = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);

  if (until != NULL)
    return g_str_has_prefix (location, until);

  return !g_str_equal (g_uri_get_host (there), g_uri_get_host (here)) ||
         g_uri_get_port (there) != g_uri_get_port (here);
}

char *
test_browser_visit (TestBrowser *self,
                    const char  *address,
                    const char  *name,
                    const char  *until)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autofree char *here = g_strdup (address);

  for (int i = 0; i < MAX_STEPS; i++)
    {
      g_autofree char *location = NULL;
      g_autofree char *page = load (self, message, &location);

      g_clear_object (&message);
      if (location != NULL && is_end (location, address, until))
        return g_steal_pointer (&location);
      if (location != NULL)
        {
          g_set_str (&here, location);
          message = soup_message_new ("GET", here);
        }
      else
        message = fill_in (self, here, page, name);
    }
  g_error ("The provider leads around in a circle");
}

char *
test_browser_read (TestBrowser *self,
                   const char  *address)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autofree char *location = NULL;
  char *page = load (self, message, &location);

  g_assert_null (location);

  return page;
}

char *
test_browser_parameter (const char *address,
                        const char *name)
{
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GHashTable) parameters =
    uri != NULL && g_uri_get_query (uri) != NULL ? soup_form_decode (g_uri_get_query (uri)) : NULL;

  return parameters != NULL ? g_strdup (g_hash_table_lookup (parameters, name)) : NULL;
}
