// Opens a dossier in Chromium as its reader does and prints what it finds as JSON:
//   dossier_page.mjs FILE [SCREENSHOT]      from the folder that has node_modules
// {errors: […], requests: […], milliseconds, schemes: {light: [violations], dark: […]}, print,
//  narrow: width that the page takes on a telephone}
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(`${process.cwd()}/`);
const { chromium } = require('playwright-core');
const axe = require.resolve('axe-core/axe.min.js');
const [file, screenshot] = process.argv.slice(2);

const report = { errors: [], requests: [], schemes: {} };
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const colorScheme of ['light', 'dark']) {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1000, height: 1300 } });
  page.on('console', (message) => {
    if (message.type() === 'error') report.errors.push(message.text());
  });
  page.on('pageerror', (error) => report.errors.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) report.requests.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  if (colorScheme === 'light') {
    // The best of three: the first load also warms the browser up.
    report.milliseconds = Infinity;
    for (let load = 0; load < 3; ++load) {
      await page.reload();
      report.milliseconds = Math.min(report.milliseconds, await page.evaluate(() => {
        const [navigation] = performance.getEntriesByType('navigation');
        return navigation.domComplete - navigation.startTime;
      }));
    }
    if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });
  }
  await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate(() => window.axe.run(document));
  report.schemes[colorScheme] = violations.map((v) =>
    `${v.id}: ${v.help} (${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(' | ')})`);
  await page.close();
}
const telephone = await browser.newPage({ viewport: { width: 360, height: 740 } });
await telephone.goto(pathToFileURL(file).href);
report.narrow = await telephone.evaluate(() => document.documentElement.scrollWidth);
report.print = (await telephone.pdf({ format: 'A4' })).length;
await browser.close();
console.log(JSON.stringify(report));
