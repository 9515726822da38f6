/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-json.h"
#include "forlop-triage.h"

G_BEGIN_DECLS

/* Plans and measurements in JSON, judged by the one function that also the desktop and the server
 * call. The format is described in docs/triage.md. */

/**
 * ForlopTriageItem:
 * @id: as the file writes it.
 * @measurement: what is judged; not set where @problem is.
 * @problem: (nullable): why it cannot be used as a reading, a sentence.
 * @unknown: nobody knows the code, so there can be no limits for it.
 */
typedef struct {
  char *id;
  ForlopMeasurement measurement;
  char *problem;
  gboolean unknown;
} ForlopTriageItem;

/**
 * ForlopTriageFile:
 * @versions: (element-type ForlopPlanVersion): the plan versions.
 * @items: (element-type ForlopTriageItem): the measurements, in the order of the file.
 */
typedef struct {
  GArray *versions;
  GArray *items;
} ForlopTriageFile;

/* A plan that is not right is refused whole, with a sentence that names what is wrong. */
ForlopTriageFile *forlop_triage_file_parse (const char        *json,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void              forlop_triage_file_free  (ForlopTriageFile  *self);
/* {"results": […]} */
yyjson_mut_doc   *forlop_triage_file_judge (ForlopTriageFile  *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopTriageFile, forlop_triage_file_free)

G_END_DECLS
