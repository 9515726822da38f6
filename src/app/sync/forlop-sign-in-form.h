/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

#include "forlop-server-join.h"

G_BEGIN_DECLS

/* What one signs in with. What is wrong is said below the rows, and the row with the mistake gets the
 * keyboard; a password of one's own is asked for when the first was for one time. */

#define FORLOP_TYPE_SIGN_IN_FORM (forlop_sign_in_form_get_type ())
G_DECLARE_FINAL_TYPE (ForlopSignInForm, forlop_sign_in_form, FORLOP, SIGN_IN_FORM, AdwBin)

/* What is known already; both nullable. The empty @name is somebody who signs in by browser. */
void     forlop_sign_in_form_fill   (ForlopSignInForm *self,
                                     const char       *tenant,
                                     const char       *name);
/* The first row that is empty, or the password. */
void     forlop_sign_in_form_begin  (ForlopSignInForm *self);
/* Whether everything is there; otherwise what is missing is said. */
gboolean forlop_sign_in_form_check  (ForlopSignInForm *self);
/* The texts stay the form's. */
void     forlop_sign_in_form_read   (ForlopSignInForm *self,
                                     ForlopServerJoin *join);
void     forlop_sign_in_form_refuse (ForlopSignInForm *self,
                                     const GError     *error);
/* While the answer is waited for: what the user has to do meanwhile. */
void     forlop_sign_in_form_set_waiting (ForlopSignInForm *self,
                                          gboolean          is_waiting);
/* Whether the user is to sign in by browser. */
gboolean forlop_sign_in_form_is_by_browser (ForlopSignInForm *self);
/* The passwords go. */
void     forlop_sign_in_form_forget (ForlopSignInForm *self);

G_END_DECLS
