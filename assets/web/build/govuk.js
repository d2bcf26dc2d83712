// Starts the scripts of govuk-frontend on the page that loads this module. What the GOV.UK template does in an inline
// script, which our Content-Security-Policy forbids, is done here first.
import { initAll } from 'govuk-frontend'

document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')
initAll()
