/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act-jump-provider.h"

#include <glib/gi18n-lib.h>

#include "forlop-acts.h"

struct _ForlopActJumpProvider
{
  GObject parent_instance;

  ForlopSession *session;
  GWeakRef window;
};

static void forlop_act_jump_provider_iface_init (ForlopJumpProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ForlopActJumpProvider, forlop_act_jump_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FORLOP_TYPE_JUMP_PROVIDER,
                                                      forlop_act_jump_provider_iface_init))

/* What an act is done on is what one looks at: the case with all that belongs to it, or the citizen.
 * Anywhere else only what is chosen from a list one can search in. */
static gboolean
is_given (const ForlopField *field,
          const char        *kind)
{
  static const char *const lists[] = {
    "unit", "user", "profile", "product", "supplier", "location", "item", NULL,
  };

  return g_strcmp0 (kind, "case") == 0 || g_strcmp0 (kind, field->target) == 0 ||
         g_strv_contains (lists, field->target);
}

static gboolean
begins_here (const ForlopAct *act,
             const char      *kind)
{
  const ForlopRecordType *arguments = forlop_act_get_arguments (act);

  /* What was done begins the one, and a file the other. */
  if (g_str_equal (act->name, "undo") || g_str_equal (act->name, "keep-unknown-measurement"))
    return FALSE;
  for (const ForlopField *field = arguments->fields; field->name != NULL; field++)
    if (field->kind == FORLOP_KIND_REF && (field->flags & FORLOP_FIELD_REQUIRED) != 0 &&
        !is_given (field, kind))
      return FALSE;
    /* A file is not written in a form; the page that has it begins the act. */
    else if (field->kind == FORLOP_KIND_BLOB && (field->flags & FORLOP_FIELD_REQUIRED) != 0)
      return FALSE;

  return TRUE;
}

/* What the page in the window is about: the kind of record, or NULL. */
static const char *
get_kind (ForlopActJumpProvider *self)
{
  g_autoptr (ForlopWindow) window = g_weak_ref_get (&self->window);
  const char *kind;

  return window != NULL && forlop_window_get_subject (window, &kind) != NULL ? kind : NULL;
}

static DexFuture *
forlop_act_jump_provider_search (ForlopJumpProvider *provider,
                                 const char         *text,
                                 unsigned int        limit)
{
  ForlopActJumpProvider *self = FORLOP_ACT_JUMP_PROVIDER (provider);
  ForlopIdentity *actor = forlop_session_get_actor (self->session);
  GListStore *results = g_list_store_new (FORLOP_TYPE_JUMP_RESULT);
  const char *kind = get_kind (self);
  unsigned int n_acts;
  const ForlopAct *const *acts = forlop_acts (&n_acts);

  for (unsigned int i = 0; actor != NULL && *text != '\0' && i < n_acts; i++)
    {
      g_autoptr (ForlopJumpResult) result = NULL;

      if (g_list_model_get_n_items (G_LIST_MODEL (results)) >= limit)
        break;
      if (!g_str_match_string (text, _(acts[i]->label), TRUE) ||
          !forlop_act_allows_role (acts[i], forlop_identity_get_role (actor)) ||
          !forlop_acts_can_perform (acts[i]) || !begins_here (acts[i], kind))
        continue;

      result = forlop_jump_result_new ("system-run-symbolic", _(acts[i]->label), _("Act"), "win.act",
                                       g_variant_new_string (acts[i]->name));
      g_list_store_append (results, result);
    }

  return dex_future_new_take_object (results);
}

static void
forlop_act_jump_provider_iface_init (ForlopJumpProviderInterface *iface)
{
  iface->search = forlop_act_jump_provider_search;
}

static void
forlop_act_jump_provider_finalize (GObject *object)
{
  ForlopActJumpProvider *self = FORLOP_ACT_JUMP_PROVIDER (object);

  g_clear_object (&self->session);
  g_weak_ref_clear (&self->window);

  G_OBJECT_CLASS (forlop_act_jump_provider_parent_class)->finalize (object);
}

static void
forlop_act_jump_provider_class_init (ForlopActJumpProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_act_jump_provider_finalize;
}

static void
forlop_act_jump_provider_init (ForlopActJumpProvider *self)
{
  g_weak_ref_init (&self->window, NULL);
}

ForlopJumpProvider *
forlop_act_jump_provider_new (ForlopWindow *window)
{
  ForlopActJumpProvider *self;

  g_return_val_if_fail (FORLOP_IS_WINDOW (window), NULL);

  self = g_object_new (FORLOP_TYPE_ACT_JUMP_PROVIDER, NULL);
  self->session = g_object_ref (forlop_window_get_session (window));
  g_weak_ref_set (&self->window, window);

  return FORLOP_JUMP_PROVIDER (self);
}
