/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FORLOP_TYPE_APPLICATION (forlop_application_get_type ())
G_DECLARE_FINAL_TYPE (ForlopApplication, forlop_application, FORLOP, APPLICATION, AdwApplication)

/* Sets the language, the translations and the fiber runtime; once, first in main(). */
void               forlop_application_init_runtime (void);
/* 1 when the pictures that were asked for could not be taken. */
int                forlop_application_get_status   (ForlopApplication *self);
ForlopApplication *forlop_application_new          (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
