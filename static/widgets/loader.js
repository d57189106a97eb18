// Puts frames where a page asks for them:
// <script src="…/widgets/loader.js" data-widget="3" async></script> or
// <div data-citizen-voice-widget="3"></div> with the script once.
(() => {
  const me = document.currentScript ?? document.querySelector('script[src*="/widgets/loader.js"]');
  if (!me) return;
  const home = new URL(me.src).origin;
  const root = me.src.split(/(?:\/cy)?\/widgets\/loader\.js/)[0];
  const frames = [];
  const put = (spot, which) => {
    if (spot.cvDone || !/^[\w/-]{1,150}$/.test(which)) return;
    spot.cvDone = true;
    const { lang, title, height } = spot.dataset;
    const frame = document.createElement('iframe');
    frame.src = root + (lang === 'cy' ? '/cy' : '') + '/widgets/' + which;
    frame.title = title || 'Citizen Voice';
    frame.loading = 'lazy';
    frame.referrerPolicy = 'origin';
    frame.style.cssText = 'border:0;display:block;width:100%;color-scheme:light';
    frame.style.height = bounded(+height || 320) + 'px';
    frames.push(frame);
    if (spot === me) spot.before(frame);
    else spot.replaceChildren(frame);
  };
  const bounded = (height) => Math.min(4000, Math.max(60, Math.ceil(height)));
  const look = () => {
    if (me.dataset.widget) put(me, me.dataset.widget);
    for (const spot of document.querySelectorAll('[data-citizen-voice-widget]')) {
      put(spot, spot.dataset.citizenVoiceWidget);
    }
  };
  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== home || !data || data.citizenVoice !== 'height') return;
    const frame = frames.find((each) => each.contentWindow === source);
    const { value } = data;
    if (frame && typeof value === 'number' && value > 0 && value < 1e5) {
      frame.style.height = bounded(value) + 'px';
    }
  });
  look();
  addEventListener('DOMContentLoaded', look);
})();
