/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-decision-letter.h"

#include <math.h>

#include "forlop-format.h"
#include "forlop-letter-words.h"

#define HEAD_WIDTH 190.0
#define SIGNATURE_NEEDS 110.0
/* The last section goes along with the signature, so that no page has the signature alone. */
#define CLOSING_NEEDS (SIGNATURE_NEEDS + 110)

typedef struct {
  ForlopFlow *flow;
  const ForlopLetter *letter;
  const char *language;
  const char *kind;
} Letter;

static void
say (const Letter *self,
     const char   *key)
{
  forlop_flow_text (self->flow, FORLOP_PAPER_LETTER_BODY, forlop_letter_words (self->language, key));
}

static void
head (const Letter *self,
      const char   *key)
{
  forlop_flow_heading (self->flow, forlop_letter_words (self->language, key));
}

static void
body (const Letter *self,
      const char   *text)
{
  forlop_flow_text (self->flow, FORLOP_PAPER_LETTER_BODY, text);
}

static char *
dup_date (const Letter *self,
          const char   *field)
{
  return forlop_letter_words_date (self->language, forlop_record_get_date (self->letter->subject, field));
}

static char *
dup_phone (const Letter *self,
           const char   *number)
{
  g_autofree char *phone = forlop_phone_format (number);

  return forlop_letter_words_fill (self->language, "telephone", "phone", phone, NULL);
}

/* Date and case number stand to the right of the address. */
static void
write_facts (const Letter *self)
{
  ForlopPaper *paper = &self->flow->paper;
  double left = self->flow->left + self->flow->width - HEAD_WIDTH;
  double top = paper->y;
  g_autofree char *date = dup_date (self, "decided_on");
  g_autofree char *dated = forlop_letter_words_fill (self->language, "dated", "date", date, NULL);
  g_autofree char *number = forlop_letter_words_fill (
    self->language, "case-number", "number",
    forlop_record_get_text (forlop_snapshot_get_case (self->letter->snapshot), "number"), NULL);

  paper->y += 2 + forlop_paper_text (paper, FORLOP_PAPER_LETTER_SMALL, PANGO_ALIGN_RIGHT, left, HEAD_WIDTH, 1, dated);
  forlop_paper_text (paper, FORLOP_PAPER_LETTER_SMALL, PANGO_ALIGN_RIGHT, left, HEAD_WIDTH, 1, number);
  paper->y = top;
}

/* A protected address is not written on paper. */
static void
write_address (const Letter *self)
{
  ForlopRecord *citizen = forlop_snapshot_get_citizen (self->letter->snapshot);
  const char *protection = forlop_record_get_text (citizen, "address_protection");
  g_autoptr (GString) text = g_string_new (forlop_record_get_text (citizen, "given_name"));
  double width = self->flow->width;

  g_string_append_printf (text, " %s", forlop_record_get_text (citizen, "family_name"));
  if (protection == NULL || g_str_equal (protection, "none"))
    {
      if (forlop_record_has (citizen, "address"))
        g_string_append_printf (text, "\n%s", forlop_record_get_text (citizen, "address"));
      if (forlop_record_has (citizen, "postal_code") || forlop_record_has (citizen, "postal_place"))
        g_string_append_printf (text, "\n%s %s", forlop_record_has (citizen, "postal_code")
                                  ? forlop_record_get_text (citizen, "postal_code") : "",
                                forlop_record_has (citizen, "postal_place")
                                  ? forlop_record_get_text (citizen, "postal_place") : "");
    }

  self->flow->width = width - HEAD_WIDTH - 12;
  body (self, text->str);
  self->flow->width = width;
}

static void
write_head (const Letter *self)
{
  ForlopRecord *office = self->letter->office;
  g_autofree char *title = g_strconcat ("decision-title-", self->kind, NULL);

  forlop_flow_text (self->flow, FORLOP_PAPER_LETTER_STRONG, forlop_record_get_text (office, "name"));
  forlop_flow_text (self->flow, FORLOP_PAPER_LETTER_SMALL, forlop_record_get_text (office, "postal_address"));
  forlop_flow_skip (self->flow, 24);
  write_facts (self);
  write_address (self);
  forlop_flow_skip (self->flow, 24);
  forlop_flow_text (self->flow, FORLOP_PAPER_LETTER_TITLE, forlop_letter_words (self->language, title));
  say (self, "decision-about");
}

/* As people say it: "15 minutter", "1 time og 30 minutter". */
static char *
dup_extent (const Letter *self,
            double        hours_per_week)
{
  int n_minutes = (int) lround (hours_per_week * 60);
  g_autofree char *n_hours = g_strdup_printf ("%d", n_minutes / 60);
  g_autofree char *n_rest = g_strdup_printf ("%d", n_minutes % 60);
  g_autofree char *hours = n_minutes / 60 == 1 ? g_strdup (forlop_letter_words (self->language, "extent-hour"))
                                               : forlop_letter_words_fill (self->language, "extent-hours", "n", n_hours, NULL);
  g_autofree char *minutes = forlop_letter_words_fill (self->language, "extent-minutes", "n", n_rest, NULL);

  if (n_minutes % 60 == 0)
    return g_steal_pointer (&hours);
  if (n_minutes < 60)
    return g_steal_pointer (&minutes);

  return forlop_letter_words_fill (self->language, "extent-hours-and-minutes", "hours", hours, "minutes", minutes, NULL);
}

static void
write_decided (const Letter *self)
{
  ForlopRecord *decision = self->letter->subject;
  g_autofree char *from = dup_date (self, "valid_from");
  g_autofree char *text = NULL;

  head (self, "decided");
  body (self, forlop_record_get_text (decision, "granted"));
  if (forlop_record_has (decision, "hours_per_week") && forlop_letter_goes_on (self->letter))
    {
      g_autofree char *extent = dup_extent (self, forlop_record_get_real (decision, "hours_per_week"));
      g_autofree char *sentence = forlop_letter_words_fill (self->language, "decided-extent", "extent", extent, NULL);

      body (self, sentence);
    }
  if (forlop_letter_goes_on (self->letter) && forlop_record_has (decision, "valid_to"))
    {
      g_autofree char *to = dup_date (self, "valid_to");

      text = forlop_letter_words_fill (self->language, "decided-from-to", "from", from, "to", to, NULL);
    }
  else
    text = forlop_letter_words_fill (self->language, g_str_equal (self->kind, "refusal") ? "decided-refusal"
                                                     : g_str_equal (self->kind, "end")   ? "decided-end"
                                                                                         : "decided-from",
                                     "from", from, NULL);
  body (self, text);
}

static void
write_reasons (const Letter *self)
{
  ForlopRecord *decision = self->letter->subject;
  g_autofree char *rules = forlop_letter_words_fill (
    self->language, "rules", "references", forlop_record_get_text (decision, "legal_references"), NULL);

  head (self, "why");
  say (self, g_str_equal (self->kind, "grant")           ? "why-met"
             : g_str_equal (self->kind, "partial_grant") ? "why-partly"
             : g_str_equal (self->kind, "refusal")       ? "why-not"
                                                         : "why-changed");
  body (self, forlop_record_get_text (decision, "reasons"));
  body (self, rules);
}

static void
write_loans (const Letter *self,
             GPtrArray    *loans)
{
  for (unsigned int i = 0; i < loans->len; i++)
    {
      ForlopRecord *item = forlop_snapshot_get (self->letter->snapshot, "item",
                                                forlop_record_get_text (g_ptr_array_index (loans, i), "item_id"));
      const char *name = item != NULL ? g_hash_table_lookup (self->letter->names,
                                                             forlop_record_get_text (item, "product_id")) : NULL;

      if (name != NULL)
        forlop_flow_bullet (self->flow, name);
    }
}

static void
write_equipment (const Letter *self)
{
  g_autoptr (GPtrArray) loans = forlop_letter_list_loans (self->letter);
  gboolean goes_on = forlop_letter_goes_on (self->letter);

  if (!goes_on && loans->len == 0)
    return;
  head (self, goes_on ? "equipment" : "equipment-back");
  say (self, !goes_on ? "equipment-return" : loans->len > 0 ? "equipment-lent" : "equipment-later");
  write_loans (self, loans);
}

static void
write_answers (const Letter *self)
{
  ForlopRecord *unit = self->letter->answers;
  g_autofree char *phone = forlop_phone_format (forlop_record_get_text (unit, "phone"));
  g_autofree char *hours = forlop_letter_words_hours (self->language, unit);
  g_autofree char *text = forlop_letter_words_fill (self->language, "answers-who", "unit",
                                                    forlop_record_get_text (unit, "name"), "phone", phone, "hours",
                                                    hours, NULL);

  head (self, "answers");
  body (self, text);
  say (self, "answers-closed");
  forlop_flow_box (self->flow, forlop_letter_words (self->language, "emergency"));
}

/* The trial is the beginning of the service; a changed one has had its. */
static void
write_evaluation (const Letter *self)
{
  ForlopRecord *profile = forlop_snapshot_get_profile (self->letter->snapshot);
  gint64 months = profile != NULL ? forlop_record_get_integer (profile, "evaluation_months") : 3;
  g_autofree char *days = g_strdup_printf ("%d", profile != NULL
                                                   ? (int) forlop_record_get_integer (profile, "trial_days") : 14);
  g_autofree char *key = g_strdup_printf ("often-%d", CLAMP ((int) months, 1, 3));
  g_autofree char *text = forlop_letter_words_fill (
    self->language, g_str_equal (self->kind, "change") ? "evaluation-again" : "evaluation-trial", "days", days,
    "often", forlop_letter_words (self->language, key), NULL);

  head (self, "evaluation");
  body (self, text);
}

static void
say_rule (const Letter *self,
          const char   *code)
{
  g_autofree char *text = forlop_letter_words_fill (self->language, "by-rule", "references",
                                                    (const char *) g_hash_table_lookup (self->letter->references, code),
                                                    NULL);

  forlop_flow_text (self->flow, FORLOP_PAPER_LETTER_SMALL, text);
}

static void
write_appeal (const Letter *self)
{
  ForlopDate received = forlop_record_get_date (self->letter->subject, "received_on");
  g_autofree char *how = forlop_letter_words_fill (self->language, "appeal-how", "address",
                                                   forlop_record_get_text (self->letter->office, "postal_address"), NULL);

  head (self, "appeal");
  say (self, "appeal-deadline");
  if (received != FORLOP_DATE_NONE)
    {
      g_autofree char *on = forlop_letter_words_date (self->language, received);
      g_autofree char *last = forlop_letter_words_date (self->language, received + FORLOP_APPEAL_DAYS);
      g_autofree char *text = forlop_letter_words_fill (self->language, "appeal-last-day", "received", on, "last",
                                                        last, NULL);

      forlop_flow_text (self->flow, FORLOP_PAPER_LETTER_STRONG, text);
    }
  body (self, how);
  say (self, "appeal-then");
  say_rule (self, "appeal");
}

static void
write_help (const Letter *self)
{
  ForlopRecord *signatory = self->letter->signatory;
  ForlopRecord *with_phone = forlop_record_has (signatory, "phone") ? signatory : self->letter->office;
  g_autofree char *phone = dup_phone (self, forlop_record_get_text (with_phone, "phone"));
  g_autofree char *contact = forlop_letter_words_fill (self->language, "help-contact", "name",
                                                       forlop_record_get_text (signatory, "name"), "phone", phone,
                                                       NULL);

  head (self, "access");
  say (self, "access-how");
  say_rule (self, "access");
  forlop_flow_need (self->flow, CLOSING_NEEDS);
  head (self, "help");
  body (self, contact);
  say (self, "help-ombud");
  say_rule (self, "ombud");
}

static void
write_signature (const Letter *self)
{
  forlop_flow_skip (self->flow, 14);
  forlop_flow_need (self->flow, SIGNATURE_NEEDS);
  say (self, "regards");
  forlop_flow_skip (self->flow, 36);
  forlop_flow_text (self->flow, FORLOP_PAPER_LETTER_STRONG, forlop_record_get_text (self->letter->signatory, "name"));
  body (self, forlop_record_get_text (self->letter->office, "name"));
}

void
forlop_decision_letter_write (ForlopFlow         *flow,
                              const ForlopLetter *letter)
{
  Letter self = { flow, letter, NULL, NULL };

  g_return_if_fail (flow != NULL);
  g_return_if_fail (letter != NULL);

  self.language = forlop_letter_get_language (letter);
  self.kind = forlop_record_get_text (letter->subject, "kind");
  write_head (&self);
  write_decided (&self);
  write_reasons (&self);
  if (forlop_letter_goes_on (letter))
    {
      head (&self, "what");
      say (&self, "what-is");
    }
  write_equipment (&self);
  if (forlop_letter_goes_on (letter))
    {
      write_answers (&self);
      write_evaluation (&self);
    }
  else
    forlop_flow_box (flow, forlop_letter_words (self.language, "emergency"));
  write_appeal (&self);
  write_help (&self);
  write_signature (&self);
}
