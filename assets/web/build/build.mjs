// Compiles the vendored front end: `node build.mjs OUT`, in a folder where package.json is installed (see ./build).
// Writes OUT/{govuk,moj}.{css,js} and the pictures that moj.css names, and says how big they are.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'
import postcss from 'postcss'
import rtlcss from 'rtlcss'
import * as sass from 'sass'

const out = process.argv[2]
const images = 'node_modules/@ministryofjustice/frontend/moj/assets/images'
const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version
const banners = {
  govuk: `/*! govuk-frontend ${version('govuk-frontend')}, MIT, see GOVUK-LICENCE.txt */`,
  moj: `/*! @ministryofjustice/frontend ${version('@ministryofjustice/frontend')}, MIT, see MOJ-LICENCE.txt */`,
}

// The crown and the crest belong to government: no rule for them is kept.
const crown = /govuk-footer__(copyright-logo|crown|licence-logo)|govuk-header|moj-header/
const withoutCrown = (css) => {
  const root = postcss.parse(css)
  root.walkRules((rule) => {
    rule.selectors = rule.selectors.filter((selector) => !crown.test(selector))
    if (rule.selectors.every((selector) => selector === '')) rule.remove()
  })
  root.walkAtRules((at) => {
    if (at.nodes && at.nodes.length === 0) at.remove()
  })
  return root.toString()
}

// What we change in the scripts, so that axe-core has nothing to say: file, what stands there, what shall stand there.
const changes = [
  // ARIA does not allow aria-expanded on a radio; what a radio shows stands right after it, where a screen reader comes next.
  [/radios\/radios\.mjs$/, "      $input.setAttribute('aria-expanded', inputIsChecked.toString());\n", ''],
  // The texts of an accordion's button have no space between; its spoken name, which must hold them (WCAG 2.2, 2.5.3), has.
  [/accordion\/accordion\.mjs$/, '$button.appendChild(this.getButtonPunctuationEl())',
    "$button.append(this.getButtonPunctuationEl(), ' ')"],
]
const changed = new Set()
const changer = {
  name: 'changer',
  setup (build) {
    for (const [filter, from, to] of changes) {
      build.onLoad({ filter }, ({ path }) => {
        const parts = readFileSync(path, 'utf8').split(from)
        if (parts.length < 2) throw new Error(`${path} is not as expected: look at it again`)
        changed.add(from)
        return { contents: parts.join(to), loader: 'js' }
      })
    }
  },
}

const sizes = []
const write = (name, text) => {
  if (/sourceMappingURL|crest|crown|GDS Transport/i.test(text)) throw new Error(`${name} carries GOV.UK branding or a source map`)
  writeFileSync(join(out, name), text)
  sizes.push([name, Buffer.byteLength(text), gzipSync(text, { level: 9 }).length])
}

for (const name of ['govuk', 'moj']) {
  const { css } = sass.compile(`${name}.scss`, { loadPaths: ['.'], quietDeps: true, sourceMap: false, charset: false })
  const minify = (css) => esbuild.transform(css, { loader: 'css', minify: true, legalComments: 'none', target: 'chrome90' })
  const small = await minify(withoutCrown(css))
  write(`${name}.css`, `${banners[name]}\n${small.code}`)
  // The same in the mirror, for languages that run right to left. The desk is in English.
  if (name === 'govuk') write('govuk-rtl.css', `${banners[name]}\n${(await minify(rtlcss.process(withoutCrown(css)))).code}`)
  // Pictures lie beside the style sheet, named moj-..., so that their address is relative to its own.
  for (const [, url] of small.code.matchAll(/url\(["']?([^"')]+)/g)) {
    const file = url.replace(/^moj-/, '')
    if (name !== 'moj' || !/^icon-[\w-]+\.svg$/.test(file)) throw new Error(`${name}.css names ${url}`)
    copyFileSync(join(images, file), join(out, url))
  }
  const bundle = await esbuild.build({
    entryPoints: [`${name}.js`], bundle: true, minify: true, write: false, format: 'esm', target: 'es2020', legalComments: 'none',
    plugins: [changer],
  })
  write(`${name}.js`, `${banners[name]}\n${bundle.outputFiles[0].text}`)
}
if (changed.size !== changes.length) throw new Error('a script that we change was not bundled')
for (const [name, bytes, gzipped] of sizes) console.log(`${name}: ${bytes} bytes, ${gzipped} gzipped`)
