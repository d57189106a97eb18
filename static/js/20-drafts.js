/* What somebody typed survives: a week in the browser, as a draft on the site for who is signed in.
   data-draft="<key>" on a form or its textarea; data-saves: the site keeps it too; data-given: these
   are words that the server gave back. #live says who reads, and whether the computer is shared. */
(() => {
  const MINUTE = 6e4
  const WEEK = 7 * 864e5
  const live = document.getElementById('live')
  const alertBox = document.getElementById('alert')
  let forms = []

  /* One item, {key: {at, sent, words}}; "<form>@<who>" is the key of who is signed in. What a visitor
     typed is theirs once they are. On a shared computer it ends with the tab. Without storage, or with
     a full one, forms work as ever. */
  const { who, shared } = live.dataset
  const [LASTING, PASSING] = ['localStorage', 'sessionStorage']
  const PLACE = shared ? PASSING : LASTING
  const OWN = who ? '@' + who : ''
  const mine = (key) => !/@/.test(key) || (OWN && key.endsWith(OWN))
  const store = (change, place = PLACE) => {
    try {
      let all = {}
      try { all = JSON.parse(window[place].drafts) } catch {}
      for (const key in all) {
        if (!(all[key].at > Date.now() - WEEK) || (shared && place === PASSING && !mine(key))) delete all[key]
      }
      all = change(all) || all
      if (Object.keys(all).length) window[place].drafts = JSON.stringify(all)
      else window[place].removeItem('drafts')
    } catch {}
  }
  const without = (gone) => (all) => Object.fromEntries(Object.entries(all).filter((item) => !gone(...item)))
  const keep = (form, sent) => store((all) => {
    delete all[key(form)]
    if (filled(form)) {
      all[key(form)] = { at: Date.now(), sent, words: words(form), upto: seen(form) + (form.unheard || 0) }
    }
  })
  const drop = (form) => store((all) => { delete all[key(form)] })

  const seen = (form) => +form.elements.draft_seen?.value || 0
  const key = (form) => (seen(form) ? 'idea:' + form.elements.draft.value : form.kept) + OWN
  const words = (form) => Object.fromEntries(
    [...new FormData(form)].filter(([name]) => !/^_|csrf|confirm/.test(name)))
  const put = (form, kept) => {
    for (const name in kept) if (form.elements[name]) form.elements[name].value = kept[name]
  }
  const filled = (form) => [...form.elements].some((field) => /^text/.test(field.type) &&
    field.value.trim() && (form.given || field.value !== field.defaultValue))

  const follow = (marked) => {
    const form = marked.form || marked
    if (forms.includes(form)) return
    forms.push(form)
    form.kept = marked.dataset.draft
    form.given = 'given' in form.dataset || (/^[cr]/.test(form.kept) && marked.defaultValue)
    if (form.given) {
      store(without((name, { sent }) => sent && name === form.kept)) // it was sent before they signed in
      keep(form)
      later(form)
    } else {
      let kept
      store((all) => {
        const own = key(form)
        if (OWN && !seen(form) && !all[own] && all[form.kept]) {
          all[own] = all[form.kept]
          delete all[form.kept]
        }
        kept = all[own]
      })
      if (kept) bringBack(form, kept)
    }
    form.querySelectorAll('[data-by-hand]').forEach((button) => { button.hidden = true })
    form.addEventListener('input', () => {
      form.over = false
      keep(form)
      later(form)
    })
    form.addEventListener('change', () => save(form))
  }

  const bringBack = (form, kept) => {
    const given = words(form)
    const line = document.createElement('p')
    const button = document.createElement('button')
    const until = new Date(kept.at + WEEK)
    const { draft_form: was, ...typed } = kept.words
    put(form, { ...typed, draft_was: was + ' ' + kept.upto })
    if (!filled(form)) { // the site has them: the save on leaving did arrive
      put(form, given)
      drop(form)
      return
    }
    form.hidden = false
    line.className = 'draft-kept'
    line.textContent = live.dataset.kept.replace('[day]',
      until.toLocaleDateString(document.documentElement.lang + '-GB', { day: 'numeric', month: 'long' })) + ' '
    button.type = 'button'
    button.className = 'link-button'
    button.textContent = live.dataset.delete
    button.onclick = () => {
      drop(form)
      put(form, given)
      line.remove()
      form.querySelector('textarea').focus()
    }
    line.append(button)
    form.prepend(line)
  }

  /* The site's copy. Quiet when it fails: the browser's stays, and it is tried again. */
  const later = (form, wait = 1500) => {
    form.dirty = true
    clearTimeout(form.timer)
    form.timer = setTimeout(save, Math.max(wait, (form.rests || 0) - Date.now()), form)
  }
  const save = (form, leaving) => {
    if (!form.dirty || form.over || !('saves' in form.dataset)) return
    if (!leaving && (form.saving || form.rests > Date.now())) return
    let wait = 1e4
    form.dirty = false
    form.unheard = (form.unheard || 0) + 1
    keep(form)
    form.saving = fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams([...new FormData(form), ['_draft', 1]]),
      keepalive: true,
      signal: AbortSignal.timeout?.(8000),
      headers: { 'HX-Request': 'true', 'HX-Request-Type': 'partial' }
    }).then(async (answer) => {
      const box = document.createElement('div')
      box.innerHTML = await answer.text()
      wait = answer.status < 500 && 1500
      if (form.over) return
      if (answer.status === 429) { // too often for now
        form.rests = Date.now() + MINUTE
        form.dirty = true
      }
      saved(form, box.querySelector('#draft-line'), answer.ok)
    }).catch(() => {
      if (wait !== 1e4) wait = 0 // refused, for instance signed out: at the next letter, not before
      form.dirty = true
    }).finally(() => {
      form.saving = null
      if (form.dirty && wait) later(form, wait)
    })
  }
  const saved = (form, fresh, ok) => {
    const line = form.querySelector('#draft-line')
    const before = line.querySelector('[data-saved]')
    const now = fresh.querySelector('[data-saved]')
    if (ok) {
      form.unheard = 0
      drop(form)
    }
    if (before && now && line.children.length === fresh.children.length) {
      before.textContent = now.textContent // the button stays: a finger may be on it
      fresh.querySelectorAll('input').forEach(({ name, value }) => { form.elements[name].value = value })
    } else line.replaceWith(fresh)
    if (form.dirty) keep(form)
    if (!ok || !now) return
    if (!before) document.dispatchEvent(new CustomEvent('cv:say', { detail: now.textContent }))
    if (form.action.endsWith(location.pathname)) name(form.elements.draft.value)
  }
  const name = (draft) => {
    const address = new URL(location)
    if (draft) address.searchParams.set('draft', draft)
    else address.searchParams.delete('draft')
    if (address.href !== location.href) history.replaceState(history.state, '', address)
  }
  const flush = () => forms.forEach((form) => save(form, true))
  addEventListener('online', flush)
  addEventListener('pagehide', flush)
  document.addEventListener('visibilitychange', () => { if (document.hidden) flush() })

  /* Before a form leaves, look whether anybody is there: an error page would take its place. */
  document.addEventListener('submit', (event) => {
    const form = event.target
    const button = event.submitter
    if (/(sign-out|leave)$/.test(form.action)) {
      forms.forEach((each) => { each.over = true })
      for (const place of [LASTING, PASSING]) store(without(mine), place)
    }
    if (!form.kept || form.hasAttribute('hx-post')) return
    if (form.over === 1) {
      form.over = true
      return
    }
    event.preventDefault()
    event.stopImmediatePropagation()
    if (form.asking) return
    form.asking = true
    alertBox.textContent = ''
    keep(form)
    fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout?.(5000) }).then((answer) => {
      if (!answer.ok) throw answer
    }).catch((error) => {
      if (error.name !== 'TimeoutError') throw error
    }).then(() => {
      form.over = 1
      return form.saving // which must not come after
    }).then(() => {
      if (button?.matches('[data-deletes]')) drop(form)
      else keep(form, true)
      name(null) // a published draft is no place to come back to
      form.requestSubmit(button)
    }).catch(() => {
      form.over = false
      alertBox.textContent = live.dataset.unsent
    }).finally(() => { form.asking = false })
  }, true)
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) forms.forEach((form) => { form.over = false })
  })

  /* What htmx sent is done with, unless they have to sign in first. */
  document.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
    const form = ctx.sourceElement
    if (!form?.kept || !(ctx.response?.status < 400)) return
    if (ctx.hx?.redirect) keep(form, true)
    else drop(form)
  })
  const start = () => {
    forms = forms.filter((form) => form.isConnected)
    document.querySelectorAll('[data-draft]').forEach(follow)
    document.querySelectorAll('[data-forget]').forEach(offerToForget)
  }
  const offerToForget = (section) => {
    const said = section.querySelector('[role=status]')
    section.hidden = false
    section.querySelector('button').onclick = () => {
      for (const place of [LASTING, PASSING]) store(() => ({}), place)
      said.hidden = false
      said.focus()
    }
  }
  document.addEventListener('htmx:after:settle', start)
  if (/[?&]done=(published|waiting|edited|comment)/.test(location.search)) {
    for (const place of [LASTING, PASSING]) store(without((key, { sent }) => sent && mine(key)), place)
  }
  if (shared) {
    const moved = {}
    store((all) => {
      for (const key in all) if (mine(key)) moved[/@/.test(key) ? key : key + OWN] = all[key]
      return without(mine)(all)
    }, LASTING)
    store((all) => ({ ...moved, ...all }))
  } else store(() => {})
  start()
})()
