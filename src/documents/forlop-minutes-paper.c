/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-minutes-paper.h"

#include <glib/gi18n-lib.h>

#include "forlop-field-value.h"
#include "forlop-flow.h"

/* A citizen's heading stands together with at least so much of what was decided. */
#define ITEM_NEEDS 80.0

typedef struct {
  const ForlopMinutes *minutes;
  unsigned int n_pages;
} Document;

static char *
dup_date (const ForlopMinutes *minutes)
{
  return forlop_record_dup_shown (minutes->meeting, "held_on");
}

static char *
dup_task (const ForlopMinutesTask *task)
{
  const char *title = forlop_record_get_text (task->task, "title");
  g_autofree char *role = forlop_record_dup_shown (task->task, "role");
  g_autofree char *due = NULL;
  const char *who = task->who != NULL ? task->who : role;

  if (!forlop_record_has (task->task, "due_on"))
    /* Translators: who does it, and what is to be done. */
    return g_strdup_printf (_("%s: %s"), who, title);
  due = forlop_record_dup_shown (task->task, "due_on");

  /* Translators: who does it, what is to be done, and the last day. */
  return g_strdup_printf (_("%s: %s, by %s"), who, title, due);
}

static char *
dup_heading (const ForlopMinutesItem *item)
{
  g_autofree char *born = item->birth_date != FORLOP_DATE_NONE ? forlop_date_format (item->birth_date) : NULL;

  return born != NULL ? g_strdup_printf (_("%s, born %s"), item->name, born) : g_strdup (item->name);
}

/* Where it was, on which day, who was there, and whether more may come; each a line. */
static char **
dup_head (const ForlopMinutes *minutes)
{
  GStrvBuilder *lines = g_strv_builder_new ();
  const char *participants = forlop_record_get_text (minutes->meeting, "participants");
  g_autofree char *date = dup_date (minutes);

  g_strv_builder_take (lines, g_strdup_printf (_("Minutes: %s"), forlop_record_get_text (minutes->meeting, "title")));
  g_strv_builder_take (lines, minutes->unit_name != NULL ? g_strdup_printf ("%s, %s", minutes->unit_name, date)
                                                         : g_strdup (date));
  g_strv_builder_take (lines, g_strdup_printf (_("Present: %s"), participants != NULL && *participants != '\0'
                                                                   ? participants : _("not recorded")));
  if (!forlop_record_has (minutes->meeting, "closed_at"))
    g_strv_builder_add (lines, _("The meeting is not closed; more may be decided."));
  if (minutes->items->len == 0)
    g_strv_builder_add (lines, _("Nothing was decided."));

  return g_strv_builder_unref_to_strv (lines);
}

static char *
dup_question (const ForlopMinutesItem *item)
{
  return g_strdup_printf (_("Taken up: %s"), forlop_record_get_text (item->item, "question"));
}

static char *
dup_decision (const ForlopMinutesItem *item)
{
  return g_strdup_printf (_("Decided: %s"), forlop_record_get_text (item->item, "decision"));
}

static void
write_item (ForlopFlow              *flow,
            const ForlopMinutesItem *item)
{
  g_autofree char *heading = dup_heading (item);
  g_autofree char *question = dup_question (item);
  g_autofree char *decision = dup_decision (item);

  forlop_flow_need (flow, ITEM_NEEDS);
  forlop_flow_heading (flow, heading);
  forlop_flow_text (flow, FORLOP_PAPER_LETTER_BODY, question);
  forlop_flow_text (flow, FORLOP_PAPER_LETTER_BODY, decision);
  for (unsigned int i = 0; i < item->tasks->len; i++)
    {
      g_autofree char *task = dup_task (g_ptr_array_index (item->tasks, i));

      forlop_flow_bullet (flow, task);
    }
}

static void
write_minutes (ForlopFlow *flow,
               gpointer    user_data)
{
  const ForlopMinutes *minutes = user_data;
  g_auto (GStrv) head = dup_head (minutes);

  for (unsigned int i = 0; head[i] != NULL; i++)
    forlop_flow_text (flow, i == 0 ? FORLOP_PAPER_LETTER_TITLE
                            : i < 3 ? FORLOP_PAPER_LETTER_BODY : FORLOP_PAPER_LETTER_STRONG, head[i]);
  for (unsigned int i = 0; i < minutes->items->len; i++)
    write_item (flow, g_ptr_array_index (minutes->items, i));
}

static void
draw_page (cairo_t      *cr,
           unsigned int  page,
           gpointer      user_data)
{
  const Document *self = user_data;
  /* Translators: the number of a page, and how many there are. */
  g_autofree char *foot = g_strdup_printf (_("Page %u of %u. Health information: keep it safe, and shred it."), page + 1,
                                           self->n_pages);

  forlop_flow_draw (write_minutes, (gpointer) self->minutes, page, foot, cr);
}

GBytes *
forlop_minutes_to_pdf (const ForlopMinutes  *minutes,
                       gint64                made_at,
                       GError              **error)
{
  Document document = { minutes, 0 };
  ForlopPaperInfo info = { .title = _("Minutes of a weekly meeting"), .made_at = made_at };

  g_return_val_if_fail (minutes != NULL, NULL);

  info.author = minutes->unit_name;
  document.n_pages = forlop_flow_count (write_minutes, (gpointer) minutes);

  return forlop_paper_to_pdf (draw_page, &document, document.n_pages, &info, error);
}

char *
forlop_minutes_dup_text (const ForlopMinutes *minutes)
{
  GString *text;
  g_auto (GStrv) head = NULL;
  g_autofree char *top = NULL;

  g_return_val_if_fail (minutes != NULL, NULL);

  head = dup_head (minutes);
  top = g_strjoinv ("\n", head);
  text = g_string_new (top);
  g_string_append_c (text, '\n');
  for (unsigned int i = 0; i < minutes->items->len; i++)
    {
      const ForlopMinutesItem *item = g_ptr_array_index (minutes->items, i);
      g_autofree char *heading = dup_heading (item);
      g_autofree char *question = dup_question (item);
      g_autofree char *decision = dup_decision (item);

      g_string_append_printf (text, "\n%s\n%s\n%s\n", heading, question, decision);
      for (unsigned int j = 0; j < item->tasks->len; j++)
        {
          g_autofree char *task = dup_task (g_ptr_array_index (item->tasks, j));

          g_string_append_printf (text, "– %s\n", task);
        }
    }

  return g_string_free_and_steal (text);
}

char *
forlop_minutes_dup_title (const ForlopMinutes *minutes)
{
  g_autofree char *date = NULL;

  g_return_val_if_fail (minutes != NULL, NULL);

  date = dup_date (minutes);

  /* Translators: the name of a file; a date. */
  return g_strdup_printf (_("Minutes %s.pdf"), date);
}
