/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A browser without a screen: it follows what a provider says, keeps its cookies, and fills its forms in with one
 * name. In the thread that made it. */

typedef struct _TestBrowser TestBrowser;

TestBrowser *test_browser_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void         test_browser_free  (TestBrowser *self);
/* Goes to @address and on until it is sent to a place that begins with @until, or when that is NULL to another
 * host or port; that place is returned and not visited. @name: who signs in; NULL: nobody, and to be asked is a failure. */
char        *test_browser_visit (TestBrowser *self,
                                 const char  *address,
                                 const char  *name,
                                 const char  *until) G_GNUC_WARN_UNUSED_RESULT;
/* Goes to @address, which is the last, and returns its page. */
char        *test_browser_read  (TestBrowser *self,
                                 const char  *address) G_GNUC_WARN_UNUSED_RESULT;
/* How often it was asked who signs in. */
unsigned int test_browser_asked (TestBrowser *self);

/* A parameter of @address, or NULL. */
char        *test_browser_parameter (const char *address,
                                     const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestBrowser, test_browser_free)

G_END_DECLS
