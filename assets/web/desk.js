// Small helps for the desk. Every page works without them.

// A page that waits for something is read again while it waits.
const waiting = document.querySelector('[data-read-again]')
if (waiting) {
  const seconds = Number(waiting.dataset.readAgain) || 5
  setTimeout(() => { if (!document.hidden) location.reload() }, seconds * 1000)
}

// Words that are selected in a record's text go into the form that redacts. Places are counted in Unicode scalar values.
const form = document.getElementById('redact')
if (form) {
  const say = document.getElementById('selected-status')
  const length = text => Array.from(text).length
  const before = (root, node, offset) => {
    const range = document.createRange()
    range.setStart(root, 0)
    range.setEnd(node, offset)
    return length(range.toString())
  }
  document.addEventListener('selectionchange', () => {
    const chosen = document.getSelection()
    if (!chosen || chosen.isCollapsed || chosen.rangeCount === 0) return
    const range = chosen.getRangeAt(0)
    const at = range.commonAncestorContainer
    const root = (at.nodeType === Node.TEXT_NODE ? at.parentElement : at).closest('.rd-text[data-field]')
    if (!root) return
    const start = before(root, range.startContainer, range.startOffset)
    const words = range.toString()
    // The form sends text without white space at its ends; so is the place.
    const left = length(words) - length(words.trimStart())
    const trimmed = words.trim()
    if (!trimmed) return
    const put = (name, value) => { form.elements.namedItem(name).value = value }
    put('field', root.dataset.field)
    put('words', trimmed)
    put('selected', trimmed)
    put('start', start + left)
    put('end', start + left + length(trimmed))
    put('text-hash', root.dataset.hash)
    say.textContent = 'Chosen to be redacted: ' + trimmed
  })
}
