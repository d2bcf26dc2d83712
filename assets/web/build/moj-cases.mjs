// Options for the MoJ templates, one list a component: [name of the case, options].
const attributes = { 'data-test': 'one', id: 'own-id' }
export const cases = {
  badge: [
    ['default', { text: 'Urgent' }],
    ['classes', { text: 'Overdue', classes: 'moj-badge--red' }],
    ['attributes', { text: 'Overdue', attributes }],
    ['text is escaped', { text: '<b>x</b> & "y"' }],
    ['html', { html: 'Due <b>today</b>' }],
  ],
  'button-menu': [
    ['default', { button: { text: 'Actions' }, items: [{ text: 'Edit', href: '/edit' }, { text: 'Close', value: 'close', name: 'move' }] }],
    ['aligned', { alignMenu: 'right', button: { text: 'Actions', classes: 'govuk-button--inverse' }, items: [{ text: 'Edit', href: '/edit', classes: 'extra' }] }],
    ['classes and attributes', { classes: 'extra', attributes, items: [{ text: 'One' }, { text: 'Two', disabled: true, type: 'button', attributes }] }],
  ],
  filter: [
    ['without a selection', { heading: { text: 'Filter' }, optionsHtml: '<p>options</p>' }],
    ['with a selection', {
      heading: { text: 'Filter' },
      selectedFilters: {
        heading: { text: 'Selected filters' },
        clearLink: { text: 'Clear filters', href: '/cases' },
        categories: [
          { heading: { text: 'Stage' }, items: [{ href: '?a=1', text: 'In review' }, { href: '?b=1', text: 'Approved & <signed>' }] },
          { heading: { html: '<i>Right</i>' }, items: [{ href: '?c=1', text: 'Access' }] },
        ],
      },
      optionsHtml: '<p>options</p>',
    }],
    ['button and attributes', { heading: { html: 'Filter <b>x</b>' }, submit: { text: 'Show', attributes: { 'data-x': 'y' } }, attributes, optionsHtml: '<p>options</p>' }],
  ],
  'identity-bar': [
    ['title', { title: { text: 'DR-2026-000123 <x>' } }],
    ['html title', { title: { html: '<b>DR</b>-1' }, classes: 'extra', attributes }],
    ['menus', { title: { text: 'DR-1' }, menus: [{ items: [{ text: 'Edit', href: '/edit', classes: 'govuk-button--secondary' }] }, { button: { text: 'More' }, items: [{ text: 'A', href: '/a' }, { text: 'B', href: '/b' }] }] }],
  ],
  messages: [
    ['two days', {
      label: 'Messages', items: [
        { id: 1, text: 'Which <years>?', type: 'sent', sender: 'The team', timestamp: { date: '2026-11-01', time: '09:05' } },
        { id: 2, text: 'All of them', type: 'received', sender: 'Ann Lee', timestamp: { date: '2026-11-01', time: '10:00' } },
        { id: 3, html: '<p>Thank you</p>', type: 'sent', sender: 'The team', timestamp: { date: '2026-11-02', time: '08:00' } },
      ],
    }],
    ['id, classes, attributes', { id: 'talk', classes: 'extra', attributes: { 'data-x': 'y' }, items: [{ text: 'Hello', type: 'sent', sender: 'A', timestamp: { date: '2026-05-01', time: '13:00' } }] }],
  ],
  'page-header-actions': [
    ['default', { heading: { text: 'Cases' }, items: [{ text: 'Log a request', href: '/cases/new' }] }],
    ['without actions', { heading: { text: 'Cases <x>', level: 2, classes: 'govuk-heading-l' }, classes: 'extra', attributes }],
    ['html', { heading: { html: '<i>Cases</i>' }, items: [{ text: 'One', classes: 'govuk-button--secondary' }, { text: 'Two' }] }],
  ],
  pagination: [
    ['pages', {
      results: { from: 11, to: 20, count: 45, text: 'cases' },
      previous: { text: 'Previous', href: '?p=1' }, next: { text: 'Next', href: '?p=3' },
      items: [{ number: 1, href: '?p=1' }, { number: 2, href: '?p=2', current: true }, { ellipsis: true }, { number: 5, href: '?p=5' }],
    }],
    ['classes', { classes: 'extra', landmarkLabel: 'Cases', items: [{ number: 1, href: '?p=1' }, { number: 2, href: '?p=2' }] }],
  ],
  'side-navigation': [
    ['one list', { label: 'Case', items: [{ text: 'Overview', href: '/1', active: true }, { text: 'Records', href: '/2' }] }],
    ['sections', {
      label: 'Settings', classes: 'extra', attributes, sections: [
        { heading: { text: 'Team', classes: 'x' }, items: [{ text: 'People <x>', href: '/1' }] },
        { heading: { html: '<i>Law</i>', headingLevel: 2, attributes: { 'data-x': 'y' } }, items: [{ html: '<b>Holidays</b>', href: '/2', active: true, attributes: { 'data-y': 'z' } }] },
      ],
    }],
  ],
  'sub-navigation': [
    ['default', { label: 'Case', items: [{ text: 'Overview', href: '/1', active: true }, { text: 'Records <x>', href: '/2', attributes: { 'data-y': 'z' } }] }],
    ['classes and attributes', { label: 'Case', classes: 'extra', attributes, items: [{ html: '<b>One</b>', href: '/1', classes: 'y' }] }],
  ],
  timeline: [
    ['default', {
      headingLevel: 3, items: [
        { label: { text: 'Received <x>' }, text: 'By post & by hand', datetime: { timestamp: '2026-11-02T09:05:00Z', format: '2 November 2026 at 9:05am' }, byline: { text: 'Ann Lee' } },
        { label: { html: '<i>Verified</i>' }, html: '<p>By code</p>', datetime: { timestamp: '2026-11-03', format: '3 November 2026' }, classes: 'extra', attributes: { 'data-x': 'y' } },
      ],
    }],
    ['classes and attributes', { classes: 'extra', attributes, items: [{ label: { text: 'Closed' }, text: 'Done', datetime: { timestamp: '2026-11-03', format: '3 November 2026' } }] }],
  ],
}
