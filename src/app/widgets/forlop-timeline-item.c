/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-timeline-item.h"

struct _ForlopTimelineItem
{
  GObject parent_instance;

  ForlopTimelineContent content;
  GStringChunk *texts;
};

G_DEFINE_FINAL_TYPE (ForlopTimelineItem, forlop_timeline_item, G_TYPE_OBJECT)

static void
forlop_timeline_item_finalize (GObject *object)
{
  g_string_chunk_free (FORLOP_TIMELINE_ITEM (object)->texts);

  G_OBJECT_CLASS (forlop_timeline_item_parent_class)->finalize (object);
}

static void
forlop_timeline_item_class_init (ForlopTimelineItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_timeline_item_finalize;
}

static void
forlop_timeline_item_init (ForlopTimelineItem *self)
{
  self->texts = g_string_chunk_new (128);
}

static const char *
keep (ForlopTimelineItem *self,
      const char         *text)
{
  return text != NULL ? g_string_chunk_insert (self->texts, text) : NULL;
}

ForlopTimelineItem *
forlop_timeline_item_new (const ForlopTimelineContent *content)
{
  ForlopTimelineItem *self;

  g_return_val_if_fail (content != NULL, NULL);
  g_return_val_if_fail (content->text != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_TIMELINE_ITEM, NULL);
  self->content = *content;
  self->content.kind = keep (self, content->kind);
  self->content.icon_name = keep (self, content->icon_name);
  self->content.text = keep (self, content->text);
  self->content.actor = keep (self, content->actor);
  self->content.note = keep (self, content->note);
  self->content.action = keep (self, content->action);

  return self;
}

const ForlopTimelineContent *
forlop_timeline_item_get_content (ForlopTimelineItem *self)
{
  g_return_val_if_fail (FORLOP_IS_TIMELINE_ITEM (self), NULL);

  return &self->content;
}
