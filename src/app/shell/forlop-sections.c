/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sections.h"

#include <glib/gi18n-lib.h>

#include "forlop-act.h"
#include "forlop-administration-view.h"
#include "forlop-benefits-view.h"
#include "forlop-case-page.h"
#include "forlop-citizens-view.h"
#include "forlop-equipment-view.h"
#include "forlop-follow-up-view.h"
#include "forlop-item-view.h"
#include "forlop-meeting-page.h"
#include "forlop-plan-page.h"
#include "forlop-sync-view.h"
#include "forlop-sync-watch.h"
#include "forlop-today-view.h"
#include "forlop-wheel-view.h"

#define TREATS (FORLOP_ROLE_CASEWORKER | FORLOP_ROLE_RESOURCE_PERSON)
#define COUNTS (TREATS | FORLOP_ROLE_MANAGER)
#define STOCK (TREATS | FORLOP_ROLE_COORDINATOR)

static const ForlopSectionInfo sections[] = {
  { "today", N_("Today"), "forlop-today-symbolic", forlop_today_view_get_type, ~0u, TRUE },
  { "follow-up", N_("Follow-up"), "forlop-follow-up-symbolic", forlop_follow_up_view_get_type, TREATS,
    TRUE },
  { "citizens", N_("Citizens"), "forlop-citizens-symbolic", forlop_citizens_view_get_type, TREATS },
  { "equipment", N_("Equipment"), "forlop-equipment-symbolic", forlop_equipment_view_get_type, STOCK },
  { "wheel", N_("Annual wheel"), "forlop-wheel-symbolic", forlop_wheel_view_get_type, COUNTS },
  { "benefits", N_("Benefits"), "forlop-benefits-symbolic", forlop_benefits_view_get_type, COUNTS },
  { "administration", N_("Administration"), "forlop-administration-symbolic",
    forlop_administration_view_get_type, ~0u },
  { NULL }
};

static const ForlopPageInfo pages[] = {
  { "case", forlop_case_page_get_type },
  { "citizen", forlop_citizen_page_get_type },
  { "item", forlop_item_view_get_type },
  { "meeting", forlop_meeting_page_get_type },
  { "plan", forlop_plan_page_get_type },
  { "sync", forlop_sync_view_get_type },
  { NULL }
};

const ForlopSectionInfo *
forlop_sections_get (void)
{
  return sections;
}

const ForlopSectionInfo *
forlop_sections_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (unsigned int i = 0; sections[i].name != NULL; i++)
    if (g_str_equal (sections[i].name, name))
      return &sections[i];

  return NULL;
}

gboolean
forlop_section_is_offered (const ForlopSectionInfo *info,
                           ForlopSession           *session)
{
  ForlopIdentity *actor;
  ForlopSyncWatch *watch;

  g_return_val_if_fail (info != NULL, FALSE);
  g_return_val_if_fail (FORLOP_IS_SESSION (session), FALSE);

  actor = forlop_session_get_actor (session);
  watch = forlop_session_get_sync (session);
  if (actor == NULL || watch == NULL || !forlop_sync_watch_get_facts (watch)->is_paired)
    return TRUE;

  return (info->roles & forlop_role_from_code (forlop_identity_get_role (actor))) != 0;
}

const ForlopPageInfo *
forlop_pages_get (void)
{
  return pages;
}

const ForlopPageInfo *
forlop_pages_find (const char *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  for (unsigned int i = 0; pages[i].kind != NULL; i++)
    if (g_str_equal (pages[i].kind, kind))
      return &pages[i];

  return NULL;
}
