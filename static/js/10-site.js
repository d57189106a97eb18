/* What htmx does not do: guard against double sending, say and focus what changed, copy, keep typed words. */
(function () {
  'use strict'

  var live = document.getElementById('live')
  var alertBox = document.getElementById('alert')

  var free = 0 // when the live region has time for the next sentence
  /** Says a sentence once through the polite live region; one that comes close after another waits its turn. */
  function say (words) {
    if (!live || !words) return
    var begin = Math.max(Date.now(), free)
    free = begin + 1000
    setTimeout(function () {
      live.textContent = ''
      setTimeout(function () { live.textContent = words }, 60)
    }, begin - Date.now())
  }
  document.addEventListener('cv:say', function (event) { say(event.detail) })

  function fail (words) {
    alertBox.textContent = words || live.dataset.failed
    setTimeout(function () { alertBox.textContent = '' }, 12000)
  }

  /* One press, one request. The second click of a double click would land on the button that has just
     taken the first one's place; a plain form already on its way is not sent again. */
  document.addEventListener('click', function (event) {
    if (event.detail > 1 && event.target.closest('form[method="post"] button')) {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
  }, true)
  document.addEventListener('submit', function (event) {
    var form = event.target
    if (form.method !== 'post' || form.hasAttribute('hx-post')) return
    if (form.dataset.sent) event.preventDefault()
    form.dataset.sent = 'yes'
    setTimeout(function () { delete form.dataset.sent }, 3000)
  })

  document.addEventListener('click', function (event) {
    var target = event.target
    var copy = target.closest('[data-copy]')
    if (copy) {
      var field = document.getElementById(copy.dataset.copy)
      field.select()
      navigator.clipboard.writeText(field.value).then(function () {
        copy.textContent = live.dataset.copied
        say(live.dataset.copied)
      }, function () {})
    }
    var way = target.closest('[data-share]')
    if (way) navigator.share({ title: way.dataset.share, url: way.dataset.url }).catch(function () {})
    if (target.closest('[data-print]')) {
      Promise.all(Array.prototype.map.call(document.querySelectorAll('.poster img'), function (img) {
        img.loading = 'eager'
        return img.decode().catch(function () {})
      })).then(function () { window.print() })
    }
    if (target.closest('[data-close]')) alertBox.textContent = ''
    document.querySelectorAll('.menu[open]').forEach(function (menu) {
      if (!menu.contains(target)) menu.open = false
    })
  })

  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') return
    alertBox.textContent = ''
    var menu = document.querySelector('.menu[open]')
    if (menu) {
      menu.open = false
      menu.querySelector('summary').focus()
    }
  })

  /* Answers of 400 and more are shown only where the server said so; a proxy's page never lands in a card. */
  document.addEventListener('htmx:before:swap', function (event) {
    var ctx = event.detail.ctx
    if (ctx.response && ctx.response.status >= 400 && !(ctx.hx && ctx.hx.retarget)) {
      event.preventDefault()
      fail()
    }
  })
  document.addEventListener('htmx:error', function (event) {
    var ctx = event.detail.ctx
    if (ctx && !ctx.sourceElement.matches('input')) fail() // what comes while somebody types stays away quietly
  })

  /* After a swap: focus goes to what changed, its words are said. */
  document.addEventListener('htmx:after:settle', function (event) {
    var fresh = event.detail.newContent.filter(function (node) { return node.nodeType === 1 })
    if (event.detail.task.target === alertBox) return
    var held = document.activeElement
    if (held && held !== document.body && fresh.indexOf(held) < 0) {  // what came above it must not push it out of sight
      var box = held.getBoundingClientRect()
      if (box.top < 0 || box.bottom > innerHeight) held.scrollIntoView({ block: 'nearest' })
    }
    var lost = !document.activeElement || document.activeElement === document.body ||
      fresh.some(function (node) { return node.hasAttribute('data-arrived') })
    for (var i = 0; i < fresh.length; i++) {
      var goal = lost && !fresh[i].hasAttribute('data-still') && (fresh[i].querySelector('[data-focus]') || fresh[i].querySelector('h3 a, button'))
      if (goal) {
        goal.focus({ preventScroll: true })
        if (goal.matches('p')) return
        break
      }
    }
    fresh.forEach(function (node) { say(node.dataset.announce) })
  })

  /* The other language keeps what was typed: the form goes along, marked as a change of language only. */
  document.querySelectorAll('[data-keep-typed]').forEach(function (link) {
    link.addEventListener('click', function (event) {
      var form = document.querySelector('form[data-typed]')
      if (!form || event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      var button = document.createElement('button')
      button.hidden = true
      button.name = '_language'
      button.value = link.hreflang
      button.formAction = link.href
      form.append(button)
      form.requestSubmit(button)
    })
  })

  document.querySelectorAll('[data-copy]').forEach(function (button) {
    button.hidden = !navigator.clipboard
  })
  document.querySelectorAll('[data-share]').forEach(function (button) {
    button.hidden = !navigator.share
  })
  document.querySelectorAll('[data-print]').forEach(function (button) { button.hidden = false })

  var start = document.querySelector('[data-focus-start]')
  if (start && !document.querySelector('.govuk-error-summary')) start.focus({ preventScroll: true })
})()
