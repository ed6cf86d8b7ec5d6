/** Light and dark by the reader's choice, from 400 px to paper. Every pair of colours has a contrast of 4.5 or more. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --ink: #1b2330; --soft: #566072; --line: #dde1e8; --well: #eef1f5;
  --accent: #0b5cad; --focus: #0b5cad;
  --critical: #8a0f3c; --high: #b3261e; --medium: #8f5200; --low: #6b5d00; --info: #40566f; --good: #14693a;
  --critical-soft: #fbe4ec; --high-soft: #fdeae8; --medium-soft: #fdf0dc; --low-soft: #f8f3d0; --info-soft: #e8eef5; --good-soft: #e2f4e9;
  --edge: #9aa5b5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161d; --card: #1a202a; --ink: #e7ebf1; --soft: #a3aebd; --line: #303947; --well: #232b37;
    --accent: #7db8f7; --focus: #9ccaff;
    --critical: #ff9dbd; --high: #ff9c94; --medium: #f5bb67; --low: #ded06a; --info: #a9c1dc; --good: #7fd8a2;
    --critical-soft: #461a2b; --high-soft: #451f1d; --medium-soft: #3f2d13; --low-soft: #37330f; --info-soft: #26323f; --good-soft: #173425;
    --edge: #5f6b7c;
  }
}
* { box-sizing: border-box; }
[hidden], h3:has(+ .not-checked[hidden]) { display: none !important; }
body { margin: 0 auto; max-width: 74rem; padding: 1.5rem clamp(.75rem, 3vw, 2rem) 3rem; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, h4, p, ul, dl, dd, figure, fieldset { margin: 0; padding: 0; }
ul { list-style: none; }
code, kbd { font: .86em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: .5rem; z-index: 3; background: var(--card); padding: .5rem 1rem; }

.summary { background: var(--card); border: 1px solid var(--line); border-left: 8px solid var(--good); border-radius: 12px; padding: 1.25rem 1.5rem; }
.summary.closed { border-left-color: var(--high); }
.summary.incomplete { border-left-color: var(--medium); }
.brand { color: var(--soft); font-weight: 600; letter-spacing: .04em; }
h1 { font-size: 2rem; line-height: 1.2; letter-spacing: -.02em; }
.closed h1 { color: var(--high); }
.incomplete h1 { color: var(--medium); }
.open h1 { color: var(--good); }
.verdict { margin: .25rem 0 1rem; font-size: 1.05rem; }
.tiles { display: grid; grid-template-columns: repeat(5, 1fr); gap: .5rem; }
.tiles li { border-radius: 8px; padding: .5rem .75rem; background: var(--well); line-height: 1.25; }
.tiles strong { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tiles.small { margin-top: .5rem; color: var(--soft); font-size: .88rem; }
.tiles.small strong { display: inline; font-size: 1rem; color: var(--ink); }
.tiles.small li { background: none; padding: .1rem .75rem; }
.tiles li.none { background: var(--well); color: var(--soft); }
.critical { --tone: var(--critical); --tint: var(--critical-soft); }
.high { --tone: var(--high); --tint: var(--high-soft); }
.medium { --tone: var(--medium); --tint: var(--medium-soft); }
.low { --tone: var(--low); --tint: var(--low-soft); }
.info { --tone: var(--info); --tint: var(--info-soft); }
.tiles li.critical, .tiles li.high, .tiles li.medium, .tiles li.low, .tiles li.info { background: var(--tint); color: var(--tone); }
.tiles li.none.none { background: var(--well); color: var(--soft); }

.filters { display: none; position: sticky; top: 0; z-index: 2; margin: 1rem 0; }
.live .filters { display: block; }
.filters form { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: .6rem .9rem; box-shadow: 0 4px 14px rgb(0 0 0 / .07); }
.filters fieldset { border: 0; display: flex; flex-wrap: wrap; gap: .35rem; min-width: 0; }
.filters legend, .search span { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
.search { position: relative; flex: 1 1 13rem; }
.search input { width: 100%; padding-right: 2.2rem; }
.search kbd { position: absolute; right: .55rem; top: .45rem; border: 1px solid var(--line); border-radius: 4px; padding: 0 .4rem; color: var(--soft); }
.search input:focus + kbd { display: none; }
.filters input[type=search], select, button { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--edge); border-radius: 7px; padding: .3rem .6rem; }
button { cursor: pointer; }
.chip { position: relative; cursor: pointer; }
.chip input { position: absolute; inset: 0; opacity: 0; cursor: pointer; margin: 0; width: 100%; height: 100%; }
.chip span { display: block; border-radius: 99px; padding: .15rem .7rem; border: 1px solid var(--edge); color: var(--soft); text-decoration: line-through; }
.chip input:checked + span { background: var(--tint); color: var(--tone); border-color: var(--tone); text-decoration: none; }
.chip input:focus-visible + span { outline: 3px solid var(--focus); outline-offset: 2px; }
.check { white-space: nowrap; }
.count { color: var(--soft); }
.count:empty { display: none; }

.service { margin-top: 2.25rem; }
h2 { font-size: 1.3rem; line-height: 1.3; padding-bottom: .4rem; border-bottom: 2px solid var(--line); margin-bottom: 1rem; }
h3 { font-size: 1.02rem; margin: 1.5rem 0 .6rem; }
summary h3 { display: inline-block; margin: 0; }
summary { cursor: pointer; padding: .2rem 0; }
.reach { margin-top: 1.25rem; }
figure, .reach .scroll, .rule, .not-checked { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.scroll { overflow-x: auto; }
figure .scroll { padding: .75rem; }
figcaption { color: var(--soft); font-size: .85rem; padding: .55rem .9rem; border-top: 1px solid var(--line); }
.key { margin-right: 1.1rem; white-space: nowrap; }
.key::before { content: ""; display: inline-block; width: 1.8rem; margin-right: .4rem; vertical-align: middle; border-top: 4px solid var(--high); }
.key.conditional::before { border-top: 2px dashed var(--soft); }
.key.unknown::before { border: 1.5px dotted var(--soft); height: .75rem; border-radius: 3px; }

.graph { display: block; margin: 0 auto; font: 12.5px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
.graph text { fill: var(--ink); }
.graph .column { fill: var(--soft); font-weight: 600; font-size: 12px; }
.node rect { fill: var(--well); stroke: var(--edge); }
.node { text-decoration: none; }
.node.function rect { fill: var(--info-soft); stroke: var(--info); }
.node.role rect { fill: var(--card); stroke: var(--ink); stroke-width: 1.5; }
.node.trigger rect { rx: 14px; }
.node.unknown rect { fill: var(--card); stroke: var(--soft); stroke-dasharray: 2 3; }
.node.any rect { fill: var(--high-soft); stroke: var(--high); stroke-width: 2.5; }
.node.any text { fill: var(--high); font-weight: 700; }
.node:hover rect { stroke-width: 2.5; }
.node:focus-visible { outline: none; }
.node:focus-visible rect { stroke: var(--focus); stroke-width: 4; }
.dot { fill: var(--tone); }
.edge { fill: none; stroke: var(--edge); stroke-width: 1.4; }
.edge.conditional { stroke-dasharray: 6 4; }
.edge.wide { stroke: var(--high); stroke-width: 4; }
.edge, .node { transition: opacity .12s; }
.focused .edge, .focused .node { opacity: .2; }
.focused .lit { opacity: 1; }

table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .8rem; border-top: 1px solid var(--line); font-weight: 400; }
thead th { border-top: 0; font-weight: 600; color: var(--soft); }
.head th { background: var(--well); font-weight: 600; }
.head small { display: inline; margin-left: .4rem; }
td:nth-of-type(1) { width: 40%; min-width: 10rem; }
.starts td:nth-of-type(1) { width: auto; min-width: 0; }
.starts thead th { overflow-wrap: normal; }
.starts td { white-space: nowrap; font-variant-numeric: tabular-nums; }
small { display: block; color: var(--soft); font-size: .85em; font-weight: 400; }
td code { display: inline-block; margin-right: .35rem; }
td.any, code.wide { color: var(--high); font-weight: 700; }
td.unnamed, td.own-logs, td.note { color: var(--soft); }
td.unknown { font-style: italic; }

.rule { padding: .9rem 1.1rem; margin-bottom: .8rem; }
.rule header { display: flex; flex-wrap: wrap; gap: .35rem .7rem; align-items: baseline; }
h4 { font-size: 1rem; flex: 1 1 20rem; }
.id { color: var(--soft); }
.badge { background: var(--tint); color: var(--tone); border: 1px solid var(--tone); border-radius: 5px; padding: 0 .5rem; font-size: .78rem; font-weight: 700; text-transform: uppercase; letter-spacing: .04em; }
.finding { border-left: 3px solid var(--line); padding: .1rem 0 .1rem .9rem; margin: .7rem 0; }
.place, .evidence { color: var(--soft); font-size: .9rem; }
.place b { color: var(--ink); font-weight: 600; }
.evidence span { margin-right: .8rem; }
.evidence i { font-style: normal; }
.evidence code { background: var(--well); border-radius: 4px; padding: .05rem .35rem; color: var(--ink); }
.settled { border-left-style: dashed; }
.settled .message { color: var(--soft); }
.state { font-size: .9rem; background: var(--well); border-radius: 6px; padding: .2rem .6rem; margin: .25rem 0; width: fit-content; }
dl { display: grid; grid-template-columns: 3rem 1fr; gap: .15rem .5rem; font-size: .93rem; border-top: 1px solid var(--line); padding-top: .6rem; margin-top: .8rem; }
dt { color: var(--soft); }
.remedy { font-weight: 600; }
.not-checked { padding: .3rem 1.1rem; }
.not-checked li { padding: .5rem 0; border-top: 1px solid var(--line); }
.not-checked li:first-child { border-top: 0; }
.left-out { padding: .4rem 1rem; }
.left-out summary { cursor: pointer; }
.nothing { color: var(--good); }
footer { margin-top: 3rem; color: var(--soft); font-size: .88rem; }

@media (max-width: 640px) {
  .summary { padding: 1rem; }
  .tiles { grid-template-columns: repeat(3, 1fr); }
  .tiles.small { grid-template-columns: 1fr 1fr; }
  .tiles.small li { padding: .1rem; }
  .filters { position: static; }
  dl { grid-template-columns: 1fr; }
  dt { margin-top: .3rem; }
}
@media (prefers-reduced-motion: reduce) { .edge, .node { transition: none; } }
@media print {
  :root { --page: #fff; --shadow: none; color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .filters, .skip, .count { display: none !important; }
  .rule, .finding, tr { break-inside: avoid; }
  .scroll { overflow: visible; }
  .graph { width: 100%; height: auto; }
  * { print-color-adjust: exact; }
}
`;
