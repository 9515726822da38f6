/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-paper.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "forlop-date.h"
#include "forlop-error.h"

#define FAMILY "Cantarell,Adwaita Sans,DejaVu Sans,sans-serif"
#define BULLET_ROOM 9
#define LINE_GAP 1.5

static const struct {
  double size;
  gboolean bold;
  const char *tag; /* of the structure of the document */
} styles[] = {
  [FORLOP_PAPER_TITLE] = { 17, TRUE, "H1" },
  [FORLOP_PAPER_NAME] = { 11.5, TRUE, "P" },
  [FORLOP_PAPER_HEADING] = { 10.5, TRUE, "H2" },
  [FORLOP_PAPER_STRONG] = { 9.5, TRUE, "P" },
  [FORLOP_PAPER_BODY] = { 9, FALSE, "P" },
  [FORLOP_PAPER_SMALL] = { 8, FALSE, "P" },
  [FORLOP_PAPER_TINY] = { 7.1, FALSE, "P" },
  [FORLOP_PAPER_LETTER_TITLE] = { 21, TRUE, "H1" },
  [FORLOP_PAPER_LETTER_HEADING] = { 15, TRUE, "H2" },
  [FORLOP_PAPER_LETTER_STRONG] = { 13, TRUE, "P" },
  [FORLOP_PAPER_LETTER_BODY] = { 13, FALSE, "P" },
  [FORLOP_PAPER_LETTER_SMALL] = { 11, FALSE, "P" },
};

void
forlop_paper_init (ForlopPaper *self)
{
  g_autoptr (PangoFontMap) map = NULL;
  cairo_font_options_t *options;

  g_return_if_fail (self != NULL);

  /* A map of its own: the same lines break at the same places whatever the screen asks of its fonts. */
  map = pango_cairo_font_map_new ();
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (map), 72);
  options = cairo_font_options_create ();
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  self->cr = NULL;
  self->context = pango_font_map_create_context (map);
  self->y = FORLOP_PAPER_MARGIN;
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_destroy (options);
}

void
forlop_paper_clear (ForlopPaper *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->context);
}

const char *
forlop_paper_style_tag (ForlopPaperStyle style)
{
  return styles[style].tag;
}

PangoLayout *
forlop_paper_layout_new (ForlopPaper      *self,
                         ForlopPaperStyle  style,
                         double            width,
                         const char       *text)
{
  PangoLayout *layout;
  PangoFontDescription *font;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  layout = pango_layout_new (self->context);
  font = pango_font_description_from_string (FAMILY);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_font_description_set_absolute_size (font, styles[style].size * PANGO_SCALE);
  if (styles[style].bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);

  return layout;
}

double
forlop_paper_text (ForlopPaper      *self,
                   ForlopPaperStyle  style,
                   PangoAlignment    alignment,
                   double            left,
                   double            width,
                   unsigned int      max_lines,
                   const char       *text)
{
  g_autoptr (PangoLayout) layout = NULL;
  int height;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (text != NULL, 0);

  layout = forlop_paper_layout_new (self, style, width, text);
  pango_layout_set_alignment (layout, alignment);
  if (max_lines > 0)
    {
      pango_layout_set_height (layout, -(int) max_lines);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  pango_layout_get_size (layout, NULL, &height);
  if (self->cr == NULL)
    return (double) height / PANGO_SCALE;

  cairo_tag_begin (self->cr, styles[style].tag, NULL);
  cairo_set_source_rgb (self->cr, 0, 0, 0);
  cairo_move_to (self->cr, left, self->y);
  pango_cairo_show_layout (self->cr, layout);
  cairo_tag_end (self->cr, styles[style].tag);

  return (double) height / PANGO_SCALE;
}

void
forlop_paper_line (ForlopPaper      *self,
                   ForlopPaperStyle  style,
                   double            indent,
                   unsigned int      max_lines,
                   const char       *text)
{
  g_return_if_fail (self != NULL);

  self->y += LINE_GAP + forlop_paper_text (self, style, PANGO_ALIGN_LEFT, FORLOP_PAPER_MARGIN + indent,
                                           FORLOP_PAPER_WIDTH - 2 * (FORLOP_PAPER_MARGIN + indent), max_lines, text);
}

void
forlop_paper_bullet (ForlopPaper  *self,
                     double        indent,
                     unsigned int  max_lines,
                     const char   *text)
{
  double left = FORLOP_PAPER_MARGIN + indent;

  g_return_if_fail (self != NULL);

  if (self->cr != NULL)
    {
      cairo_new_path (self->cr);
      cairo_arc (self->cr, left + 3, self->y + 6.5, 1.2, 0, 2 * G_PI);
      cairo_set_source_rgb (self->cr, 0, 0, 0);
      cairo_fill (self->cr);
    }
  forlop_paper_line (self, FORLOP_PAPER_BODY, indent + BULLET_ROOM, max_lines, text);
}

void
forlop_paper_skip (ForlopPaper *self,
                   double       height)
{
  g_return_if_fail (self != NULL);

  self->y += height;
}

void
forlop_paper_rule (ForlopPaper *self,
                   double       width)
{
  g_return_if_fail (self != NULL);

  if (self->cr == NULL)
    return;
  cairo_set_source_rgb (self->cr, 0.45, 0.45, 0.45);
  cairo_set_line_width (self->cr, width);
  cairo_move_to (self->cr, FORLOP_PAPER_MARGIN, self->y);
  cairo_line_to (self->cr, FORLOP_PAPER_WIDTH - FORLOP_PAPER_MARGIN, self->y);
  cairo_stroke (self->cr);
}

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static void
set_info (cairo_surface_t       *surface,
          const ForlopPaperInfo *info)
{
  g_autofree char *made = forlop_instant_to_iso (info->made_at);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, info->title);
  if (info->author != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, info->author);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Forløp");
  /* Whole seconds are all that the format has room for. */
  made[19] = 'Z';
  made[20] = '\0';
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, made);
}

/**
 * forlop_paper_to_pdf:
 *
 * Returns: (transfer full): the file's contents.
 */
GBytes *
forlop_paper_to_pdf (ForlopPaperFunc         func,
                     gpointer                user_data,
                     unsigned int            n_pages,
                     const ForlopPaperInfo  *info,
                     GError                **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  g_return_val_if_fail (func != NULL, NULL);
  g_return_val_if_fail (info != NULL && info->title != NULL, NULL);

  surface = cairo_pdf_surface_create_for_stream (write_cb, bytes, FORLOP_PAPER_WIDTH, FORLOP_PAPER_HEIGHT);
  set_info (surface, info);
  cr = cairo_create (surface);
  cairo_tag_begin (cr, "Document", NULL);
  for (unsigned int page = 0; page < n_pages; page++)
    {
      func (cr, page, user_data);
      /* What comes after the last page would be one more. */
      if (page + 1 == n_pages)
        cairo_tag_end (cr, "Document");
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
                   _("The page could not be made: %s. Nothing was saved. Try again."),
                   cairo_status_to_string (status));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
