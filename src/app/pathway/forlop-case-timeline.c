/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-case-timeline.h"

#include <glib/gi18n-lib.h>

#include "forlop-measure.h"
#include "forlop-reason.h"

static const char *const icons[FORLOP_N_EVENT_KINDS] = {
  [FORLOP_EVENT_KIND_PATHWAY] = "object-select-symbolic",
  [FORLOP_EVENT_KIND_DECISION] = "document-edit-symbolic",
  [FORLOP_EVENT_KIND_PLAN] = "view-list-symbolic",
  [FORLOP_EVENT_KIND_MEASUREMENT] = "forlop-follow-up-symbolic",
  [FORLOP_EVENT_KIND_CONTACT] = "call-start-symbolic",
  [FORLOP_EVENT_KIND_EQUIPMENT] = "forlop-equipment-symbolic",
  [FORLOP_EVENT_KIND_NOTE] = "document-properties-symbolic",
  [FORLOP_EVENT_KIND_PERSON] = "avatar-default-symbolic",
};

const ForlopTimelineKind *
forlop_case_timeline_kinds (void)
{
  static ForlopTimelineKind kinds[FORLOP_N_EVENT_KINDS + 1];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      for (unsigned int i = 0; i < FORLOP_N_EVENT_KINDS; i++)
        kinds[i] = (ForlopTimelineKind) { forlop_event_kind_code (i), forlop_event_kind_label (i) };
      g_once_init_leave (&once, 1);
    }

  return kinds;
}

static char *
dup_reason (const ForlopTimelineEntry *entry)
{
  ForlopReason reason;

  if (entry->reason == NULL || !forlop_reason_from_json (entry->reason, &reason, NULL))
    return NULL;

  return forlop_reason_format (&reason);
}

static ForlopTimelineItem *
measurement_item_new (const ForlopTimelineEntry *entry)
{
  ForlopMeasure measure = forlop_measure_find ("forlop", entry->code);
  g_autofree char *value = forlop_measure_format (measure, entry->value);
  g_autofree char *text = g_strdup_printf ("%s %s", forlop_measure_label (measure), value);
  g_autofree char *reason = dup_reason (entry);
  ForlopSeverity severity = FORLOP_SEVERITY_NONE;

  forlop_severity_from_code (entry->severity, &severity);

  return forlop_timeline_item_new (&(ForlopTimelineContent) {
    .kind = forlop_event_kind_code (entry->kind),
    .severity = severity,
    .at_ms = entry->at,
    .text = text,
    .note = reason,
  });
}

ForlopTimelineItem *
forlop_case_timeline_item_new (const ForlopTimelineEntry *entry)
{
  g_autofree char *details = NULL;
  g_autofree char *taken_back = NULL;
  g_autofree char *note = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  if (entry->act == NULL)
    return measurement_item_new (entry);

  details = forlop_event_describe (entry->act, entry->arguments);
  if (entry->taken_back_at != FORLOP_INSTANT_NONE)
    {
      g_autofree char *when = forlop_instant_format (entry->taken_back_at);

      /* Translators: a name, then date and time. */
      taken_back = g_strdup_printf (_("Taken back by %s, %s"),
                                    entry->taken_back_by != NULL ? entry->taken_back_by : _("somebody"),
                                    when);
    }
  note = taken_back != NULL && details != NULL ? g_strdup_printf ("%s · %s", taken_back, details)
                                               : g_strdup (taken_back != NULL ? taken_back : details);

  return forlop_timeline_item_new (&(ForlopTimelineContent) {
    .kind = forlop_event_kind_code (entry->kind),
    .icon_name = icons[entry->kind],
    .severity = FORLOP_SEVERITY_NONE,
    .at_ms = entry->at,
    .text = forlop_event_title (entry->act),
    .actor = entry->by,
    .note = note,
    .struck = taken_back != NULL,
  });
}
