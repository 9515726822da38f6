/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "acts-test-util.h"
#include "forlop-http-server.h"

G_BEGIN_DECLS

/* Two municipalities, on real encrypted files or in a real PostgreSQL as FORLOP_TEST_STORAGE says, behind real
 * HTTP on loopback, with a clock that stands still. The server runs in the main thread; the test is a thread of its own and speaks raw HTTP.
 *
 * "skien" has the history of @acts, with a citizen in Kari's zone, and one account for each of its users, named as they are, in lower
 * case; "bamble" has another, with the same names. Every password is HTTP_TEST_PASSWORD. */
typedef struct {
  char *folder;
  ForlopKey *server_key;
  ActsTest *acts;       /* of skien; its store is closed when the test runs */
  ActsTest *other_acts; /* of bamble */
  ForlopTenants *tenants;
  ForlopHttpServer *server;
  guint16 port;
  char *case_id;        /* in skien: a started case of the citizen in the zone */
  char *citizen_id;
  char *tor;            /* a caseworker of another office */
  char *epoch;          /* of skien, after a sign-in */
} HttpTest;

#define HTTP_TEST_PASSWORD "fire ord uten sammenheng"

/**
 * HttpResult:
 * @status: 0 when the connection ended without an answer.
 * @head: status line and headers, in lower case.
 */
typedef struct {
  int status;
  char *head;
  char *body;
} HttpResult;

typedef struct {
  char *tenant;
  char *device_id;
  char *user_id;
  char *access;
  char *refresh;
} HttpSession;

typedef void (*HttpTestFunc) (HttpTest *test);

/* @limits: (nullable): the defaults, with short times. */
void         http_test_add          (const char             *path,
                                     HttpTestFunc            func,
                                     const ForlopHttpLimits *limits);

/* What a second process opens beside the server; NULL where only one can. */
ForlopTenants *http_test_open_tenants_again (HttpTest        *test) G_GNUC_WARN_UNUSED_RESULT;
/* Rows of one of skien's tables of accounts. */
gint64       http_test_count_rows   (HttpTest               *test,
                                     const char             *table);

/* In the test's thread. */
GSocketConnection *http_test_connect (HttpTest              *test) G_GNUC_WARN_UNUSED_RESULT;
void         http_test_send         (GSocketConnection      *connection,
                                     const char             *text);
/* Reads until the other side ends. */
HttpResult  *http_test_read         (GSocketConnection      *connection) G_GNUC_WARN_UNUSED_RESULT;
/* Waits at most two seconds for something to come; NULL when the other side ended. */
char        *http_test_read_some    (GSocketConnection      *connection) G_GNUC_WARN_UNUSED_RESULT;
/* @token and @body are nullable; @body is sent as JSON. */
HttpResult  *http_test_ask          (HttpTest               *test,
                                     const char             *method,
                                     const char             *path,
                                     const char             *token,
                                     const char             *body) G_GNUC_WARN_UNUSED_RESULT;
/* Asks and checks the status. */
HttpResult  *http_test_expect       (HttpTest               *test,
                                     int                     status,
                                     const char             *method,
                                     const char             *path,
                                     const char             *token,
                                     const char             *body) G_GNUC_WARN_UNUSED_RESULT;
/* The same, when only the status and, unless NULL, the code matter. */
void         http_test_must         (HttpTest               *test,
                                     int                     status,
                                     const char             *code,
                                     const char             *method,
                                     const char             *path,
                                     const char             *token,
                                     const char             *body);
HttpResult  *http_test_try_sign_in  (HttpTest               *test,
                                     const char             *tenant,
                                     const char             *name,
                                     const char             *password,
                                     const char             *device_id) G_GNUC_WARN_UNUSED_RESULT;
HttpSession *http_test_sign_in      (HttpTest               *test,
                                     const char             *tenant,
                                     const char             *name) G_GNUC_WARN_UNUSED_RESULT;
/* Every row that the user gets, as one text: pages until it is complete. */
char        *http_test_pull_all     (HttpTest               *test,
                                     HttpSession            *session) G_GNUC_WARN_UNUSED_RESULT;
/* The text of @key in the JSON object, or NULL. */
char        *http_result_text       (HttpResult             *result,
                                     const char             *key) G_GNUC_WARN_UNUSED_RESULT;
void         http_result_free       (HttpResult             *result);
void         http_session_free      (HttpSession            *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HttpResult, http_result_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HttpSession, http_session_free)

G_END_DECLS
