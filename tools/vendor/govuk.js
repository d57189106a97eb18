// The part of GOV.UK Frontend's behaviour that Citizen Voice uses, as one classic script.
import { CharacterCount } from 'govuk-frontend/dist/govuk/components/character-count/character-count.mjs'
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs'

function start () {
  document.body.classList.add('js-enabled', 'govuk-frontend-supported')
  for (const Component of [CharacterCount, ErrorSummary]) {
    for (const root of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
      new Component(root)
    }
  }
}

if (document.readyState === 'loading') {
  document.addEventListener('DOMContentLoaded', start)
} else {
  start()
}
