/* SPDX-License-Identifier: EUPL-1.2 */

/* The message gateway over HTTP: who may see how it stands and who may try it, and what is told of it. */

#include <libdex.h>
#include <string.h>

#include "fake-gateway.h"
#include "follow-up-test-util.h"
#include "forlop-gateway.h"
#include "machine-test-util.h"
#include "people-test-util.h"

#define SHIFT_PHONE "41234567"
#define STATUS "GET", "/v1/gateway"
#define TRY "POST", "/v1/gateway/try"

typedef struct {
  HttpTest *test;
  FakeGateway *hook;
  Machine *machine; /* an administrator's */
  HttpSession *per; /* an administrator */
  HttpSession *liv; /* a manager */
  HttpSession *kari;
  char *try_zone;
} Scene;

static void
scene_clear (Scene *self)
{
  g_clear_pointer (&self->hook, fake_gateway_free);
  g_clear_pointer (&self->machine, machine_free);
  g_clear_pointer (&self->per, http_session_free);
  g_clear_pointer (&self->liv, http_session_free);
  g_clear_pointer (&self->kari, http_session_free);
  g_free (self->try_zone);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

static void
load_gateways (HttpTest   *test,
               const char *settings)
{
  g_autofree char *path = g_build_filename (test->folder, "skien.json", NULL);
  g_autoptr (GError) error = NULL;

  if (settings != NULL)
    g_assert_true (g_file_set_contents_full (path, settings, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error));
  g_assert_true (forlop_tenants_load_gateways (test->tenants, settings != NULL ? test->folder : NULL, &error));
  g_assert_no_error (error);
}

/* The zone has a shift phone; the follow-up centre has no telephone. */
static Scene
set_up (HttpTest   *test,
        const char *more)
{
  Scene self = { .test = test, .hook = fake_gateway_new (NULL) };
  g_autofree char *settings =
    g_strdup_printf ("{\"url\":\"%s?key=hemmelig\",\"text\":\"En rød alarm venter i Forløp.\"%s}", self.hook->address, more);

  self.machine = machine_new (test, "per", NULL);
  machine_catch_up (self.machine);
  g_free (machine_do (self.machine, test->acts->administrator, "save-unit", "{\"id\":\"%s\",\"shift_phone\":\"" SHIFT_PHONE "\"}",
                      test->acts->zone));
  machine_catch_up (self.machine);
  load_gateways (test, settings);
  self.per = http_test_sign_in (test, "skien", "per");
  self.liv = http_test_sign_in (test, "skien", "liv");
  self.kari = http_test_sign_in (test, "skien", "kari");
  self.try_zone = g_strdup_printf ("{\"unit_id\":\"%s\"}", test->acts->zone);

  return self;
}

static char *
status_of (Scene             *self,
           const HttpSession *session)
{
  g_autoptr (HttpResult) result = http_test_expect (self->test, 200, STATUS, session->access, NULL);

  return g_steal_pointer (&result->body);
}

static void
who_leads_sees_how_it_stands (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, "");
  g_autofree char *to_per = status_of (&scene, scene.per);
  g_autofree char *to_liv = status_of (&scene, scene.liv);
  g_autofree char *zone =
    g_strdup_printf ("{\"id\":\"%s\",\"name\":\"Sone Nord\",\"to\":\"" SHIFT_PHONE "\"}", test->acts->zone);

  g_assert_nonnull (strstr (to_per, "\"host\":\"127.0.0.1\",\"text\":\"En rød alarm venter i Forløp.\",\"may_try\":true"));
  g_assert_nonnull (strstr (to_per, zone));
  g_assert_nonnull (strstr (to_per, "\"messages\":[]"));
  g_assert_nonnull (strstr (to_liv, "\"host\":\"127.0.0.1\""));
  g_assert_nonnull (strstr (to_liv, "\"may_try\":false"));
  http_test_must (test, 403, "not_allowed", STATUS, scene.kari->access, NULL);
  http_test_must (test, 401, "not_signed_in", STATUS, NULL, NULL);
  http_test_must (test, 401, "not_signed_in", STATUS, "skien.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", NULL);
}

/* Neither the address's path nor what stands in it, nor where the token is. */
static void
no_secret_is_told (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, ",\"token_file\":\"gateway.token\"");
  g_autofree char *before = status_of (&scene, scene.per);
  g_autofree char *path = g_build_filename (test->folder, "gateway.token", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HttpResult) without = http_test_expect (test, 200, TRY, scene.per->access, scene.try_zone);
  g_autofree char *after = NULL;

  g_assert_nonnull (strstr (without->body, "cannot read the token"));
  people_move_clock (test, FORLOP_MINUTE);
  g_assert_true (g_file_set_contents_full (path, "noe-ingen-skal-se", -1, G_FILE_SET_CONTENTS_NONE, 0600, &error));
  http_test_must (test, 200, NULL, TRY, scene.per->access, scene.try_zone);
  after = status_of (&scene, scene.per);
  g_assert_cmpstr (g_ptr_array_index (scene.hook->tokens, 0), ==, "Bearer noe-ingen-skal-se");
  for (unsigned int i = 0; i < 2; i++)
    {
      const char *body = i == 0 ? before : after;

      g_assert_null (strstr (body, "hemmelig"));
      g_assert_null (strstr (body, "messages?"));
      g_assert_null (strstr (body, "/messages"));
      g_assert_null (strstr (body, "gateway.token"));
      g_assert_null (strstr (body, "noe-ingen-skal-se"));
    }
}

static void
an_administrator_tries_it_and_is_told_how_it_went (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, "");
  g_autoptr (HttpResult) taken = http_test_expect (test, 200, TRY, scene.per->access, scene.try_zone);
  g_autoptr (HttpResult) refused = NULL;
  g_autofree char *log = NULL;
  g_autofree char *again = NULL;
  g_autofree char *expected = NULL;

  g_assert_cmpstr (taken->body, ==, "{\"sent\":true,\"to\":\"" SHIFT_PHONE "\",\"result\":\"202\"}");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 1);
  expected = g_strdup_printf ("{\"id\":\"%s\",\"to\":\"" SHIFT_PHONE "\",\"text\":\"Test: En rød alarm venter i Forløp.\"}",
                              (const char *) g_ptr_array_index (scene.hook->keys, 0));
  g_assert_cmpstr (g_ptr_array_index (scene.hook->bodies, 0), ==, expected);
  log = status_of (&scene, scene.liv);
  g_assert_nonnull (strstr (log, "\"to\":\"" SHIFT_PHONE "\",\"unit\":\"Sone Nord\",\"state\":\"test_sent\",\"n\":1,"
                                 "\"result\":\"202\""));

  people_move_clock (test, FORLOP_MINUTE);
  fake_gateway_answer (scene.hook, 503);
  refused = http_test_expect (test, 200, TRY, scene.per->access, scene.try_zone);
  g_assert_cmpstr (refused->body, ==, "{\"sent\":false,\"to\":\"" SHIFT_PHONE "\",\"result\":\"503\"}");
  again = status_of (&scene, scene.liv);
  g_assert_nonnull (strstr (again, "\"messages\":[{"));
  g_assert_cmpint (strstr (again, "test_failed") - strstr (again, "test_sent"), <, 0);
}

/* A test message is not a message of an alert: it is never sent again. */
static void
a_test_message_is_sent_once (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, "");
  g_autoptr (GError) error = NULL;
  gint64 head = 0;

  fake_gateway_answer (scene.hook, 503);
  http_test_must (test, 200, NULL, TRY, scene.per->access, scene.try_zone);
  people_move_clock (test, FORLOP_HOUR);
  g_assert_true (forlop_gateway_turn (forlop_tenants_find_gateway (test->tenants, "skien"), &head, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 1);
  g_assert_cmpint (http_test_count_rows (test, "gateway_message"), ==, 1);
}

static void
nobody_else_can_try_it (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, "");
  g_autoptr (HttpSession) bamble = http_test_sign_in (test, "bamble", "per");
  g_autofree char *no_phone = g_strdup_printf ("{\"unit_id\":\"%s\"}", test->acts->centre);

  http_test_must (test, 403, "not_allowed", TRY, scene.liv->access, scene.try_zone);
  http_test_must (test, 403, "not_allowed", TRY, scene.kari->access, scene.try_zone);
  http_test_must (test, 401, "not_signed_in", TRY, NULL, scene.try_zone);
  http_test_must (test, 404, "no_gateway", TRY, bamble->access, scene.try_zone);
  http_test_must (test, 404, "no_address", TRY, scene.per->access, no_phone);
  http_test_must (test, 404, "no_address", TRY, scene.per->access,
                  "{\"unit_id\":\"01900000-0000-7000-8000-00000000dead\"}");
  http_test_must (test, 400, NULL, TRY, scene.per->access, "{\"unit_id\":\"41234567\"}");
  http_test_must (test, 400, NULL, TRY, scene.per->access, "{\"to\":\"41234567\"}");
  http_test_must (test, 400, NULL, TRY, scene.per->access, "[");
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 0);
  g_assert_cmpint (http_test_count_rows (test, "gateway_message"), ==, 0);
}

static void
one_test_message_a_minute (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, "");

  http_test_must (test, 200, NULL, TRY, scene.per->access, scene.try_zone);
  people_move_clock (test, FORLOP_MINUTE - 1);
  http_test_must (test, 429, "too_soon", TRY, scene.per->access, scene.try_zone);
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 1);
  people_move_clock (test, 1);
  http_test_must (test, 200, NULL, TRY, scene.per->access, scene.try_zone);
  g_assert_cmpuint (fake_gateway_count (scene.hook), ==, 2);
}

static void
without_a_gateway_it_says_so (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, "");
  g_autofree char *body = NULL;

  g_hash_table_remove_all (test->tenants->gateways);
  load_gateways (test, NULL);
  body = status_of (&scene, scene.per);
  g_assert_null (strstr (body, "host"));
  g_assert_nonnull (strstr (body, "\"may_try\":false"));
  http_test_must (test, 404, "no_gateway", TRY, scene.per->access, scene.try_zone);
}

/* Nobody answers there: the reason is told, and nothing of what was sent. */
static void
a_gateway_that_is_not_there_is_told (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, "");
  g_autoptr (HttpResult) result = NULL;

  g_hash_table_remove_all (test->tenants->gateways);
  load_gateways (test, "{\"url\":\"http://127.0.0.1:1/\"}");
  result = http_test_expect (test, 200, TRY, scene.per->access, scene.try_zone);
  g_assert_nonnull (strstr (result->body, "\"sent\":false"));
  g_assert_nonnull (strstr (result->body, "127.0.0.1"));
}

/* The telephone has moved to another unit, and its first unit has another name, since it was tried. */
static void
the_log_says_whom_a_message_was_for (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, "");
  g_autofree char *log = NULL;

  http_test_must (test, 200, NULL, TRY, scene.per->access, scene.try_zone);
  machine_catch_up (scene.machine);
  g_free (machine_do (scene.machine, test->acts->administrator, "save-unit",
                      "{\"id\":\"%s\",\"name\":\"Sone Nord og Øst\",\"shift_phone\":null}", test->acts->zone));
  g_free (machine_do (scene.machine, test->acts->administrator, "save-unit", "{\"id\":\"%s\",\"shift_phone\":\"" SHIFT_PHONE "\"}",
                      test->acts->centre));
  machine_catch_up (scene.machine);
  log = status_of (&scene, scene.liv);
  g_assert_nonnull (strstr (log, "\"to\":\"" SHIFT_PHONE "\",\"unit\":\"Sone Nord og Øst\",\"state\":\"test_sent\""));
}

/* In the municipality's own words, whatever language the server speaks. */
static void
a_test_message_says_what_the_municipality_says (HttpTest *test)
{
  g_auto (Scene) scene = set_up (test, ",\"test_text\":\"Geahččaleapmi: ii leat duohta.\"");

  http_test_must (test, 200, NULL, TRY, scene.per->access, scene.try_zone);
  g_assert_nonnull (strstr (g_ptr_array_index (scene.hook->bodies, 0), "\"text\":\"Geahččaleapmi: ii leat duohta.\""));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  http_test_add ("/gateway/who-leads-sees-how-it-stands", who_leads_sees_how_it_stands, NULL);
  http_test_add ("/gateway/no-secret-is-told", no_secret_is_told, NULL);
  http_test_add ("/gateway/an-administrator-tries-it-and-is-told-how-it-went",
                 an_administrator_tries_it_and_is_told_how_it_went, NULL);
  http_test_add ("/gateway/a-test-message-is-sent-once", a_test_message_is_sent_once, NULL);
  http_test_add ("/gateway/nobody-else-can-try-it", nobody_else_can_try_it, NULL);
  http_test_add ("/gateway/one-test-message-a-minute", one_test_message_a_minute, NULL);
  http_test_add ("/gateway/without-a-gateway-it-says-so", without_a_gateway_it_says_so, NULL);
  http_test_add ("/gateway/a-gateway-that-is-not-there-is-told", a_gateway_that_is_not_there_is_told, NULL);

  http_test_add ("/gateway/the-log-says-whom-a-message-was-for", the_log_says_whom_a_message_was_for, NULL);
  http_test_add ("/gateway/a-test-message-says-what-the-municipality-says", a_test_message_says_what_the_municipality_says, NULL);

  return g_test_run ();
}
