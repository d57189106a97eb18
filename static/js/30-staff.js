/* The queue by keyboard. Keys act only while the list or the case has the focus (WCAG 2.1.4), and
   never while somebody types. Each key presses or focuses what carries it: data-key. */
(function () {
  'use strict'

  var desk = document.querySelector('[data-desk]')
  if (!desk) return

  var TYPING = 'input:not([type="checkbox"]), textarea, select, [contenteditable]'
  var STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }
  var help = desk.querySelector('[data-keys]')
  var here = -1
  if (help) help.hidden = false

  function rows () {
    return Array.prototype.slice.call(desk.querySelectorAll('[data-row]'))
  }

  function current () {
    var all = rows()
    var row = document.activeElement.closest('[data-row]')
    var open = desk.querySelector('[data-open][aria-current]')
    if (!row && open) row = open.closest('[data-row]')
    return row ? all.indexOf(row) : here
  }

  function step (by) {
    var all = rows()
    if (!all.length) return
    here = Math.max(0, Math.min(all.length - 1, current() + by))
    var link = all[here].querySelector('[data-open]')
    link.focus({ preventScroll: true })
    all[here].scrollIntoView({ block: 'nearest' })
  }

  function press (found) {
    var fold = found.closest('details')
    if (fold && !found.matches('summary')) fold.open = true
    if (found.matches('button, a')) found.click()
    else found.focus()
  }

  desk.addEventListener('keydown', function (event) {
    var target = event.target
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      var form = target.closest('form')
      var last = form && form.querySelector('.buttons button[type="submit"]')
      if (last) {
        event.preventDefault()
        form.requestSubmit(last)
      }
      return
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (target.matches(TYPING)) {
      if (event.key === 'Escape') (desk.querySelector('#case-title') || desk).focus()
      return
    }
    var by = STEPS[event.key]
    if (by && event.key.length > 1 && target.closest('#case')) by = 0 // arrows scroll a case
    if (by) {
      event.preventDefault()
      step(by)
      return
    }
    if (event.key === '?' && help) {
      event.preventDefault()
      help.open = !help.open
      help.querySelector('summary').focus()
    } else if (event.key === '/') {
      var filters = desk.querySelector('.filters')
      if (!filters) return
      event.preventDefault()
      filters.open = true
      filters.querySelector('select').focus()
    } else if (event.key === 'x') {
      var tick = rows()[current()]
      if (tick) tick.querySelector('[data-tick]').click()
    } else if (event.key === 'o') {
      var row = rows()[current()]
      if (row) row.querySelector('[data-open]').click()
    } else if (/^[a-z0-9]$/.test(event.key)) {
      var found = desk.querySelector('[data-key="' + event.key + '"]')
      if (!found) return
      event.preventDefault()
      press(found)
    }
  })

  /* Where there is room, a case opens beside the list; else its link leads to its own page. */
  desk.addEventListener('click', function (event) {
    var link = event.target.closest('[data-open]')
    var place = document.getElementById('case')
    if (!link || !place || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return
    if (!matchMedia('(min-width: 75em)').matches) return
    event.preventDefault()
    desk.querySelectorAll('[data-open][aria-current]').forEach(function (each) {
      each.removeAttribute('aria-current')
    })
    link.setAttribute('aria-current', 'true')
    htmx.ajax('GET', link.href, { target: '#case', swap: 'outerHTML' })
  })

  /* With another ground the letter begins anew. What somebody types while it comes stays. */
  var asked = null
  function fields () {
    var form = desk.querySelector('.decide__form')
    return form ? Array.prototype.filter.call(form.elements, function (field) {
      return field.id && field.matches('input, textarea, select')
    }) : []
  }
  function values () {
    return fields().reduce(function (all, field) { all[field.id] = field.value; return all }, {})
  }
  function fromGround (event) {
    return event.detail.ctx && event.detail.ctx.sourceElement.id === 'ground'
  }
  document.addEventListener('htmx:before:request', function (event) {
    if (fromGround(event)) asked = values()
  })
  document.addEventListener('htmx:before:swap', function (event) {
    if (!asked || event.defaultPrevented || !fromGround(event)) return
    var before = asked
    var now = values()
    asked = null
    document.addEventListener('htmx:after:settle', function () {
      fields().forEach(function (field) {
        if (field.id in now && now[field.id] !== before[field.id]) field.value = now[field.id]
      })
    }, { once: true })
  })

  function count () {
    var ticked = desk.querySelectorAll('[data-tick]:checked').length
    var shown = desk.querySelector('[data-ticked]')
    if (shown) shown.textContent = ticked ? '(' + ticked + ')' : ''
  }
  desk.addEventListener('change', count)
  count()

  /* What was just decided is said once, and can be undone here for half a minute. */
  var just = desk.querySelector('[data-just]')
  if (just) {
    setTimeout(function () { document.dispatchEvent(new CustomEvent('cv:say', { detail: just.dataset.say })) }, 300)
    setTimeout(function go () {
      if (just.contains(document.activeElement) || just.matches(':hover')) setTimeout(go, 5000)
      else just.remove()
    }, Number(just.dataset.just) * 1000)
  }

  var opened = desk.querySelector('#case[hx-get]')
  if (opened) {
    rows().forEach(function (row) {
      var link = row.querySelector('[data-open]')
      var path = new URL(link.href).pathname
      if (opened.getAttribute('hx-get').indexOf(path) === 0) link.setAttribute('aria-current', 'true')
    })
  }
})()
