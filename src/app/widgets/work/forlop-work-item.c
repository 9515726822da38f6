/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-work-item.h"

#include <glib/gi18n-lib.h>

struct _ForlopWorkItem
{
  GObject parent_instance;

  ForlopWorkContent content;
  GStringChunk *texts;
  GObject *subject;
};

enum {
  PROP_0,
  PROP_SENTENCE,
  PROP_GROUP_ORDER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopWorkItem, forlop_work_item, G_TYPE_OBJECT)

static void
forlop_work_item_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  ForlopWorkItem *self = FORLOP_WORK_ITEM (object);

  switch (prop_id)
    {
    case PROP_SENTENCE:
      g_value_take_string (value, forlop_work_item_dup_sentence (self));
      break;
    case PROP_GROUP_ORDER:
      g_value_set_uint (value, self->content.group_order);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_work_item_finalize (GObject *object)
{
  ForlopWorkItem *self = FORLOP_WORK_ITEM (object);

  g_string_chunk_free (self->texts);
  g_clear_object (&self->subject);

  G_OBJECT_CLASS (forlop_work_item_parent_class)->finalize (object);
}

static void
forlop_work_item_class_init (ForlopWorkItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = forlop_work_item_get_property;
  object_class->finalize = forlop_work_item_finalize;

  properties[PROP_SENTENCE] =
    g_param_spec_string ("sentence", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_GROUP_ORDER] =
    g_param_spec_uint ("group-order", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
forlop_work_item_init (ForlopWorkItem *self)
{
  self->texts = g_string_chunk_new (128);
}

static const char *
keep (ForlopWorkItem *self,
      const char     *text)
{
  return text != NULL ? g_string_chunk_insert (self->texts, text) : NULL;
}

/**
 * forlop_work_item_new:
 * @content: What the row says; copied.
 * @subject: (nullable): What the row is about; a reference is taken.
 */
ForlopWorkItem *
forlop_work_item_new (const ForlopWorkContent *content,
                      GObject                 *subject)
{
  ForlopWorkItem *self;

  g_return_val_if_fail (content != NULL, NULL);
  g_return_val_if_fail (content->key != NULL, NULL);
  g_return_val_if_fail (content->who != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_WORK_ITEM, NULL);
  self->content = (ForlopWorkContent) {
    .key = keep (self, content->key),
    .severity = content->severity,
    .icon_name = keep (self, content->icon_name),
    .icon_label = keep (self, content->icon_label),
    .who = keep (self, content->who),
    .why = keep (self, content->why),
    .waited = keep (self, content->waited),
    .waited_exact = keep (self, content->waited_exact),
    .owner = keep (self, content->owner),
    .act_label = keep (self, content->act_label),
    .group = keep (self, content->group),
    .group_order = content->group_order,
    .state = content->state,
  };
  g_set_object (&self->subject, subject);

  return self;
}

const ForlopWorkContent *
forlop_work_item_get_content (ForlopWorkItem *self)
{
  g_return_val_if_fail (FORLOP_IS_WORK_ITEM (self), NULL);

  return &self->content;
}

GObject *
forlop_work_item_get_subject (ForlopWorkItem *self)
{
  g_return_val_if_fail (FORLOP_IS_WORK_ITEM (self), NULL);

  return self->subject;
}

static void
append_part (GString    *sentence,
             const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (sentence->len > 0)
    g_string_append (sentence, ". ");
  g_string_append (sentence, part);
}

char *
forlop_work_item_dup_sentence (ForlopWorkItem *self)
{
  const ForlopWorkContent *content;
  GString *sentence;

  g_return_val_if_fail (FORLOP_IS_WORK_ITEM (self), NULL);

  content = &self->content;
  sentence = g_string_new (NULL);
  append_part (sentence, content->icon_name != NULL ? content->icon_label
                                                    : forlop_severity_label (content->severity));
  append_part (sentence, content->who);
  append_part (sentence, content->why);
  append_part (sentence, content->waited);
  append_part (sentence, content->owner);
  if (content->state == FORLOP_WORK_PENDING)
    append_part (sentence, _("Waiting for confirmation"));
  else if (content->state == FORLOP_WORK_REFUSED)
    append_part (sentence, _("Not accepted"));
  append_part (sentence, content->act_label);

  return g_string_free_and_steal (sentence);
}
