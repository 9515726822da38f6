/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-shortcuts.h"

#include <glib/gi18n-lib.h>

#define GENERAL N_("General")
#define SECTIONS N_("Sections")
#define LISTS N_("Lists")
#define BOARD N_("Follow-up")
#define FORMS N_("Forms")
#define CHARTS N_("Charts")

static const ForlopShortcut shortcuts[] = {
  { GENERAL, N_("Jump to citizen, case, item or act"), "<Control>k", "win.jump", FALSE },
  { GENERAL, N_("Take back the last act"), "<Control>z", "win.undo", TRUE },
  { GENERAL, N_("Synchronisation: what waits and what needs you"), "<Control>y", "win.sync", TRUE },
  { GENERAL, N_("Help for this page"), "F1", "win.help", TRUE },
  { GENERAL, N_("Main menu"), "F10", NULL, FALSE },
  { GENERAL, N_("Keyboard shortcuts"), "<Control>question", "win.shortcuts", TRUE },
  { GENERAL, N_("Go back"), "Escape", NULL, FALSE },
  { GENERAL, N_("Lock"), "<Control>l", "app.lock", FALSE },
  { GENERAL, N_("Close the window"), "<Control>w", "window.close", FALSE },
  { GENERAL, N_("Quit"), "<Control>q", "app.quit", FALSE },

  { SECTIONS, N_("Today"), "<Alt>1", "win.section::today", FALSE },
  { SECTIONS, N_("Follow-up"), "<Alt>2", "win.section::follow-up", FALSE },
  { SECTIONS, N_("Citizens"), "<Alt>3", "win.section::citizens", FALSE },
  { SECTIONS, N_("Equipment"), "<Alt>4", "win.section::equipment", FALSE },
  { SECTIONS, N_("Annual wheel"), "<Alt>5", "win.section::wheel", FALSE },
  { SECTIONS, N_("Benefits"), "<Alt>6", "win.section::benefits", FALSE },
  { SECTIONS, N_("Administration"), "<Alt>7", "win.section::administration", FALSE },

  { LISTS, N_("Next row"), "Down j", NULL, FALSE },
  { LISTS, N_("Previous row"), "Up k", NULL, FALSE },
  { LISTS, N_("Do what the row asks for"), "Return", NULL, FALSE },
  { LISTS, N_("Take the row"), "space", NULL, FALSE },

  { BOARD, N_("Go to the next that waits"), "n", NULL, FALSE },
  { BOARD, N_("Call: take it, show the number and count the minutes"), "r", NULL, FALSE },
  { BOARD, N_("Snooze"), "s", NULL, FALSE },
  { BOARD, N_("Start a pause, or end it"), "p", NULL, FALSE },
  { BOARD, N_("Copy for the EPJ and mark as carried over"), "e", NULL, FALSE },
  { BOARD, N_("Take up in the weekly meeting"), "m", NULL, FALSE },
  { BOARD, N_("Tick as seen in the round"), "x", NULL, FALSE },
  { BOARD, N_("Hand over the shift"), "o", NULL, FALSE },

  { FORMS, N_("Save"), "<Control>Return", NULL, FALSE },
  { FORMS, N_("Open the calendar or the list"), "<Alt>Down", NULL, FALSE },

  { CHARTS, N_("Read the next or the previous point"), "Right Left", NULL, FALSE },
  { CHARTS, N_("Read ten points on or back"), "Page_Down Page_Up", NULL, FALSE },
  { CHARTS, N_("Read the first or the last point"), "Home End", NULL, FALSE },
  { CHARTS, N_("Read what happened: alerts, contacts, plan, equipment"), "<Control>Right <Control>Left", NULL, FALSE },
  { CHARTS, N_("Move the period later or earlier"), "<Shift>Right <Shift>Left", NULL, FALSE },
  { CHARTS, N_("Shorter or longer period"), "plus minus", NULL, FALSE },
  { CHARTS, N_("Show as table"), "t", NULL, FALSE },

  { NULL }
};

const ForlopShortcut *
forlop_shortcuts_get (void)
{
  return shortcuts;
}

void
forlop_shortcuts_install (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (unsigned int i = 0; shortcuts[i].label != NULL; i++)
    {
      g_auto(GStrv) accelerators = NULL;

      if (shortcuts[i].action == NULL)
        continue;

      accelerators = g_strsplit (shortcuts[i].accelerators, " ", -1);
      gtk_application_set_accels_for_action (application, shortcuts[i].action,
                                             (const char *const *) accelerators);
    }
}
