/* SPDX-License-Identifier: EUPL-1.2 */

#include <adwaita.h>
#include <libdex.h>

#include "forlop-help-text.h"
#include "forlop-jump-dialog.h"
#include "forlop-section-jump-provider.h"
#include "forlop-sections.h"
#include "forlop-session.h"
#include "forlop-shortcuts-dialog.h"
#include "forlop-shortcuts.h"
#include "forlop-window.h"

#define NOON G_GINT64_CONSTANT (1795345200000)

static GtkApplication *application;

static ForlopSession *
new_session (void)
{
  g_autoptr(ForlopClock) clock = forlop_clock_new_manual (NOON);

  return forlop_session_new (clock);
}

static void
count_cb (gpointer user_data)
{
  unsigned int *count = user_data;

  (*count)++;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_actor_change_tells_views (void)
{
  g_autoptr(ForlopSession) session = new_session ();
  g_autoptr(ForlopIdentity) actor = forlop_identity_new ("u", "Kari Nes", "resource", "resource person",
                                                   "z", "Zone North");
  g_autoptr(ForlopIdentity) same = forlop_identity_new ("u", "Kari", "resource", "", "z", "");
  g_autofree char *sentence = forlop_identity_dup_sentence (actor);
  unsigned int changes = 0;
  unsigned int notifications = 0;

  g_signal_connect_swapped (session, "changed", G_CALLBACK (count_cb), &changes);
  g_signal_connect_swapped (session, "notify::actor", G_CALLBACK (count_cb), &notifications);

  forlop_session_set_actor (session, actor);
  forlop_session_set_actor (session, actor);

  g_assert_true (forlop_session_get_actor (session) == actor);
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpuint (notifications, ==, 1);
  g_assert_true (forlop_identity_equal (actor, same));
  g_assert_false (forlop_identity_equal (actor, NULL));
  g_assert_cmpstr (sentence, ==, "Kari Nes, resource person, Zone North");
}

static void
test_count_is_told_once (void)
{
  g_autoptr(ForlopSession) session = new_session ();
  unsigned int today = 0;
  unsigned int wheel = 0;

  g_signal_connect_swapped (session, "count-changed::today", G_CALLBACK (count_cb), &today);
  g_signal_connect_swapped (session, "count-changed::wheel", G_CALLBACK (count_cb), &wheel);

  forlop_session_set_count (session, "today", 7);
  forlop_session_set_count (session, "today", 7);

  g_assert_cmpuint (forlop_session_get_count (session, "today"), ==, 7);
  g_assert_cmpuint (forlop_session_get_count (session, "wheel"), ==, 0);
  g_assert_cmpuint (today, ==, 1);
  g_assert_cmpuint (wheel, ==, 0);
}

static void
test_every_section_has_a_view_and_help (void)
{
  const ForlopSectionInfo *sections = forlop_sections_get ();

  for (unsigned int i = 0; sections[i].name != NULL; i++)
    {
      g_autofree char *help = forlop_help_text_load (sections[i].name);

      g_assert_true (g_type_is_a (sections[i].get_type (), FORLOP_TYPE_VIEW));
      g_assert_nonnull (help);
      g_assert_true (forlop_sections_find (sections[i].name) == &sections[i]);
    }

  g_assert_null (forlop_sections_find ("nowhere"));
}

static void
test_help_marks_emphasis_and_keys (void)
{
  g_autofree char *plain = forlop_help_text_markup ("Press *Done* or `Enter` & wait < 1 s");
  g_autofree char *open = forlop_help_text_markup ("half *open");

  g_assert_cmpstr (plain, ==, "Press <b>Done</b> or <tt>Enter</tt> &amp; wait &lt; 1 s");
  g_assert_cmpstr (open, ==, "half <b>open</b>");
}

static void
test_every_key_can_be_parsed_and_is_used_once (void)
{
  const ForlopShortcut *shortcuts = forlop_shortcuts_get ();
  g_autoptr(GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned int i = 0; shortcuts[i].label != NULL; i++)
    {
      g_auto(GStrv) keys = g_strsplit (shortcuts[i].accelerators, " ", -1);

      for (unsigned int j = 0; keys[j] != NULL; j++)
        {
          unsigned int key;
          GdkModifierType modifiers;

          g_assert_true (gtk_accelerator_parse (keys[j], &key, &modifiers));
          g_assert_true (g_hash_table_add (used, g_strdup (keys[j])));
        }
    }
}

static void
test_every_view_can_be_made_and_is_freed (void)
{
  const ForlopSectionInfo *sections = forlop_sections_get ();
  g_autoptr(ForlopSession) session = new_session ();

  for (unsigned int i = 0; sections[i].name != NULL; i++)
    {
      ForlopView *view = g_object_new (sections[i].get_type (), "session", session, NULL);

      g_object_ref_sink (view);
      g_assert_true (forlop_view_get_session (view) == session);
      g_assert_finalize_object (view);
    }
}

static void
test_window_shows_sections_and_is_freed (void)
{
  g_autoptr(ForlopSession) session = new_session ();
  ForlopWindow *window = forlop_window_new (application, session, NULL);
  const ForlopSectionInfo *sections = forlop_sections_get ();

  gtk_window_present (GTK_WINDOW (window));
  g_assert_cmpstr (forlop_window_get_section (window), ==, "today");
  for (unsigned int i = 0; sections[i].name != NULL; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (window), "win.section", "s", sections[i].name);
      g_assert_cmpstr (forlop_window_get_section (window), ==, sections[i].name);
      g_assert_true (G_OBJECT_TYPE (forlop_window_get_visible_view (window)) ==
                     sections[i].get_type ());
    }

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  g_assert_null (window);
}

static void
test_undo_is_done_once_and_only_the_last (void)
{
  g_autoptr(ForlopSession) session = new_session ();
  ForlopWindow *window = forlop_window_new (application, session, NULL);
  unsigned int first = 0;
  unsigned int second = 0;

  forlop_toast_undo (GTK_WIDGET (window), "Saved", count_cb, &first, NULL);
  forlop_toast_undo (GTK_WIDGET (window), "Saved", count_cb, &second, NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);

  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (second, ==, 1);

  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

static void
test_undo_data_is_freed_with_the_window (void)
{
  g_autoptr(ForlopSession) session = new_session ();
  ForlopWindow *window = forlop_window_new (application, session, NULL);
  unsigned int freed = 0;

  forlop_toast_undo (GTK_WIDGET (window), "Saved", count_cb, &freed, count_cb);
  g_assert_cmpuint (freed, ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();

  g_assert_cmpuint (freed, ==, 1);
}

static void
test_dialogs_can_be_made_and_are_freed (void)
{
  g_autoptr(GListStore) providers = g_list_store_new (FORLOP_TYPE_JUMP_PROVIDER);
  g_autoptr(ForlopJumpProvider) provider = forlop_section_jump_provider_new ();
  AdwDialog *dialog;

  g_list_store_append (providers, provider);
  dialog = g_object_ref_sink (forlop_jump_dialog_new (G_LIST_MODEL (providers)));
  settle ();
  g_assert_finalize_object (dialog);

  dialog = g_object_ref_sink (forlop_shortcuts_dialog_new ());
  g_assert_finalize_object (dialog);
}

static unsigned int
count_results (ForlopJumpProvider *provider,
               const char         *text)
{
  g_autoptr(DexFuture) future = forlop_jump_provider_search (provider, text, 8);
  const GValue *value = dex_future_get_value (future, NULL);

  g_assert_nonnull (value);

  return g_list_model_get_n_items (g_value_get_object (value));
}

static void
test_jump_finds_sections_and_commands (void)
{
  g_autoptr(ForlopJumpProvider) provider = forlop_section_jump_provider_new ();

  g_assert_cmpuint (count_results (provider, ""), ==, 7);
  g_assert_cmpuint (count_results (provider, "equi"), ==, 1);
  g_assert_cmpuint (count_results (provider, "keyb"), ==, 1);
  g_assert_cmpuint (count_results (provider, "zzz"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  application = GTK_APPLICATION (adw_application_new ("no.forlop.Test",
                                                      G_APPLICATION_NON_UNIQUE));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  g_test_add_func ("/session/actor-change-tells-views", test_actor_change_tells_views);
  g_test_add_func ("/session/count-is-told-once", test_count_is_told_once);
  g_test_add_func ("/sections/every-one-has-a-view-and-help",
                   test_every_section_has_a_view_and_help);
  g_test_add_func ("/help/marks-emphasis-and-keys", test_help_marks_emphasis_and_keys);
  g_test_add_func ("/shortcuts/every-key-is-parsed-and-used-once",
                   test_every_key_can_be_parsed_and_is_used_once);
  g_test_add_func ("/view/every-one-is-made-and-freed", test_every_view_can_be_made_and_is_freed);
  g_test_add_func ("/window/shows-sections-and-is-freed",
                   test_window_shows_sections_and_is_freed);
  g_test_add_func ("/window/undo-is-done-once-and-only-the-last",
                   test_undo_is_done_once_and_only_the_last);
  g_test_add_func ("/window/undo-data-is-freed-with-the-window",
                   test_undo_data_is_freed_with_the_window);
  g_test_add_func ("/dialogs/are-made-and-freed", test_dialogs_can_be_made_and_are_freed);
  g_test_add_func ("/jump/finds-sections-and-commands", test_jump_finds_sections_and_commands);

  result = g_test_run ();
  g_object_unref (application);

  return result;
}
