/* Passwords can be looked at while they are typed. */
(function () {
  'use strict'

  document.querySelectorAll('[data-show-password]').forEach(function (button) {
    var field = document.getElementById(button.dataset.showPassword)
    var show = button.textContent
    button.hidden = false
    function turn (shown) {
      field.type = shown ? 'text' : 'password'
      button.textContent = shown ? button.dataset.hide : show
    }
    button.addEventListener('click', function () { turn(field.type === 'password') })
    field.form.addEventListener('submit', function () { turn(false) })
  })
})()
