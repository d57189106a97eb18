/* A widget's preview is as tall as what it shows; before it says so, and without a script, it
   scrolls. */
(function () {
  'use strict'

  addEventListener('message', function (event) {
    var data = event.data
    if (event.origin !== location.origin || !data || data.citizenVoice !== 'height') return
    document.querySelectorAll('.widget-frame').forEach(function (frame) {
      if (frame.contentWindow !== event.source || !(data.value > 0 && data.value < 4000)) return
      frame.style.height = Math.ceil(data.value) + 'px'
    })
  })
})()
