#include "clients/cli/dossier/page.h"

namespace consilience::cli {

// Every pair of text and ground has a contrast of at least 4.5 to 1 in both schemes.
const char kDossierStyle[] = R"css(
:root { color-scheme: light dark; --ground: #fff; --text: #1c1c1c; --faint: #595959; --rule: #d0d0d0;
  --mark: #fff2b3; --a0: #0b5cad; --a1: #a33b00; --a2: #1d6b2f; --a3: #7a2c8f; --a4: #8a5a00; --a5: #a8123e; }
@media (prefers-color-scheme: dark) { :root { --ground: #16181b; --text: #ececec; --faint: #b0b0b0; --rule: #45484d;
  --mark: #54470a; --a0: #7fb8f0; --a1: #f0a078; --a2: #82cf95; --a3: #d39be6; --a4: #e0b25a; --a5: #f58fae; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--rule); padding-bottom: .2rem; }
h3 { font-size: 1.05rem; margin: 1.4rem 0 .3rem; }
p.lead { font-size: 1.1rem; margin: .2rem 0 1rem; }
.faint, figcaption, cite { color: var(--faint); font-style: normal; font-size: .9rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--rule); }
th { color: var(--faint); font-weight: 600; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
blockquote { margin: .5rem 0 .9rem; padding-left: .9rem; border-left: 3px solid var(--rule); }
mark { background: var(--mark); color: inherit; }
figure { margin: 0; }
svg { width: 100%; height: auto; font-size: 12px; }
svg text { fill: var(--text); }
svg .grid { stroke: var(--rule); }
svg .mark { stroke-width: 3; stroke: currentColor; }
svg circle, svg path { fill: currentColor; }
svg .link { fill: none; stroke: currentColor; stroke-width: 2; opacity: .75; }
svg .denies { stroke-dasharray: 6 4; }
svg .origin { font-weight: 600; }
.a0 { color: var(--a0); } .a1 { color: var(--a1); } .a2 { color: var(--a2); }
.a3 { color: var(--a3); } .a4 { color: var(--a4); } .a5 { color: var(--a5); }
a { color: var(--a0); }
code { font-size: .85rem; overflow-wrap: anywhere; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } h2 { break-after: avoid; }
  blockquote, tr, figure { break-inside: avoid; } }
)css";

}  // namespace consilience::cli
