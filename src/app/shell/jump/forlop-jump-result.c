/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-jump-result.h"

struct _ForlopJumpResult
{
  GObject parent_instance;

  char *icon_name;
  char *title;
  char *subtitle;
  char *action_name;
  GVariant *target;
};

G_DEFINE_FINAL_TYPE (ForlopJumpResult, forlop_jump_result, G_TYPE_OBJECT)

static void
forlop_jump_result_finalize (GObject *object)
{
  ForlopJumpResult *self = FORLOP_JUMP_RESULT (object);

  g_free (self->icon_name);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->action_name);
  g_clear_pointer (&self->target, g_variant_unref);

  G_OBJECT_CLASS (forlop_jump_result_parent_class)->finalize (object);
}

static void
forlop_jump_result_class_init (ForlopJumpResultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_jump_result_finalize;
}

static void
forlop_jump_result_init (ForlopJumpResult *self G_GNUC_UNUSED)
{
}

/**
 * forlop_jump_result_new:
 * @subtitle: (nullable): What kind of thing it is, and what tells it from others.
 * @action_name: An action of the window or the application.
 * @target: (nullable): Its target; a floating reference is taken.
 */
ForlopJumpResult *
forlop_jump_result_new (const char *icon_name,
                        const char *title,
                        const char *subtitle,
                        const char *action_name,
                        GVariant   *target)
{
  ForlopJumpResult *self;

  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (action_name != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_JUMP_RESULT, NULL);
  self->icon_name = g_strdup (icon_name);
  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->action_name = g_strdup (action_name);
  self->target = target != NULL ? g_variant_ref_sink (target) : NULL;

  return self;
}

const char *
forlop_jump_result_get_icon_name (ForlopJumpResult *self)
{
  g_return_val_if_fail (FORLOP_IS_JUMP_RESULT (self), NULL);

  return self->icon_name;
}

const char *
forlop_jump_result_get_title (ForlopJumpResult *self)
{
  g_return_val_if_fail (FORLOP_IS_JUMP_RESULT (self), NULL);

  return self->title;
}

const char *
forlop_jump_result_get_subtitle (ForlopJumpResult *self)
{
  g_return_val_if_fail (FORLOP_IS_JUMP_RESULT (self), NULL);

  return self->subtitle;
}

const char *
forlop_jump_result_get_action_name (ForlopJumpResult *self)
{
  g_return_val_if_fail (FORLOP_IS_JUMP_RESULT (self), NULL);

  return self->action_name;
}

GVariant *
forlop_jump_result_get_target (ForlopJumpResult *self)
{
  g_return_val_if_fail (FORLOP_IS_JUMP_RESULT (self), NULL);

  return self->target;
}
