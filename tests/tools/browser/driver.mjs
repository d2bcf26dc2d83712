// Drives a real Chromium for the integration tests. One JSON object a line on standard input, one a line on standard
// output: {"id", "op", ...} -> {"id", "ok"} or {"id", "error"}. Ends when its input ends.
//
// `page` names a page; each page has a context of its own (cookies, JavaScript on or off, size). A field is named by
// its label, a button or link by what it says, as a person would; `css` reaches the rest.
import { createInterface } from 'node:readline'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const browser = await chromium.launch({
  executablePath: process.env.RIGHTSDESK_TEST_CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync']
})
const pages = new Map()

const one = (page, { label, role, name, css }) => {
  if (css) return page.locator(css).first()
  if (label) return page.getByLabel(label, { exact: true }).first()
  return page.getByRole(role, { name, exact: true }).first()
}

const ops = {
  async open ({ page, javascript = true, width = 1024, height = 768, offline = false, options = {} }) {
    const context = await browser.newContext({
      javaScriptEnabled: javascript, viewport: { width, height }, offline, acceptDownloads: true, ...options
    })
    context.setDefaultTimeout(20000)
    const made = await context.newPage()
    const seen = { requests: [], console: [] }
    const documents = new Set()
    made.on('request', request => {
      seen.requests.push(request.url())
      if (request.isNavigationRequest()) documents.add(request.url())
    })
    made.on('console', message => {
      if (message.type() !== 'error') return
      // That a page itself answers 404 or 422 is what its test asks about, and no fault of the page.
      const own = message.text().startsWith('Failed to load resource: the server responded') &&
        documents.has(message.location().url)
      if (!own) seen.console.push(message.text())
    })
    made.on('pageerror', error => seen.console.push(String(error)))
    pages.set(page, { page: made, context, seen, javascript })
  },
  async close ({ context }, { page }) { await context.close(); pages.delete(page) },
  async goto ({ page }, { url }) { const answer = await page.goto(url); return answer ? answer.status() : 0 },
  async url ({ page }) { return page.url() },
  async title ({ page }) { return page.title() },
  async text ({ page }, { css = 'body' }) { return page.locator(css).first().innerText() },
  async texts ({ page }, { css }) { return page.locator(css).allInnerTexts() },
  async html ({ page }) { return page.content() },
  async count ({ page }, { css }) { return page.locator(css).count() },
  async visible ({ page }, { css }) { return page.locator(css).first().isVisible() },
  async attribute ({ page }, { css, name }) { return page.locator(css).first().getAttribute(name) },
  async value ({ page }, what) { return one(page, what).inputValue() },
  // A click waits until the page that it leads to is there, but not until all of it is.
  async click ({ page }, what) {
    await one(page, what).click()
    await page.waitForLoadState()
  },
  async fill ({ page }, { value, ...what }) { await one(page, what).fill(value) },
  async check ({ page }, what) { await one(page, what).check() },
  async uncheck ({ page }, what) { await one(page, what).uncheck() },
  async select ({ page }, { value, ...what }) { await one(page, what).selectOption(value) },
  async upload ({ page }, { files, ...what }) { await one(page, what).setInputFiles(files) },
  async press ({ page }, { keys }) { for (const key of keys) await page.keyboard.press(key) },
  // A key that leads to another page: unlike a click, it does not wait for it by itself.
  async follow ({ page }, { key }) { await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]) },
  async type ({ page }, { value }) { await page.keyboard.type(value) },
  async wait ({ page }, { css, state = 'visible' }) { await page.locator(css).first().waitFor({ state }) },
  async resize ({ page }, { width, height }) { await page.setViewportSize({ width, height }) },
  async eval ({ page }, { script }) { return page.evaluate(script) },
  async back ({ page }) { await page.goBack() },
  async reload ({ page }) { await page.reload() },
  async cookies ({ context }) { return context.cookies() },
  async cookie ({ context }, { cookie }) { await context.addCookies([cookie]) },
  async forget ({ context }) { await context.clearCookies() },
  async offline ({ context }, { offline }) { await context.setOffline(offline) },
  async seen ({ seen }) { return seen },
  async screenshot ({ page }, { path, full = true }) { await page.screenshot({ path, fullPage: full }) },
  async download ({ page }, { path, ...what }) {
    const [download] = await Promise.all([page.waitForEvent('download'), one(page, what).click()])
    await download.saveAs(path)
    return download.suggestedFilename()
  },
  // What has the focus, as a screen reader would begin to say it.
  async focus ({ page }) {
    return page.evaluate(() => {
      const at = document.activeElement
      const named = ['submit', 'button', 'reset'].includes(at.type) ? at.value : ''
      return { tag: at.tagName.toLowerCase(), id: at.id, text: (at.innerText || named || '').trim() }
    })
  },
  // True if nothing reaches past the right edge of the window.
  async fits ({ page }) {
    return page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
  },
  async axe (it, { disable = [] }) {
    // The checker needs scripts: a page without them is checked as a copy whose own scripts do not come.
    const twin = it.javascript ? null : await copy(it.page)
    const page = twin ? twin.page : it.page
    await page.waitForLoadState()
    await page.evaluate(axe)
    const found = await page.evaluate(disable => window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: Object.fromEntries(disable.map(rule => [rule, { enabled: false }])),
      resultTypes: ['violations']
    }), disable)
    if (twin) await twin.context.close()
    return found.violations.map(v => ({
      rule: v.id, help: v.help, nodes: v.nodes.map(n => ({ at: n.target.join(' '), html: n.html, why: n.failureSummary }))
    }))
  }
}

const copy = async page => {
  const context = await browser.newContext({ viewport: page.viewportSize() })
  await context.route('**/*', route => route.request().resourceType() === 'script' ? route.abort() : route.continue())
  const made = await context.newPage()
  const base = `<head><base href="${page.url().replaceAll('"', '%22')}">`
  await made.setContent((await page.content()).replace('<head>', base), { waitUntil: 'load' })
  await made.waitForFunction(() => document.readyState === 'complete' && document.body?.querySelector('h1'))
  return { page: made, context }
}

const late = () => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('no answer within a minute')), 60000).unref()
})

const answer = message => process.stdout.write(JSON.stringify(message) + '\n')

// Each page's commands in their order; pages at the same time.
const queues = new Map()
createInterface({ input: process.stdin }).on('line', line => {
  const message = JSON.parse(line)
  const { id, op, page } = message
  const before = queues.get(page) ?? Promise.resolve()
  queues.set(page, before.then(async () => {
    try {
      const ok = await Promise.race([op === 'open' ? ops.open(message) : ops[op](pages.get(page), message), late()])
      answer({ id, ok: ok ?? null })
    } catch (error) {
      answer({ id, error: String(error?.message ?? error) })
    }
  }))
}).on('close', async () => {
  await Promise.all(queues.values())
  await browser.close()
  process.exit(0)
})
answer({ id: 0, ok: 'ready' })
