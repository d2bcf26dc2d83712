// Writes the reference cases of the golden tests: `node cases.mjs OUT`. Each line is one case: what the macro was given and
// the HTML that it made. govuk-frontend brings its own (fixtures.json); for MoJ, which has none, its templates are run on
// the options in moj-cases.mjs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import nunjucks from 'nunjucks'
import { cases } from './moj-cases.mjs'

const out = process.argv[2]
const govuk = 'node_modules/govuk-frontend/dist'
const moj = 'node_modules/@ministryofjustice/frontend'
const version = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
const write = (folder, name, source, list) => {
  mkdirSync(join(out, folder), { recursive: true })
  const lines = list.map(({ name, options, html }) => JSON.stringify({ name, options, html }))
  const text = `{"component":"${name}","source":"${source}","cases":[\n${lines.join(',\n')}\n]}\n`
  writeFileSync(join(out, folder, `${name}.json`), text)
}

// Not ours: the header with the crown, and the feedback bar.
const components = `accordion back-link breadcrumbs button character-count checkboxes cookie-banner date-input details
  error-message error-summary exit-this-page fieldset file-upload footer generic-header hint input inset-text label
  language-navigation notification-banner pagination panel password-input phase-banner radios select service-navigation
  skip-link summary-list table tabs tag task-list textarea warning-text`.split(/\s+/)
for (const name of components) {
  const { fixtures } = JSON.parse(readFileSync(`${govuk}/govuk/components/${name}/fixtures.json`, 'utf8'))
  write('govuk', name, `govuk-frontend ${version('node_modules/govuk-frontend')}`, fixtures)
}

const env = new nunjucks.Environment(new nunjucks.FileSystemLoader([moj, govuk]), { autoescape: true, trimBlocks: true, lstripBlocks: true })
// What a date looks like is given with it; the templates would format it in English only.
env.addFilter('date', (timestamp, format) => format)
env.addFilter('mojDate', (timestamp, type) => timestamp[type])
for (const [name, list] of Object.entries(cases)) {
  const macro = 'moj' + name.split('-').map((word) => word[0].toUpperCase() + word.slice(1)).join('')
  const source = `{% from "moj/components/${name}/macro.njk" import ${macro} %}{{ ${macro}(options) }}`
  const made = list.map(([name, options]) => ({ name, options, html: env.renderString(source, { options }).trim() }))
  write('moj', name, `@ministryofjustice/frontend ${version(moj)}`, made)
}
