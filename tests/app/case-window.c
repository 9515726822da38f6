/* SPDX-License-Identifier: EUPL-1.2 */

/* case-window STAGE WHO [ACT]: the real window on a municipality of its own, with one case that has
 * come to STAGE. Opens the page of the case, or with ACT the form of that act. A line on standard
 * input is "open ACT", "tab NAME", "page KIND", or a statement whose first number is answered on standard output, so that a
 * test sees what the file has. */

#include <adwaita.h>
#include <gio/gunixinputstream.h>
#include <libdex.h>
#include <string.h>

#include "acts-test-util.h"
#include "follow-up-test-util.h"
#include "forlop-act-dialog.h"
#include "forlop-application.h"
#include "forlop-set-up.h"
#include "forlop-shortcuts.h"
#include "forlop-window.h"

typedef struct {
  ActsTest *test;
  ForlopSession *session;
  ForlopWindow *window;
  char *citizen_id;
  char *case_id;
  const char *stage;
  const char *act;
  GDataInputStream *questions;
} Fixture;

static const char *const criteria[] = {
  "motivated", "has_device", "chronic_illness", "needs_home_service", "can_measure",
};

static void
refer (Fixture *self)
{
  g_autoptr (ForlopActResult) result = acts_test_do (
    self->test, self->test->caseworker, "register-referral",
    "{\"id_number\":\"12835430098\",\"given_name\":\"Anna\",\"family_name\":\"Berg\","
    "\"source\":\"gp\",\"channel\":\"e_message\",\"received_on\":\"2026-03-10\","
    "\"reason\":\"KOLS, to innleggelser siste halvår. Ønsker å måle selv.\"}");

  self->citizen_id = g_steal_pointer (&result->citizen_id);
  self->case_id = g_steal_pointer (&result->case_id);
}

static void
assess (Fixture *self)
{
  ActsTest *test = self->test;

  acts_test_must (test, test->caseworker, "save-assessment",
                  "{\"case_id\":\"%s\",\"what_matters\":\"Bo hjemme og gå tur med hunden\","
                  "\"need\":\"Hjelp til å oppdage forverring tidlig\"}", self->case_id);
  acts_test_must (test, test->caseworker, "finish-office-mapping",
                  "{\"case_id\":\"%s\",\"unit_id\":\"%s\"}", self->case_id, test->zone);
  for (unsigned int i = 0; i < G_N_ELEMENTS (criteria); i++)
    acts_test_must (test, test->nurse, "answer-criterion",
                    "{\"case_id\":\"%s\",\"criterion\":\"%s\",\"answer\":\"yes\"}", self->case_id,
                    criteria[i]);
  acts_test_must (test, test->nurse, "answer-criterion",
                  "{\"case_id\":\"%s\",\"criterion\":\"cognitive_impairment\",\"answer\":\"no\"}",
                  self->case_id);
  acts_test_must (test, test->nurse, "add-risk",
                  "{\"case_id\":\"%s\",\"risk\":\"Glemmer å måle\",\"likelihood\":3,\"consequence\":2,"
                  "\"measure\":\"Påminnelse på nettbrettet\"}", self->case_id);
  acts_test_must (test, test->nurse, "add-goal",
                  "{\"case_id\":\"%s\",\"goal\":\"Gå tur hver dag\"}", self->case_id);
  acts_test_must (test, test->nurse, "complete-assessment",
                  "{\"case_id\":\"%s\",\"conclusion\":\"suitable\",\"conclusion_reason\":\"Kan måle selv\"}",
                  self->case_id);
}

static void
consent (Fixture           *self,
         const ForlopActor *actor,
         const char        *kind)
{
  acts_test_must (self->test, actor, "record-consent",
                  "{\"case_id\":\"%s\",\"kind\":\"%s\",\"given\":true,\"assessed_on\":\"2026-03-12\","
                  "\"capacity\":\"full\",\"given_by\":\"citizen\"}", self->case_id, kind);
}

static void
decide (Fixture *self)
{
  consent (self, self->test->caseworker, "service");
  acts_test_must (self->test, self->test->caseworker, "decide",
                  "{\"case_id\":\"%s\",\"kind\":\"grant\",\"decided_on\":\"2026-03-12\","
                  "\"granted\":\"Digital hjemmeoppfølging\",\"reasons\":\"Vilkårene er oppfylt\"}",
                  self->case_id);
  consent (self, self->test->nurse, "measure");
}

/* A form of symptoms, and one that somebody forgot to write questions for. */
static void
write_forms (ActsTest *test)
{
  g_autoptr (ForlopActResult) form =
    acts_test_do (test, test->administrator, "save-form",
                  "{\"code\":\"hf\",\"title\":\"Hjertesvikt\",\"version\":1}");

  acts_test_must (test, test->administrator, "save-form-question",
                  "{\"form_id\":\"%s\",\"position\":1,\"question\":\"Hvordan er pusten?\","
                  "\"answers\":\"Som vanlig; green; 0\\nMye tyngre; red; 3\"}", form->subject_id);
  acts_test_must (test, test->administrator, "save-form-question",
                  "{\"form_id\":\"%s\",\"position\":2,\"question\":\"Hovne bein\","
                  "\"answers\":\"Nei; green; 0\\nJa; yellow; 1\"}", form->subject_id);
  acts_test_must (test, test->administrator, "save-form",
                  "{\"code\":\"tomt\",\"title\":\"Uten spørsmål\",\"version\":1}");
}

/* A month, with a low reading now and then. */
static void
measure (Fixture *self)
{
  ForlopDate start;

  g_assert_true (forlop_date_from_iso ("2026-02-10", &start));
  for (int day = 0; day < 30; day++)
    {
      g_autofree char *date = forlop_date_to_iso (start + day);
      g_autofree char *at = g_strdup_printf ("%sT08:00:00", date);
      g_autofree char *spo2 = g_strdup_printf ("%d", day == 28 ? 86 : 93 - (day * 7) % 4);
      g_autofree char *weight = g_strdup_printf ("%d.%d", 81 + (day * 3) % 2, (day * 7) % 10);
      g_autofree char *one = NULL;
      g_autofree char *other = NULL;

      acts_test_set_day (self->test, date);
      one = follow_up_measure (self->test, self->case_id, "spo2", spo2, at);
      other = follow_up_measure (self->test, self->case_id, "weight", weight, at);
      g_assert_true (one != NULL && other != NULL);
    }
  acts_test_set_day (self->test, "2026-03-12");
}

static void
follow_up (Fixture *self)
{
  write_forms (self->test);
  self->case_id = follow_up_start (self->test, "2026-02-10");
  measure (self);
}

/* The plan only observed, until two days ago. */
static void
observe (Fixture *self)
{
  ActsTest *test = self->test;
  g_autoptr (ForlopActResult) plan = NULL;

  self->case_id = follow_up_grant (test, "2026-02-10");
  plan = acts_test_do (test, test->nurse, "draft-plan",
                       "{\"case_id\":\"%s\",\"observation_until\":\"2026-03-10\"}", self->case_id);
  acts_test_must (test, test->nurse, "put-plan-in-force",
                  "{\"care_plan_id\":\"%s\",\"valid_from\":\"2026-02-10T00:00:00\"}", plan->subject_id);
  follow_up_begin (test, self->case_id, "2026-02-10");
  measure (self);
}

static gpointer
set_up_templates_on_worker (ForlopConnection  *connection,
                            gpointer           user_data,
                            GCancellable      *cancellable G_GNUC_UNUSED,
                            GError           **error)
{
  ActsTest *test = user_data;

  forlop_set_up_templates (connection, test->ids, forlop_clock_now (test->clock), error);

  return NULL;
}

static gpointer
set_up_references_on_worker (ForlopConnection  *connection,
                             gpointer           user_data,
                             GCancellable      *cancellable G_GNUC_UNUSED,
                             GError           **error)
{
  ActsTest *test = user_data;

  forlop_set_up_references (connection, test->ids, forlop_clock_now (test->clock), error);

  return NULL;
}

/* All that the letter of the decision says. */
static void
prepare_letter (Fixture *self)
{
  ActsTest *test = self->test;
  g_autoptr (GError) error = NULL;

  acts_test_must (test, test->administrator, "save-unit",
                  "{\"id\":\"%s\",\"name\":\"Tildelingskontoret\",\"kind\":\"allocation_office\",\"phone\":\"33112233\","
                  "\"postal_address\":\"Fjordvik kommune, Postboks 1\"}", test->office);
  acts_test_must (test, test->administrator, "save-unit",
                  "{\"id\":\"%s\",\"name\":\"Sone Nord\",\"kind\":\"zone\",\"phone\":\"33112244\",\"opens_at\":480,"
                  "\"closes_at\":930}", test->zone);
  forlop_store_write_sync (test->store, set_up_references_on_worker, test, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *self)
{
  gboolean lettered = g_str_equal (self->stage, "lettered");
  g_autoptr (GError) error = NULL;

  if (g_str_equal (self->stage, "running") || g_str_equal (self->stage, "planned"))
    follow_up (self);
  else if (g_str_equal (self->stage, "observed"))
    observe (self);
  else
    refer (self);
  if (g_str_equal (self->stage, "assessed") || g_str_equal (self->stage, "decided") || lettered)
    assess (self);
  if (g_str_equal (self->stage, "decided") || lettered)
    decide (self);
  if (lettered)
    prepare_letter (self);

  if (g_str_equal (self->stage, "planned"))
    forlop_store_write_sync (self->test->store, set_up_templates_on_worker, self->test, NULL, NULL, &error);
  g_assert_no_error (error);

  /* Opened anew by the window, which wants to be told about changes. */
  g_assert_true (forlop_store_close (self->test->store, &error));
  g_clear_object (&self->test->store);
  self->test->store = forlop_store_open (self->test->path, self->test->key, self->test->clock,
                                         self->test->ids, FORLOP_STORE_NORMAL, &error);
  g_assert_no_error (error);
}

static ForlopIdentity *
identity (Fixture    *self,
          const char *who)
{
  ActsTest *test = self->test;

  if (g_str_equal (who, "caseworker"))
    return forlop_identity_new (test->caseworker->user_id, "Siri", "caseworker", "caseworker",
                                test->office, "Tildelingskontoret");
  if (g_str_equal (who, "coordinator"))
    return forlop_identity_new (test->coordinator->user_id, "Geir", "coordinator", "coordinator",
                                test->stock, "Lageret");

  return forlop_identity_new (test->nurse->user_id, "Kari", "resource_person", "resource person",
                              test->zone, "Sone Nord");
}

static void
open_form (Fixture    *self,
           const char *act)
{
  forlop_act_dialog_present (GTK_WIDGET (self->window), self->session, act, "case", self->case_id,
                             self->case_id, self->citizen_id);
}

static void ask_next (Fixture *self);

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
  if (g_str_has_prefix (line, "open "))
    open_form (self, line + strlen ("open "));
  else if (g_str_has_prefix (line, "page "))
    forlop_window_open (self->window, line + strlen ("page "), self->case_id);
  else if (g_str_has_prefix (line, "tab "))
    forlop_view_show_scene (forlop_window_get_visible_view (self->window), line + strlen ("tab "));
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
  forlop_shortcuts_install (application);
  self->window = forlop_window_new (application, self->session, NULL);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (self->window));
  if (self->act != NULL)
    open_form (self, self->act);
  else
    forlop_window_open (self->window, "case", self->case_id);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);
  g_autoptr (ForlopIdentity) me = NULL;
  Fixture self = { NULL };
  int status;

  g_return_val_if_fail (argc >= 3, 2);

  forlop_application_init_runtime ();
  self.stage = argv[1];
  self.act = argc > 3 ? argv[3] : NULL;
  self.test = acts_test_new ("2026-03-12");
  set_up (&self);

  self.session = forlop_session_new (self.test->clock);
  forlop_session_set_store (self.session, self.test->store);
  me = identity (&self, argv[2]);
  forlop_session_set_actor (self.session, me);
  self.questions = g_data_input_stream_new (input);
  ask_next (&self);

  application = ADW_APPLICATION (g_object_new (ADW_TYPE_APPLICATION,
                                               "application-id", "no.forlop.Forlop.Case",
                                               "resource-base-path", "/no/forlop/Forlop",
                                               "flags", G_APPLICATION_NON_UNIQUE, NULL));
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &self);
  status = g_application_run (G_APPLICATION (application), 1, argv);

  g_clear_object (&self.questions);
  forlop_session_set_store (self.session, NULL);
  g_clear_object (&self.session);
  g_free (self.citizen_id);
  g_free (self.case_id);
  acts_test_free (self.test);

  return status;
}
