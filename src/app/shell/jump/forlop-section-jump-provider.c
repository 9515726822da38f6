/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-section-jump-provider.h"

#include <glib/gi18n-lib.h>

#include "forlop-sections.h"
#include "forlop-shortcuts.h"

struct _ForlopSectionJumpProvider
{
  GObject parent_instance;
};

static void forlop_section_jump_provider_iface_init (ForlopJumpProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ForlopSectionJumpProvider, forlop_section_jump_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FORLOP_TYPE_JUMP_PROVIDER,
                                                      forlop_section_jump_provider_iface_init))

static void
forlop_section_jump_provider_add_sections (GListStore *results,
                                           const char *text,
                                           unsigned int limit)
{
  const ForlopSectionInfo *sections = forlop_sections_get ();

  for (unsigned int i = 0; sections[i].name != NULL; i++)
    {
      g_autoptr(ForlopJumpResult) result = NULL;

      if (g_list_model_get_n_items (G_LIST_MODEL (results)) >= limit)
        return;
      if (*text != '\0' && !g_str_match_string (text, _(sections[i].title), TRUE))
        continue;

      result = forlop_jump_result_new (sections[i].icon_name, _(sections[i].title), _("Section"),
                                       "win.section", g_variant_new_string (sections[i].name));
      g_list_store_append (results, result);
    }
}

static void
forlop_section_jump_provider_add_commands (GListStore *results,
                                           const char *text,
                                           unsigned int limit)
{
  const ForlopShortcut *shortcuts = forlop_shortcuts_get ();

  if (*text == '\0')
    return;

  for (unsigned int i = 0; shortcuts[i].label != NULL; i++)
    {
      g_autoptr(ForlopJumpResult) result = NULL;
      g_autoptr(GVariant) target = NULL;
      g_autofree char *action_name = NULL;

      if (g_list_model_get_n_items (G_LIST_MODEL (results)) >= limit)
        return;
      if (!shortcuts[i].is_command || !g_str_match_string (text, _(shortcuts[i].label), TRUE) ||
          !g_action_parse_detailed_name (shortcuts[i].action, &action_name, &target, NULL))
        continue;

      result = forlop_jump_result_new ("system-run-symbolic", _(shortcuts[i].label), _("Command"),
                                       action_name, target);
      g_list_store_append (results, result);
    }
}

static DexFuture *
forlop_section_jump_provider_search (ForlopJumpProvider *provider G_GNUC_UNUSED,
                                     const char         *text,
                                     unsigned int        limit)
{
  g_autoptr(GListStore) results = g_list_store_new (FORLOP_TYPE_JUMP_RESULT);

  forlop_section_jump_provider_add_sections (results, text, limit);
  forlop_section_jump_provider_add_commands (results, text, limit);

  return dex_future_new_for_object (results);
}

static void
forlop_section_jump_provider_iface_init (ForlopJumpProviderInterface *iface)
{
  iface->search = forlop_section_jump_provider_search;
}

static void
forlop_section_jump_provider_class_init (ForlopSectionJumpProviderClass *klass G_GNUC_UNUSED)
{
}

static void
forlop_section_jump_provider_init (ForlopSectionJumpProvider *self G_GNUC_UNUSED)
{
}

ForlopJumpProvider *
forlop_section_jump_provider_new (void)
{
  return g_object_new (FORLOP_TYPE_SECTION_JUMP_PROVIDER, NULL);
}
