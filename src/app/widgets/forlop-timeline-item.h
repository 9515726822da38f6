/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

#include "forlop-severity.h"

G_BEGIN_DECLS

/**
 * ForlopTimelineContent:
 * @kind: What the filter knows it by: "measurement", "contact", "decision", …
 * @icon_name: (nullable): Mark of a thing without severity.
 * @at_ms: When it happened.
 * @text: What happened, in words.
 * @actor: (nullable): Who did it.
 * @note: (nullable): More, below: "6 min, carried to the EPJ".
 * @action: (nullable): Detailed action that opens it.
 * @struck: Whether it was taken back: shown struck through.
 *
 * Everything is copied.
 */
typedef struct {
  const char *kind;
  const char *icon_name;
  ForlopSeverity severity;
  gint64 at_ms;
  const char *text;
  const char *actor;
  const char *note;
  const char *action;
  gboolean struck;
} ForlopTimelineContent;

#define FORLOP_TYPE_TIMELINE_ITEM (forlop_timeline_item_get_type ())
G_DECLARE_FINAL_TYPE (ForlopTimelineItem, forlop_timeline_item, FORLOP, TIMELINE_ITEM, GObject)

ForlopTimelineItem          *forlop_timeline_item_new         (const ForlopTimelineContent *content) G_GNUC_WARN_UNUSED_RESULT;
const ForlopTimelineContent *forlop_timeline_item_get_content (ForlopTimelineItem          *self);

G_END_DECLS
