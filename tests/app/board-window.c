/* SPDX-License-Identifier: EUPL-1.2 */

/* board-window: the real window on a municipality of its own, with one red, one yellow and one green
 * citizen in follow-up. A statement on standard input is answered with its first number; "clock" and a
 * time moves the clock there; "red" lets the calm one measure, "worse" the yellow one, "next" the colleague sit
 * down and "back" the first one; "busy" lets a write wait until "free"; "stray" lets a reading come of nobody who is known and
 * "riddle" one without measure and time; "handle" lets the colleague answer the red one, and "again" shows the file in a new window that knows nothing of the old one. */

#include <adwaita.h>
#include <gio/gunixinputstream.h>
#include <libdex.h>

#include "follow-up-test-util.h"
#include "forlop-application.h"
#include "forlop-section-counts.h"
#include "forlop-shortcuts.h"
#include "forlop-window.h"

typedef struct {
  ActsTest *test;
  ForlopSession *session;
  ForlopIdentity *next; /* somebody else in the same unit */
  char *calm_id;        /* the case of the one who has nothing to do */
  char *yellow_id;
  char *red_id;
  char *fault_id;
  ForlopIdentity *me;
  GtkApplication *application;
  gboolean quits;
  ForlopSectionCounts *counts;
  GDataInputStream *questions;
  GMutex busy;
} Fixture;

static char *
measure (ActsTest   *test,
         const char *id_number,
         const char *given_name,
         const char *family_name,
         const char *value)
{
  g_autofree char *case_id =
    follow_up_start_for (test, id_number, given_name, family_name, "2026-03-12");
  g_autofree char *yesterday = NULL;
  g_autofree char *today = NULL;
  g_autoptr (ForlopRecord) the_case = acts_test_load (test, "case", case_id);

  acts_test_must (test, test->nurse, "change-citizen", "{\"citizen_id\":\"%s\",\"phone\":\"91234567\"}",
                  forlop_record_get_text (the_case, "citizen_id"));
  follow_up_set_time (test, "2026-03-13T09:00:00");
  yesterday = follow_up_measure (test, case_id, "spo2", "95", "2026-03-12T08:00:00");
  today = follow_up_measure (test, case_id, "spo2", value, "2026-03-13T08:00:00");

  return g_steal_pointer (&case_id);
}

static ForlopIdentity *
add_colleague (ActsTest *test)
{
  g_autoptr (ForlopActResult) user =
    acts_test_do (test, test->administrator, "save-user", "{\"name\":\"Nina\",\"short_name\":\"Nina\"}");

  acts_test_must (test, test->administrator, "save-membership",
                  "{\"user_id\":\"%s\",\"role\":\"resource_person\",\"unit_id\":\"%s\"}", user->subject_id,
                  test->zone);

  return forlop_identity_new (user->subject_id, "Nina", "resource_person", "resource person", test->zone, "Sone Nord");
}

static void
set_up (Fixture *self)
{
  ActsTest *test = self->test;
  g_autoptr (GError) error = NULL;

  self->red_id = measure (test, "15872949884", "Anne", "Berg", "86");
  self->yellow_id = measure (test, "12835430098", "Liv", "Haug", "91");
  self->calm_id = measure (test, "03916230191", "Arne", "Moen", "95");
  self->next = add_colleague (test);
  acts_test_must (test, test->administrator, "save-profile", "{\"id\":\"%s\",\"escalate_minutes\":120}", test->profile);
  acts_test_must (test, test->administrator, "save-template",
                  "{\"code\":\"phrase-ok\",\"kind\":\"phrase\",\"title\":\"Feels well\","
                  "\"body\":\"Feels well, measures again.\",\"language\":\"nb\",\"active\":true}");

  /* Opened anew by the window, which wants to be told about changes. */
  g_assert_true (forlop_store_close (test->store, &error));
  g_clear_object (&test->store);
  test->store = forlop_store_open (test->path, test->key, test->clock, test->ids,
                                   FORLOP_STORE_NORMAL, &error);
  g_assert_no_error (error);
}

static void ask_next (Fixture *self);

static gpointer
nothing_on_worker (ForlopConnection  *connection G_GNUC_UNUSED,
                   gpointer           user_data G_GNUC_UNUSED,
                   GCancellable      *cancellable G_GNUC_UNUSED,
                   GError           **error G_GNUC_UNUSED)
{
  return NULL;
}

/* What is asked to be written waits until the mutex is free. */
static gpointer
wait_on_worker (ForlopConnection  *connection G_GNUC_UNUSED,
                gpointer           user_data,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error G_GNUC_UNUSED)
{
  Fixture *self = user_data;

  g_mutex_lock (&self->busy);
  g_mutex_unlock (&self->busy);

  return NULL;
}

/* After all that was asked to be written. */
static void
print_drafts (Fixture *self)
{
  forlop_store_write_sync (self->test->store, nothing_on_worker, NULL, NULL, NULL, NULL);
  g_print ("%" G_GINT64_FORMAT "\n", acts_test_count (self->test, "SELECT count(*) FROM draft"));
}

/* The colleague answers what the red one waits for. */
static void
handle_red (Fixture *self)
{
  ActsTest *test = self->test;
  g_autoptr (ForlopActor) nina = forlop_actor_new (forlop_identity_get_user_id (self->next), "resource_person",
                                                   test->zone);
  g_autoptr (GPtrArray) alerts = acts_test_list (test, "alert", "case_id", self->red_id);

  for (unsigned int i = 0; i < alerts->len; i++)
    acts_test_must (test, nina, "handle-alert", "{\"alert_id\":\"%s\",\"way\":\"visit\",\"text\":\"Was there\"}",
                    forlop_record_get_id (g_ptr_array_index (alerts, i)));
}

/* The calm one's own oximeter does not start. */
static void
break_device (Fixture *self)
{
  ActsTest *test = self->test;
  g_autoptr (ForlopActResult) supplier =
    acts_test_do (test, test->coordinator, "save-supplier", "{\"name\":\"Måleutstyr AS\"}");
  g_autoptr (ForlopActResult) product =
    acts_test_do (test, test->coordinator, "save-product",
                  "{\"name\":\"Oximeter\",\"kind\":\"oximeter\",\"supplier_id\":\"%s\",\"measures\":\"spo2\"}",
                  supplier->subject_id);
  g_autoptr (ForlopActResult) item =
    acts_test_do (test, test->nurse, "receive-item",
                  "{\"product_id\":\"%s\",\"serial_number\":\"9\",\"ownership\":\"citizen\"}", product->subject_id);
  g_autoptr (ForlopActResult) fault = NULL;

  acts_test_must (test, test->nurse, "hand-out-item", "{\"case_id\":\"%s\",\"item_id\":\"%s\"}", self->calm_id,
                  item->subject_id);
  fault = acts_test_do (test, test->nurse, "report-fault",
                        "{\"item_id\":\"%s\",\"description\":\"Does not start\"}", item->subject_id);
  g_set_str (&self->fault_id, fault->subject_id);
}

static gpointer
rename_on_worker (ForlopConnection  *connection,
                  gpointer           user_data,
                  GCancellable      *cancellable G_GNUC_UNUSED,
                  GError           **error)
{
  forlop_connection_execute (connection, user_data, error);

  return NULL;
}

/* A table that the board reads is not there. */
static void
hide_table (Fixture    *self,
            const char *sql)
{
  g_autoptr (GError) error = NULL;

  forlop_store_write_sync (self->test->store, rename_on_worker, (gpointer) sql, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
show_window (Fixture *self)
{
  ForlopWindow *window = forlop_window_new (self->application, self->session, NULL);

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  forlop_window_show_section (window, "follow-up");
  gtk_window_present (GTK_WINDOW (window));
}

static void
show_again (Fixture *self)
{
  GtkWindow *old = gtk_application_get_active_window (self->application);

  g_application_hold (G_APPLICATION (self->application));
  gtk_window_destroy (old);
  show_window (self);
  g_application_release (G_APPLICATION (self->application));
}

static void
asked_cb (GObject      *stream,
          GAsyncResult *result,
          gpointer      user_data)
{
  Fixture *self = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (stream), result,
                                                                     NULL, NULL);

  if (line == NULL)
    return;
  if (g_str_has_prefix (line, "clock "))
    follow_up_set_time (self->test, line + strlen ("clock "));
  else if (g_str_equal (line, "red"))
    g_free (follow_up_measure (self->test, self->calm_id, "spo2", "84", "2026-03-13T09:00:00"));
  else if (g_str_equal (line, "worse"))
    g_free (follow_up_measure (self->test, self->yellow_id, "spo2", "83", "2026-03-13T09:01:00"));
  else if (g_str_equal (line, "stray"))
    g_free (follow_up_add_unknown (self->test, NULL, "2026-03-13T08:30:00"));
  else if (g_str_equal (line, "riddle"))
    g_free (follow_up_add_unknown (self->test, NULL, NULL));
  else if (g_str_equal (line, "next"))
    forlop_session_set_actor (self->session, self->next);
  else if (g_str_equal (line, "back"))
    forlop_session_set_actor (self->session, self->me);
  else if (g_str_equal (line, "handle"))
    handle_red (self);
  else if (g_str_equal (line, "again"))
    show_again (self);
  else if (g_str_equal (line, "fault"))
    break_device (self);
  else if (g_str_equal (line, "mended"))
    acts_test_must (self->test, self->test->coordinator, "resolve-fault",
                    "{\"fault_id\":\"%s\",\"resolution\":\"New battery\"}", self->fault_id);
  else if (g_str_equal (line, "weigh"))
    {
      g_free (follow_up_measure (self->test, self->calm_id, "weight", "80", "2026-03-13T11:00:00"));
      g_free (follow_up_measure (self->test, self->red_id, "weight", "80", "2026-03-13T11:00:00"));
      g_free (follow_up_measure (self->test, self->calm_id, "spo2", "95", "2026-03-13T11:01:00"));
      g_free (follow_up_measure (self->test, self->red_id, "spo2", "95", "2026-03-13T11:01:00"));
    }
  else if (g_str_equal (line, "quit"))
    {
      self->quits = TRUE;
      g_application_quit (G_APPLICATION (self->application));
    }
  else if (g_str_equal (line, "look"))
    forlop_session_emit_changed (self->session);
  else if (g_str_equal (line, "busy"))
    {
      g_mutex_lock (&self->busy);
      dex_future_disown (forlop_store_write (self->test->store, wait_on_worker, self, NULL, NULL));
    }
  else if (g_str_equal (line, "free"))
    g_mutex_unlock (&self->busy);
  else if (g_str_equal (line, "hide"))
    hide_table (self, "ALTER TABLE draft RENAME TO draft_away");
  else if (g_str_equal (line, "unhide"))
    hide_table (self, "ALTER TABLE draft_away RENAME TO draft");
  else
    g_print ("%" G_GINT64_FORMAT "\n", acts_test_count (self->test, line));
  ask_next (self);
}

static void
ask_next (Fixture *self)
{
  g_data_input_stream_read_line_async (self->questions, G_PRIORITY_DEFAULT, NULL, asked_cb, self);
}

static void
activate_cb (GtkApplication *application,
             Fixture        *self)
{
  self->application = application;
  forlop_shortcuts_install (application);
  show_window (self);
}

int
main (int    argc G_GNUC_UNUSED,
      char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);
  Fixture self = { NULL };
  int status;

  forlop_application_init_runtime ();
  self.test = acts_test_new ("2026-03-12");
  set_up (&self);

  self.session = forlop_session_new (self.test->clock);
  forlop_session_set_store (self.session, self.test->store);
  self.me = forlop_identity_new (self.test->nurse->user_id, "Kari", "resource_person", "resource person",
                                 self.test->zone, "Sone Nord");
  forlop_session_set_actor (self.session, self.me);
  self.counts = forlop_section_counts_new (self.session);
  self.questions = g_data_input_stream_new (input);
  ask_next (&self);

  application = ADW_APPLICATION (g_object_new (ADW_TYPE_APPLICATION,
                                               "application-id", "no.forlop.Forlop.Board",
                                               "resource-base-path", "/no/forlop/Forlop",
                                               "flags", G_APPLICATION_NON_UNIQUE, NULL));
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &self);
  status = g_application_run (G_APPLICATION (application), 1, argv);
  if (self.quits)
    print_drafts (&self);

  g_clear_object (&self.counts);
  g_clear_object (&self.questions);
  forlop_session_set_store (self.session, NULL);
  g_clear_object (&self.session);
  g_clear_object (&self.next);
  g_clear_object (&self.me);
  g_free (self.calm_id);
  g_free (self.yellow_id);
  g_free (self.red_id);
  g_free (self.fault_id);
  acts_test_free (self.test);

  return status;
}
