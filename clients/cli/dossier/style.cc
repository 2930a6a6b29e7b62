#include "clients/cli/dossier/page.h"

namespace consilience::cli {

// Every pair of text and ground has a contrast of at least 4.5 to 1 in both schemes.
const char kDossierStyle[] = R"css(
:root { color-scheme: light dark; --ground: #fff; --raised: #f6f7f8; --text: #1b1d20; --faint: #565b61;
  --rule: #d5d8dc; --mark: #fff0a8; --a0: #0b5cad; --a1: #a33b00; --a2: #1d6b2f; --a3: #7a2c8f; --a4: #7d5200;
  --a5: #a8123e; --good: #1d6b2f; --bad: #a8123e; --doubtful: #7d5200; --quiet: #565b61; }
@media (prefers-color-scheme: dark) { :root { --ground: #15171a; --raised: #1e2125; --text: #ececec;
  --faint: #b3b7bd; --rule: #40454b; --mark: #574a0b; --a0: #86bdf3; --a1: #f2a67f; --a2: #86d199; --a3: #d6a2e8;
  --a4: #e3b863; --a5: #f697b4; --good: #86d199; --bad: #f697b4; --doubtful: #e3b863; --quiet: #b3b7bd; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 2rem 1.5rem 3rem; background: var(--ground);
  color: var(--text); font: 1rem/1.55 system-ui, "Segoe UI", sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .6rem; text-wrap: balance; }
h2 { font-size: 1.25rem; margin: 2.4rem 0 .8rem; border-bottom: 1px solid var(--rule); padding-bottom: .25rem; }
h3 { font-size: 1.08rem; margin: 1.6rem 0 .4rem; }
h4, h5 { font-size: 1rem; margin: 0 0 .2rem; }
.kicker { color: var(--faint); font-size: .85rem; letter-spacing: .02em; margin: 0 0 .4rem; }
.lead { font-size: 1.12rem; margin: .2rem 0 1.4rem; max-width: 52rem; }
.faint, figcaption, cite { color: var(--faint); font-style: normal; font-size: .9rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .8rem .45rem 0; border-bottom: 1px solid var(--rule); }
thead th { color: var(--faint); font-weight: 600; font-size: .85rem; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
td.n, .when { white-space: nowrap; }
tbody th { min-width: 9rem; }
.bar { display: inline-block; width: 4rem; height: .55rem; margin-right: .3rem; border-radius: .3rem;
  background: var(--rule); overflow: hidden; }
.bar span { display: block; height: 100%; background: var(--a0); }
.badge { display: inline-block; padding: 0 .5rem; border: 1px solid currentColor; border-radius: 1rem;
  font-size: .82rem; line-height: 1.5; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); } .doubtful { color: var(--doubtful); }
.quiet { color: var(--quiet); }
.witness { background: var(--raised); border-radius: .5rem; padding: .8rem 1rem .4rem; margin: .7rem 0; }
.witness > p.faint { margin: 0 0 .5rem; }
blockquote { margin: .5rem 0 .7rem; padding-left: .9rem; border-left: 3px solid var(--rule); }
blockquote p { margin: 0 0 .15rem; }
mark { background: var(--mark); color: inherit; padding: .05em .1em; }
.notes { margin: .3rem 0 .7rem; padding-left: 1.2rem; }
.documents li { margin: .25rem 0; }
figure { margin: 0; }
svg { width: 100%; height: auto; font-size: 13px; }
svg text { fill: var(--text); }
svg .grid { stroke: var(--rule); }
svg .mark { stroke-width: 3; stroke: currentColor; }
svg circle, svg path { fill: currentColor; }
svg .link { fill: none; stroke: currentColor; stroke-width: 2; opacity: .75; }
svg .denies { stroke-dasharray: 6 4; }
svg .origin { font-weight: 600; }
.a0 { color: var(--a0); } .a1 { color: var(--a1); } .a2 { color: var(--a2); }
.a3 { color: var(--a3); } .a4 { color: var(--a4); } .a5 { color: var(--a5); }
a { color: var(--a0); text-underline-offset: .15em; }
code { font-size: .8rem; color: var(--faint); overflow-wrap: anywhere; }
.question { border-top: 3px solid var(--rule); margin-top: 2.5rem; }
footer { margin-top: 2rem; }
@media print { :root { --raised: #fff; } body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h3, h4 { break-after: avoid; } blockquote, tr, figure { break-inside: avoid; }
  .witness { border: 1px solid var(--rule); } .scroll { overflow: visible; } a { color: inherit; } }
)css";

}  // namespace consilience::cli
