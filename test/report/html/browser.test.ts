import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {findingsHtml} from '../../../src/report/html/page.ts';
import {chromium, openPage, type Page} from './chromium.ts';
import {finding, ordersReport} from './orders-report.ts';

if (chromium === undefined) console.warn('browser.test.ts is skipped: there is no Chromium on this machine');

const longName = 'arn:aws:lambda:eu-central-1:111122223333:function:a-name-that-is-as-long-as-names-may-get-on-aws';
const strange = {...finding, message: '<script>document.title = "taken"</script>', resource: longName, known: true};

describe.skipIf(chromium === undefined)('in a real Chromium, the page', () => {
  let folder: string;
  let page: Page;
  let address: string;
  const report = ordersReport();
  const html = findingsHtml({...report, result: {...report.result, findings: [...report.result.findings, strange]}});

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gear-html-'));
    writeFileSync(join(folder, 'audit.html'), html);
    address = pathToFileURL(join(folder, 'audit.html')).href;
    page = await openPage(join(folder, 'profile'));
  }, 60_000);
  afterAll(async () => {
    await page?.close();
    rmSync(folder, {recursive: true, force: true, maxRetries: 5});
  });

  /** By way of another page: a new hash alone does not load anything. */
  const open = async (hash = '') => {
    for (const url of ['about:blank', `${address}${hash}`]) await page.send('Page.navigate', {url});
    await page.evaluate(
      `new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', () => done()))`,
    );
  };
  const shown = () =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll('.finding')].filter(each => each.checkVisibility()).map(each => each.querySelector('.message').textContent)`,
    );
  const hash = () => page.evaluate<string>('decodeURIComponent(location.hash)');
  const focused = () => page.evaluate<string>('document.activeElement.id || document.activeElement.value');
  beforeEach(() => open());

  const star = 'sqs:SendMessage is allowed on *';
  const alarm = 'Errors of Archive raise no alarm';
  const logs = 'logs:PutLogEvents is allowed on *';

  test('shows everything at first, runs nothing that a template says, and asks for no other file', async () => {
    expect(await shown()).toEqual([star, strange.message, alarm, logs]);
    expect(await page.evaluate('document.title')).toBe('Gate closed · gear audit');
    expect(page.requested.filter(url => !url.startsWith('data:') && !url.startsWith(address))).toEqual([]);
  });

  test('is searched from the keyboard: / goes to the search, and Escape takes it back', async () => {
    await page.press('/');
    expect(await focused()).toBe('q');
    await page.type('archive alarm');
    expect(await shown()).toEqual([alarm]);
    expect(await hash()).toBe('#q=archive+alarm');
    expect(
      await page.evaluate(`[...document.querySelectorAll('h3')].filter(each => each.checkVisibility()).length`),
    ).toBe(1);
    expect(await page.evaluate('document.getElementById("count").textContent')).toBe('1 of 4 findings shown');
    await page.press('Escape');
    expect(await shown()).toHaveLength(4);
  });

  test('is filtered from the keyboard, by severity and by what is settled', async () => {
    await page.press('/');
    await page.press('Tab');
    expect(await focused()).toBe('high');
    await page.press(' ');
    expect(await shown()).toEqual([alarm, logs]);
    expect(await hash()).toBe('#severity=medium+low');
    await page.evaluate('document.getElementById("settled").focus()');
    await page.press(' ');
    expect(await shown()).toEqual([alarm]);
    await page.evaluate('document.querySelector("button[type=reset]").focus()');
    await page.press('Enter');
    await page.evaluate('new Promise(done => setTimeout(done))');
    expect(await shown()).toHaveLength(4);
  });

  test('opens with the filters of its address', async () => {
    await open('#q=allowed&severity=high+low&group=iam&settled=no');
    expect(await shown()).toEqual([star]);
    await open('#group=observability');
    expect(await shown()).toEqual([alarm]);
    await open('#findings');
    expect(await shown()).toHaveLength(4);
  });

  test('lights the way from a function to what it may reach, and shows what it knows of a name', async () => {
    const lit = () =>
      page.evaluate<string[]>(
        `[...document.querySelectorAll('.node.lit')].map(node => node.getAttribute('aria-label'))`,
      );
    await page.evaluate(`document.querySelector('.node.function').focus()`);
    const way = [
      'Queue OrdersQueue',
      'Function Ingest, high finding',
      'Role IngestRole, high finding',
      'every resource (*)',
    ];
    expect(await lit()).toEqual(way);
    await page.press('Enter');
    expect(await hash()).toBe('#q=Ingest');
    // The page hears of the new address after it is there.
    await expect.poll(shown).toEqual([star, strange.message, logs]);
  });

  describe.each(['light', 'dark'])('in the %s', scheme => {
    test.each([400, 1280])('has room at %i pixels, and text that can be read', async width => {
      await page.send('Emulation.setEmulatedMedia', {features: [{name: 'prefers-color-scheme', value: scheme}]});
      await page.send('Emulation.setDeviceMetricsOverride', {width, height: 900, deviceScaleFactor: 1, mobile: false});
      await open();
      expect(await page.evaluate('document.scrollingElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
        true,
      );
      expect(await page.evaluate('innerWidth')).toBe(width);
      expect(await page.evaluate(lowContrast)).toEqual([]);
    });
  });

  test('prints all of it, without what is for the screen', async () => {
    await page.evaluate(`document.querySelector('details').open = false; dispatchEvent(new Event('beforeprint'))`);
    await page.send('Emulation.setEmulatedMedia', {media: 'print'});
    const visible = (selector: string) => page.evaluate(`document.querySelector('${selector}').checkVisibility()`);
    expect(await visible('.filters')).toBe(false);
    expect(await visible('.reach table')).toBe(true);
  });
});

/** Texts whose contrast with what is behind them is under 4.5. https://www.w3.org/TR/WCAG22/#contrast-minimum */
const lowContrast = `(() => {
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b]
    .map(value => value / 255)
    .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = element => {
    const rect = element.closest('a.node')?.querySelector('rect');
    if (rect) return parse(getComputedStyle(rect).fill);
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('body *')]
    .filter(element => element.checkVisibility() && !/^(script|title|option)$/i.test(element.tagName))
    .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim() !== ''))
    .flatMap(element => {
      const style = getComputedStyle(element);
      const [one, other] = [parse(element.namespaceURI.endsWith('svg') ? style.fill : style.color), behind(element)].map(luminance);
      const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      return ratio < 4.5 ? [element.textContent.trim().slice(0, 40) + ' ' + ratio.toFixed(2)] : [];
    });
})()`;
