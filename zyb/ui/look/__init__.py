"""The look: small builders of our own HTML (styled by assets/look.css).

Text from data goes in as plain `str` and is escaped (zyb/html); only `Markup`, as these functions return it, is let
through as it is, and nothing else reaches the screen: `look.show(look.badge(name))` is safe whatever the name.

Builder → classes, roughly in the order of a page:
  page_head(title, subtitle, *meta)     .z-head .z-meta        title left, 数据截至 right
  demo_banner(words)                    .z-demo                above every page of the demo
  kpis(hero(…), kpi(…), …)              .z-kpis .z-kpi .z-hero one row; .z-track: bar with pace tick
  tiles(tile(…), …)                     .z-tiles .z-tile       a row of small cards, each may be a lead(…)
  card_title(title, aside)              .z-title               first thing in a card (below)
  league(headings, rows)                .z-league              HtmlRow([HtmlCell(…)], kind="total" | "chosen")
  form(headings, rows, kind)            .z-form                a ruled table, as on official paper
  on_paper(rows)                        .z-printed             stands in for a grid when printed
  bullet(value, pace, tone)             .z-bullet              value bar and pace tick on a common axis
  badge(word, tone)                     .z-tag.z-good|watch|lagging|missing  colour + ●◆▼▨ + word
  alert_list([Alert(…)])                .z-alert
  legend([(colour, words)])             .z-legend              colour None is hatched (未报送)
  marks([(kind, words)])                .z-mark                lines and bars of a chart
  source(text)                          .z-source              审图号, 文号, 口径 under a card
  empty(title, remedy)                  .z-empty
  facts([(name, value)])                .z-facts
  steps(names, current)                 .z-steps               current counts from 0
  problem_list([ProblemLine(…)])        .z-problem
  change(label, before, after)          .z-change
  receipt(title, *lines)                .z-receipt
  spark(values), bars(values)           an <img>, for kpi(…, picture=)
  heat(text, tone)                      .z-heat                a figure in a matrix (.z-matrix)
  below(*parts)                         .z-below               a second line in a heading
  chip(word, tone, told)                .z-chip                one of many side by side, told in a tooltip
  dot(shape, tone, told)                .z-dot                 as a chip, without a word
  noted(word, told)                     .z-noted               a small mark with a tooltip
  strong(text), toned(text, tone)       inside a sentence; join with joined(…)
A container is a white card when its key starts with "card": `st.container(border=True, key="card_map")`.
"""

from zyb.ui.look.cards import (
    ASSETS,
    FAVICON,
    LOGO,
    PRODUCT,
    SIDEBAR_WIDTH,
    AlertCard,
    ProblemLine,
    alert_list,
    card_title,
    change,
    demo_banner,
    empty,
    facts,
    hero,
    kpi,
    kpis,
    notice,
    page_head,
    problem_list,
    receipt,
    source,
    steps,
    tile,
    tiles,
    viewer_badge,
)
from zyb.ui.look.drawings import at, bars, box, bullet, image, legend, marks, segment, spark
from zyb.ui.look.elements import badge, below, chip, dot, heat, lead, muted, noted, saving, strong, toned
from zyb.ui.look.showing import show
from zyb.ui.look.tables import (
    ALL_ON_PAPER,
    MANY_COLUMNS,
    NO_VALUE,
    ONE_LINE_ON_PAPER,
    ROWS_ON_PAPER,
    form,
    league,
    on_paper,
    wide,
)

__all__ = [
    "ALL_ON_PAPER",
    "ASSETS",
    "FAVICON",
    "LOGO",
    "MANY_COLUMNS",
    "NO_VALUE",
    "ONE_LINE_ON_PAPER",
    "PRODUCT",
    "ROWS_ON_PAPER",
    "SIDEBAR_WIDTH",
    "AlertCard",
    "ProblemLine",
    "alert_list",
    "at",
    "badge",
    "bars",
    "below",
    "box",
    "bullet",
    "card_title",
    "change",
    "chip",
    "demo_banner",
    "dot",
    "empty",
    "facts",
    "form",
    "heat",
    "hero",
    "image",
    "kpi",
    "kpis",
    "lead",
    "league",
    "legend",
    "marks",
    "muted",
    "noted",
    "notice",
    "on_paper",
    "page_head",
    "problem_list",
    "receipt",
    "saving",
    "segment",
    "show",
    "source",
    "spark",
    "steps",
    "strong",
    "tile",
    "tiles",
    "toned",
    "viewer_badge",
    "wide",
]
