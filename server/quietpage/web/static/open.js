// Move on from a one-time link: as our own navigation, so that the session cookie is sent, and without a trace of
// the code in the history.
const next = /** @type {HTMLMetaElement} */ (document.querySelector('meta[name="quietpage-next"]'));
location.replace(next.content);
