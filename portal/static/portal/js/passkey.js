// Ties the button of a page to the key, with the scripts of allauth; when the key does not answer, the page says so.
(() => {
  "use strict";
  const box = document.querySelector("[data-passkey]");
  const { passkey, passkeyButton, passkeyField } = box.dataset;
  const ids = { [passkeyButton]: `passkey-${passkeyButton}`, credential: passkeyField, data: "passkey-question" };
  window.allauth.webauthn.forms[passkey]({ ids });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    box.hidden = false;
  });
})();
